import Foundation

/// Collects, while it can still be had, everything that a later check of a certificate will ask for: the
/// certificates up to the root and, for each below the root, an answer from its OCSP responder or else its
/// revocation list; for a responder the same again, unless it is exempt (RFC 6960, 4.2.2.2.1).
struct EvidenceCollector {
    let exchange: any WebExchange
    /// For which the answers must be current: now, or a moment that a timestamp proves.
    let moment: Date
    private(set) var evidence = Evidence()
    private var search: IssuerSearch
    private var known: Evidence
    private var done: [CertificateRecord] = []

    /// A responder's clock may be a little ahead of ours.
    static let clockTolerance = 300.0
    private static let ocspLimit = 1 << 20
    private static let listLimit = 64 << 20

    /// - Parameters:
    ///   - certificates: That may stand between the certificates asked about and the roots.
    ///   - known: Evidence that is there already; what is still current in it is not asked for again.
    init(
        roots: [[UInt8]], certificates: [[UInt8]] = [], known: Evidence = Evidence(),
        exchange: any WebExchange, moment: Date
    ) {
        self.exchange = exchange
        self.moment = moment
        self.known = known
        search = IssuerSearch(roots: roots, exchange: exchange)
        search.add(certificates + known.certificates)
    }

    /// Adds the evidence about one certificate. The pool holds certificates that travelled with it.
    mutating func collect(for certificate: [UInt8], pool: [[UInt8]] = []) throws(EvidenceProblem) {
        let record: CertificateRecord
        do throws(CMSError) { record = try CertificateRecord(certificate) } catch {
            throw EvidenceProblem(certificate: "?", reason: .unreadable)
        }
        search.add(pool)
        try collect(record)
    }

    private mutating func collect(_ certificate: CertificateRecord) throws(EvidenceProblem) {
        let path = try search.path(from: certificate)
        for record in path { evidence.add(certificate: record.der) }
        for (record, issuer) in zip(path, path.dropFirst()) where !done.contains(record) {
            // Noted before asking, so that a responder that answers for itself is not asked for ever.
            done.append(record)
            try collectRevocation(of: record, issuer: issuer)
        }
    }

    private mutating func collectRevocation(
        of certificate: CertificateRecord, issuer: CertificateRecord
    ) throws(EvidenceProblem) {
        if try useKnown(certificate, issuer: issuer) { return }
        let responders = certificate.ocspAddresses
        let publishers = certificate.listAddresses
        guard !responders.isEmpty || !publishers.isEmpty else {
            throw EvidenceProblem(certificate, .noAddresses)
        }
        var attempts: [EvidenceProblem.Attempt] = []
        for url in responders {
            do throws(Setback) {
                return try takeOCSP(ask(url, certificate, issuer), certificate, issuer)
            } catch {
                if case .final(let problem) = error { throw problem }
                attempts += error.attempts(.ocsp, url)
            }
        }
        for url in publishers {
            do throws(Setback) { return try takeList(fetchList(url), certificate, issuer) } catch {
                if case .final(let problem) = error { throw problem }
                attempts += error.attempts(.list, url)
            }
        }
        throw EvidenceProblem(certificate, .noAnswer, attempts)
    }

    /// Why one place was of no use, or why the whole search is over.
    private enum Setback: Error {
        case here(EvidenceProblem.Problem)
        case final(EvidenceProblem)

        func attempts(_ kind: EvidenceProblem.Attempt.Kind, _ url: String) -> [EvidenceProblem.Attempt] {
            guard case .here(let problem) = self else { return [] }
            return [EvidenceProblem.Attempt(kind: kind, url: url, problem: problem)]
        }
    }

    private mutating func useKnown(
        _ certificate: CertificateRecord, issuer: CertificateRecord
    ) throws(EvidenceProblem) -> Bool {
        for bytes in known.ocspResponses + evidence.ocspResponses {
            do throws(Setback) {
                try takeOCSP(bytes, certificate, issuer)
                return true
            } catch { if case .final(let problem) = error { throw problem } }
        }
        for bytes in known.revocationLists + evidence.revocationLists {
            do throws(Setback) {
                try takeList(bytes, certificate, issuer)
                return true
            } catch { if case .final(let problem) = error { throw problem } }
        }
        return false
    }

    private func isCurrent(_ thisUpdate: Date, _ nextUpdate: Date?) -> Bool {
        thisUpdate <= moment + EvidenceCollector.clockTolerance && nextUpdate.map { $0 >= moment } ?? true
    }

    private func send(_ request: WebRequest) throws(Setback) -> [UInt8] {
        let answer: WebAnswer
        do throws(WebFailure) { answer = try exchange.send(request) } catch { throw .here(.failed(error)) }
        guard answer.status == 200 else { throw .here(.status(answer.status)) }
        return answer.body
    }
}

/// OCSP.
extension EvidenceCollector {
    private func ask(
        _ url: String, _ certificate: CertificateRecord, _ issuer: CertificateRecord
    ) throws(Setback) -> [UInt8] {
        guard let id = OCSPCertificateID(certificate, issuer: issuer),
            let question = try? OCSPRequest(id: id).encode()
        else { throw .here(.unusable("SHA-1")) }
        return try send(
            WebRequest(
                method: "POST", url: url, headers: [WebHeader("Content-Type", "application/ocsp-request")],
                body: question, answerLimit: EvidenceCollector.ocspLimit))
    }

    private mutating func takeOCSP(
        _ bytes: [UInt8], _ certificate: CertificateRecord, _ issuer: CertificateRecord
    ) throws(Setback) {
        let response: OCSPResponse
        do throws(CMSError) { response = try OCSPResponse(bytes) } catch {
            switch error {
            case .malformed(let detail): throw .here(.unreadable(detail))
            case .unsupported(let detail): throw .here(.unusable(detail))
            }
        }
        guard let answer = response.answer(for: certificate, issuer: issuer) else {
            throw .here(.notAboutThis)
        }
        let responder = try responder(of: response, issuer: issuer)
        guard isCurrent(answer.thisUpdate, answer.nextUpdate) else { throw .here(.notCurrent) }
        switch answer.status {
        case .good: break
        case .unknown: throw .here(.certificateUnknown)
        // Revoked after the moment that is asked about, it was good then.
        case .revoked(let date?, _) where date > moment: break
        case .revoked(let date, let reason):
            throw .final(EvidenceProblem(certificate, .revoked(at: date, reason: reason)))
        }
        if let responder {
            search.add(response.certificates)
            evidence.add(certificate: responder.der)
            if !responder.isExemptFromRevocationCheck, !done.contains(responder) {
                do throws(EvidenceProblem) { try collect(responder) } catch { throw .final(error) }
            }
        }
        evidence.add(ocspResponse: response.der)
    }

    /// `nil` when the issuer answered itself.
    private func responder(
        of response: OCSPResponse, issuer: CertificateRecord
    ) throws(Setback) -> CertificateRecord? {
        switch response.signer(issuer: issuer, others: known.certificates) {
        case .issuer: return nil
        case .delegated(let responder):
            guard responder.isValid(at: response.producedAt) else { throw .here(.notAuthorized) }
            return responder
        case .missing, .notAuthorized: throw .here(.notAuthorized)
        case .signatureWrong: throw .here(.signatureWrong)
        case .unusable(let detail): throw .here(.unusable(detail))
        }
    }
}

/// Revocation lists.
extension EvidenceCollector {
    private func fetchList(_ url: String) throws(Setback) -> [UInt8] {
        CertificateBundle.list(
            try send(WebRequest(url: url, answerLimit: EvidenceCollector.listLimit, patience: 30)))
    }

    private mutating func takeList(
        _ bytes: [UInt8], _ certificate: CertificateRecord, _ issuer: CertificateRecord
    ) throws(Setback) {
        let entry: CertificateList.Entry?
        let list: CertificateList
        do throws(CMSError) {
            list = try CertificateList(bytes)
            entry = try list.entry(for: certificate.serialNumber)
        } catch { throw .here(.unreadable(error.detail)) }
        if let unusable = list.unusable { throw .here(.unusable(unusable.rawValue)) }
        guard list.covers(certificate) else { throw .here(.notAboutThis) }
        guard list.check(issuer: issuer) == .right else { throw .here(.signatureWrong) }
        guard isCurrent(list.thisUpdate, list.nextUpdate) else { throw .here(.notCurrent) }
        if let entry, entry.date.map({ $0 <= moment }) ?? true {
            throw .final(EvidenceProblem(certificate, .revoked(at: entry.date, reason: entry.reason)))
        }
        evidence.add(revocationList: list.der)
    }
}
