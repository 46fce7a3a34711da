// Mã kiểm tra: sixteen letters and digits that nobody can guess (80 random bits), in an alphabet without those that look alike
// on paper. Printed with an issued document, it lets anyone ask whether the document was issued here.

package struct CheckCode: Sendable, Hashable {
    /// Without dashes, as it is kept.
    package let text: String

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let length = 16

    /// What was typed or read from a QR code: blanks, dashes and small letters do not matter, nor does an O for a zero.
    package init?(_ typed: String) {
        var code = ""
        for letter in typed.uppercased() where !letter.isWhitespace && letter != "-" && letter != "–" {
            switch letter {
            case "O": code.append("0")
            case "I", "L": code.append("1")
            default: code.append(letter)
            }
            if code.count > Self.length { return nil }
        }
        guard code.count == Self.length, code.allSatisfy(Self.alphabet.contains) else { return nil }
        text = code
    }

    private init(letters: [Character]) { text = String(letters) }

    package static func random() -> CheckCode {
        var generator = SystemRandomNumberGenerator()
        return CheckCode(
            letters: (0..<length).map { _ in alphabet[Int.random(in: 0..<32, using: &generator)] })
    }

    /// `7K2M-9QXA-0F3D-HN5T`, as it is printed.
    package var printed: String {
        stride(from: 0, to: text.count, by: 4).map { start in
            String(text.dropFirst(start).prefix(4))
        }.joined(separator: "-")
    }
}
