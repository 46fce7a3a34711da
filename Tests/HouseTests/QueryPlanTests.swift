import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Every list, count and look-up goes by an index: what is fast with ten letters stays so with a million. The statements
/// are those the tables really run, caught on their way.
struct QueryPlanTests {
    /// Few rows whatever the office does.
    private static let small: Set<String> = [
        "t", "y", "r", "g", "agency", "document_type", "register", "register_type",
    ]

    @Test("I3, decision 19: no list, count, look-up or search walks through a whole table")
    func noScans() async throws {
        let plans = try await TemporaryOffice.with(.sqlite) { world in
            try await Self.plans(world) { tables, clerk, head in
                try Self.ask(tables, clerk)
                try Self.ask(tables, head)
            }
        }
        #expect(plans.count > 40)
        for plan in plans { #expect(plan.wholeTables.subtracting(Self.small) == [], "\(plan)") }
    }

    /// PostgreSQL chooses a plan by how many rows there are; kept from reading tables end to end, it does so only where no
    /// index would help, and then along the primary key.
    @Test("I3, decision 19: nor does PostgreSQL", .enabled(if: DatabaseKind.available.contains(.postgres)))
    func noScansInPostgres() async throws {
        try await TemporaryOffice.with(.postgres) { world in
            let plans = try await Self.plans(world) { tables, clerk, head in
                try Self.ask(tables, clerk)
                try Self.ask(tables, head)
            }
            #expect(plans.count > 40)
            for plan in plans { #expect(plan.wholeTables.subtracting(Self.small) == [], "\(plan)") }
        }
    }

    @Test(
        "E3, decision 19: asking many back looks everything up by an index", arguments: DatabaseKind.available
    )
    func askingBack(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: CrashStory.agencies) { world in
            let issuance = try await world.issueDirectly(
                from: "vt.noivu", to: ["phong-tu-phap", "ubnd-thanh-pho"])
            let deliveries = try await world.office.read { try $0.deliveries.all(of: issuance.id) }
            let gone = try #require(deliveries.first).id
            try await world.office.database.write { try Tables($0).outbox.delete(about: [gone]) }
            let clerk = try await world.actor("vt.noivu")
            let plans = try await Self.plans(world) {
                let outcome = try await world.runner.run(
                    AskRecipients(
                        .recall, issuance: issuance.id, deliveries: deliveries.map(\.id), note: "Gửi nhầm."),
                    as: clerk)
                #expect(outcome.asked == 1 && outcome.takenBack == 1)
            }
            #expect(plans.count > 8)
            for plan in plans { #expect(plan.wholeTables.subtracting(Self.small) == [], "\(plan)") }
        }
    }

    @Test("decision 19: what is paged by key is read in the order of its index, without sorting")
    func noSorting() async throws {
        let plans = try await TemporaryOffice.with(.sqlite) { world in
            try await Self.plans(world) { tables, clerk, head in
                let agency = clerk.agency, after = ID<Issuance>(UUID())
                _ = try tables.arrivalLists.page(
                    for: clerk, state: nil, after: (year: 2026, number: 900), limit: 50)
                _ = try tables.arrivalLists.page(for: clerk, state: .registered, after: nil, limit: 50)
                _ = try tables.desk.queue(of: head.id, kind: nil, limit: 50)
                _ = try tables.draftLists.page(for: head, state: nil, after: 12, limit: 50)
                _ = try tables.issuanceLists.page(
                    of: agency, after: IssuanceKey(numberedAt: StoryWorld.morning, id: after), limit: 50)
                _ = try tables.receiptLists.decided(.accepted, of: agency, after: nil, limit: 50)
                _ = try tables.receiptLists.takenBack(of: agency, after: nil, limit: 50)
                _ = try tables.outboxLists.page(
                    of: agency, after: OutboxKey(at: StoryWorld.morning, id: ID(UUID())), limit: 50)
            }
        }
        #expect(plans.count == 8)
        for plan in plans { #expect(!plan.isSorted, "\(plan)") }
    }

    private static func ask(_ tables: Tables, _ person: Position) throws {
        let agency = person.agency, agencies = try tables.agencies.all().map(\.id)
        for state in [nil, ArrivalState.registered] {
            _ = try tables.arrivalLists.page(
                for: person, state: state, after: (year: 2026, number: 9), limit: 50)
        }
        _ = try tables.arrivalLists.count(for: person, state: .working)
        _ = try tables.arrivalLists.awaitingPaper(for: person)
        _ = try tables.outboxLists.stuck(of: agency, since: StoryWorld.morning)
        _ = try tables.arrivalLists.rows([ID(UUID()), ID(UUID())], for: person)
        _ = try tables.arrivals.twin(of: letter, in: agency, year: 2026)
        for kind in [nil, DeskKind.direct] { _ = try tables.desk.queue(of: person.id, kind: kind, limit: 50) }
        _ = try tables.desk.counts(of: person.id)
        for state in [nil, DraftState.climbing] {
            _ = try tables.draftLists.page(for: person, state: state, after: 9, limit: 50)
        }
        _ = try tables.draftLists.counts(for: person)
        _ = try tables.draftLists.rows([ID(UUID())], for: person)
        _ = try tables.issuanceLists.page(of: agency, limit: 50)
        _ = try tables.issuanceLists.page(of: agency, register: "cong-van", limit: 50)
        _ = try tables.issuanceLists.toIssue(of: agency, limit: 200)
        _ = try tables.issuanceLists.registers(of: agency)
        _ = try tables.issuanceLists.countToIssue(of: agency)
        for state in [ReceiptState.waiting, .accepted, .refused] {
            _ = try tables.receiptLists.page(of: agency, state, after: nil, limit: 50)
            _ = try tables.receiptLists.count(of: agency, state)
        }
        for kind in EntryKind.allCases {
            _ = try tables.entryText.find(["ho", "tich"], kind: kind, agency: agency, limit: 30)
        }
        _ = try tables.deliveryLists.counts(ID(UUID()), of: agency)
        _ = try tables.deliveryLists.parts(of: ID(UUID()), in: agency, at: StoryWorld.morning)
        for part in [nil] + DeliveryPart.allCases.map(Optional.some) {
            _ = try tables.deliveryLists.board(ID(UUID()), of: agency, part: part, at: StoryWorld.morning)
        }
        _ = try tables.deliveryLists.openRequests(of: ID(UUID()), in: agency)
        _ = try tables.deliveryRequests.all(of: [ID(UUID()), ID(UUID())])
        _ = try tables.outboxLists.of([ID(UUID()), ID(UUID())], from: agency)
        _ = try tables.outboxLists.routes(of: ID(UUID()), from: agency)
        for failing in [nil, true, false] {
            _ = try tables.outboxLists.page(of: agency, failing: failing, limit: 50)
        }
        _ = try tables.outboxLists.count(of: agency, failing: true)
        _ = try tables.receiptLists.takenBack(of: agency, after: nil, limit: 50)
        _ = try tables.receiptLists.countTakenBack(of: agency)
        _ = try tables.receiptRequests.lines(of: ID(UUID()))
        _ = try tables.receiptRequests.correction(of: ID(UUID()))
        _ = try tables.receipts.replacing(from: agency, in: agency)
        _ = try tables.documents.isGivenUp(ID(UUID()))
        _ = try tables.documents.versions(of: ID(UUID()))
        _ = try tables.issuanceLists.find(agency, years: [2026, 2025], number: 54, notation: "PTP")
        _ = try tables.outbox.due(.loopback, at: StoryWorld.morning, limit: 20)
        _ = try tables.jobs.isAnyReady(at: StoryWorld.morning)
        _ = try tables.accessLog.failures(login: "vt.tuphap", address: "127.0.0.1", since: StoryWorld.morning)
        _ = try tables.sessions.find(hash: [1, 2, 3], at: StoryWorld.morning)
        _ = try tables.correspondents.standing(of: agencies, on: StoryWorld.morning.officeDate)
        for text in ["phong tu ph", "H31.12", ""] {
            for kind in [nil, CorrespondentKind.state] {
                _ = try tables.catalogueLists.page(CatalogueQuestion(text, kind: kind), after: 9, limit: 50)
            }
        }
        _ = try tables.catalogueLists.lines(agencies)
        _ = try tables.catalogueLists.named("Phòng Tư pháp", under: "", on: StoryWorld.morning.officeDate)
        _ = try tables.catalogueLists.recentlySentTo(from: agency, limit: 20)
        _ = try tables.correspondents.find(code: "H31.12", on: StoryWorld.morning.officeDate)
        try askForMessages(tables, agency, agencies)
        _ = try tables.signingBatches.open(of: person.id)
        _ = try tables.signingBatches.abandoned(at: StoryWorld.morning)
        _ = try tables.signingBatches.items(of: ID(UUID()))
        for scope in [
            CertificateRequestScope.installation, .agency(agency), .own(person.account, agency),
        ] {
            _ = try tables.certificateRequests.page(scope, openOnly: true, after: nil, limit: 50)
            _ = try tables.certificateRequests.openCount(scope)
        }
        _ = try tables.signingKeys.inUse(.person(person.account))
    }

    /// What each message that goes or comes asks.
    private static func askForMessages(
        _ tables: Tables, _ agency: ID<Agency>, _ agencies: [ID<Agency>]
    ) throws {
        let now = StoryWorld.morning, route = Route(.vanthu, "b")
        _ = try tables.inbound.isKnown("x", from: route)
        _ = try tables.inbound.isAnyReady(at: now)
        _ = try tables.inbound.find(ID(UUID()))
        _ = try tables.inbound.failed(.installation, limit: 50)
        _ = try tables.inbound.spentHashes(since: now)
        _ = try tables.outbox.due(.vanthu, at: now, limit: 20)
        _ = try tables.outbox.stillDue([ID(UUID())], by: "w", at: now)
        _ = try tables.outbox.waiting(for: ID(UUID()))
        _ = try tables.deliveries.find(messageKey: "x", to: agencies)
        _ = try tables.deliveries.find(numberAndNotation: "12/STP", date: now.officeDate, to: agencies)
        _ = try tables.deliveries.isKnown(event: ID(UUID()))
        _ = try tables.deliveryRequests.all(of: ID(UUID()))
        _ = try tables.deliveryAnswers.of([ID(UUID())])
        _ = try tables.deliveryAnswers.answered(by: ID(UUID()), in: agency)
        _ = try tables.deliveryAnswers.waiting(of: agency, on: now.officeDate, limit: 20)
        _ = try tables.receiptRequests.all(of: ID(UUID()))
        _ = try tables.receiptRequests.open(in: agency)
        _ = try tables.correspondents.find(mail: "a@b.vn", on: now.officeDate)
        _ = try tables.blobUses.isUsed("x")
    }

    /// With few rows PostgreSQL reads and joins whole tables because that is cheap.
    private static let forManyRows = """
        SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off
        """

    private static let letter = DocumentParticulars(
        issuingAgency: "Sở Tư pháp", number: "482", notation: "STP", date: StoryWorld.morning.officeDate,
        type: "cong-van", abstract: "x", urgency: .normal, pages: 1, signer: "")

    /// The statements the body runs, each with the database's plan for it.
    private static func plans(
        _ world: StoryWorld, _ body: @escaping @Sendable (Tables, Position, Position) throws -> Void
    ) async throws -> [Plan] {
        let clerk = try await world.position("vt.tuphap"), head = try await world.position("tp.tuphap")
        return try await plans(world) { try await world.office.read { try body($0, clerk, head) } }
    }

    private static func plans(_ world: StoryWorld, _ act: () async throws -> Void) async throws -> [Plan] {
        let trace = StatementTrace()
        world.office.database.trace = trace
        try await act()
        world.office.database.trace = nil
        return try await world.office.database.read { connection in
            if connection.dialect == .postgres { try connection.script(Self.forManyRows) }
            return try trace.statements.map { Plan(statement: $0.text, steps: try connection.plan(of: $0)) }
        }
    }
}

/// A statement and how the database goes about it.
private struct Plan: Sendable, CustomStringConvertible {
    let statement: String
    let steps: [String]

    /// What is read from end to end, be it along an index; counted sub-selects are none.
    var wholeTables: Set<String> { ofSQLite.union(ofPostgres) }

    /// An index over part of a table is short and may be read whole.
    private var ofPostgres: Set<String> {
        Set(
            steps.enumerated().compactMap { place, step in
                guard let scan = step.firstMatch(of: /(?:Seq Scan|_pkey) on (\w+)/) else { return nil }
                let isLookUp = steps[(place + 1)...].first?.contains("Index Cond:") ?? false
                return isLookUp ? nil : String(scan.1)
            })
    }

    private var ofSQLite: Set<String> {
        Set(
            steps.compactMap { step in
                guard step.hasPrefix("SCAN "), !step.contains("VIRTUAL TABLE"), !step.contains("CONSTANT ROW")
                else {
                    return nil
                }
                let name = step.dropFirst("SCAN ".count).prefix { $0 != " " }
                return name.hasPrefix("(") || ["counted", "listed", "recent"].contains(name)
                    ? nil : String(name)
            })
    }

    var isSorted: Bool { steps.contains { $0.contains("TEMP B-TREE FOR ORDER BY") } }

    var description: String { wholeTables.joined(separator: " ") + ": " + statement.prefix(700) }
}
