import Foundation

/// What we read from a certificate (RFC 5280) ourselves, leniently and without judging it: names, number,
/// validity, key, extensions. Whether it is sound and trusted is for the path check.
struct CertificateRecord: Sendable {
    let der: [UInt8]
    /// Issuer and number as written, for comparing and for the signed attributes.
    let issuer: [UInt8]
    let serialNumber: [UInt8]
    let subject: [UInt8]
    let notBefore: Date?
    let notAfter: Date?
    /// SubjectPublicKeyInfo as written.
    let publicKeyRecord: [UInt8]
    /// The key itself without the count of unused bits: what OCSP digests to name an issuer (RFC 6960, 4.1.1).
    let publicKey: [UInt8]
    /// In the order of the certificate; a repeated one stays repeated.
    let extensions: [CertificateExtension]
    /// The issuer's signature; `nil` where that part cannot be read.
    let signed: SignedStructure?

    init(_ der: [UInt8]) throws(CMSError) {
        let whole = try BERNode.first(in: der[...]).expect(0x30, "certificate")
        self.der = whole.encoded.count == der.count ? der : Array(whole.encoded)
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
        let key = try parts[start + 5].expect(0x30, "public key")
        publicKeyRecord = Array(key.encoded)
        publicKey = Array(try key.children().last?.content.dropFirst() ?? [])
        extensions = try CertificateExtension.list(parts.first { $0.tag == 0xA3 }?.children().first)
        signed = try? SignedStructure(whole)
    }

    /// The signer's name for people: common name, else organisation.
    var displayName: String? {
        DistinguishedName.value("2.5.4.3", in: subject) ?? DistinguishedName.value("2.5.4.10", in: subject)
    }

    /// Whether this certificate names itself as its issuer; roots do, and so do renewed keys of one authority.
    var isSelfIssued: Bool { DistinguishedName.matches(subject, issuer) }

    /// Whether names, key identifiers and the signature say that `issuer` issued this certificate.
    func isIssued(by issuer: CertificateRecord) -> Bool {
        guard DistinguishedName.matches(self.issuer, issuer.subject) else { return false }
        if let named = authorityKeyIdentifier?.key, let known = issuer.subjectKeyIdentifier, named != known {
            return false
        }
        return signed?.check(with: issuer) == .right
    }

    func isValid(at moment: Date) -> Bool {
        guard let notBefore, let notAfter else { return false }
        return notBefore <= moment && moment <= notAfter
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

extension CertificateRecord: Equatable {
    static func == (a: CertificateRecord, b: CertificateRecord) -> Bool { a.der == b.der }
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

    /// The comparison of RFC 5280, 7.1, as far as directories use it: case and runs of blanks do not count, nor
    /// does the kind of string. Equal bytes are always the same name.
    static func matches(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first == second || folded(first).map { $0 == folded(second) } ?? false
    }

    private static func folded(_ name: [UInt8]) -> [Set<String>]? {
        guard let sets = try? BERNode.first(in: name[...]).children() else { return nil }
        var parts: [Set<String>] = []
        for set in sets {
            var values: Set<String> = []
            for pair in (try? set.children()) ?? [] {
                guard let both = try? pair.children(), both.count == 2,
                    let type = try? both[0].objectIdentifier()
                else { return nil }
                let words = text(both[1]).precomposedStringWithCanonicalMapping.lowercased().split(
                    whereSeparator: \.isWhitespace)
                values.insert(type + "=" + words.joined(separator: " "))
            }
            parts.append(values)
        }
        return parts
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
        let whole = CivilTime.date(
            year: two(0) * 100 + two(2), month: two(4), day: two(6), hour: two(8), minute: two(10),
            second: two(12))
        return whole?.addingTimeInterval(node.tag == 0x18 ? fraction(node.content.dropFirst(14)) : 0)
    }

    /// Parts of a second, which timestamps may have (RFC 3161, 2.4.2).
    private static func fraction(_ bytes: ArraySlice<UInt8>) -> Double {
        guard bytes.first == 0x2E || bytes.first == 0x2C else { return 0 }
        var value = 0.0
        var weight = 0.1
        for digit in bytes.dropFirst().prefix(9) {
            guard Lexer.isDigit(digit) else { break }
            value += Double(digit - 0x30) * weight
            weight /= 10
        }
        return value
    }
}
