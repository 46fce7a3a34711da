import Foundation

/// Why there is no timestamp that could be used.
public enum TimestampProblem: Error, Equatable, Sendable {
    case failed(WebFailure)
    /// The HTTP status.
    case status(Int)
    case unreadable(String)
    /// The authority's status and failure bits (RFC 3161, 2.4.2), and its words if it has any.
    case refused(status: Int, failures: [Int], text: String)
    /// The timestamp is about something else than what was sent.
    case wrongImprint
    /// The answer is to another question, or an old one again.
    case wrongNonce
    case wrongPolicy(String)
    /// The authority's clock and ours are this many seconds apart.
    case clockApart(Int)
    /// Its signature or certificate is not as a timestamp's must be.
    case flawed([Flaw])
    /// The name in its certificate, which leads to none of the roots.
    case untrusted(String)

    public enum Flaw: String, Sendable, CaseIterable {
        case severalSigners = "several signers"
        case certificateMissing = "certificate missing"
        case certificateMismatch = "another certificate is named"
        /// RFC 3161, 2.3: the purpose must be there, alone and critical.
        case purposeMissing = "not for timestamping"
        case purposeNotAlone = "not only for timestamping"
        case purposeNotCritical = "purpose not critical"
        case contentTypeMismatch = "content type"
        case digestMismatch = "digest"
        case signatureWrong = "signature wrong"
        case unsupportedAlgorithm = "algorithm not supported"
        case certificateOutOfTime = "certificate not valid at that time"
    }
}

/// A service that dates digests (RFC 3161 over HTTP, 3.4).
public struct TimestampAuthority: Sendable {
    public var url: String
    /// For HTTP's basic authentication (RFC 7617).
    public var credentials: Credentials?
    /// Object identifier of the policy to be asked for; the authority's own choice when absent.
    public var policy: String?
    public var digest: DigestAlgorithm
    /// In seconds.
    public var patience: Double

    public struct Credentials: Sendable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    public init(
        url: String, credentials: Credentials? = nil, policy: String? = nil,
        digest: DigestAlgorithm = .sha256, patience: Double = 10
    ) {
        self.url = url
        self.credentials = credentials
        self.policy = policy
        self.digest = digest
        self.patience = patience
    }

    /// Between the authority's clock and ours. Wide, because ours may be the wrong one; narrower than a time zone.
    static let clockTolerance = 3_600.0
    private static let answerLimit = 256 << 10

    /// A timestamp over a digest made with `digest`, checked before it is given: status, imprint, nonce, policy,
    /// purpose and validity of the certificate, signature.
    func token(
        over digest: [UInt8], using exchange: any WebExchange, now: Date
    ) throws(TimestampProblem) -> TimestampToken {
        let nonce = [UInt8.random(in: 0x40...0x7F)] + (0..<8).map { _ in UInt8.random(in: .min ... .max) }
        let token = try read(ask(digest, nonce, exchange))
        guard token.algorithm == self.digest.identifier, token.imprint == digest else { throw .wrongImprint }
        guard token.nonce == nonce else { throw .wrongNonce }
        if let policy, token.policy != policy { throw .wrongPolicy(token.policy) }
        let apart = token.time.timeIntervalSince(now)
        guard abs(apart) <= TimestampAuthority.clockTolerance + (token.accuracy ?? 0) else {
            throw .clockApart(Int(max(-1e12, min(1e12, apart))))
        }
        let flaws = token.flaws()
        guard flaws.isEmpty else { throw .flawed(flaws) }
        return token
    }

    private func ask(
        _ digest: [UInt8], _ nonce: [UInt8], _ exchange: any WebExchange
    ) throws(TimestampProblem) -> [UInt8] {
        let question = TimestampRequest(algorithm: self.digest, digest: digest, policy: policy, nonce: nonce)
        let body: [UInt8]
        do { body = try question.encode() } catch { throw .unreadable("policy") }
        var headers = [WebHeader("Content-Type", "application/timestamp-query")]
        if let credentials {
            let pair = Data("\(credentials.user):\(credentials.password)".utf8).base64EncodedString()
            headers.append(WebHeader("Authorization", "Basic \(pair)"))
        }
        let answer: WebAnswer
        do throws(WebFailure) {
            answer = try exchange.send(
                WebRequest(
                    method: "POST", url: url, headers: headers, body: body,
                    answerLimit: TimestampAuthority.answerLimit, patience: patience))
        } catch { throw .failed(error) }
        guard answer.status == 200 else { throw .status(answer.status) }
        return answer.body
    }

    private func read(_ bytes: [UInt8]) throws(TimestampProblem) -> TimestampToken {
        let response: TimestampResponse
        do throws(CMSError) { response = try TimestampResponse(bytes) } catch {
            throw .unreadable(error.detail)
        }
        guard response.isGranted else {
            throw .refused(
                status: response.status, failures: response.failures,
                text: response.texts.joined(separator: "; "))
        }
        guard let token = response.token else { throw .unreadable("no timestamp inside") }
        do throws(CMSError) { return try TimestampToken(token) } catch { throw .unreadable(error.detail) }
    }
}
