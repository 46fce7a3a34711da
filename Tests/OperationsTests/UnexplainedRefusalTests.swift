import Domain
import DualSQL
import Foundation
import Store
import TestKit
import Testing

@testable import DocumentAxis
@testable import Operations

/// A partner says no to one letter and nobody knows why: it is that letter's trouble, and in the end a clerk's; on both databases.
struct UnexplainedRefusalTests {
    private static let words = "Trục liên thông quốc gia từ chối gói tin, mã -1: lỗi."

    @Test(
        "E5, decision 18: sixty good letters behind a refused one leave at once; the refused one waits alone, and after twelve tries is a clerk's",
        arguments: DatabaseKind.available)
    func oneBad(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clock = HandClock(), office = world.office.at(clock)
            let issuances = try await world.sendOutside(61)
            let first = issuances[0].id
            let found = try await office.read { try $0.deliveries.all(of: first).first }
            let bad = try #require(found).id
            let link = Picky(refusing: bad)
            let exchange = WireExchange(office: office, link: link, life: WorkerLife(office))
            #expect(try await exchange.carryDue() == 60)
            #expect(try await office.read { try $0.outbox.waiting().messages } == 1)
            func dead() async throws -> Int {
                try await office.read { tables in
                    let found = try tables.connection.first(
                        "SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL"
                    ) { try $0[0] as Int }
                    return found ?? 0
                }
            }
            for _ in 2...11 {
                clock.move(by: 3600)
                #expect(try await exchange.carryDue() == 0)
            }
            #expect(try await dead() == 0)
            clock.move(by: 3600)
            #expect(try await exchange.carryDue() == 0)
            #expect(try await dead() == 1)
            #expect(link.tries == 12)
            clock.move(by: 86_400)
            #expect(try await exchange.carryDue() == 0)
            #expect(link.tries == 12)
            // The clerk has found the reason.
            let message = try #require(try await office.read { try $0.outbox.waiting(for: bad).first })
            link.forgive()
            try await OperationRunner(office: office).run(
                ReviveMessage(message: message.id), as: try await world.actor("vt.tuphap"))
            #expect(try await exchange.carryDue() == 1)
        }
    }

    @Test(
        "E5: of several who have a letter together, only the one that is refused is a clerk's in the end",
        arguments: DatabaseKind.available)
    func together(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clock = HandClock(), office = world.office.at(clock)
            _ = try await world.sendOutside(0)
            try await world.takeUp("code,name\nH31.1,Sở Y tế\nH31.2,Sở Xây dựng\nH31.3,Sở Công Thương\n")
            var recipients: [ID<Agency>] = []
            for code in ["H31.1", "H31.2", "H31.3"] { recipients.append(try await world.byCode(code).id) }
            let issuance = try await world.issueDirectly(from: "vt.tuphap", to: recipients)
            let second = recipients[1]
            let deliveries = try await office.read { try $0.deliveries.all(of: issuance.id) }
            let bad = try #require(deliveries.first { $0.recipient == second }).id
            let link = Picky(refusing: bad)
            let exchange = WireExchange(office: office, link: link, life: WorkerLife(office))
            for _ in 1...11 {
                #expect(try await exchange.carryDue() == 0)
                clock.move(by: 3600)
            }
            #expect(try await exchange.carryDue() == 2)
            #expect(try await office.read { try $0.outbox.waiting(for: bad).count } == 1)
            clock.move(by: 86_400)
            #expect(try await exchange.carryDue() == 0)
        }
    }

    @Test(
        "E5, decision 18: while the axis does not even tell what waits, a code nobody knows is the account's, and fills no list of dead letters",
        arguments: DatabaseKind.available)
    func wrongKey(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let axis = UnwillingAxis(), channel = AxisChannel(.axis, axis: axis, every: 60)
            let agency = try await world.correspondent("phong-tu-phap")
            let message = WireMessage(
                id: "1", kind: .edoc, from: agency, to: [agency], deliveries: [], file: "/khong-co",
                letter: nil)
            let inbox = Inbox(office: world.office, route: Route(.axis))
            #expect(try await channel.collect(from: "", into: inbox) == 0)
            await #expect(throws: CarryingFailure.unexplained(Self.words)) {
                try await channel.send(message, to: "")
            }
            axis.refuseLists()
            await #expect(throws: CarryingFailure.self) {
                _ = try await channel.collect(from: "", into: inbox)
            }
            await #expect(throws: CarryingFailure.partnerDown(Self.words)) {
                try await channel.send(message, to: "")
            }
        }
    }
}

extension StoryWorld {
    fileprivate func correspondent(_ slug: String) async throws -> Correspondent {
        let id = try await agency(slug).id
        return try #require(try await office.read { try $0.correspondents.find(id) })
    }
}

/// Refuses what goes to one recipient.
private final class Picky: WireLink, @unchecked Sendable {
    let channel = Channel.axis
    let partners: [String] = []
    let collectEvery: Duration? = nil
    private let lock = NSLock()
    private var bad: ID<Delivery>?
    private var count = 0

    init(refusing bad: ID<Delivery>) { self.bad = bad }

    var tries: Int { lock.withLock { count } }
    func forgive() { lock.withLock { bad = nil } }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        let isRefused = lock.withLock {
            guard let bad, message.deliveries.contains(bad) else { return false }
            count += 1
            return true
        }
        if isRefused { throw .unexplained("Trục từ chối gói tin, mã -1.") }
    }

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int { 0 }
}

/// Takes nothing, in a code of its own.
private final class UnwillingAxis: AxisLink, @unchecked Sendable {
    private let lock = NSLock()
    private var refusesLists = false

    func refuseLists() { lock.withLock { refusesLists = true } }

    func send(file path: String, kind: AxisKind, from: String, to: [String]) throws(AxisFailure) -> AxisDocID
    {
        throw .unexplained(code: "-1", words: "lỗi.")
    }

    func received(_ kind: AxisKind) throws(AxisFailure) -> AxisInbox {
        if lock.withLock({ refusesLists }) { throw .refused(code: "-1", words: "lỗi.") }
        return AxisInbox(entries: [], unreadable: 0)
    }

    func fetch(_ id: AxisDocID, into path: String) throws(AxisFailure) {}
    func acknowledge(_ id: AxisDocID, _ outcome: AxisOutcome) throws(AxisFailure) {}
}
