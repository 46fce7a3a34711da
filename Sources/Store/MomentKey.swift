// Where a page of a list by time ends: the moment and the row, for an address in one word.
import Domain

package struct MomentKey<Subject>: Sendable, Equatable {
    package let at: Instant
    package let id: ID<Subject>

    package init(at: Instant, id: ID<Subject>) { (self.at, self.id) = (at, id) }

    package init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 1).map(String.init)
        guard parts.count == 2, let microseconds = Int64(parts[0]), let id = ID<Subject>(parts[1]) else {
            return nil
        }
        self.init(at: Instant(microseconds: microseconds), id: id)
    }

    package var text: String { "\(at.microseconds)_\(id)" }
}
