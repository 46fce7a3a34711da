// Gói tin liên thông: what travels between two agencies. A document goes from the sender, statuses come back;
// inside one installation the envelope carries a reference to the document, never a second copy of its bytes
// (decision 4).

package enum EnvelopeKind: String, Sendable, Codable {
    case document, status
    /// What the sender asks about a document that has gone.
    case recall, update
}

/// Which way a message goes.
package struct Route: Sendable, Hashable {
    package let channel: Channel
    /// The partner's name in the settings of the exchange; empty where a channel has but one.
    package let partner: String

    package init(_ channel: Channel, _ partner: String = "") {
        self.channel = channel
        self.partner = partner
    }

    package static let loopback = Route(.loopback)
}

package struct Envelope: Sendable, Equatable {
    package let id: ID<Envelope>
    package let kind: EnvelopeKind
    package let from: ID<Agency>
    package let to: ID<Agency>
    package let delivery: ID<Delivery>
    package let route: Route
    /// What is delivered or spoken of; statuses carry none.
    package let document: ID<Document>?
    /// The request that is made or answered.
    package let request: ID<ExchangeRequest>?
    package let status: DeliveryStatus
    /// The reason of a refusal, the notation of the answer.
    package let note: String
    /// When it happened at its origin.
    package let at: Instant
    /// How often it could not be carried.
    package let attempts: Int

    /// The answer that a received copy is given back, or that a correction is not taken.
    package var isAnswer: Bool { kind == .status && [.changeAgreed, .changeRefused].contains(status) }

    package init(
        id: ID<Envelope>, kind: EnvelopeKind, from: ID<Agency>, to: ID<Agency>, delivery: ID<Delivery>,
        route: Route = .loopback, document: ID<Document>?, request: ID<ExchangeRequest>? = nil,
        status: DeliveryStatus, note: String, at: Instant, attempts: Int = 0
    ) {
        self.route = route
        self.request = request
        self.id = id
        self.kind = kind
        self.from = from
        self.to = to
        self.delivery = delivery
        self.document = document
        self.status = status
        self.note = note
        self.at = at
        self.attempts = attempts
    }
}

/// How long a message waits after it could not be carried: longer each time, never given up, and unevenly, so
/// that many that failed together do not come back together (E5).
package enum CarryingPace {
    package static let longestPause = 600
    /// So often something is tried that nobody can say the reason of; then it is a person's. With these pauses that is
    /// some half an hour.
    package static let attemptLimit = 12

    /// Seconds; `chance` is between 0 and 1.
    package static func pause(afterAttempts attempts: Int, chance: Double) -> Double {
        let whole = min(longestPause, 1 << min(max(attempts, 1), 10))
        return Double(whole) * (0.5 + 0.5 * chance)
    }

    /// When to try again what has failed now for the `attempts`th time.
    package static func nextAttempt(afterAttempts attempts: Int, at now: Instant) -> Instant {
        let pause = pause(afterAttempts: attempts, chance: Double.random(in: 0...1))
        return Instant(microseconds: now.microseconds + Int64(pause * 1_000_000))
    }
}
