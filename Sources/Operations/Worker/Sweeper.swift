// What was left lying: uploads nobody used within a day, form ids nobody can press any more, forms kept for people who did
// not come back, sessions long expired, files stored for an act that came to nothing. Bytes go only when no table speaks of them (decision 20).
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import Store

package struct Sweeper: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func run() async {
        while !Task.isCancelled {
            do { try await runOnce() } catch { office.log.error("sweeping failed: \(error)") }
            try? await Task.sleep(for: .seconds(600))
        }
    }

    package func runOnce() async throws {
        // First, since it needs no room to write: on a full disk the rest may fail.
        try await clearAfterTheDead()
        let now = office.clock.now, dayAgo = now.adding(seconds: -86_400)
        let abandoned = try await office.database.write { connection in
            let tables = Tables(connection)
            let hashes = try tables.stagedFiles.sweep(before: dayAgo)
            try tables.acts.sweep(before: dayAgo)
            try tables.heldForms.sweep(before: now.adding(seconds: -HeldFormTable.lifetimeSeconds))
            try tables.sessions.sweep(before: dayAgo)
            return hashes
        }
        try await HandoverDesk(office: office).closeExpired()
        try await discard(abandoned)
        try office.blobs.sweepUnfinished(before: Date().addingTimeInterval(-86_400))
    }

    /// What was stored for rows that never came, since its holder died or gave up; messages whose reader died when it had
    /// entered them; and what they had in temporary folders.
    func clearAfterTheDead() async throws {
        for hash in try office.blobs.holds() { try await Uploads(office: office).discard(hash) }
        let dayAgo = office.clock.now.adding(seconds: -86_400)
        try await discard(try await office.read { try $0.inbound.spentHashes(since: dayAgo) })
        TemporaryFolder.sweep()
    }

    private func discard(_ hashes: [String]) async throws {
        for hash in hashes.compactMap(BlobHash.init(hex:)) where office.blobs.contains(hash) {
            try await Uploads(office: office).discard(hash)
        }
    }
}
