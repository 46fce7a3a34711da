// Who may read an arrival (A2, decision 14): the clerk who keeps the register, the head and the deputies,
// whoever was asked to direct it, and everybody it was assigned to. For anyone else, in this agency or
// another, there is no such letter.

package enum ArrivalAccess {
    package static func mayRead(
        _ position: Position, _ arrival: Arrival, assigned: some Sequence<ID<Position>>
    ) -> Bool {
        guard position.agency == arrival.agency else { return false }
        if readsAll(position.role) || arrival.director == position.id { return true }
        return assigned.contains(position.id)
    }

    /// The whole register of the agency.
    package static func readsAll(_ role: Role) -> Bool { role == .clerk || role.leads }
}

/// Who may read what came through the exchange before it is in the register: the clerk, the head and the deputies.
package enum ReceiptAccess {
    package static func mayRead(_ position: Position, _ receipt: Receipt) -> Bool {
        position.agency == receipt.agency && (position.role == .clerk || position.role.leads)
    }
}
