import CLibPQ

/// An answer of the server, freed when nobody reads it any more.
final class PostgresResult {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var rowCount: Int { Int(PQntuples(pointer)) }

    /// The server counts read rows too; only written ones are changes.
    var changes: Int {
        guard let tag = PQcmdStatus(pointer).map({ String(cString: $0) }), let count = PQcmdTuples(pointer)
        else { return 0 }
        let isWrite = ["INSERT", "UPDATE", "DELETE", "MERGE"].contains { tag.hasPrefix($0) }
        return isWrite ? Int(String(cString: count)) ?? 0 : 0
    }
}

/// The columns of a prepared statement: their names, and how to read the text that the server sends for each.
struct PostgresColumns {
    /// PostgreSQL source, `pg_type.dat`: the numbers of its built-in types never change.
    private enum Reading {
        case truth, integer, real, numeric, bytes, text

        init(type: Oid) {
            switch type {
            case 16: self = .truth
            case 17: self = .bytes
            case 20, 21, 23, 26: self = .integer
            case 700, 701: self = .real
            case 1700: self = .numeric
            default: self = .text
            }
        }
    }

    let names: Row.Columns
    private let readings: [Reading]

    init(_ description: PostgresResult) {
        let columns = 0..<PQnfields(description.pointer)
        names = Row.Columns(
            columns.map { PQfname(description.pointer, $0).map { String(cString: $0) } ?? "" })
        readings = columns.map { Reading(type: PQftype(description.pointer, $0)) }
    }

    func values(of result: PostgresResult, row: Int) -> [SQLValue] {
        let row = Int32(row)
        return (0..<Int32(readings.count)).map { column in
            if PQgetisnull(result.pointer, row, column) == 1 { return .null }
            guard let start = PQgetvalue(result.pointer, row, column) else { return .null }
            let length = Int(PQgetlength(result.pointer, row, column))
            return start.withMemoryRebound(to: UInt8.self, capacity: length) { start in
                Self.value(UnsafeBufferPointer(start: start, count: length), readings[Int(column)])
            }
        }
    }

    private static func value(_ cell: UnsafeBufferPointer<UInt8>, _ reading: Reading) -> SQLValue {
        switch reading {
        case .truth: return .integer(cell.first == UInt8(ascii: "t") ? 1 : 0)
        case .integer: return integer(cell).map { .integer($0) } ?? text(cell)
        case .real: return Double(String(decoding: cell, as: UTF8.self)).map { .real($0) } ?? text(cell)
        // A sum of whole numbers is `numeric` here and a whole number in SQLite.
        case .numeric: return integer(cell).map { .integer($0) } ?? text(cell)
        case .bytes: return bytes(cell).map { .bytes($0) } ?? text(cell)
        case .text: return text(cell)
        }
    }

    private static func text(_ cell: UnsafeBufferPointer<UInt8>) -> SQLValue {
        .text(String(decoding: cell, as: UTF8.self))
    }

    private static func integer(_ cell: UnsafeBufferPointer<UInt8>) -> Int64? {
        var magnitude: Int64 = 0
        let isNegative = cell.first == UInt8(ascii: "-")
        let digits = isNegative ? cell.dropFirst() : cell[...]
        if digits.isEmpty { return nil }
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            let (shifted, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            // Gathered below zero, where there is room for the smallest number too.
            let (sum, spill) = shifted.subtractingReportingOverflow(Int64(digit - 48))
            if overflow || spill { return nil }
            magnitude = sum
        }
        if isNegative { return magnitude }
        return magnitude == .min ? nil : -magnitude
    }

    /// `\x` and two hexadecimal digits for each byte (`bytea_output = hex`, the default).
    private static func bytes(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard cell.count >= 2, cell.count.isMultiple(of: 2), cell[0] == UInt8(ascii: "\\"),
            cell[1] == UInt8(ascii: "x")
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(cell.count / 2 - 1)
        for index in stride(from: 2, to: cell.count, by: 2) {
            guard let high = digit(cell[index]), let low = digit(cell[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case 48...57: character - 48
        case 97...102: character - 87
        default: nil
        }
    }
}

/// Values on their way to the server: texts as texts, bytes as bytes, all in one block of memory.
struct PostgresBindings {
    private var block: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [SQLValue], _ statement: String) throws {
        guard values.count <= Int(UInt16.max) else {
            throw SQLError(kind: .other, message: "\(values.count) values are too many", statement: statement)
        }
        for value in values {
            switch value {
            case .null: append(EmptyCollection(), isNull: true)
            case .integer(let number): append(String(number).utf8)
            case .real(let number): append(String(number).utf8)
            case .text(let text):
                if text.utf8.contains(0) { throw SQLError.zeroInText(statement) }
                append(text.utf8)
            case .bytes(let bytes): append(bytes, isBinary: true)
            }
        }
    }

    private mutating func append(
        _ bytes: some Collection<UInt8>, isNull: Bool = false, isBinary: Bool = false
    ) {
        starts.append(isNull ? nil : block.count)
        lengths.append(Int32(clamping: bytes.count))
        formats.append(isBinary ? 1 : 0)
        block.append(contentsOf: bytes)
        block.append(0)
    }

    typealias Pointers<Element> = UnsafePointer<Element>?

    func withPointers<T>(
        _ body: (Int32, Pointers<UnsafePointer<CChar>?>, Pointers<Int32>, Pointers<Int32>) -> T
    ) -> T {
        block.withUnsafeBytes { block in
            let block = block.bindMemory(to: CChar.self)
            let values = starts.map { start in start.flatMap { start in block.baseAddress.map { $0 + start } }
            }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(
                            Int32(starts.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
