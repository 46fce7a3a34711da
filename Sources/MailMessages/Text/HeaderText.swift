// Letters and marks of headers (RFC 5322, 3.2), and how text of strangers is made fit to be shown.
import Foundation

enum HeaderText {
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static let atomMarks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
    static func isAtom(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || atomMarks.contains(byte) }

    /// A name of a field (RFC 5322, 3.6.8).
    static func isFieldName(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.count <= 200 && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
    }

    /// A token (RFC 2045, 5.1).
    private static let tokenMarks = Set("!#$%&'*+-.^_`{|}~".utf8)
    static func isToken(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || tokenMarks.contains(byte) }

    static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// On one line, composed, without control characters and marks that turn the direction of writing, without blanks
    /// at its ends.
    static func clean(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: cleaned.append(" ")
            case .format where turns(scalar): continue
            default: cleaned.append(scalar)
            }
        }
        return String(cleaned).precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespaces)
    }

    private static func turns(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// A file's name as a value to show: of paths only the last part, nothing that hides what it is.
    static func fileName(_ text: String) -> String {
        let last = text.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let visible = String(
            String.UnicodeScalarView(last.unicodeScalars.filter { $0.properties.generalCategory != .format }))
        let cleaned = clean(visible).trimmingCharacters(in: CharacterSet(charactersIn: ". "))
        guard cleaned.count > 150 else { return cleaned }
        // What kind of file it is stands at the end.
        let ending = cleaned.lastIndex(of: ".").map { String(cleaned[$0...]) } ?? ""
        return ending.count <= 10 ? cleaned.prefix(150 - ending.count) + ending : String(cleaned.prefix(150))
    }

    /// Text for a note: one line, at most 500 characters.
    static func note(_ text: String) -> String {
        let words = clean(text).split(separator: " ", omittingEmptySubsequences: true)
        return String(words.joined(separator: " ").prefix(500))
    }

    /// What stands in `<…>`, or the words themselves where the brackets are missing.
    static func identifiers(_ text: String) -> [String] {
        var found: [String] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "<"), found.count < 200 {
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: ">") else { break }
            found.append(clean(String(rest[..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if found.isEmpty {
            found = text.split(separator: " ").prefix(200).map { clean(String($0)) }.filter {
                $0.contains("@")
            }
        }
        return found.filter { !$0.isEmpty && $0.count <= 1_000 }
    }
}
