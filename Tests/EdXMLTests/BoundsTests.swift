import Foundation
import Testing

@testable import EdXML

/// How much of a stranger's message is kept, and what is believed of it.
struct BoundsTests {
    private func read(_ text: String) throws -> MessageReader.Received {
        try withFolder { try Raw.read(text, in: $0) }
    }

    @Test("E5: attributes count with their names, and only those that anybody asks for are kept")
    func attributes() throws {
        let many = (0..<2_000).map { " a\($0)=\"\"" }.joined()
        let header = String(repeating: "<a\(many)/>", count: 2_000)
        #expect(throws: EdXMLError.overLimit("text")) { try read(Raw.message(header: header)) }
        var scanner = try XMLScanner(
            BytesInMemory(Array("<a b='1' xmlns='2' xlink:href='3' xmlns:c='4'/>".utf8)), limits: .default)
        guard case .start(let start)? = try scanner.next() else { throw EdXMLError.notEdXML }
        #expect(start.attributes == ["xmlns": "2", "xlink:href": "3"])
        #expect(start.size == 44)
    }

    @Test("E5: ten thousand recipients fit, with twice as much to say of them as the standard has room for")
    func recipients() throws {
        let name = String(repeating: "Ủy ban nhân dân ", count: 25)
        let to =
            "<edXML:To xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"><edXML:OrganId>H36.12</edXML:OrganId>"
            + "<edXML:OrganName>\(name)</edXML:OrganName><edXML:OrganAdd>Rạch Giá</edXML:OrganAdd></edXML:To>"
        let (letter, _) = try withFolder {
            try Raw.letter(Raw.message(header: String(repeating: to, count: 10_000)), in: $0)
        }
        #expect(letter.header.to.count == 10_000)
    }

    @Test("E5: comments, instructions and sections that nobody needs end in a refusal")
    func asides() throws {
        for aside in ["<?x?>", "<!---->", "<![CDATA[]]>"] {
            #expect(throws: EdXMLError.overLimit("comments and instructions")) {
                try read(Raw.message(header: String(repeating: aside, count: 100_001)))
            }
        }
    }

    @Test("E5: findings are as many and as long as somebody may read")
    func findings() throws {
        let long = String(repeating: "x", count: 1_000)
        let unknown = String(repeating: "<\(long)>1</\(long)>", count: 3_000)
        let found = try read(Raw.message(header: unknown)).findings
        #expect(found.count == MessageFinding.most)
        #expect(found.allSatisfy { ($0.detail ?? "").count <= MessageFinding.longestDetail })
    }

    @Test("B7: an attachment without a byte in it is missing")
    func empty() throws {
        try withFolder { folder in
            let (letter, findings) = try Raw.letter(Raw.message(name: "a.pdf", ""), in: folder)
            #expect(letter.attachments.map(\.file) == [nil])
            #expect(letter.attachments.map(\.fault) == [nil])
            #expect(findings == [MessageFinding(.attachmentMissing, "a.pdf")])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("E5: a name of one letter with more marks than there is room for still is a name")
    func marks() {
        for ending in ["", ".pdf"] {
            let safe = SafeName.of("a" + String(repeating: "\u{301}", count: 300) + ending) ?? ""
            #expect(safe.hasPrefix("a\u{301}") || safe.unicodeScalars.first == "a")
            #expect(safe.hasSuffix(ending) && safe.utf8.count <= SafeName.most)
            #expect(safe.utf8.count > SafeName.most - 4)
        }
    }

    @Test("E4: UTF-16 written over bytes that are UTF-8 is not believed")
    func encoding() throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-16\"?>"
            + Raw.message(header: "<Subject>Sở Tư pháp</Subject>")
        try withFolder { folder in
            let (letter, findings) = try Raw.letter(text, in: folder)
            #expect(letter.header.subject == "Sở Tư pháp")
            #expect(findings.isEmpty)
        }
    }

    @Test("E4: of a day with a time behind it the day is taken")
    func days() {
        for text in [
            "2026-05-12T00:00:00", "2026/05/12 07:30:00", "2026-05-12T00:00:00.000+07:00",
            "12/05/2026 00:00",
        ] {
            #expect(MessageDate(text)?.text == "2026/05/12", "\(text)")
        }
        for text in ["2026-05-12T", "2026-05-12 hôm qua", "T00:00", "2026-05-12 7"] {
            #expect(MessageDate(text) == nil, "\(text)")
        }
    }
}
