/// An element with what is in it, for the small part of a message that is not attachments.
struct XMLNode {
    let name: String
    var attributes: [String: String]
    /// Without the blanks around it.
    var text = ""
    var children: [XMLNode] = []
    /// Which attachment was read out of this element.
    var attachment: Int?

    func first(_ name: String) -> XMLNode? { children.first { $0.name == name } }
    func all(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

    /// The first element of that name, here or below.
    func descendant(_ name: String) -> XMLNode? {
        if self.name == name { return self }
        for child in children {
            if let found = child.descendant(name) { return found }
        }
        return nil
    }

    /// Neither text nor children with any.
    var isEmpty: Bool { text.isEmpty && attachment == nil && children.allSatisfy(\.isEmpty) }
}

/// Builds the tree of a message and hands the text of attachments on as it comes.
struct XMLTreeReader<Feed: ByteFeed> {
    private var scanner: XMLScanner<Feed>
    private let limits: MessageLimits
    private var elements = 0
    private var textSize = 0
    private var findings: [MessageFinding] = []

    init(_ feed: Feed, limits: MessageLimits) throws(EdXMLError) {
        self.limits = limits
        scanner = try XMLScanner(feed, limits: limits)
    }

    /// - Parameter receive: Takes the encoded text of one attachment, piece by piece until the empty one, and
    ///   gives its place in the list of attachments at the end.
    mutating func read(
        _ receive: (ArraySlice<UInt8>) throws(EdXMLError) -> Int?
    ) throws(EdXMLError) -> (root: XMLNode, findings: [MessageFinding]) {
        guard case .start(let start)? = try scanner.next(), start.name.lowercased() == "edxml" else {
            throw .notEdXML
        }
        let root = try element(start, receive)
        try scanner.finish()
        return (root, scanner.findings + findings)
    }

    private mutating func element(
        _ start: XMLStart, _ receive: (ArraySlice<UInt8>) throws(EdXMLError) -> Int?
    ) throws(EdXMLError) -> XMLNode {
        elements += 1
        guard elements <= limits.elements else { throw .overLimit("elements") }
        var node = XMLNode(name: start.name, attributes: start.attributes)
        try count(start.size)
        let isAttachment = start.name == "ContentTransferEncoded"
        var text: [UInt8] = []
        while let event = try scanner.next() {
            switch event {
            case .start(let child): node.children.append(try element(child, receive))
            case .text(let piece):
                if isAttachment {
                    if !piece.isEmpty { _ = try receive(piece) }
                } else {
                    try count(piece.count)
                    text += piece
                }
            case .end:
                if isAttachment { node.attachment = try receive([]) }
                node.text = trimmed(text, of: start.name)
                return node
            }
        }
        return node
    }

    private mutating func count(_ bytes: Int) throws(EdXMLError) {
        textSize += bytes
        guard textSize <= limits.text else { throw .overLimit("text") }
    }

    private mutating func trimmed(_ bytes: [UInt8], of name: String) -> String {
        guard let first = bytes.firstIndex(where: { !XMLText.isSpace($0) }),
            let last = bytes.lastIndex(where: { !XMLText.isSpace($0) })
        else { return "" }
        let (text, isSound) = XMLText.text(bytes[first...last])
        if isSound { return text }
        findings.note(.badCharacters, name)
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
