// An office for measuring: a folder or a schema of its own, Rạch Giá's Phòng Tư pháp in it, and a clock that runs as fast
// as the real one and can be moved.
import BlobStorage
import Crypto
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit

struct BenchOffice: Sendable {
    let folder: String
    let world: StoryWorld
    let clock: MovableClock

    var office: Office { world.office }

    static func with<T: Sendable>(
        postgres: String? = nil, agencies: Set<String>? = ["phong-tu-phap", "phong-noi-vu"],
        clock: MovableClock = MovableClock(), _ body: (BenchOffice) async throws -> T
    ) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "vanthu-bench-\(UUID().uuidString)"
        ).path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard let postgres else {
            return try await body(
                try await make(in: folder, .sqlite(path: folder + "/vanthu.sqlite"), agencies, clock))
        }
        let schema = "bench" + UUID().uuidString.replacing("-", with: "").lowercased()
        try change(postgres, "CREATE SCHEMA \(raw: schema)")
        defer { try? change(postgres, "DROP SCHEMA \(raw: schema) CASCADE") }
        let url = postgres + (postgres.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(schema)"
        return try await body(try await make(in: folder, .postgres(url: url), agencies, clock))
    }

    /// Laid out as `vanthu serve --data` expects it.
    static func make(
        in folder: String, _ address: DatabaseAddress, _ agencies: Set<String>?, _ clock: MovableClock
    ) async throws -> BenchOffice {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let database = try Database.open(address)
        try OfficeSchema.migrate(database)
        let office = Office(
            database: database, blobs: try LocalBlobs(folder: folder + "/tep"), clock: clock.officeClock,
            serverKey: SymmetricKey(size: .bits256))
        let world = StoryWorld(office: office)
        let isEmpty = try await office.read { try $0.agencies.all().isEmpty }
        if isEmpty { try await world.install(only: agencies) }
        return BenchOffice(folder: folder, world: world, clock: clock)
    }

    private static func change(_ url: String, _ statement: SQL) throws {
        let admin = try Database.open(.postgres(url: url), readers: 1)
        defer { admin.close() }
        try admin.writeBlocking { _ = try $0.execute(statement) }
    }

    /// Letters already uploaded, so that registering is measured without the upload.
    func stageLetters(_ count: Int, for clerk: Position) async throws -> [ID<StagedFile>] {
        let blob = try office.blobs.put(
            try WorldFiles.bytes("letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf"))
        let file = FileReference(
            hash: blob.hash.hex, size: blob.size, name: "cong-van.pdf", mediaType: "application/pdf", pages: 1
        )
        let now = office.clock.now
        let ids = (0..<count).map { _ in ID<StagedFile>(UUIDv7.make(at: now)) }
        try await office.database.write { connection in
            for id in ids {
                try Tables(connection).stagedFiles.insert(
                    id, file, account: clerk.account, agency: clerk.agency, at: now)
            }
        }
        return ids
    }

    /// Signed in as somebody who types nothing: the cookie's value, and the token of their forms.
    func signIn(_ login: String) async throws -> (cookie: String, csrf: String) {
        let position = try await world.position(login)
        let (token, csrf, now) = (SessionToken.make(), SessionToken.make(), Instant(Date()))
        try await office.database.write { connection in
            try Tables(connection).sessions.insert(
                hash: SessionToken.hash(token), account: position.account, position: position.id, csrf: csrf,
                at: now,
                expiresAt: now.adding(seconds: 36_000))
        }
        return (token, csrf)
    }
}

/// A clock that runs on from wherever it is put.
final class MovableClock: @unchecked Sendable {
    private let lock = NSLock()
    private var shift: Int64 = 0

    func move(to moment: Instant) {
        lock.withLock { shift = moment.microseconds - Instant(Date()).microseconds }
    }

    var officeClock: OfficeClock {
        OfficeClock { [self] in
            let shift = lock.withLock { self.shift }
            return Instant(microseconds: Instant(Date()).microseconds + shift)
        }
    }
}
