// An office of its own for one test: a fresh database of either kind and a fresh folder, gone afterwards.
import BlobStorage
import Crypto
import Domain
import DualSQL
import Foundation
import Operations
import Store

package enum DatabaseKind: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// SQLite always; PostgreSQL where the test run started one (bin/test does) and says where.
    package static var available: [DatabaseKind] {
        if postgresURL != nil { return [.sqlite, .postgres] }
        print("*** VANTHU_TEST_POSTGRES is not set: the PostgreSQL half of the tests is SKIPPED ***")
        return [.sqlite]
    }

    static var postgresURL: String? { ProcessInfo.processInfo.environment["VANTHU_TEST_POSTGRES"] }
}

package enum TemporaryOffice {
    /// Runs the body in a new office whose clock stands at the story's morning and ticks a second each time
    /// it is read.
    package static func with<T: Sendable>(
        _ kind: DatabaseKind, agencies: Set<String>? = ["phong-tu-phap", "phong-noi-vu"],
        _ body: (StoryWorld) async throws -> T
    ) async throws -> T {
        await OpenOffices.shared.enter()
        do {
            let result = try await inside(kind, agencies: agencies, body)
            await OpenOffices.shared.leave()
            return result
        } catch {
            await OpenOffices.shared.leave()
            throw error
        }
    }

    /// An empty folder, and an empty database that another process can reach too.
    package static func place<T: Sendable>(
        _ kind: DatabaseKind, _ body: (_ folder: String, _ address: DatabaseAddress) async throws -> T
    ) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let schema = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        let address = try makeDatabase(kind, folder: folder, name: schema)
        defer { if kind == .postgres { try? drop(schema) } }
        return try await body(folder, address)
    }

    private static func inside<T: Sendable>(
        _ kind: DatabaseKind, agencies: Set<String>?, _ body: (StoryWorld) async throws -> T
    ) async throws -> T {
        try await place(kind) { folder, address in
            let database = try Database.open(address, readers: kind == .postgres ? 2 : 4)
            defer { database.close() }
            return try await fill(database, folder, agencies, body)
        }
    }

    private static func fill<T: Sendable>(
        _ database: Database, _ folder: String, _ agencies: Set<String>?, _ body: (StoryWorld) async throws -> T
    ) async throws -> T {
        try OfficeSchema.migrate(database)
        let office = Office(
            database: database, blobs: try LocalBlobs(folder: folder + "/blobs"), clock: .ticking(),
            serverKey: SymmetricKey(size: .bits256), trust: try StoryKeys.trust())
        let world = StoryWorld(office: office)
        try await world.install(only: agencies)
        return try await body(world)
    }

    private static func makeDatabase(
        _ kind: DatabaseKind, folder: String, name: String
    ) throws -> DatabaseAddress {
        switch kind {
        case .sqlite:
            return .sqlite(path: folder + "/vanthu.sqlite")
        case .postgres:
            let admin = try Database.open(.postgres(url: DatabaseKind.postgresURL ?? ""), readers: 1)
            defer { admin.close() }
            try admin.writeBlocking { _ = try $0.execute("CREATE SCHEMA \(raw: name)") }
            let url = DatabaseKind.postgresURL ?? ""
            let glue = url.contains("?") ? "&" : "?"
            return .postgres(url: url + glue + "options=-csearch_path%3D\(name)")
        }
    }

    private static func drop(_ name: String) throws {
        let admin = try Database.open(.postgres(url: DatabaseKind.postgresURL ?? ""), readers: 1)
        defer { admin.close() }
        try admin.writeBlocking { _ = try $0.execute("DROP SCHEMA \(raw: name) CASCADE") }
    }
}

/// A test run starts all its tests at once; a database server takes only so many connections.
private actor OpenOffices {
    static let shared = OpenOffices()
    private var free = 8
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

extension OfficeClock {
    /// Starts at the story's morning and moves on by a second with every look, so that orders are certain.
    package static func ticking() -> OfficeClock {
        let ticks = Ticks()
        return OfficeClock { ticks.next() }
    }
}

private final class Ticks: @unchecked Sendable {
    private let lock = NSLock()
    private var seconds = 0

    func next() -> Instant {
        lock.withLock {
            seconds += 1
            return StoryWorld.morning.adding(seconds: seconds)
        }
    }
}
