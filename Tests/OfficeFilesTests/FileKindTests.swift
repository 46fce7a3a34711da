// What a file is by its content, also when it is cut, mangled or named otherwise.

import Foundation
import Testing

@testable import OfficeFiles

@Suite struct FileKindTests {
    @Test(.enabled(if: SharedDocuments.present))
    func `every shared document is what it is, whatever its name`() throws {
        for name in SharedDocuments.truth.keys {
            let found = try FileKind.detect(path: SharedDocuments.path(name))
            let expected: FileKind =
                name.hasPrefix("18-")
                ? .png : name.hasSuffix(".pdf") ? .pdf : name.hasSuffix(".xlsx") ? .xlsx : .docx
            #expect(found == FileKind.Finding(kind: expected, hasMacros: false), "\(name)")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: SharedDocuments.path(name)))
            #expect(FileKind.detect(bytes: Array(bytes)).kind == expected, "\(name)")
        }
    }

    @Test func `containers are told apart by what they hold`() {
        var macros = StoredZip()
        macros.add("[Content_Types].xml", "<Types/>")
        macros.add("word/document.xml", "<x/>")
        macros.add("word/vbaProject.bin", [1, 2, 3])
        #expect(FileKind.detect(bytes: macros.bytes) == FileKind.Finding(kind: .docx, hasMacros: true))
        var plain = StoredZip()
        plain.add("word/readme.txt", "x")
        #expect(FileKind.detect(bytes: plain.bytes).kind == .zip)
        var text = StoredZip()
        text.add("mimetype", "application/vnd.oasis.opendocument.text")
        text.add("content.xml", "<x/>")
        #expect(FileKind.detect(bytes: text.bytes).kind == .odt)
    }

    @Test func `the beginning of a file is enough where it tells`() {
        let whole = wordFile(["Kính gửi"])
        #expect(FileKind.detect(bytes: Array(whole.dropLast(300))).kind == .docx)
        #expect(FileKind.detect(bytes: Array("%PDF-1.7\n".utf8)).kind == .pdf)
        #expect(FileKind.detect(bytes: [0xFF, 0xD8, 0xFF, 0xE0]).kind == .jpeg)
        #expect(FileKind.detect(bytes: []).kind == .unknown)
        #expect(FileKind.detect(bytes: Array("MZ chương trình".utf8)).kind == .unknown)
    }

    @Test func `old files are told by the names in their directory`() {
        #expect(
            FileKind.detect(bytes: compoundFile(["WordDocument", "1Table"]))
                == .init(kind: .doc, hasMacros: false))
        #expect(
            FileKind.detect(bytes: compoundFile(["WordDocument", "Macros"]))
                == .init(kind: .doc, hasMacros: true))
        #expect(FileKind.detect(bytes: compoundFile(["Workbook"])).kind == .xls)
        #expect(FileKind.detect(bytes: compoundFile(["EncryptedPackage"])).kind == .lockedOffice)
        #expect(FileKind.detect(bytes: compoundFile(["Hwp"])).kind == .unknown)
    }

    @Test func `mangled containers are answered, not fallen over`() {
        var dice = SystemRandomNumberGenerator()
        for whole in [wordFile(["Kính gửi"]), compoundFile(["WordDocument", "1Table"])] {
            for length in stride(from: 0, to: whole.count, by: 13) {
                _ = FileKind.detect(bytes: Array(whole.prefix(length)))
            }
            for _ in 0..<2000 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...40, using: &dice) {
                    bytes[Int.random(in: 8..<bytes.count, using: &dice)] =
                        [0, 0xFF, 0x7F, 0x80, 1].randomElement() ?? 0
                }
                _ = FileKind.detect(bytes: bytes)
            }
        }
    }

    /// A header, one allocation sector, and one directory sector: the root and its children in a row.
    func compoundFile(_ names: [String]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 512 * 3)
        func put(_ value: Int, _ width: Int, at place: Int) {
            for index in 0..<width { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (index * 8)) }
        }
        for (index, byte) in [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].enumerated() {
            put(byte, 1, at: index)
        }
        put(9, 2, at: 30)
        put(1, 4, at: 48)
        for index in 0..<109 { put(index == 0 ? 0 : 0xFFFF_FFFF, 4, at: 76 + index * 4) }
        put(0xFFFF_FFFD, 4, at: 512)
        put(0xFFFF_FFFE, 4, at: 516)
        for (index, name) in (["Root Entry"] + names).enumerated() {
            let entry = 1024 + index * 128
            for (unit, value) in name.utf16.enumerated() { put(Int(value), 2, at: entry + unit * 2) }
            put(name.utf16.count * 2 + 2, 2, at: entry + 64)
            put(0xFFFF_FFFF, 4, at: entry + 68)
            put(index > 0 && index < names.count ? index + 1 : 0xFFFF_FFFF, 4, at: entry + 72)
            put(index == 0 ? 1 : 0xFFFF_FFFF, 4, at: entry + 76)
        }
        return bytes
    }
}
