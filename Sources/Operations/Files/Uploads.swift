// What a person uploads is looked at before anything is done with it: what kind it really is, whether it opens, whether
// it carries a mark of state secrets (B4). Then it is staged: bound to the account, kept a day, used or swept.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import OfficeFiles
import Store

package struct Uploads: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package enum Purpose: Sendable {
        /// A letter that came: PDF only.
        case letter
        /// The text of a draft: Word, or PDF that somebody made already.
        case draftText
        /// Issued with a draft: Word, Excel or PDF.
        case enclosure
        /// Goes with the slip: anything an office reads.
        case supporting

        var kinds: Set<FileKind> {
            switch self {
            case .letter: [.pdf]
            case .draftText: [.docx, .doc, .odt, .pdf]
            case .enclosure: [.docx, .doc, .odt, .xlsx, .xls, .ods, .pdf]
            case .supporting: [.docx, .doc, .odt, .xlsx, .xls, .ods, .pdf, .png, .jpeg]
            }
        }
    }

    /// Refuses with a reason, and then nothing of the file is kept.
    ///
    /// - Parameter hold: What the bytes were stored under; not needed afterwards.
    package func stage(
        _ blob: BlobReference, name: String, purpose: Purpose, as position: Position,
        under hold: BlobHold? = nil
    ) async throws -> StagedFileRecord {
        do {
            let file = try await inspect(blob, name: name, purpose: purpose)
            let id = ID<StagedFile>(UUIDv7.make(at: office.clock.now))
            let now = office.clock.now
            try await office.database.write { connection in
                try Tables(connection).stagedFiles.insert(
                    id, file, account: position.account, agency: position.agency, at: now)
            }
            hold?.release()
            return StagedFileRecord(id: id, file: file)
        } catch let refused as Refused {
            try await discard(blob.hash, under: hold)
            throw refused
        }
    }

    /// Deletes the bytes unless something else in the office is made of the very same ones, or is about to be: then whoever
    /// stores them deletes them in the end, should no row come of it.
    ///
    /// - Parameters:
    ///   - hold: Our own, which does not count.
    ///   - document: Whose files do not count.
    package func discard(
        _ hash: BlobHash, under hold: BlobHold? = nil, besides document: ID<Document>? = nil
    ) async throws {
        hold?.letGo(hash)
        // Another discarding at the very same moment may set another mark; it is not so twice.
        for _ in 1...3 {
            guard let mark = try office.blobs.mark(hash) else { return }
            office.killPoints.pass(.discardMarked)
            let isUsed = try await office.read { tables in
                try document.map { try tables.blobUses.isUsed(hash.hex, besides: $0) }
                    ?? tables.blobUses.isUsed(hash.hex)
            }
            if isUsed { return try office.blobs.keep(mark) }
            if try office.blobs.discard(mark) { return }
        }
    }

    private func inspect(_ blob: BlobReference, name: String, purpose: Purpose) async throws -> FileReference
    {
        if blob.size == 0 { throw Refused(.fileEmpty) }
        let path = office.blobs.path(of: blob.hash)
        let kind = try FileKind.detect(path: path).kind
        if kind == .lockedOffice { throw Refused(.fileEncrypted) }
        guard purpose.kinds.contains(kind) else {
            throw Refused(purpose.kinds == [.pdf] ? .fileNotPDF : .fileKindNotAllowed)
        }
        let pdf = kind == .pdf ? try await readable(path) : nil
        if try await holdsSecret(path, kind, pdf) { throw Refused(.stateSecret) }
        let pages = kind == .pdf ? pdf?.pages ?? 1 : 0
        return FileReference(
            hash: blob.hash.hex, size: blob.size, name: name, mediaType: kind.mediaType, pages: pages)
    }

    private func readable(_ path: String) async throws -> PDFInspection {
        let inspection = try await PDFInspection.inspect(path)
        switch inspection.refusal {
        case .notPdf: throw Refused(.fileNotPDF)
        case .encrypted: throw Refused(.fileEncrypted)
        case .damaged: throw Refused(.fileDamaged)
        case nil: return inspection
        }
    }

    /// A stamp of secrecy in the text of the file (B4). A scan has no text; its stamp is the clerk's to see.
    func holdsSecret(_ path: String, _ kind: FileKind, _ pdf: PDFInspection?) async throws -> Bool {
        do {
            let text = if let pdf { pdf.text } else { try await OfficeText.text(of: path, kind: kind) }
            return text.map { !SecrecyMarks.find(in: $0).isEmpty } ?? false
        } catch OfficeFileError.programMissing(let name) {
            office.log.warning("secrecy marks are not looked for: \(name) is not installed")
            return false
        }
    }
}
