import Foundation

enum PlainText {
    /// Each line ended with `\n`, no other control characters than tabs.
    static func lines(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n" where previous == "\r": continue
            case "\n", "\r", "\u{2028}", "\u{2029}": output.append("\n")
            case "\t": output.append(scalar)
            default: if scalar.properties.generalCategory != .control { output.append(scalar) }
            }
        }
        return String(output).trimmingCharacters(in: .newlines)
    }
}
