// What a signed-in person does with the session itself: act as another of one's positions (a new session id each time,
// decision 32), change the password, sign out.
import Domain
import DualSQL
import Store

package struct SessionActs: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Returns the new cookie value. Forms opened before keep their seal, so that one made for the other position is
    /// recognised as such.
    package func choose(_ position: ID<Position>, session token: String) async throws -> String {
        let fresh = SessionToken.make()
        let now = office.clock.now
        try await office.database.write { connection in
            let tables = Tables(connection)
            let hash = SessionToken.hash(token)
            guard let session = try tables.sessions.find(hash: hash, at: now) else { throw Refused(.notFound) }
            guard let chosen = try tables.positions.find(position), chosen.account == session.account else {
                throw Refused(.notFound)
            }
            try tables.sessions.delete(hash: hash)
            try tables.sessions.insert(
                hash: SessionToken.hash(fresh), account: session.account, position: chosen.id,
                csrf: session.csrf, at: now, expiresAt: session.expiresAt)
        }
        return fresh
    }

    package func changePassword(
        of account: ID<Account>, from old: String, to new: String, repeated: String, keeping token: String
    ) async throws {
        let passwords = Passwords(turnstile: office.passwordHashing)
        guard let record = try await office.read({ try $0.accounts.find(account) }) else {
            throw Refused(.notFound)
        }
        guard await passwords.verify(old, against: record.passwordHash) else { throw Refused(.wrongCredentials) }
        var reasons: [Refusal] = []
        if new.count < Passwords.minimumLength { reasons.append(.passwordTooShort) }
        if new == old { reasons.append(.passwordSame) }
        if new != repeated { reasons.append(.passwordRepeatDiffers) }
        try Refused.unless(reasons)
        let hash = await passwords.hash(new)
        let now = office.clock.now
        try await office.database.write { connection in
            let act = Act(tables: Tables(connection), actor: .system(name: record.personName, agency: nil), now: now)
            try act.tables.accounts.setPassword(hash, mustChange: false, of: account)
            act.record(.passwordChanged, account)
            try act.writeJournal()
        }
    }

    package func signOut(_ token: String, account: ID<Account>, login: String, address: String) async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            let tables = Tables(connection)
            try tables.sessions.delete(hash: SessionToken.hash(token))
            try tables.accessLog.append(.signedOut, account: account, login: login, address: address, at: now)
        }
    }
}
