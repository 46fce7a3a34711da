import Foundation
import Testing

/// Who may speak to the database, and which requirements the tests name.
struct StructureTests {
    @Test("SQL stands in Store and DualSQL only", arguments: ["Domain", "Operations", "Pages", "Server"])
    func noSQL(_ target: String) throws {
        let sources = try Repository.sources("Sources/" + target)
        #expect(!sources.isEmpty)
        for (path, text) in sources {
            for word in ["\"SELECT ", "SELECT 1", " FROM (", "INSERT INTO", "DELETE FROM", "CREATE TABLE"] {
                #expect(!text.contains(word), "\(path): \(word)")
            }
            #expect(text.firstMatch(of: /UPDATE \w+ SET/) == nil, "\(path)")
        }
    }

    @Test(
        "engines know nothing of the office",
        arguments: [
            "DualSQL", "BlobStorage", "PDFSignatures", "EdXML", "DocumentAxis", "OfficeFiles", "WebTransfers",
            "MailMessages", "Markup",
        ])
    func engines(_ target: String) throws {
        for (path, text) in try Repository.sources("Sources/" + target) {
            for ours in ["Domain", "Store", "Operations", "Pages", "Server", "TestKit"] {
                #expect(!text.contains("\nimport \(ours)\n"), "\(path)")
            }
        }
    }

    @Test("requirement IDs that tests name exist; the list of those covered is printed")
    func requirements() throws {
        var covered: [String: Int] = [:]
        for (_, text) in try Repository.sources("Tests") {
            for name in text.matches(of: /@Test\(\s*"([^"]+)"/) {
                let words = name.1.prefix { $0 != ":" }
                for id in words.matches(of: /\b[A-I][0-9]{1,2}\b/) { covered[String(id.0), default: 0] += 1 }
            }
        }
        let ids = covered.keys.sorted { ($0.first ?? "A", $0.count, $0) < ($1.first ?? "A", $1.count, $1) }
        print(
            "Requirements named by tests (\(ids.count)): "
                + ids.map { "\($0)×\(covered[$0] ?? 0)" }.joined(separator: " "))
        #expect(ids.count >= 20)
        let list = Repository.root.appending(path: "../shared/requirements.md")
        guard let text = try? String(contentsOf: list, encoding: .utf8) else {
            print(
                "*** shared/requirements.md is not beside the repository: the IDs are NOT compared with it ***"
            )
            return
        }
        let known = Set(text.matches(of: /\b[A-I][0-9]{1,2}\b/).map { String($0.0) })
        #expect(ids.filter { !known.contains($0) } == [])
    }
}
