// Signing in (A3, A4): slowed per account and per address, never locking a stranger's target out; unknown logins cost the
// same time; every outcome is in the access log (decision 34).
import Crypto
import Domain
import DualSQL
import Foundation
import Store

package struct NewSession: Sendable {
    /// Goes into the cookie; only its hash is stored.
    package let token: String
    package let positions: [Position]
    package let mustChangePassword: Bool
}

package struct SignIn: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package static let lifetimeSeconds = 10 * 3600

    package func callAsFunction(login: String, password: String, address: String) async throws -> NewSession {
        let login = login.trimmingCharacters(in: .whitespaces).lowercased()
        let now = office.clock.now
        let wait = try await office.read { tables in
            try Self.wait(tables, login: login, address: address, now: now)
        }
        if wait > 0 {
            try await log(.slowedDown, nil, login, address)
            throw Refused(.slowDown(seconds: wait))
        }
        let passwords = Passwords(turnstile: office.passwordHashing)
        guard let account = try await office.read({ try $0.accounts.find(login: login) }) else {
            await passwords.spendTimeOfOneCheck()
            try await log(.unknownLogin, nil, login, address)
            throw Refused(.wrongCredentials)
        }
        guard await passwords.verify(password, against: account.passwordHash) else {
            try await log(.wrongPassword, account.id, login, address)
            throw Refused(.wrongCredentials)
        }
        if account.isLocked {
            try await log(.locked, account.id, login, address)
            throw Refused(.accountLocked)
        }
        return try await open(account, login: login, address: address)
    }

    private func open(_ account: AccountRecord, login: String, address: String) async throws -> NewSession {
        let token = SessionToken.make()
        let now = office.clock.now
        let positions = try await office.database.write { connection in
            let tables = Tables(connection)
            let positions = try tables.positions.ofAccount(account.id)
            try tables.sessions.insert(
                hash: SessionToken.hash(token), account: account.id,
                position: positions.count == 1 ? positions[0].id : nil, csrf: SessionToken.make(), at: now,
                expiresAt: now.adding(seconds: Self.lifetimeSeconds))
            try tables.accessLog.append(
                .signedIn, account: account.id, login: login, address: address, at: now)
            return positions
        }
        return NewSession(token: token, positions: positions, mustChangePassword: account.mustChangePassword)
    }

    /// Seconds still to wait: after five failures in a quarter of an hour, doubling from 2 s up to 5 minutes. An address
    /// that many people share (an office behind one router) is given twenty.
    static func wait(_ tables: Tables, login: String, address: String, now: Instant) throws -> Int {
        let failures = try tables.accessLog.failures(
            login: login, address: address, since: now.adding(seconds: -900))
        let excess = max(failures.ofLogin - 5, failures.ofAddress - 20)
        guard excess >= 0, let last = failures.last else { return 0 }
        let pause = min(300, 2 << min(excess, 8))
        return max(0, pause - now.seconds(since: last))
    }

    private func log(
        _ outcome: AccessOutcome, _ account: ID<Account>?, _ login: String, _ address: String
    ) async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            try Tables(connection).accessLog.append(
                outcome, account: account, login: String(login.prefix(100)), address: address, at: now)
        }
    }
}

/// A random value that cannot be guessed: 256 bits, base64url.
package enum SessionToken {
    package static func make() -> String {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        return bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    package static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Data(token.utf8))) }
}
