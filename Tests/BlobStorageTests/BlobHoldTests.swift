// What is held is not thrown away, by whom and in whatever order; what nobody holds any more can be found and is.

import Foundation
import Testing

@testable import BlobStorage

@Suite struct BlobHoldTests {
    let scratch: ScratchStore
    var blobs: LocalBlobs { scratch.blobs }
    let letter = Array("Công văn số 54".utf8)

    init() throws { scratch = try ScratchStore() }

    @Test func `bytes that somebody holds cannot be marked; once let go they can`() throws {
        let hold = blobs.hold(), other = blobs.hold()
        let hash = try blobs.put(letter, under: hold).hash
        _ = try blobs.put(letter, under: other)
        #expect(try blobs.mark(hash) == nil)
        #expect(try blobs.isHeld(hash))
        hold.letGo(hash)
        #expect(try blobs.mark(hash) == nil, "the other holds them still")
        other.letGo(hash)
        let mark = try #require(try blobs.mark(hash))
        #expect(try !blobs.isHeld(hash))
        #expect(try blobs.discard(mark))
        #expect(!blobs.contains(hash))
        #expect(try blobs.holds().isEmpty)
    }

    @Test func `what is stored again after the mark stays, whether it is still held or committed already`()
        throws
    {
        let first = blobs.hold()
        let hash = try blobs.put(letter, under: first).hash
        first.letGo(hash)
        var mark = try #require(try blobs.mark(hash))
        let second = blobs.hold()
        _ = try blobs.put(letter, under: second)
        #expect(try !blobs.discard(mark))
        second.release()
        #expect(try !blobs.discard(mark))
        #expect(blobs.contains(hash))
        #expect(try blobs.holds().isEmpty)
        mark = try #require(try blobs.mark(hash))
        let third = blobs.hold()
        _ = try blobs.put(letter, under: third)
        third.letGo(hash)
        #expect(try !blobs.discard(mark), "who gave up later throws away later")
        #expect(try blobs.discard(try #require(try blobs.mark(hash))))
    }

    @Test func `of two who discard, the one who marked last does it`() throws {
        let hash = try blobs.put(letter).hash
        let early = try #require(try blobs.mark(hash)), late = try #require(try blobs.mark(hash))
        #expect(try !blobs.discard(early))
        try blobs.keep(early)
        #expect(try blobs.discard(late))
        #expect(try !blobs.discard(late))
        #expect(!blobs.contains(hash))
    }

    @Test func `a hold that is dropped leaves a trace, a released one none`() throws {
        var hold: BlobHold? = blobs.hold()
        let hash = try blobs.put(letter, under: hold).hash
        hold = nil
        #expect(try blobs.holds() == [hash])
        #expect(try !blobs.isHeld(hash))
        try blobs.keep(try #require(try blobs.mark(hash)))
        #expect(try blobs.holds().isEmpty)
        let released = blobs.hold()
        _ = try blobs.put(letter, under: released)
        released.release()
        #expect(try blobs.holds().isEmpty)
        #expect(blobs.contains(hash))
    }

    @Test func `a process that is killed holds nothing any more`() throws {
        let hash = try blobs.put(letter).hash
        let path = blobs.holdPath(hash)
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        // The shell becomes the sleeper, which has the locked file open: one process to kill.
        process.arguments = ["-c", "exec 9>>\"$1\"; flock --shared 9; echo held; exec sleep 600", "sh", path]
        process.standardOutput = output
        try process.run()
        #expect(try output.fileHandleForReading.read(upToCount: 5) == Data("held\n".utf8))
        #expect(try blobs.mark(hash) == nil)
        #expect(try blobs.isHeld(hash))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try !blobs.isHeld(hash))
        #expect(try blobs.holds() == [hash])
        #expect(try blobs.discard(try #require(try blobs.mark(hash))))
    }

    @Test func `many store and throw away the same bytes at once: those who keep them find them`()
        async throws
    {
        let blobs = blobs, letter = letter, hash = BlobHash(of: letter), rows = Rows()
        await withTaskGroup(of: Void.self) { group in
            for first in 0..<8 {
                group.addTask {
                    for turn in first..<(first + 150) { Self.storeAndThrowAway(letter, blobs, rows, turn) }
                }
            }
        }
        while let mark = try blobs.mark(hash), try !blobs.discard(mark) {}
        #expect(!blobs.contains(hash))
        #expect(try blobs.holds().isEmpty)
        #expect(scratch.unfinished.isEmpty)
    }

    /// Every third time a row is committed and deleted again, as by an act and another that undoes it.
    private static func storeAndThrowAway(_ letter: [UInt8], _ blobs: LocalBlobs, _ rows: Rows, _ turn: Int) {
        do {
            let hold = blobs.hold(), hash = try blobs.put(letter, under: hold).hash
            if turn % 3 == 0 {
                rows.add(1)
                hold.release()
                #expect(blobs.contains(hash))
                rows.add(-1)
            } else {
                hold.letGo(hash)
            }
            guard let mark = try blobs.mark(hash) else { return }
            if rows.isAny { try blobs.keep(mark) } else { _ = try blobs.discard(mark) }
        } catch { Issue.record(error) }
    }
}

/// How many rows name the bytes.
private final class Rows: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    var isAny: Bool { lock.withLock { count > 0 } }
    func add(_ more: Int) { lock.withLock { count += more } }
}
