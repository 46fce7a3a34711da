import Foundation

/// What a certificate says of itself (RFC 5280), for people and registers: whose it is and until when. Nothing is
/// judged here; that is what `Verification` is for.
public struct CertificateParticulars: Sendable, Equatable {
    /// The common name of the subject, else its organisation.
    public let name: String
    /// Empty where the subject has none.
    public let organisation: String
    /// `serialNumber` or `UID` of the subject: the code of the person or agency. Empty where there is none.
    public let identifier: String
    /// The certificate's own number, in hexadecimal.
    public let serialNumber: String
    public let notBefore: Date
    public let notAfter: Date

    /// - Throws: `SigningError.badCertificate` when the bytes are no certificate or it has no validity.
    public init(_ der: [UInt8]) throws(SigningError) {
        let record: CertificateRecord
        do { record = try CertificateRecord(der) } catch { throw .badCertificate }
        guard let start = record.notBefore, let end = record.notAfter else { throw .badCertificate }
        func part(_ types: String...) -> String {
            types.lazy.compactMap { DistinguishedName.value($0, in: record.subject) }.first ?? ""
        }
        name = record.displayName ?? ""
        organisation = part("2.5.4.10")
        identifier = part("2.5.4.5", "0.9.2342.19200300.100.1.1")
        serialNumber =
            (try? BERNode.first(in: record.serialNumber[...]))
            .map { String(decoding: Hex.encode(Array($0.content)), as: UTF8.self) } ?? ""
        notBefore = start
        notAfter = end
    }
}
