import Foundation

/// A list of revoked certificates (RFC 5280, 5). Lists of millions are looked through where they lie; no entry
/// becomes a value before it is asked for.
struct CertificateList: Sendable {
    struct Entry: Sendable, Equatable {
        let date: Date?
        /// The reason's number (RFC 5280, 5.3.1); 8 would take an entry off, which only delta lists do.
        let reason: Int?
    }

    /// Why a list may not be used for what it seems to say.
    enum Unusable: String, Error, Sendable {
        /// Only the changes since another list.
        case delta
        /// With certificates of other issuers.
        case indirect
        /// For some reasons of revocation only.
        case someReasons = "some reasons only"
        case attributeCertificates = "attribute certificates only"
        case unknownCriticalExtension = "unknown critical extension"
    }

    let der: [UInt8]
    let issuer: [UInt8]
    let thisUpdate: Date
    let nextUpdate: Date?
    let signed: SignedStructure
    let extensions: [CertificateExtension]
    let unusable: Unusable?
    private let point: DistributionPoint
    /// Content of the sequence of entries.
    private let entries: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) throws(CMSError) {
        let whole = try BERNode.first(in: bytes[...])
        der = whole.encoded.count == bytes.count ? bytes : Array(whole.encoded)
        signed = try SignedStructure(whole)
        guard !whole.isIndefinite, !signed.part.isIndefinite else { throw .unsupported("indefinite list") }
        var parts = try signed.part.expect(0x30, "list").children()[...]
        if parts.first?.tag == 0x02 { parts.removeFirst() }
        guard parts.count >= 3, let from = ASN1Time.read(parts[parts.startIndex + 2]) else {
            throw .malformed("list")
        }
        issuer = Array(try parts[parts.startIndex + 1].expect(0x30, "issuer").encoded)
        thisUpdate = from
        parts = parts.dropFirst(3)
        if let next = parts.first, next.tag == 0x17 || next.tag == 0x18 {
            nextUpdate = ASN1Time.read(next)
            parts.removeFirst()
        } else {
            nextUpdate = nil
        }
        if let list = parts.first, list.tag == 0x30 {
            entries = list.content
            parts.removeFirst()
        } else {
            entries = []
        }
        extensions = try CertificateExtension.list(parts.first { $0.tag == 0xA0 }?.children().first)
        point = try DistributionPoint(extensions.first { $0.name == "2.5.29.28" }?.node())
        unusable = CertificateList.judge(extensions, point)
    }

    private static func judge(_ extensions: [CertificateExtension], _ point: DistributionPoint) -> Unusable? {
        if extensions.contains(where: { $0.name == "2.5.29.27" }) { return .delta }
        if extensions.contains(where: { $0.isCritical && $0.name != "2.5.29.28" }) {
            return .unknownCriticalExtension
        }
        if point.isIndirect { return .indirect }
        if point.onlySomeReasons { return .someReasons }
        return point.onlyAttributes ? .attributeCertificates : nil
    }

    /// Whether this list speaks of the certificate at all: of its issuer, its kind and its distribution point
    /// (RFC 5280, 6.3.3).
    func covers(_ certificate: CertificateRecord) -> Bool {
        guard unusable == nil, DistinguishedName.matches(issuer, certificate.issuer) else { return false }
        if point.onlyUsers, certificate.isAuthority { return false }
        if point.onlyAuthorities, !certificate.isAuthority { return false }
        guard !point.names.isEmpty else { return true }
        return certificate.listDistributionPoints.contains { point.names.contains($0) }
    }

    /// Signed by the issuer, who must be allowed to sign lists.
    func check(issuer: CertificateRecord) -> SignatureScheme.Outcome {
        guard issuer.mayUse(.listSigning), DistinguishedName.matches(self.issuer, issuer.subject) else {
            return .wrong
        }
        return signed.check(with: issuer)
    }

    /// The entry of a number, INTEGER as written; `nil` when it is not revoked.
    func entry(for serialNumber: [UInt8]) throws(CMSError) -> Entry? {
        let found: ArraySlice<UInt8>?
        if let result = entries.withContiguousStorageIfAvailable({ EntrySearch(bytes: $0).find(serialNumber) }
        ) {
            guard case .success(let range) = result else { throw .malformed("list entry") }
            found = range.map {
                entries[(entries.startIndex + $0.lowerBound)..<(entries.startIndex + $0.upperBound)]
            }
        } else {
            found = nil
        }
        guard let found else { return nil }
        let parts = try BERNode.first(in: found).children()
        let more = try CertificateExtension.list(parts.dropFirst(2).first)
        let reason = try more.first { $0.name == "2.5.29.21" }?.node().smallInteger
        return Entry(date: parts.dropFirst().first.flatMap(ASN1Time.read), reason: reason)
    }

    /// The issuing distribution point (RFC 5280, 5.2.5).
    private struct DistributionPoint: Sendable {
        var names: [GeneralName] = []
        var onlyUsers = false
        var onlyAuthorities = false
        var onlySomeReasons = false
        var isIndirect = false
        var onlyAttributes = false

        init(_ node: BERNode?) throws(CMSError) {
            for part in try node?.children() ?? [] {
                let flag = part.content.contains { $0 != 0 }
                switch part.tag {
                case 0xA0:
                    guard let name = try part.children().first else { continue }
                    names = name.tag == 0xA0 ? try GeneralName.list(name) : [.other(tag: name.tag, [])]
                case 0x81: onlyUsers = flag
                case 0x82: onlyAuthorities = flag
                case 0x83: onlySomeReasons = true
                case 0x84: isIndirect = flag
                case 0x85: onlyAttributes = flag
                default: break
                }
            }
        }
    }
}

/// Walks from entry to entry by their lengths and compares numbers, nothing more.
private struct EntrySearch {
    let bytes: UnsafeBufferPointer<UInt8>

    struct Malformed: Error {}

    func find(_ serialNumber: [UInt8]) -> Result<Range<Int>?, Malformed> {
        var position = 0
        while position < bytes.count {
            guard let content = content(at: position, tag: 0x30) else { return .failure(Malformed()) }
            if matches(serialNumber, at: content.lowerBound, end: content.upperBound) {
                return .success(position..<content.upperBound)
            }
            position = content.upperBound
        }
        return .success(nil)
    }

    private func content(at start: Int, tag: UInt8) -> Range<Int>? {
        guard bytes.count - start >= 2, bytes[start] == tag else { return nil }
        var length = Int(bytes[start + 1])
        var begin = start + 2
        if length > 0x80 {
            let digits = length & 0x7F
            guard digits <= 4, bytes.count - begin >= digits else { return nil }
            length = 0
            for index in begin..<(begin + digits) { length = length << 8 | Int(bytes[index]) }
            begin += digits
        } else if length == 0x80 {
            return nil
        }
        guard length <= bytes.count - begin else { return nil }
        return begin..<(begin + length)
    }

    private func matches(_ serialNumber: [UInt8], at start: Int, end: Int) -> Bool {
        guard end - start >= serialNumber.count else { return false }
        for index in serialNumber.indices where bytes[start + index] != serialNumber[index] { return false }
        return true
    }
}
