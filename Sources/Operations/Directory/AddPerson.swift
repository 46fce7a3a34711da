// People and the positions they hold (A3): one account a person, any number of positions.
import Domain
import Store

package struct AddPerson: OfficeOperation {
    package static let verb = Verb.personAdded

    package let login: String
    package let name: String
    package let passwordHash: String
    /// An issued password must be changed at first sign-in.
    package let mustChangePassword: Bool

    package init(login: String, name: String, passwordHash: String, mustChangePassword: Bool) {
        self.login = login
        self.name = name
        self.passwordHash = passwordHash
        self.mustChangePassword = mustChangePassword
    }

    package func perform(_ act: Act) throws -> ID<Account> {
        guard !login.isEmpty, try act.tables.accounts.find(login: login) == nil else {
            throw Refused(.malformed(.login))
        }
        let id: ID<Account> = act.newID()
        try act.tables.accounts.insert(
            id: id, login: login, personName: name, passwordHash: passwordHash, mustChange: mustChangePassword,
            at: act.now)
        act.record(.personAdded, id, ["login": login, "name": name])
        return id
    }
}

package struct AddPosition: OfficeOperation {
    package static let verb = Verb.positionAdded

    package let account: ID<Account>
    package let agency: ID<Agency>
    package let role: Role
    package let title: String

    package init(account: ID<Account>, agency: ID<Agency>, role: Role, title: String) {
        self.account = account
        self.agency = agency
        self.role = role
        self.title = title
    }

    package func perform(_ act: Act) throws -> Position {
        guard let person = try act.tables.accounts.find(account) else { throw Refused(.notFound) }
        let position = Position(
            id: act.newID(), agency: agency, account: account, personName: person.personName, role: role,
            title: title)
        try act.tables.positions.insert(position, rank: Self.rank(role))
        try ClerksShare.give(to: position, act)
        act.record(.positionAdded, position.id, ["person": person.personName, "title": title, "role": role.rawValue])
        return position
    }

    /// Heads first wherever people are listed.
    private static func rank(_ role: Role) -> Int {
        switch role {
        case .head: 0
        case .deputyHead: 1
        case .officeHead: 2
        case .deputyOfficeHead: 3
        case .unitHead: 4
        case .deputyUnitHead: 5
        case .officer: 6
        case .clerk: 7
        case .administrator: 8
        }
    }
}

/// The catalogue of types, once per installation.
package struct LoadDocumentTypes: OfficeOperation {
    package static let verb = Verb.agencyAdded

    package let types: [DocumentType]
    package init(types: [DocumentType]) { self.types = types }

    package func perform(_ act: Act) throws {
        let known = Set(try act.tables.documentTypes.all().map(\.slug))
        for (rank, type) in types.enumerated() where !known.contains(type.slug) {
            try act.tables.documentTypes.insert(type, rank: rank)
        }
    }
}
