import BlobStorage
import Domain
import Foundation
import OfficeFiles
import Operations
import Store
import TestKit
import Testing

/// What is kept of an upload, and what is not (B4, decision 20).
struct UploadTests {
    /// A document of the shared set; nil, and said so, where the set is not beside the project.
    private func shared(_ name: String) -> [UInt8]? {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/documents")
        guard let data = FileManager.default.contents(atPath: folder.appending(path: name).path()) else {
            print("*** ../shared/documents/\(name) is not here: this part of the test is SKIPPED ***")
            return nil
        }
        return [UInt8](data)
    }

    @Test(
        "B4, H4: a file with a stamp of secrecy is refused, and neither row nor bytes are kept",
        arguments: DatabaseKind.available)
    func secret(_ kind: DatabaseKind) async throws {
        guard let bytes = shared("11-tu-choi-toi-mat.docx") else { return }
        try await TemporaryOffice.with(kind) { world in
            let officer = try await world.position("cv1.tuphap")
            let blob = try world.office.blobs.put(bytes)
            await #expect(throws: Refused(.stateSecret)) {
                _ = try await Uploads(office: world.office).stage(
                    blob, name: "du-thao.docx", purpose: .draftText, as: officer)
            }
            #expect(!world.office.blobs.contains(blob.hash))
            #expect(try await world.office.read { try !$0.blobUses.isUsed(blob.hash.hex) })
        }
    }

    @Test(
        "a file is what it holds, not what it is called; each spoiled one is refused with its reason",
        arguments: [
            ("15-pdf-co-mat-khau.pdf", Refusal.fileEncrypted), ("16-pdf-bi-cat.pdf", .fileDamaged),
            ("18-anh-png-doi-duoi.pdf", .fileNotPDF), ("01-cong-van-van-ban-dien-tu.docx", .fileNotPDF),
        ])
    func spoiled(_ name: String, _ expected: Refusal) async throws {
        guard let bytes = shared(name) else { return }
        try await TemporaryOffice.with(.sqlite) { world in
            let clerk = try await world.position("vt.tuphap")
            let blob = try world.office.blobs.put(bytes)
            await #expect(throws: Refused(expected)) {
                _ = try await Uploads(office: world.office).stage(blob, name: name, purpose: .letter, as: clerk)
            }
            #expect(!world.office.blobs.contains(blob.hash))
        }
    }

    @Test("a letter is staged with its pages; what a table still needs is not deleted with a second copy")
    func kept() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            let clerk = try await world.position("vt.tuphap")
            let letter = try WorldFiles.bytes("letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf")
            let uploads = Uploads(office: world.office), blob = try world.office.blobs.put(letter)
            let staged = try await uploads.stage(blob, name: "cv.pdf", purpose: .letter, as: clerk)
            #expect(staged.file.pages == 1)
            try await uploads.discard(blob.hash)
            #expect(world.office.blobs.contains(blob.hash))
        }
    }
}
