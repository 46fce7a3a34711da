// A list of agencies as a file: a table (CSV) or the answer of a service (JSON). Read in one pass over the mapped file; lines
// that cannot be read are reported and the rest is taken.
import Domain
import Foundation

package struct CatalogueFile: Sendable {
    package let entries: [CatalogueEntry]
    package let refused: [CatalogueReport.Refusal]

    /// Why nothing of the file can be used.
    package enum Fault: Error, Equatable {
        case notFound
        case tooLarge
        case tooManyEntries
        /// No head names the agencies, or none gives their codes.
        case noHeads([String])
        case broken(String)
    }

    package static let mostBytes = 512 * 1024 * 1024
    package static let mostEntries = 1_000_000

    package init(path: String) throws(Fault) {
        let url = URL(filePath: path)
        guard let size = try? url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey]),
            size.isRegularFile == true
        else { throw .notFound }
        if (size.fileSize ?? 0) > Self.mostBytes { throw .tooLarge }
        guard let bytes = try? Data(contentsOf: url, options: .alwaysMapped) else { throw .notFound }
        try self.init(bytes)
    }

    package init(_ bytes: Data) throws(Fault) {
        let isJSON = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
            .map { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
        var reading = CatalogueReading()
        do {
            try bytes.withUnsafeBytes { bytes in
                if isJSON == true {
                    try reading.readJSON(bytes)
                } else {
                    try DelimitedText.each(bytes) { try reading.take($0) }
                }
            }
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .broken("\(error)")
        }
        (entries, refused) = (reading.entries, reading.refused)
    }
}

private struct CatalogueReading {
    private(set) var entries: [CatalogueEntry] = []
    private(set) var refused: [CatalogueReport.Refusal] = []
    private var heads: [CatalogueHead?]?
    private let decoder = JSONDecoder()

    /// The first record names the columns.
    mutating func take(_ record: DelimitedText.Record) throws {
        guard let heads else {
            let found = record.cells.map(CatalogueHead.init)
            guard found.contains(.name), found.contains(.code) || found.contains(.codeQCVN102) else {
                throw CatalogueFile.Fault.noHeads(record.cells)
            }
            self.heads = found
            return
        }
        try add(
            zip(heads, record.cells).lazy.compactMap { head, cell in head.map { ($0, cell) } },
            line: record.line)
    }

    mutating func readJSON(_ bytes: UnsafeRawBufferPointer) throws {
        var known: [String: CatalogueHead?] = [:]
        try JSONObjects.each(bytes) { position, object in
            guard let cells = try? decoder.decode([String: JSONCell].self, from: Data(object)) else {
                return refuse(position, "", .unreadable(String(decoding: object.prefix(60), as: UTF8.self)))
            }
            var values: [(CatalogueHead, String)] = []
            for (key, cell) in cells {
                let head = known[key] ?? CatalogueHead(key)
                known[key] = .some(head)
                if case .text(let text) = cell, let head { values.append((head, text)) }
            }
            try add(values, line: position)
        }
    }

    private mutating func add(_ values: some Sequence<(CatalogueHead, String)>, line: Int) throws {
        if entries.count == CatalogueFile.mostEntries { throw CatalogueFile.Fault.tooManyEntries }
        var entry = CatalogueEntry(line: line)
        var fault: CatalogueReport.Fault?
        for (head, value) in values { fault = entry.set(head, value) ?? fault }
        if let fault { return refuse(line, entry.name, fault) }
        entries.append(entry)
    }

    private mutating func refuse(_ line: Int, _ name: String, _ fault: CatalogueReport.Fault) {
        refused.append(CatalogueReport.Refusal(line: line, name: name, fault: fault))
    }
}
