// Liên thông ra ngoài hệ thống: takes messages under a lease, has a link carry them outside any transaction, and only then
// lets them leave the outbox (E5). A machine that dies in between sends again, and the receiver notices. A partner that
// does not answer makes everything that goes there wait; what can never arrive is put before a person.
import Domain
import DualSQL
import EdXML
import Foundation
import Logging
import Store

package struct WireExchange: DocumentExchange {
    /// Messages on their way at the same time, where a channel does not want fewer.
    package static let atOnce = 8
    static let batch = 400

    package var channel: Channel { link.channel }
    package var collectEvery: Duration? { asked.compactMap { link.collectEvery(of: $0) }.min() }
    /// Each partner is asked by the lane that writes to it.
    private var asked: [String] { link.partners.filter(lane.covers) }
    private let office: Office
    private let link: any WireLink
    private let lane: WireLane
    private let life: WorkerLife

    package init(office: Office, link: any WireLink, lane: WireLane = .all, life: WorkerLife) {
        self.office = office
        self.link = link
        self.lane = lane
        self.life = life
    }

    /// One for each partner that messages are brought to, so that one who takes long holds up nobody else, and one for
    /// what goes to partners nobody knows.
    package static func all(office: Office, link: any WireLink, life: WorkerLife) -> [WireExchange] {
        WireLane.of(link.lanes).map { WireExchange(office: office, link: link, lane: $0, life: life) }
    }

    // MARK: Out

    package func carryDue() async throws -> Int {
        let leased = try await lease()
        if leased.isEmpty { return 0 }
        office.killPoints.pass(.wireLeased)
        return try await life.working(on: leased.map(\.id)) { try await carry(leased) }
    }

    private func carry(_ leased: [Envelope]) async throws -> Int {
        let parcels = Parcel.together(leased, atMost: link.recipientLimit)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            var rest = parcels[...], carried = 0
            for parcel in rest.prefix(link.atOnce) { group.addTask { try await carry(parcel) } }
            rest = rest.dropFirst(link.atOnce)
            while let count = try await group.next() {
                carried += count
                if let parcel = rest.popFirst() { group.addTask { try await carry(parcel) } }
            }
            return carried
        }
    }

    private func lease() async throws -> [Envelope] {
        let office = office, channel = channel, now = office.clock.now
        // One look without a lock, so that an idle lane costs next to nothing.
        let due = try await office.read { [lane] tables -> PartnerFilter? in
            guard let held = try Self.held(channel, tables), let partners = lane.without(held),
                try !tables.outbox.due(channel, partners, at: now, limit: 1).isEmpty
            else { return nil }
            return partners
        }
        guard let partners = due else { return [] }
        return try await office.database.write { [life] connection in
            try Tables(connection).outbox.lease(
                channel, partners, by: life.id, at: now, until: life.leaseEnd(at: now), limit: Self.batch)
        }
    }

    /// `nil`: the whole channel is stopped (H6).
    private static func held(_ channel: Channel, _ tables: Tables) throws -> [String]? {
        let holds = try tables.exchangeConditions.holds().filter { $0.route.channel == channel }
        return holds.contains { $0.route.partner.isEmpty } ? nil : holds.map(\.route.partner)
    }

    private func carry(_ leased: Parcel) async throws -> Int {
        guard let parcel = try await stillDue(leased) else { return 0 }
        // "Given back", or "the correction is not taken", is said only when nothing of it is left.
        if parcel.isAnswer, let envelope = parcel.envelopes.first {
            try await ReturnedCopies(office: office).destroy(delivery: envelope.delivery)
        }
        let folder: TemporaryFolder, message: WireMessage
        do {
            folder = try TemporaryFolder()
            message = try await MessageComposition(office: office).compose(parcel, in: folder.path)
        } catch  where Room.isMissing(for: error) {
            try await fail(parcel, .declined("Máy chủ hết chỗ lưu trữ nên chưa soạn được gói tin."))
            return 0
        } catch let failure as CompositionFailure {
            try await fail(parcel, .permanent(failure.words))
            return 0
        } catch EdXMLError.unwritable(let what) {
            try await fail(
                parcel,
                .permanent("Không lập được gói tin: \(MessageWords.name(what)) có ký tự không gửi được."))
            return 0
        } catch {
            office.log.error("a message could not be composed: \(error)")
            try await fail(
                parcel,
                .declined(
                    "Máy chủ chưa soạn được gói tin và sẽ thử lại; báo quản trị xem nhật ký nếu còn lặp lại.")
            )
            return 0
        }
        office.killPoints.pass(.wireComposed)
        do {
            try await link.send(message, to: parcel.route.partner)
        } catch {
            let failure = parcel.isTriedOften ? error.inTheEnd : error
            if case .permanent = failure, parcel.envelopes.count > 1 {
                // One of them may be the reason; the others go all the same.
                return try await carryApart(parcel)
            }
            try await fail(parcel, failure)
            return 0
        }
        office.killPoints.pass(.wireSent)
        try await finish(parcel)
        office.killPoints.pass(.wireFinished)
        return parcel.envelopes.count
    }

    /// What of it may go at this moment, since a batch takes its time: what was taken back or given up meanwhile, what waits for
    /// a partner who is down, and what goes to a held partner (H6) stays, and is nobody's.
    private func stillDue(_ parcel: Parcel) async throws -> Parcel? {
        let now = office.clock.now, worker = life.id
        let due = try await office.read {
            try $0.outbox.stillDue(parcel.envelopes.map(\.id), by: worker, at: now)
        }
        let left = parcel.envelopes.map(\.id).filter { !due.contains($0) }
        if left.isEmpty { return parcel }
        try await office.database.write { try Tables($0).outbox.release(left, by: worker) }
        return due.isEmpty ? nil : Parcel(envelopes: parcel.envelopes.filter { due.contains($0.id) })
    }

    private func carryApart(_ parcel: Parcel) async throws -> Int {
        var carried = 0
        for envelope in parcel.envelopes { carried += try await carry(Parcel(envelopes: [envelope])) }
        return carried
    }

    private func finish(_ parcel: Parcel) async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            let tables = Tables(connection)
            try tables.outbox.delete(parcel.envelopes.map(\.id))
            try office.partnerHealth.noteGood(.send, parcel.route, tables, at: now)
            guard parcel.kind == .document else { return }
            try Dispatch.noteCarried(parcel.envelopes.map(\.delivery), tables, at: now)
        }
    }

    private func fail(_ parcel: Parcel, _ failure: CarryingFailure) async throws {
        let now = office.clock.now, words = String(failure.words.prefix(500))
        office.log.warning("a message of the exchange did not go", metadata: ["error": "\(words)"])
        office.killPoints.pass(.failureBefore)
        try await office.database.write { connection in
            let tables = Tables(connection)
            switch failure {
            case .permanent:
                let acts = try parcel.envelopes.map { try bury($0, words, Tables(connection), now) }
                try Act.writeJournals(of: acts)
            case .passing, .declined, .unexplained, .partnerDown, .unreachable:
                // What went together waits together, or it would be many messages the next time.
                let until = parcel.nextAttempt(after: now)
                for envelope in parcel.envelopes {
                    try tables.outbox.postpone(
                        envelope.id, until: until, error: words, inDoubt: failure.leavesDoubt)
                }
                if failure.isOfPartner { try tables.outbox.postponeAll(parcel.route, until: until) }
            }
            try office.partnerHealth.noteBad(.send, parcel.route, words, tables, at: now)
        }
        office.killPoints.pass(.failureCommitted)
    }

    private func bury(_ envelope: Envelope, _ words: String, _ tables: Tables, _ now: Instant) throws -> Act {
        let act = Act(tables: tables, actor: .system(name: "Liên thông", agency: envelope.from), now: now)
        try tables.outbox.bury(envelope.id, error: words, at: now)
        let said = [
            "delivery": envelope.delivery.description, "kind": envelope.kind.rawValue, "reason": words,
            "channel": envelope.route.channel.rawValue,
        ]
        act.record(.messageFailed, envelope.id, said)
        return act
    }

    // MARK: In

    package func collect() async throws -> Int {
        let channel = channel
        guard let held = try await office.read({ try Self.held(channel, $0) }) else { return 0 }
        var count = 0
        for partner in asked where !held.contains(partner) {
            let route = Route(channel, partner), inbox = Inbox(office: office, route: route)
            do {
                count += try await link.collect(from: partner, into: inbox)
                let now = office.clock.now
                try await office.database.write {
                    try office.partnerHealth.noteGood(.receive, route, Tables($0), at: now)
                }
            } catch let failure as CarryingFailure {
                try await office.noteRefused(route, String(failure.words.prefix(500)))
            }
        }
        return count
    }
}

extension CarryingFailure {
    /// What it is once it was tried often enough.
    fileprivate var inTheEnd: CarryingFailure {
        if case .unexplained(let words) = self { .permanent(words) } else { self }
    }
}

/// Messages that go as one: the same document, from the same agency, sent at the same moment, the same way, to many. What was
/// refused and is sent again bears a later moment than what still waits, and goes by itself.
struct Parcel: Sendable {
    let envelopes: [Envelope]

    var route: Route { envelopes.first?.route ?? .loopback }
    var kind: EnvelopeKind { envelopes.first?.kind ?? .status }
    var isAnswer: Bool { envelopes.first?.isAnswer ?? false }

    /// The same for the same envelopes, and another for any other company: a partner who has had one of them must not
    /// take the others for had.
    var messageID: String {
        if envelopes.count == 1, let only = envelopes.first { return only.id.description }
        let together = envelopes.map(\.id.description).sorted().joined(separator: " ")
        return (DerivedID.make("parcel", together) as ID<InboundMessage>).description
    }

    /// Whether this is the last of the attempts that are made without a person.
    var isTriedOften: Bool { envelopes.contains { $0.attempts + 1 >= CarryingPace.attemptLimit } }

    func nextAttempt(after now: Instant) -> Instant {
        envelopes.max { $0.attempts < $1.attempts }?.nextAttempt(after: now) ?? now
    }

    static func together(_ envelopes: [Envelope], atMost largest: Int) -> [Parcel] {
        struct Key: Hashable {
            let document: ID<Document>, from: ID<Agency>, at: Instant, route: Route, replaces: String
        }
        var parcels: [Parcel] = []
        var byKey: [Key: [Envelope]] = [:], order: [Key] = []
        for envelope in envelopes {
            guard envelope.kind == .document, let document = envelope.document else {
                parcels.append(Parcel(envelopes: [envelope]))
                continue
            }
            let key = Key(
                document: document, from: envelope.from, at: envelope.at, route: envelope.route,
                replaces: envelope.note)
            if byKey[key] == nil { order.append(key) }
            byKey[key, default: []].append(envelope)
        }
        for key in order {
            let all = byKey[key] ?? []
            for start in stride(from: 0, to: all.count, by: largest) {
                parcels.append(Parcel(envelopes: Array(all[start..<min(start + largest, all.count)])))
            }
        }
        return parcels
    }
}
