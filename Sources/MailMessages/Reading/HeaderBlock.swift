// The header of a message or of a part: fields unfolded, their bytes as they came.

struct HeaderBlock {
    struct Field {
        let name: String
        let value: [UInt8]
    }

    private(set) var fields: [Field] = []
    /// Lines that are no field.
    private(set) var badLines = 0
    private(set) var isCutOff = false
    private(set) var hasZeroBytes = false
    private var room: Int
    private static let fieldLimit = 2_000

    init(limit: Int) { room = limit }

    /// A line of the header, or a piece of one.
    mutating func add(_ line: ArraySlice<UInt8>, isStart: Bool) {
        guard room > 0, fields.count < Self.fieldLimit else {
            isCutOff = true
            return
        }
        if line.count > room { isCutOff = true }
        let line = line.prefix(room)
        room -= line.count + 2
        if line.contains(0) { hasZeroBytes = true }
        let isContinuation = !isStart || line.first == 0x20 || line.first == 0x09
        if isContinuation {
            guard let last = fields.popLast() else {
                badLines += 1
                return
            }
            // Of the blanks that fold, one remains.
            let rest = isStart ? [0x20] + line.drop { $0 == 0x20 || $0 == 0x09 } : Array(line)
            fields.append(Field(name: last.name, value: last.value + rest))
            return
        }
        guard let field = Self.field(line) else {
            badLines += 1
            return
        }
        fields.append(field)
    }

    static func field(_ line: ArraySlice<UInt8>) -> Field? {
        guard let colon = line.firstIndex(of: 0x3A) else { return nil }
        var name = line[..<colon]
        while name.last == 0x20 || name.last == 0x09 { name.removeLast() }
        guard HeaderText.isFieldName(name) else { return nil }
        return Field(
            name: String(decoding: name, as: UTF8.self),
            value: Array(line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }))
    }

    /// The first field of that name, in small letters.
    func value(_ name: String) -> [UInt8]? { fields.first { $0.name.lowercased() == name }?.value }

    func text(_ name: String) -> String { HeaderText.clean(value(name).map(Charset.guess) ?? "") }

    func identifiers(_ name: String) -> [String] { HeaderText.identifiers(text(name)) }
}

/// What a part says that it is (RFC 2045, 2183).
struct PartKind {
    /// `text/plain`, in small letters.
    let type: String
    let isAttachment: Bool
    /// As the sender has it, made fit to be shown; empty when there is none.
    let name: String
    let contentID: String?
    let encoding: String
    let charset: String?
    let boundary: [UInt8]?

    init(_ header: HeaderBlock, default type: String, _ report: (String) -> Void) {
        let content = header.value("content-type").map(FieldWithParameters.init)
        let disposition = header.value("content-disposition").map(FieldWithParameters.init)
        self.type = content.map(\.value).flatMap { Self.isType($0) ? $0 : nil } ?? type
        isAttachment = disposition.map { $0.value != "inline" && !$0.value.isEmpty } ?? false
        let names = [disposition?.text("filename", report), content?.text("name", report)]
        name = names.lazy.compactMap { $0 }.map(HeaderText.fileName).first { !$0.isEmpty } ?? ""
        contentID = header.identifiers("content-id").first
        let encoding = header.value("content-transfer-encoding") ?? []
        // Remarks behind the word are allowed.
        self.encoding = String(
            decoding: encoding.prefix { HeaderText.isToken($0) }.prefix(100), as: UTF8.self
        ).lowercased()
        charset = content?.parameter("charset").map { String(decoding: $0.prefix(80), as: UTF8.self) }
        boundary = content?.parameter("boundary").flatMap { boundary in
            var boundary = boundary[...]
            while boundary.last == 0x20 { boundary.removeLast() }
            return boundary.isEmpty || boundary.count > 200 ? nil : Array(boundary)
        }
    }

    /// - Parameter around: The type of the multipart that the part lies in.
    func role(in around: String) -> MailPart.Role {
        if isAttachment { return .attachment }
        if around == "multipart/related", contentID != nil { return .related }
        return name.isEmpty && type.hasPrefix("text/") ? .body : .attachment
    }

    private static func isType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.count <= 200
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(HeaderText.isToken) }
    }
}
