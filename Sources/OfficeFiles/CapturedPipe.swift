// What a child program writes, kept up to a bound. Past the bound it is still read, so that the program does not
// hang on a full pipe, and thrown away.

import Foundation
import Glibc

final class CapturedPipe {
    private var readEnd: Int32
    private(set) var writeEnd: Int32
    private let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var wasCut = false
    /// So far there is no end of a line.
    private var searched = 0

    init(limit: Int) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw OfficeFileError.workFolder(step: "pipe", code: errno)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
        self.limit = limit
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    }

    deinit {
        closeReadEnd()
        closeWriteEnd()
    }

    var isOpen: Bool { readEnd >= 0 }

    func closeWriteEnd() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }

    /// Waits for either pipe to have something and takes it. A closed pipe has the number −1, which poll skips.
    static func takeWhatComes(_ first: CapturedPipe, _ second: CapturedPipe, milliseconds: Int32) {
        var waiting = [
            pollfd(fd: first.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: second.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waiting, 2, milliseconds) > 0 else { return }
        if waiting[0].revents != 0 { first.takeAvailable() }
        if waiting[1].revents != 0 { second.takeAvailable() }
    }

    /// The first line that has come whole, without its end; it is not kept.
    func takeLine() -> [UInt8]? {
        guard let end = bytes[searched...].firstIndex(of: 0x0A) else {
            searched = bytes.count
            return nil
        }
        let line = Array(bytes[..<end])
        bytes.removeSubrange(...end)
        searched = 0
        return line
    }

    /// After the program is gone: what is still in the pipe, without waiting for anyone who holds its other end.
    func takeRest() {
        takeAvailable()
        closeReadEnd()
    }

    private func takeAvailable() {
        guard readEnd >= 0 else { return }
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            // Bounded, so that a program that never stops writing cannot keep the watcher from its clock.
            for _ in 0..<256 {
                let count = read(readEnd, buffer.baseAddress, buffer.count)
                if count > 0 {
                    keep(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                } else if count == 0 {
                    return closeReadEnd()
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    private func keep(_ piece: UnsafeRawBufferPointer) {
        let room = limit - bytes.count
        if piece.count > room { wasCut = true }
        bytes.append(contentsOf: piece.prefix(max(0, room)))
    }

    private func closeReadEnd() {
        if readEnd >= 0 { close(readEnd) }
        readEnd = -1
    }
}
