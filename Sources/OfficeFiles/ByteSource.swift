// Bytes that can be asked for by place, from memory or from a file on disk, for looking into a container without
// reading all of it. Every place is checked: the file is a stranger's.

import Foundation
import Glibc

enum ByteSource {
    case memory([UInt8])
    case file(FileReading)

    final class FileReading {
        let descriptor: Int32
        let size: Int

        init(path: String) throws {
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw OfficeFileError.unreadable(path: path, code: errno) }
            var entry = stat()
            size = fstat(descriptor, &entry) == 0 ? Int(entry.st_size) : 0
        }

        deinit { if descriptor >= 0 { close(descriptor) } }
    }

    var size: Int {
        switch self {
        case .memory(let bytes): bytes.count
        case .file(let file): file.size
        }
    }

    /// What lies there, shortened at the end of the file; empty for a place outside it.
    func bytes(at place: Int, count: Int) -> [UInt8] {
        guard place >= 0, place < size, count > 0 else { return [] }
        let length = min(count, size - place)
        switch self {
        case .memory(let bytes):
            return Array(bytes[place..<(place + length)])
        case .file(let file):
            var buffer = [UInt8](repeating: 0, count: length)
            let got = pread(file.descriptor, &buffer, length, off_t(place))
            return got == length ? buffer : Array(buffer.prefix(max(0, got)))
        }
    }
}

extension [UInt8] {
    /// A little-endian number, or nil past the end.
    func littleEndian(at place: Int, bytes width: Int) -> Int? {
        guard place >= 0, width > 0, width <= 4, place <= count - width else { return nil }
        var value = 0
        for index in (0..<width).reversed() { value = value << 8 | Int(self[place + index]) }
        return value
    }

    func starts(with text: String) -> Bool { starts(with: Array(text.utf8)) }
}
