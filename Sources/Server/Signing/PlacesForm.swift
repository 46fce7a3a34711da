// The places of number, date, signature and seal as the form gives them: in millimetres from the upper left corner, with a
// comma or a point. What was left as found comes back as it was.
import Domain
import Operations
import Pages

struct PlacesForm {
    let places: [Field: MillimetrePlace]

    init(_ form: Form) throws(Refused) {
        var places: [Field: MillimetrePlace] = [:], reasons: [Refusal] = []
        for field in SigningPlaces.fields {
            let texts = FormFields.PlacePart.allCases.map { form.text(FormFields.place(field, $0)) }
            if texts.allSatisfy(\.isEmpty) { continue }
            let numbers = texts.map { Double($0.replacing(",", with: ".")) }
            guard numbers.count == 5, let page = numbers[0].flatMap({ Int(exactly: $0) }), let x = numbers[1],
                let y = numbers[2], let width = numbers[3], let height = numbers[4]
            else {
                reasons.append(.malformed(field))
                continue
            }
            places[field] = MillimetrePlace(page: page, left: x, top: y, width: width, height: height)
        }
        self.places = places
        try Refused.unless(reasons)
    }
}

/// The places as the page lists them: found, typed by hand, printed already, or not found.
struct PlaceRows {
    let proposal: SigningProposal?
    let entries: Entries

    var rows: [SignPage.PlaceRow] {
        SigningPlaces.fields.map { field in
            let found = proposal?.places[field].map(PagePlace.init)
            return SignPage.PlaceRow(
                field: field, place: typed(field) ?? found,
                origin: typed(field).map { $0 == found ? .found(Self.words(field)) : .byHand }
                    ?? (found == nil ? .notFound(Self.missingWords(field)) : .found(Self.words(field))),
                isPrinted: isPrinted(field))
        }
    }

    private func typed(_ field: Field) -> PagePlace? {
        let numbers = FormFields.PlacePart.allCases.map {
            Double(entries[FormFields.place(field, $0)].replacing(",", with: "."))
        }
        guard let page = numbers[0].flatMap({ Int(exactly: $0) }), let x = numbers[1], let y = numbers[2],
            let width = numbers[3], let height = numbers[4]
        else { return nil }
        return PagePlace(page: page, x: x, y: y, width: width, height: height)
    }

    private func isPrinted(_ field: Field) -> Bool {
        switch field {
        case .numberPlace: proposal?.printed.number != nil
        case .dayPlace: proposal?.printed.day != nil
        case .monthPlace: proposal?.printed.month != nil
        case .yearPlace: proposal?.printed.year != nil
        default: false
        }
    }

    /// The print by which the place was found.
    private static func words(_ field: Field) -> String {
        switch field {
        case .numberPlace: "Số:"
        case .dayPlace, .monthPlace, .yearPlace: "ngày … tháng … năm"
        default: "chức vụ, họ tên người ký"
        }
    }

    private static func missingWords(_ field: Field) -> String {
        switch field {
        case .numberPlace: "không thấy dòng “Số:” còn trống ở đầu trang 1"
        case .dayPlace, .monthPlace, .yearPlace: "không thấy chỗ trống ở dòng ngày tháng"
        default: "không thấy khối chức vụ, họ tên người ký"
        }
    }
}

extension PagePlace {
    init(_ place: MillimetrePlace) {
        func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
        self.init(
            page: place.page, x: tenth(place.left), y: tenth(place.top), width: tenth(place.width),
            height: tenth(place.height))
    }
}
