// The people of one installation, as a test outside directs them: what arrived is accepted, directed, worked on and
// finished, or refused; what was sent is asked back. Everything goes through the operations that the pages use.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store

package struct ExchangePeople: Sendable {
    package let world: StoryWorld
    var office: Office { world.office }
    var runner: OperationRunner { world.runner }

    package init(office: Office) { world = StoryWorld(office: office) }

    // MARK: The installation

    /// The story's agencies of these names, with the codes they go by.
    package func install(_ codes: [String: String]) async throws {
        try await world.install(only: Set(codes.keys))
        let now = office.clock.now
        for (slug, code) in codes {
            let agency = try await world.agency(slug)
            try await office.database.write { connection in
                let catalogue = Tables(connection).correspondents
                guard var entry = try catalogue.find(agency.id) else { throw Refused(.notFound) }
                entry.code = code
                try catalogue.put(entry, at: now)
            }
        }
    }

    /// Agencies with nobody in them, for measuring; by their slugs and codes.
    package func host(_ codes: [String: String]) async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            let tables = Tables(connection)
            for (slug, code) in codes {
                let agency = Agency(
                    id: ID(UUIDv7.make(at: now)), slug: slug, name: "Cơ quan \(code)",
                    superiorLine: "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG", abbreviation: "CQ", place: "Kiên Giang",
                    group: .ward)
                try tables.agencies.insert(agency)
                try tables.correspondents.put(
                    Correspondent(id: agency.id, name: agency.name, code: code, channel: .loopback), at: now)
            }
        }
    }

    package func addToCatalogue(_ entries: [Correspondent]) async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            for entry in entries { try Tables(connection).correspondents.put(entry, at: now) }
        }
    }

    // MARK: The sender

    package struct Letter: Sendable {
        package var abstract: String
        package var to: [String]
        package var files: [String] = []
        /// The message key of what it replaces.
        package var replaces = ""
        /// The message key of what it answers.
        package var answers = ""
        /// An answer is asked for by this day.
        package var answerBy: OfficeDate?

        package init(
            abstract: String, to: [String], files: [String] = [], replaces: String = "", answers: String = "",
            answerBy: OfficeDate? = nil
        ) {
            self.answerBy = answerBy
            self.abstract = abstract
            self.to = to
            self.files = files
            self.replaces = replaces
            self.answers = answers
        }
    }

    /// The key by which other systems know it.
    package func issue(_ letter: Letter, from slug: String) async throws -> String {
        let today = office.clock.now.officeDate
        let recipients = try await office.read { tables in
            try letter.to.flatMap { try tables.correspondents.find(code: $0, on: today).prefix(1).map(\.id) }
        }
        guard recipients.count == letter.to.count else { throw Refused(.notFound) }
        var answered: [ID<Arrival>] = []
        if !letter.answers.isEmpty {
            answered = try await office.read { tables in
                try tables.connection.rows(
                    """
                    SELECT a.id FROM arrival a JOIN receipt r ON r.id = a.receipt_id
                    WHERE r.message_key = \(letter.answers)
                    """
                ) { try $0[0] }
            }
        }
        let issuance = try await world.issueDirectly(
            as: .position(try await holder(.clerk, slug)), to: recipients, abstract: letter.abstract,
            files: letter.files,
            replacing: letter.replaces.isEmpty
                ? [:] : Dictionary(uniqueKeysWithValues: recipients.map { ($0, letter.replaces) }),
            answers: answered, answerBy: letter.answerBy)
        return try await office.read { try $0.deliveries.all(of: issuance.id).first?.messageKey ?? "" }
    }

    /// Asks all recipients of the document that goes by this key in messages.
    package func ask(
        _ kind: ExchangeRequestKind, about key: String, note: String, from slug: String
    ) async throws -> AskRecipients.Outcome {
        let found = try await office.read { tables in
            try tables.connection.rows(
                "SELECT issuance_id, id FROM delivery WHERE message_key = \(key) ORDER BY id"
            ) { (issuance: try $0[0] as ID<Issuance>, delivery: try $0[1] as ID<Delivery>) }
        }
        guard let issuance = found.first?.issuance else { throw Refused(.notFound) }
        return try await runner.run(
            AskRecipients(kind, issuance: issuance, deliveries: found.map(\.delivery), note: note),
            as: .position(try await holder(.clerk, slug)))
    }

    /// Sends the document of this key once more to everybody who refused it; how many.
    package func sendAgain(about key: String, note: String, from slug: String) async throws -> Int {
        let returned = try await office.read { tables in
            let found: [ID<Delivery>] = try tables.connection.rows(
                "SELECT id FROM delivery WHERE message_key = \(key) AND status = \(DeliveryStatus.refused) ORDER BY id"
            ) { try $0[0] }
            return try found.compactMap { try tables.deliveries.find($0) }
        }
        guard let issuance = returned.first?.issuance else { throw Refused(.notReturned) }
        return try await runner.run(
            SendAgain(issuance: issuance, deliveries: returned.map(\.id), note: note),
            as: .position(try await holder(.clerk, slug))
        ).sent
    }

    /// Has everything that could not be sent tried again; how many messages.
    package func reviveAll() async throws -> Int {
        let dead = try await office.read { tables in
            try tables.connection.rows(
                """
                SELECT o.id, a.slug FROM outbox o JOIN agency a ON a.id = o.from_agency WHERE o.dead_at IS NOT NULL
                """
            ) { (try $0[0] as ID<Envelope>, try $0[1] as String) }
        }
        for (message, slug) in dead {
            try await runner.run(
                ReviveMessage(message: message), as: .position(try await holder(.clerk, slug)))
        }
        return dead.count
    }

    func holder(_ role: Role, _ slug: String) async throws -> Position {
        let agency = try await world.agency(slug).id
        guard let holder = try await office.read({ try $0.positions.holders(of: role, in: agency).first })
        else { throw Refused(.notFound) }
        return holder
    }

    // MARK: Channels

    /// As an administrator does it, who is no person of this story: held by the clerk.
    package func hold(_ route: Route, at slug: String, reason: String) async throws {
        let now = office.clock.now, clerk = try await holder(.clerk, slug).id
        try await office.database.write {
            try Tables($0).exchangeConditions.hold(
                ExchangeHold(route: route, reason: reason, heldBy: clerk, heldAt: now))
        }
    }

    package func release(_ route: Route) async throws {
        _ = try await office.database.write { try Tables($0).exchangeConditions.release(route) }
    }

    // MARK: Time

    /// As if every pause and every lease were over.
    package func letTimePass() async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            for table in ["outbox", "inbound_message"] {
                try connection.execute(
                    "UPDATE \(raw: table) SET available_at = \(now), leased_until = NULL WHERE available_at > \(now)"
                )
                try connection.execute("UPDATE \(raw: table) SET leased_until = NULL")
            }
        }
    }
}
