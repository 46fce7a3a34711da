// Pictures of pages, made once for each (file, page, width) and kept in a folder that may be emptied at any time
// (decision 26). Two are made at once; ten people opening the same letter wait for the same one.
import BlobStorage
import Domain
import Foundation
import OfficeFiles

package actor PagePictures {
    private let folder: String
    private let blobs: LocalBlobs
    private let turnstile = Turnstile(limit: 2)
    private var underWay: [String: Task<[UInt8], any Error>] = [:]

    static let widths = [400, 800, 1100, 1600]

    init(folder: String, blobs: LocalBlobs) {
        self.folder = folder
        self.blobs = blobs
    }

    func picture(_ hash: String, page: Int, width: Int) async throws -> [UInt8] {
        guard let blob = BlobHash(hex: hash), (1...10_000).contains(page) else { throw Refused(.notFound) }
        let width = Self.widths.first { $0 >= width } ?? 1600
        let file = "\(folder)/\(hash.prefix(2))/\(hash)-\(page)-\(width).png"
        guard blobs.contains(blob) else {
            forget(hash)
            throw Refused(.notFound)
        }
        if let kept = FileManager.default.contents(atPath: file) { return [UInt8](kept) }
        if let task = underWay[file] { return try await task.value }
        let path = blobs.path(of: blob), turnstile = turnstile, blobs = blobs
        let task = Task {
            let bytes = try await turnstile.pass {
                try await PageImages.render(pdf: path, page: page, width: width)
            }
            if blobs.contains(blob) { Self.keep(bytes, at: file) }
            return bytes
        }
        underWay[file] = task
        defer { underWay[file] = nil }
        return try await task.value
    }

    /// The file is gone, and so are its pictures.
    func forget(_ hash: String) {
        let parent = "\(folder)/\(hash.prefix(2))"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix("\(hash)-") {
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }

    /// Best effort: a full disk must not keep anyone from reading.
    private static func keep(_ bytes: [UInt8], at file: String) {
        let parent = (file as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try? Data(bytes).write(to: URL(filePath: file), options: .atomic)
    }
}
