// Active content hidden from whoever looks for it, each by something that an office program reads all the same (D9).

import Foundation
import Testing

@testable import OfficeFiles

struct HiddenContentTests {
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let types =
        "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"

    private func found(_ parts: [(String, [UInt8])], as expected: FileKind = .docx) throws
        -> [OfficeActiveContent]
    {
        var zip = StoredZip()
        for (name, content) in parts { zip.add(name, content) }
        let file = try ScratchFile(zip.bytes)
        let kind = try FileKind.detect(path: file.path).kind
        #expect(kind == expected)
        return try OfficeActiveContent.find(in: file.path, kind: kind)
    }

    private func word(
        _ relations: String, document: String = "<w:document/>",
        named name: String = "word/_rels/settings.xml.rels"
    ) throws -> [OfficeActiveContent] {
        try found([
            ("[Content_Types].xml", Array(Self.types.utf8)), ("word/document.xml", Array(document.utf8)),
            (name, Array("<Relationships>\(relations)</Relationships>".utf8)),
        ])
    }

    private func template(_ rest: String) -> String {
        "<Relationship Id='r1' Type='\(Self.office)/attachedTemplate' \(rest)/>"
    }

    @Test(
        "D9: a template of another machine is seen through quotes, references, prefixes, comments and the case of names"
    )
    func template() throws {
        for line in [
            "<Relationship Id='r1' Target=\"http://a.vn/t.dotm?a>b\" Type=\"\(Self.office)/attachedTemplate\" TargetMode=\"External\"/>",
            template("Target='http://a.vn/t.dotm' TargetMode='&#69;xternal'"),
            template("Target='http://a.vn/t.dotm' TargetMode='&#x00045;xternal'"),
            template("Target='&#104;ttp&#58;//a.vn/t.dotm' TargetMode='External'"),
            template("Target='http://a.vn/t.dotm' x:TargetMode='Internal' TargetMode='External'"),
            template("Target='http://a.vn/t.dotm' Note='TargetMode=\"Internal\"' TargetMode = \n'External'"),
            template("Target=' http://a.vn/t.dotm ' TargetMode=' External '"),
            template("Target='http://a.vn/t.dotm' TargetMode='External'").replacing(
                "<Rel", with: "<p:Rel"),
            template("Target='http://a.vn/t.dotm' TargetMode='External'")
                .replacing("attachedTemplate", with: "attached&#84;emplate"),
            "<!-- \" --><?x \" ?>" + template("Target='http://a.vn/t.dotm' TargetMode='External'"),
            template("Target='http://a.vn/t.dotm'"),
        ] {
            #expect(try word(line) == [.remoteTemplate], "\(line)")
        }
        let plain = template("Target='http://a.vn/t.dotm' TargetMode='External'")
        #expect(try word(plain, named: "WORD/_RELS/Settings.XML.Rels") == [.remoteTemplate])
        #expect(try word(plain, named: "word\\_rels\\settings.xml.rels") == [.remoteTemplate])
        #expect(try word("<!-- \(plain) -->") == [])
    }

    @Test("D9: a part in UTF-16 is read as such, with letters whose bytes look like quotes and brackets")
    func wide() throws {
        let line =
            "<Relationships><Relationship Target='http://a.vn/\u{2222}\u{3C3E}\u{263E}' Type='\(Self.office)/attachedTemplate' TargetMode='External'/></Relationships>"
        for isLittle in [true, false] {
            let bytes: [UInt8] = ("\u{FEFF}" + line).utf16.flatMap { unit in
                isLittle
                    ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
            }
            #expect(
                try found([
                    ("[Content_Types].xml", Array(Self.types.utf8)),
                    ("word/document.xml", Array("<w:document/>".utf8)),
                    ("word/_rels/settings.xml.rels", bytes),
                ]) == [.remoteTemplate])
        }
    }

    @Test(
        "D9: fields are seen through references, CDATA, comments and other prefixes; links a reader presses are not"
    )
    func fields() throws {
        for text in [
            "<x:instrText>&#68;DEAUTO c</x:instrText>", "<w:instrText><![CDATA[DDE]]>AUTO c</w:instrText>",
            "<w:instrText>DD<!-- -->EAUTO c</w:instrText>", "<w:instrText a='>'>DDEAUTO c</w:instrText>",
            "<w:instrText>DD</w:instrText><w:instrText>EAUTO c</w:instrText>",
            "<w:fldSimple y:instr='no' w:instr='&#x44;DE c'/>",
        ] {
            #expect(try word("", document: "<w:document>\(text)</w:document>") == [.dataExchange], "\(text)")
        }
        let picture =
            "<w:fldChar w:fldCharType='begin'/><w:instrText> INCLUDEPICTURE \"http://a.vn/1.png\" \\d</w:instrText>"
        #expect(try word("", document: "<w:document>\(picture)</w:document>") == [.externalContent])
        let link =
            "<w:fldChar w:fldCharType='begin'/><w:instrText> HYPERLINK \"https://a.vn/import?link\"</w:instrText>"
        #expect(try word("", document: "<w:document>\(link)<w:t>DDE là một từ</w:t></w:document>") == [])
    }

    @Test("D9: every way to something outside is one, but for what a reader presses")
    func outside() throws {
        for type in ["frame", "oleObject", "subDocument", "image", "mailMergeSource"] {
            let line =
                "<Relationship Type='\(Self.office)/\(type)' Target='http://a.vn/x' TargetMode='External'/>"
            #expect(try word(line).contains(.externalContent), "\(type)")
        }
        for (target, expected) in [
            ("https://a.vn/?a=1&amp;b=2", []), ("mailto:a@b.vn", []), ("#muc-1", []), ("phu-luc.docx", []),
            ("file://may-khac/a.exe", [.externalContent]), ("\\\\may-khac\\a.exe", [.externalContent]),
        ] as [(String, [OfficeActiveContent])] {
            let line =
                "<Relationship Type='\(Self.office)/hyperlink' Target='\(target)' TargetMode='External'/>"
            #expect(try word(line) == expected, "\(target)")
        }
        #expect(
            try word("<Relationship Type='\(Self.office)/package' Target='../khac/bang.docm'/>") == [
                .embeddedFile
            ])
    }

    @Test("D9: a workbook that asks a database or the web, and macros under names of their own, are found")
    func workbook() throws {
        func book(_ parts: [(String, String)], types: String = "<Types/>") throws -> [OfficeActiveContent] {
            try found(
                [("[content_types].XML", Array(types.utf8)), ("XL/Workbook.xml", Array("<workbook/>".utf8))]
                    + parts.map { ($0.0, Array($0.1.utf8)) }, as: .xlsx)
        }
        #expect(try book([("xl/worksheets/sheet1.xml", "<worksheet/>")]) == [])
        #expect(try book([("XL/Connections.xml", "<connections/>")]) == [.externalContent])
        let relation = "<Relationship Type='\(Self.office)/connections' Target='/a/b.xml'/>"
        #expect(
            try book([("xl/_rels/workbook.xml.rels", "<Relationships>\(relation)</Relationships>")]) == [
                .externalContent
            ])
        let types =
            "<Types><Override PartName='/xl/workbook.xml' ContentType='application/vnd.ms-excel.sheet.macro&#69;nabled.main+xml'/></Types>"
        #expect(try book([], types: types) == [.macros])
        #expect(try book([("XL/VBAPROJECT.BIN", "x")]) == [.macros])
    }

    @Test(
        "D9: a container that calls itself neither Word nor Excel is looked through when it may be opened as one"
    )
    func others() throws {
        let line =
            "<Relationships>\(template("Target='http://a.vn/t' TargetMode='External'"))</Relationships>"
        #expect(
            try found(
                [
                    ("[Content_Types].xml", Array("<Types/>".utf8)), ("khac/a.xml", Array("<a/>".utf8)),
                    ("khac/_rels/a.xml.rels", Array(line.utf8)),
                ], as: .zip) == [.remoteTemplate])
        #expect(try found([("a.txt", Array("<a b>".utf8))], as: .zip) == [])
        let script =
            "<office:document-content xmlns:q='urn:oasis:names:tc:opendocument:xmlns:script:1.0'><q:module/></office:document-content>"
        #expect(
            try found(
                [
                    ("META-INF/manifest.xml", Array("<manifest/>".utf8)),
                    ("content.xml", Array(script.utf8)),
                ], as: .zip) == [.macros])
    }

    @Test("D9: what cannot be looked through as every office program reads it is never called harmless")
    func unclear() throws {
        for line in [
            "<!DOCTYPE r [<!ENTITY e 'External'>]><Relationship TargetMode='&e;'/>",
            "<Relationship TargetMode='&e;'/>", "<Relationship Target='a", "<Relationship Target='<'/>",
            "<!-- ", "<Relationship Target=a/>",
        ] {
            #expect(throws: OfficeFileError.self, "\(line)") { try word(line) }
        }
        let seven = "<?xml version='1.0' encoding='UTF-7'?>+ADw-w:document+AD4-"
        #expect(throws: OfficeFileError.self) { try word("", document: seven) }
        #expect(throws: OfficeFileError.self) { try word("", document: "bytes") }
        let twice: [(String, [UInt8])] = [
            ("[Content_Types].xml", Array(Self.types.utf8)), ("word/document.xml", Array("<a/>".utf8)),
            ("Word/Document.xml", Array("<b/>".utf8)),
        ]
        #expect(throws: OfficeFileError.self) { try found(twice) }
        var zip = StoredZip()
        for (name, content) in twice.dropLast() { zip.add(name, content) }
        // The same part, locked; under another name in front of it; something behind the end.
        let bytes = zip.bytes
        let directory = try #require(Data(bytes).range(of: Data([0x50, 0x4B, 1, 2]))?.lowerBound)
        for (place, value) in [(directory + 8, UInt8(1)), (30, 0x41), (bytes.count - 2, 9)] {
            var changed = bytes
            changed[place] = value
            let file = try ScratchFile(changed)
            #expect(throws: OfficeFileError.self) {
                try OfficeActiveContent.find(in: file.path, kind: .docx)
            }
        }
        let whole = try ScratchFile(bytes)
        #expect(try OfficeActiveContent.find(in: whole.path, kind: .docx) == [])
        let longer = try ScratchFile(bytes + bytes.prefix(60))
        #expect(throws: OfficeFileError.self) {
            try OfficeActiveContent.find(in: longer.path, kind: .docx)
        }
    }
}
