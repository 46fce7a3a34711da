// The test documents beside the repository (`../shared/documents`) and what is true of them. Where they are absent
// the tests that need them say so loudly and are skipped.

import Foundation

enum SharedDocuments {
    static let folder: String? = {
        var place = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { place.deleteLastPathComponent() }
        let folder = place.appendingPathComponent("shared/documents").path
        if FileManager.default.fileExists(atPath: folder + "/truth.json") { return folder }
        print("!!! SKIPPED: no test documents at \(folder); the tests that read them do not run !!!")
        return nil
    }()

    static var present: Bool { folder != nil }

    static func path(_ name: String) -> String { (folder ?? "") + "/" + name }

    nonisolated(unsafe) static let truth: [String: [String: Any]] = {
        guard let data = FileManager.default.contents(atPath: path("truth.json")),
            let whole = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return [:] }
        return whole["files"] as? [String: [String: Any]] ?? [:]
    }()

    static func names(_ ending: String) -> [String] { truth.keys.filter { $0.hasSuffix(ending) }.sorted() }
}

/// Where texts are compared, line breaks of the page do not count.
func squeezed(_ text: String) -> String {
    text.precomposedStringWithCanonicalMapping.filter { !$0.isWhitespace && $0 != "\u{0C}" }
}
