// The names of what a ZIP container holds (APPNOTE 4.3.12, 4.3.16), from its directory at the end; where that is
// cut off, from the heads of the parts at the front. Nothing is unpacked.

struct ZipEntries {
    private(set) var names: [String] = []
    /// The content of a first part named `mimetype` that is stored plainly, as OpenDocument prescribes.
    private(set) var declaredType: String?

    private static let mostEntries = 20_000

    init?(_ source: ByteSource) {
        let head = source.bytes(at: 0, count: 4)
        guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return nil }
        readDeclaredType(source)
        if !readDirectory(source) { readHeads(source) }
    }

    /// In small letters; office programs do not tell them apart.
    func holds(_ name: String) -> Bool { names.contains { $0.lowercased() == name } }
    func holds(folder: String) -> Bool { names.contains { $0.lowercased().hasPrefix(folder) } }

    private mutating func readDeclaredType(_ source: ByteSource) {
        let head = source.bytes(at: 0, count: 512)
        guard head.littleEndian(at: 8, bytes: 2) == 0, head.littleEndian(at: 26, bytes: 2) == 8,
            let extra = head.littleEndian(at: 28, bytes: 2), let size = head.littleEndian(at: 22, bytes: 4),
            head.dropFirst(30).starts(with: Array("mimetype".utf8)), size < 200
        else { return }
        let content = source.bytes(at: 38 + extra, count: size)
        declaredType = String(decoding: content, as: UTF8.self)
    }

    /// The end record stands in the last 64 KiB, before a comment of that length at most.
    private mutating func readDirectory(_ source: ByteSource) -> Bool {
        let start = max(0, source.size - 65_557)
        let tail = source.bytes(at: start, count: 65_557)
        guard tail.count >= 22 else { return false }
        for place in stride(from: tail.count - 22, through: 0, by: -1)
        where tail[place] == 0x50 && tail[place...].starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            guard let size = tail.littleEndian(at: place + 12, bytes: 4),
                let offset = tail.littleEndian(at: place + 16, bytes: 4), size <= 16 << 20
            else { return false }
            return readEntries(source.bytes(at: offset, count: size))
        }
        return false
    }

    private mutating func readEntries(_ directory: [UInt8]) -> Bool {
        var place = 0
        while names.count < Self.mostEntries,
            directory[min(place, directory.count)...].starts(with: [0x50, 0x4B, 1, 2])
        {
            guard let name = directory.littleEndian(at: place + 28, bytes: 2),
                let extra = directory.littleEndian(at: place + 30, bytes: 2),
                let comment = directory.littleEndian(at: place + 32, bytes: 2),
                place + 46 + name <= directory.count
            else { break }
            names.append(String(decoding: directory[(place + 46)..<(place + 46 + name)], as: UTF8.self))
            place += 46 + name + extra + comment
        }
        return !names.isEmpty
    }

    private mutating func readHeads(_ source: ByteSource) {
        var place = 0
        while names.count < Self.mostEntries {
            let head = source.bytes(at: place, count: 30)
            guard head.starts(with: [0x50, 0x4B, 3, 4]), let size = head.littleEndian(at: 18, bytes: 4),
                let flags = head.littleEndian(at: 6, bytes: 2),
                let name = head.littleEndian(at: 26, bytes: 2),
                let extra = head.littleEndian(at: 28, bytes: 2)
            else { return }
            names.append(String(decoding: source.bytes(at: place + 30, count: name), as: UTF8.self))
            // Bit 3: the size stands after the content, so the next head cannot be found from here.
            if flags & 8 != 0 { return }
            place += 30 + name + extra + size
        }
    }
}
