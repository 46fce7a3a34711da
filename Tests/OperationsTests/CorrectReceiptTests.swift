import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Sửa thông tin văn bản nhận qua thư điện tử, on both databases.
struct CorrectReceiptTests {
    @Test(
        "B6, E6: what is corrected is called so in the search and wherever the letter, or a request about it, waits",
        arguments: DatabaseKind.available)
    func everywhere(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let found = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            let now = world.office.clock.now
            // As if it had come to the mailbox, and its sender had asked for it back.
            try await world.office.database.write { connection in
                try connection.execute(
                    "UPDATE receipt SET channel = 'mail', message_key = 'mail:1' WHERE id = \(found.id)")
                try Tables(connection).outbox.insert([
                    Envelope(
                        id: ID(UUIDv7.make(at: now)), kind: .recall, from: found.sender, to: found.agency,
                        delivery: found.delivery, document: nil, request: ID(UUIDv7.make(at: now)),
                        status: .recallAsked, note: "Gửi nhầm.", at: now)
                ])
            }
            try await world.carry()
            #expect(try await Self.titles(world).count == 2)
            var facts = try #require(
                try await world.office.read { try $0.documents.particulars(of: found.document) })
            facts.abstract = "báo cáo công tác hòa giải"
            _ = try await world.runner.run(
                CorrectReceipt(receipt: found.id, facts: facts), as: try await world.actor("vt.tuphap"))
            #expect(try await Self.titles(world) == Array(repeating: facts.abstract, count: 2))
        }
    }

    @Test("B6: who is no clerk of the agency corrects nothing", arguments: DatabaseKind.available)
    func strangers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let found = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            let facts = try #require(
                try await world.office.read { try $0.documents.particulars(of: found.document) })
            let correct = CorrectReceipt(receipt: found.id, facts: facts)
            for (login, refusal) in [
                ("vt.noivu", Refusal.notFound), ("cv1.tuphap", .notForYourRole), ("vt.tuphap", .notYours),
            ] {
                await #expect(throws: Refused(refusal)) {
                    try await world.runner.run(correct, as: try await world.actor(login))
                }
            }
        }
    }

    /// Of what waits for the clerk of the Phòng Tư pháp.
    private static func titles(_ world: StoryWorld) async throws -> [String] {
        let clerk = try await world.position("vt.tuphap").id
        return try await world.office.read {
            try $0.desk.queue(of: clerk, kind: nil, limit: 9).filter { $0.kind != .issue }.map(\.title)
        }
    }
}
