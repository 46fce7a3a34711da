import Foundation

/// Why the evidence about a certificate is not complete: which certificate, and what each place that was asked
/// did.
public struct EvidenceProblem: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        /// Nobody's certificate was found that issued this one.
        case issuerMissing
        /// The certificate names no place where its revocation could be asked for.
        case noAddresses
        /// Every place was asked and none gave a usable answer.
        case noAnswer
        /// The reason's number (RFC 5280, 5.3.1).
        case revoked(at: Date?, reason: Int?)
        case unreadable
    }

    /// What one address did.
    public struct Attempt: Equatable, Sendable {
        public enum Kind: String, Equatable, Sendable {
            case issuer, ocsp
            case list = "crl"
        }

        public var kind: Kind
        public var url: String
        public var problem: Problem
    }

    public enum Problem: Equatable, Sendable {
        case failed(WebFailure)
        /// The HTTP status.
        case status(Int)
        case unreadable(String)
        /// The answer is about something else.
        case notAboutThis
        /// The responder was not commissioned by the issuer, or its certificate is not valid.
        case notAuthorized
        case signatureWrong
        /// Made in the future, or already replaced by a newer one.
        case notCurrent
        case certificateUnknown
        case unusable(String)
    }

    /// The name in the certificate.
    public var certificate: String
    public var reason: Reason
    public var attempts: [Attempt]

    public init(certificate: String, reason: Reason, attempts: [Attempt] = []) {
        self.certificate = certificate
        self.reason = reason
        self.attempts = attempts
    }

    init(_ certificate: CertificateRecord, _ reason: Reason, _ attempts: [Attempt] = []) {
        self.init(certificate: certificate.displayName ?? "?", reason: reason, attempts: attempts)
    }
}
