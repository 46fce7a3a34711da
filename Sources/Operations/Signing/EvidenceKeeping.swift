// What the examination of a file lacked, asked of the services that its certificates name, by the server and never by the
// child: at most a few requests, only to addresses that may be asked, and every answer kept for this file.
import BlobStorage
import Domain
import DualSQL
import Foundation
import PDFSignatures
import Store

struct EvidenceKeeping: Sendable {
    /// A missing certificate leads to the next one, and each of them to a question about revocation.
    static let rounds = 4
    private static let requests = 12
    private static let answerLimit = 32 << 20
    private static let patience = 5.0

    let office: Office
    let file: String

    func kept() async -> [EvidenceAnswer] {
        let file = file
        guard let answers = try? await office.read({ try $0.keptEvidence.of(file) }) else { return [] }
        let blobs = office.blobs
        return await OwnThread.run {
            answers.compactMap { answer in
                guard let hash = BlobHash(hex: answer.answerHash), let body = try? blobs.read(hash) else {
                    return nil
                }
                return EvidenceAnswer(request: answer.request, status: answer.status, body: Data(body))
            }
        }
    }

    /// False when nothing new is known.
    func fetch(_ wanted: [WantedRequest]) async -> Bool {
        guard let exchange = office.evidenceExchange else { return false }
        var isNew = false
        for want in wanted.prefix(Self.requests) {
            var request = want.request
            (request.answerLimit, request.patience) = (Self.answerLimit, Self.patience)
            let asked = request
            let answer = await OwnThread.run { () -> WebAnswer? in
                do throws(WebFailure) { return try exchange.send(asked) } catch { return nil }
            }
            // Anything else than an answer is asked for again another time.
            guard let answer, answer.status == 200 else { continue }
            if (try? await keep(answer, of: want)) != nil { isNew = true }
        }
        return isNew
    }

    private func keep(_ answer: WebAnswer, of want: WantedRequest) async throws {
        let hold = office.blobs.hold()
        let blob = try office.blobs.put(answer.body, under: hold)
        let kept = KeptAnswer(
            request: want.name, url: want.url, status: answer.status, answerHash: blob.hash.hex,
            fetchedAt: office.clock.now)
        let file = file
        try await office.database.write { try Tables($0).keptEvidence.keep(kept, for: file) }
        hold.release()
    }
}
