/// What an axis says to a call. The national one puts `status`, `ErrorCode` and `ErrorDesc` beside what was asked for;
/// provinces write `success` or `code` and `message`, with the particulars inside `data`. Both are read by one reader,
/// without regard to the case of names, and whatever else stands there is stepped over.
struct AxisAnswer {
    enum Dialect { case national, provincial }

    /// What the caller wants of `data`; the rest is stepped over.
    enum Wish {
        case nothing
        case elements((JSONReader) throws(JSONFault) -> Void)
        case content(([UInt8]) throws(JSONFault) -> Void)
    }

    private(set) var docID: String?
    private(set) var count: String?
    /// What a sign-in brings.
    private(set) var token: String?
    private var status: String?
    private var errorCode: String?
    private var success: String?
    private var code: String?
    private var words: [String] = []
    private var hasErrorDetail = false

    init(_ source: ByteSource, _ wish: Wish = .nothing) throws(AxisFailure) {
        let reader = JSONReader(source)
        do throws(JSONFault) {
            try reader.object { (name) throws(JSONFault) in try member(name, reader, wish, isInside: false) }
        } catch {
            switch error {
            case .ours(let failure): throw failure
            case .notJSON: throw .garbage("the answer is not JSON, or not of a known shape")
            case .cutOff: throw .garbage("the answer ends too early")
            case .tooDeep: throw .garbage("the answer is nested too deep")
            }
        }
    }

    private mutating func member(
        _ name: String, _ reader: JSONReader, _ wish: Wish, isInside: Bool
    ) throws(JSONFault) {
        switch name.lowercased() {
        case "status": status = try reader.text() ?? status
        case "errorcode": errorCode = try reader.text() ?? errorCode
        case "success": success = try reader.text() ?? success
        case "docid": docID = try reader.text() ?? docID
        case "count": count = try reader.text() ?? count
        case "token": token = try reader.text() ?? token
        case "errordesc", "message":
            if let more = try reader.text() { note(more) }
        case "code" where !isInside: code = try reader.text() ?? code
        case "errordetail" where !isInside:
            hasErrorDetail = try reader.kind() == .array
            try errorDetail(reader)
        case "data": try content(reader, wish, isInside: isInside)
        case "content", "edxml":
            if isInside { try content(reader, wish, isInside: true) } else { try reader.skip() }
        default: try reader.skip()
        }
    }

    private mutating func content(_ reader: JSONReader, _ wish: Wish, isInside: Bool) throws(JSONFault) {
        switch (try reader.kind(), wish) {
        case (.array, .elements(let take)):
            try reader.array { () throws(JSONFault) in try take(reader) }
        case (.string, .content(let take)): try reader.stream(take)
        case (.object, _) where !isInside:
            try reader.object { (name) throws(JSONFault) in try member(name, reader, wish, isInside: true) }
        default: try reader.skip()
        }
    }

    /// Only so many are told; an answer may repeat them without end.
    private mutating func note(_ more: String) {
        if words.count < Self.mostWords, !words.contains(more) { words.append(more) }
    }

    private static let mostWords = 3

    /// `[{"exception": "…"}]`.
    private mutating func errorDetail(_ reader: JSONReader) throws(JSONFault) {
        guard hasErrorDetail else { return try reader.skip() }
        hasErrorDetail = false
        try reader.array { () throws(JSONFault) in
            hasErrorDetail = true
            guard try reader.kind() == .object else { return try reader.skip() }
            try reader.object { (_) throws(JSONFault) in
                if let text = try reader.text() { note(text) }
            }
        }
    }

    // MARK: The verdict

    /// - Parameter isOfMessage: Whether a message was handed over: a no that has no code is then said to it.
    /// - Throws: `.refused` or `.declined` when the partner says no, `.garbage` when it cannot be told what he says.
    func check(
        _ dialect: Dialect, hiding secret: AxisSecret, isOfMessage: Bool = false
    ) throws(AxisFailure) {
        let refusal = errorCode.flatMap { Self.isNothing($0) ? nil : $0 }
        let isFailed = status?.uppercased() == "FAIL"
        switch dialect {
        case .national:
            guard let errorCode else { throw .garbage("the answer has no ErrorCode") }
            if Self.trimmed(errorCode) == "0", !isFailed { return }
        case .provincial:
            let isBad = code.map { !["0", "200"].contains($0) } ?? false
            if refusal == nil, !isFailed, success != "false", !isBad, !hasErrorDetail {
                let isGood =
                    success == "true" || code != nil || errorCode != nil || status?.uppercased() == "OK"
                    || token != nil
                guard isGood else { throw .garbage("the answer says neither yes nor no") }
                return
            }
        }
        let said = secret.words(words.joined(separator: ": "), atMost: 300)
        if isOfMessage, dialect == .provincial, refusal == nil, Self.saysNothing(code) {
            throw .declined(said)
        }
        let code = refusal ?? code ?? "?"
        throw .refused(code: secret.words(code, atMost: 20), words: said)
    }

    /// Whether a code of HTTP inside the answer leaves it at "it did not work". 401, 503 and the like are about the
    /// link.
    private static func saysNothing(_ code: String?) -> Bool {
        guard let code else { return true }
        return ["0", "200", "400", "422", "500"].contains(trimmed(code))
    }

    /// Whether the words are those of the national office's parser, which a province hands on.
    var isOfParser: Bool { hasErrorDetail && words.contains { $0.contains("XML document (") } }

    private static func isNothing(_ code: String) -> Bool { ["", "0", "null"].contains(trimmed(code)) }

    private static func trimmed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
