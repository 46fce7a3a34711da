// Khóa, mở khóa tài khoản and đặt lại mật khẩu (A3, A4; decision 34): locking and a new password end every session at once;
// what the person did stays.
import Domain
import Store

package struct LockAccount: OfficeOperation {
    package static let verb = Verb.accountLocked

    package let account: ID<Account>
    package init(account: ID<Account>) { self.account = account }

    package func perform(_ act: Act) throws {
        let record = try OwnPeople.account(account, act)
        guard !record.isLocked else { return }
        try act.tables.accounts.setLocked(act.now, of: account)
        act.record(.accountLocked, account, ["login": record.login, "name": record.personName])
    }
}

package struct UnlockAccount: OfficeOperation {
    package static let verb = Verb.accountUnlocked

    package let account: ID<Account>
    package init(account: ID<Account>) { self.account = account }

    package func perform(_ act: Act) throws {
        let record = try OwnPeople.account(account, act)
        guard record.isLocked else { return }
        try act.tables.accounts.setLocked(nil, of: account)
        act.record(.accountUnlocked, account, ["login": record.login, "name": record.personName])
    }
}

/// The new password is known to the administrator, so it holds until the first sign-in only.
package struct ResetPassword: OfficeOperation {
    package static let verb = Verb.passwordReset

    package let account: ID<Account>
    package let passwordHash: String

    package init(account: ID<Account>, passwordHash: String) {
        self.account = account
        self.passwordHash = passwordHash
    }

    package func perform(_ act: Act) throws {
        let record = try OwnPeople.account(account, act)
        try act.tables.accounts.setPassword(passwordHash, mustChange: true, of: account)
        try act.tables.sessions.deleteAll(of: account)
        act.record(.passwordReset, account, ["login": record.login, "name": record.personName])
    }
}

package enum OneTimePassword {
    /// Twelve letters and digits that are not taken for one another when read aloud: 60 bits and a little.
    package static func make() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var generator = SystemRandomNumberGenerator()
        let chosen = (0..<12).map { _ in letters[Int.random(in: letters.indices, using: &generator)] }
        return stride(from: 0, to: 12, by: 4).map { String(chosen[$0..<($0 + 4)]) }.joined(separator: "-")
    }
}
