// Issuing one document to many: the clerk's own transaction ("issued"), and the moment when the worker has laid the last
// receipt on the last recipient's desk ("arrived"). Five thousand agencies are put in by plain inserts.
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit

struct Issuing {
    let ground: BenchOffice

    func run() async throws {
        let recipients = try await settleAgencies(5000)
        let worker = ExchangeWorker(office: ground.office)
        let working = Task { await worker.run() }
        defer { working.cancel() }
        _ = try await measure(Array(recipients.prefix(5)), worker)
        var perRecipient: [Double] = []
        for count in [30, 500, 5000] {
            let (issued, arrived, told) = try await measure(Array(recipients.prefix(count)), worker)
            Report.line(
                "\(Report.number(Double(count))) recipients: issued", Report.milliseconds(issued),
                aim: count == 500 ? "< 150 ms" : "", met: count == 500 ? issued < 0.15 : nil)
            Report.line(
                "\(Report.number(Double(count))) recipients: all arrived", Report.milliseconds(arrived),
                aim: count == 500 ? "< 2 s" : "", met: count == 500 ? arrived < 2 : nil)
            Report.line(
                "\(Report.number(Double(count))) recipients: sender told of all", Report.milliseconds(told))
            perRecipient.append(arrived / Double(count))
        }
        let growth = perRecipient[2] / perRecipient[1]
        Report.line(
            "arrival of one recipient among 5,000 beside among 500",
            Report.number(growth, decimals: 2) + " ×",
            aim: "linear (≤ 1.3 ×)", met: growth <= 1.3)
    }

    private func measure(
        _ recipients: [ID<Agency>], _ worker: ExchangeWorker
    ) async throws -> (issued: Double, arrived: Double, told: Double) {
        let clock = ContinuousClock(), begin = clock.now
        let issuance = try await ground.world.issueDirectly(from: "vt.tuphap", to: recipients)
        let issued = (clock.now - begin).inSeconds
        worker.wake()
        let document = issuance.document
        try await wait { connection in
            let arrived: Int? = try connection.first(
                "SELECT count(*) FROM receipt WHERE document_id = \(document)"
            ) { try $0[0] }
            return arrived == recipients.count
        }
        let arrived = (clock.now - begin).inSeconds
        try await wait { connection in try connection.first("SELECT 1 FROM outbox LIMIT 1") == nil }
        return (issued, arrived, (clock.now - begin).inSeconds)
    }

    private func wait(_ isSo: @escaping @Sendable (Connection) throws -> Bool) async throws {
        for _ in 0..<60_000 {
            if try await ground.office.database.read(isSo) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Unmeasurable("the messages did not arrive within five minutes")
    }

    /// Agencies with a clerk each, who are all one account: who they are is not what is measured.
    private func settleAgencies(_ count: Int) async throws -> [ID<Agency>] {
        let now = ground.office.clock.now
        return try await ground.office.database.write { connection in
            let tables = Tables(connection), account: ID<Account> = ID(UUIDv7.make(at: now))
            try tables.accounts.insert(
                id: account, login: "vt.moi-noi", personName: "Văn thư mọi nơi", passwordHash: "",
                mustChange: false,
                at: now)
            return try (1...count).map { number in
                let agency = Agency(
                    id: ID(UUIDv7.make(at: now)), slug: "co-quan-\(number)", name: "Cơ quan số \(number)",
                    superiorLine: "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG", abbreviation: "CQ\(number)",
                    place: "Kiên Giang",
                    group: .ward)
                try tables.agencies.insert(agency)
                try tables.positions.insert(
                    Position(
                        id: ID(UUIDv7.make(at: now)), agency: agency.id, account: account, personName: "",
                        role: .clerk, title: "Văn thư"), rank: 5)
                return agency.id
            }
        }
    }
}
