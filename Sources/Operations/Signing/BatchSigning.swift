// Ký nhiều văn bản một lần (D1): one entry of the PIN opens the key, and the chosen drafts are signed one after
// the other, each in its own transaction with its own entry in the journal, bound to the version and bytes the
// person saw. One that cannot be signed does not hold up the rest. The open key is in this process's memory only,
// for as long as the batch runs: when the process ends, what is left is reported as not signed, never signed later.
import Domain
import DualSQL
import Foundation
import Logging
import Store
import Synchronization

package struct SigningBatchWish: Sendable {
    package let drafts: [ChosenDraft]
    package let pin: String

    package init(drafts: [ChosenDraft], pin: String) {
        self.drafts = drafts
        self.pin = pin
    }
}

package final class BatchSigning: Sendable {
    /// How long a batch is believed to be alive after its server last said so.
    static let leaseSeconds = 60
    private static let heartbeat = Duration.seconds(15)
    private static let pause = Duration.seconds(10)

    private let office: Office
    private let runner: OperationRunner
    private let running = Mutex<[ID<SigningBatch>: Task<Void, Never>]>([:])

    package init(office: Office) {
        self.office = office
        self.runner = OperationRunner(office: office)
    }

    /// Opens the key and begins; answers at once. Nothing is begun with a wrong PIN.
    package func start(
        _ wish: SigningBatchWish, as person: Position, form: FormAct<ID<SigningBatch>>? = nil
    ) async throws -> Acted<ID<SigningBatch>> {
        if let form, let location = try await office.location(of: form.id, for: person) {
            return .already(location: location)
        }
        guard Verb.signingBatchStarted.roles.contains(person.role) else { throw Refused(.notForYourRole) }
        try Refused.unless(SigningBatchRules.refusals(Set(wish.drafts.map(\.code)).count))
        let key = try await SigningKeys(office: office).unlock(.person(person.account), pin: wish.pin)
        let operation = StartSigningBatch(chosen: wish.drafts, leaseSeconds: Self.leaseSeconds)
        let outcome: Acted<ID<SigningBatch>> =
            if let form {
                try await runner.run(operation, as: .position(person), form: form)
            } else {
                .done(try await runner.run(operation, as: .position(person)))
            }
        if case .done(let id) = outcome { launch(id, as: person, with: key) }
        return outcome
    }

    /// Until cancelled: batches whose server is gone are brought to their end. Then those of this process are.
    package func run() async {
        while !Task.isCancelled {
            do { try await recover() } catch { office.log.error("abandoned batches: \(error)") }
            try? await Task.sleep(for: Self.pause)
        }
        await stop()
    }

    /// What nobody signs any more is reported as not signed. Returns how many batches.
    @discardableResult
    package func recover() async throws -> Int {
        let now = office.clock.now
        let abandoned = try await office.read { try $0.signingBatches.abandoned(at: now) }
            .filter { batch in running.withLock { $0[batch.id] == nil } }
        for batch in abandoned { try await end(batch.id, of: batch.agency, because: .signingInterrupted) }
        return abandoned.count
    }

    /// Finishes the draft at hand; the rest is reported as not signed.
    package func stop() async {
        let tasks = running.withLock { Array($0.values) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    /// Returns when the batch is over, at once when it does not run here.
    package func wait(for id: ID<SigningBatch>) async { await running.withLock { $0[id] }?.value }

    // MARK: One after the other

    private func launch(_ id: ID<SigningBatch>, as person: Position, with key: UnlockedKey) {
        running.withLock { running in
            running[id] = Task.detached { [self] in
                await work(id, as: person, with: key)
                forget(id)
            }
        }
    }

    private func forget(_ id: ID<SigningBatch>) { running.withLock { $0[id] = nil } }

    private func work(_ id: ID<SigningBatch>, as person: Position, with key: UnlockedKey) async {
        let heart = Task.detached { [self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.heartbeat)
                let until = office.clock.now.adding(seconds: Self.leaseSeconds)
                try? await office.database.write { try Tables($0).signingBatches.renew(id, until: until) }
            }
        }
        defer { heart.cancel() }
        do {
            let reason = try await signAll(id, as: person, with: key)
            try await end(id, of: person.agency, because: reason)
        } catch {
            // The lease runs out, and the batch is brought to its end then.
            office.log.error("signing batch", metadata: ["batch": "\(id)", "error": "\(error)"])
        }
    }

    /// Why it stopped before its end; of no account when it did not.
    private func signAll(_ id: ID<SigningBatch>, as person: Position, with key: UnlockedKey) async throws
        -> Refusal
    {
        for item in try await office.read({ try $0.signingBatches.items(of: id) }) {
            if Task.isCancelled { return .signingInterrupted }
            if let reason = try await reasonToStop(id, person, key) { return reason }
            let place = SigningBatchPlace(batch: id, ordinal: item.ordinal)
            try await mark(place, .signing)
            let reasons = await sign(item, at: place, as: person, with: key)
            if !reasons.isEmpty { try await mark(place, .notSigned, reasons) }
        }
        return .signingInterrupted
    }

    /// Its person stopped it, or may no longer sign: the post has ended, the account is locked, the certificate
    /// was taken out of use.
    private func reasonToStop(_ id: ID<SigningBatch>, _ person: Position, _ key: UnlockedKey) async throws
        -> Refusal?
    {
        let now = office.clock.now
        return try await office.read { tables in
            if try tables.signingBatches.find(id)?.cancelledAt != nil { return .signingCancelled }
            guard try tables.positions.find(person.id) != nil else { return .notYours }
            guard try tables.accounts.find(person.account)?.isLocked == false else { return .accountLocked }
            let present = try tables.signingKeys.find(.person(person.account))
            guard let present, present.id == key.record.id else { return .noKey }
            return present.refusals(at: now).first
        }
    }

    private func sign(
        _ item: SigningBatchItem, at place: SigningBatchPlace, as person: Position, with key: UnlockedKey
    ) async -> [Refusal] {
        let wish = SigningWish(
            code: item.code, version: item.version, revision: item.revision, pdfHash: item.pdfHash, pin: "")
        do {
            try await SignDraftService(office: office).sign(wish, as: person, with: key, in: place)
            return []
        } catch let refused as Refused {
            return refused.reasons.isEmpty ? [.signingFailed] : refused.reasons
        } catch {
            office.log.error(
                "signing in a batch failed", metadata: ["draft": "\(item.draft)", "error": "\(error)"])
            return [.signingFailed]
        }
    }

    private func mark(
        _ place: SigningBatchPlace, _ state: SigningBatchItemState, _ reasons: [Refusal] = []
    ) async throws {
        let now = office.clock.now
        try await office.database.write {
            try Tables($0).signingBatches.setState(state, reasons: reasons, of: place, at: now)
        }
    }

    private func end(_ id: ID<SigningBatch>, of agency: ID<Agency>, because reason: Refusal) async throws {
        try await runner.run(
            EndSigningBatch(id: id, reason: reason), as: .system(name: "Ký nhiều văn bản", agency: agency))
    }
}
