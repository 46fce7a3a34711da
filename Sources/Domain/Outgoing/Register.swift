// Sổ đăng ký: numbers run from 01 on 1 January to 31 December, gapless, one series for paper and electronic
// (Nghị định 30/2020, Điều 15 and 22). How series are split among types is the head's decision, so it is data.
import Foundation

package enum RegisterDirection: String, Sendable, Codable { case incoming, outgoing }

package struct Register: Sendable, Equatable {
    package let id: ID<Register>
    package let agency: ID<Agency>
    package let direction: RegisterDirection
    package let slug: String
    package let name: String

    package init(
        id: ID<Register>, agency: ID<Agency>, direction: RegisterDirection, slug: String, name: String
    ) {
        self.id = id
        self.agency = agency
        self.direction = direction
        self.slug = slug
        self.name = name
    }
}

package enum IssuanceState: String, Sendable, Codable {
    /// Number and date are bound to the draft; the file is not yet sealed.
    case numbered
    case issued
    /// Given up with a reason; the number stays in the register and is never given again.
    case void
}

/// Văn bản đi: a document's entry in the outgoing register.
package struct Issuance: Sendable, Equatable {
    package let id: ID<Issuance>
    package let agency: ID<Agency>
    package let draft: ID<Draft>
    package let register: ID<Register>
    package let year: Int
    package let number: Int
    package let notation: String
    package let date: OfficeDate
    package let state: IssuanceState
    package let document: ID<Document>?

    package init(
        id: ID<Issuance>, agency: ID<Agency>, draft: ID<Draft>, register: ID<Register>, year: Int,
        number: Int,
        notation: String, date: OfficeDate, state: IssuanceState, document: ID<Document>?
    ) {
        self.id = id
        self.agency = agency
        self.draft = draft
        self.register = register
        self.year = year
        self.number = number
        self.notation = notation
        self.date = date
        self.state = state
        self.document = document
    }
}

package enum Notation {
    /// A number below ten gets a leading zero (Phụ lục I, II.3).
    package static func printed(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// `<loại>-<cơ quan>` for named types, `<cơ quan>` or `<cơ quan>-<đơn vị>` for công văn (Điều 15).
    package static func proposed(type: DocumentType, agency: Agency, unit: String = "") -> String {
        if type.abbreviation.isEmpty {
            return unit.isEmpty ? agency.abbreviation : "\(agency.abbreviation)-\(unit)"
        }
        return "\(type.abbreviation)-\(agency.abbreviation)"
    }

    /// Days below ten and the months 1 and 2 are written with a leading zero (Phụ lục I, II.4).
    package static func printedDay(_ day: Int) -> String { day < 10 ? "0\(day)" : "\(day)" }
    package static func printedMonth(_ month: Int) -> String { month < 3 ? "0\(month)" : "\(month)" }
}
