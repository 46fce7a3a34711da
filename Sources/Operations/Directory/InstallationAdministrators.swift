// Hai cấp quản trị (decision 35): an agency's administrator looks after that agency; who looks after the installation is
// appointed on its command line, never by an agency for itself.
import Domain
import Store

/// Cử quản trị hệ thống: an administrator of some agency gets the duty, or gives it back.
package struct AppointInstallationAdministrator: OfficeOperation {
    package static let verb = Verb.installationAdministratorAppointed

    let position: ID<Position>
    package init(_ position: ID<Position>) { self.position = position }

    package func perform(_ act: Act) throws {
        guard let holder = try act.tables.positions.find(position) else { throw Refused(.notFound) }
        guard holder.role == .administrator else { throw Refused(.notForYourRole) }
        try act.tables.installationAdministrators.appoint(holder, at: act.now)
        act.record(.installationAdministratorAppointed, position, holder.particulars)
    }
}

package struct EndInstallationAdministrator: OfficeOperation {
    package static let verb = Verb.installationAdministratorEnded

    let position: ID<Position>
    package init(_ position: ID<Position>) { self.position = position }

    package func perform(_ act: Act) throws {
        guard let holder = try act.tables.positions.find(position),
            try act.tables.installationAdministrators.holds(position)
        else { throw Refused(.notFound) }
        try act.tables.installationAdministrators.end(position)
        act.record(.installationAdministratorEnded, position, holder.particulars)
    }
}

extension Position {
    fileprivate var particulars: [String: String] { ["person": personName, "title": title] }
}

/// What one position may see and decide of the exchange beyond its own agency's messages.
package struct ExchangeDuty: Sendable {
    package let position: Position
    /// Looks after the channels, and everything that came.
    package let isOfInstallation: Bool

    package init(_ position: Position, _ tables: Tables) throws {
        self.position = position
        isOfInstallation =
            try position.role == .administrator && tables.installationAdministrators.holds(position.id)
    }

    /// Unread messages of one's own agency are those in its mailbox: until they are read, nobody knows of the others
    /// whose they are.
    package func inbound(_ tables: Tables) throws -> InboundScope? {
        if isOfInstallation { return .installation }
        guard position.role == .administrator, let agency = try tables.agencies.find(position.agency) else {
            return nil
        }
        return .mailbox(agency.slug)
    }

    /// Throws unless the act's person may decide about it; machines and the command line may.
    static func check(_ message: InboundMessage, _ act: Act) throws {
        guard case .position(let position) = act.actor else { return }
        guard let scope = try ExchangeDuty(position, act.tables).inbound(act.tables), scope.covers(message)
        else { throw Refused(.notFound) }
    }

    /// The same for the switches of the channels.
    static func checkSwitches(_ act: Act) throws {
        guard case .position(let position) = act.actor else { return }
        guard try ExchangeDuty(position, act.tables).isOfInstallation else {
            throw Refused(.notForYourRole)
        }
    }
}
