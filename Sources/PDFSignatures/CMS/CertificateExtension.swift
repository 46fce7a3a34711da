/// An extension of a certificate or list with its value unread (RFC 5280, 4.2).
struct CertificateExtension: Sendable, Equatable {
    let name: String
    let isCritical: Bool
    /// The DER inside the octet string.
    let value: [UInt8]

    static func list(_ node: BERNode?) throws(CMSError) -> [CertificateExtension] {
        guard let node else { return [] }
        var found: [CertificateExtension] = []
        for item in try node.children() {
            let parts = try item.children()
            guard parts.count >= 2, let value = parts.last else { continue }
            let critical = parts.count > 2 && parts[1].tag == 0x01 && parts[1].content.contains { $0 != 0 }
            found.append(
                CertificateExtension(
                    name: try parts[0].objectIdentifier(), isCritical: critical, value: try value.octets()))
        }
        return found
    }

    func node() throws(CMSError) -> BERNode { try BERNode.first(in: value[...]) }
}

extension CertificateRecord {
    /// The uses of a key by their bit (RFC 5280, 4.2.1.3).
    enum KeyUse: Int {
        case digitalSignature = 0
        case nonRepudiation = 1
        case certificateSigning = 5
        case listSigning = 6
    }

    struct BasicConstraints: Sendable, Equatable {
        var isAuthority: Bool
        /// How many authorities may stand between this one and the last certificate.
        var pathLength: Int?
    }

    struct AuthorityKey: Sendable, Equatable {
        var key: [UInt8]?
        var issuer: [GeneralName]
        /// INTEGER as written, with its header replaced by the universal one.
        var serialNumber: [UInt8]?
    }

    /// Name constraints (RFC 5280, 4.2.1.10).
    struct NameConstraints: Sendable, Equatable {
        var permitted: [GeneralName]
        var excluded: [GeneralName]
    }

    /// Policy constraints (RFC 5280, 4.2.1.11): after how many certificates each begins to hold.
    struct PolicyConstraints: Sendable, Equatable {
        var requireExplicit: Int?
        var inhibitMapping: Int?
    }

    func `extension`(_ name: String) -> CertificateExtension? { extensions.first { $0.name == name } }

    var repeatsExtension: Bool { Set(extensions.map(\.name)).count != extensions.count }

    /// Names of the critical extensions, for a path check to hold against what it understands.
    var criticalExtensions: [String] { extensions.filter(\.isCritical).map(\.name) }

    private func read<T>(_ name: String, _ body: (BERNode) throws -> T?) -> T? {
        guard let found = self.extension(name) else { return nil }
        return try? body(found.node())
    }

    var subjectKeyIdentifier: [UInt8]? {
        read("2.5.29.14") { $0.tag == 0x04 ? Array($0.content) : nil }
    }

    /// `nil` when the certificate does not restrict its use; else the bits, first bit highest.
    var keyUsage: [UInt8]? {
        read("2.5.29.15") { $0.tag == 0x03 ? Array($0.content.dropFirst()) : nil }
    }

    /// Also when the certificate does not restrict its use.
    func mayUse(_ use: KeyUse) -> Bool {
        guard let bits = keyUsage else { return self.extension("2.5.29.15") == nil }
        let byte = use.rawValue / 8
        return byte < bits.count && bits[byte] & (0x80 >> UInt8(use.rawValue % 8)) != 0
    }

    /// Digital signature or non-repudiation (RFC 5280, 4.2.1.3), or no restriction.
    var maySignDocuments: Bool { mayUse(.digitalSignature) || mayUse(.nonRepudiation) }

    var basicConstraints: BasicConstraints? {
        read("2.5.29.19") { node in
            var constraints = BasicConstraints(isAuthority: false)
            for part in try node.expect(0x30, "basic constraints").children() {
                if part.tag == 0x01 { constraints.isAuthority = part.content.contains { $0 != 0 } }
                if part.tag == 0x02 { constraints.pathLength = part.smallInteger }
            }
            return constraints
        }
    }

    var isAuthority: Bool { basicConstraints?.isAuthority ?? false }

    /// Purposes by object identifier; `nil` when the certificate does not restrict them.
    var extendedKeyUsage: [String]? {
        guard self.extension("2.5.29.37") != nil else { return nil }
        return read("2.5.29.37") { try $0.children().map { try $0.objectIdentifier() } } ?? []
    }

    var authorityKeyIdentifier: AuthorityKey? {
        read("2.5.29.35") { node in
            var found = AuthorityKey(key: nil, issuer: [], serialNumber: nil)
            for part in try node.children() {
                switch part.tag {
                case 0x80: found.key = Array(part.content)
                case 0xA1: found.issuer = try GeneralName.list(part)
                case 0x82: found.serialNumber = part.encoded(as: 0x02)
                default: break
                }
            }
            return found
        }
    }

    /// Where the issuer's certificate lies (authority information access, RFC 5280, 4.2.2.1).
    var issuerAddresses: [String] { accessAddresses("1.3.6.1.5.5.7.48.2") }
    var ocspAddresses: [String] { accessAddresses("1.3.6.1.5.5.7.48.1") }

    private func accessAddresses(_ method: String) -> [String] {
        read("1.3.6.1.5.5.7.1.1") { node in
            try node.children().compactMap { item in
                let parts = try item.children()
                guard parts.count == 2, try parts[0].objectIdentifier() == method else { return nil }
                return try GeneralName(parts[1]).webAddress
            }
        } ?? []
    }

    /// Names of the points where lists are published (RFC 5280, 4.2.1.13), those of other issuers left out.
    var listDistributionPoints: [GeneralName] {
        read("2.5.29.31") { node in
            var names: [GeneralName] = []
            for point in try node.children() {
                let parts = try point.children()
                guard !parts.contains(where: { $0.tag == 0xA2 }),
                    let place = try parts.first(where: { $0.tag == 0xA0 })?.children().first,
                    place.tag == 0xA0
                else { continue }
                names += try GeneralName.list(place)
            }
            return names
        } ?? []
    }

    var listAddresses: [String] { listDistributionPoints.compactMap(\.webAddress) }

    /// An OCSP responder whose own revocation need not be asked for (RFC 6960, 4.2.2.2.1).
    var isExemptFromRevocationCheck: Bool { self.extension("1.3.6.1.5.5.7.48.1.5") != nil }

    var subjectAlternativeNames: [GeneralName] { read("2.5.29.17") { try GeneralName.list($0) } ?? [] }

    var certificatePolicies: [String]? {
        read("2.5.29.32") { try $0.children().compactMap { try $0.children().first?.objectIdentifier() } }
    }

    /// `nil` without such an extension; an unreadable one permits nothing that can be named.
    var nameConstraints: NameConstraints? {
        guard self.extension("2.5.29.30") != nil else { return nil }
        return read("2.5.29.30") { node in
            var found = NameConstraints(permitted: [], excluded: [])
            for part in try node.children() {
                let names = try part.children().compactMap { try $0.children().first.map(GeneralName.init) }
                if part.tag == 0xA0 { found.permitted += names }
                if part.tag == 0xA1 { found.excluded += names }
            }
            return found
        } ?? NameConstraints(permitted: [.other(tag: 0, [])], excluded: [])
    }

    var policyConstraints: PolicyConstraints? {
        read("2.5.29.36") { node in
            let parts = try node.children()
            return PolicyConstraints(
                requireExplicit: parts.first { $0.tag == 0x80 }?.smallInteger,
                inhibitMapping: parts.first { $0.tag == 0x81 }?.smallInteger)
        }
    }

    var inhibitAnyPolicy: Int? { read("2.5.29.54") { $0.smallInteger } }

    /// Pairs of the issuer's and the subject's policy (RFC 5280, 4.2.1.5).
    var policyMappings: [(issuer: String, subject: String)] {
        read("2.5.29.33") { node in
            try node.children().map { pair in
                let both = try pair.children()
                guard both.count == 2 else { throw CMSError.malformed("policy mapping") }
                return (try both[0].objectIdentifier(), try both[1].objectIdentifier())
            }
        } ?? []
    }
}

extension BERNode {
    /// The value of a short, non-negative INTEGER or ENUMERATED, whatever its tag.
    var smallInteger: Int? {
        guard !isConstructed, let first = content.first, first & 0x80 == 0, content.count <= 7 else {
            return nil
        }
        return content.reduce(0) { $0 << 8 | Int($1) }
    }
}
