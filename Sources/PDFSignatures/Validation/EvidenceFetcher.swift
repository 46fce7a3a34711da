import Foundation

/// Fetches what the file does not bring along: issuers' certificates, OCSP answers and revocation lists, from
/// the places that the certificates name. Each place is asked once; a place that fails is a finding, not an
/// error.
final class EvidenceFetcher {
    private let exchange: any WebExchange
    private let pool: CertificatePool
    private let evidence: EvidencePool
    private var asked: Set<String> = []
    private var requests = 0
    private(set) var failures: [Finding] = []

    /// For one file: certificates from strangers name whatever they like.
    private static let requestLimit = 40
    private static let smallAnswer = 1 << 20
    private static let listAnswer = 64 << 20

    init(exchange: any WebExchange, pool: CertificatePool, evidence: EvidencePool) {
        self.exchange = exchange
        self.pool = pool
        self.evidence = evidence
    }

    /// Whether anything came (authority information access, RFC 5280, 4.2.2.1).
    func fetchIssuers(of certificate: CertificateRecord) -> Bool {
        var found = false
        for url in certificate.issuerAddresses.prefix(3) where asked.insert(url).inserted {
            guard let body = send(WebRequest(url: url, answerLimit: EvidenceFetcher.smallAnswer)) else {
                continue
            }
            let certificates = CertificateBundle.certificates(body)
            pool.add(certificates)
            found = found || !certificates.isEmpty
        }
        return found
    }

    /// Whether anything came that may be about this certificate.
    func fetchOCSP(about certificate: CertificateRecord, issuer: CertificateRecord) -> Bool {
        guard let id = OCSPCertificateID(certificate, issuer: issuer),
            let question = try? OCSPRequest(id: id).encode()
        else { return false }
        for url in certificate.ocspAddresses.prefix(3)
        where asked.insert(url + " " + hex(certificate.serialNumber + id.issuerKey)).inserted {
            let request = WebRequest(
                method: "POST", url: url, headers: [WebHeader("Content-Type", "application/ocsp-request")],
                body: question, answerLimit: EvidenceFetcher.smallAnswer)
            guard let body = send(request) else { continue }
            do throws(CMSError) { pool.add(try OCSPResponse(body).certificates) } catch {
                fail(url, "\(error)")
                continue
            }
            evidence.add(ocsp: body, source: .fetched)
            return true
        }
        return false
    }

    func fetchLists(about certificate: CertificateRecord) -> Bool {
        var found = false
        for url in certificate.listAddresses.prefix(4) where asked.insert(url).inserted {
            let request = WebRequest(url: url, answerLimit: EvidenceFetcher.listAnswer, patience: 30)
            guard let body = send(request) else { continue }
            evidence.add(list: CertificateBundle.list(body), source: .fetched)
            found = true
        }
        return found
    }

    private func send(_ request: WebRequest) -> [UInt8]? {
        guard requests < EvidenceFetcher.requestLimit else { return nil }
        requests += 1
        do throws(WebFailure) {
            let answer = try exchange.send(request)
            if answer.status == 200 { return answer.body }
            fail(request.url, "HTTP \(answer.status)")
        } catch { fail(request.url, EvidenceFetcher.text(error)) }
        return nil
    }

    private static func text(_ failure: WebFailure) -> String {
        switch failure {
        case .refused(let reason): "refused, \(reason)"
        case .unreachable(let reason): "unreachable, \(reason)"
        case .timedOut: "timed out"
        case .answerTooLong: "answer too long"
        }
    }

    private func fail(_ url: String, _ reason: String) {
        failures.append(Finding(.fetchFailed, "\(url): \(reason)"))
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0, radix: 16) }.joined(separator: ".")
    }
}
