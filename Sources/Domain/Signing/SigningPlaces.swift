// Where number, date, signature and seal stand on the letter (Nghị định 30/2020, Phụ lục I, ô số 3, 4, 7 and
// 8), as people measure a page: in millimetres from its upper left corner. Chosen before the first signature
// and final after it (decision 10).
import Foundation

package struct MillimetrePlace: Hashable, Sendable, Codable {
    /// From 1.
    package var page: Int
    package var left: Double
    package var top: Double
    package var width: Double
    package var height: Double

    package init(page: Int, left: Double, top: Double, width: Double, height: Double) {
        self.page = page
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }
}

/// A page as it is read: turned and cropped.
package struct SheetSize: Hashable, Sendable, Codable {
    package let width: Double
    package let height: Double

    package init(width: Double, height: Double) { (self.width, self.height) = (width, height) }
}

/// What the page itself already prints; nil where it leaves a blank, or says nothing.
package struct PrintedParts: Hashable, Sendable, Codable {
    package var number: String?
    package var notation: String?
    package var day: String?
    package var month: String?
    package var year: String?
    /// The name below the title.
    package var signer: String?

    package init(
        number: String? = nil, notation: String? = nil, day: String? = nil, month: String? = nil,
        year: String? = nil,
        signer: String? = nil
    ) {
        self.number = number
        self.notation = notation
        self.day = day
        self.month = month
        self.year = year
        self.signer = signer
    }
}

package enum SigningPlaces {
    package static let fields: [Field] = [
        .numberPlace, .dayPlace, .monthPlace, .yearPlace, .signaturePlace, .sealPlace,
    ]

    /// A place for everything that is not printed already, and every place on the paper.
    package static func refusals(
        _ places: [Field: MillimetrePlace], printed: PrintedParts, sheets: [SheetSize]
    ) -> [Refusal] {
        fields.compactMap { field in
            guard let place = places[field] else {
                return isPrinted(field, printed) ? nil : .placeMissing(field)
            }
            return lies(place, on: sheets) ? nil : .placeOffPage(field)
        }
    }

    private static func isPrinted(_ field: Field, _ printed: PrintedParts) -> Bool {
        switch field {
        case .numberPlace: printed.number != nil
        case .dayPlace: printed.day != nil
        case .monthPlace: printed.month != nil
        case .yearPlace: printed.year != nil
        default: false
        }
    }

    private static func lies(_ place: MillimetrePlace, on sheets: [SheetSize]) -> Bool {
        guard sheets.indices.contains(place.page - 1) else { return false }
        let sheet = sheets[place.page - 1]
        let edges = [place.left, place.top, place.width, place.height]
        return edges.allSatisfy(\.isFinite) && place.left >= 0 && place.top >= 0 && place.width >= smallest
            && place.height >= smallest && place.left + place.width <= sheet.width + tolerance
            && place.top + place.height <= sheet.height + tolerance
    }

    /// Millimetres: less is a slip of the hand, and what rounding may add.
    private static let smallest = 2.0
    private static let tolerance = 0.1
}

/// Printed parts against what is known of the document: after the signature nothing printed can be corrected.
package enum PrintedRules {
    /// Before the signature: the notation, the signer's name, and a month or year that is not the present
    /// one.
    package static func signingRefusals(
        _ printed: PrintedParts, notation: String, signer: String, today: OfficeDate
    ) -> [Refusal] {
        differing([
            (printed.notation, notation, folded), (printed.signer, signer, folded),
            (printed.month, String(today.month), number), (printed.year, String(today.year), number),
        ])
    }

    /// At issuing: the date that the clerk enters.
    package static func dateRefusals(_ printed: PrintedParts, date: OfficeDate) -> [Refusal] {
        differing([
            (printed.day, String(date.day), number), (printed.month, String(date.month), number),
            (printed.year, String(date.year), number),
        ])
    }

    /// When the number has come up.
    package static func numberRefusals(_ printed: PrintedParts, taken: Int) -> [Refusal] {
        differing([(printed.number, Notation.printed(taken), number)])
    }

    private static func differing(_ pairs: [(String?, String, (String) -> String)]) -> [Refusal] {
        pairs.compactMap { printed, entered, form in
            guard let printed, form(printed) != form(entered) else { return nil }
            return .printedPartsDiffer(printed: printed, entered: entered)
        }
    }

    /// "05" and "5" are the same month.
    private static func number(_ text: String) -> String {
        Int(text.trimmingCharacters(in: .whitespaces)).map(String.init) ?? text
    }

    private static func folded(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.lowercased().split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
