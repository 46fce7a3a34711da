// Ký số, cấp số, đóng dấu, phát hành, for machines: the acts on a draft that ask for a PIN, and giving a number up. The PIN is
// used once and kept nowhere.
import Domain
import Operations
import Store

enum SigningAPI {
    static let routes: [APIRoute] = [
        .act("/drafts/{id}/sign", "signDraft", "Ký số", sign),
        .act("/drafts/{id}/return-by-clerk", "returnDraftByClerk", "Văn thư trả lại người ký", returnByClerk),
        .act("/drafts/{id}/issue", "issueDraft", "Cấp số, đóng dấu, phát hành", creates: true, issue),
        .act("/drafts/{id}/void-number", "voidNumber", "Hủy số", voidNumber),
    ]

    private static func sign(_ call: APICall, _ input: Signing) async throws -> Landed<DraftAnswer> {
        let id: ID<Draft> = try call.id()
        let wish = try input.wish(try await DraftsAPI.code(of: id, call))
        let acted = try await SignDraftService(office: call.office).sign(
            wish, as: call.position, form: try call.form(.drafts) { (_: SignedFileRecord) in id })
        let landing: Landing<Draft> = switch acted {
        case .done: Landing(collection: .drafts, id: id, isRepeat: false)
        case .already(let location): try call.landing(at: location, .drafts)
        }
        return landing.with(try await DraftsAPI.answer(id, call))
    }

    private static func returnByClerk(_ call: APICall, _ input: SeenReason) async throws -> Landed<DraftAnswer> {
        let seen = try await DraftsAPI.seen(input.version, call)
        return try await DraftsAPI.act(call, ReturnByClerk(seen, reason: input.reason.asTyped))
    }

    private static func voidNumber(_ call: APICall, _ input: SeenReason) async throws -> Landed<DraftAnswer> {
        let seen = try await DraftsAPI.seen(input.version, call)
        let landing = try await call.act(VoidNumber(seen, reason: input.reason.asTyped), .drafts) { $0.draft }
        return landing.with(try await DraftsAPI.answer(landing.id, call))
    }

    private static func issue(_ call: APICall, _ input: Issuing) async throws -> Landed<IssuanceAnswer> {
        let id: ID<Draft> = try call.id()
        let wish = input.wish(try await DraftsAPI.code(of: id, call))
        defer { call.server.wakeWorker() }
        let landing = try await issue(wish, call, form: try call.form(.issuances) { $0.issuance.id })
        return landing.with(try await IssuancesAPI.answer(landing.id, call))
    }

    private static func issue(
        _ wish: IssuingWish, _ call: APICall, form: FormAct<IssuedDocument>?
    ) async throws -> Landing<Issuance> {
        let service = IssuingService(office: call.office)
        switch try await service.issue(wish, as: call.position, form: form) {
        case .done(let issued): return Landing(collection: .issuances, id: issued.issuance.id, isRepeat: false)
        case .already(let location) where location.hasPrefix(APIRoute.root):
            return try call.landing(at: location, .issuances)
        case .already:
            // The number was taken under this key and the sealing did not come to its end: the same press goes on.
            return try await issue(wish, call, form: nil)
        }
    }
}

struct Signing: APIObject {
    let currentVersion: Int
    let pdfHash: String
    let pin: String
    let places: [PlaceInput]?
    let overrideReason: String?

    func wish(_ code: Int) throws -> SigningWish {
        var chosen: [Field: MillimetrePlace] = [:]
        for place in places ?? [] { chosen[place.field.value.field] = place.place }
        return SigningWish(
            code: code, version: currentVersion, pdfHash: pdfHash, places: chosen, pin: pin,
            overrideReason: (overrideReason ?? "").asTyped)
    }

    static let schema = ObjectSchema(
        "Signing",
        [
            .always("currentVersion", .count, "The ordinal of the file that was read."),
            .always("pdfHash", .text(64), "Its `pdfHash`: exactly what is signed."), .always("pin", .secret),
            .maybe("places", .list(of: PlaceInput.self, most: 10), "Where the page does not show the places by itself."),
            .maybe("overrideReason", .text, "Why it is signed although initials are of an older version."),
        ])

    static let example = Signing(
        currentVersion: 1, pdfHash: String(repeating: "0", count: 64), pin: "246810", places: [.example],
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

    static let example = PlaceInput(field: Choice(.signature), page: 1, left: 120, top: 200, width: 60, height: 30)
}

struct Issuing: APIObject {
    let date: ISODay
    let recipients: [ID<Agency>]
    let pin: String

    func wish(_ code: Int) -> IssuingWish {
        IssuingWish(code: code, date: date.date, recipients: recipients, pin: pin)
    }

    static let schema = ObjectSchema(
        "Issuing",
        [
            .always("date", .day), .always("recipients", .list(.uuid, most: 10_000), "Agencies."),
            .always("pin", .secret, "Of the agency's certificate."),
        ])

    static let example = Issuing(date: ISODay(Example.day), recipients: [Example.id()], pin: "246810")
}

struct SeenReason: APIObject {
    let version: Int
    let reason: String

    static let schema = ObjectSchema("SeenReason", [SeenVersion.seen, .always("reason", .text)])
    static let example = SeenReason(version: 7, reason: "Sai thể thức phần nơi nhận.")
}
