// Nhật ký: one chain an agency, each entry sealed by a SHA-256 over its own fields and the hash before it (H2). The
// bytes that are hashed are defined here; who owns the database can still rewrite a whole chain until its head is
// anchored elsewhere, and docs/decisions says so.
import Foundation

package struct JournalEntry: Sendable, Equatable {
    /// The agency whose chain it is in; nil for the installation's own.
    package let agency: ID<Agency>?
    package let sequence: Int64
    package let at: Instant
    package let actor: String
    package let position: ID<Position>?
    package let verb: Verb
    package let subject: UUID
    /// Facts of this act, by name; kept in the order of the names.
    package let particulars: [String: String]
    package let previousHash: [UInt8]

    package init(
        agency: ID<Agency>?, sequence: Int64, at: Instant, actor: String, position: ID<Position>?, verb: Verb,
        subject: UUID, particulars: [String: String], previousHash: [UInt8]
    ) {
        self.agency = agency
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.position = position
        self.verb = verb
        self.subject = subject
        self.particulars = particulars
        self.previousHash = previousHash
    }

    /// Length-prefixed UTF-8 fields, then the previous hash: no two entries share these bytes.
    package var sealedBytes: [UInt8] {
        var bytes: [UInt8] = []
        func field(_ text: String) {
            let utf8 = Array(text.utf8)
            bytes.append(contentsOf: withUnsafeBytes(of: UInt32(utf8.count).bigEndian, Array.init))
            bytes.append(contentsOf: utf8)
        }
        field(agency?.description ?? "")
        field(String(sequence))
        field(String(at.microseconds))
        field(actor)
        field(position?.description ?? "")
        field(verb.rawValue)
        field(subject.uuidString.lowercased())
        for (name, value) in particulars.sorted(by: { $0.key < $1.key }) {
            field(name)
            field(value)
        }
        return bytes + previousHash
    }
}
