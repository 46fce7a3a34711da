// Who may read a draft: it is not yet a document of the agency, only of those who have to do with it. The
// head reads all; the clerk reads from the signature on. To everyone else it does not exist.

/// The positions that have to do with one draft besides its drafter.
package struct DraftReaders: Sendable, Equatable {
    /// Whose step it is or was, and who decided something on it.
    package let handlers: Set<ID<Position>>
    /// Who directs, and who handles, an arrival it answers.
    package let answered: Set<ID<Position>>

    package init(handlers: Set<ID<Position>>, answered: Set<ID<Position>>) {
        self.handlers = handlers
        self.answered = answered
    }
}

package enum DraftAccess {
    package static func mayRead(_ draft: Draft, readers: DraftReaders, by person: Position) -> Bool {
        guard draft.agency == person.agency else { return false }
        if draft.drafter == person.id || readers.handlers.contains(person.id) { return true }
        if readers.answered.contains(person.id) || readsAll(person.role) { return true }
        return person.role == .clerk && statesForClerk.contains(draft.state)
    }

    package static func readsAll(_ role: Role) -> Bool { role == .head }

    package static let statesForClerk: [DraftState] = [.signed, .numbered, .issued]
}
