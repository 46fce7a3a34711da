/// What a message says of its document (`MessageHeader`). Two orders of its elements circulate; ours is the one in
/// which the national axis itself writes, and any order is read.
public struct DocumentHeader: Codable, Sendable, Equatable {
    public var from = Organization()
    /// Every recipient on the axis.
    public var to: [Organization] = []
    /// An opaque key; by custom `{OrganId},{yyyy/MM/dd},{number}/{notation}` or a UUID.
    public var documentID: String?
    public var code = DocumentCode()
    public var promulgation = Promulgation()
    public var type = TypeOfDocument()
    /// Trích yếu.
    public var subject: String?
    public var content: String?
    public var signer: SignerInfo?
    /// Hạn trả lời, `yyyy/MM/dd`.
    public var dueDate: String?
    public var other: OtherParticulars?
    public var responseFor: [ResponseFor] = []
    public var steeringType: String?
    public var responseForTask: [TaskReference] = []
    /// Printed "Nơi nhận" lines, those outside the axis too.
    public var toPlaces: [String] = []

    public init() {}
}

extension DocumentHeader: ElementValue {
    static let shape = ElementShape<DocumentHeader>([
        .one("From", \.from), .many("To", \.to), .text("DocumentId", \.documentID), .one("Code", \.code),
        .one("PromulgationInfo", \.promulgation), .one("DocumentType", \.type), .text("Subject", \.subject),
        .text("Content", \.content), .optional("SignerInfo", \.signer), .text("DueDate", \.dueDate),
        .optional("OtherInfo", \.other), .many("ResponseFor", \.responseFor),
        .text("SteeringType", \.steeringType), .many("ResponseForTask", \.responseForTask),
        .texts("ToPlaces", of: "Place", \.toPlaces),
    ])
}

/// Số và ký hiệu.
public struct DocumentCode: Codable, Sendable, Equatable {
    public var number: String?
    public var notation: String?

    public init() {}

    public init(number: String? = nil, notation: String? = nil) {
        self.number = number
        self.notation = notation
    }
}

extension DocumentCode: ElementValue {
    static let shape = ElementShape<DocumentCode>([
        .text("CodeNumber", \.number), .text("CodeNotation", \.notation),
    ])
}

/// Địa danh và ngày ban hành.
public struct Promulgation: Codable, Sendable, Equatable {
    public var place: String?
    /// `yyyy/MM/dd`.
    public var date: String?

    public init() {}

    public init(place: String? = nil, date: String? = nil) {
        self.place = place
        self.date = date
    }
}

extension Promulgation: ElementValue {
    static let shape = ElementShape<Promulgation>([
        .text("Place", \.place), .text("PromulgationDate", \.date),
    ])
}

/// Loại văn bản. Senders fill the codes differently; the name is what can be relied on.
public struct TypeOfDocument: Codable, Sendable, Equatable {
    public var type: String?
    public var detail: String?
    public var name: String?

    public init() {}

    public init(type: String? = nil, detail: String? = nil, name: String? = nil) {
        self.type = type
        self.detail = detail
        self.name = name
    }
}

extension TypeOfDocument: ElementValue {
    static let shape = ElementShape<TypeOfDocument>([
        .text("Type", \.type), .text("TypeDetail", \.detail), .text("TypeName", \.name),
    ])
}

/// Người ký: quyền hạn (TM., KT., TL., TUQ., Q.), chức vụ, họ tên.
public struct SignerInfo: Codable, Sendable, Equatable {
    public var competence: String?
    public var position: String?
    public var fullName: String?

    public init() {}

    public init(competence: String? = nil, position: String? = nil, fullName: String? = nil) {
        self.competence = competence
        self.position = position
        self.fullName = fullName
    }
}

extension SignerInfo: ElementValue {
    static let shape = ElementShape<SignerInfo>([
        .text("Competence", \.competence), .text("Position", \.position), .text("FullName", \.fullName),
    ])
}

public struct OtherParticulars: Codable, Sendable, Equatable {
    /// 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ.
    public var priority: String?
    /// Phạm vi lưu hành.
    public var sphere: String?
    /// Ký hiệu người soạn thảo.
    public var typist: String?
    /// Số lượng bản phát hành.
    public var promulgationAmount: String?
    public var pageAmount: String?
    /// `true` or `false`, by one gateway's software only.
    public var direction: String?
    public var appendixes: [String] = []
    public var replyFors: [String] = []
    public var referenceCodes: [String] = []

    public init() {}
}

extension OtherParticulars: ElementValue {
    static let shape = ElementShape<OtherParticulars>([
        .text("Priority", \.priority), .text("SphereOfPromulgation", \.sphere),
        .text("TyperNotation", \.typist),
        .text("PromulgationAmount", \.promulgationAmount), .text("PageAmount", \.pageAmount),
        .text("Direction", \.direction), .texts("Appendixes", of: "Appendix", \.appendixes),
        .texts("ReplyFors", of: "ReplyFor", \.replyFors),
        .texts("ReferenceCodes", of: "ReferenceCode", \.referenceCodes),
    ])
}

/// A task of the Government's that the document reports on.
public struct TaskReference: Codable, Sendable, Equatable {
    public var taskCode: String?

    public init() {}

    public init(taskCode: String? = nil) { self.taskCode = taskCode }
}

extension TaskReference: ElementValue {
    static let shape = ElementShape<TaskReference>([.text("TaskCode", \.taskCode)])
}
