import Domain
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Answers kept for those who look again, and gone with the next write.
struct RecentLooksTests {
    @Test(
        "decision 19: a look stands while nothing is written, and is taken anew after any write",
        arguments: DatabaseKind.available)
    func freshness(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let position = try await world.position("vt.tuphap")
            let taken = Tally()
            func registered() async throws -> Int {
                try await world.office.look("registered/\(position.id)") { tables in
                    taken.add()
                    return try tables.arrivalLists.count(for: position, state: .registered)
                }
            }
            #expect(try await registered() == 0)
            #expect(try await registered() == 0)
            #expect(taken.count == 1)
            for expected in 1...3 {
                _ = try await world.register(number: "\(700 + expected)", as: clerk)
                #expect(try await registered() == expected)
            }
            #expect(taken.count == 4)
        }
    }

    @Test("an answer is not given to a question of another kind")
    func kinds() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            let number = try await world.office.look("same name") { _ in 7 }
            let word = try await world.office.look("same name") { _ in "bảy" }
            #expect(number == 7)
            #expect(word == "bảy")
        }
    }
}

private final class Tally: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0

    func add() { lock.withLock { value += 1 } }
    var count: Int { lock.withLock { value } }
}
