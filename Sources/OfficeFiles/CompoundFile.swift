// The names at the top of an OLE compound file ([MS-CFB] 2.6), the container of old Word and Excel files and of
// password-protected new ones. Only the directory is read; chains are bounded and every place is checked.

struct CompoundFile {
    let names: [String]

    private static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let mostSectors = 4096

    init?(_ source: ByteSource) {
        let header = source.bytes(at: 0, count: 512)
        guard header.starts(with: Self.signature) else { return nil }
        let shift = header.littleEndian(at: 30, bytes: 2) == 12 ? 12 : 9
        guard let first = header.littleEndian(at: 48, bytes: 4) else {
            names = []
            return
        }
        let sectorSize = 1 << shift
        var directory: [UInt8] = []
        var sector = first
        var steps = 0
        while sector < 0xFFFF_FFFA, steps < Self.mostSectors {
            let piece = source.bytes(at: (sector + 1) << shift, count: sectorSize)
            guard !piece.isEmpty else { break }
            directory += piece
            guard let next = Self.sector(after: sector, header: header, source: source, shift: shift) else {
                break
            }
            sector = next
            steps += 1
        }
        names = Self.topNames(of: directory)
    }

    /// The allocation table says which sector follows; its first 109 sectors are listed in the header, which is
    /// enough for the directory of files up to 7 MB, and a directory stands near the front in larger ones.
    private static func sector(after sector: Int, header: [UInt8], source: ByteSource, shift: Int) -> Int? {
        let perSector = (1 << shift) / 4
        let index = sector / perSector
        guard index < 109, let table = header.littleEndian(at: 76 + index * 4, bytes: 4), table < 0xFFFF_FFFA
        else {
            return nil
        }
        let entry = source.bytes(at: ((table + 1) << shift) + (sector % perSector) * 4, count: 4)
        return entry.littleEndian(at: 0, bytes: 4)
    }

    /// The children of the root entry: a binary tree of siblings, walked with a bound against loops.
    private static func topNames(of directory: [UInt8]) -> [String] {
        guard let top = directory.littleEndian(at: 76, bytes: 4) else { return [] }
        var names: [String] = []
        var waiting = [top]
        var seen: Set<Int> = []
        while let entry = waiting.popLast() {
            guard entry < directory.count / 128, seen.insert(entry).inserted else { continue }
            let start = entry * 128
            if let length = directory.littleEndian(at: start + 64, bytes: 2), (2...64).contains(length) {
                let units = stride(from: start, to: start + length - 2, by: 2)
                    .compactMap { directory.littleEndian(at: $0, bytes: 2).map { UInt16($0) } }
                names.append(String(decoding: units, as: UTF16.self))
            }
            for link in [68, 72] {
                if let sibling = directory.littleEndian(at: start + link, bytes: 4) {
                    waiting.append(sibling)
                }
            }
        }
        return names
    }
}
