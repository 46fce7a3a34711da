import Synchronization

/// An account at a province's platform, where one is wanted beside the two headers.
public struct ProvincialLogin: Sendable {
    let user: String
    let password: AxisSecret
    /// `applicationCode`
    let application: String

    public init(user: String, password: AxisSecret, application: String) {
        self.user = user
        self.password = password
        self.application = application
    }

    var request: String {
        "{\"username\":\(Wire.json(user)),\"password\":\(Wire.json(password.text)),"
            + "\"applicationCode\":\(Wire.json(application)),"
            + "\"otp\":null,\"twoFactorProvider\":null,\"typeObjs\":[0,1]}"
    }
}

/// What a sign-in brought: a token that goes with every call until it is half an hour old or is no longer taken. One
/// for all calls over a link, on however many threads: while one signs in, the others wait for what that brings.
final class ProvincialSession: Sendable {
    /// In milliseconds. A token is taken for 30 minutes; one is spared for calls that are on their way.
    static let lifetime: Int64 = 29 * 60_000
    /// In milliseconds: who was refused does not knock at every call, or the account is soon locked.
    static let pause: Int64 = 10 * 60_000

    private struct Kept {
        var token: String?
        var signedInAt: Int64 = 0
        var refusal: AxisFailure?
        var refusedAt: Int64 = 0
    }

    private let address: String
    private let login: ProvincialLogin
    private let kept = Mutex(Kept())

    init(address: String, login: ProvincialLogin) {
        self.address = address
        self.login = login
    }

    /// Of what is told in the partner's words, what nobody may read.
    var secrets: [String] { [login.password.text] + kept.withLock { $0.token.map { [$0] } ?? [] } }

    func token(_ caller: AxisCaller) throws(AxisFailure) -> String {
        let now = caller.settings.now()
        return try kept.withLock { (kept) throws(AxisFailure) in
            if let token = kept.token, (0..<Self.lifetime).contains(now - kept.signedInAt) { return token }
            if let refusal = kept.refusal, (0..<Self.pause).contains(now - kept.refusedAt) { throw refusal }
            kept = Kept()
            do throws(AxisFailure) {
                let token = try signIn(caller)
                kept = Kept(token: token, signedInAt: now)
                return token
            } catch {
                if case .signInRefused = error { kept = Kept(refusal: error, refusedAt: now) }
                throw error
            }
        }
    }

    /// It is no longer taken; a newer one stays.
    func forget(_ token: String) {
        kept.withLock { if $0.token == token { $0.token = nil } }
    }

    private func signIn(_ caller: AxisCaller) throws(AxisFailure) -> String {
        guard !login.user.isEmpty, !login.password.text.isEmpty else {
            throw .notSendable(.noLogin)
        }
        let bare = caller.withoutSession(hiding: [login.password.text])
        let request = AxisRequest(
            method: "POST", url: address,
            headers: [
                AxisHeader("Content-Type", "application/json"), AxisHeader("Accept", "application/json"),
            ],
            body: .bytes(Array(login.request.utf8)), answer: .memory(limit: 1 << 20),
            patience: caller.settings.patience)
        let answer: AxisAnswer
        do throws(AxisFailure) { answer = try bare.ask(request) } catch {
            if case .refused(_, let words) = error { throw .signInRefused(words) }
            throw error
        }
        guard let token = answer.token, Wire.isSendable(token, atMost: 8_000) else {
            throw .garbage("the sign-in brings no token")
        }
        return token
    }
}
