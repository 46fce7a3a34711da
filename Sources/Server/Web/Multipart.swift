// multipart/form-data as browsers send it (RFC 7578), read as it comes: fields are small and kept, files go to their sink
// piece by piece, so an upload of 100 MB needs no more memory than a page.

import Foundation

/// What the reader finds, in order.
enum MultipartEvent {
    case field(name: String, bytes: [UInt8])
    case fileBegins(name: String, fileName: String)
    case fileBytes(ArraySlice<UInt8>)
    case fileEnds
}

enum MultipartError: Error { case malformed, fieldTooLarge, tooManyParts, bodyTooLarge }

struct MultipartReader {
    private enum State { case preamble, headers, field(String), file, done }

    private let delimiter: [UInt8]
    private var buffer: [UInt8] = []
    private var state = State.preamble
    private var parts = 0
    private var fieldBytes = 0

    private static let headerLimit = 8 * 1024
    private static let fieldLimit = 256 * 1024
    /// Of all fields together; they are kept in memory.
    private static let fieldsLimit = 1024 * 1024
    private static let partLimit = 1000

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        buffer = Array("\r\n".utf8)
    }

    /// The boundary of a content type, nil when it is not multipart/form-data.
    static func boundary(of contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.trimmingPrefix { $0 == " " } }
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
            let value = part.dropFirst("boundary=".count).filter { $0 != "\"" }
            return value.isEmpty || value.count > 70 ? nil : String(value)
        }
        return nil
    }

    mutating func feed(_ bytes: some Sequence<UInt8>, _ take: (MultipartEvent) throws -> Void) throws {
        if case .done = state { return }
        buffer.append(contentsOf: bytes)
        while try step(take) {}
    }

    /// After the last piece: the closing delimiter must have come.
    func finish() throws {
        guard case .done = state else { throw MultipartError.malformed }
    }

    /// True when there may be more to find in what is buffered.
    private mutating func step(_ take: (MultipartEvent) throws -> Void) throws -> Bool {
        switch state {
        case .preamble:
            guard let found = find(delimiter) else {
                if buffer.count > Self.headerLimit { throw MultipartError.malformed }
                return false
            }
            buffer.removeFirst(found + delimiter.count)
            state = .headers
            return true
        case .headers: return try headers(take)
        case .field(let name):
            guard let found = find(delimiter) else {
                if buffer.count > Self.fieldLimit { throw MultipartError.fieldTooLarge }
                return false
            }
            fieldBytes += found
            if found > Self.fieldLimit || fieldBytes > Self.fieldsLimit { throw MultipartError.fieldTooLarge }
            try take(.field(name: name, bytes: Array(buffer[..<found])))
            buffer.removeFirst(found + delimiter.count)
            state = .headers
            return true
        case .file: return try file(take)
        case .done: return false
        }
    }

    private mutating func headers(_ take: (MultipartEvent) throws -> Void) throws -> Bool {
        if buffer.starts(with: Array("--".utf8)) {
            state = .done
            buffer = []
            return false
        }
        guard buffer.count >= 2 else { return false }
        guard let end = find(Array("\r\n\r\n".utf8)) else {
            if buffer.count > Self.headerLimit { throw MultipartError.malformed }
            return false
        }
        let text = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + 4)
        parts += 1
        if parts > Self.partLimit { throw MultipartError.tooManyParts }
        guard let name = parameter("name", in: text) else { throw MultipartError.malformed }
        if let fileName = parameter("filename", in: text) {
            try take(.fileBegins(name: name, fileName: fileName))
            state = .file
        } else {
            state = .field(name)
        }
        return true
    }

    private mutating func file(_ take: (MultipartEvent) throws -> Void) throws -> Bool {
        if let found = find(delimiter) {
            try take(.fileBytes(buffer[..<found]))
            try take(.fileEnds)
            buffer.removeFirst(found + delimiter.count)
            state = .headers
            return true
        }
        // The end of what we hold may be the beginning of the delimiter.
        let safe = buffer.count - delimiter.count
        if safe > 0 {
            try take(.fileBytes(buffer[..<safe]))
            buffer.removeFirst(safe)
        }
        return false
    }

    /// `name="…"` of the Content-Disposition line; browsers escape quotes as %22.
    private func parameter(_ name: String, in headers: String) -> String? {
        for line in headers.split(whereSeparator: \.isNewline)
        where line.lowercased().hasPrefix("content-disposition:") {
            guard let start = line.range(of: "; \(name)=\"") else { return nil }
            guard let end = line[start.upperBound...].firstIndex(of: "\"") else { return nil }
            return String(line[start.upperBound..<end].replacing("%22", with: "\""))
        }
        return nil
    }

    private func find(_ pattern: [UInt8]) -> Int? {
        guard buffer.count >= pattern.count, let first = pattern.first else { return nil }
        return buffer.withUnsafeBufferPointer { bytes in
            var at = 0
            let last = bytes.count - pattern.count
            while at <= last {
                if bytes[at] == first, matches(bytes, at, pattern) { return at }
                at += 1
            }
            return nil
        }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ pattern: [UInt8]) -> Bool {
        for offset in 1..<max(1, pattern.count) where bytes[at + offset] != pattern[offset] { return false }
        return true
    }
}
