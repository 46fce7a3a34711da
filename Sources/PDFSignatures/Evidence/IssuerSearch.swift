/// Finds the way from a certificate up to a root: among the certificates at hand first, then where the
/// certificates themselves say that their issuer's lies.
struct IssuerSearch {
    let roots: [CertificateRecord]
    let exchange: any WebExchange
    private(set) var pool: [CertificateRecord] = []
    private(set) var attempts: [EvidenceProblem.Attempt] = []
    private var asked: Set<String> = []

    private static let lengthLimit = 10
    private static let poolLimit = 100
    /// Of a publisher's file with one or a few certificates.
    private static let answerLimit = 1 << 20

    init(roots: [[UInt8]], exchange: any WebExchange) {
        self.roots = roots.compactMap { try? CertificateRecord($0) }
        self.exchange = exchange
    }

    mutating func add(_ certificates: [[UInt8]]) {
        for der in certificates where pool.count < IssuerSearch.poolLimit {
            if let record = try? CertificateRecord(der), !pool.contains(record) { pool.append(record) }
        }
    }

    /// From the certificate to its root, both included. Where no roots are configured, a certificate that issued
    /// itself is the end: whom to trust is then for others to say.
    mutating func path(from certificate: CertificateRecord) throws(EvidenceProblem) -> [CertificateRecord] {
        attempts = []
        var steps = 500
        guard let path = extend([certificate], &steps) else {
            throw EvidenceProblem(lastWithoutIssuer ?? certificate, .issuerMissing, attempts)
        }
        return path
    }

    private var lastWithoutIssuer: CertificateRecord?

    private mutating func extend(_ path: [CertificateRecord], _ steps: inout Int) -> [CertificateRecord]? {
        guard let last = path.last else { return nil }
        if isEnd(last) { return path }
        guard path.count < IssuerSearch.lengthLimit else { return nil }
        if let found = extend(path, by: roots + pool, &steps) { return found }
        for url in last.issuerAddresses where asked.insert(url).inserted {
            add(fetch(url))
            if let found = extend(path, by: pool, &steps) { return found }
        }
        lastWithoutIssuer = last
        return nil
    }

    private mutating func extend(
        _ path: [CertificateRecord], by candidates: [CertificateRecord], _ steps: inout Int
    ) -> [CertificateRecord]? {
        guard let last = path.last else { return nil }
        for candidate in candidates where !path.contains(candidate) {
            guard steps > 0 else { return nil }
            guard DistinguishedName.matches(last.issuer, candidate.subject) else { continue }
            steps -= 1
            guard candidate.mayUse(.certificateSigning), last.isIssued(by: candidate) else { continue }
            if let found = extend(path + [candidate], &steps) { return found }
        }
        return nil
    }

    private func isEnd(_ certificate: CertificateRecord) -> Bool {
        if roots.contains(certificate) { return true }
        return roots.isEmpty && certificate.isSelfIssued && certificate.isIssued(by: certificate)
    }

    private mutating func fetch(_ url: String) -> [[UInt8]] {
        let answer: WebAnswer
        do throws(WebFailure) {
            answer = try exchange.send(WebRequest(url: url, answerLimit: IssuerSearch.answerLimit))
        } catch {
            attempts.append(.init(kind: .issuer, url: url, problem: .failed(error)))
            return []
        }
        guard answer.status == 200 else {
            attempts.append(.init(kind: .issuer, url: url, problem: .status(answer.status)))
            return []
        }
        let found = CertificateBundle.certificates(answer.body)
        if found.isEmpty {
            attempts.append(.init(kind: .issuer, url: url, problem: .unreadable("certificate")))
        }
        return found
    }
}
