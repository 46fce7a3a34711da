import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Gửi lại nơi đã từ chối: the sender's clerk sends the very same letter once more, and its recipient knows it for that; on both
/// databases.
struct SendAgainTests {
    private static let note = "Đã xác minh chữ ký số, đề nghị tiếp nhận lại."

    @Test(
        "E3, B7: refused, sent again with a word, taken: two receipts that know each other, one register entry, every status told",
        arguments: DatabaseKind.available)
    func withinTheHouse(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let first = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            try await world.refuse(first.id, "Không mở được chữ ký số.", as: "vt.tuphap")
            try await world.carry()
            #expect(try await world.parts(of: issuance)[.returned] == 1)
            let outcome = try await world.sendAgain(issuance, Self.note, as: "vt.noivu")
            #expect(outcome.sent == 1 && outcome.left.isEmpty)
            let between = try #require(try await world.rows(of: issuance).first)
            #expect(between.delivery.status == .sent && between.delivery.sending == 2)
            #expect(between.carriedAt == nil && between.delivery.acceptDueAt == nil)
            try await world.expectClean()

            try await world.carry()
            let second = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            #expect(second.id != first.id && second.document == first.document)
            let clerk = try await world.position("vt.tuphap"), reading = ReceiptReading(office: world.office)
            let card = try await reading.open(second.id, as: clerk)
            #expect(card.sendings.map(\.id) == [first.id])
            #expect(card.findings.contains(.sentAgain(Self.note)))
            #expect(card.accept.isEmpty)
            let earlier = try await reading.open(first.id, as: clerk)
            #expect(earlier.sendings.map(\.id) == [second.id])
            #expect(earlier.card.receipt.state == .refused)
            #expect(earlier.card.reason == "Không mở được chữ ký số.")
            let desk = try await world.office.read {
                try $0.desk.queue(of: clerk.id, kind: .receive, limit: 9)
            }
            #expect(desk.map(\.path) == ["van-ban-den/tiep-nhan/\(second.id)"])

            _ = try await world.accept(second.id, as: "vt.tuphap", director: "tp.tuphap")
            try await world.carry()
            #expect(try await world.reported(on: issuance).taken == ["01", "02", "01", "03"])
            #expect(try await world.reported(on: issuance).setAside.isEmpty)
            let times = try await world.office.read {
                try $0.deliverySendings.all(of: between.delivery.id)
            }
            #expect(times.map(\.sending) == [2] && times.map(\.note) == [Self.note])
            let journal = try await world.office.read {
                try $0.journal.history(of: [issuance.id.uuid], in: issuance.agency).map(\.entry)
            }
            let act = try #require(journal.last { $0.verb == .letterSentAgain })
            #expect(act.particulars["note"] == Self.note)
            try await world.expectClean()
        }
    }

    @Test(
        "E3: refused twice is sent a third time; nothing is sent to whom has not refused, without a word, or by whom may not",
        arguments: DatabaseKind.available)
    func whoMayNot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            await #expect(throws: Refused(.notReturned)) {
                try await world.sendAgain(issuance, Self.note, as: "vt.noivu")
            }
            for time in 1...2 {
                try await world.carry()
                let receipt = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
                #expect(receipt.origin.sending == time)
                try await world.refuse(receipt.id, "Sai thẩm quyền.", as: "vt.tuphap")
                try await world.carry()
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.sendAgain(issuance, Self.note, as: "cv1.noivu")
                }
                await #expect(throws: Refused(.notFound)) {
                    try await world.sendAgain(issuance, Self.note, as: "vt.tuphap")
                }
                await #expect(throws: Refused(.missing(.mended))) {
                    try await world.sendAgain(issuance, "  ", as: "vt.noivu")
                }
                let long = String(repeating: "a", count: SendingAgainRules.noteLimit + 1)
                await #expect(throws: Refused(.tooLong(.mended, limit: SendingAgainRules.noteLimit))) {
                    try await world.sendAgain(issuance, long, as: "vt.noivu")
                }
                #expect(try await world.waiting(at: "phong-tu-phap").isEmpty)
                _ = try await world.sendAgain(issuance, Self.note, as: "vt.noivu")
            }
            try await world.carry()
            let third = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt
            #expect(third.origin.sending == 3)
            await #expect(throws: Refused(.notReturned)) {
                try await world.sendAgain(issuance, Self.note, as: "vt.noivu")
            }
            // What was sent again is asked back like anything else.
            _ = try await world.ask(.recall, about: issuance, "Gửi nhầm.", as: "vt.noivu")
            try await world.carry()
            let request = try #require(try await world.openRequest(of: third.id))
            _ = try await world.decide(request, agrees: true, as: "vt.tuphap")
            try await world.carry()
            #expect(try await world.parts(of: issuance)[.takenBack] == 1)
            await #expect(throws: Refused(.notReturned)) {
                try await world.sendAgain(issuance, Self.note, as: "vt.noivu")
            }
            try await world.expectClean()
        }
    }

    @Test(
        "A9, E3: it goes by the way the catalogue has today, and nowhere where letters go no more or only on paper",
        arguments: DatabaseKind.available)
    func otherWay(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            let recipient = try await outside.isReached(by: Route(.vanthu, "tho"))
            let issuance = try await world.issueDirectly(from: "vt.tuphap", to: [recipient])
            try await outside.work()
            try await outside.reports("02", on: issuance, "Không thuộc thẩm quyền.", at: "07:02:00")
            try await outside.isReached(by: Route(.paper))
            await #expect(throws: Refused(.returnedToPaper)) {
                try await world.sendAgain(issuance, Self.note, as: "vt.tuphap")
            }
            try await outside.isReached(by: Route(.axis))
            _ = try await world.sendAgain(issuance, Self.note, as: "vt.tuphap")
            let delivery = try #require(try await world.rows(of: issuance).first).delivery
            #expect(delivery.route == Route(.axis))
            let waiting = try await world.office.read { try $0.outbox.waiting(for: delivery.id) }
            #expect(waiting.map(\.route) == [Route(.axis)] && waiting.map(\.document) == [issuance.document])
        }
    }

    @Test(
        "E2, E5: the same 02 told again changes nothing after it was sent again, and one told late does not hide 03",
        arguments: DatabaseKind.available)
    func lateRefusal(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            let recipient = try await outside.isReached(by: Route(.vanthu, "tho"))
            let issuance = try await world.issueDirectly(from: "vt.tuphap", to: [recipient])
            try await outside.work()
            try await outside.reports("02", on: issuance, "Trùng.", at: "07:02:00")
            _ = try await world.sendAgain(issuance, Self.note, as: "vt.tuphap")
            try await outside.work()
            try await outside.reports("02", on: issuance, "Trùng.", at: "07:02:00")
            #expect(try await world.rows(of: issuance).map(\.delivery.status) == [.sent])
            try await outside.reports("02", on: issuance, "Trùng.", at: "07:05:00")
            #expect(try await world.rows(of: issuance).map(\.delivery.status) == [.refused])
            try await outside.reports("03", on: issuance, "", at: "07:06:00")
            #expect(try await world.rows(of: issuance).map(\.delivery.status) == [.accepted])
        }
    }

    @Test(
        "E5: an attempt that still waits when the refusal comes is not carried beside the new sending",
        arguments: DatabaseKind.available)
    func waitingAttempt(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            let recipient = try await outside.isReached(by: Route(.vanthu, "khac"))
            let issuance = try await world.issueDirectly(from: "vt.tuphap", to: [recipient])
            let sent = try #require(try await world.rows(of: issuance).first).delivery
            try await world.office.database.write {
                try Tables($0).deliveries.setStatus(
                    .refused, of: sent.id, at: sent.statusAt, note: "Không thuộc thẩm quyền.")
            }
            let before = try await world.office.read { try $0.outbox.waiting(for: sent.id) }
            _ = try await world.sendAgain(issuance, Self.note, as: "vt.tuphap")
            let after = try await world.office.read { try $0.outbox.waiting(for: sent.id) }
            #expect(before.count == 1 && after.count == 1 && before.map(\.id) != after.map(\.id))
        }
    }

    // MARK: As another system sends it

    @Test(
        "E5, E3: after a refusal the very same letter with a later stamp of its sender is a new arrival; carried twice it is none",
        arguments: DatabaseKind.available)
    func cameAgain(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            // While it waits, a later stamp means nothing.
            try await outside.send(try outside.stamped("2026/05/11 08:30:00"))
            let first = try #require(try await outside.receipts().first)
            #expect(try await outside.receipts().count == 1)
            try await world.refuse(first.id, "Không mở được chữ ký số.", as: "vt.tuphap")
            try await outside.send(try outside.document(.new))
            #expect(try await outside.receipts().count == 1, "the letter that was refused, carried twice")
            var again = try outside.stamped("2026/05/11 09:00:00")
            again.trace.business?.reason = "Gửi lại lần 2: \(Self.note)"
            // Whoever carries it adds a hop of his own.
            again.trace.hops.append(TraceHeader(organID: "001.00.20.TT2", timestamp: "2026/05/11 09:00:03"))
            try await outside.send(again)
            try await outside.send(again)
            let both = try await outside.receipts()
            #expect(both.map(\.origin.sending) == [1, 2] && both.map(\.state) == [.refused, .waiting])
            let second = try #require(both.last)
            let view = try await outside.view(second.id)
            #expect(view.sendings.map(\.id) == [first.id] && view.repetitions == 1)
            #expect(view.findings.contains(.sentAgain("Gửi lại lần 2: \(Self.note)")))
            _ = try await world.accept(second.id, as: "vt.tuphap", director: "tp.tuphap")
            try await outside.send(try outside.stamped("2026/05/11 10:00:00"))
            #expect(try await outside.receipts().count == 2, "once it was taken, nothing is new")
            #expect(outside.link.codes.last == "03")
            try await world.expectClean()
        }
    }

    @Test(
        "E5: a letter without a stamp, and one that was given back, come again in vain",
        arguments: DatabaseKind.available)
    func cameAgainInVain(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            try await outside.world.refuse(receipt.id, "Trùng.", as: "vt.tuphap")
            var bare = try outside.document(.new)
            bare.trace.hops = []
            try await outside.send(bare)
            try await outside.send(outside.recall("Gửi nhầm nơi nhận."))
            try await outside.send(try outside.stamped("2026/05/11 11:00:00"))
            #expect(try await outside.receipts().count == 1)
            #expect(outside.link.codes == ["01", "02", "02", "15", "15"])
            try await outside.world.expectClean()
        }
    }
}

extension StoryWorld {
    fileprivate func sendAgain(_ issuance: Issuance, _ note: String, as login: String) async throws
        -> SendAgain.Outcome
    {
        let deliveries = try await office.read { try $0.deliveries.all(of: issuance.id).map(\.id) }
        return try await runner.run(
            SendAgain(issuance: issuance.id, deliveries: deliveries, note: note), as: try await actor(login))
    }
}

extension OutsideOffice {
    fileprivate func stamped(_ moment: String) throws -> DocumentMessage {
        var message = try document(.new)
        message.trace.hops = [TraceHeader(organID: code, timestamp: moment)]
        return message
    }

    /// It tells the Phòng Tư pháp what became of its letter.
    fileprivate func reports(_ code: String, on issuance: Issuance, _ words: String, at time: String)
        async throws
    {
        let sent = try #require(try await world.office.read { try $0.deliveries.all(of: issuance.id).first })
        var status = StatusMessage()
        status.from = Organization(organID: self.code, name: name)
        status.responseFor = ResponseFor(organID: Self.codes["phong-tu-phap"], documentID: sent.messageKey)
        status.statusCode = code
        status.description = words
        status.timestamp = "2026/05/12 \(time)"
        try await send(.status(status))
    }
}
