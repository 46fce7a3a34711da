import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Vướng mắc liên thông: what people do about messages that did not go, on both databases.
struct TroubleTests {
    @Test(
        "E5, E2: a message that failed stands on the board with its error; the clerk sends it again and it goes",
        arguments: DatabaseKind.available)
    func revived(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let message = try await world.bury(issuance)
            let counts = try await world.parts(of: issuance)
            #expect(counts[.failing] == 1)
            #expect(counts[.needsLook] == 1)
            #expect(counts[.unsent] == 0)
            let agency = issuance.agency
            let row = try #require(
                try await world.office.read { try $0.outboxLists.page(of: agency, failing: true, limit: 9) }
                    .first)
            #expect(row.message.error == "Nơi nhận không còn địa chỉ này.")
            #expect(row.paper == .issued(year: 2026, register: "cong-van", number: issuance.number))
            #expect(try await world.office.read { try $0.outboxLists.count(of: agency, failing: true) } == 1)
            let elsewhere = try await world.agency("phong-tu-phap").id
            #expect(
                try await world.office.read { try $0.outboxLists.page(of: elsewhere, limit: 9) }.isEmpty)
            try await world.runner.run(
                ReviveMessage(message: message), as: try await world.actor("vt.noivu"))
            try await world.carry()
            #expect(try await world.waiting(at: "phong-tu-phap").count == 1)
            try await world.expectClean()
        }
    }

    @Test(
        "E5: giving up needs a reason, is written down, and the recipient never gets it",
        arguments: DatabaseKind.available)
    func givenUp(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let message = try await world.bury(issuance)
            let clerk = try await world.actor("vt.noivu")
            await #expect(throws: Refused(.missing(.reason))) {
                try await world.runner.run(GiveUpMessage(message: message, reason: " "), as: clerk)
            }
            try await world.runner.run(
                GiveUpMessage(message: message, reason: "Gửi bản giấy thay."), as: clerk)
            try await world.carry()
            #expect(try await world.waiting(at: "phong-tu-phap").isEmpty)
            #expect(try await world.parts(of: issuance)[.takenBack] == 1)
            let entry = try await world.office.read {
                try $0.journal.history(of: [message.uuid], in: issuance.agency).map(\.entry)
            }.last
            #expect(entry?.verb == .messageGivenUp)
            #expect(entry?.particulars["reason"] == "Gửi bản giấy thay.")
            try await world.expectClean()
        }
    }

    @Test(
        "D6, D15, E5: giving up the electronic way leaves the paper to go, and sends it where there was none",
        arguments: DatabaseKind.available)
    func givenUpForPaper(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.noivu")
            for hasPaper in [true, false] {
                let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
                let delivery = try #require(try await world.rows(of: issuance).first).delivery
                let before = PaperDispatch(
                    id: ID(UUID()), agency: issuance.agency, issuance: issuance.id, delivery: delivery.id,
                    recipient: delivery.recipient)
                if hasPaper {
                    try await world.office.database.write { try Tables($0).papers.insert([before]) }
                }
                let message = try await world.bury(issuance)
                try await world.runner.run(
                    GiveUpMessage(
                        message: message, reason: "Nơi nhận mất kết nối.", sendsPaper: !hasPaper), as: clerk)
                let agency = issuance.agency
                let (queue, after) = try await world.office.read { tables in
                    (
                        try tables.paperLists.queue(of: agency, .toPrint, limit: 9)
                            .filter { $0.paper.delivery == delivery.id },
                        try tables.deliveries.find(delivery.id)
                    )
                }
                #expect(queue.count == 1, "\(hasPaper)")
                #expect(after?.channel == .paper && after?.recalledAt == nil)
                #expect(try await world.parts(of: issuance)[.takenBack] == 0)
                try await world.carry()
                #expect(try await world.waiting(at: "phong-tu-phap").isEmpty)
                let entry = try await world.office.read {
                    try $0.journal.history(of: [message.uuid], in: agency).map(\.entry)
                }.last
                #expect(entry?.particulars["paper"] == "1")
            }
            try await world.expectClean()
        }
    }

    @Test(
        "A2, H6: nobody else's message, no officer, and no clerk at the switches",
        arguments: DatabaseKind.available)
    func whoMayNot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let message = try await world.bury(issuance)
            for (login, refusal) in [
                ("vt.tuphap", Refusal.notFound), ("cv1.noivu", .notForYourRole),
                ("tp.noivu", .notForYourRole),
            ] {
                let actor = try await world.actor(login)
                await #expect(throws: Refused(refusal), "\(login)") {
                    try await world.runner.run(ReviveMessage(message: message), as: actor)
                }
                await #expect(throws: Refused(refusal), "\(login)") {
                    try await world.runner.run(
                        GiveUpMessage(message: message, reason: "Thôi."), as: actor)
                }
            }
            let clerk = try await world.actor("vt.noivu"), route = Route(.axis)
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(HoldChannel(route: route, reason: "Bảo trì"), as: clerk)
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(ReleaseChannel(route: route), as: clerk)
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(ReopenInbound(message: ID(UUID())), as: clerk)
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(
                    DismissInbound(message: ID(UUID()), reason: "Rác"), as: clerk)
            }
            #expect(try await world.parts(of: issuance)[.failing] == 1)
            #expect(try await world.office.read { try $0.exchangeConditions.holds() }.isEmpty)
        }
    }

    @Test(
        "E2, B6: the recipient's two working hours begin when the message has gone; what waited here is not its delay",
        arguments: DatabaseKind.available)
    func carriedLate(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            #expect(try await world.rows(of: issuance).map(\.delivery.acceptDueAt) == [nil])
            let friday = OfficeDate(dayNumber: StoryWorld.morning.officeDate.dayNumber + 3)
            let repaired = Instant(friday, hour: 8, minute: 30)
            try await world.changed(clock: OfficeClock { repaired }).carry()
            #expect(
                try await world.rows(of: issuance).map(\.delivery.acceptDueAt)
                    == [Instant(friday, hour: 10, minute: 30)])
            for (hour, minute, late) in [(8, 31, 0), (10, 29, 0), (10, 31, 1)] {
                let moment = Instant(friday, hour: hour, minute: minute)
                #expect(try await world.parts(of: issuance, at: moment)[.late] == late, "\(hour):\(minute)")
            }
        }
    }

    @Test(
        "E2: a recipient that has it and says nothing for two working hours is slow, and needs a look",
        arguments: DatabaseKind.available)
    func late(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let afternoon = Instant(StoryWorld.morning.officeDate, hour: 14, minute: 0)
            #expect(try await world.parts(of: issuance, at: afternoon)[.late] == 0, "it is still here")
            try await world.carry()
            #expect(try await world.parts(of: issuance)[.late] == 0)
            let counts = try await world.parts(of: issuance, at: afternoon)
            #expect(counts[.late] == 1)
            #expect(counts[.needsLook] == 1)
            #expect(counts[.notAccepted] == 1)
            for part in DeliveryPart.allCases {
                let rows = try await world.office.read {
                    try $0.deliveryLists.board(
                        issuance.id, of: issuance.agency, part: part, at: afternoon)
                }
                #expect(rows.count == counts[part], "\(part)")
            }
        }
    }
}

extension StoryWorld {
    /// A channel has found that it can never go.
    fileprivate func bury(_ issuance: Issuance) async throws -> ID<Envelope> {
        let now = office.clock.now
        return try await office.database.write { connection in
            let tables = Tables(connection)
            let waiting = try tables.deliveries.all(of: issuance.id).flatMap {
                try tables.outbox.waiting(for: $0.id)
            }
            let message = try #require(waiting.first)
            try tables.outbox.bury(message.id, error: "Nơi nhận không còn địa chỉ này.", at: now)
            return message.id
        }
    }
}
