import Domain
import Testing

struct ExchangeRulesTests {
    @Test("E2: a status is taken only forwards; refused and finished are the end")
    func statuses() {
        let taken = DeliveryStatus.states.map { status in
            DeliveryStatus.allCases.filter { status.accepts($0) }.map(\.rawValue)
        }
        #expect(taken == [[1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6], [], [4, 5, 6], [5, 6], [6], []])
    }

    @Test("E3: once it was sent again, a refusal told late does not hide that it was taken")
    func statusesOfWhatWasSentAgain() {
        let taken = DeliveryStatus.states.map { status in
            DeliveryStatus.allCases.filter { status.accepts($0, isSentAgain: true) }.map(\.rawValue)
        }
        #expect(
            taken == [[1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6], [3, 4, 5, 6], [4, 5, 6], [5, 6], [6], []])
    }

    @Test("E5: a message that cannot be carried waits longer each time, never over ten minutes")
    func pauses() {
        let longest = (1...20).map { CarryingPace.pause(afterAttempts: $0, chance: 1) }
        #expect(longest.prefix(4) == [2, 4, 8, 16])
        #expect(longest.max() == 600)
        #expect(longest == longest.sorted())
        #expect(CarryingPace.pause(afterAttempts: 3, chance: 0) == 4)
        #expect(CarryingPace.pause(afterAttempts: .max, chance: 0.5) == 450)
        #expect(CarryingPace.pause(afterAttempts: -1, chance: 0) == 1)
    }
}
