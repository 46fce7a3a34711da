import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Gửi thêm nơi nhận: an issued document goes to somebody else as well, on record; on both databases.
struct AddRecipientsTests {
    private static let agencies: Set<String> = ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
    private static let reason = "Trưởng phòng chỉ đạo gửi UBND thành phố thay nơi đã từ chối."

    @Test(
        "D22, E3: in the place of one who refused it somebody else gets it, with number, medium and reason on record",
        arguments: DatabaseKind.available)
    func instead(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let refused = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            try await world.refuse(refused.id, "Không thuộc thẩm quyền.", as: "vt.tuphap")
            try await world.carry()
            let city = try await world.agency("ubnd-thanh-pho")
            let outcome = try await world.add([city.id], to: issuance, Self.reason, as: "vt.noivu")
            #expect(outcome.sent == 1 && outcome.onPaper == 0)
            try await world.carry()
            let receipt = try #require(try await world.waiting(at: "ubnd-thanh-pho").first).receipt
            #expect(receipt.document == issuance.document && receipt.origin.sending == 1)
            _ = try await world.accept(receipt.id, as: "vt.ubnd", director: "ct.ubnd")
            try await world.carry()
            let statuses = Dictionary(
                uniqueKeysWithValues: try await world.rows(of: issuance).map {
                    ($0.recipientName, $0.delivery.status)
                })
            #expect(statuses[city.name] == .accepted && statuses.count == 2)
            let (changes, media, journal) = try await world.office.read { tables in
                (
                    try tables.recipientChanges.all(of: issuance.id),
                    try tables.issuanceMedia.all(of: issuance.id),
                    try tables.journal.history(of: [issuance.id.uuid], in: issuance.agency).map(\.entry)
                )
            }
            #expect(changes.map(\.change.agency) == [city.id] && changes.map(\.reason) == [Self.reason])
            #expect(changes.map(\.change.isAdded) == [true])
            #expect(media.map(\.recipient) == [city.id] && media.map(\.medium) == [.electronic])
            let act = try #require(journal.last { $0.verb == .recipientsAdded })
            #expect(act.particulars["reason"] == Self.reason && act.particulars["agency"] == city.name)
            try await world.expectClean()
        }
    }

    @Test(
        "D7, D22: whom nothing electronic reaches gets paper from the clerk's queue",
        arguments: DatabaseKind.available)
    func onPaper(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let now = world.office.clock.now
            let other = Correspondent(
                id: ID(UUIDv7.make(at: now)), name: "Hợp tác xã Phú Hòa", kind: .outside, channel: .paper,
                address: "Khu phố 3, phường Rạch Sỏi")
            try await world.office.database.write { try Tables($0).correspondents.put(other, at: now) }
            let outcome = try await world.add(
                [other.id, other.id], to: issuance, Self.reason, as: "vt.noivu")
            #expect(outcome.sent == 1 && outcome.onPaper == 1)
            let waiting = try await world.office.read {
                try $0.paperLists.queue(of: issuance.agency, .toPrint, limit: 9)
            }
            #expect(waiting.map(\.recipientName) == [other.name])
        }
    }

    @Test(
        "D22: not without a reason, not twice, not to nobody, not to oneself, and not by whom may not",
        arguments: DatabaseKind.available)
    func whoMayNot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let city = try await world.agency("ubnd-thanh-pho").id
            let had = try await world.agency("phong-tu-phap")
            func refuses(
                _ refusals: Refusal..., to recipients: [ID<Agency>], reason: String = Self.reason,
                as login: String = "vt.noivu"
            ) async throws {
                do {
                    _ = try await world.add(recipients, to: issuance, reason, as: login)
                    Issue.record("\(refusals)")
                } catch let refused as Refused { #expect(refused.reasons == refusals) }
            }
            try await refuses(.notForYourRole, to: [city], as: "cv1.noivu")
            try await refuses(.notFound, to: [city], as: "vt.tuphap")
            try await refuses(.missing(.reason), to: [city], reason: " ")
            try await refuses(.missing(.recipients), to: [])
            try await refuses(.recipientHasIt(had.name), to: [had.id])
            try await refuses(.recipientUnknown, to: [issuance.agency])
            try await refuses(.recipientUnknown, to: [ID(UUID())])
            let counts = try await world.office.read { tables in
                (
                    try tables.deliveries.all(of: issuance.id).count,
                    try tables.recipientChanges.all(of: issuance.id).count
                )
            }
            #expect(counts == (1, 0))
        }
    }
}

extension StoryWorld {
    fileprivate func add(
        _ recipients: [ID<Agency>], to issuance: Issuance, _ reason: String, as login: String
    ) async throws -> AddRecipients.Outcome {
        try await runner.run(
            AddRecipients(to: recipients, of: issuance.id, reason: reason), as: try await actor(login))
    }
}
