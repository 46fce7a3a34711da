import CPKCS11
import Foundation
import Synchronization

/// The sessions of this process with one token: logged in once, lent to whoever signs, opened once more when the
/// token was pulled out and put back.
final class TokenSessions: @unchecked Sendable {
    /// A session on loan. Handles of keys hold for its generation.
    struct Loan {
        let session: PKCS11Session
        let generation: Int
        let mechanisms: Set<UInt>
    }

    private let module: PKCS11Module
    private let label: String
    private let limit: Int
    private var pin: [UInt8]?

    // All below is touched with the condition held only.
    private let condition = NSCondition()
    private var idle: [PKCS11Session] = []
    /// Stays open and is never lent: with the last session the token forgets who logged in.
    private var anchor: PKCS11Session?
    private var lent = 0
    private var capacity: Int
    private var generation = 0
    private var slot: UInt = 0
    private var mechanisms: Set<UInt> = []
    private var wrongGuesses = 0

    private init(module: PKCS11Module, label: String, pin: [UInt8]?, limit: Int) throws(TokenError) {
        self.module = module
        self.label = label
        self.limit = max(1, limit)
        self.pin = pin
        capacity = self.limit
        try open()
    }

    deinit {
        for session in idle { session.close() }
        anchor?.close()
        pin?.wipe()
    }

    // MARK: One for each token of the process

    private struct Place: Hashable {
        let module: String
        let label: String
    }

    private struct Known { weak var sessions: TokenSessions? }

    private static let known = Mutex<[Place: Known]>([:])

    /// Those already open, when the PIN is the same; a token that is open does not look at a PIN again.
    static func open(
        module path: String, label: String, pin: String?, limit: Int
    ) throws(TokenError) -> TokenSessions {
        let module = try PKCS11Module.load(path)
        let pin = pin.map { Array($0.utf8) }
        let result: Result<TokenSessions, TokenError> = known.withLock { known in
            let place = Place(module: path, label: label)
            if let sessions = known[place]?.sessions {
                return sessions.agrees(pin) ? .success(sessions) : .failure(.wrongPIN(.notTold))
            }
            return Result { () throws(TokenError) in
                let sessions = try TokenSessions(module: module, label: label, pin: pin, limit: limit)
                known[place] = Known(sessions: sessions)
                return sessions
            }
        }
        return try result.get()
    }

    /// After three wrong guesses nobody joins any more until the token is closed; otherwise an open token would let
    /// PINs be guessed without counting.
    private func agrees(_ guess: [UInt8]?) -> Bool {
        condition.withLock {
            guard wrongGuesses < 3 else { return false }
            let (known, guess) = (pin ?? [], guess ?? [])
            var difference = known.count ^ guess.count
            for (a, b) in zip(known, guess) { difference |= Int(a ^ b) }
            if difference != 0 { wrongGuesses += 1 }
            return difference == 0
        }
    }

    // MARK: Lending

    /// Runs `body` with a session of its own. When the session turns out to be lost, the token is opened once more
    /// and `body` run again.
    func with<R>(_ body: (Loan) throws(PKCS11Failure) -> R) throws(TokenError) -> R {
        var isSecondTry = false
        while true {
            let loan = try take()
            do {
                let result = try body(loan)
                giveBack(loan, isSound: true)
                return result
            } catch {
                giveBack(loan, isSound: false)
                guard error.meansLost, !isSecondTry else { throw error.error }
                isSecondTry = true
                try reopen(after: loan.generation)
            }
        }
    }

    /// For keys that want it for each signature.
    var pinForEachSignature: [UInt8] { condition.withLock { pin ?? [] } }

    private func take() throws(TokenError) -> Loan {
        condition.lock()
        defer { condition.unlock() }
        var isSecondTry = false
        while true {
            if anchor == nil { try open() }
            if let session = idle.popLast() { return lend(session) }
            if lent < capacity {
                do { return lend(try PKCS11Session(module: module, slot: slot)) } catch {
                    // The token has no room for as many as we would like.
                    guard error.code == CKR_SESSION_COUNT, lent > 0 else {
                        guard error.meansLost, !isSecondTry else { throw error.error }
                        isSecondTry = true
                        forget()
                        continue
                    }
                    capacity = lent
                }
            }
            condition.wait()
        }
    }

    private func lend(_ session: PKCS11Session) -> Loan {
        lent += 1
        return Loan(session: session, generation: generation, mechanisms: mechanisms)
    }

    private func giveBack(_ loan: Loan, isSound: Bool) {
        condition.withLock {
            // The number of an old session may by now be that of a new one: leave it alone.
            guard loan.generation == generation else { return }
            lent -= 1
            if isSound { idle.append(loan.session) } else { loan.session.close() }
            condition.signal()
        }
    }

    // MARK: Opening

    private func reopen(after lost: Int) throws(TokenError) {
        condition.lock()
        defer { condition.unlock() }
        // Another thread has done it meanwhile.
        guard lost == generation else { return }
        forget()
        do { try open() } catch {
            switch error {
            case .wrongPIN, .pinLocked, .pinExpired: throw error
            default: throw .tokenLost
            }
        }
    }

    private func forget() {
        for session in idle { session.close() }
        anchor?.close()
        idle = []
        anchor = nil
        lent = 0
        capacity = limit
        generation += 1
        condition.broadcast()
    }

    private func open() throws(TokenError) {
        let slot = try findSlot()
        guard !slot.token.isLocked else { throw .pinLocked }
        do throws(PKCS11Failure) {
            let session = try PKCS11Session(module: module, slot: slot.identifier)
            do throws(PKCS11Failure) {
                try login(session, slot)
                mechanisms = try module.mechanisms(of: slot.identifier)
            } catch {
                session.close()
                throw error
            }
            anchor = session
        } catch {
            throw explained(error, slot.identifier)
        }
        self.slot = slot.identifier
        // One of those that the token allows is the anchor.
        capacity = min(limit, max(1, (slot.sessionLimit ?? Int.max) - 1))
    }

    private func findSlot() throws(TokenError) -> PKCS11Module.Slot {
        let slots: [PKCS11Module.Slot]
        do { slots = try module.slots() } catch {
            guard error.code == CKR_CRYPTOKI_NOT_INITIALIZED else { throw error.error }
            try module.startAgain()
            do { slots = try module.slots() } catch { throw error.error }
        }
        let fitting = slots.filter { $0.token.label == label }
        guard let slot = fitting.first else { throw .tokenAbsent(label) }
        guard fitting.count == 1 else { throw .tokenAmbiguous(label) }
        return slot
    }

    private func login(_ session: PKCS11Session, _ slot: PKCS11Module.Slot) throws(PKCS11Failure) {
        let pin = pin == nil && slot.token.hasKeypad ? nil : pin ?? []
        // An empty PIN is never right, and must not cost one of the tries.
        if let pin, pin.isEmpty { throw PKCS11Failure(function: "C_Login", code: UInt(CKR_PIN_LEN_RANGE)) }
        do { try session.login(UInt(CKU_USER), pin: pin) } catch {
            // Somebody else of this process is logged in, which says nothing about our PIN.
            guard error.code == CKR_USER_ALREADY_LOGGED_IN else { throw error }
            session.logout()
            try session.login(UInt(CKU_USER), pin: pin)
        }
    }

    /// Adds to a wrong PIN what the token now says about it.
    private func explained(_ failure: PKCS11Failure, _ slot: UInt) -> TokenError {
        guard case .wrongPIN = failure.error, let token = try? module.slot(slot).token else {
            return failure.error
        }
        return token.isLocked ? .pinLocked : .wrongPIN(token.triesLeft)
    }
}
