// Độ khẩn (B5): three degrees above normal that come first everywhere, in this order.

package enum Urgency: Int, Sendable, CaseIterable, Codable, Comparable {
    case normal = 0, urgent = 1, veryUrgent = 2, flash = 3

    package static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
}
