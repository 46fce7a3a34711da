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
            await link.open(failing: true)
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

/// A partner that does not answer until it is told to.
private actor SlowLink: WireLink {
    nonisolated let channel = Channel.axis
    nonisolated let partners: [String] = []
    nonisolated let collectEvery: Duration? = nil
    private(set) var sent = 0
    private var isOpen: Bool
    private var isFailing = false
    private var hasBegun = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watching: [CheckedContinuation<Void, Never>] = []

    init(isOpen: Bool = false) { self.isOpen = isOpen }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        hasBegun = true
        for one in watching { one.resume() }
        watching = []
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        if isFailing { throw .passing("Chưa được.") }
        sent += 1
    }

    nonisolated func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int {
        0
    }

    func begun() async {
        if !hasBegun { await withCheckedContinuation { watching.append($0) } }
    }

    func open(failing: Bool = false) {
        (isOpen, isFailing) = (true, failing)
        for one in waiting { one.resume() }
        waiting = []
    }
}

/// Moves when it is told to.
private final class HandClock: @unchecked Sendable {
    private let lock = NSLock()
    // After everything that the story's own clock has told by then.
    private var moment = StoryWorld.morning.adding(seconds: 86_400)

    var now: Instant { lock.withLock { moment } }
    func move(by seconds: Int) { lock.withLock { moment = moment.adding(seconds: seconds) } }
}

extension Office {
    fileprivate func at(_ clock: HandClock) -> Office {
        Office(
            database: database, blobs: blobs, clock: OfficeClock { clock.now }, serverKey: serverKey,
            trust: trust)
    }
}

extension StoryWorld {
    /// One letter for an agency behind the axis.
    fileprivate func sendOutside() async throws {
        try await takeUp("code,name\nH31.1,Sở Y tế\n")
        let own = try await agency("phong-tu-phap").id
        try await runner.run(SetAgencyCode(own, code: "H31.900"), as: CatalogueWorld.commandLine)
        _ = try await issueDirectly(from: "vt.tuphap", to: [try await byCode("H31.1").id])
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
