import Foundation
import Testing

@testable import PDFSignatures

/// The corpus of others, file by file: our verdict, pyHanko's, and where they differ the reason. The table
/// stands in Vectors/corpus-verdicts.tsv; whoever changes the engine so that a verdict changes must change the
/// table too, and say why.
@Suite struct CorpusVerdictTests {
    struct Row: Equatable {
        var ours: String
        var pyHanko: String
        var why: String
    }

    private static let table = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Vectors/corpus-verdicts.tsv")

    private func rows() throws -> [String: Row] {
        var rows: [String: Row] = [:]
        for line in try String(contentsOf: Self.table, encoding: .utf8).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(cells.count == 4, "\(line)")
            rows[cells[0]] = Row(ours: cells[1], pyHanko: cells[2], why: cells[3])
        }
        return rows
    }

    private var folder: URL? { Outside.shared?.appendingPathComponent("corpora/pyhanko-pdf") }

    /// Field by field in the order of signing: whole, filled, annotated, changed or broken. Whose signature it is
    /// does not matter here.
    static func verdict(on pdf: [UInt8]) -> String {
        do throws(PDFError) {
            let signatures = try Verification.verify(pdf).signatures
            if signatures.isEmpty { return "unsigned" }
            return signatures.map { "\($0.field)=\(word(for: $0))" }.joined(separator: " ")
        } catch {
            switch error {
            case .notPDF: return "refused(no PDF)"
            case .encrypted: return "encrypted"
            case .damaged: return "refused(damaged)"
            case .overLimit: return "refused(limit)"
            }
        }
    }

    private static func word(for verdict: SignatureVerdict) -> String {
        switch verdict.modifications {
        case .annotations: return "annotated"
        case .unknown, .forbidden:
            let ofForm: Set<Finding.Code> = [
                .badSignatureDictionary, .badByteRange, .badContents, .badSignedData, .severalSigners,
                .digestMismatch, .signatureWrong, .unsupportedAlgorithm, .unknownSubFilter,
            ]
            return verdict.findings.contains { ofForm.contains($0.code) } ? "broken" : "changed"
        case .none, .formFilling:
            if verdict.indication == .totalFailed { return "broken" }
            return verdict.modifications == .none ? "whole" : "filled"
        }
    }

    @Test("every file of the corpus is judged as the table says")
    func ours() throws {
        guard let folder else { return }
        let (rows, files) = (try rows(), Outside.files(in: "corpora/pyhanko-pdf"))
        #expect(Set(rows.keys) == Set(files.map { String($0.path.dropFirst(folder.path.count + 1)) }))
        var judged = "file\tours\tpyHanko\twhy\n"
        for file in files {
            let name = String(file.path.dropFirst(folder.path.count + 1))
            let ours = Self.verdict(on: try Outside.read(file))
            #expect(rows[name]?.ours == ours, "\(name)")
            judged += "\(name)\t\(ours)\t\(rows[name]?.pyHanko ?? "")\t\(rows[name]?.why ?? "")\n"
        }
        // With a place to write to, the table as it would be now, for whoever has to explain a change.
        if let path = ProcessInfo.processInfo.environment["VANTHU_WRITE_CORPUS_TABLE"] {
            try Data(judged.utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test("pyHanko judges every file of the corpus as the table says")
    func pyHanko() throws {
        guard let folder, let python = Outside.python else { return }
        let rows = try rows()
        let said = try Outside.lines(python, [Outside.tests("PKI/pyhanko_hand.py"), "corpus", folder.path])
        #expect(said.count == rows.count)
        for line in said {
            let cells = line.split(separator: "\t").map(String.init)
            try #require(cells.count == 2, "\(line)")
            #expect(rows[cells[0]]?.pyHanko == cells[1], "\(cells[0])")
        }
    }

    @Test("every difference between us and pyHanko is explained, and nothing else is")
    func differences() throws {
        for (name, row) in try rows() {
            let (refused, theirs) = (row.ours.hasPrefix("refused"), row.pyHanko.hasPrefix("refused"))
            let same = row.ours == row.pyHanko || refused && theirs
            #expect(same == row.why.isEmpty, "\(name): \(row)")
        }
    }
}
