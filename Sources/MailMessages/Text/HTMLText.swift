// What a message says that came as HTML only: its words, for reading and searching. What it would have looked like is lost,
// and so is everything that it would have fetched, run or hidden.
import Foundation

enum HTMLText {
    private static let silent: Set<String> = ["script", "style", "head", "title", "template", "noscript"]
    private static let blocks: Set<String> = [
        "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
        "hr", "pre",
    ]
    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
    ]

    static func read(_ html: String) -> String {
        var output = String.UnicodeScalarView()
        var rest = html.unicodeScalars[...]
        var skipped: String?
        while let scalar = rest.first {
            if scalar == "<" {
                let (name, isEnd) = takeTag(&rest)
                if let waited = skipped {
                    if isEnd, name == waited { skipped = nil }
                } else if silent.contains(name), !isEnd {
                    skipped = name
                } else if blocks.contains(name) {
                    output.append("\n")
                }
                continue
            }
            var letter = scalar
            if scalar == "&", let named = takeEntity(&rest) { letter = named } else { rest.removeFirst() }
            guard skipped == nil else { continue }
            output.append(letter.properties.isWhitespace ? " " : letter)
        }
        return tidy(String(output))
    }

    /// Takes a tag or a remark, also one that never ends.
    private static func takeTag(_ rest: inout Substring.UnicodeScalarView) -> (name: String, isEnd: Bool) {
        if rest.starts(with: "<!--".unicodeScalars) {
            rest = rest.dropFirst(4)
            while !rest.isEmpty, !rest.starts(with: "-->".unicodeScalars) { rest.removeFirst() }
            rest = rest.dropFirst(3)
            return ("", false)
        }
        let end = rest.firstIndex(of: ">") ?? rest.endIndex
        let tag = rest[..<end].dropFirst()
        rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
        let isEnd = tag.first == "/"
        let name = (isEnd ? tag.dropFirst() : tag).prefix {
            $0.isASCII && $0.properties.isAlphabetic || "123456".unicodeScalars.contains($0)
        }
        return (String(Substring(name)).lowercased(), isEnd)
    }

    /// Takes `&amp;` or `&#7871;`; what is neither stays as it is.
    private static func takeEntity(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let head = rest.dropFirst().prefix(10)
        guard let semicolon = head.firstIndex(of: ";") else { return nil }
        let name = String(Substring(head[..<semicolon]))
        var scalar = entities[name.lowercased()] ?? accented(name)
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            scalar = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        } else if name.hasPrefix("#") {
            scalar = UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        }
        guard let scalar else { return nil }
        rest = rest[rest.index(after: semicolon)...]
        return scalar
    }

    /// `aacute`, `Ocirc`: the letters of Latin 1, which half of the Vietnamese ones are.
    private static func accented(_ name: String) -> Unicode.Scalar? {
        let marks = [
            "grave": "\u{300}", "acute": "\u{301}", "circ": "\u{302}", "tilde": "\u{303}", "uml": "\u{308}",
        ]
        guard let letter = name.first, letter.isASCII, letter.isLetter,
            let mark = marks[String(name.dropFirst())]
        else {
            return nil
        }
        let composed = "\(letter)\(mark)".precomposedStringWithCanonicalMapping.unicodeScalars
        return composed.count == 1 ? composed.first : nil
    }

    private static func tidy(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ").joined(separator: " ")
            if words.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(words)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
