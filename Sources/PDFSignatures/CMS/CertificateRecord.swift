import Foundation

/// What we read from a certificate (RFC 5280) ourselves, leniently and without judging it: names, number,
/// validity, use. Whether it is sound and trusted is for the path check.
struct CertificateRecord: Sendable {
    let der: [UInt8]
    /// Issuer and number as written, for comparing and for the signed attributes.
    let issuer: [UInt8]
    let serialNumber: [UInt8]
    let subject: [UInt8]
    let notBefore: Date?
    let notAfter: Date?
    let subjectKeyIdentifier: [UInt8]?
    /// `nil` when the certificate does not restrict its use; else the bits, first bit highest.
    let keyUsage: [UInt8]?

    init(_ der: [UInt8]) throws(CMSError) {
        let whole = try BERNode.first(in: der[...]).expect(0x30, "certificate")
        self.der = Array(whole.encoded)
        guard let body = try whole.children().first?.expect(0x30, "certificate") else {
            throw .malformed("certificate")
        }
        var parts = try body.children()[...]
        if parts.first?.tag == 0xA0 { parts = parts.dropFirst() }
        guard parts.count >= 6 else { throw .malformed("certificate") }
        let start = parts.startIndex
        serialNumber = Array(try parts[start].expect(0x02, "serial number").encoded)
        issuer = Array(try parts[start + 2].expect(0x30, "issuer").encoded)
        let validity = try parts[start + 3].expect(0x30, "validity").children()
        notBefore = validity.first.flatMap(ASN1Time.read)
        notAfter = validity.dropFirst().first.flatMap(ASN1Time.read)
        subject = Array(try parts[start + 4].expect(0x30, "subject").encoded)
        let extensions = try CertificateRecord.extensions(parts.first { $0.tag == 0xA3 })
        subjectKeyIdentifier = extensions["2.5.29.14"].flatMap { bytes in
            (try? BERNode.first(in: bytes[...])).flatMap { $0.tag == 0x04 ? Array($0.content) : nil }
        }
        keyUsage = extensions["2.5.29.15"].flatMap { bytes in
            (try? BERNode.first(in: bytes[...])).flatMap {
                $0.tag == 0x03 ? Array($0.content.dropFirst()) : nil
            }
        }
    }

    private static func extensions(_ wrapper: BERNode?) throws(CMSError) -> [String: [UInt8]] {
        guard let list = try wrapper?.children().first else { return [:] }
        var found: [String: [UInt8]] = [:]
        for item in try list.children() {
            let parts = try item.children()
            guard let name = try parts.first?.objectIdentifier(), let value = parts.last else { continue }
            found[name] = try value.octets()
        }
        return found
    }

    /// The signer's name for people: common name, else organisation.
    var displayName: String? {
        DistinguishedName.value("2.5.4.3", in: subject) ?? DistinguishedName.value("2.5.4.10", in: subject)
    }

    /// Digital signature or non-repudiation (RFC 5280, 4.2.1.3), or no restriction.
    var maySignDocuments: Bool {
        guard let keyUsage else { return true }
        return (keyUsage.first ?? 0) & 0b1100_0000 != 0
    }

    /// Certificates written one after another.
    static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var list: [[UInt8]] = []
        var rest = bytes[...]
        while let node = try? BERNode.first(in: rest) {
            list.append(Array(node.encoded))
            rest = rest[node.encoded.endIndex...]
        }
        return list
    }
}

enum DistinguishedName {
    static func value(_ type: String, in name: [UInt8]) -> String? {
        guard let sets = try? BERNode.first(in: name[...]).children() else { return nil }
        for set in sets.reversed() {
            for pair in (try? set.children()) ?? [] {
                guard let parts = try? pair.children(), parts.count == 2,
                    (try? parts[0].objectIdentifier()) == type
                else { continue }
                return text(parts[1])
            }
        }
        return nil
    }

    private static func text(_ node: BERNode) -> String {
        switch node.tag {
        case 0x1E: TextString.decode([0xFE, 0xFF] + node.content)
        case 0x14: TextString.decode(Array(node.content))
        default: String(decoding: node.content, as: UTF8.self)
        }
    }
}

enum ASN1Time {
    /// UTCTime or GeneralizedTime in the form that RFC 5280 allows: to the second, in Greenwich time.
    static func read(_ node: BERNode) -> Date? {
        var digits = node.content.prefix { Lexer.isDigit($0) }.map { Int($0 - 0x30) }
        if node.tag == 0x17, digits.count >= 12 {
            digits = (digits[0] >= 5 ? [1, 9] : [2, 0]) + digits
        }
        guard node.tag == 0x17 || node.tag == 0x18, digits.count == 14 else { return nil }
        func two(_ index: Int) -> Int { digits[index] * 10 + digits[index + 1] }
        return CivilTime.date(
            year: two(0) * 100 + two(2), month: two(4), day: two(6), hour: two(8), minute: two(10),
            second: two(12))
    }
}
