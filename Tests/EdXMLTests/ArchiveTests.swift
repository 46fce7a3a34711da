import Foundation
import Testing

@testable import EdXML

/// Attachments in archives of one entry.
struct ArchiveTests {
    private func archive(_ content: [UInt8], name: String) -> [UInt8] {
        let archive = SingleEntryArchive(name: name)
        return archive.start() + archive.add(content) + archive.finish()
    }

    private func unwrapped(_ bytes: [UInt8], as name: String, limits: MessageLimits = .default) throws
        -> [UInt8]
    {
        try withFolder { folder in
            var message = Letter.message(try put(bytes, "goc", in: folder), name: name)
            message.attachments[0].contentType = "text/plain"
            let received = try MessageReader.read(
                try Letter.written(.document(message)), attachmentsInto: folder, limits: limits)
            guard case .document(let letter) = received.message else { throw EdXMLError.notEdXML }
            return try EdXMLTests.bytes(of: letter.attachments.first?.file)
        }
    }

    @Test("E4: an archive around the attachment is taken off whatever the content type says")
    func wrapper() throws {
        let content = Array("%PDF-1.7 nội dung".utf8)
        #expect(try unwrapped(archive(content, name: "x.pdf"), as: "54.pdf") == content)
        // A Word file is itself an archive: only one of the same kind around it is a wrapper.
        let word = archive(content, name: "word/document.xml")
        #expect(try unwrapped(word, as: "54.docx") == word)
        #expect(try unwrapped(archive(word, name: "x.docx"), as: "54.docx") == word)
        let zip = archive(content, name: "54.pdf")
        #expect(try unwrapped(zip, as: "tat-ca.zip") == zip)
    }

    @Test("E5: what was packed comes out the same, at every size around the edges of a piece")
    func sizes() throws {
        for size in [0, 1, 2, 3, 65_535, 98_304, 98_305, 300_000] {
            let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
            try withFolder { folder in
                let message = Letter.message(try put(content, "goc", in: folder))
                for packing in MessageWriter.Packing.allCases {
                    let written = try Letter.written(.document(message), packing: packing)
                    let received = try MessageReader.read(written, attachmentsInto: folder)
                    guard case .document(let letter) = received.message else { throw EdXMLError.notEdXML }
                    #expect(try EdXMLTests.bytes(of: letter.attachments.first?.file) == content)
                    #expect(letter.attachments.first?.size == size)
                }
            }
        }
    }

    @Test("E5: paths, bombs, wrong sums and lengths in an archive are refused")
    func hostile() throws {
        let content = Array("nội dung".utf8)
        #expect(throws: EdXMLError.attachment(name: "a.pdf", .pathInArchive)) {
            try unwrapped(archive(content, name: "../../a.pdf"), as: "a.pdf")
        }
        var strict = MessageLimits()
        strict.inflation = 10
        let bomb = archive([UInt8](repeating: 0, count: 20 << 20), name: "a.pdf")
        #expect(throws: EdXMLError.attachment(name: "a.pdf", .archiveBomb)) {
            try unwrapped(bomb, as: "a.pdf", limits: strict)
        }
        let whole = archive(content, name: "a.pdf")
        let directory = whole.count - 22 - 46 - 5
        for (place, fault) in [
            (directory + 16, AttachmentFault.wrongChecksum), (directory + 24, .wrongLength),
            (directory + 42, .badArchive), (directory + 8, .encryptedArchive),
        ] {
            var changed = whole
            changed[place] ^= 1
            #expect(throws: EdXMLError.attachment(name: "a.pdf", fault)) {
                try unwrapped(changed, as: "a.pdf")
            }
        }
    }

    @Test("E5: any byte of an archive may change and the reader still answers")
    func everyByte() throws {
        let whole = archive(Array("Cộng hòa xã hội chủ nghĩa Việt Nam".utf8), name: "a.pdf")
        try withFolder { folder in
            for place in whole.indices {
                var changed = whole
                changed[place] ^= 0x55
                let path = try put(changed, "goc", in: folder)
                do throws(AttachmentProblem) {
                    _ = try WrappedFile(path, attachmentName: "a.pdf")?.unpack(
                        to: path + "-mo", limits: .default)
                } catch {}
            }
        }
    }
}
