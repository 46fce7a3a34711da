// Looking into a PDF of a stranger: what its signatures are worth, and whether it carries anything that acts by itself. This
// is the work that the child process does; it has files to read and standard output to answer on, and nothing else.
import Crypto
import Foundation
import PDFSignatures
import Synchronization

/// What a service is to be asked, so that more can be said of a signature.
package struct WantedRequest: Sendable, Codable, Equatable {
    package let name: String
    package let method: String
    package let url: String
    package let headers: [[String]]
    package let body: Data

    init(_ request: WebRequest) {
        name = RequestName.of(request)
        (method, url, body) = (request.method, request.url, Data(request.body))
        headers = request.headers.map { [$0.name, $0.value] }
    }

    package var request: WebRequest {
        WebRequest(
            method: method, url: url,
            headers: headers.compactMap { $0.count == 2 ? WebHeader($0[0], $0[1]) : nil },
            body: [UInt8](body))
    }
}

/// Two requests are the same when method, address and body are.
enum RequestName {
    static func of(_ request: WebRequest) -> String {
        var hasher = SHA256()
        hasher.update(data: Data("\(request.method) \(request.url)\n".utf8))
        hasher.update(data: Data(request.body))
        return hasher.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Answers that were fetched before.
package struct EvidenceAnswer: Sendable, Codable, Equatable {
    package let request: String
    package let status: Int
    package let body: Data

    package init(request: String, status: Int, body: Data) {
        (self.request, self.status, self.body) = (request, status, body)
    }
}

package struct ExaminedSignatures: Sendable, Codable, Equatable {
    package let findings: SignatureFindings
    /// What was asked for and is not among the answers given.
    package let wanted: [WantedRequest]

    init(findings: SignatureFindings, wanted: [WantedRequest] = []) {
        (self.findings, self.wanted) = (findings, wanted)
    }
}

package enum Examination {
    /// For certificates, `moment` is when the office had the file.
    package static func signatures(
        _ pdf: FileBytes, trust: TrustRoots, at moment: Date, evidence: [EvidenceAnswer]
    ) -> ExaminedSignatures {
        let exchange = KeptExchange(evidence)
        do throws(PDFError) {
            let report = try Verification.verify(
                pdf, trust: TrustStore(roots: trust.certificates), at: moment, exchange: exchange)
            return ExaminedSignatures(
                findings: SignatureFindings(signatures: report.signatures), wanted: exchange.wanted)
        } catch {
            return ExaminedSignatures(
                findings: SignatureFindings(signatures: [], unreadable: UnreadableFile(error)))
        }
    }
}

/// Has no network: answers from what is kept and notes what is not.
final class KeptExchange: WebExchange {
    private let answers: [String: EvidenceAnswer]
    private let missing = Mutex<[String: WantedRequest]>([:])

    init(_ answers: [EvidenceAnswer]) {
        self.answers = Dictionary(answers.map { ($0.request, $0) }) { first, _ in first }
    }

    /// In no particular order of asking, but always the same one.
    var wanted: [WantedRequest] { missing.withLock { $0.values.sorted { $0.name < $1.name } } }

    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        let name = RequestName.of(request)
        if let known = answers[name] { return WebAnswer(status: known.status, body: [UInt8](known.body)) }
        missing.withLock { $0[name] = WantedRequest(request) }
        throw .unreachable("nothing is kept of it")
    }
}
