import Foundation
import Testing

@testable import EdXML

/// Attachments in archives of one entry.
struct ArchiveTests {
    private func archive(_ content: [UInt8], name: String) -> [UInt8] {
        let archive = SingleEntryArchive(name: name)
        return archive.start() + archive.add(content) + archive.finish()
    }

    /// What is passed on; `nil` and the fault for what is not.
    private func received(_ bytes: [UInt8], as name: String, limits: MessageLimits = .default) throws -> (
        bytes: [UInt8]?, fault: AttachmentFault?
    ) {
        try withFolder { folder in
            var message = Letter.message(try put(bytes, "goc", in: folder), name: name)
            message.attachments[0].contentType = "text/plain"
            let received = try MessageReader.read(
                try Letter.written(.document(message)), attachmentsInto: folder, limits: limits)
            guard case .document(let letter) = received.message, let attachment = letter.attachments.first
            else { throw EdXMLError.notEdXML }
            return (try attachment.file.map { try EdXMLTests.bytes(of: $0) }, attachment.fault)
        }
    }

    private func unwrapped(_ bytes: [UInt8], as name: String) throws -> [UInt8]? {
        try received(bytes, as: name).bytes
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
        for size in [1, 2, 3, 65_535, 98_304, 98_305, 300_000] {
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

    @Test("E5: paths, bombs, wrong sums and lengths in an archive are not passed on, and said of their file")
    func hostile() throws {
        func fault(_ bytes: [UInt8], limits: MessageLimits = .default) throws -> AttachmentFault? {
            let (bytes, fault) = try received(bytes, as: "a.pdf", limits: limits)
            #expect(bytes == nil)
            return fault
        }
        let content = Array("nội dung".utf8)
        for name in ["../../a.pdf", "a/b.pdf", "..", "..\\a.pdf", "/a.pdf"] {
            #expect(try fault(archive(content, name: name)) == .pathInArchive)
        }
        var strict = MessageLimits()
        strict.inflation = 10
        let bomb = archive([UInt8](repeating: 0, count: 20 << 20), name: "a.pdf")
        #expect(try fault(bomb, limits: strict) == .archiveBomb)
        let whole = archive(content, name: "a.pdf")
        let directory = whole.count - 22 - 46 - 5
        for (place, expected) in [
            (directory + 16, AttachmentFault.wrongChecksum), (directory + 24, .wrongLength),
            (directory + 42, .badArchive), (directory + 8, .encryptedArchive),
        ] {
            var changed = whole
            changed[place] ^= 1
            #expect(try fault(changed) == expected)
        }
        for length in [30, 40, whole.count - 22, whole.count - 1] {
            #expect(try fault(Array(whole.prefix(length))) == .badArchive)
        }
    }

    @Test("E5: two dots in a name are no path, and what only begins like an archive is none")
    func harmless() throws {
        let content = Array("%PDF-1.7".utf8)
        #expect(try unwrapped(archive(content, name: "CV 12..pdf"), as: "CV 12..pdf") == content)
        let note = Array("PK\u{3}\u{4} is how such files begin".utf8)
        #expect(try unwrapped(note, as: "ghi chu.txt") == note)
    }

    @Test(
        "E5: a file that is an archive by its kind stays one",
        arguments: ["kmz", "xlsb", "ods", "vsdx", "ASICE", "docx", "epub", "zip"])
    func kinds(kind: String) throws {
        let file = archive(Array("<kml/>".utf8), name: "doc.kml")
        #expect(try unwrapped(file, as: "tep." + kind) == file)
        #expect(try unwrapped(archive(file, name: "x." + kind.lowercased()), as: "tep." + kind) == file)
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
