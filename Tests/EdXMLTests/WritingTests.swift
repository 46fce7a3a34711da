import Foundation
import Testing

@testable import EdXML

/// What goes out.
struct WritingTests {
    @Test(
        "E4: the parser of the axis finds its literal prefix, unprefixed attachments and recipients without a wrapper"
    )
    func prefix() throws {
        try withFolder { folder in
            var message = Letter.message(try put(Array("%PDF".utf8), "a", in: folder))
            message.header.to.append(Organization(organID: "H36.13", name: "Sở Nội vụ"))
            let text = String(decoding: try Letter.written(.document(message)), as: UTF8.self)
            #expect(
                text.hasPrefix(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<edXML xmlns=\"\(EdXMLMessage.namespace)\">")
            )
            #expect(text.contains("<edXML:MessageHeader>"))
            #expect(text.components(separatedBy: "<edXML:To>").count == 3)
            #expect(
                text.contains("\n  <AttachmentEncoded>\n    <Attachment>\n      <ContentId>cid:1</ContentId>")
            )
            #expect(text.contains("V/v cung cấp số liệu &lt;hộ tịch&gt;"))
            #expect(text.contains("Sở Tư pháp &amp; Nội vụ"))
            let places = [
                "From>", "To>", "DocumentId>", "Code>", "PromulgationInfo>", "DocumentType>", "Subject>",
                "SignerInfo>", "ToPlaces>",
            ]
            .map { text.range(of: "<edXML:" + $0)?.lowerBound }
            #expect(places == places.sorted { ($0 ?? text.endIndex) < ($1 ?? text.endIndex) })
        }
    }

    @Test("E4: a message that cannot be understood is not sent: each missing part has its name")
    func faults() throws {
        let empty = MessageCheck.check(.document(DocumentMessage()))
        #expect(!empty.maySend)
        #expect(empty.faults.contains(MessageFinding(.missing, "To")))
        #expect(empty.faults.contains(MessageFinding(.missing, "Subject")))
        #expect(empty.faults.contains(MessageFinding(.missing, "Attachment")))
        var letter = Letter.message("/tmp/a")
        #expect(MessageCheck.check(.document(letter)) == MessageCheck.Result())
        letter.header.subject = String(repeating: "ă", count: 501)
        letter.header.from.organID = "01.02.G22"
        let result = MessageCheck.check(.document(letter))
        #expect(result.maySend)
        #expect(result.warnings.map(\.code) == [.badIdentifier, .tooLong])
        letter.header.subject = "a\u{1}b"
        #expect(!MessageCheck.check(.document(letter)).maySend)
        #expect(throws: EdXMLError.unwritable("Subject")) { try Letter.written(.document(letter)) }
    }

    @Test("E4: JSON may leave out what the message does not say, and keeps what it says")
    func json() throws {
        let sparse = Data(#"{"document":{"header":{"subject":"a","other":{"priority":"1"}}}}"#.utf8)
        var expected = DocumentMessage()
        expected.header.subject = "a"
        expected.header.other = OtherParticulars()
        expected.header.other?.priority = "1"
        #expect(try JSONDecoder().decode(EdXMLMessage.self, from: sparse) == .document(expected))
        let full = EdXMLMessage.document(Letter.message("/tmp/a"))
        #expect(try JSONDecoder().decode(EdXMLMessage.self, from: try JSONEncoder().encode(full)) == full)
    }

    @Test("E3: recall, update and replacement carry what they are about")
    func business() throws {
        var letter = Letter.message("/tmp/a")
        letter.trace.business = Business()
        letter.trace.business?.type = "1"
        #expect(MessageCheck.check(.document(letter)).faults == [MessageFinding(.missing, "ResponseFor")])
        letter.header.responseFor = [ResponseFor(organID: "H36", code: "1/A", documentID: "x")]
        #expect(MessageCheck.check(.document(letter)).maySend)
        letter.trace.business?.type = "2"
        #expect(
            MessageCheck.check(.document(letter)).faults == [MessageFinding(.missing, "Bussiness/DocumentId")]
        )
        letter.trace.business?.type = "3"
        #expect(
            MessageCheck.check(.document(letter)).faults == [MessageFinding(.missing, "ReplacementInfoList")])
        letter.trace.business?.type = "9"
        #expect(
            MessageCheck.check(.document(letter)).faults == [
                MessageFinding(.unknownCode, "BussinessDocType 9")
            ])
    }

    @Test(
        "E5: a file that is gone or has changed its size stops the writing, and nothing stands in its place")
    func missing() throws {
        try withFolder { folder in
            let target = folder + "/goi.edxml"
            let gone = Letter.message(folder + "/khong-co")
            #expect(throws: EdXMLError.attachment(name: "Công văn 54.pdf", .missing)) {
                try MessageWriter.write(.document(gone), toFile: target)
            }
            var shorter = Letter.message(try put([1, 2, 3], "a", in: folder))
            shorter.attachments[0].size = 4
            #expect(throws: EdXMLError.attachment(name: "Công văn 54.pdf", .wrongLength)) {
                try MessageWriter.write(.document(shorter), toFile: target)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
        }
    }

    @Test("E4: identifiers are known in both forms and never corrected")
    func identifiers() {
        for code in ["000.00.00.H41", "000.00.15.H51", "002.00.20.H13"] {
            #expect(OrganIdentifier(code).form == .qcvn102)
        }
        for code in ["G09", "H01.151.02", "H37.DN.001", "H49.64.33"] {
            #expect(OrganIdentifier(code).form == .qd20)
        }
        for code in ["28.22.H17", "001.00.20.TT2", "vxp.saas.03", "", "H1", "H36."] {
            #expect(OrganIdentifier(code).form == nil, "\(code)")
        }
    }
}
