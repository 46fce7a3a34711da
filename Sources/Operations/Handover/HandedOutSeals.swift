// Đóng dấu bằng phần mềm ký: the letter and each separate enclosure go out one after the other and come back sealed.
// What has come back for a number is kept with it, so that after a crash, a cancelled or an expired hand-over the next
// press goes on with the file that is still missing; when none is, the document is issued as always (decision 3).
import BlobStorage
import Domain
import Foundation
import PDFSignatures
import Store

struct HandedOutSeals: Sendable {
    let office: Office
    let matter: IssuingMatter
    let issuance: Issuance
    let signed: SignedFileRecord
    let certificate: String
    private let returned: [Handover]

    init(office: Office, matter: IssuingMatter, certificate: String) async throws {
        guard let issuance = matter.numbered, let signed = matter.signed else { throw Refused(.stale) }
        self.office = office
        self.matter = matter
        self.issuance = issuance
        self.signed = signed
        self.certificate = certificate
        returned = try await office.read { try $0.handovers.returned(for: issuance.id) }
    }

    private var enclosures: [DraftFile] { matter.bundle.files.filter { $0.kind == .enclosure } }

    private var letter: HandoverSubject { .letter(matter.bundle.draft.id, issuance.id) }

    private func subject(_ file: DraftFile) -> HandoverSubject {
        .enclosure(matter.bundle.draft.id, issuance.id, file.id)
    }

    private func sealed(_ subject: HandoverSubject) -> FileReference? {
        returned.last { $0.subject == subject && $0.certificate == certificate }?.returned
    }

    // MARK: Giving out

    /// The first file without its seal; nil when all have come back. `after` counts one as back that is coming in now.
    func nextToGiveOut(
        after coming: HandoverSubject? = nil, under hold: BlobHold
    ) async throws -> OpenHandover? {
        if sealed(letter) == nil, letter != coming { return try await give(letter, nil, hold) }
        for file in enclosures where sealed(subject(file)) == nil && subject(file) != coming {
            return try await give(subject(file), file, hold)
        }
        return nil
    }

    private func give(
        _ subject: HandoverSubject, _ file: DraftFile?, _ hold: BlobHold
    ) async throws -> OpenHandover {
        let served: FileReference
        if let file {
            guard let pdf = file.pdf else { throw Refused(.enclosureNotConverted(file.source.name)) }
            let blob = try await OwnThread.run { [office] in try Self.withSpace(pdf, office, hold) }
            served = FileReference(
                hash: blob.hash.hex, size: blob.size, name: pdf.name, mediaType: pdf.mediaType,
                pages: pdf.pages)
        } else {
            let letter = FilledLetter(office: office, issuance: issuance, signed: signed)
            let blob = try await OwnThread.run { [office] in
                try office.blobs.put(try letter.bytes(), under: hold)
            }
            served = FileReference(
                hash: blob.hash.hex, size: blob.size, name: "\(issuance.fileName).pdf",
                mediaType: "application/pdf", pages: signed.pages)
        }
        return OpenHandover(
            subject: subject, code: matter.bundle.draft.code, served: served, overrideReason: "",
            certificate: certificate)
    }

    /// The enclosure with an empty field for the agency's signature at the upper right of its first page (Phụ lục I,
    /// mục II, khoản 8).
    private static func withSpace(
        _ pdf: FileReference, _ office: Office, _ hold: BlobHold
    ) throws -> BlobReference {
        let bytes = try office.bytes(ofFile: pdf.hash)
        let pages = try PDFBytes.pages(bytes)
        guard let first = pages.first else { throw Refused(.fileDamaged) }
        let space = try PDFBytes.refusing {
            try SignatureSpace.add(FieldName.seal, at: SignatureLayout.enclosure(on: first), to: bytes)
        }
        return try office.blobs.put(space, under: hold)
    }

    // MARK: Issuing

    /// All seals are there.
    func complete(as clerk: Position) async throws -> IssuedDocument {
        guard let main = sealed(letter) else { throw Refused(.stale) }
        var files = [
            StoredDocumentFile(ordinal: 1, kind: .main, file: main.named("\(issuance.fileName).pdf"))
        ]
        for file in enclosures {
            guard let sealed = sealed(subject(file)) else { throw Refused(.stale) }
            files.append(
                StoredDocumentFile(
                    ordinal: files.count + 1, kind: .enclosure,
                    file: sealed.named(file.pdf?.name ?? file.source.name)))
        }
        for file in enclosures where file.source.hash != file.pdf?.hash {
            files.append(StoredDocumentFile(ordinal: files.count + 1, kind: .original, file: file.source))
        }
        let verdict = try await SignatureReports(office: office).judged(main.hash, heldAt: office.clock.now)
        let operation = CompleteIssuing(
            code: matter.bundle.draft.code, issuance: issuance.id,
            sealed: SealedFiles(
                files: files, signedHash: signed.hash, certificate: certificate,
                level: verdict.findings.signatures.last?.level ?? .basic, sealedAt: office.clock.now),
            form: nil, location: nil)
        let issued = try await OperationRunner(office: office).run(operation, as: .position(clerk))
        office.killPoints.pass(.issuedCommitted)
        return issued
    }
}

extension FileReference {
    fileprivate func named(_ name: String) -> FileReference {
        FileReference(hash: hash, size: size, name: name, mediaType: mediaType, pages: pages)
    }
}

extension Issuance {
    /// `54-PTP`: a stroke cannot stand in a file's name.
    var fileName: String { "\(Notation.printed(number))-\(notation)".replacing("/", with: "-") }
}
