import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// What the clerk and the sender look at, on both databases.
struct ExchangeListsTests {
    @Test("B5: the clerk's list stands urgent first and is paged by key", arguments: DatabaseKind.available)
    func paging(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            for urgency in [Urgency.normal, .flash, .urgent, .normal, .flash] {
                _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"], urgency: urgency)
                try await world.carry()
            }
            let agency = try await world.agency("phong-tu-phap").id
            var pages: [[Urgency]] = [], after: ReceiptKey?, seen: Set<ID<Receipt>> = []
            for _ in 1...3 {
                let key = after
                let page = try await world.office.read {
                    try $0.receiptLists.page(of: agency, .waiting, after: key, limit: 2)
                }
                pages.append(page.map(\.urgency))
                seen.formUnion(page.map(\.receipt.id))
                after = page.last?.key
            }
            #expect(pages == [[.flash, .flash], [.urgent, .normal], [.normal]])
            #expect(seen.count == 5)
            #expect(try await world.office.read { try $0.receiptLists.count(of: agency, .waiting) } == 5)
        }
    }

    @Test(
        "E1, D6: five hundred recipients are sent to and reached; the board is paged by name",
        arguments: DatabaseKind.available)
    func manyRecipients(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let agencies = try await world.addAgencies(500)
            let clock = ContinuousClock()
            var issuance: Issuance?
            let sending = try await clock.measure {
                issuance = try await world.issueDirectly(from: "vt.noivu", to: agencies)
            }
            let carrying = try await clock.measure { try await world.carry() }
            print("\(kind): 500 recipients, sent in \(sending), arrived and reported in \(carrying)")
            let sent = try #require(issuance)
            let counts = try await world.office.read { try $0.deliveryLists.counts(sent.id, of: sent.agency) }
            #expect(counts == [.arrived: 500])
            var after: BoardKey?, seen: [String] = []
            for _ in 1...6 {
                let key = after
                let page = try await world.office.read {
                    try $0.deliveryLists.board(
                        sent.id, of: sent.agency, statuses: [.sent, .arrived], after: key)
                }
                seen += page.map(\.recipientName)
                after = page.last?.key ?? after
            }
            #expect(seen.count == 500)
            #expect(Set(seen).count == 500)
        }
    }
}

extension StoryWorld {
    /// Agencies with a clerk each, for letters that go to many.
    fileprivate func addAgencies(_ count: Int) async throws -> [ID<Agency>] {
        let clerk = try await position("vt.tuphap")
        let now = office.clock.now
        return try await office.database.write { connection in
            let tables = Tables(connection)
            return try (1...count).map { index in
                let agency = Agency(
                    id: ID(UUIDv7.make(at: now)), slug: "noi-nhan-\(index)", name: "Nơi nhận \(index)",
                    superiorLine: "",
                    abbreviation: "NN\(index)", place: "Rạch Giá", group: .ward)
                try tables.agencies.insert(agency)
                try tables.positions.insert(
                    Position(
                        id: ID(UUIDv7.make(at: now)), agency: agency.id, account: clerk.account,
                        personName: clerk.personName, role: .clerk, title: "Văn thư"), rank: 7)
                return agency.id
            }
        }
    }
}
