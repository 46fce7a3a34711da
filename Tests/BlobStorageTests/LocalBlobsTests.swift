// The store of files on a real disk: same bytes once, damage found, leftovers swept, nothing half-written visible.

import Foundation
import Testing

@testable import BlobStorage

/// A store in a folder of its own, removed at the end of the test.
final class ScratchStore {
    let folder: String
    let blobs: LocalBlobs

    init() throws {
        folder = NSTemporaryDirectory() + "blobs-" + UUID().uuidString
        blobs = try LocalBlobs(folder: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var unfinished: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: blobs.unfinishedFolder)) ?? []
    }
}

@Suite struct LocalBlobsTests {
    let scratch: ScratchStore
    var blobs: LocalBlobs { scratch.blobs }
    let letter = Array("Số: 54/UBND-VP, Sơn Giang, ngày 18 tháng 9 năm 2026".utf8)

    init() throws { scratch = try ScratchStore() }

    @Test func `what is put comes back under the digest of its bytes`() throws {
        let reference = try blobs.put(letter)
        #expect(reference.hash == BlobHash(of: letter))
        #expect(reference.size == letter.count)
        #expect(try blobs.read(reference.hash) == letter)
        #expect(try blobs.size(of: reference.hash) == letter.count)
        #expect(blobs.contains(reference.hash))
        #expect(scratch.unfinished.isEmpty)
    }

    @Test func `the digest is the one everybody computes`() throws {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try blobs.put(Array("abc".utf8)).hash.hex == known)
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(try blobs.put([]).hash.hex == empty)
    }

    @Test func `files lie two folders deep and only the server may read them`() throws {
        let hash = try blobs.put(letter).hash
        let path = blobs.path(of: hash)
        #expect(
            path == "\(scratch.folder)/\(hash.hex.prefix(2))/\(hash.hex.dropFirst(2).prefix(2))/\(hash.hex)")
        func mode(_ path: String) throws -> Int {
            try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        }
        #expect(try mode(path) == 0o600)
        #expect(try mode((path as NSString).deletingLastPathComponent) == 0o700)
        #expect(try mode(scratch.folder) == 0o700)
    }

    @Test func `the same content twice is one file`() throws {
        let first = try blobs.put(letter)
        let second = try blobs.put(letter)
        #expect(first == second)
        #expect(Array(blobs.all()) == [first.hash])
    }

    @Test func `the same content from many at once is one whole file`() async throws {
        let content = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let blobs = blobs
        let references = try await withThrowingTaskGroup(of: BlobReference.self) { group in
            for _ in 0..<16 { group.addTask { try blobs.put(content) } }
            return try await group.reduce(into: Set<BlobReference>()) { $0.insert($1) }
        }
        #expect(references.count == 1)
        #expect(Array(blobs.all()).count == 1)
        #expect(blobs.verify(BlobHash(of: content)) == .sound(size: content.count))
        #expect(scratch.unfinished.isEmpty)
    }

    @Test func `an upload in pieces has the digest of the whole`() throws {
        let writer = try blobs.writer()
        for piece in stride(from: 0, to: letter.count, by: 7) {
            try writer.append(Array(letter[piece..<min(piece + 7, letter.count)]))
        }
        #expect(try writer.finish() == BlobReference(hash: BlobHash(of: letter), size: letter.count))
        #expect(throws: BlobError.closed) { try writer.append([1]) }
        #expect(throws: BlobError.closed) { try writer.finish() }
    }

    @Test func `a file on disk is taken in by its path`() throws {
        let path = scratch.folder + "/outside"
        try Data(letter).write(to: URL(fileURLWithPath: path))
        #expect(try blobs.put(contentsOf: path).hash == BlobHash(of: letter))
        #expect(throws: BlobError.self) { try blobs.put(contentsOf: path + "-absent") }
        #expect(scratch.unfinished.isEmpty)
    }

    @Test func `over the limit nothing is kept`() throws {
        let writer = try blobs.writer(limit: 10)
        try writer.append([UInt8](repeating: 1, count: 10))
        #expect(throws: BlobError.tooLarge(limit: 10)) { try writer.append([1]) }
        #expect(throws: BlobError.closed) { try writer.finish() }
        #expect(scratch.unfinished.isEmpty)
        #expect(try blobs.put([UInt8](repeating: 1, count: 10), limit: 10).size == 10)
        #expect(throws: BlobError.tooLarge(limit: 10)) {
            try blobs.put([UInt8](repeating: 1, count: 11), limit: 10)
        }
    }

    @Test func `a cancelled or forgotten upload leaves nothing`() throws {
        let writer = try blobs.writer()
        try writer.append(letter)
        #expect(scratch.unfinished.count == 1)
        writer.cancel()
        #expect(scratch.unfinished.isEmpty)
        do {
            let forgotten = try blobs.writer()
            try forgotten.append(letter)
        }
        #expect(scratch.unfinished.isEmpty)
        #expect(Array(blobs.all()).isEmpty)
    }

    @Test func `what a crash left is swept and a running upload is not`() throws {
        let leftover = blobs.unfinishedFolder + "/left-by-a-crash"
        try Data(letter).write(to: URL(fileURLWithPath: leftover))
        let yesterday = Date(timeIntervalSinceNow: -86_400)
        try FileManager.default.setAttributes([.modificationDate: yesterday], ofItemAtPath: leftover)
        let running = try blobs.writer()
        try running.append(letter)

        #expect(try blobs.sweepUnfinished(before: Date(timeIntervalSinceNow: -3600)) == 1)
        #expect(!FileManager.default.fileExists(atPath: leftover))
        #expect(try running.finish().hash == BlobHash(of: letter))
        // A leftover is never taken for a stored file.
        #expect(Array(blobs.all()) == [BlobHash(of: letter)])
    }

    @Test func `verify finds wrong bytes, and putting the file again heals it`() throws {
        let hash = try blobs.put(letter).hash
        #expect(blobs.verify(hash) == .sound(size: letter.count))
        var wrong = letter
        wrong[5] ^= 1
        try Data(wrong).write(to: URL(fileURLWithPath: blobs.path(of: hash)))
        #expect(blobs.verify(hash) == .altered(actual: BlobHash(of: wrong), size: wrong.count))
        try blobs.put(letter)
        #expect(blobs.verify(hash) == .sound(size: letter.count))
    }

    @Test func `a deleted file is gone and said to be missing`() throws {
        let hash = try blobs.put(letter).hash
        #expect(try blobs.delete(hash))
        #expect(try !blobs.delete(hash))
        #expect(!blobs.contains(hash))
        #expect(blobs.verify(hash) == .missing)
        #expect(throws: BlobError.missing(hash)) { try blobs.read(hash) }
        #expect(throws: BlobError.missing(hash)) { try blobs.size(of: hash) }
    }

    @Test func `all stored files are listed in order, strangers are not`() throws {
        let hashes = try (0..<60).map { try blobs.put(Array("\($0)".utf8)).hash }
        try Data().write(to: URL(fileURLWithPath: blobs.path(of: hashes[0]) + ".bak"))
        #expect(Array(blobs.all()) == hashes.sorted())
    }

    @Test func `a store can be opened again`() throws {
        let hash = try blobs.put(letter).hash
        let again = try LocalBlobs(folder: scratch.folder + "/")
        #expect(try again.read(hash) == letter)
    }

    @Test func `a hash is read from 64 lower-case digits only`() throws {
        let hash = BlobHash(of: letter)
        #expect(BlobHash(hex: hash.hex) == hash)
        #expect(BlobHash(bytes: hash.bytes) == hash)
        #expect(BlobHash(hex: hash.hex.uppercased()) == nil)
        #expect(BlobHash(hex: "../../etc/passwd") == nil)
        #expect(BlobHash(hex: String(repeating: "g", count: 64)) == nil)
        #expect(BlobHash(bytes: [1, 2, 3]) == nil)
        let coded = try JSONEncoder().encode([hash])
        #expect(try JSONDecoder().decode([BlobHash].self, from: coded) == [hash])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([BlobHash].self, from: Data("[\"ab\"]".utf8))
        }
    }
}
