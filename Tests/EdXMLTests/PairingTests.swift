import Foundation
import Testing

@testable import EdXML

/// Which file belongs to which line of the manifest, and what becomes of those that are not whole.
struct PairingTests {
    private func read(_ references: [String], _ attachments: [String]) throws -> (
        files: [String: String], findings: [MessageFinding]
    ) {
        try withFolder { folder in
            let (letter, findings) = try Raw.letter(
                Raw.message(references: references.joined(), attachments: attachments.joined()), in: folder)
            var files: [String: String] = [:]
            for attachment in letter.attachments {
                let content = try attachment.file.map { String(decoding: try bytes(of: $0), as: UTF8.self) }
                files[attachment.name ?? ""] = content ?? "-"
                #expect((attachment.file == nil) == (attachment.size == nil))
            }
            #expect(files.count == letter.attachments.count)
            return (files, findings)
        }
    }

    @Test("E5: files without an identifier go by their names, in whatever order they come")
    func byName() throws {
        let (files, findings) = try read(
            [Raw.reference(nil, "a.pdf"), Raw.reference(nil, "b.pdf")],
            [Raw.attachment(nil, "b.pdf", Array("B".utf8)), Raw.attachment(nil, "a.pdf", Array("A".utf8))])
        #expect(files == ["a.pdf": "A", "b.pdf": "B"])
        #expect(findings.isEmpty)
        let (halves, none) = try read(
            [Raw.reference(nil, "a.pdf"), Raw.reference("cid:2", "b.pdf"), Raw.reference("cid:3", "c.pdf")],
            [
                Raw.attachment("3", "another.pdf", Array("C".utf8)),
                Raw.attachment(nil, "b.pdf", Array("B".utf8)),
                Raw.attachment("CID:1", "a.pdf", Array("A".utf8)),
            ])
        #expect(halves == ["a.pdf": "A", "b.pdf": "B", "c.pdf": "C"])
        #expect(none.isEmpty)
    }

    @Test("E5: an identifier comes before a name, and neither is guessed at")
    func byIdentifier() throws {
        let (files, findings) = try read(
            [Raw.reference(nil, "b.pdf"), Raw.reference("cid:1", "a.pdf")],
            [
                Raw.attachment(nil, nil, Array("?".utf8)),
                Raw.attachment("cid:1", "b.pdf", Array("one".utf8)),
                Raw.attachment(nil, "y.pdf", Array("Y".utf8)),
            ])
        #expect(files == ["b.pdf": "-", "a.pdf": "one", "": "?", "y.pdf": "Y"])
        #expect(
            findings == [
                MessageFinding(.attachmentMissing, "b.pdf"), MessageFinding(.attachmentNotListed),
                MessageFinding(.attachmentNotListed, "y.pdf"),
            ])
    }

    @Test("E4: the links of one library stand for identifiers")
    func links() throws {
        let reference =
            "<Reference xlink:href=\"cid:2\" xlink:type=\"simple\"><AttachmentName>b.pdf</AttachmentName></Reference>"
        let (files, findings) = try read(
            [
                "<Reference xlink:href=\"cid:1\"><AttachmentName>a.pdf</AttachmentName></Reference>",
                reference,
            ],
            [Raw.attachment("2", "b", Array("B".utf8)), Raw.attachment("cid:1", "a", Array("A".utf8))])
        #expect(files == ["a.pdf": "A", "b.pdf": "B"])
        #expect(findings.isEmpty)
    }

    @Test(
        "E5: nothing that came is dropped: a file outside the list, one without content, a second one in its place"
    )
    func nothingDropped() throws {
        let (files, findings) = try read(
            [Raw.reference("cid:1", "a.pdf")],
            [
                "<Attachment><ContentId>cid:1</ContentId></Attachment>",
                "<Attachment><AttachmentName>e.pdf</AttachmentName></Attachment>",
                "<ContentTransferEncoded>QQ==</ContentTransferEncoded>",
            ])
        #expect(files == ["a.pdf": "-", "e.pdf": "-", "": "A"])
        #expect(
            findings == [
                MessageFinding(.attachmentMissing, "a.pdf"), MessageFinding(.attachmentNotListed, "e.pdf"),
                MessageFinding(.attachmentMissing, "e.pdf"), MessageFinding(.attachmentNotListed),
            ])
    }

    @Test(
        "B7, E5: a damaged file is named with its fault and is not there; the letter and its other files are")
    func damaged() throws {
        for (encoded, fault) in [
            ("QUJDR", AttachmentFault.cutOff), ("QUJD*UJD", .notBase64), ("QU==QUJD", .notBase64),
            ("UEsDBBQAAAAIAAAAIVo=", .badArchive),
        ] {
            try withFolder { folder in
                let text = Raw.message(
                    references: Raw.reference("cid:1", "hong.pdf") + Raw.reference("cid:2", "tot.pdf"),
                    attachments: Raw.attachment("cid:1", nil, encoded) + Raw.attachment("cid:2", nil, "QUJD"))
                let (letter, findings) = try Raw.letter(text, in: folder)
                #expect(letter.attachments.map(\.fault) == [fault, nil])
                #expect(letter.attachments.map(\.size) == [nil, 3])
                #expect(letter.attachments.first?.file == nil)
                #expect(findings == [MessageFinding(.attachmentDamaged, "hong.pdf", fault)])
                // Nothing of it is left to be taken for the file.
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["tep-2"])
                let check = MessageCheck.check(.document(letter))
                #expect(check.faults.contains(MessageFinding(.attachmentDamaged, "hong.pdf", fault)))
                #expect(!check.faults.contains { $0.code == .attachmentMissing })
            }
        }
    }

    @Test("E5: the machine's own trouble is not taken for a fault of the sender's")
    func machine() throws {
        #expect(throws: EdXMLError.file("/dev/full/tep-1 cannot be created")) {
            try Raw.read(Raw.message(name: "a.pdf", "QUJD"), in: "/dev/full")
        }
        try withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/tep-1", withDestinationPath: "/dev/full")
            for size in [3, 600_000] {
                let content = Data(repeating: 0x41, count: size).base64EncodedString()
                #expect(throws: EdXMLError.file("\(folder)/tep-1 cannot be written")) {
                    try Raw.read(Raw.message(name: "a.pdf", content), in: folder)
                }
            }
        }
        try withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/tep-1-mo", withDestinationPath: "/dev/full")
            let archive = SingleEntryArchive(name: "a.pdf")
            let packed = archive.start() + archive.add(Array("%PDF".utf8)) + archive.finish()
            #expect(throws: EdXMLError.file("\(folder)/tep-1-mo cannot be written")) {
                try Raw.read(Raw.message(name: "a.pdf", Data(packed).base64EncodedString()), in: folder)
            }
        }
    }
}
