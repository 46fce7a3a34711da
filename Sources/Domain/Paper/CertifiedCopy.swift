// Bản sao y (Nghị định 30/2020, Điều 25–27; Phụ lục I, phần II): made from the electronic original to paper, with a number of its
// own from the agency's series of copies of the year, signed by hand and sealed.
import Foundation

package struct CertifiedCopy: Sendable, Equatable {
    package let id: ID<CertifiedCopy>
    package let agency: ID<Agency>
    package let issuance: ID<Issuance>
    package let year: Int
    package let number: Int
    /// `SY-PTP`.
    package let notation: String
    package let date: OfficeDate
    /// How many are printed: one a recipient.
    package let count: Int
    /// Quyền hạn, chức vụ, a line each: `KT. TRƯỞNG PHÒNG`, `PHÓ TRƯỞNG PHÒNG`.
    package let authority: [String]
    package let signer: String

    package init(
        id: ID<CertifiedCopy>, agency: ID<Agency>, issuance: ID<Issuance>, year: Int, number: Int,
        notation: String, date: OfficeDate, count: Int, authority: [String], signer: String
    ) {
        self.id = id
        self.agency = agency
        self.issuance = issuance
        self.year = year
        self.number = number
        self.notation = notation
        self.date = date
        self.count = count
        self.authority = authority
        self.signer = signer
    }

    package var numberAndNotation: String { "\(Notation.printed(number))/\(notation)" }

    /// `<SY>-<cơ quan>` (Phụ lục III, bảng chữ viết tắt).
    package static func notation(of agency: Agency) -> String { "SY-\(agency.abbreviation)" }
}

package enum CopyAuthority {
    /// Whoever may certify copies: the head, and those who sign in the head's place (Điều 13 and 26).
    package static let roles: [Role] = [.head, .deputyHead, .officeHead, .deputyOfficeHead]

    /// As it is printed above the signature.
    package static func lines(_ signer: Position, head: Position?) -> [String] {
        let own = upper(signer.title)
        guard let head, head.id != signer.id else { return [own] }
        return switch signer.role {
        case .deputyHead: ["KT. \(upper(head.title))", own]
        case .officeHead: ["TL. \(upper(head.title))", own]
        case .deputyOfficeHead: ["TL. \(upper(head.title))", "KT. CHÁNH VĂN PHÒNG", own]
        default: [own]
        }
    }

    private static func upper(_ title: String) -> String {
        title.uppercased(with: Locale(identifier: "vi_VN"))
    }
}
