import Foundation
import Testing

@testable import EdXML

/// What attackers and broken gateways send, and what the reader makes of it.
struct HostileTests {
    private func zip(_ content: [UInt8], name: String = "x.pdf") -> [UInt8] {
        let archive = SingleEntryArchive(name: name)
        return archive.start() + archive.add(content) + archive.finish()
    }

    private func message(_ count: Int, of bytes: [UInt8]) -> String {
        let encoded = Data(bytes).base64EncodedString()
        return Raw.message(
            references: (1...count).map { Raw.reference("cid:\($0)", "\($0).pdf") }.joined(),
            attachments: (1...count).map { Raw.attachment("cid:\($0)", "\($0).pdf", encoded) }.joined())
    }

    // MARK: Sizes

    @Test("E5: the limit of all attachments together holds for what they are unpacked, packed or not")
    func totalSize() throws {
        var limits = MessageLimits()
        limits.totalSize = 5 << 20
        let content = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: ($0 >> 6) &* 2_654_435_761 >> 9) }
        for sent in [content, zip(content)] {
            try withFolder { _ = try Raw.read(message(5, of: sent), in: $0, limits: limits) }
            #expect(throws: EdXMLError.overLimit("attachments")) {
                try withFolder { _ = try Raw.read(message(6, of: sent), in: $0, limits: limits) }
            }
        }
        #expect(zip(content).count < 100_000)
    }

    @Test("E5: beyond its first megabyte an archive may unpack to two hundred times its size, not to more")
    func inflation() throws {
        try withFolder { folder in
            let tiny = zip([UInt8](repeating: 0, count: 1 << 20))
            let (whole, _) = try Raw.letter(message(1, of: tiny), in: folder)
            #expect(whole.attachments.first?.size == 1 << 20)
            let bomb = zip([UInt8](repeating: 0, count: 40 << 20))
            let (letter, findings) = try Raw.letter(message(3, of: bomb), in: folder)
            #expect(letter.attachments.map(\.fault) == [.archiveBomb, .archiveBomb, .archiveBomb])
            #expect(findings.map(\.code) == [.attachmentDamaged, .attachmentDamaged, .attachmentDamaged])
        }
    }

    @Test("E5: nobody lists more files than a message may have")
    func manifest() throws {
        var limits = MessageLimits()
        limits.attachments = 20
        let many = (0..<21).map { Raw.reference("cid:\($0)", "a.pdf") }.joined()
        #expect(throws: EdXMLError.overLimit("attachments")) {
            try withFolder { try Raw.read(Raw.message(references: many), in: $0, limits: limits) }
        }
    }

    // MARK: Names

    @Test(
        "E5: a name of dots and blanks never leads out of a folder: the file gets a name of ours",
        arguments: [
            "..", ".", "...", "../../..", "../../.", "../../&#32;", "..\\..", "/", "../../&#160;",
            "../&#x3000;",
            ". .", "&#x202E;", "a/..",
        ])
    func dots(name: String) throws {
        try withFolder { folder in
            let (letter, findings) = try Raw.letter(Raw.message(name: name, "QUJD"), in: folder)
            #expect(letter.attachments.map(\.name) == ["tep-1"])
            #expect(findings.map(\.code) == [.attachmentNameChanged])
        }
    }

    @Test("E5: a long name is cut to what a file system takes, in bytes, and keeps its ending")
    func longNames() {
        for name in [
            String(repeating: "ắ", count: 200) + ".SIGNED.pdf", String(repeating: "a", count: 300) + ".docx",
            "a." + String(repeating: "ộ", count: 200), String(repeating: "👍", count: 100) + ".pdf",
        ] {
            let safe = SafeName.of(name) ?? ""
            #expect(safe.utf8.count <= SafeName.most && safe.utf8.count > SafeName.most - 40)
            #expect(name.hasPrefix(String(safe.prefix(5))))
            if !name.hasPrefix("a.") { #expect(safe.hasSuffix(String(name.suffix(4)))) }
        }
        let usual = "Báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội quý I năm 2026 (2).pdf"
        #expect(SafeName.of(usual) == usual)
        #expect(SafeName.of(".profile") == "profile")
        #expect(SafeName.of("a\u{202E}fdp.exe") == "afdp.exe")
    }

    // MARK: Characters

    @Test("E4: bytes that XML cannot hold are left out and named, wherever they stand")
    func controls() throws {
        try withFolder { folder in
            let text = Raw.message(
                references: Raw.reference("cid:1", "a\u{1}.pdf"),
                attachments: Raw.attachment("cid:1", nil, "QUJD"),
                header: "<Subject>\u{0}A\u{0}B\u{B}C\u{FFFE}\u{FFFF}</Subject><Content>\u{1F}</Content>")
            let (letter, findings) = try Raw.letter(text, in: folder)
            #expect(letter.header.subject == "ABC")
            #expect(letter.header.content == nil)
            #expect(letter.attachments.map(\.name) == ["a.pdf"])
            #expect(
                findings
                    == ["Subject", "Content", "AttachmentName"].map { MessageFinding(.badCharacters, $0) })
            let attribute =
                "<edXML xmlns=\"a\u{0}b\"><MessageHeader><a\u{0}>x</a\u{0}></MessageHeader></edXML>"
            #expect(throws: EdXMLError.self) { try Raw.read(attribute, in: folder) }
            let named = try Raw.letter(attribute.replacing("a\u{0}>", with: "a>"), in: folder).1
            #expect(
                named == [
                    MessageFinding(.badCharacters, "xmlns"), MessageFinding(.foreignNamespace, "ab"),
                    MessageFinding(.unknownElement, "MessageHeader/a"),
                ])
        }
    }

    @Test("E4: an & that begins no reference is named with its line, not as something too large")
    func ampersand() throws {
        for text in ["R&D", "R& D;", "&", "&;", "&" + String(repeating: "a", count: 100) + ";"] {
            #expect(throws: EdXMLError.malformed(line: 2, "&")) {
                try withFolder { try Raw.read("<edXML>\n<Subject>\(text)</Subject></edXML>", in: $0) }
            }
            #expect(throws: EdXMLError.malformed(line: 2, "&")) {
                try withFolder { try Raw.read("<edXML>\n<Subject a=\"\(text)\"/></edXML>", in: $0) }
            }
        }
    }

    @Test("E4: what stands within a text, or beside elements, and is not understood, is named")
    func markupInText() throws {
        try withFolder { folder in
            let (letter, findings) = try Raw.letter(
                Raw.message(
                    header: "<Subject><b>x</b>y</Subject><Code>z<CodeNumber>5</CodeNumber></Code>"
                        + "<ToPlaces><Place>a<i>b</i></Place><Other>c</Other></ToPlaces>"), in: folder)
            #expect(letter.header.subject == "y")
            #expect(letter.header.code.number == "5")
            #expect(letter.header.toPlaces == ["a"])
            #expect(
                findings
                    == ["Subject/b", "Code: z", "Place/i", "ToPlaces/Other"].map {
                        MessageFinding(.unknownElement, $0)
                    })
        }
    }

    // MARK: Pieces

    @Test("E4: base 64 in CDATA comes out in pieces as it comes in, and a comment is never held")
    func pieces() throws {
        let inside = Array(String(repeating: "QUJD", count: 20_000).utf8)
        for size in [1, 2, 3, 997, 4_096] {
            let text =
                Array("<a><!--".utf8) + inside + Array("--->".utf8) + Array("<![CDATA[".utf8) + inside
                + Array("]]]]>&lt;</a>".utf8)
            var scanner = try XMLScanner(DribblingFeed(text, size: size), limits: .default)
            var whole: [UInt8] = []
            var largest = 0
            while let event = try scanner.next() {
                guard case .text(let piece) = event else { continue }
                whole += piece
                largest = max(largest, piece.count)
            }
            #expect(whole == inside + Array("]]<".utf8))
            #expect(largest <= size + 12)
        }
    }

    @Test("E4: an attachment in CDATA, or cut up by comments, is the same file")
    func cdata() throws {
        let content = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let encoded = Data(content).base64EncodedString()
        let cut = encoded.index(encoded.startIndex, offsetBy: 1_001)
        for text in [
            "<![CDATA[\(encoded)]]>", "\(encoded[..<cut])<!-- ]]> -->\(encoded[cut...])",
            "<![CDATA[\(encoded[..<cut])]]>\n<![CDATA[\(encoded[cut...])]]>",
        ] {
            try withFolder { folder in
                let (letter, findings) = try Raw.letter(Raw.message(name: "a.bin", text), in: folder)
                #expect(try bytes(of: letter.attachments.first?.file) == content)
                #expect(findings.isEmpty)
            }
        }
        for end in ["<![CDATA[QUJD", "<!-- QUJD --", "<![CDATA[QUJD]]"] {
            #expect(throws: EdXMLError.malformed(line: 1, "cut off")) {
                try withFolder { try Raw.read("<edXML><a>" + end, in: $0) }
            }
        }
    }

    @Test("E4: however a message is cut into pieces on its way, it says the same")
    func anyCut() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let texts =
            [mark, mark + Array(" ".utf8), Array("12".utf8), Array("\n\n".utf8)].map {
                $0 + Array(OwnMessages.sdk(business: OwnMessages.update).utf8)
            } + [Array(OwnMessages.qcvnOrder.utf8), Array(OwnMessages.status("03").utf8)]
        for text in texts + (try Samples.all.map { [UInt8](try Data(contentsOf: $0)) }) {
            try withFolder { folder in
                let whole = try MessageReader.read(text, attachmentsInto: folder)
                for size in [1, 2, 7] {
                    let again = try MessageReader.read(
                        DribblingFeed(text, size: size), folder: folder, limits: .default)
                    #expect(again == whole)
                }
            }
        }
    }

    @Test("E4: what is no message at all is refused however it comes")
    func noMessage() {
        for text in [[], [0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0x3C], [0x20, 0x20]]
            as [[UInt8]]
        {
            #expect(throws: EdXMLError.self) {
                try withFolder { try MessageReader.read(DribblingFeed(text), folder: $0, limits: .default) }
            }
        }
    }
}
