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
    /// - Parameter sender: The code of the one whom the channel itself took it from; empty where it does not say so.
    @discardableResult
    package func take(_ externalID: String, file path: String, from sender: String = "") async throws -> Bool
    {
        try await take(externalID, stored: try office.blobs.put(contentsOf: path), from: sender)
    }

    @discardableResult
    package func take(
        _ externalID: String, stored blob: BlobReference, from sender: String = ""
    ) async throws -> Bool {
        let now = office.clock.now, route = route
        let message = InboundMessage(
            id: ID(UUIDv7.make(at: now)), route: route, externalID: externalID, hash: blob.hash.hex,
            size: blob.size, receivedAt: now, sender: sender)
        office.killPoints.pass(.inboundStored)
        let isNew = try await office.database.write { try Tables($0).inbound.insert(message) }
        if !isNew { try await Uploads(office: office).discard(blob.hash) }
        if isNew, !office.blobs.contains(blob.hash) {
            // The same bytes under another name were thrown away at this very moment. Better sent again than lost.
            try await office.database.write { try Tables($0).inbound.forget(message.id) }
            throw InboundTrouble.later("Gói tin vừa nhận không còn trong kho.")
        }
        return isNew
    }
}
