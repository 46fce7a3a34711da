import Foundation

/// The project's own files, as the rules of the house are about them.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file below the folder, with its text.
    static func sources(_ folder: String) throws -> [(path: String, text: String)] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let path = folder + "/" + name
            return (path, try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }
}
