// Fields of a header on lines that no server cuts (RFC 5322, 2.1.1 and 2.2.3). A value that could begin another line never
// gets here: control characters are refused.

struct HeaderWriter {
    private(set) var bytes: [UInt8] = []

    private static let width = 76
    /// Bytes of text in one encoded word, so that the word has room on a line of its own (RFC 2047, 2).
    private static let wordBytes = 36
    /// A single word without blanks longer than this is encoded, so that it can be cut.
    private static let longWord = 500

    /// Text for people (RFC 5322, 3.2.5).
    mutating func text(_ name: String, _ value: String) throws(MailMessageError) {
        guard !HeaderText.hasControls(value) else { throw .unwritable(name) }
        field(name, Self.needsWords(value) ? Self.encodedWords(value) : Self.plainWords(value))
    }

    mutating func addresses(_ name: String, _ addresses: [MessageAddress]) throws(MailMessageError) {
        var pieces: [String] = []
        for (index, address) in addresses.enumerated() {
            guard address.isPlain, !HeaderText.hasControls(address.name) else { throw .unwritable(name) }
            let comma = index + 1 < addresses.count ? "," : ""
            guard !address.name.isEmpty else {
                pieces.append(address.address + comma)
                continue
            }
            pieces += Self.phrase(address.name)
            pieces.append("<\(address.address)>\(comma)")
        }
        field(name, pieces)
    }

    /// Message-IDs (RFC 5322, 3.6.4), given without brackets.
    mutating func identifiers(_ name: String, _ identifiers: [String]) throws(MailMessageError) {
        guard !identifiers.isEmpty else { return }
        guard identifiers.allSatisfy(Self.isIdentifier) else { throw .unwritable(name) }
        field(name, identifiers.map { "<\($0)>" })
    }

    /// What is made by us, and whose parts are put on lines of their own.
    mutating func field(_ name: String, _ pieces: [String]) {
        bytes += "\(name):".utf8
        var column = name.utf8.count + 1
        for piece in pieces {
            if column > 1, column + 1 + piece.utf8.count > Self.width {
                bytes += "\r\n".utf8
                column = 0
            }
            bytes += " \(piece)".utf8
            column += 1 + piece.utf8.count
        }
        bytes += "\r\n".utf8
    }

    mutating func end() { bytes += "\r\n".utf8 }

    // MARK: Words

    private static func needsWords(_ text: String) -> Bool {
        text.utf8.contains { $0 >= 0x7F } || text.contains("=?") || text.hasPrefix(" ") || text.hasSuffix(" ")
            || text.contains("  ") || text.split(separator: " ").contains { $0.utf8.count > longWord }
    }

    private static func plainWords(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    /// Cut between letters: each word must be readable alone.
    static func encodedWords(_ text: String) -> [String] {
        var words: [String] = [], held: [UInt8] = []
        func flush() {
            var encoder = Base64Encoder()
            let encoded = encoder.encode(held) + encoder.finish()
            words.append("=?UTF-8?B?\(String(decoding: encoded, as: UTF8.self))?=")
            held = []
        }
        for scalar in text.unicodeScalars {
            let letter = Array(String(scalar).utf8)
            if held.count + letter.count > wordBytes { flush() }
            held += letter
        }
        if !held.isEmpty { flush() }
        return words
    }

    /// A name before an address (RFC 5322, 3.2.5; RFC 2047, 5).
    private static func phrase(_ name: String) -> [String] {
        if needsWords(name) { return encodedWords(name) }
        let isAtoms = name.utf8.allSatisfy { HeaderText.isAtom($0) || $0 == 0x20 }
        return isAtoms ? plainWords(name) : [quoted(name)]
    }

    static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func isIdentifier(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.count <= 250
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { HeaderText.isAtom($0) || $0 == 0x2E }
            }
    }

    // MARK: Names of files

    /// The name twice: as the standard has it (RFC 2231) in the disposition, and beside the type as encoded words inside
    /// quotes, which older programs read and the standard does not know.
    mutating func attachment(_ attachment: OutgoingAttachment) throws(MailMessageError) {
        let type = attachment.contentType.split(separator: "/", omittingEmptySubsequences: false)
        guard type.count == 2, type.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(HeaderText.isToken) }),
            attachment.contentType.utf8.count <= 200
        else { throw .unwritable("Content-Type") }
        let name = attachment.name
        guard !name.isEmpty, name.utf8.count <= 1_000, !HeaderText.hasControls(name),
            !name.contains("/"), !name.contains("\\")
        else { throw .unwritable("filename") }
        let isPlain = !Self.needsWords(name) && name.utf8.count <= 60
        field("Content-Type", ["\(attachment.contentType);"] + Self.oldName(name, isPlain))
        field("Content-Transfer-Encoding", ["base64"])
        let disposition = isPlain ? ["filename=\(Self.quoted(name))"] : Self.extendedName(name)
        field("Content-Disposition", ["attachment;"] + disposition)
    }

    private static func oldName(_ name: String, _ isPlain: Bool) -> [String] {
        if isPlain { return ["name=\(quoted(name))"] }
        var words = encodedWords(name)
        words[0] = "name=\"" + words[0]
        words[words.count - 1] += "\""
        return words
    }

    private static func extendedName(_ name: String) -> [String] {
        var pieces: [String] = [], held = "UTF-8''"
        for byte in name.utf8 {
            let isPlain = HeaderText.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
            let digits = Hexadecimal.capitals
            let letter =
                isPlain
                ? String(decoding: [byte], as: UTF8.self)
                : String(decoding: [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
            if held.utf8.count + letter.utf8.count > 56 {
                pieces.append(held)
                held = ""
            }
            held += letter
        }
        pieces.append(held)
        if pieces.count == 1 { return ["filename*=\(pieces[0])"] }
        return pieces.enumerated().map { index, piece in
            "filename*\(index)*=\(piece)\(index + 1 < pieces.count ? ";" : "")"
        }
    }
}
