import Foundation

/// A value of JSON as services send and take it, lenient in reading: numbers may come as texts and the reverse.
enum RemoteJSON: Codable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([RemoteJSON])
    case object([String: RemoteJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([RemoteJSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: RemoteJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number):
            try number == number.rounded() && abs(number) < 1e15
                ? container.encode(Int64(number)) : container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }

    subscript(_ key: String) -> RemoteJSON {
        if case .object(let object) = self { object[key] ?? .null } else { .null }
    }

    var list: [RemoteJSON]? { if case .list(let list) = self { list } else { nil } }

    /// Texts, and numbers written out.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number) where number == number.rounded() && abs(number) < 1e15: String(Int64(number))
        default: nil
        }
    }

    var integer: Int? { text.flatMap { Int($0) } }

    /// Bytes in base64, with or without line breaks, or a certificate in its PEM coat.
    var bytes: [UInt8]? {
        guard let text, !text.isEmpty else { return nil }
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        return Data(base64Encoded: lines.joined().filter { !$0.isWhitespace }).map { [UInt8]($0) }
    }
}

extension RemoteJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(dictionaryLiteral elements: (String, RemoteJSON)...) {
        self = .object(Dictionary(elements) { first, _ in first })
    }

    static func texts(_ texts: [String]) -> RemoteJSON { .list(texts.map { .text($0) }) }
    static func base64(_ list: [[UInt8]]) -> RemoteJSON { texts(list.map { Data($0).base64EncodedString() }) }
}

/// Requests to one service: JSON out, JSON back.
struct RemoteCall {
    let web: any WebExchange
    /// Without a slash at the end.
    let base: String
    /// Seconds for one answer.
    let patience: Double

    struct Reply {
        let status: Int
        let json: RemoteJSON
    }

    init(web: any WebExchange, base: String, patience: Double) {
        self.web = web
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.patience = patience
    }

    func post(_ path: String, _ body: RemoteJSON, token: String? = nil) throws(RemoteSigningError) -> Reply {
        let bytes: Data
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            bytes = try encoder.encode(body)
        } catch { throw .unsupported("a request that cannot be written") }
        return try send(path, type: "application/json", [UInt8](bytes), token: token)
    }

    func postForm(_ path: String, _ fields: [(String, String)]) throws(RemoteSigningError) -> Reply {
        let body = fields.map { "\($0.0)=\(Self.escape($0.1))" }.joined(separator: "&")
        return try send(path, type: "application/x-www-form-urlencoded", Array(body.utf8), token: nil)
    }

    /// For one part of a path or one value of a form (RFC 3986, 2.3).
    static func escape(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return text.utf8.map { byte in
            if plain.contains(byte) { return String(UnicodeScalar(byte)) }
            return "%" + String(decoding: Hex.encode([byte]), as: UTF8.self).uppercased()
        }.joined()
    }

    private func send(
        _ path: String, type: String, _ body: [UInt8], token: String?
    ) throws(RemoteSigningError) -> Reply {
        guard isConfidential else { throw .unsupported("a service without https") }
        var headers = [WebHeader("Content-Type", type), WebHeader("Accept", "application/json")]
        if let token { headers.append(WebHeader("Authorization", "Bearer \(token)")) }
        let answer: WebAnswer
        do {
            answer = try web.send(
                WebRequest(
                    method: "POST", url: base + path, headers: headers, body: body, answerLimit: 4 << 20,
                    patience: patience))
        } catch { throw .unreachable(error) }
        guard answer.status < 500, answer.status != 429 else { throw .serviceDown(answer.status) }
        if answer.body.isEmpty { return Reply(status: answer.status, json: .null) }
        guard let json = try? JSONDecoder().decode(RemoteJSON.self, from: Data(answer.body)) else {
            throw .badAnswer("no JSON, HTTP \(answer.status)")
        }
        return Reply(status: answer.status, json: json)
    }

    /// Passwords and codes go over TLS, or stay on this machine.
    private var isConfidential: Bool {
        if base.hasPrefix("https://") { return true }
        return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { place in
            base == place || base.hasPrefix(place + ":") || base.hasPrefix(place + "/")
        }
    }
}

/// What all adapters check before and after.
enum RemoteRules {
    static func check(
        _ documents: [RemoteDocument], with credential: RemoteCredential
    ) throws(RemoteSigningError) {
        guard !documents.isEmpty else { throw .unsupported("nothing to sign") }
        guard documents.count <= credential.batchLimit else {
            throw .tooManyDocuments(limit: credential.batchLimit)
        }
        guard documents.allSatisfy({ $0.digest.count == credential.algorithm.digest.size }) else {
            throw .unsupported("a digest of another length than the algorithm's")
        }
        guard Set(documents.map(\.identifier)).count == documents.count else {
            throw .unsupported("two documents of the same name")
        }
    }

    /// The values, as many as were asked for, in the form that CMS wants.
    static func values(
        _ list: [RemoteJSON], for pending: PendingSignatures
    ) throws(RemoteSigningError) -> RemoteProgress {
        guard list.count == pending.documents.count else {
            throw .badAnswer("\(list.count) signatures for \(pending.documents.count) documents")
        }
        var values: [[UInt8]] = []
        for entry in list {
            guard let bytes = entry.bytes, bytes.count >= 64, bytes.count <= 1_024 else {
                throw .badAnswer("a signature that is none")
            }
            values.append(normal(bytes, pending.algorithm))
        }
        return .signed(values)
    }

    /// Some services give ECDSA as two numbers of fixed room, others as CMS wants it: a sequence of two integers.
    private static func normal(_ value: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8] {
        guard case .ecdsa = algorithm else { return value }
        if let node = try? BERNode.first(in: value[...]), node.tag == 0x30, node.encoded.count == value.count,
            (try? node.children().map(\.tag)) == [0x02, 0x02]
        {
            return value
        }
        return ECDSAValue.der(fromRaw: value) ?? value
    }

    /// The first certificate is the signer's; those above follow in any order.
    static func chain(_ list: [RemoteJSON]) -> (own: [UInt8], above: [[UInt8]])? {
        let certificates = list.compactMap(\.bytes).filter { (try? CertificateRecord($0)) != nil }
        guard let own = certificates.first else { return nil }
        return (own, Array(certificates.dropFirst()))
    }

    static func algorithm(
        of certificate: [UInt8], pss: Bool
    ) throws(RemoteSigningError) -> SignatureAlgorithm {
        do { return try SignatureAlgorithm(certificate: certificate, digest: .sha256, pss: pss) } catch {
            guard case .unsupportedKey(let reason) = error else { throw .badAnswer("certificate") }
            throw .unsupported(reason)
        }
    }
}
