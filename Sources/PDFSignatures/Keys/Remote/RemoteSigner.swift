import Foundation

/// A service that keeps people's keys and signs digests with them once the person has agreed, usually on a phone.
/// Signing has two phases, with any length of time and even another process between them:
///
///     let credential = try signer.credentials()[0]
///     // one PreparedSignature for each document, made with the credential's certificate and algorithm
///     var progress = try signer.begin(documents, with: credential)
///     while case .pending(let waiting) = progress { progress = try signer.poll(waiting) }
///     // .signed(values): PreparedSignature.embed(signatureValue:), which also catches a signature by another key
///
/// Each call is one or two requests and waits for their answers on the thread that makes it.
public protocol RemoteSigner: Sendable {
    /// What the person may sign with now; expired and blocked certificates are left out.
    func credentials() throws(RemoteSigningError) -> [RemoteCredential]

    /// Asks for one signature for each document; all are covered by one consent of the person.
    func begin(
        _ documents: [RemoteDocument], with credential: RemoteCredential, approval: RemoteApproval
    ) throws(RemoteSigningError) -> RemoteProgress

    /// How far that has come.
    func poll(_ pending: PendingSignatures) throws(RemoteSigningError) -> RemoteProgress
}

extension RemoteSigner {
    public func begin(
        _ documents: [RemoteDocument], with credential: RemoteCredential
    ) throws(RemoteSigningError) -> RemoteProgress {
        try begin(documents, with: credential, approval: RemoteApproval())
    }

    /// Begins and waits for the end, on this thread.
    ///
    /// - Parameter patience: In seconds; when they have passed the answer is `expired`.
    public func sign(
        _ documents: [RemoteDocument], with credential: RemoteCredential,
        approval: RemoteApproval = RemoteApproval(), patience: Double = 300
    ) throws(RemoteSigningError) -> [[UInt8]] {
        let end = Date(timeIntervalSinceNow: patience)
        var progress = try begin(documents, with: credential, approval: approval)
        while true {
            switch progress {
            case .signed(let values): return values
            case .pending(let waiting):
                guard Date() < end else { throw .expired }
                Thread.sleep(forTimeInterval: min(waiting.pause, max(0, end.timeIntervalSinceNow)))
                progress = try poll(waiting)
            }
        }
    }
}

/// A key at the service and its certificate.
public struct RemoteCredential: Sendable, Equatable {
    /// The service's own name for it.
    public let identifier: String
    /// DER.
    public let certificate: [UInt8]
    /// DER, from the issuer upwards, as far as the service gives it.
    public let chain: [[UInt8]]
    public let algorithm: SignatureAlgorithm
    /// How many documents one consent may cover.
    public let batchLimit: Int
    /// What the person must enter here before the service signs; empty where they agree on their phone.
    public let codes: [RemoteCode]
    /// The service's own name for the algorithm.
    let signAlgorithm: String
    /// The person signs in at the service's own page first, and `RemoteApproval.token` comes from there.
    public let needsToken: Bool
}

/// A PIN or one-time password that a service asks for.
public struct RemoteCode: Sendable, Equatable {
    /// The key in `RemoteApproval.codes`.
    public let identifier: String
    /// In the service's words.
    public let label: String
    /// A new one is made for each signing, and must be asked for first where it comes by message.
    public let isOneTime: Bool
}

/// What the person gave for this signing.
public struct RemoteApproval: Sendable {
    /// PIN, OTP and the like by the identifiers of `RemoteCredential.codes`.
    public var codes: [String: String]
    /// An access token for this very credential (CSC: scope `credential`).
    public var token: String?

    public init(codes: [String: String] = [:], token: String? = nil) {
        self.codes = codes
        self.token = token
    }
}

/// One document to sign, as the service sees it.
public struct RemoteDocument: Sendable, Equatable {
    /// Unique within a batch: letters, digits, `-`, `_`.
    public var identifier: String
    /// What the person reads on their phone.
    public var name: String
    /// `PreparedSignature.digest`.
    public var digest: [UInt8]

    public init(identifier: String, name: String, digest: [UInt8]) {
        self.identifier = identifier
        self.name = name
        self.digest = digest
    }
}

public enum RemoteProgress: Sendable, Equatable {
    /// The service works, or the person has not agreed yet.
    case pending(PendingSignatures)
    /// The values in the order of the documents, ready for `PreparedSignature.embed`.
    case signed([[UInt8]])
}

/// What is needed to ask again. It can be kept in a file or table meanwhile; it holds no password and no token, but
/// whoever holds it may fetch the signatures.
public struct PendingSignatures: Codable, Sendable, Equatable {
    enum Step: String, Codable {
        case authorization, signature
    }

    let step: Step
    /// The service's name for the transaction.
    public let reference: String
    /// Seconds to wait before asking again.
    public let pause: Double
    let credential: String
    let algorithm: SignatureAlgorithm
    let signAlgorithm: String
    let documents: [String]
    let digests: [Data]

    init(
        _ step: Step, reference: String, pause: Double = 2, credential: RemoteCredential,
        documents: [RemoteDocument]
    ) {
        self.step = step
        self.reference = reference
        self.pause = pause
        self.credential = credential.identifier
        algorithm = credential.algorithm
        signAlgorithm = credential.signAlgorithm
        self.documents = documents.map(\.identifier)
        digests = documents.map { Data($0.digest) }
    }

    /// The same documents one step on.
    init(_ step: Step, reference: String, after earlier: PendingSignatures) {
        self.step = step
        self.reference = reference
        pause = earlier.pause
        credential = earlier.credential
        algorithm = earlier.algorithm
        signAlgorithm = earlier.signAlgorithm
        documents = earlier.documents
        digests = earlier.digests
    }
}

/// Why a service did not sign. Texts inside are the service's own, for the log.
public enum RemoteSigningError: Error, Sendable, Equatable {
    /// No answer.
    case unreachable(WebFailure)
    /// An answer that says so: the HTTP status, 5xx or 429.
    case serviceDown(Int)
    /// Our own account at the service is not accepted.
    case notAuthorized(String)
    /// The service does not know the person.
    case unknownSigner
    /// Expired, revoked, suspended or blocked.
    case credentialNotUsable(String)
    /// A PIN or one-time password is wrong.
    case wrongCode
    /// One that the credential asks for was not given.
    case codeMissing(String)
    case credentialLocked
    case refusedBySigner
    /// Nobody agreed in time.
    case expired
    /// The person's or the office's paid signatures are used up.
    case quotaExhausted
    case tooManyDocuments(limit: Int)
    /// A key, algorithm, digest or address that this adapter does not work with.
    case unsupported(String)
    case failed(code: String, message: String)
    /// An answer that is none of this service's.
    case badAnswer(String)
}
