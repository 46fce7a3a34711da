// Word, Excel and OpenDocument files that act by themselves, each built as its program writes it; and plain ones that do not.

import Foundation
import Testing

@testable import OfficeFiles

@Suite struct OfficeActiveContentTests {
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let document = "<w:document xmlns:w=\"x\"><w:body/></w:document>"

    private func found(_ kind: FileKind, _ bytes: [UInt8]) throws -> [OfficeActiveContent] {
        let path = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(filePath: path))
        return try OfficeActiveContent.find(in: path, kind: kind)
    }

    private func word(
        _ body: String = OfficeActiveContentTests.document,
        relations: [(type: String, target: String, external: Bool)] = [],
        parts: [(String, [UInt8])] = []
    ) -> [UInt8] {
        var zip = StoredZip()
        zip.add("[Content_Types].xml", "<Types/>")
        zip.add("word/document.xml", body)
        let lines = relations.enumerated().map { index, relation in
            let mode = relation.external ? " TargetMode='External'" : ""
            return
                "<Relationship Id=\"r\(index)\" Type=\"\(Self.office)/\(relation.type)\" Target=\"\(relation.target)\"\(mode)/>"
        }
        zip.add("word/_rels/document.xml.rels", "<Relationships>\(lines.joined())</Relationships>")
        for (name, content) in parts { zip.add(name, content) }
        return zip.bytes
    }

    @Test(
        "D9: a plain Word file is quiet, with links, pictures, a template on the writer's disk and a chart's figures"
    )
    func quietWord() async throws {
        #expect(try found(.docx, wordFile(["Kính gửi: Sở Tư pháp", "DDE là một từ trong câu."])) == [])
        let bytes = word(
            relations: [
                ("hyperlink", "https://kiengiang.gov.vn", true), ("hyperlink", "mailto:a@b.vn", true),
                ("image", "media/image1.png", false),
                ("attachedTemplate", "file:///C:/Users/A/Normal.dotm", true),
            ],
            parts: [
                (
                    "word/charts/_rels/chart1.xml.rels",
                    Array(
                        "<Relationships><Relationship Id='r1' Type='\(Self.office)/package' Target='../embeddings/Sheet1.xlsx'/></Relationships>"
                            .utf8)
                ),
                ("word/embeddings/Sheet1.xlsx", [1]),
            ])
        #expect(try found(.docx, bytes) == [])
    }

    @Test(
        "D9: macros, objects, controls, outside content, DDE and templates of other machines are found in Word"
    )
    func activeWord() async throws {
        #expect(try found(.docx, word(parts: [("word/vbaProject.bin", [1])])) == [.macros])
        #expect(try found(.docx, word(relations: [("vbaProject", "khac.bin", false)])) == [.macros])
        #expect(
            try found(.docx, word(parts: [("word/embeddings/oleObject1.bin", [1])])) == [
                .embeddedObject
            ])
        #expect(try found(.docx, word(parts: [("word/embeddings/bang.docm", [1])])) == [.embeddedFile])
        #expect(try found(.docx, word(parts: [("word/embeddings/la.xlsx", [1])])) == [.embeddedFile])
        #expect(
            try found(.docx, word(parts: [("word/activeX/activeX1.xml", Array("<ax/>".utf8))])) == [.activeX])
        #expect(
            try found(.docx, word(relations: [("image", "http://a.vn/anh.png", true)])) == [
                .externalContent
            ])
        #expect(
            try found(.docx, word(relations: [("hyperlink", "file://may-khac/a.exe", true)])) == [
                .externalContent
            ])
        #expect(
            try found(.docx, word(relations: [("attachedTemplate", "http://a.vn/m.dotm", true)])) == [
                .remoteTemplate
            ])
        #expect(
            try found(.docx, word(relations: [("attachedTemplate", "\\\\may-khac\\m.dotm", true)])) == [
                .remoteTemplate
            ])
        #expect(try found(.docx, word(relations: [("aFChunk", "x.html", false)])) == [.embeddedFile])
        let split =
            "<w:document><w:instrText>DD</w:instrText><w:t>a</w:t><w:instrText xml:space='preserve'>EAUTO c:\\\\cmd</w:instrText></w:document>"
        #expect(try found(.docx, word(split)) == [.dataExchange])
        #expect(
            try found(.docx, word("<w:document><w:fldSimple w:instr='DDE excel'/></w:document>")) == [
                .dataExchange
            ])
    }

    @Test("D9: parts written in UTF-16 hide nothing")
    func utf16() async throws {
        let wide = "<w:document><w:instrText>DDEAUTO c</w:instrText></w:document>".utf16.flatMap {
            [UInt8($0 & 255), UInt8($0 >> 8)]
        }
        #expect(
            try found(.docx, word(parts: [("word/footnotes.xml", [0xFF, 0xFE] + wide)])) == [
                .dataExchange
            ])
    }

    @Test("D9: macro sheets and links to other workbooks are found in Excel")
    func excel() async throws {
        func book(_ name: String, _ text: String) -> [UInt8] {
            var zip = StoredZip()
            zip.add("[Content_Types].xml", "<Types/>")
            zip.add("xl/workbook.xml", "<workbook/>")
            zip.add(name, text)
            return zip.bytes
        }
        #expect(try found(.xlsx, book("xl/worksheets/sheet1.xml", "<worksheet/>")) == [])
        #expect(try found(.xlsx, book("xl/macrosheets/sheet1.xml", "<x/>")) == [.macros])
        #expect(
            try found(.xlsx, book("xl/externalLinks/externalLink1.xml", "<externalLink/>")) == [
                .externalContent
            ])
        #expect(
            try found(
                .xlsx,
                book(
                    "xl/externalLinks/externalLink1.xml",
                    "<externalLink><ddeLink ddeService='cmd'/></externalLink>"))
                == [.externalContent, .dataExchange])
    }

    @Test("D9: scripts, objects, DDE and outside content are found in OpenDocument")
    func openDocument() async throws {
        func text(_ content: String, parts: [String] = []) -> [UInt8] {
            var zip = StoredZip()
            zip.add("mimetype", "application/vnd.oasis.opendocument.text")
            zip.add("content.xml", content)
            for part in parts { zip.add(part, "<x/>") }
            return zip.bytes
        }
        #expect(
            try found(
                .odt,
                text(
                    "<office:body><text:a xlink:href='https://a.vn'/><draw:image xlink:href='Pictures/1.png'/></office:body>"
                )) == [])
        #expect(try found(.odt, text("<x/>", parts: ["Object 1/content.xml"])) == [])
        #expect(try found(.odt, text("<x/>", parts: ["Basic/Standard/script-lb.xml"])) == [.macros])
        #expect(
            try found(.odt, text("<script:event-listener script:event-name='dom:load'/>")) == [.macros])
        #expect(try found(.odt, text("<x/>", parts: ["Object 1"])) == [.embeddedObject])
        #expect(
            try found(.odt, text("<text:dde-connection-decl office:dde-application='cmd'/>")) == [
                .dataExchange
            ])
        #expect(
            try found(.odt, text("<draw:image xlink:href='http://a.vn/1.png'/>")) == [.externalContent])
        #expect(
            try found(.odt, text("<text:section-source xlink:href='../khac.odt'/>")) == [
                .externalContent
            ])
    }

    @Test(
        "D9: macros and objects are found in the old compound file, and a damaged one is not called harmless")
    func compound() async throws {
        #expect(try found(.doc, OldCompound(["WordDocument", "1Table"]).bytes) == [])
        #expect(try found(.doc, OldCompound(["WordDocument", "Macros"]).bytes) == [.macros])
        #expect(try found(.xls, OldCompound(["Workbook", "_VBA_PROJECT_CUR"]).bytes) == [.macros])
        #expect(try found(.xls, OldCompound(["Workbook", "MBD0001"]).bytes) == [.embeddedObject])
        #expect(
            try found(.doc, OldCompound(["WordDocument", "\u{3}ObjInfo"]).bytes) == [.embeddedObject])
        #expect(
            try found(.doc, OldCompound(["WordDocument"]).bytes + Array("DDEAUTO c:\\cmd".utf8)) == [
                .dataExchange
            ])
        // A sheet of type 1 in the list of sheets.
        let sheets: [UInt8] = [
            0x09, 8, 2, 0, 0, 6, 0x85, 0, 10, 0, 0, 0, 0, 0, 0, 1, 2, 0, 65, 66, 0x0A, 0, 0, 0,
        ]
        #expect(try found(.xls, OldCompound(["Workbook"], stream: sheets).bytes) == [.macros])
        var plain = sheets
        plain[15] = 0
        #expect(try found(.xls, OldCompound(["Workbook"], stream: plain).bytes) == [])
        #expect(throws: OfficeFileError.self) {
            try found(.doc, Array(OldCompound(["WordDocument"]).bytes.prefix(700)))
        }
    }

    @Test("D9: a container that unpacks to more than any letter holds is not called harmless")
    func notAContainer() async throws {
        #expect(throws: OfficeFileError.self) { try found(.docx, Array("PK nothing".utf8)) }
    }
}

/// The smallest compound file: one table sector, one directory of at most four entries, the first stream in 4 KiB.
private struct OldCompound {
    let bytes: [UInt8]

    init(_ names: [String], stream: [UInt8] = []) {
        func number(_ value: Int, _ width: Int) -> [UInt8] {
            (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        var header: [UInt8] =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        for value in [0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0] { header.append(contentsOf: number(value, 2)) }
        for value in [0, 1, 1, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0, 0] {
            header.append(contentsOf: number(value, 4))
        }
        header.append(contentsOf: [UInt8](repeating: 0xFF, count: 108 * 4))
        // Sector 0: the table; 1: the directory; 2 to 9: the stream.
        var table: [UInt8] = number(0xFFFF_FFFD, 4) + number(0xFFFF_FFFE, 4)
        for sector in 3...9 { table += number(sector, 4) }
        table += number(0xFFFF_FFFE, 4)
        table += [UInt8](repeating: 0xFF, count: 512 - table.count)
        func entry(_ name: String, kind: UInt8, right: Int, child: Int, start: Int, size: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            for unit in name.utf16 { bytes.append(contentsOf: number(Int(unit), 2)) }
            bytes.append(contentsOf: [0, 0] as [UInt8])
            let length = bytes.count
            bytes.append(contentsOf: [UInt8](repeating: 0, count: 64 - length))
            bytes.append(contentsOf: number(length, 2))
            bytes.append(contentsOf: [kind, 1])
            for link in [0xFFFF_FFFF, right, child] { bytes.append(contentsOf: number(link, 4)) }
            bytes.append(contentsOf: [UInt8](repeating: 0, count: 36))
            bytes.append(contentsOf: number(start, 4))
            bytes.append(contentsOf: number(size, 8))
            return bytes
        }
        var directory = entry(
            "Root Entry", kind: 5, right: 0xFFFF_FFFF, child: 1, start: 0xFFFF_FFFE, size: 0)
        for (index, name) in names.enumerated() {
            let next = index + 1 < names.count ? index + 2 : 0xFFFF_FFFF
            directory += entry(
                name, kind: 2, right: next, child: 0xFFFF_FFFF, start: index == 0 ? 2 : 0xFFFF_FFFE,
                size: index == 0 ? 4096 : 0)
        }
        directory += [UInt8](repeating: 0, count: 512 - directory.count)
        bytes = header + table + directory + stream + [UInt8](repeating: 0, count: 4096 - stream.count)
    }
}
