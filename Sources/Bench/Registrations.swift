// Registering a letter as the office does it — number, document, file, text for search, the head's desk, journal — from
// several clients at once, one in ten rolled back, over a year's end. Beside it the bare rate of the same database.
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit

struct Registrations {
    let ground: BenchOffice
    let clients: Int
    let count: Int

    func run() async throws {
        let bare = try await bareRate()
        ground.clock.move(to: Instant(OfficeDate(dayNumber: 20_818), hour: 15))
        let clerk = try await ground.world.position("vt.tuphap"),
            director = try await ground.world.position("tp.tuphap")
        let staged = try await ground.stageLetters(count, for: clerk)
        let halfway = count / 2
        let took = try await everyone(count) { index in
            if index == halfway { ground.clock.move(to: Instant(OfficeDate(dayNumber: 20_821), hour: 8)) }
            let letter = Self.letter(index, staged[index], director)
            do {
                try await ground.world.runner.run(
                    SometimesUndone(letter: letter, isUndone: index % 10 == 9), as: .position(clerk))
            } catch is Undone {}
        }
        let (kept, distinct, gaps) = try await numbers(clerk.agency)
        guard kept == count - count / 10, distinct == kept, gaps == 0 else {
            throw Unmeasurable("\(kept) registered of \(count), \(distinct) distinct numbers, \(gaps) gaps")
        }
        let rate = Double(count) / took
        Report.line("\(clients) clients: bare insert and select", Report.number(bare) + " /s")
        Report.line(
            "\(clients) clients: whole registrations, one in ten rolled back", Report.number(rate) + " /s",
            aim: "≥ 2,000 /s", met: rate >= 2000)
        Report.line(
            "\(clients) clients: share of the bare rate", Report.percent(rate / bare), aim: "≥ 20 %",
            met: rate / bare >= 0.2)
        Report.line(
            "\(clients) clients: numbers", "\(kept) kept, \(distinct) distinct, \(gaps) gaps", aim: "0 gaps",
            met: true)
    }

    static func letter(_ index: Int, _ file: ID<StagedFile>, _ director: Position) -> RegisterIncoming {
        RegisterIncoming(
            facts: DocumentParticulars(
                issuingAgency: "Sở Tư pháp tỉnh Kiên Giang", number: "\(index + 1)", notation: "STP-HCTP",
                date: OfficeDate(year: 2026, month: 5, day: 8) ?? OfficeDate(dayNumber: 20_580),
                type: "cong-van",
                abstract: "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026", urgency: .normal,
                pages: 1,
                signer: "Trịnh Công Luận"),
            deadline: nil, director: director.id, files: [file], twinSeen: false)
    }

    /// The same database, one row written and read back in a transaction, with as many clients.
    private func bareRate() async throws -> Double {
        let database = ground.office.database
        try await database.write {
            try $0.execute("CREATE TABLE bare (number BIGINT PRIMARY KEY, words TEXT NOT NULL)")
        }
        let took = try await everyone(count) { index in
            try await database.write { connection in
                try connection.execute("INSERT INTO bare (number, words) VALUES (\(index), 'công văn')")
                _ = try connection.first("SELECT words FROM bare WHERE number = \(index)")
            }
        }
        return Double(count) / took
    }

    /// Seconds that all clients together took for `count` turns.
    private func everyone(_ count: Int, _ turn: @escaping @Sendable (Int) async throws -> Void) async throws
        -> Double
    {
        let turns = Turns(count), clock = ContinuousClock(), begin = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<clients {
                group.addTask { while let index = turns.next() { try await turn(index) } }
            }
            try await group.waitForAll()
        }
        return (clock.now - begin).inSeconds
    }

    private func numbers(_ agency: ID<Agency>) async throws -> (kept: Int, distinct: Int, gaps: Int) {
        try await ground.office.database.read { try RegisterCheck.numbers(of: agency, $0) }
    }
}

/// Counts what stands in an agency's register of arrivals.
enum RegisterCheck {
    static func numbers(of agency: ID<Agency>, _ connection: Connection) throws -> (
        kept: Int, distinct: Int, gaps: Int
    ) {
        var (kept, distinct, gaps) = (0, 0, 0)
        for row in try connection.rows(
            """
            SELECT count(*), count(DISTINCT number), max(number) FROM arrival WHERE agency_id = \(agency)
            GROUP BY register_id, year
            """)
        {
            let (all, different, last): (Int, Int, Int) = (try row[0], try row[1], try row[2])
            kept += all
            distinct += different
            gaps += last - different
        }
        return (kept, distinct, gaps)
    }
}

/// Hands out 0, 1, 2 … to whoever asks.
final class Turns: @unchecked Sendable {
    private let lock = NSLock()
    private let end: Int
    private var upcoming = 0

    init(_ end: Int) { self.end = end }

    func next() -> Int? {
        lock.withLock {
            guard upcoming < end else { return nil }
            defer { upcoming += 1 }
            return upcoming
        }
    }
}

private struct Undone: Error {}

/// A registration that has done everything and then meets an accident.
private struct SometimesUndone: OfficeOperation {
    static let verb = RegisterIncoming.verb
    let letter: RegisterIncoming
    let isUndone: Bool

    func perform(_ act: Act) throws -> Arrival {
        let arrival = try letter.perform(act)
        if isUndone { throw Undone() }
        return arrival
    }
}
