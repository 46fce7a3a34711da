// What a mail server found out about who sent a message (RFC 8601). The field is text like any other: only the office's own
// server is to be believed, and only where it takes away what strangers have written in its name.

/// A field `Authentication-Results`, as far as it speaks of domains.
///
///     mx.rachgia.gov.vn; dkim=pass header.d=kiengiang.gov.vn; spf=fail smtp.mailfrom=a@b.example
public struct AuthenticationResults: Sendable, Equatable {
    public struct Result: Sendable, Equatable {
        /// In small letters: `dkim`, `spf`, `dmarc`.
        public var method: String
        /// In small letters: `pass`, `fail`, `none` …
        public var verdict: String
        /// In small letters, by their names in small letters: `header.d`, `smtp.mailfrom`.
        public var properties: [String: String]
    }

    /// Who says so, in small letters.
    public var server: String
    public var results: [Result]

    private static let resultLimit = 50
    private static let wordLimit = 50

    /// `nil`: it does not say who found out.
    public init?(_ field: String) {
        let parts = Self.parts(field)
        let first = parts.first?.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        guard !first.isEmpty, !first.contains("=") else { return nil }
        server = first
        results = parts.dropFirst().prefix(Self.resultLimit).compactMap(Self.result)
    }

    /// Whether the sender's domain stands behind the message: it signed it (DKIM), the message came from a machine of its
    /// own (SPF), or both were judged for the very domain that people see (DMARC).
    ///
    /// - Parameter domain: Of the address in `From`. A domain above or below it is another.
    public func vouches(for domain: String) -> Bool {
        let domain = domain.lowercased()
        guard !domain.isEmpty else { return false }
        return results.contains { result in
            guard result.verdict == "pass" else { return false }
            let names: [String]
            switch result.method {
            case "dkim": names = ["header.d"]
            case "spf": names = ["smtp.mailfrom"]
            case "dmarc": names = ["header.from"]
            default: return false
            }
            return names.compactMap { result.properties[$0] }.map(Self.domain).contains(domain)
        }
    }

    private static func domain(_ value: String) -> String {
        value.lastIndex(of: "@").map { String(value[value.index(after: $0)...]) } ?? value
    }

    private static func result(_ part: String) -> Result? {
        var pairs = part.split(whereSeparator: \.isWhitespace).prefix(wordLimit).compactMap {
            word -> (String, String)? in
            let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return sides.count == 2 ? (String(sides[0]), String(sides[1])) : nil
        }
        guard !pairs.isEmpty else { return nil }
        let (method, verdict) = pairs.removeFirst()
        // `dkim/1=pass`
        let name = method.split(separator: "/").first.map(String.init) ?? ""
        return Result(
            method: name, verdict: verdict,
            properties: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }

    /// What stands between semicolons, in small letters, without comments and marks of quotation; blanks around `=` gone.
    private static func parts(_ field: String) -> [String] {
        var parts = [""], depth = 0, isQuoted = false, isEscaped = false
        for character in field.lowercased() {
            if isEscaped {
                isEscaped = false
                if depth == 0 { parts[parts.count - 1].append(character) }
                continue
            }
            switch character {
            case "\\" where isQuoted || depth > 0: isEscaped = true
            case "\"" where depth == 0: isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted && depth > 0:
                depth -= 1
                // A comment is as good as a blank.
                if depth == 0 { parts[parts.count - 1].append(" ") }
            case ";" where !isQuoted && depth == 0: parts.append("")
            // What is quoted is one word, whatever stands in it; a value that has blanks or marks is no domain.
            case _ where isQuoted && (character.isWhitespace || character == "="):
                parts[parts.count - 1].append("?")
            case _ where depth == 0: parts[parts.count - 1].append(character)
            default: break
            }
        }
        return parts.map { $0.replacing(/\s*=\s*/, with: "=") }
    }
}
