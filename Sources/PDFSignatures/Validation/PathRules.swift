/// Whether each certificate of a path may stand where it stands, whatever the time (RFC 5280, 6.1): authorities
/// that are authorities, lengths, uses, names, policies, and nothing critical that we do not understand.
struct PathRules {
    enum Purpose {
        case documentSigning
        case timestamping
    }

    let path: CertificatePath
    let purpose: Purpose

    struct Breach {
        let subIndication: SubIndication
        let finding: Finding
    }

    /// What the check below understands. Name and policy rules of a trusted root do not bind (RFC 5280, 6.2).
    private static let understood: Set<String> = [
        "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.31", "2.5.29.32", "2.5.29.33",
        "2.5.29.35",
        "2.5.29.36", "2.5.29.37", "2.5.29.54", "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.3",
        "1.3.6.1.5.5.7.48.1.5", "2.5.29.14", "2.5.29.18", "2.5.29.46",
    ]

    private static let broken = SubIndication.certificateChainGeneralFailure

    func breaches() -> [Breach] {
        var breaches = leafBreaches()
        for certificate in path.certificates.dropLast() { breaches += extensionBreaches(certificate) }
        breaches += authorityBreaches()
        for (name, certificate) in NameRules(path: path).offences() {
            breaches.append(
                Breach(
                    subIndication: Self.broken,
                    finding: Finding(.nameNotPermitted, "\(certificate): \(name)")))
        }
        if !PolicyRules(path: path).isSatisfied {
            breaches.append(Breach(subIndication: Self.broken, finding: Finding(.policyNotSatisfied)))
        }
        return breaches
    }

    // MARK: The signer's own certificate

    /// Purposes that say "not for documents" when nothing else is named beside them: servers, clocks, responders.
    private static let otherPurposes: Set<String> = [
        "1.3.6.1.5.5.7.3.1", TimestampToken.purpose, OCSPResponse.signingPurpose,
    ]

    private func leafBreaches() -> [Breach] {
        guard let leaf = path.certificates.first, purpose == .documentSigning else { return [] }
        var breaches: [Breach] = []
        if !leaf.maySignDocuments {
            breaches.append(
                Breach(subIndication: .chainConstraintsFailure, finding: Finding(.keyUsageNotForSigning)))
        }
        if let purposes = leaf.extendedKeyUsage, !purposes.isEmpty,
            purposes.allSatisfy(PathRules.otherPurposes.contains)
        {
            breaches.append(
                Breach(
                    subIndication: .chainConstraintsFailure,
                    finding: Finding(.purposeNotPermitted, purposes.joined(separator: " "))))
        }
        return breaches
    }

    private func extensionBreaches(_ certificate: CertificateRecord) -> [Breach] {
        var breaches: [Breach] = []
        for name in certificate.criticalExtensions where !PathRules.understood.contains(name) {
            breaches.append(
                Breach(
                    subIndication: Self.broken,
                    finding: Finding(.criticalExtensionUnknown, "\(certificate.name): \(name)")))
        }
        if certificate.repeatsExtension {
            breaches.append(
                Breach(
                    subIndication: Self.broken,
                    finding: Finding(.certificatePathBroken, "\(certificate.name): repeated extension")))
        }
        return breaches
    }

    // MARK: Authorities

    private func authorityBreaches() -> [Breach] {
        var breaches: [Breach] = []
        // Authorities below the one looked at, those that only renewed themselves not counted.
        var below = 0
        for issuer in path.certificates.dropFirst() {
            if !mayIssue(issuer, isRoot: issuer == path.certificates.last) {
                breaches.append(
                    Breach(subIndication: Self.broken, finding: Finding(.notAuthority, issuer.name)))
            }
            if let limit = issuer.basicConstraints?.pathLength, below > limit {
                breaches.append(
                    Breach(subIndication: Self.broken, finding: Finding(.pathTooLong, issuer.name)))
            }
            if !issuer.isSelfIssued { below += 1 }
        }
        return breaches
    }

    /// A root of the first version has no extensions; that it is trusted says that it may issue.
    private func mayIssue(_ issuer: CertificateRecord, isRoot: Bool) -> Bool {
        if isRoot, issuer.extensions.isEmpty { return true }
        return issuer.isAuthority && issuer.mayUse(.certificateSigning)
    }
}

extension CertificateRecord {
    /// For findings.
    var name: String { displayName ?? "?" }
}
