import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Asking many recipients at once: each is answered as if it had been asked alone, and it costs few statements.
struct ManyRecipientsTests {
    private static let each = 13
    private static let reason = "Gửi nhầm."

    @Test(
        "E3: of hundreds of recipients each is taken back, asked or left by where its own letter stands, with few statements",
        arguments: DatabaseKind.available, ExchangeRequestKind.allCases)
    func mixed(_ kind: DatabaseKind, _ wish: ExchangeRequestKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world, clerk = try await world.position("vt.tuphap")
            let recipients = try await world.addRecipients(Self.each)
            let (many, standings) = try await world.send(to: recipients, from: clerk)
            let few = Dictionary(
                recipients.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
            let (other, single) = try await world.send(
                to: Dictionary(uniqueKeysWithValues: few.map { ($0.value, $0.key) }), from: clerk)

            func ask(_ issuance: Issuance, _ deliveries: [ID<Delivery>]) async throws -> AskRecipients.Outcome
            {
                try await world.runner.run(
                    AskRecipients(
                        wish, issuance: issuance.id, deliveries: deliveries, note: Self.reason,
                        partners: ["a", "b"]), as: .position(clerk))
            }
            let stranger = try #require(single.keys.first)
            await #expect(throws: Refused(.notFound)) {
                _ = try await ask(many, Array(standings.keys) + [stranger])
            }
            let trace = StatementTrace()
            world.office.database.trace = trace
            // One named twice is asked once.
            let all = Array(standings.keys)
            let outcome = try await ask(many, (all + all.prefix(5)).shuffled())
            world.office.database.trace = nil
            #expect(trace.statements.count < 30, "\(trace.statements.count)")
            try await expect(Counted(outcome), wish, standings, world)

            for (delivery, standing) in single {
                let one: Counted
                do { one = Counted(try await ask(other, [delivery])) } catch let refused as Refused {
                    one = Counted(left: [delivery: refused.reasons])
                }
                try await expect(one, wish, [delivery: standing], world)
            }
            let said = try await world.office.read {
                try $0.journal.history(of: [many.id.uuid], in: clerk.agency).map(\.entry)
            }.last
            #expect(said?.verb == (wish == .recall ? .recallAsked : .updateAsked))
            #expect(
                said?.particulars == [
                    "reason": Self.reason, "asked": "\(outcome.asked)", "takenBack": "\(outcome.takenBack)",
                ])
        }
    }

    private func expect(
        _ outcome: Counted, _ wish: ExchangeRequestKind, _ standings: [ID<Delivery>: Standing],
        _ world: StoryWorld
    ) async throws {
        var expected = Counted()
        for (delivery, standing) in standings {
            switch standing.fate(wish) {
            case .takenBack: expected.takenBack += 1
            case .asked: expected.asked += 1
            case .left(let refusal): expected.left[delivery] = [refusal]
            }
        }
        #expect(outcome == expected)
        try await world.office.read { tables in
            for (id, standing) in standings {
                let fate = standing.fate(wish)
                let delivery = try #require(try tables.deliveries.find(id))
                #expect((delivery.recalledAt != nil) == (fate == .takenBack || standing == .takenBack))
                let waiting = try tables.outbox.waiting(for: id)
                #expect(
                    waiting.map { Route($0.route.channel, $0.route.partner) } == standing.routes(after: fate),
                    "\(standing)")
                let requests = try tables.deliveryRequests.all(of: id)
                #expect(
                    requests.map(\.state) == standing.requests + (fate == .asked ? [.asked] : []),
                    "\(standing)")
                guard fate == .asked, let message = waiting.last, let request = requests.last else {
                    continue
                }
                #expect(message.kind == (wish == .recall ? .recall : .update))
                #expect(message.request == request.id && message.status == .recallAsked)
                #expect(message.note == Self.reason && request.note == Self.reason)
                #expect(message.to == delivery.recipient && message.from == delivery.agency)
                #expect(request.kind == wish)
            }
        }
    }
}

/// What became of an act, or of one that was refused as a whole.
private struct Counted: Equatable {
    var takenBack = 0
    var asked = 0
    var left: [ID<Delivery>: [Refusal]] = [:]
}

extension Counted {
    init(_ outcome: AskRecipients.Outcome) {
        (takenBack, asked, left) = (outcome.takenBack, outcome.asked, outcome.left)
    }
}

private enum Fate: Equatable {
    case takenBack, asked
    case left(Refusal)
}

/// Where the letter of one recipient stands when it is asked about.
private enum Standing: CaseIterable {
    case waiting, leased, inDoubt, gone
    case toPrint, posted, alsoToPrint, alsoPosted
    case open, answered, returned, finished, takenBack
    case mailWaiting, mailGone
    /// By a partner that the settings call otherwise now; by one that the catalogue has given up.
    case renamed, moved

    var channel: Channel {
        switch self {
        case .toPrint, .posted: .paper
        case .mailWaiting, .mailGone: .mail
        case .renamed, .moved: .vanthu
        default: .axis
        }
    }

    /// Whether its document still lies in the outbox.
    var isHere: Bool {
        [.waiting, .leased, .inDoubt, .alsoToPrint, .alsoPosted, .mailWaiting].contains(self)
    }

    var hasPaperBeside: Bool { self == .alsoToPrint || self == .alsoPosted }
    var isPosted: Bool { self == .posted || self == .alsoPosted }

    /// Of requests made before.
    var requests: [ExchangeRequestState] {
        switch self {
        case .open: [.asked]
        case .answered: [.refused]
        default: []
        }
    }

    func fate(_ wish: ExchangeRequestKind) -> Fate {
        switch self {
        case .waiting, .alsoToPrint, .mailWaiting: wish == .recall ? .takenBack : .asked
        // Nothing is asked on paper.
        case .toPrint: wish == .recall ? .takenBack : .left(.channelHasNoAnswers)
        case .leased, .inDoubt, .gone, .alsoPosted, .answered, .renamed, .moved: .asked
        case .posted, .mailGone: .left(.channelHasNoAnswers)
        case .open: .left(.requestOpen)
        case .returned, .finished, .takenBack: .left(.deliveryOver)
        }
    }

    /// By which ways messages wait afterwards, oldest first.
    func routes(after fate: Fate) -> [Route] {
        let own =
            switch self {
            case .mailWaiting, .mailGone: Route(.mail, "phong-tu-phap")
            case .renamed: Route(.vanthu, "b")
            case .moved: Route(.vanthu, "a")
            default: Route(channel)
            }
        if fate == .takenBack { return [] }
        return (isHere ? [own] : []) + (fate == .asked ? [own] : [])
    }
}

extension StoryWorld {
    /// So many agencies elsewhere for each standing.
    fileprivate func addRecipients(_ each: Int) async throws -> [ID<Agency>: Standing] {
        let now = office.clock.now
        return try await office.database.write { connection in
            var known: [ID<Agency>: Standing] = [:]
            for (place, standing) in Standing.allCases.enumerated() {
                for number in 0..<each {
                    let entry = Correspondent(
                        id: ID(UUIDv7.make(at: now)), name: "Cơ quan \(place).\(number)",
                        code: "H31.\(500 + place).\(number)", channel: standing.channel,
                        partner: standing.channel == .vanthu ? "b" : "",
                        mail: standing.channel == .mail ? "cq\(place).\(number)@kiengiang.gov.vn" : "")
                    try Tables(connection).correspondents.put(entry, at: now)
                    known[entry.id] = standing
                }
            }
            return known
        }
    }

    /// A letter to all of them that has come as far as each of them stands for.
    fileprivate func send(
        to recipients: [ID<Agency>: Standing], from clerk: Position
    ) async throws -> (Issuance, [ID<Delivery>: Standing]) {
        let issuance = try await issueDirectly(
            as: .position(clerk), to: Array(recipients.keys), abstract: "lấy lại của nhiều nơi")
        let now = office.clock.now
        let standings = try await office.database.write { connection in
            let tables = Tables(connection)
            var standings: [ID<Delivery>: Standing] = [:]
            for delivery in try tables.deliveries.all(of: issuance.id) {
                let standing = try #require(recipients[delivery.recipient])
                try standing.put(delivery, clerk, tables, connection, now)
                standings[delivery.id] = standing
            }
            return standings
        }
        _ = try await certifyAll(of: "phong-tu-phap", as: "vt.tuphap")
        let posted = try await papers(of: "phong-tu-phap").map(\.paper).filter {
            standings[$0.delivery]?.isPosted == true
        }.map(\.id)
        _ = try await runner.run(NotePrinted(posted), as: .position(clerk))
        let day = PostingParticulars(
            day: office.clock.now.officeDate, way: .post, carrier: "Bưu điện Rạch Giá", envelopes: 1, note: ""
        )
        _ = try await runner.run(NotePosted(posted, day), as: .position(clerk))
        return (issuance, standings)
    }
}

extension Standing {
    func put(
        _ delivery: Delivery, _ clerk: Position, _ tables: Tables, _ connection: Connection, _ now: Instant
    ) throws {
        let id = delivery.id
        if !isHere { try tables.outbox.delete(about: [id]) }
        if hasPaperBeside {
            try tables.papers.insert([
                PaperDispatch(
                    id: ID(UUIDv7.make(at: now)), agency: delivery.agency, issuance: delivery.issuance,
                    delivery: id, recipient: delivery.recipient)
            ])
        }
        if !requests.isEmpty {
            let request = ExchangeRequest(
                id: ID(UUIDv7.make(at: now)), kind: .recall, note: "Lần trước.", askedAt: now)
            try tables.deliveryRequests.insert([(id, request)], by: clerk.id)
            if self == .answered {
                _ = try tables.deliveryRequests.answer(request.id, .refused, "Không trả.", at: now)
            }
        }
        switch self {
        case .leased:
            let later = Instant(microseconds: now.microseconds + 60_000_000)
            try connection.execute(
                "UPDATE outbox SET leased_until = \(later), leased_by = 'w' WHERE delivery_id = \(id)")
        case .inDoubt: try connection.execute("UPDATE outbox SET in_doubt = 1 WHERE delivery_id = \(id)")
        case .returned: try tables.deliveries.setStatus(.refused, of: id, at: now, note: "Không đúng.")
        case .finished: try tables.deliveries.setStatus(.finished, of: id, at: now, note: "")
        case .takenBack: try tables.deliveries.setRecalled(id, at: now)
        case .renamed: try connection.execute("UPDATE delivery SET partner = 'cu' WHERE id = \(id)")
        case .moved: try connection.execute("UPDATE delivery SET partner = 'a' WHERE id = \(id)")
        default: break
        }
    }
}
