// What only the national axis has: the list of what was sent, units, and the registration of agencies.

/// A line of the list of what was sent. Texts are the partner's, cut.
public struct SentEntry: Sendable, Equatable {
    /// What `send` returned.
    public var senderDocID: AxisDocID
    /// The receiver's own name for it, once there is one.
    public var receiverDocID: AxisDocID?
    public var kind: AxisKind?
    public var from: String?
    public var to: String?
    public var title: String?
    public var notation: String?
    public var sendStatus: String?
    public var sendStatusWords: String?
    public var receiveStatus: String?
    public var receiveStatusWords: String?
    public var sentAt: String?
    public var receivedAt: String?

    private static let names: Set = [
        "senderdocid", "receiverdocid", "messagetype", "fromcode", "tocode", "title", "notation",
        "sendstatus",
        "sendstatusdesc", "receivestatus", "receivestatusdesc", "senttime", "receivedtime",
    ]

    static func read(_ reader: JSONReader) throws(JSONFault) -> SentEntry? {
        guard let line = try ListLine.read(reader, names),
            let id = line.raw("senderdocid").flatMap(AxisDocID.init)
        else { return nil }
        return SentEntry(
            senderDocID: id, receiverDocID: line.raw("receiverdocid").flatMap(AxisDocID.init),
            kind: line.raw("messagetype").flatMap(AxisKind.init), from: line.identifier("fromcode"),
            to: line.identifier("tocode"), title: line.words("title", atMost: 500),
            notation: line.words("notation"), sendStatus: line.words("sendstatus"),
            sendStatusWords: line.words("sendstatusdesc"), receiveStatus: line.words("receivestatus"),
            receiveStatusWords: line.words("receivestatusdesc"), sentAt: line.words("senttime"),
            receivedAt: line.words("receivedtime"))
    }
}

/// A unit as `getSynchronizeUnit` has it.
public struct AxisUnit: Sendable, Equatable {
    public var agency: AxisAgency
    public var version: String?
    /// The identifier of the centre that it hangs on.
    public var centerCode: String?
    public var isDeleted: Bool
    public var isAgency: Bool
    public var modifiedAt: String?

    private static let names: Set = [
        "id", "pid", "code", "name", "mail", "version", "centercode", "deleted", "modifydate", "isagency",
    ]

    static func read(_ reader: JSONReader) throws(JSONFault) -> AxisUnit? {
        guard let line = try ListLine.read(reader, names), let code = line.identifier("code") else {
            return nil
        }
        func isTrue(_ name: String) -> Bool { ["true", "1"].contains(line.raw(name)?.lowercased()) }
        return AxisUnit(
            agency: AxisAgency(
                id: line.words("id", atMost: 64), parentID: line.words("pid", atMost: 64), code: code,
                name: line.words("name", atMost: 500) ?? code, mail: line.words("mail")),
            version: line.words("version", atMost: 64), centerCode: line.identifier("centercode"),
            isDeleted: isTrue("deleted"), isAgency: isTrue("isagency"), modifiedAt: line.words("modifydate"))
    }
}

/// What is told to register an agency.
public struct AgencyRegistration: Sendable, Equatable {
    public var id: String
    /// The identifier of the agency above.
    public var parentCode: String
    public var code: String
    public var name: String
    public var mail: String
    public var mobile: String
    public var fax: String

    public init(
        id: String, parentCode: String, code: String, name: String, mail: String = "", mobile: String = "",
        fax: String = ""
    ) {
        self.id = id
        self.parentCode = parentCode
        self.code = code
        self.name = name
        self.mail = mail
        self.mobile = mobile
        self.fax = fax
    }

    var json: String {
        Wire.json([
            ("id", id), ("pcode", parentCode), ("code", code), ("name", name), ("mail", mail),
            ("mobile", mobile),
            ("fax", fax),
        ])
    }
}
