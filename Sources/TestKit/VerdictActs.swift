// Examining signatures in the story: the worker's work done at once, and a letter that somebody changed on its way.
import BlobStorage
import Domain
import Foundation
import Operations
import PDFSignatures
import Store

extension StoryWorld {
    /// Everything that waits to be examined.
    package func judgeAll() async throws { try await VerdictWorker(office: office).runAll() }

    package func verdict(_ hash: String) async throws -> KnownVerdict? {
        try await SignatureReports(office: office).known(hash)
    }

    /// The bytes of a stored file.
    package func bytes(_ file: FileReference) throws -> [UInt8] {
        guard let hash = BlobHash(hex: file.hash) else { throw Refused(.fileGone) }
        return try office.blobs.read(hash)
    }

    /// The letter of an issued document, signed by a person and sealed.
    package func issuedLetter(_ issued: IssuedDocument) async throws -> FileReference {
        let files = try await office.read { try $0.documents.files(of: issued.document) }
        guard let letter = files.first?.file else { throw Refused(.fileGone) }
        return letter
    }

    /// The same office, judging by other roots, or with a child or a scanner.
    package func changed(
        trust: TrustRoots? = nil, examiner: FileExaminer? = nil,
        evidenceExchange: (any WebExchange)? = nil, outgoingScan: OutgoingScan? = nil,
        clock: OfficeClock? = nil
    ) -> StoryWorld {
        StoryWorld(
            office: Office(
                database: office.database, blobs: office.blobs, clock: clock ?? office.clock,
                serverKey: office.serverKey,
                trust: trust ?? office.trust, examiner: examiner ?? office.examiner,
                evidenceExchange: evidenceExchange ?? office.evidenceExchange,
                outgoingScan: outgoingScan ?? office.outgoingScan))
    }
}
