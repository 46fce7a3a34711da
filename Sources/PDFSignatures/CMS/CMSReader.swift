/// A CMS signature as found (RFC 5652), read leniently but completely: BER, absent parts, any algorithm.
/// Nothing is judged here.
struct CMSSignature {
    let contentType: String
    let content: [UInt8]?
    let certificates: [[UInt8]]
    /// Revocation lists (RFC 5652, 10.2.1) and OCSP answers (RFC 5940) that travel inside.
    let revocation: [BERNode]
    let signerCount: Int
    let signer: CMSSigner

    /// The value at the start of `/Contents`; what follows it must be padding.
    init(_ bytes: [UInt8]) throws(CMSError) {
        let whole = try BERNode.first(in: bytes[...]).expect(0x30, "content info")
        guard bytes[whole.encoded.endIndex...].allSatisfy({ $0 == 0 }) else {
            throw .malformed("bytes after the end")
        }
        let outer = try whole.children()
        guard outer.count == 2, try outer[0].objectIdentifier() == "1.2.840.113549.1.7.2",
            let signedData = try outer[1].expect(0xA0, "content").children().first
        else { throw .malformed("not signed data") }
        let parts = try signedData.expect(0x30, "signed data").children()
        guard parts.count >= 4 else { throw .malformed("signed data") }
        let encapsulated = try parts[2].expect(0x30, "encapsulated content").children()
        guard let type = encapsulated.first else { throw .malformed("content type") }
        contentType = try type.objectIdentifier()
        content = try encapsulated.dropFirst().first?.children().first?.octets()
        var bag: [BERNode] = []
        if let node = parts.first(where: { $0.tag == 0xA0 }) { bag = try node.children() }
        certificates = bag.filter { $0.tag == 0x30 }.map { Array($0.encoded) }
        if let node = parts.dropFirst(3).first(where: { $0.tag == 0xA1 }) {
            revocation = try node.children()
        } else {
            revocation = []
        }
        guard let set = parts.last, set.tag == 0x31 else { throw .malformed("signers") }
        let signers = try set.children()
        signerCount = signers.count
        guard let first = signers.first else { throw .malformed("no signer") }
        signer = try CMSSigner(first)
    }

    func certificate(for signer: CMSSigner) -> CertificateRecord? {
        certificate(for: signer, among: certificates)
    }

    func certificate(for signer: CMSSigner, among certificates: [[UInt8]]) -> CertificateRecord? {
        for der in certificates {
            guard let record = try? CertificateRecord(der) else { continue }
            switch signer.identity {
            case .issuerAndSerial(let issuer, let serial):
                if record.issuer == issuer, record.serialNumber == serial { return record }
            case .subjectKey(let key):
                if record.subjectKeyIdentifier == key { return record }
            }
        }
        return nil
    }
}

struct CMSSigner {
    enum Identity {
        case issuerAndSerial(issuer: [UInt8], serial: [UInt8])
        case subjectKey([UInt8])
    }

    let identity: Identity
    let digestAlgorithm: String
    /// As they were digested: with the tag of a set. `nil` when the signature is over the content itself.
    let signedAttributes: [UInt8]?
    let attributes: [String: [BERNode]]
    /// What was added later and is covered by nothing; values of an attribute that is there twice stand
    /// together, as several timestamps may.
    let unsignedAttributes: [String: [BERNode]]
    let signatureAlgorithm: String
    let parameters: BERNode?
    let signature: [UInt8]

    init(_ node: BERNode) throws(CMSError) {
        var parts = try node.expect(0x30, "signer").children()[...]
        func next(_ what: String) throws(CMSError) -> BERNode {
            guard let part = parts.popFirst() else { throw .malformed(what) }
            return part
        }
        _ = try next("version")
        identity = try CMSSigner.identity(next("signer identity"))
        let digest = try next("digest algorithm").expect(0x30, "digest algorithm").children()
        digestAlgorithm = try CMSSigner.identifier(digest)
        if let part = parts.first, part.tag == 0xA0 {
            parts.removeFirst()
            signedAttributes = part.encoded(as: 0x31)
            attributes = try CMSSigner.attributes(part)
        } else {
            signedAttributes = nil
            attributes = [:]
        }
        let algorithm = try next("signature algorithm").expect(0x30, "signature algorithm").children()
        signatureAlgorithm = try CMSSigner.identifier(algorithm)
        parameters = algorithm.count > 1 ? algorithm[1] : nil
        signature = try next("signature").octets()
        unsignedAttributes =
            if let rest = parts.first { try CMSSigner.attributes(rest, repeatable: true) } else { [:] }
    }

    private static func identity(_ node: BERNode) throws(CMSError) -> Identity {
        if node.tag == 0x80 { return .subjectKey(Array(node.content)) }
        if node.tag == 0xA0 { return .subjectKey(try node.octets()) }
        let parts = try node.expect(0x30, "signer identity").children()
        guard parts.count == 2 else { throw .malformed("signer identity") }
        return .issuerAndSerial(issuer: Array(parts[0].encoded), serial: Array(parts[1].encoded))
    }

    private static func identifier(_ parts: [BERNode]) throws(CMSError) -> String {
        guard let first = parts.first else { throw .malformed("algorithm") }
        return try first.objectIdentifier()
    }

    /// Each signed attribute once; a repeated one would let readers differ.
    private static func attributes(
        _ set: BERNode, repeatable: Bool = false
    ) throws(CMSError) -> [String: [BERNode]] {
        var found: [String: [BERNode]] = [:]
        for attribute in try set.children() {
            let parts = try attribute.children()
            guard parts.count == 2 else { throw .malformed("attribute") }
            let values = try parts[1].children()
            let name = try parts[0].objectIdentifier()
            guard repeatable || found[name] == nil else { throw .malformed("repeated attribute") }
            found[name, default: []] += values
        }
        return found
    }
}
