// Đời của một tiến trình gửi nhận: which messages a worker has in hand. Leases are short and renewed while the work goes on,
// so that who is slow keeps what is theirs; and a worker that died, however suddenly, is known by its sign: a file that it had
// locked while it lived. What it had in hand is given back at once, by whoever looks next (E5).
import BlobStorage
import Domain
import DualSQL
import Foundation
import Store

package final class WorkerLife: @unchecked Sendable {
    static let leaseSeconds = 60
    static let renewEvery = Duration.seconds(15)
    /// How often the living look for the dead.
    static let lookEvery = Duration.seconds(3)

    package let id = UUID().uuidString
    private let office: Office
    /// Nil where it could not be made: its leases can only run out then.
    private let sign: FileLock?
    // Guarded by the lock.
    private let lock = NSLock()
    private var inHand: [UUID: InHand] = [:]

    private enum InHand {
        case outgoing([ID<Envelope>])
        case incoming(ID<InboundMessage>)
    }

    package init(_ office: Office) {
        self.office = office
        let folder = Self.folder(office)
        mkdir(folder, 0o700)
        sign = (try? FileLock.take(folder + "/" + id, .alone)) ?? nil
        // After a power cut the sign has to be there, or its leases would have to run out.
        let open = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        fsync(open)
        close(open)
    }

    deinit { sign?.release(removing: true) }

    /// With the files, since all processes of an installation share those.
    private static func folder(_ office: Office) -> String { office.blobs.folder + "/workers" }

    func leaseEnd(at now: Instant) -> Instant { now.adding(seconds: Self.leaseSeconds) }

    // MARK: In hand

    /// While the body runs, `renew` keeps these messages this worker's.
    func working<T>(on envelopes: [ID<Envelope>], _ body: () async throws -> T) async throws -> T {
        let token = begin(.outgoing(envelopes))
        defer { end(token) }
        return try await body()
    }

    func working<T>(on message: ID<InboundMessage>, _ body: () async throws -> T) async throws -> T {
        let token = begin(.incoming(message))
        defer { end(token) }
        return try await body()
    }

    private func begin(_ work: InHand) -> UUID {
        let token = UUID()
        lock.withLock { inHand[token] = work }
        return token
    }

    private func end(_ token: UUID) { lock.withLock { _ = inHand.removeValue(forKey: token) } }

    /// The leases of all that is in hand begin anew.
    package func renew() async throws {
        let now = lock.withLock { Array(inHand.values) }
        var outgoing: [ID<Envelope>] = [], incoming: [ID<InboundMessage>] = []
        for work in now {
            switch work {
            case .outgoing(let envelopes): outgoing += envelopes
            case .incoming(let message): incoming.append(message)
            }
        }
        if outgoing.isEmpty && incoming.isEmpty { return }
        let until = leaseEnd(at: office.clock.now), id = id
        try await office.database.write { [outgoing, incoming] connection in
            let tables = Tables(connection)
            try tables.outbox.renew(outgoing, by: id, until: until)
            for message in incoming { try tables.inbound.renew(message, by: id, until: until) }
        }
    }

    // MARK: The dead

    /// Gives back what workers had in hand that live no more; false when all live.
    @discardableResult
    package func giveBackOfTheDead() async throws -> Bool {
        let folder = Self.folder(office)
        var isAny = false
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name != id && UUID(uuidString: name) != nil {
            guard let sign = try? FileLock.take(folder + "/" + name, .alone, creating: false) else {
                continue
            }
            try await office.database.write { connection in
                let tables = Tables(connection)
                try tables.outbox.giveBack(from: name)
                try tables.inbound.giveBack(from: name)
            }
            sign.release(removing: true)
            isAny = true
        }
        return isAny
    }
}
