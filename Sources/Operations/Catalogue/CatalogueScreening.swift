// Looking each line of a list over before it is taken up: what lacks a name or a code, is too long or doubled is refused
// with its reason; a code outside both grammars is taken with a warning, since such codes are on the wire.
import Domain
import EdXML
import Foundation

struct CatalogueScreening {
    private(set) var refused: [CatalogueReport.Refusal] = []
    private(set) var warnings: [CatalogueReport.Warning] = []
    private var lineOfCode: [String: Int] = [:]

    static let longestName = 500
    static let longestCode = 50

    mutating func taken(_ entries: [CatalogueEntry]) -> [CatalogueEntry] {
        entries.compactMap { entry in
            let entry = Self.tidy(entry)
            if let fault = fault(of: entry) {
                refused.append(CatalogueReport.Refusal(line: entry.line, name: entry.name, fault: fault))
                return nil
            }
            guard !entry.isDeleted else { return entry }
            for code in [entry.code, entry.codeQCVN102] where !code.isEmpty {
                lineOfCode[code] = entry.line
                if OrganIdentifier(code).form == nil {
                    warnings.append(
                        CatalogueReport.Warning(line: entry.line, name: entry.name, doubt: .oddCode(code)))
                }
            }
            return entry
        }
    }

    private func fault(of entry: CatalogueEntry) -> CatalogueReport.Fault? {
        if entry.code.isEmpty && entry.codeQCVN102.isEmpty { return .noCode }
        if entry.isDeleted { return nil }
        if entry.name.isEmpty { return .noName }
        if entry.name.count > Self.longestName || entry.superiorName.count > Self.longestName
            || entry.address.count > Self.longestName || entry.mail.count > Self.longestName
        {
            return .tooLong(String(entry.name.prefix(60)))
        }
        for code in [entry.code, entry.codeQCVN102] {
            if code.count > Self.longestCode { return .tooLong(String(code.prefix(60))) }
            if !code.isEmpty, let line = lineOfCode[code] { return .doubled(code: code, line: line) }
        }
        return nil
    }

    /// One space between words; a code in the older form that stands in the column of the newer one goes to its own.
    private static func tidy(_ entry: CatalogueEntry) -> CatalogueEntry {
        var tidy = entry
        for path in [
            \CatalogueEntry.name, \.superiorName, \.address, \.mail, \.code, \.codeQCVN102, \.oldCode,
            \.superiorCode, \.successorCode, \.listID, \.parentID,
        ] {
            tidy[keyPath: path] = oneSpaced(entry[keyPath: path])
        }
        // Mail is looked up in small letters, whoever wrote it down.
        tidy.mail = tidy.mail.lowercased()
        if tidy.codeQCVN102.isEmpty, OrganIdentifier(tidy.code).form == .qcvn102 {
            tidy.codeQCVN102 = tidy.code
            tidy.code = ""
        }
        if tidy.code == tidy.codeQCVN102 { tidy.codeQCVN102 = "" }
        if tidy.oldCode == tidy.code || tidy.oldCode == tidy.codeQCVN102 { tidy.oldCode = "" }
        return tidy
    }

    private static func oneSpaced(_ text: String) -> String {
        let utf8 = text.utf8
        // Most are tidy already.
        let isTidy =
            utf8.first != 0x20 && utf8.last != 0x20
            && !zip(utf8, utf8.dropFirst()).contains { $0 <= 0x20 && $1 <= 0x20 }
            && !utf8.contains { $0 < 0x20 } && !text.unicodeScalars.contains("\u{A0}")
        if isTidy { return text.precomposedStringWithCanonicalMapping }
        let words = text.precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace)
        // No database takes a zero byte in a text, and nobody can read the other control characters.
        return words.map { word in
            String(
                String.UnicodeScalarView(word.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        }.joined(separator: " ")
    }
}
