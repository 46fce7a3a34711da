// The directory of an OLE compound file ([MS-CFB] 2.6), the container of old Word and Excel files and of
// password-protected new ones, and the beginning of a stream. Chains are bounded and every place is checked.

struct CompoundFile {
    struct Entry {
        let name: String
        let firstSector: Int
        let size: Int
        fileprivate let links: [Int]
    }

    /// Of the storages and streams right under the root.
    let names: [String]
    /// All of them, on every level.
    let entries: [Entry]
    /// The directory was followed to its end.
    let isWhole: Bool

    private let source: ByteSource
    private let header: [UInt8]
    private let shift: Int

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let mostSectors = 4096
    private static let endOfChain = 0xFFFF_FFFA

    init?(_ source: ByteSource) {
        header = source.bytes(at: 0, count: 512)
        guard header.starts(with: Self.signature) else { return nil }
        self.source = source
        shift = header.littleEndian(at: 30, bytes: 2) == 12 ? 12 : 9
        let table = AllocationTable(source: source, header: header, shift: shift)
        let (directory, isWhole) = table.bytes(
            from: header.littleEndian(at: 48, bytes: 4) ?? Self.endOfChain, most: Self.mostSectors)
        self.isWhole = isWhole && !directory.isEmpty
        entries = Self.entries(of: directory)
        names = Self.topNames(of: directory, entries)
    }

    /// The first 256 KiB of a stream that is too long for the mini stream.
    func beginning(of name: String) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.name == name }), entry.size >= 4096 else { return nil }
        let table = AllocationTable(source: source, header: header, shift: shift)
        return table.bytes(from: entry.firstSector, most: (256 << 10) >> shift).bytes
    }

    private static func entries(of directory: [UInt8]) -> [Entry] {
        (0..<(directory.count / 128)).map { index in
            let start = index * 128
            let length = directory.littleEndian(at: start + 64, bytes: 2) ?? 0
            let units = stride(from: start, to: start + max(0, min(length, 64) - 2), by: 2)
                .compactMap { directory.littleEndian(at: $0, bytes: 2).map { UInt16($0) } }
            return Entry(
                name: String(decoding: units, as: UTF16.self),
                firstSector: directory.littleEndian(at: start + 116, bytes: 4) ?? endOfChain,
                size: directory.littleEndian(at: start + 120, bytes: 4) ?? 0,
                links: [68, 72].compactMap { directory.littleEndian(at: start + $0, bytes: 4) })
        }
    }

    /// The children of the root entry: a binary tree of siblings, walked with a bound against loops.
    private static func topNames(of directory: [UInt8], _ entries: [Entry]) -> [String] {
        guard let top = directory.littleEndian(at: 76, bytes: 4) else { return [] }
        var names: [String] = []
        var waiting = [top]
        var seen: Set<Int> = []
        while let number = waiting.popLast() {
            guard number < entries.count, seen.insert(number).inserted else { continue }
            if !entries[number].name.isEmpty { names.append(entries[number].name) }
            waiting += entries[number].links
        }
        return names
    }
}

/// Which sector follows which ([MS-CFB] 2.3): the table's own sectors are listed in the header and, for files over 7 MB, in
/// further sectors ([MS-CFB] 2.5).
private struct AllocationTable {
    let source: ByteSource
    let shift: Int
    private var tables: [Int] = []
    private static let endOfChain = 0xFFFF_FFFA
    private static let mostTables = 65_536

    init(source: ByteSource, header: [UInt8], shift: Int) {
        (self.source, self.shift) = (source, shift)
        for index in 0..<109 { add(header.littleEndian(at: 76 + index * 4, bytes: 4)) }
        var next = header.littleEndian(at: 68, bytes: 4) ?? Self.endOfChain
        var steps = 0
        let perSector = (1 << shift) / 4 - 1
        while next < Self.endOfChain, steps < 1024, tables.count < Self.mostTables {
            let list = source.bytes(at: (next + 1) << shift, count: 1 << shift)
            for index in 0..<perSector { add(list.littleEndian(at: index * 4, bytes: 4)) }
            next = list.littleEndian(at: perSector * 4, bytes: 4) ?? Self.endOfChain
            steps += 1
        }
    }

    private mutating func add(_ sector: Int?) {
        if let sector, sector < Self.endOfChain { tables.append(sector) }
    }

    func bytes(from first: Int, most: Int) -> (bytes: [UInt8], isWhole: Bool) {
        var bytes: [UInt8] = []
        var sector = first
        for _ in 0..<most {
            guard sector < Self.endOfChain else { return (bytes, true) }
            let piece = source.bytes(at: (sector + 1) << shift, count: 1 << shift)
            guard !piece.isEmpty else { return (bytes, false) }
            bytes += piece
            guard let next = self.next(after: sector) else { return (bytes, false) }
            sector = next
        }
        return (bytes, sector >= Self.endOfChain)
    }

    private func next(after sector: Int) -> Int? {
        let perSector = (1 << shift) / 4
        guard tables.indices.contains(sector / perSector) else { return nil }
        let place = ((tables[sector / perSector] + 1) << shift) + (sector % perSector) * 4
        return source.bytes(at: place, count: 4).littleEndian(at: 0, bytes: 4)
    }
}
