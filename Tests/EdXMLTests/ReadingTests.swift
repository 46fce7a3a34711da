import Foundation
import Testing

@testable import EdXML

/// Messages as they should not be, and are.
struct ReadingTests {
    private func read(_ text: String, limits: MessageLimits = .default) throws -> MessageReader.Received {
        try read(Array(text.utf8), limits: limits)
    }

    private func read(_ bytes: [UInt8], limits: MessageLimits = .default) throws -> MessageReader.Received {
        try withFolder { try MessageReader.read(bytes, attachmentsInto: $0, limits: limits) }
    }

    private func status(_ inside: String, before: String = "<?xml version=\"1.0\"?>") -> String {
        "\(before)<edXML><e:edXMLEnvelope><e:edXMLHeader><e:MessageHeader>\(inside)<e:StatusCode>03</e:StatusCode>"
            + "</e:MessageHeader></e:edXMLHeader></e:edXMLEnvelope></edXML>"
    }

    private func letter(_ encoded: String, name: String = "a.pdf") -> String {
        """
        <edXML><edXMLEnvelope><edXMLHeader><MessageHeader><DocumentId>1</DocumentId></MessageHeader></edXMLHeader>
        <edXMLBody><edXMLManifest><Reference><ContentId>cid:7</ContentId><AttachmentName>\(name)</AttachmentName>
        </Reference></edXMLManifest></edXMLBody></edXMLEnvelope><AttachmentEncoded><Attachment>
        <ContentId>7</ContentId><ContentTransferEncoded>\(encoded)</ContentTransferEncoded></Attachment>
        </AttachmentEncoded></edXML>
        """
    }

    @Test("E4: byte order mark, stray characters and undeclared prefixes are stepped over and named")
    func oddities() throws {
        let marked = try read([0xEF, 0xBB, 0xBF] + status("").utf8)
        #expect(marked.findings.map(\.code) == [.byteOrderMark])
        let stray = try read(status("", before: "1212<?xml version=\"1.0\" encoding=\"utf-8\"?>"))
        #expect(stray.findings.map(\.code) == [.bytesBeforeDeclaration])
        let after = try read(status("") + "\n<!-- axis -->\nrest")
        #expect(after.findings.map(\.code) == [.bytesAfterEnd])
    }

    @Test("E4: references, CDATA and comments are read as XML means them")
    func text() throws {
        let received = try read(
            status("<Description>A &amp; B &#273;<!-- x --><![CDATA[<c>]]></Description>"))
        guard case .status(let status) = received.message else { throw EdXMLError.notEdXML }
        #expect(status.description == "A & B đ<c>")
    }

    @Test("E4: entities, document types and other encodings are refused before anything of them is read")
    func forbidden() throws {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        #expect(throws: EdXMLError.forbidden("DOCTYPE")) { try read(status("", before: bomb)) }
        #expect(throws: EdXMLError.forbidden("entity xxe")) {
            try read(status("<Description>&xxe;</Description>"))
        }
        #expect(throws: EdXMLError.forbidden("encoding windows-1258")) {
            try read(status("", before: "<?xml version=\"1.0\" encoding=\"windows-1258\"?>"))
        }
        #expect(throws: EdXMLError.forbidden("UTF-16")) { try read([0xFF, 0xFE, 0x3C, 0]) }
    }

    @Test("E4: what is not a message, or only the half of one, is refused with the place")
    func malformed() throws {
        #expect(throws: EdXMLError.notEdXML) { try read("<html></html>") }
        #expect(throws: EdXMLError.notEdXML) { try read("") }
        #expect(throws: EdXMLError.notEdXML) { try read("<edXML></edXML>") }
        let whole = status("<Description>x</Description>")
        for length in stride(from: 30, to: whole.utf8.count - 1, by: 7) {
            #expect(throws: EdXMLError.self) { try read(Array(whole.utf8.prefix(length))) }
        }
        #expect(throws: EdXMLError.malformed(line: 2, "</b>")) { try read("<edXML>\n<a></b></edXML>") }
    }

    @Test("E4: depth, number and size have limits")
    func limits() throws {
        let deep = String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)
        #expect(throws: EdXMLError.overLimit("nesting")) { try read("<edXML>\(deep)</edXML>") }
        var few = MessageLimits()
        few.elements = 50
        let wide = String(repeating: "<a/>", count: 100)
        #expect(throws: EdXMLError.overLimit("elements")) { try read("<edXML>\(wide)</edXML>", limits: few) }
        few.attachmentSize = 100
        few.elements = 100
        let long = String(repeating: "QUJD", count: 100)
        #expect(throws: EdXMLError.overLimit("attachments")) { try read(letter(long), limits: few) }
    }

    @Test("E4: base 64 is read with line breaks and cut anywhere")
    func base64() throws {
        let content = Array("Cộng hòa xã hội chủ nghĩa Việt Nam".utf8)
        for length in 0...content.count {
            let plain = Array(content[..<length])
            let encoded = Array(Data(plain).base64EncodedString().utf8)
            for size in 1...5 {
                var decoder = Base64Decoder()
                var output: [UInt8] = []
                for start in stride(from: 0, to: encoded.count, by: size) {
                    output += try decoder.decode(encoded[start..<min(start + size, encoded.count)])
                    output += try decoder.decode([0x0D, 0x0A])
                }
                try decoder.finish()
                #expect(output == plain)
            }
        }
    }

    @Test("B7: bytes that were mangled as text on the way are noticed")
    func destroyed() throws {
        let mangled = Array("%PDF-1.7\n".utf8) + (0..<20).flatMap { _ in [0xEF, 0xBF, 0xBD] as [UInt8] }
        let received = try read(letter(Data(mangled).base64EncodedString()))
        #expect(received.findings.map(\.code) == [.attachmentDestroyed])
    }

    @Test("E5: names with folders lose them, and files are put under names of ours")
    func names() throws {
        try withFolder { folder in
            let text = letter("QUJD", name: "../../etc/passwd")
            let received = try MessageReader.read(Array(text.utf8), attachmentsInto: folder)
            guard case .document(let message) = received.message else { throw EdXMLError.notEdXML }
            #expect(message.attachments.first?.name == "passwd")
            #expect(message.attachments.first?.file == folder + "/tep-1")
            #expect(received.findings.map(\.code) == [.attachmentNameChanged])
        }
    }
}
