import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Whose a message is while it is carried: the living keep what they have in hand, what the dead had is free (E5).
struct WorkerLifeTests {
    @Test(
        "E5: a worker that is slow and alive is never robbed, however long one message takes",
        arguments: DatabaseKind.available)
    func slowAndAlive(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clock = HandClock(), office = world.office.at(clock)
            try await world.sendOutside()
            let link = SlowLink(), life = WorkerLife(office), other = WorkerLife(office)
            let slow = WireExchange(office: office, link: link, life: life)
            let quick = WireExchange(office: office, link: SlowLink(isOpen: true), life: other)
            let carrying = Task { try await slow.carryDue() }
            await link.begun()
            for _ in 1...20 {
                clock.move(by: 50)
                try await life.renew()
                try await other.giveBackOfTheDead()
                #expect(try await quick.carryDue() == 0)
            }
            await link.open()
            #expect(try await carrying.value == 1)
            #expect(await link.sent == 1)
            #expect(try await office.read { try $0.outbox.waiting().messages } == 0)
        }
    }

    @Test(
        "E5: without renewing, a lease runs out by itself; a message that is done with is not renewed",
        arguments: DatabaseKind.available)
    func runsOut(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clock = HandClock(), office = world.office.at(clock)
            try await world.sendOutside()
            let link = SlowLink(), life = WorkerLife(office)
            let carrying = Task {
                try await WireExchange(office: office, link: link, life: life).carryDue()
            }
            await link.begun()
            func due() async throws -> Int {
                let now = clock.now
                return try await office.read { try $0.outbox.due(.axis, at: now, limit: 9).count }
            }
            #expect(try await due() == 0)
            clock.move(by: 61)
            #expect(try await due() == 1)
            await link.open(failing: .passing("Chưa được."))
            #expect(try await carrying.value == 0)
            // It waits for its next attempt now, and that nobody holds up.
            try await life.renew()
            clock.move(by: 3600)
            #expect(try await due() == 1)
        }
    }

    @Test(
        "E5: what a dead worker had in hand is given back at once, in and out; what the living have is not",
        arguments: DatabaseKind.available)
    func givenBack(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let office = world.office
            try await world.sendOutside()
            let alive = WorkerLife(office), looking = WorkerLife(office)
            // As a machine leaves it that lost its power: a sign that nobody locks.
            let dead = UUID().uuidString
            #expect(
                FileManager.default.createFile(
                    atPath: office.blobs.folder + "/workers/" + dead, contents: nil))
            func lease(by worker: String) async throws -> (out: Int, incoming: Bool) {
                let now = office.clock.now
                return try await office.database.write { connection in
                    let tables = Tables(connection)
                    let out = try tables.outbox.lease(
                        .axis, .besides([]), by: worker, at: now, until: now.adding(seconds: 900), limit: 9)
                    let message = try tables.inbound.take(
                        by: worker, at: now, leasedUntil: now.adding(seconds: 900))
                    return (out.count, message != nil)
                }
            }
            try await world.keepInbound()
            #expect(try await lease(by: dead) == (1, true))
            #expect(try await lease(by: alive.id) == (0, false))
            #expect(try await looking.giveBackOfTheDead())
            #expect(try await lease(by: alive.id) == (1, true))
            #expect(try await !looking.giveBackOfTheDead(), "everybody lives")
            #expect(try await lease(by: looking.id) == (0, false))
            withExtendedLifetime(alive) {}
        }
    }
}

/// A batch takes its time; what happens meanwhile counts for what has not gone yet.
struct BatchTests {
    /// More than go at the same time.
    private static let many = WireExchange.atOnce + 3

    private func waiting(_ office: Office) async throws -> Int {
        try await office.read { try $0.outbox.waiting().messages }
    }

    @Test(
        "H6: a hold stops the batch that is on its way: what had begun ends, the rest stays and goes when the hold ends",
        arguments: DatabaseKind.available)
    func held(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.sendOutside(Self.many)
            let link = SlowLink()
            let exchange = WireExchange(office: world.office, link: link, life: WorkerLife(world.office))
            let carrying = Task { try await exchange.carryDue() }
            await link.begun(WireExchange.atOnce)
            let clerk = try await world.position("vt.tuphap").id
            let hold = ExchangeHold(
                route: Route(.axis), reason: "Trục bảo trì", heldBy: clerk, heldAt: world.office.clock.now)
            try await world.office.database.write { try Tables($0).exchangeConditions.hold(hold) }
            await link.open()
            #expect(try await carrying.value == WireExchange.atOnce)
            #expect(try await waiting(world.office) == Self.many - WireExchange.atOnce)
            #expect(try await exchange.carryDue() == 0)
            try await world.office.database.write {
                _ = try Tables($0).exchangeConditions.release(Route(.axis))
            }
            #expect(try await exchange.carryDue() == Self.many - WireExchange.atOnce)
            #expect(await link.sent == Self.many)
        }
    }

    @Test(
        "E5: when the partner turns out to be down, the rest of the batch is not tried, and is nobody's",
        arguments: DatabaseKind.available)
    func down(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clock = HandClock(), office = world.office.at(clock)
            try await world.sendOutside(Self.many)
            let link = SlowLink()
            let exchange = WireExchange(office: office, link: link, life: WorkerLife(office))
            let carrying = Task { try await exchange.carryDue() }
            await link.begun(WireExchange.atOnce)
            await link.open(failing: .partnerDown("Không kết nối được."))
            #expect(try await carrying.value == 0)
            #expect(await link.tried == WireExchange.atOnce)
            await link.open()
            clock.move(by: 3600)
            #expect(try await exchange.carryDue() == Self.many)
        }
    }

    @Test(
        "E3, E5: what is given up while the batch is on its way and has not begun to go does not go; asked back, it is in doubt",
        arguments: DatabaseKind.available)
    func takenBack(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clock = HandClock(), office = world.office.at(clock)
            let issuances = try await world.sendOutside(Self.many)
            let link = SlowLink()
            let exchange = WireExchange(office: office, link: link, life: WorkerLife(office))
            let carrying = Task { try await exchange.carryDue() }
            await link.begun(WireExchange.atOnce)
            // The worker has been asleep for so long that its leases are over.
            clock.move(by: 3600)
            let last = try #require(issuances.last)
            let delivery = try #require(try await office.read { try $0.deliveries.all(of: last.id).first })
            let clerk = try await world.actor("vt.tuphap")
            let message = try #require(
                try await office.read { try $0.outbox.waiting(for: delivery.id).first })
            try await OperationRunner(office: office).run(
                GiveUpMessage(message: message.id, reason: "Gửi nhầm."), as: clerk)
            // Nobody knows how far a lease came that has run out.
            let other = issuances[issuances.count - 2]
            let doubted = try await office.read { try $0.deliveries.all(of: other.id).map(\.id) }
            let outcome = try await OperationRunner(office: office).run(
                AskRecipients(.recall, issuance: other.id, deliveries: doubted, note: "Gửi nhầm."), as: clerk)
            #expect(outcome.asked == 1 && outcome.takenBack == 0)
            await link.open()
            _ = try await carrying.value
            while try await exchange.carryDue() > 0 {}
            #expect(await !link.deliveries.contains(delivery.id))
            #expect(try await waiting(office) == 0)
        }
    }
}

/// A partner that does not answer until it is told to.
private actor SlowLink: WireLink {
    nonisolated let channel = Channel.axis
    nonisolated let partners: [String] = []
    nonisolated let collectEvery: Duration? = nil
    private(set) var tried = 0
    private(set) var sent = 0
    private(set) var deliveries: Set<ID<Delivery>> = []
    private var isOpen: Bool
    private var failure: CarryingFailure?
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watching: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    init(isOpen: Bool = false) { self.isOpen = isOpen }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        tried += 1
        for one in watching where one.count <= tried { one.continuation.resume() }
        watching.removeAll { $0.count <= tried }
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        if let failure { throw failure }
        sent += 1
        deliveries.formUnion(message.deliveries)
    }

    nonisolated func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int {
        0
    }

    func begun(_ count: Int = 1) async {
        if tried < count { await withCheckedContinuation { watching.append((count, $0)) } }
    }

    func open(failing failure: CarryingFailure? = nil) {
        (isOpen, self.failure) = (true, failure)
        for one in waiting { one.resume() }
        waiting = []
    }
}

/// Moves when it is told to.
final class HandClock: @unchecked Sendable {
    private let lock = NSLock()
    // After everything that the story's own clock has told by then.
    private var moment = StoryWorld.morning.adding(seconds: 86_400)

    var now: Instant { lock.withLock { moment } }
    func move(by seconds: Int) { lock.withLock { moment = moment.adding(seconds: seconds) } }
}

extension Office {
    func at(_ clock: HandClock) -> Office {
        Office(
            database: database, blobs: blobs, clock: OfficeClock { clock.now }, serverKey: serverKey,
            trust: trust)
    }
}

extension StoryWorld {
    /// Letters for an agency behind the axis.
    @discardableResult
    func sendOutside(_ count: Int = 1) async throws -> [Issuance] {
        try await takeUp("code,name\nH31.1,Sở Y tế\n")
        let own = try await agency("phong-tu-phap").id
        try await runner.run(SetAgencyCode(own, code: "H31.900"), as: CatalogueWorld.commandLine)
        let recipient = try await byCode("H31.1").id
        var issuances: [Issuance] = []
        for _ in 0..<count { issuances.append(try await issueDirectly(from: "vt.tuphap", to: [recipient])) }
        return issuances
    }

    fileprivate func keepInbound() async throws {
        let now = office.clock.now
        let hash = try office.blobs.put(Array("gói tin".utf8)).hash
        try await office.database.write { connection in
            _ = try Tables(connection).inbound.insert(
                InboundMessage(
                    id: ID(UUIDv7.make(at: now)), route: Route(.axis), externalID: "1", hash: hash.hex,
                    size: 9,
                    receivedAt: now))
        }
    }
}
