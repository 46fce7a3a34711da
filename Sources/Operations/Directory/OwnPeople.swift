// Whose account an administrator may touch (decision 35): the installation's administration after all people, an agency's
// only after those who hold positions in that agency and nowhere else.
import Domain
import Store

enum OwnPeople {
    static func account(_ id: ID<Account>, _ act: Act) throws -> AccountRecord {
        guard let account = try act.tables.accounts.find(id) else { throw Refused(.notFound) }
        guard let agency = act.actor.agency else { return account }
        let positions = try act.tables.positions.ofAccount(id)
        guard !positions.isEmpty, positions.allSatisfy({ $0.agency == agency }) else {
            throw Refused(.notFound)
        }
        return account
    }

    static func position(_ id: ID<Position>, _ act: Act) throws -> Position {
        guard let position = try act.tables.positions.find(id),
            act.actor.agency == nil || act.actor.agency == position.agency
        else { throw Refused(.notFound) }
        return position
    }
}
