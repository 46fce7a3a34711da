// The worker that examines the signatures of every PDF as soon as it is here (decision 22): a file is taken under a lease,
// looked into by the child process outside any transaction, and only then is its verdict written. If the machine dies in
// between, the lease runs out and the file is taken again.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import Store

package struct VerdictWorker: Sendable {
    /// Longer than an examination with all its questions may take.
    static let leaseSeconds = 600
    static let attemptLimit = 3
    static let pause = Duration.milliseconds(300)

    private let office: Office
    private let reports: SignatureReports

    package init(office: Office) {
        self.office = office
        reports = SignatureReports(office: office)
    }

    /// Until cancelled, two files side by side. What was judged by other roots or by an older edition is judged anew first.
    package func run() async {
        let basis = office.verdictBasis
        do {
            try await office.database.write { try Tables($0).verdictWishes.addStale(basis) }
        } catch {
            office.log.error("verdicts on other roots could not be asked for again: \(error)")
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { await loop() } }
        }
    }

    private func loop() async {
        while !Task.isCancelled {
            do {
                if try await runOnce() { continue }
            } catch {
                office.log.error("verdict worker", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Everything that waits; for tests and the command line.
    package func runAll() async throws { while try await runOnce() {} }

    /// One file, if there is one; false when nothing waits.
    package func runOnce() async throws -> Bool {
        guard let wish = try await take() else { return false }
        if try await reports.known(wish.hash) != nil {
            try await forget(wish)
            return true
        }
        let findings = await reports.examine(wish.hash, heldAt: wish.heldAt)
        switch findings.fault {
        case .gone: try await forget(wish)
        case .timedOut?, .crashed?, .machine?:
            // The machine may only have been busy; the same end again is the file's.
            if wish.attempts < Self.attemptLimit {
                try await putBack(wish)
            } else {
                try await reports.keep(findings, of: wish.hash, heldAt: wish.heldAt)
            }
        case nil: try await reports.keep(findings, of: wish.hash, heldAt: wish.heldAt)
        }
        return true
    }

    private func take() async throws -> VerdictWish? {
        let now = office.clock.now
        guard try await office.read({ try $0.verdictWishes.isAnyReady(at: now) }) else { return nil }
        return try await office.database.write {
            try Tables($0).verdictWishes.take(at: now, leasedUntil: now.adding(seconds: Self.leaseSeconds))
        }
    }

    private func forget(_ wish: VerdictWish) async throws {
        try await office.database.write { try Tables($0).verdictWishes.remove(wish.hash) }
    }

    private func putBack(_ wish: VerdictWish) async throws {
        let until = office.clock.now.adding(seconds: 5 * wish.attempts)
        try await office.database.write {
            try Tables($0).verdictWishes.putBack(wish.hash, until: until, error: "not examined")
        }
    }
}
