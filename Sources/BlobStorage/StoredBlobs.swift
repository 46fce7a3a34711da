// The list of all stored files, for the check that nothing is missing or altered (`verify`) and for counting.
// It walks the folders in order of name and holds only one folder's names at a time.

import Foundation

public struct StoredBlobs: Sequence, Sendable {
    let folder: String

    public func makeIterator() -> Iterator {
        Iterator(folder: folder)
    }

    public struct Iterator: IteratorProtocol {
        private let folder: String
        private var outer: [String]
        private var inner: [String] = []
        private var hashes: [BlobHash] = []

        init(folder: String) {
            self.folder = folder
            outer = Self.names(in: folder, length: 2)
        }

        public mutating func next() -> BlobHash? {
            while hashes.isEmpty {
                while inner.isEmpty {
                    guard let name = outer.popLast() else { return nil }
                    inner = Self.names(in: folder + "/" + name, length: 2).map { name + "/" + $0 }
                }
                let prefix = inner.removeLast()
                let start = prefix.replacingOccurrences(of: "/", with: "")
                hashes = Self.names(in: folder + "/" + prefix, length: 64)
                    .compactMap { $0.hasPrefix(start) ? BlobHash(hex: $0) : nil }
            }
            return hashes.popLast()
        }

        /// Names of that length in falling order: they are taken from the end.
        private static func names(in folder: String, length: Int) -> [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.utf8.count == length }.sorted(by: >)
        }
    }
}
