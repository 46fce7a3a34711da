/// Every certificate at hand for one validation, each read once and found by its name, with a memory of which
/// of them signed which. What cannot be read is left out: one odd certificate must not spoil the others.
final class CertificatePool {
    /// The roots, trusted as they stand.
    let anchors: [CertificateRecord]
    /// Those that may answer for an authority, in DER.
    private(set) var responders: [[UInt8]] = []
    private var byName: [EncodedKey: [CertificateRecord]] = [:]
    private var known: Set<EncodedKey> = []
    private let trusted: Set<EncodedKey>
    private var outcomes: [Pair: SignatureScheme.Outcome] = [:]

    /// More than any honest document brings along.
    private static let limit = 2_000

    private struct Pair: Hashable {
        let subject: EncodedKey
        let issuer: EncodedKey
    }

    init(trust: TrustStore) {
        anchors = trust.roots.compactMap { try? CertificateRecord($0) }
        trusted = Set(anchors.map { EncodedKey($0.der) })
        for anchor in anchors { keep(anchor) }
        add(trust.intermediates)
    }

    func add(_ certificates: [[UInt8]]) {
        for der in certificates where !known.contains(EncodedKey(der)) && known.count < CertificatePool.limit
        {
            if let record = try? CertificateRecord(der) { keep(record) }
        }
    }

    private func keep(_ record: CertificateRecord) {
        guard known.insert(EncodedKey(record.der)).inserted else { return }
        if record.extendedKeyUsage?.contains(OCSPResponse.signingPurpose) == true {
            responders.append(record.der)
        }
        byName[EncodedKey(record.subject), default: []].append(record)
    }

    var all: [CertificateRecord] { byName.values.flatMap { $0 } }

    func isTrusted(_ certificate: CertificateRecord) -> Bool { trusted.contains(EncodedKey(certificate.der)) }

    /// Who may have issued it, by name and key identifier; the trusted ones first.
    func candidates(for certificate: CertificateRecord) -> [CertificateRecord] {
        let named = byName[EncodedKey(certificate.issuer)] ?? alike(certificate.issuer)
        let wanted = certificate.authorityKeyIdentifier?.key
        let fitting = named.filter { candidate in
            guard let wanted, let own = candidate.subjectKeyIdentifier else { return true }
            return wanted == own
        }
        return fitting.filter(isTrusted) + fitting.filter { !isTrusted($0) }
    }

    /// Names written in another way.
    private func alike(_ name: [UInt8]) -> [CertificateRecord] {
        byName.filter { DistinguishedName.matches($0.key.bytes, name) }.flatMap(\.value)
    }

    /// Others of the same name as the issuer, whose keys may have signed its lists.
    func namesakes(of certificate: CertificateRecord) -> [CertificateRecord] {
        (byName[EncodedKey(certificate.subject)] ?? []).filter { $0 != certificate }
    }

    func outcome(_ certificate: CertificateRecord, signedBy issuer: CertificateRecord)
        -> SignatureScheme.Outcome
    {
        let pair = Pair(subject: EncodedKey(certificate.der), issuer: EncodedKey(issuer.der))
        if let known = outcomes[pair] { return known }
        let outcome = certificate.signed?.check(with: issuer) ?? .unusable
        outcomes[pair] = outcome
        return outcome
    }
}

/// From a certificate up to a root, as it stands in the pool, without judging any of them (RFC 4158).
struct CertificatePath {
    /// The certificate asked about first, the trusted root last.
    let certificates: [CertificateRecord]
}

/// Looks for every way from a certificate to a trusted root: authorities certify one another, renew their keys
/// and run in circles, and the first way found need not be the one that holds.
struct PathBuilder {
    let pool: CertificatePool

    static let lengthLimit = 12
    private static let pathLimit = 16
    /// Checks of signatures, which are what costs time.
    private static let workLimit = 200

    struct Found {
        var paths: [CertificatePath] = []
        /// Where no way leads to a root: as far as it goes.
        var partial: [CertificateRecord] = []
        /// Somebody of the issuer's name is known, and did not sign.
        var sawWrongSignature = false
        /// An algorithm that this machine cannot check.
        var unusable: String?
        fileprivate var work = 0
    }

    func paths(from certificate: CertificateRecord) -> Found {
        var found = Found()
        found.partial = [certificate]
        extend([certificate], into: &found)
        return found
    }

    private func extend(_ path: [CertificateRecord], into found: inout Found) {
        guard let last = path.last else { return }
        if pool.isTrusted(last) {
            found.paths.append(CertificatePath(certificates: path))
            return
        }
        if path.count > found.partial.count { found.partial = path }
        guard path.count < PathBuilder.lengthLimit else { return }
        for candidate in pool.candidates(for: last) {
            guard found.paths.count < PathBuilder.pathLimit, found.work < PathBuilder.workLimit else {
                return
            }
            // The same name with the same key again is a circle (RFC 4158, 5.2).
            guard
                !path.contains(where: {
                    $0.subject == candidate.subject && $0.publicKey == candidate.publicKey
                })
            else { continue }
            found.work += 1
            switch pool.outcome(last, signedBy: candidate) {
            case .right: extend(path + [candidate], into: &found)
            case .wrong: found.sawWrongSignature = true
            case .unusable: found.unusable = last.signed?.algorithm ?? "?"
            }
        }
    }
}
