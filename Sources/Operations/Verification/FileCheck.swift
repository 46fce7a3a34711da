// Tệp: every file a table names is there and its bytes still give its name; what nothing names and nobody holds is counted
// (H2, decisions 20 and 24). The files are read one after the other in pieces; of each only its 32-byte name is held.
import BlobStorage
import Store

struct FileCheck {
    let office: Office

    func check(into findings: inout VerificationFindings) async throws {
        var (names, malformed) = try await named()
        for text in malformed { findings.add(.fileNameMalformed, text) }
        names.sort()
        for name in names {
            guard let hash = BlobHash(bytes: name.bytes) else { continue }
            let check = office.blobs.verify(hash)
            if case .sound(let size) = check {
                findings.extent.files += 1
                findings.extent.bytes += size
            } else if try await office.read({ try $0.blobUses.isUsed(hash.hex) }) {
                // Still named: it was not swept in the meantime.
                Self.report(check, hash, &findings)
            }
        }
        var unused = 0
        for hash in office.blobs.all() {
            guard let name = FileName(hash.bytes), !names.holds(name) else { continue }
            // What somebody is just storing has its row before it is let go.
            if try office.blobs.isHeld(hash) { continue }
            if try await !office.read({ try $0.blobUses.isUsed(hash.hex) }) { unused += 1 }
        }
        if unused > 0 { findings.note(.unusedFiles, "\(unused)") }
    }

    private static func report(_ check: BlobCheck, _ hash: BlobHash, _ findings: inout VerificationFindings) {
        switch check {
        case .sound: break
        case .missing: findings.add(.fileMissing, hash.hex)
        case .altered: findings.add(.fileAltered, hash.hex)
        case .unreadable(let code): findings.add(.fileUnreadable, "\(hash.hex) (errno \(code))")
        }
    }

    private func named() async throws -> (names: [FileName], malformed: [String]) {
        try await office.read { tables in
            var names: Set<FileName> = []
            var malformed: [String] = []
            try tables.blobUses.all { text in
                if let name = BlobHash(hex: text).flatMap({ FileName($0.bytes) }) {
                    names.insert(name)
                } else {
                    malformed.append(text)
                }
            }
            return (Array(names), malformed)
        }
    }
}

/// A digest in four words, so that a million of them take 32 megabytes and no more.
private struct FileName: Hashable, Comparable {
    let words: SIMD4<UInt64>

    init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        var words = SIMD4<UInt64>()
        for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
        self.words = words
    }

    var bytes: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - $0 % 8 * 8)) }
    }

    static func < (a: FileName, b: FileName) -> Bool {
        for index in 0..<4 where a.words[index] != b.words[index] { return a.words[index] < b.words[index] }
        return false
    }
}

extension [FileName] {
    /// In names that are sorted.
    fileprivate func holds(_ name: FileName) -> Bool {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < endIndex && self[low] == name
    }
}
