// Hình thức gửi, nhận (D7, D8, D14): one line of a catalogue that an agency goes by, e.g. the lists of decision
// 648/QĐ-UBND of Lục Nam or of letter 144/UBND-HCTC of Kiên Giang, with its legal basis and the days it holds for.

/// In what form a document goes or comes.
package enum Medium: String, Sendable, Codable, CaseIterable {
    case electronic = "dien_tu"
    case electronicAndPaper = "dien_tu_va_giay"
    case paper = "giay"

    package var isElectronic: Bool { self != .paper }
    package var isPaper: Bool { self != .electronic }
}

package enum ExchangeDirection: String, Sendable, Codable, CaseIterable {
    case send = "gui"
    case receive = "nhan"
}

/// Lĩnh vực: what a document is about, as far as a rule asks for it. The clerk names it; most documents have none.
package enum SubjectClass: String, Sendable, Codable, CaseIterable {
    case planning = "quy-hoach"
    case finance = "tai-chinh"
    case organisation = "to-chuc-bo-may"
    /// Personnel, and the entitlements of officials.
    case personnel = "nhan-su"
    /// Maps, design drawings, publications, objects.
    case drawings = "ban-do-ban-ve"
    /// Văn bản quy phạm pháp luật.
    case legal = "quy-pham-phap-luat"
    /// The law demands that it be sent on paper.
    case paperByLaw = "bat-buoc-ban-giay"
    /// Files submitted for a decision, petitions.
    case submission = "ho-so-trinh"
    /// The use of public property and of the state budget.
    case publicAssets = "tai-san-cong"
    /// Giao dự toán ngân sách nhà nước.
    case budgetEstimate = "giao-du-toan"
    /// Đơn thư, khiếu nại, tố cáo.
    case complaints = "don-thu"
}

/// What a recipient has to do with legal documents.
package enum RecipientDuty: String, Sendable, Codable, CaseIterable {
    /// Cơ quan kiểm tra văn bản.
    case checkingBody = "kiem-tra-van-ban"
    case gazette = "cong-bao"
    /// Cơ sở dữ liệu quốc gia về pháp luật.
    case lawDatabase = "csdl-phap-luat"
}

/// Whom a rule speaks of: whoever it goes to, or comes from.
package enum RecipientScope: Hashable, Sendable {
    case any
    case kind(CorrespondentKind)
    case duty(RecipientDuty)
    case agency(ID<Agency>)

    /// One agency is more than its duty, a duty more than a kind, a kind more than anybody.
    var rank: Int {
        switch self {
        case .any: 0
        case .kind: 1
        case .duty: 2
        case .agency: 3
        }
    }
}

package struct MediumRule: Sendable, Equatable {
    package let id: ID<MediumRule>
    /// Whose rule it is; nil for one of the whole installation.
    package let agency: ID<Agency>?
    /// The catalogue it came with.
    package let catalogue: String
    /// Its place in the catalogue.
    package let ordinal: Int
    /// As the regulation words it.
    package let name: String
    /// Nil speaks of every type.
    package let type: String?
    /// Nil speaks of every subject, also of none.
    package let subject: SubjectClass?
    package let recipient: RecipientScope
    package let direction: ExchangeDirection
    package let medium: Medium
    /// The regulation, as it is quoted.
    package let basis: String
    package let validFrom: OfficeDate
    /// The last day it holds; nil while it has no end.
    package let validTo: OfficeDate?

    package init(
        id: ID<MediumRule>, agency: ID<Agency>? = nil, catalogue: String, ordinal: Int, name: String,
        type: String?, subject: SubjectClass? = nil, recipient: RecipientScope = .any,
        direction: ExchangeDirection, medium: Medium, basis: String, validFrom: OfficeDate,
        validTo: OfficeDate? = nil
    ) {
        self.id = id
        self.agency = agency
        self.catalogue = catalogue
        self.ordinal = ordinal
        self.name = name
        self.type = type
        self.subject = subject
        self.recipient = recipient
        self.direction = direction
        self.medium = medium
        self.basis = basis
        self.validFrom = validFrom
        self.validTo = validTo
    }

    package func isValid(on day: OfficeDate) -> Bool { validFrom <= day && validTo.map { day <= $0 } ?? true }
}
