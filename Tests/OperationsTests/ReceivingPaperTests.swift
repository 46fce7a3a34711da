import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Bản giấy kèm theo văn bản đến điện tử, on both databases.
struct ReceivingPaperTests {
    private static let basis = "Quyết định số 648/QĐ-UBND, Phụ lục II"

    @Test(
        "D7, D14: the card says by which rule paper comes; it is awaited until the clerk notes the day, once",
        arguments: DatabaseKind.available)
    func awaited(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.rule("Công văn,dien_tu_va_giay,,x", at: "phong-tu-phap")
            let receipt = try await world.receive()
            let clerk = try await world.position("vt.tuphap")
            let view = try await ReceiptReading(office: world.office).open(receipt, as: clerk)
            #expect(
                view.paper
                    == ExpectedPaper(
                        medium: .electronicAndPaper, ruleName: "Công văn", basis: Self.basis))
            let arrival = try await world.accept(receipt, as: "vt.tuphap", director: "tp.tuphap")
            #expect(try await world.awaiting(clerk) == [arrival.number])
            let before = try await world.office.read { try $0.arrivalPapers.find(arrival.id) }
            #expect(before?.cameOn == nil && before?.expected.basis == Self.basis)
            let today = world.office.clock.now.officeDate
            for (day, refusal) in [
                (today.adding(days: 1), Refusal.dateInFuture(.paperCameOn)),
                (today.adding(days: -1), .malformed(.paperCameOn)),
            ] {
                await #expect(throws: Refused(refusal)) {
                    try await world.runner.run(RecordPaper(arrival.id, on: day), as: .position(clerk))
                }
            }
            let long = String(repeating: "a", count: RecordPaper.differenceLimit + 1)
            await #expect(throws: Refused(.tooLong(.difference, limit: RecordPaper.differenceLimit))) {
                try await world.runner.run(
                    RecordPaper(arrival.id, on: today, difference: long), as: .position(clerk))
            }
            let difference = "Bản giấy thiếu Phụ lục 2."
            try await world.runner.run(
                RecordPaper(arrival.id, on: today, difference: difference), as: .position(clerk))
            let after = try await world.office.read { try $0.arrivalPapers.find(arrival.id) }
            #expect(after?.cameOn == today && after?.recordedBy == clerk.personName)
            #expect(after?.difference == difference)
            #expect(try await world.awaiting(clerk).isEmpty)
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(RecordPaper(arrival.id, on: today), as: .position(clerk))
            }
            let entry = try await world.office.read {
                try $0.journal.history(of: [arrival.id.uuid], in: clerk.agency).map(\.entry)
            }.last
            #expect(entry?.verb == .paperReceived && entry?.particulars["day"] == today.iso)
            #expect(entry?.particulars["reason"] == difference)
            try await world.expectClean()
        }
    }

    @Test(
        "A2: no officer, no head and no other agency's clerk notes that paper came",
        arguments: DatabaseKind.available)
    func whoMayNot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.rule("Công văn,giay,,x", at: "phong-tu-phap")
            let arrival = try await world.accept(
                try await world.receive(), as: "vt.tuphap", director: "tp.tuphap")
            let today = world.office.clock.now.officeDate
            for (login, refusal) in [
                ("tp.tuphap", Refusal.notForYourRole), ("cv1.tuphap", .notForYourRole),
                ("vt.noivu", .notFound),
            ] {
                let actor = try await world.actor(login)
                await #expect(throws: Refused(refusal), "\(login)") {
                    try await world.runner.run(RecordPaper(arrival.id, on: today), as: actor)
                }
            }
            let paper = try await world.office.read { try $0.arrivalPapers.find(arrival.id) }
            #expect(paper?.expected.medium == .paper && paper?.cameOn == nil)
        }
    }

    @Test(
        "D14: where no rule of receiving wants paper, and the sender sends none, nothing is awaited",
        arguments: DatabaseKind.available)
    func none(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            // A rule of sending says nothing of receiving, and another agency's rule nothing here.
            try await world.rule("Công văn,dien_tu_va_giay,x,", at: "phong-tu-phap")
            try await world.rule("Công văn,dien_tu_va_giay,,x", at: "phong-noi-vu")
            let receipt = try await world.receive(), clerk = try await world.position("vt.tuphap")
            #expect(try await ReceiptReading(office: world.office).open(receipt, as: clerk).paper == nil)
            let arrival = try await world.accept(receipt, as: "vt.tuphap", director: "tp.tuphap")
            #expect(try await world.awaiting(clerk).isEmpty)
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(
                    RecordPaper(arrival.id, on: world.office.clock.now.officeDate), as: .position(clerk))
            }
        }
    }

    @Test(
        "D6: what the sender also posts on paper is announced to the recipient, within the installation too",
        arguments: DatabaseKind.available)
    func saidBySender(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.office.database.write { connection in
                let tables = Tables(connection)
                for delivery in try tables.deliveries.all(of: issuance.id) {
                    try tables.papers.insert([
                        PaperDispatch(
                            id: ID(UUID()), agency: delivery.agency, issuance: issuance.id,
                            delivery: delivery.id,
                            recipient: delivery.recipient)
                    ])
                }
            }
            try await world.carry()
            let row = try #require(try await world.waiting(at: "phong-tu-phap").first)
            let view = try await ReceiptReading(office: world.office).open(
                row.receipt.id, as: try await world.position("vt.tuphap"))
            #expect(view.findings.contains(.paperFollows))
            #expect(view.paper == .saidBySender)
        }
    }
}

extension StoryWorld {
    fileprivate func rule(_ line: String, at slug: String) async throws {
        let lines = try RuleCatalogue.read(
            Array("ten_loai,hinh_thuc,gui,nhan\n\(line)\n".utf8),
            basis: "Quyết định số 648/QĐ-UBND, Phụ lục II",
            from: OfficeDate("2019-04-26"))
        try await runner.run(
            ImportRules("thu", for: try await agency(slug).id, lines),
            as: .system(name: "Dòng lệnh", agency: nil))
    }

    /// A letter that waits at the Phòng Tư pháp.
    fileprivate func receive() async throws -> ID<Receipt> {
        _ = try await issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
        try await carry()
        return try #require(try await waiting(at: "phong-tu-phap").first).receipt.id
    }

    /// Numbers of the arrivals whose paper is awaited, and that the count agrees.
    fileprivate func awaiting(_ person: Position) async throws -> [Int] {
        try await office.read { tables in
            let rows = try tables.arrivalLists.page(
                for: person, state: nil, awaitingPaper: true, after: nil, limit: 9)
            #expect(try tables.arrivalLists.awaitingPaper(for: person) == rows.count)
            return rows.map(\.number)
        }
    }
}
