// What the clerk must know of a PDF before it enters: whether it is one, whole, without a password, how many
// pages, and whether its pages hold text or only pictures of text. Nothing here judges what the letter says.

import Foundation

public struct PDFInspection: Sendable, Equatable {
    /// Why a file is turned away.
    public enum Refusal: String, Sendable, Codable {
        case notPdf, encrypted, damaged
    }

    /// What is worth knowing and refuses nothing.
    public enum Finding: String, Sendable, Codable {
        /// Pictures of pages only: text recognition may follow.
        case noTextLayer
        /// Opens for all, but forbids changes: sealing it may be impossible.
        case restricted
    }

    public enum Outcome: Sendable, Equatable {
        case readable(pages: Int, findings: [Finding])
        case refused(Refusal)
    }

    public let kind: FileKind
    public let outcome: Outcome
    /// The running text in reading order, pages parted by form feeds; empty when the file is refused.
    public let text: String

    private init(_ kind: FileKind, _ outcome: Outcome, text: String = "") {
        self.kind = kind
        self.outcome = outcome
        self.text = text
    }

    public var refusal: Refusal? {
        if case .refused(let reason) = outcome { reason } else { nil }
    }

    public var pages: Int? {
        if case .readable(let pages, _) = outcome { pages } else { nil }
    }

    public var hasTextLayer: Bool {
        if case .readable(_, let findings) = outcome { !findings.contains(.noTextLayer) } else { false }
    }

    /// A scanned file of a hundred megabytes takes its time to read through.
    private static let limits = ProcessLimits(wallSeconds: 60, cpuSeconds: 60)

    /// Fewer letters than this in the whole file are stray marks, not a text layer.
    private static let fewestLetters = 20

    public static func inspect(_ path: String, isolation: Isolation = .detected) async throws -> PDFInspection
    {
        let kind = try FileKind.detect(path: path).kind
        guard kind == .pdf else { return PDFInspection(kind, .refused(.notPdf)) }
        let tool = try PDFTool(pdf: path, isolation: isolation)
        let results = try await tool.together([facts, wholeness, PageText.step], limits: limits)
        let facts = results[0], written = results[2]
        if facts.errorText.contains("Incorrect password") { return PDFInspection(kind, .refused(.encrypted)) }
        guard facts.succeeded, let pages = number("Pages", in: facts.text), pages > 0, isWhole(results[1])
        else { return PDFInspection(kind, .refused(.damaged)) }

        let text = try PageText.text(of: written)
        var findings: [Finding] = []
        let letters = text.unicodeScalars.lazy.filter(\.properties.isAlphabetic).prefix(fewestLetters)
        if letters.count < fewestLetters { findings.append(.noTextLayer) }
        if value("Encrypted", in: facts.text)?.hasPrefix("yes") == true { findings.append(.restricted) }
        return PDFInspection(kind, .readable(pages: pages, findings: findings), text: text)
    }

    private static let facts = PDFTool.Step(program: "pdfinfo", arguments: [PDFTool.document])

    /// qpdf reads every object and unpacks every stream but pictures (its own `--check` decodes those too and takes
    /// a quarter of a minute for eighty scanned pages).
    private static let wholeness = PDFTool.Step(
        program: "qpdf",
        arguments: [
            "--decode-level=generalized", "--stream-data=uncompress", PDFTool.document, "/dev/null",
        ])

    /// qpdf ends with 0 when all is well, 3 with warnings, 2 with errors. Small irregularities are common and harmless; a
    /// lost directory or a broken stream is a lost part.
    private static func isWhole(_ check: ProcessResult) -> Bool {
        switch check.status {
        case .exited(0): return true
        case .exited(3):
            let words = check.errorText
            return ![
                "file is damaged", "can't find startxref", "reconstruct cross-reference",
                "error decoding stream data",
            ]
            .contains { words.contains($0) }
        default: return false
        }
    }

    static func value(_ name: String, in facts: String) -> String? {
        let line = facts.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
    }

    static func number(_ name: String, in facts: String) -> Int? {
        value(name, in: facts).flatMap { Int($0) }
    }
}
