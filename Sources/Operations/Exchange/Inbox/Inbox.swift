// Hộp nhận: where channels put what came. Once `take` returns, the message is on the disk and in the tables, and the partner may
// be told so; the same message again is noticed by the name the channel gives it (E5).
import BlobStorage
import Domain
import DualSQL
import Foundation
import Store

package struct Inbox: Sendable {
    let office: Office
    package let route: Route

    package init(office: Office, route: Route) {
        self.office = office
        self.route = route
    }

    package func isKnown(_ externalID: String) async throws -> Bool {
        let route = route
        return try await office.read { try $0.inbound.isKnown(externalID, from: route) }
    }

    /// False when it was here before.
    ///
    /// - Parameters:
    ///   - codes: Of those whom the channel itself gave it to us for; none where it does not say so.
    ///   - sender: The code of the one whom the channel itself took it from; empty where it does not say so.
    @discardableResult
    package func take(
        _ externalID: String, file path: String, for codes: [String] = [], from sender: String = ""
    ) async throws -> Bool {
        let hold = office.blobs.hold()
        return try await take(
            externalID, stored: try office.blobs.put(contentsOf: path, under: hold), under: hold, for: codes,
            from: sender)
    }

    /// - Parameter hold: What the bytes were stored under; not needed afterwards.
    @discardableResult
    package func take(
        _ externalID: String, stored blob: BlobReference, under hold: BlobHold, for codes: [String] = [],
        from sender: String = ""
    ) async throws -> Bool {
        let now = office.clock.now, route = route
        let message = InboundMessage(
            id: ID(UUIDv7.make(at: now)), route: route, externalID: externalID, hash: blob.hash.hex,
            size: blob.size, receivedAt: now, sender: sender, addressedTo: codes)
        office.killPoints.pass(.inboundStored)
        let isNew = try await office.database.write { connection in
            let tables = Tables(connection), isNew = try tables.inbound.insert(message)
            try office.partnerHealth.noteGood(.receive, route, tables, at: now)
            return isNew
        }
        // A reader may have been done with it before we let go, and left the bytes to us; while the message waits, they stay.
        try await Uploads(office: office).discard(blob.hash, under: hold)
        office.killPoints.pass(.inboundCommitted)
        return isNew
    }
}
