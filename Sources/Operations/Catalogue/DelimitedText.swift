// Tables as text (RFC 4180, and what spreadsheets make of it): comma, semicolon or tab between the cells, quotes around
// those that hold one, either line end, an optional byte order mark. Records are handed over as they are read.
import Foundation

struct DelimitedText {
    struct Record {
        /// Where it begins, counted from 1.
        let line: Int
        let cells: [String]
    }

    enum Fault: Error, Equatable {
        case notUTF8(line: Int)
        case tooLong(line: Int)
        case openQuote(line: Int)
    }

    /// More in one record is no line of a list.
    static let longestRecord = 64 * 1024

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// - Throws: `Fault`, and whatever `body` throws. An empty line is no record.
    static func each(_ bytes: UnsafeRawBufferPointer, _ body: (Record) throws -> Void) throws {
        var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let separator = Self.separator(bytes, from: at)
        var line = 1
        while at < bytes.count {
            let record = try self.record(bytes, &at, &line, separator)
            if record.cells.contains(where: { !$0.isEmpty }) { try body(record) }
        }
    }

    /// Whichever stands most often in the first line.
    private static func separator(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        for byte in bytes[start...] {
            if byte == newline { break }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t") {
                counts[byte, default: 0] += 1
            }
        }
        return counts.max { $0.value < $1.value }?.key ?? UInt8(ascii: ",")
    }

    private static func record(
        _ bytes: UnsafeRawBufferPointer, _ at: inout Int, _ line: inout Int, _ separator: UInt8
    ) throws -> Record {
        let first = line, start = at
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        func close() throws {
            guard let text = String(validating: cell, as: UTF8.self) else { throw Fault.notUTF8(line: first) }
            cells.append(text)
            cell.removeAll(keepingCapacity: true)
        }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if at - start > longestRecord { throw Fault.tooLong(line: first) }
            if byte == newline { line += 1 }
            if isQuoted {
                if byte != quote {
                    cell.append(byte)
                } else if at < bytes.count, bytes[at] == quote {
                    cell.append(quote)
                    at += 1
                } else {
                    isQuoted = false
                }
            } else if byte == quote, cell.isEmpty {
                isQuoted = true
            } else if byte == separator {
                try close()
            } else if byte == newline {
                break
            } else if byte != carriageReturn {
                cell.append(byte)
            }
        }
        if isQuoted { throw Fault.openQuote(line: first) }
        try close()
        return Record(line: first, cells: cells)
    }
}
