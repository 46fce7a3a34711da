import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Lời của người lạ: how much of what a message says gets into rows and pages; on both databases.
struct StrangersWordsTests {
    private func long(_ count: Int) -> String { String(repeating: "ấ", count: count) }

    @Test(
        "B7, E5: names and words of strangers are cut, and of very many answers only some are looked at",
        arguments: DatabaseKind.available)
    func cut(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var message = try outside.document(.new)
            message.header.from.name = long(5_000)
            // One letter, as many marks.
            message.header.type.name = "a" + String(repeating: "\u{323}", count: 5_000)
            message.header.responseFor = (0..<200).map { ResponseFor(code: long(900) + "\($0)") }
            try await outside.send(message)
            let receipt = try #require(try await outside.receipts().first)
            let view = try await outside.view(receipt.id)
            #expect(view.card.facts.issuingAgency == long(300))
            #expect(view.sender?.name == long(300))
            #expect(view.findings.count < 100)
            for finding in view.findings {
                switch finding {
                case .answers(let code): #expect(code == long(100))
                case .unknownType(let name): #expect(name.unicodeScalars.count <= 100)
                default: break
                }
            }
            #expect(view.findings.count { if case .answers = $0 { true } else { false } } == 50)
        }
    }

    @Test(
        "E5: what identifies is never shortened: a message that has too much of it stays for a person, with the reason",
        arguments: DatabaseKind.available)
    func refused(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var messages = [DocumentMessage](repeating: try outside.document(.new), count: 3)
            messages[0].header.documentID = long(256)
            messages[1].header.from.organID = long(101)
            messages[2].header.to = (0...10_000).map { Organization(organID: "H99.\($0)", name: "X") }
            for message in messages { try await outside.send(message) }
            #expect(try await outside.receipts().isEmpty)
            #expect(
                try await outside.inbound().map(\.error) == [
                    "Gói tin có mã văn bản (DocumentId) vượt giới hạn của hệ thống này.",
                    "Gói tin có mã định danh nơi gửi vượt giới hạn của hệ thống này.",
                    "Gói tin có số nơi nhận vượt giới hạn của hệ thống này.",
                ])
        }
    }

    @Test(
        "E3, E5: of very many whom nobody here is, each is told back, once, in more transactions than one",
        arguments: DatabaseKind.available)
    func manyUnknown(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let office = outside.world.office, people = ExchangePeople(office: office)
            let reader = InboundReader(office: office, life: WorkerLife(office))
            for kind in [Business.Kind.new, .update] {
                var message = try outside.document(kind)
                message.header.documentID = "\(outside.code),2026/05/11,\(kind.rawValue)"
                message.header.code = DocumentCode(number: "\(kind.rawValue)", notation: "SXD")
                message.trace.business?.documentID = message.header.documentID
                message.header.to += (0..<600).map { Organization(organID: "H99.\($0)", name: "X") }
                let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
                defer { try? FileManager.default.removeItem(atPath: path) }
                try MessageWriter.write(.document(message), toFile: path)
                try await Inbox(office: office, route: Route(.vanthu, "tho")).take(
                    UUID().uuidString, file: path)
                // A correction waits for its document first.
                for _ in 0..<4 {
                    _ = try await reader.readNext()
                    try await people.letTimePass()
                }
            }
            let told = try await office.database.read { connection in
                try connection.rows("SELECT count(*) FROM journal WHERE verb = 'recipientUnknown'") {
                    try $0[0] as Int
                }
            }
            #expect(try await outside.receipts().count == 2)
            #expect(told == [1_200])
        }
    }

    @Test(
        "B7, D9: an empty file is missing, and a file that nobody can look through is never silently clean",
        arguments: DatabaseKind.available)
    func files(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var message = try outside.document(.new, files: [OutsideOffice.letter, "", "x"])
            let path = try #require(message.attachments[2].file)
            // What should be XML is none.
            let bytes = Self.container(["[Content_Types].xml", "word/document.xml"], of: Array("chữ".utf8))
            try Data(bytes).write(to: URL(filePath: path))
            message.attachments[2].name = "phu-luc.docx"
            message.attachments[2].size = bytes.count
            try await outside.send(message)
            let view = try await outside.view(try #require(try await outside.receipts().first).id)
            #expect(view.card.files.map(\.file.name) == ["cong-van.pdf", "phu-luc.docx"])
            #expect(view.findings.contains(.missing(file: "phu-luc-1.pdf")))
            #expect(view.findings.contains(.notLookedThrough(file: "phu-luc.docx")))
            #expect(!view.findings.contains(.notLookedThrough(file: "cong-van.pdf")))
        }
    }

    /// A ZIP container of parts that lie there plainly (APPNOTE 4.3).
    private static func container(_ names: [String], of content: [UInt8]) -> [UInt8] {
        func number(_ value: Int, _ width: Int) -> [UInt8] {
            (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        var parts: [UInt8] = [], directory: [UInt8] = []
        for name in names {
            let size = number(content.count, 4)
            let middle: [UInt8] =
                [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + number(0, 4) + size + size + number(name.utf8.count, 2)
                + number(0, 2)
            directory += [0x50, 0x4B, 1, 2, 20, 0] + middle + number(0, 10) + number(parts.count, 4)
            directory += Array(name.utf8)
            parts += [0x50, 0x4B, 3, 4] + middle + Array(name.utf8) + content
        }
        let end = number(names.count, 2) + number(names.count, 2) + number(directory.count, 4)
        return parts + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + end + number(parts.count, 4)
            + number(0, 2)
    }
}
