// Bảng theo dõi gửi, chia theo việc phải làm (E2, E5): what the clerk asks of a long board – who has not had it, where it would not
// go, who sent it back, who is slow. A recipient may stand in several parts.

package enum DeliveryPart: String, Sendable, CaseIterable {
    /// A message that failed, a refusal, a recipient that is slow.
    case needsLook
    /// Still in our hands, and nothing has gone wrong.
    case unsent
    /// A message that could not be carried.
    case failing
    case returned
    /// It is there, and two working hours have passed without an answer.
    case late
    case notAccepted, inWork, finished
    case takenBack
    /// An answer is asked for and has not come; of these, those whose day has passed.
    case awaitsAnswer, answerLate
}

/// How many recipients stand in each part.
package struct DeliveryCounts: Sendable, Equatable {
    package let total: Int
    private let parts: [DeliveryPart: Int]

    package init(total: Int, parts: [DeliveryPart: Int]) { (self.total, self.parts) = (total, parts) }

    package subscript(_ part: DeliveryPart) -> Int { parts[part, default: 0] }
}
