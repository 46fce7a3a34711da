// The words of a Word or Excel file without opening it in an office program: enough to see a stamp of secrecy before the
// file is kept (requirement B4). The parts that hold text are unpacked by a confined `unzip` under limits; paragraphs
// and cells become lines. Files of the older kinds (.doc, .xls) are not read here.

import Foundation

public enum OfficeText {
    /// Nil for kinds whose text is not read.
    public static func text(of path: String, kind: FileKind, isolation: Isolation = .detected) async throws -> String? {
        guard let parts = parts(of: kind) else { return nil }
        let work = try WorkFolder(owner: isolation.user)
        try work.copy(path, as: document)
        let program = try Installed.path(of: "unzip")
        let process = LimitedProcess(
            program: program, arguments: ["-p", document] + parts, limits: limits, isolation: isolation)
        let result = try await process.run(in: work)
        if result.timedOut { throw OfficeFileError.timedOut(program: "unzip") }
        return plain(result.text)
    }

    private static let document = "in.zip"

    /// A page of text is some kilobytes; sixteen megabytes are more than any letter, and a bomb ends there.
    private static let limits = ProcessLimits(wallSeconds: 20, cpuSeconds: 10, outputBytes: 16 << 20)

    private static func parts(of kind: FileKind) -> [String]? {
        switch kind {
        case .docx: ["word/document.xml", "word/header*.xml", "word/footer*.xml"]
        case .xlsx: ["xl/sharedStrings.xml", "xl/worksheets/sheet*.xml"]
        case .odt, .ods: ["content.xml", "styles.xml"]
        default: nil
        }
    }

    /// Tags away; the ends of paragraphs, cells and shared strings begin a new line.
    static func plain(_ xml: String) -> String {
        var text = ""
        var rest = xml[...]
        while let open = rest.firstIndex(of: "<") {
            text += decoded(rest[..<open])
            guard let close = rest[open...].firstIndex(of: ">") else { break }
            let tag = rest[rest.index(after: open)..<close]
            if lineEnds.contains(where: { tag == $0 || tag.hasPrefix("\($0) ") }) { text += "\n" }
            rest = rest[rest.index(after: close)...]
        }
        return text
    }

    private static let lineEnds = ["/w:p", "w:br/", "w:tab/", "/si", "/text:p", "/text:h", "text:line-break/", "/is"]

    private static func decoded(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        return entities.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}
