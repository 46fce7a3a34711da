// What a machine sends to sign, to issue, and to give a number up.
import Domain
import Operations

struct Signing: APIObject {
    let version: Int
    let currentVersion: Int
    let pdfHash: String
    let pin: String
    let places: [PlaceInput]?
    let overrideReason: String?

    func wish(_ code: Int) throws -> SigningWish {
        var chosen: [Field: MillimetrePlace] = [:]
        for place in places ?? [] { chosen[place.field.value.field] = place.place }
        return SigningWish(
            code: code, version: currentVersion, revision: version, pdfHash: pdfHash, places: chosen,
            pin: pin, overrideReason: (overrideReason ?? "").asTyped)
    }

    static let schema = ObjectSchema(
        "Signing",
        [
            SeenVersion.seen,
            .always("currentVersion", .count, "The ordinal of the file that was read."),
            .always("pdfHash", .text(64), "Its `pdfHash`: exactly what is signed."), .always("pin", .secret),
            .maybe(
                "places", .list(of: PlaceInput.self, most: 10),
                "Where the page does not show the places by itself."),
            .maybe("overrideReason", .text, "Why it is signed although initials are of an older version."),
        ])

    static let example = Signing(
        version: 7, currentVersion: 1, pdfHash: String(repeating: "0", count: 64), pin: "246810",
        places: [.example],
        overrideReason: nil)
}

/// The places of a page that can be chosen by hand.
enum PlaceField: String, EnglishNamed, CaseIterable {
    case number, day, month, year, signature, seal

    var field: Field {
        switch self {
        case .number: .numberPlace
        case .day: .dayPlace
        case .month: .monthPlace
        case .year: .yearPlace
        case .signature: .signaturePlace
        case .seal: .sealPlace
        }
    }
}

struct PlaceInput: APIObject {
    let field: Choice<PlaceField>
    let page: Int
    let left: Double
    let top: Double
    let width: Double
    let height: Double

    var place: MillimetrePlace {
        MillimetrePlace(page: page, left: left, top: top, width: width, height: height)
    }

    static let schema = ObjectSchema(
        "Place",
        [
            .always("field", .choice(of: PlaceField.self)), .always("page", .integer(1...10_000)),
            .always("left", .number, "In millimetres from the left edge."),
            .always("top", .number, "In millimetres from the upper edge."), .always("width", .number),
            .always("height", .number),
        ])

    static let example = PlaceInput(
        field: Choice(.signature), page: 1, left: 120, top: 200, width: 60, height: 30)
}

struct Issuing: APIObject {
    let date: ISODay
    let recipients: [ID<Agency>]?
    let changeReason: String?
    let pin: String

    /// As the draft says where no recipients are named.
    func wish(_ code: Int, _ plan: SendingPlan) -> IssuingWish {
        guard let recipients else {
            return .asSigned(code: code, date: date.date, plan, pin: pin)
        }
        return IssuingWish(
            code: code, date: date.date, recipients: recipients,
            media: MediaWish(changeReason: (changeReason ?? "").asTyped), pin: pin)
    }

    static let schema = ObjectSchema(
        "Issuing",
        [
            .always("date", .day),
            .maybe(
                "recipients", .list(.uuid, most: 10_000), "Agencies; those of the draft where absent."),
            .maybe("changeReason", .text, "Why it goes otherwise than the signer saw."),
            .always("pin", .secret, "Of the agency's certificate."),
        ])

    static let example = Issuing(
        date: ISODay(Example.day), recipients: [Example.id()], changeReason: nil, pin: "246810")
}

struct SeenReason: APIObject {
    let version: Int
    let reason: String

    static let schema = ObjectSchema("SeenReason", [SeenVersion.seen, .always("reason", .text)])
    static let example = SeenReason(version: 7, reason: "Sai thể thức phần nơi nhận.")
}
