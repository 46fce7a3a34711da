// Who is in the installation. An agency (cơ quan, tổ chức) has its own seal, registers and clerk; a person has one
// account and holds one or more positions, and always acts *as* one of them (A1–A3).
import Foundation

package struct Agency: Sendable, Equatable {
    package let id: ID<Agency>
    /// First part of every address of this agency, e.g. `phong-tu-phap`.
    package let slug: String
    package let name: String
    /// The line printed above the name on its letters, e.g. ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ.
    package let superiorLine: String
    /// Abbreviation used in the notation of its documents, e.g. `PTP`.
    package let abbreviation: String
    /// Địa danh on its letters.
    package let place: String
    /// Name of the group recipients are chosen by, e.g. "Phường, xã".
    package let group: AgencyGroup

    package init(
        id: ID<Agency>, slug: String, name: String, superiorLine: String, abbreviation: String, place: String,
        group: AgencyGroup
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.superiorLine = superiorLine
        self.abbreviation = abbreviation
        self.place = place
        self.group = group
    }
}

package enum AgencyGroup: String, Sendable, CaseIterable, Codable {
    case city = "thanh-pho"
    case department = "phong-ban"
    case ward = "phuong-xa"
}

package enum Person {}
package enum Account {}
package enum ApiToken {}

/// What a position is, as the regulations name it (A2).
package enum Role: String, Sendable, CaseIterable, Codable {
    case clerk, officer, unitHead, deputyUnitHead, officeHead, deputyOfficeHead, deputyHead, head, administrator

    /// Heads and their deputies: they direct arrivals and sign documents.
    package var leads: Bool { self == .head || self == .deputyHead }

    /// Everyone who may be a step on a draft's way or receive an assignment.
    package var handles: Bool { self != .administrator }
}

package struct Position: Sendable, Equatable {
    package let id: ID<Position>
    package let agency: ID<Agency>
    package let account: ID<Account>
    package let personName: String
    package let role: Role
    /// As printed and shown: "Trưởng phòng", "Văn thư".
    package let title: String

    package init(
        id: ID<Position>, agency: ID<Agency>, account: ID<Account>, personName: String, role: Role, title: String
    ) {
        self.id = id
        self.agency = agency
        self.account = account
        self.personName = personName
        self.role = role
        self.title = title
    }
}

/// Who acts: a person as one position in one agency, or the machine itself (worker, command line).
package enum Actor: Sendable, Equatable {
    case position(Position)
    /// The installation: `agency` is the one whose row is changed, nil for administration of the whole.
    case system(name: String, agency: ID<Agency>?)

    package var agency: ID<Agency>? {
        switch self {
        case .position(let position): position.agency
        case .system(_, let agency): agency
        }
    }

    /// As the journal writes it: never changes when the person is renamed later.
    package var label: String {
        switch self {
        case .position(let position): "\(position.personName), \(position.title)"
        case .system(let name, _): name
        }
    }
}
