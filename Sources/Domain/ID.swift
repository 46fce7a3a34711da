// Every row in the office has an identifier that says what it identifies: an `ID<Arrival>` cannot be handed to
// something that wants an `ID<Draft>`. The value is a UUID version 7 (RFC 9562 §5.7), so identifiers sort by the
// moment they were made.
import Foundation

package struct ID<Subject>: Hashable, Sendable, Codable, CustomStringConvertible {
    package let uuid: UUID

    package init(_ uuid: UUID) { self.uuid = uuid }

    /// The canonical lower-case form, the only one that is stored or shown.
    package init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    package var description: String { uuid.uuidString.lowercased() }

    package init(from decoder: any Decoder) throws {
        self.uuid = try UUID(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try description.encode(to: encoder)
    }
}

/// Makes UUIDv7 values: 48 bits of Unix milliseconds, the rest random.
package enum UUIDv7 {
    package static func make(at instant: Instant) -> UUID {
        var generator = SystemRandomNumberGenerator()
        return make(at: instant, using: &generator)
    }

    package static func make(at instant: Instant, using generator: inout some RandomNumberGenerator) -> UUID {
        let milliseconds = UInt64(max(0, instant.microseconds / 1000))
        let high = generator.next(), low = generator.next()
        func byte(_ value: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
        return UUID(
            uuid: (
                byte(milliseconds, 40), byte(milliseconds, 32), byte(milliseconds, 24),
                byte(milliseconds, 16), byte(milliseconds, 8), byte(milliseconds, 0),
                0x70 | (byte(high, 8) & 0x0F), byte(high, 0),
                0x80 | (byte(low, 56) & 0x3F), byte(low, 48), byte(low, 40), byte(low, 32),
                byte(low, 24), byte(low, 16), byte(low, 8), byte(low, 0)
            ))
    }
}
