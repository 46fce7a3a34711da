// What a word looks like without its marks: people type "bao cao quy" and mean "báo cáo quý". Folding happens once, in
// Swift, for what is stored and for what is asked, so that both databases answer alike. SQLite's own folding leaves đ.
import Foundation

package enum Folding {
    /// NFC, lower case, marks off, đ to d; anything that is not a letter or digit becomes one space.
    package static func fold(_ text: String) -> String {
        var folded = ""
        folded.reserveCapacity(text.utf8.count)
        var pendingSpace = false
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "đ", "Đ": append("d")
            case "a"..."z", "0"..."9": append(scalar)
            case "A"..."Z": append(Unicode.Scalar(scalar.value + 32) ?? scalar)
            // The marks of Vietnamese; asking for the category of each is slow.
            case "\u{0300}"..."\u{036F}": continue
            case _ where scalar.properties.generalCategory == .nonspacingMark: continue
            case _ where scalar.properties.isAlphabetic:
                for lower in String(scalar).lowercased().unicodeScalars { append(lower) }
            default: pendingSpace = !folded.isEmpty
            }
        }
        return folded

        func append(_ scalar: Unicode.Scalar) {
            if pendingSpace { folded.unicodeScalars.append(" "); pendingSpace = false }
            folded.unicodeScalars.append(scalar)
        }
    }

    /// The words of a question, folded; at most 12 are used.
    package static func words(_ question: String) -> [String] {
        Array(fold(question).split(separator: " ").map(String.init).prefix(12))
    }

    /// A key that sorts Vietnamese names as a dictionary does: letters first (đ after d, ă â after a …), then tones.
    package static func sortKey(_ text: String) -> String {
        var letters = "", tones = ""
        for character in text.precomposedStringWithCanonicalMapping.lowercased() {
            let scalars = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
            guard let first = scalars.first else { continue }
            letters.unicodeScalars.append(first == "đ" ? "d" : first)
            var shape = "0", tone = "0"
            if first == "đ" { shape = "1" }
            for mark in scalars.dropFirst() {
                switch mark.value {
                case 0x0306: shape = "1"
                case 0x0302: shape = first == "a" ? "2" : "1"
                case 0x031B: shape = "2"
                case 0x0300: tone = "1"
                case 0x0309: tone = "2"
                case 0x0303: tone = "3"
                case 0x0301: tone = "4"
                case 0x0323: tone = "5"
                default: break
                }
            }
            letters += shape
            tones += tone
        }
        // Sorts before anything a longer name goes on with.
        return letters + "  " + tones
    }
}
