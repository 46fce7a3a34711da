/// An agency as messages name it. Only identifier and name are reliably filled.
public struct Organization: Codable, Sendable, Equatable {
    /// The agency's code (mã định danh): see `OrganIdentifier` for its two forms.
    public var organID: String?
    /// Cơ quan chủ quản.
    public var inCharge: String?
    public var name: String?
    public var address: String?
    public var email: String?
    public var telephone: String?
    public var fax: String?
    public var website: String?

    public init() {}

    public init(organID: String? = nil, name: String? = nil, inCharge: String? = nil) {
        self.organID = organID
        self.name = name
        self.inCharge = inCharge
    }
}

extension Organization: ElementValue {
    static let shape = ElementShape<Organization>([
        .text("OrganId", \.organID), .text("OrganizationInCharge", \.inCharge), .text("OrganName", \.name),
        .text("OrganAdd", \.address), .text("Email", \.email), .text("Telephone", \.telephone),
        .text("Fax", \.fax), .text("Website", \.website),
    ])
}

/// Who may be asked about the message.
public struct StaffContact: Codable, Sendable, Equatable {
    public var department: String?
    public var departmentID: String?
    public var staff: String?
    public var staffID: String?
    public var email: String?
    public var mobile: String?

    public init() {}
}

extension StaffContact: ElementValue {
    static let shape = ElementShape<StaffContact>([
        .text("Department", \.department), .text("DepartmentId", \.departmentID), .text("Staff", \.staff),
        .text("StaffId", \.staffID), .text("Email", \.email), .text("Mobile", \.mobile),
    ])
}

/// Which document is answered, recalled or reported on.
public struct ResponseFor: Codable, Sendable, Equatable {
    public var organID: String?
    /// Number and notation together: `7816/VPCP-TTĐT`.
    public var code: String?
    public var documentID: String?
    /// `yyyy/MM/dd`.
    public var promulgationDate: String?

    public init() {}

    public init(
        organID: String? = nil, code: String? = nil, documentID: String? = nil,
        promulgationDate: String? = nil
    ) {
        self.organID = organID
        self.code = code
        self.documentID = documentID
        self.promulgationDate = promulgationDate
    }
}

extension ResponseFor: ElementValue {
    static let shape = ElementShape<ResponseFor>([
        .text("OrganId", \.organID), .text("Code", \.code), .text("DocumentId", \.documentID),
        .text("PromulgationDate", \.promulgationDate),
    ])
}
