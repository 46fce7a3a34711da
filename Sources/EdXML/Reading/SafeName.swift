/// A file name without folders, without characters nobody sees, and no longer than file systems take.
enum SafeName {
    /// Bytes; file systems take 255, and a number may have to be added.
    static let most = 240

    /// `nil` when nothing is left of it.
    static func of(_ name: String) -> String? {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let seen = last.unicodeScalars.filter {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        let trimmed = String(seen).drop { $0 == "." || $0.isWhitespace }
        let end = trimmed.lastIndex { !$0.isWhitespace }.map(trimmed.index(after:))
        return end.map { cut(trimmed[..<$0]) }
    }

    /// By whole letters where one fits, with the ending kept.
    private static func cut(_ name: Substring) -> String {
        guard name.utf8.count > most else { return String(name) }
        let ending =
            name.lastIndex(of: ".").map { name[$0...] }.flatMap { $0.utf8.count <= 20 ? $0 : nil } ?? ""
        var kept = ""
        var room = most - ending.utf8.count
        for letter in name {
            room -= letter.utf8.count
            if room < 0 { break }
            kept.append(letter)
        }
        return (kept.isEmpty ? part(of: name, atMost: most - ending.utf8.count) : kept) + ending
    }

    /// The first letter has more marks than there is room for.
    private static func part(of name: Substring, atMost room: Int) -> String {
        var kept = "", room = room
        for scalar in name.unicodeScalars {
            room -= UTF8.width(scalar)
            if room < 0 { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }
}
