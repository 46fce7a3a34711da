// The smallest ZIP writer that readers accept: parts stored plainly, one after another, and the directory. With it a
// test makes a Word file that says exactly what the test wants.

import Foundation

struct StoredZip {
    private var parts: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ content: [UInt8]) {
        let sums = number(Self.checksum(content), 4) + number(content.count, 4) + number(content.count, 4)
        let tail = number(name.utf8.count, 2) + number(0, 2)
        let middle =
            number(20, 2) + number(0x800, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) + sums + tail
        directory += [0x50, 0x4B, 1, 2] + number(20, 2) + middle + number(0, 2) + number(0, 2) + number(0, 2)
        directory += number(0, 4) + number(parts.count, 4) + Array(name.utf8)
        parts += [0x50, 0x4B, 3, 4] + middle + Array(name.utf8) + content
        count += 1
    }

    mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    var bytes: [UInt8] {
        parts + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + number(count, 2) + number(count, 2)
            + number(directory.count, 4) + number(parts.count, 4) + number(0, 2)
    }

    private func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> Int {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return Int(sum ^ 0xFFFF_FFFF)
    }
}

/// A Word file of plain paragraphs in Times New Roman.
func wordFile(_ paragraphs: [String], body extra: String = "", links: [(id: String, target: String)] = [])
    -> [UInt8]
{
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    let lines = paragraphs.map { text in
        """
        <w:p><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>\
        <w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">\(text)</w:t></w:r></w:p>
        """
    }
    let relations = links.map {
        "<Relationship Id=\"\($0.id)\" Type=\"\(office)/image\" Target=\"\($0.target)\" TargetMode=\"External\"/>"
    }
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    var zip = StoredZip()
    zip.add(
        "[Content_Types].xml",
        """
        \(head)<Types xmlns="\(package)/content-types"><Default Extension="rels" \
        ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
        ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType=\
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
        """)
    zip.add(
        "_rels/.rels",
        """
        \(head)<Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" \
        Type="\(office)/officeDocument" Target="word/document.xml"/></Relationships>
        """)
    zip.add(
        "word/_rels/document.xml.rels",
        "\(head)<Relationships xmlns=\"\(package)/relationships\">\(relations.joined())</Relationships>")
    zip.add(
        "word/document.xml",
        """
        \(head)<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
        xmlns:r="\(office)" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
        xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">\
        <w:body>\(lines.joined())\(extra)</w:body></w:document>
        """)
    return zip.bytes
}

/// A picture in the page that lies elsewhere.
func linkedPicture(_ id: String) -> String {
    """
    <w:p><w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1800000"/><wp:docPr id="1" name="x"/><a:graphic>\
    <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>\
    <pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="\(id)"/>\
    <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>\
    <a:ext cx="1800000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>\
    </a:graphic></wp:inline></w:drawing></w:r></w:p>
    """
}

/// A file that lives as long as the test holds it.
final class ScratchFile {
    let path: String

    init(_ bytes: [UInt8], name: String = "file") throws {
        path = NSTemporaryDirectory() + UUID().uuidString + "-" + name
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
