// Cùng đường gửi (E2, E5): who reports on what was sent, and who asks about what came, is known by the way he comes: it is the way
// that the document itself went. Nobody tells of letters that others carried.

package struct WayRules: Sendable {
    /// The partners that the settings name now.
    private let partners: Set<String>

    package init(partners: Set<String>) { self.partners = partners }

    /// Whether what comes by this way may be about what went, or came, by the other. An agency keeps the way its letter
    /// went, also after the catalogue has it reached by another; where that partner is called otherwise now, or the way
    /// was not kept, the catalogue says who it is.
    package func isSame(
        _ route: Route, as kept: Route, of agency: @autoclosure () throws -> Correspondent?
    ) rethrows -> Bool {
        guard route.channel == kept.channel else { return false }
        // Only there has a channel several partners; a mailbox is told by its address.
        if route.channel != .vanthu || route.partner == kept.partner { return true }
        return try !partners.contains(kept.partner) && agency()?.route == route
    }

    /// Whether only the catalogue can say by which way the recipient is asked.
    package func needsCatalogue(_ delivery: Delivery) -> Bool {
        delivery.channel == .vanthu && !partners.contains(delivery.partner)
    }

    /// By which way the recipient is asked about what it has.
    package func way(to delivery: Delivery, of recipient: Correspondent?) -> Route {
        guard needsCatalogue(delivery), let recipient, recipient.channel == .vanthu
        else { return delivery.route }
        return recipient.route
    }
}

extension Correspondent {
    /// How it is reached now.
    package var route: Route { Route(channel, partner) }
}
