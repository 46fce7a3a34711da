import Foundation

/// Whose certificate it is and until when, for showing; nothing is judged.
public struct CertificateFacts: Sendable, Equatable {
    /// Common name, else organisation; empty when the certificate has neither.
    public let name: String
    public let notBefore: Date?
    public let notAfter: Date?

    /// Nil for bytes that are no certificate in DER.
    public init?(der: [UInt8]) {
        guard let record = try? CertificateRecord(der) else { return nil }
        name = record.displayName ?? ""
        (notBefore, notAfter) = (record.notBefore, record.notAfter)
    }
}
