/// What one needs to check a signature later without asking anybody: certificates, OCSP answers and revocation
/// lists, each once, in the order of finding, in DER.
public struct Evidence: Sendable, Equatable {
    public private(set) var certificates: [[UInt8]] = []
    public private(set) var ocspResponses: [[UInt8]] = []
    public private(set) var revocationLists: [[UInt8]] = []

    public init(
        certificates: [[UInt8]] = [], ocspResponses: [[UInt8]] = [], revocationLists: [[UInt8]] = []
    ) {
        certificates.forEach { add(certificate: $0) }
        ocspResponses.forEach { add(ocspResponse: $0) }
        revocationLists.forEach { add(revocationList: $0) }
    }

    public var isEmpty: Bool { certificates.isEmpty && ocspResponses.isEmpty && revocationLists.isEmpty }

    public mutating func add(certificate: [UInt8]) { Evidence.add(certificate, to: &certificates) }
    public mutating func add(ocspResponse: [UInt8]) { Evidence.add(ocspResponse, to: &ocspResponses) }
    public mutating func add(revocationList: [UInt8]) { Evidence.add(revocationList, to: &revocationLists) }

    public mutating func add(_ other: Evidence) {
        other.certificates.forEach { add(certificate: $0) }
        other.ocspResponses.forEach { add(ocspResponse: $0) }
        other.revocationLists.forEach { add(revocationList: $0) }
    }

    private static func add(_ item: [UInt8], to list: inout [[UInt8]]) {
        if !list.contains(item) { list.append(item) }
    }
}

extension CMSSignature {
    /// What travels inside the signature itself: certificates, lists and answers beside them (RFC 5652, 10.2.1;
    /// RFC 5940), and the revocation values that ISO 32000-2, 12.8.3.3 puts among the signed attributes.
    var evidence: Evidence {
        var evidence = Evidence(certificates: certificates)
        for node in revocation {
            if node.tag == 0x30 { evidence.add(revocationList: Array(node.encoded)) }
            if node.tag == 0xA1, let parts = try? node.children(), parts.count == 2,
                (try? parts[0].objectIdentifier()) == "1.3.6.1.5.5.7.16.2"
            {
                evidence.add(ocspResponse: Array(parts[1].encoded))
            }
        }
        for value in signer.attributes["1.2.840.113583.1.1.8"] ?? [] {
            for part in (try? value.children()) ?? [] {
                let items = (try? part.children().first?.children()) ?? []
                for item in items {
                    if part.tag == 0xA0 { evidence.add(revocationList: Array(item.encoded)) }
                    if part.tag == 0xA1 { evidence.add(ocspResponse: Array(item.encoded)) }
                }
            }
        }
        return evidence
    }
}
