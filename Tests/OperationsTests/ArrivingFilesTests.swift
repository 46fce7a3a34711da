import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Tệp của văn bản đến từ hệ thống khác: their names, their order, and who may not have them; on both databases.
struct ArrivingFilesTests {
    @Test(
        "B7: every file has a name of its own that keeps its ending, and the letter is the first PDF wherever it stood",
        arguments: DatabaseKind.available)
    func namesAndOrder(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var message = try outside.document(
                .new, files: ["Dự thảo", "Bảng số liệu", OutsideOffice.letter])
            let long = String(repeating: "phu-luc-", count: 28) + ".txt"
            message.attachments[0].name = long
            message.attachments[1].name = "thu.pdf"
            message.attachments[2].name = "thu.pdf"
            try await outside.send(message)
            let files = try await outside.view(try #require(try await outside.receipts().first).id).card.files
            #expect(files.map(\.ordinal) == [1, 2, 3])
            #expect(files[0].kind == .main)
            #expect(files[0].file.hash == (try outside.hash(of: OutsideOffice.letter).hex))
            #expect(files.filter { $0.kind == .main }.count == 1)
            let names = files.map(\.file.name)
            #expect(Set(names).count == 3)
            #expect(names.allSatisfy { $0.count <= 200 })
            #expect(names[0] == "thu (2).pdf" && names[2] == "thu.pdf")
            #expect(names[1].hasPrefix("phu-luc-phu-luc-") && names[1].hasSuffix(".txt"))
            try await outside.world.expectClean()
        }
    }

    @Test(
        "B7: a file in which a virus was found is for nobody, by whatever door and under whatever name",
        arguments: DatabaseKind.available)
    func infected(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            var message = try outside.document(.new, files: [OutsideOffice.letter, "Phụ lục"])
            message.attachments[0].name = "thu.pdf"
            message.attachments[1].name = "thu.pdf"
            try await outside.send(message)
            let receipt = try #require(try await outside.receipts().first)
            let files = try await outside.view(receipt.id).card.files
            try await world.office.database.write { connection in
                try Tables(connection).receipts.setFindings(
                    [.infected(file: files[1].file.name, virus: "Eicar-Test")], of: receipt.id)
            }
            let clerk = try await world.position("vt.tuphap")
            let reading = DocumentReading(office: world.office)
            #expect(try await reading.file(1, of: receipt.document, as: clerk).hash == files[0].file.hash)
            await #expect(throws: Refused(.arrivalInfected("Eicar-Test"))) {
                try await reading.file(2, of: receipt.document, as: clerk)
            }
            _ = try await world.refuse(receipt.id, "Tệp có mã độc.", as: "vt.tuphap")
            await #expect(throws: Refused.self) {
                try await reading.file(2, of: receipt.document, as: clerk)
            }
            // Another agency learns nothing of it.
            let other = try await world.position("vt.noivu")
            await #expect(throws: Refused(.notFound)) {
                try await reading.file(2, of: receipt.document, as: other)
            }
        }
    }

    @Test(
        "E3, E5: a correction whose recipients are nobody here stands before a person; whoever is unknown besides is told back (02)",
        arguments: DatabaseKind.available)
    func forNobody(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var message = try InboundUpdateTests.correction(outside)
            message.header.to = [Organization(organID: "H31.12.99", name: "Phòng không có ở đây")]
            try await outside.send(message)
            let failed = try #require(try await outside.inbound().first)
            #expect(failed.state == .failed)
            #expect(failed.error == "Gói tin không gửi cho cơ quan nào của hệ thống này.")
            #expect(failed.subject == "báo cáo số liệu quý I, đã sửa")
            #expect(try await outside.receipts().isEmpty)

            message.header.to.append(
                Organization(organID: OutsideOffice.codes["phong-tu-phap"], name: "Phòng Tư pháp"))
            message.header.documentID = "\(outside.code),2026/05/11,13/SXD"
            message.header.code = DocumentCode(number: "13", notation: "SXD")
            message.trace.business?.documentID = message.header.documentID
            let file = try OutsideOffice.attachment(OutsideOffice.other, 0)
            message.attachments = [file]
            try await outside.send(message)
            let people = ExchangePeople(office: outside.world.office)
            for _ in 0..<4 {
                try await people.letTimePass()
                try await outside.work()
            }
            #expect(try await outside.receipts().count == 1)
            #expect(outside.link.codes.sorted() == ["01", "02"])
            #expect(outside.link.words.contains { $0.contains("H31.12.99") })
            try await outside.world.expectClean()
        }
    }

    @Test(
        "B2: the list of those that wait goes on from any of them, the urgent first",
        arguments: DatabaseKind.available)
    func waitingList(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            for (number, urgency) in [Urgency.normal, .flash, .normal, .urgent, .flash].enumerated() {
                _ = try await world.issueDirectly(
                    from: "vt.noivu", to: ["phong-tu-phap"], abstract: "văn bản \(number)", urgency: urgency)
            }
            try await world.carry()
            let all = try await world.waiting(at: "phong-tu-phap"),
                agency = try await world.agency("phong-tu-phap").id
            #expect(all.map(\.urgency) == [.flash, .flash, .urgent, .normal, .normal])
            var walked: [ID<Receipt>] = [], after: ReceiptKey?
            while let row = try await world.office.read({ [after] in
                try $0.receiptLists.waiting(of: agency, after: after, limit: 1).first
            }) {
                walked.append(row.receipt.id)
                after = try #require(ReceiptKey(row.key.text))
                #expect(after == row.key)
            }
            #expect(walked == all.map(\.receipt.id))
            for wrong in ["", "1", "9_1_x", "1_1", "x_1_\(walked[0])"] { #expect(ReceiptKey(wrong) == nil) }
        }
    }
}
