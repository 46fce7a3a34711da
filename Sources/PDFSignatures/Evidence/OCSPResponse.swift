import Foundation

/// What an OCSP responder answered (RFC 6960, 4.2), as found. An answer that somebody else asked for is as good
/// as our own: its nonce is not looked at.
struct OCSPResponse: Sendable {
    enum Responder: Sendable, Equatable {
        /// A distinguished name in DER.
        case name([UInt8])
        /// SHA-1 of the key.
        case key([UInt8])
    }

    enum Status: Sendable, Equatable {
        case good
        /// The reason's number (RFC 5280, 5.3.1).
        case revoked(at: Date?, reason: Int?)
        case unknown
    }

    struct Answer: Sendable {
        let id: OCSPCertificateID
        let status: Status
        let thisUpdate: Date
        let nextUpdate: Date?
        /// Up to when before `producedAt` the responder still remembers expired certificates (4.4.4).
        let archiveCutoff: Date?
    }

    /// The whole response, with its wrapper.
    let der: [UInt8]
    let responder: Responder
    let producedAt: Date
    let answers: [Answer]
    let certificates: [[UInt8]]
    let signed: SignedStructure

    private static let limit = 10_000

    /// - Throws: `CMSError.unsupported` with the responder's own status where it gave no answer
    ///   (4.2.1: 1 malformed request, 2 internal error, 3 try later, 5 signature required, 6 unauthorized).
    init(_ bytes: [UInt8]) throws(CMSError) {
        let whole = try BERNode.first(in: bytes[...]).expect(0x30, "OCSP response")
        let outer = try whole.children()
        guard let first = outer.first else { throw .malformed("OCSP response") }
        guard first.tag == 0x0A else {
            // The basic response without its wrapper, as revocation values keep it (ETSI EN 319 122-1).
            try self.init(der: OCSPResponse.wrapped(whole.encoded), basic: whole)
            return
        }
        guard first.smallInteger == 0 else { throw .unsupported("status \(first.smallInteger ?? -1)") }
        guard outer.count > 1, let wrapped = try outer[1].expect(0xA0, "OCSP response").children().first,
            case let parts = try wrapped.children(), parts.count == 2,
            try parts[0].objectIdentifier() == "1.3.6.1.5.5.7.48.1.1"
        else { throw .malformed("OCSP response") }
        let basic = try parts[1].octets()
        try self.init(der: Array(whole.encoded), basic: BERNode.first(in: basic[...]))
    }

    private init(der: [UInt8], basic: BERNode) throws(CMSError) {
        self.der = der
        let parts = try basic.expect(0x30, "basic response").children()
        signed = try SignedStructure(parts[...])
        var bag: [BERNode] = []
        if let wrapper = parts.dropFirst(3).first(where: { $0.tag == 0xA0 }) {
            bag = try wrapper.children().first?.children() ?? []
        }
        certificates = bag.map { Array($0.encoded) }
        var fields = try signed.part.expect(0x30, "response").children()[...]
        if fields.first?.tag == 0xA0 { fields.removeFirst() }
        guard fields.count >= 3 else { throw .malformed("response") }
        let start = fields.startIndex
        guard let named = try fields[start].children().first else { throw .malformed("responder") }
        switch fields[start].tag {
        case 0xA1: responder = .name(Array(named.encoded))
        case 0xA2: responder = .key(try named.octets())
        default: throw .malformed("responder")
        }
        guard let produced = ASN1Time.read(fields[start + 1]) else { throw .malformed("time") }
        producedAt = produced
        answers = try OCSPResponse.answers(fields[start + 2])
    }

    /// As a successful response of the basic type.
    private static func wrapped(_ basic: ArraySlice<UInt8>) -> [UInt8] {
        func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            BERNode.header(tag, count: content.count) + content
        }
        let type: [UInt8] = [0x06, 0x09, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01]
        let inner = value(0x30, type + value(0x04, Array(basic)))
        return value(0x30, [0x0A, 0x01, 0x00] + value(0xA0, inner))
    }

    private static func answers(_ list: BERNode) throws(CMSError) -> [Answer] {
        let items = try list.expect(0x30, "answers").children()
        guard items.count <= limit else { throw .malformed("too many answers") }
        var answers: [Answer] = []
        for item in items {
            let parts = try item.children()
            guard parts.count >= 3, let from = ASN1Time.read(parts[2]) else { throw .malformed("answer") }
            let later = try parts.dropFirst(3).first { $0.tag == 0xA0 }?.children().first
            let more = try CertificateExtension.list(
                parts.dropFirst(3).first { $0.tag == 0xA1 }?.children().first)
            let cutoff = try more.first { $0.name == "1.3.6.1.5.5.7.48.1.6" }?.node()
            answers.append(
                Answer(
                    id: try OCSPCertificateID(parts[0]), status: try status(parts[1]), thisUpdate: from,
                    nextUpdate: later.flatMap(ASN1Time.read), archiveCutoff: cutoff.flatMap(ASN1Time.read)))
        }
        return answers
    }

    private static func status(_ node: BERNode) throws(CMSError) -> Status {
        switch node.tag & ~0x20 {
        case 0x80: return .good
        case 0x81:
            let parts = try node.children()
            let reason = try parts.dropFirst().first?.children().first?.smallInteger
            return .revoked(at: parts.first.flatMap(ASN1Time.read), reason: reason)
        case 0x82: return .unknown
        default: throw .malformed("status")
        }
    }

    /// The newest answer about the certificate.
    func answer(for certificate: CertificateRecord, issuer: CertificateRecord) -> Answer? {
        answers.filter { $0.id.names(certificate, issuer: issuer) }.max { $0.thisUpdate < $1.thisUpdate }
    }
}

/// Who signed the answer, and by what right (RFC 6960, 4.2.2.2).
extension OCSPResponse {
    enum Signer: Sendable {
        /// The authority that issued the certificate asked about.
        case issuer
        /// Somebody to whom that authority gave the purpose of answering; whether the certificate was valid and not
        /// revoked when the answer was produced is for the caller to ask.
        case delegated(CertificateRecord)
        /// The certificate of the responder is not among those known.
        case missing
        /// The responder was not commissioned by this issuer.
        case notAuthorized(CertificateRecord)
        case signatureWrong
        case unusable(String)
    }

    static let signingPurpose = "1.3.6.1.5.5.7.3.9"

    /// - Parameter others: Certificates found elsewhere that may be the responder's; those inside come first.
    func signer(issuer: CertificateRecord, others: [[UInt8]] = []) -> Signer {
        if isResponder(issuer) { return outcome(issuer, authorized: .issuer) }
        for der in certificates + others {
            guard let candidate = try? CertificateRecord(der), isResponder(candidate) else { continue }
            if candidate == issuer { return outcome(issuer, authorized: .issuer) }
            guard candidate.isIssued(by: issuer),
                candidate.extendedKeyUsage?.contains(OCSPResponse.signingPurpose) == true
            else { return .notAuthorized(candidate) }
            return outcome(candidate, authorized: .delegated(candidate))
        }
        return .missing
    }

    private func isResponder(_ certificate: CertificateRecord) -> Bool {
        switch responder {
        case .name(let name): DistinguishedName.matches(certificate.subject, name)
        case .key(let key): DigestFunction.hash(OCSPCertificateID.sha1, certificate.publicKey) == key
        }
    }

    private func outcome(_ certificate: CertificateRecord, authorized: Signer) -> Signer {
        switch signed.check(with: certificate) {
        case .right: authorized
        case .wrong: .signatureWrong
        case .unusable: .unusable(signed.algorithm)
        }
    }
}
