import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// The disk of the files is full while a letter is signed and sealed (E5, decision 24): nothing is half there, the number that
/// was taken stays the letter's, and the next press finishes once there is room.
struct FullDiskTests {
    @Test(
        "E5, decision 3: signing and sealing on a full disk leave things as they were; with room they go on, same number",
        arguments: DatabaseKind.available)
    func signingAndSealing(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { origin in
            guard let disk = try SmallDisk(megabytes: 24) else { return }
            defer { disk.remove() }
            let world = StoryWorld(office: try origin.office.onDisk(disk.folder + "/tep"))
            let office = world.office, clerk = try await world.position("vt.tuphap")
            let waiting = try await world.draftForSignature(enclosure: nil)
            let before = Set(office.blobs.all())
            try disk.fill()
            let wish = try await world.signingWish(waiting), head = try await world.position("tp.tuphap")
            await expectNoRoom {
                _ = try await SignDraftService(office: office).sign(wish, as: head)
            }
            #expect(Set(office.blobs.all()) == before)
            #expect(try await world.reread(waiting).state == waiting.state)
            try disk.empty()
            _ = try await SignDraftService(office: office).sign(wish, as: head)

            let draft = try await world.reread(waiting), issuing = try await world.issuingWish(draft)
            let signed = Set(office.blobs.all())
            try disk.fill()
            await expectNoRoom {
                _ = try await IssuingService(office: office).issue(issuing, as: clerk)
            }
            #expect(Set(office.blobs.all()) == signed)
            let taken = try #require(try await office.read { try $0.issuances.inUse(of: draft.id) })
            #expect(taken.state == .numbered)
            try disk.empty()
            let rest = IssuingWish(code: issuing.code, date: issuing.date, recipients: [], pin: issuing.pin)
            guard case .done(let issued) = try await IssuingService(office: office).issue(rest, as: clerk)
            else { throw Refused(.stale) }
            #expect(issued.issuance.number == taken.number)
            try await world.expectOneDocument(of: draft, numbers: 1)
            try await Sweeper(office: office).runOnce()
            #expect(try office.blobs.holds().isEmpty)
            try await world.expectClean()
        }
    }

    private func expectNoRoom(_ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("there was room")
        } catch {
            #expect(Room.isMissing(for: error), "\(error)")
        }
    }
}

/// A file system of the test's own, in memory; nil, and said so, where this machine mounts none.
private struct SmallDisk {
    let folder: String

    init?(megabytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-dia-\(UUID().uuidString)")
            .path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let options = ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0777", "vanthu-test", folder]
        if Self.run("mount", options) || Self.run("sudo", ["-n", "mount"] + options) { return }
        print("*** no disk of a test's own can be mounted here: signing on a full disk is SKIPPED ***")
        try FileManager.default.removeItem(atPath: folder)
        return nil
    }

    func remove() {
        _ = Self.run("umount", ["-l", folder]) || Self.run("sudo", ["-n", "umount", "-l", folder])
        try? FileManager.default.removeItem(atPath: folder)
    }

    private var filler: String { folder + "/day-dia" }

    /// To the last byte.
    func fill() throws {
        let file = open(filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BlobError.system(step: "open", path: filler, code: errno) }
        defer { close(file) }
        for size in [1 << 20, 4096, 1] {
            let zeros = [UInt8](repeating: 0, count: size)
            while write(file, zeros, size) > 0 {}
        }
    }

    func empty() throws { try FileManager.default.removeItem(atPath: filler) }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

extension Office {
    /// The same office with its files in another place.
    fileprivate func onDisk(_ folder: String) throws -> Office {
        Office(
            database: database, blobs: try LocalBlobs(folder: folder), clock: clock, serverKey: serverKey,
            trust: trust)
    }
}
