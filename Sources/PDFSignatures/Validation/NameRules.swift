import Foundation

/// Names that an authority may or may not give (name constraints, RFC 5280, 4.2.1.10 and 6.1.4).
struct NameRules {
    let path: CertificatePath

    /// Names that break a rule of an authority above, each with the certificate that bears it.
    func offences() -> [(name: String, certificate: String)] {
        var offences: [(name: String, certificate: String)] = []
        for (index, issuer) in path.certificates.enumerated().dropFirst() {
            // Of a trusted root only the name and key count.
            guard index < path.certificates.count - 1, let rules = issuer.nameConstraints else { continue }
            for (place, below) in path.certificates.prefix(index).enumerated()
            where place == 0 || !below.isSelfIssued {
                for name in names(of: below) where !permits(rules, name) {
                    offences.append((NameRules.text(name), below.name))
                }
            }
        }
        return offences
    }

    private func names(of certificate: CertificateRecord) -> [GeneralName] {
        var names = certificate.subjectAlternativeNames
        if !DistinguishedName.parts(certificate.subject).isEmpty {
            names.append(.directory(certificate.subject))
        }
        if !names.contains(where: { if case .email = $0 { true } else { false } }),
            let mail = DistinguishedName.value("1.2.840.113549.1.9.1", in: certificate.subject)
        {
            names.append(.email(mail))
        }
        return names
    }

    private func permits(_ rules: CertificateRecord.NameConstraints, _ name: GeneralName) -> Bool {
        if rules.permitted.contains(.other(tag: 0, [])) { return false }
        if rules.excluded.contains(where: { NameRules.isWithin(name, $0) == true }) { return false }
        let applicable = rules.permitted.compactMap { NameRules.isWithin(name, $0) }
        return applicable.isEmpty || applicable.contains(true)
    }

    /// `nil` when the rule is about another kind of name.
    static func isWithin(_ name: GeneralName, _ rule: GeneralName) -> Bool? {
        switch (name, rule) {
        case (.directory(let name), .directory(let rule)):
            let (parts, wanted) = (DistinguishedName.parts(name), DistinguishedName.parts(rule))
            return parts.count >= wanted.count
                && zip(parts, wanted).allSatisfy { DistinguishedName.matches(wrap($0), wrap($1)) }
        case (.dns(let name), .dns(let rule)): return isHost(name, within: rule)
        case (.email(let name), .email(let rule)):
            let host = name.split(separator: "@").last.map(String.init) ?? ""
            if rule.contains("@") { return name.lowercased() == rule.lowercased() }
            return rule.hasPrefix(".") ? isHost(host, within: rule) : host.lowercased() == rule.lowercased()
        case (.uri(let name), .uri(let rule)):
            let rest = name.components(separatedBy: "://").dropFirst().first ?? ""
            let host = rest.prefix { $0 != "/" && $0 != ":" && $0 != "?" }.lowercased()
            return rule.hasPrefix(".") ? isHost(host, within: rule) : host == rule.lowercased()
        case (.address(let name), .address(let rule)):
            guard rule.count == 2 * name.count else {
                return rule.count == 8 || rule.count == 32 ? nil : false
            }
            return name.indices.allSatisfy {
                name[$0] & rule[$0 + name.count] == rule[$0] & rule[$0 + name.count]
            }
        case (.other(let tag, _), .other(let ruleTag, _)): return tag == ruleTag ? false : nil
        default: return nil
        }
    }

    private static func isHost(_ name: String, within rule: String) -> Bool {
        let (name, rule) = (name.lowercased(), rule.lowercased())
        if rule.isEmpty { return true }
        if rule.hasPrefix(".") { return name.hasSuffix(rule) }
        return name == rule || name.hasSuffix("." + rule)
    }

    /// One part of a name as a name of its own.
    private static func wrap(_ part: [UInt8]) -> [UInt8] {
        BERNode.header(0x30, count: part.count) + part
    }

    private static func text(_ name: GeneralName) -> String {
        switch name {
        case .email(let text), .dns(let text), .uri(let text): text
        case .directory(let name): DistinguishedName.value("2.5.4.3", in: name) ?? "directory name"
        case .address(let bytes): bytes.map(String.init).joined(separator: ".")
        case .other: "name"
        }
    }
}

extension DistinguishedName {
    /// Each relative name in DER, from the top of the tree down.
    static func parts(_ name: [UInt8]) -> [[UInt8]] {
        ((try? BERNode.first(in: name[...]).children()) ?? []).map { Array($0.encoded) }
    }
}
