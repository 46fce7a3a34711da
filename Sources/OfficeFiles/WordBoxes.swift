// Reads what `pdftotext -bbox` writes: `<page …>` and `<word xMin yMin xMax yMax>text</word>` lines. It looks for these
// two alone, takes anything odd as absent, and resolves no entities but the five of XML and character numbers.

import Foundation

struct WordBoxes {
    struct Word: Equatable {
        let page: Int
        let left, top, right, bottom: Double
        let text: String
    }

    private(set) var words: [Word] = []

    init(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        var page = 0
        var inside = false
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("<doc>") { inside = true }
            guard inside else { continue }
            if trimmed.hasPrefix("<page ") { page += 1 }
            if trimmed.hasPrefix("<word "), let word = Self.word(trimmed, page: page) { words.append(word) }
        }
    }

    private static func word(_ line: Substring, page: Int) -> Word? {
        guard let end = line.firstIndex(of: ">"), let close = line.range(of: "</word>") else { return nil }
        let start = line.index(after: end)
        guard start <= close.lowerBound else { return nil }
        let tag = line[..<end]
        guard let left = number("xMin", in: tag), let top = number("yMin", in: tag),
            let right = number("xMax", in: tag), let bottom = number("yMax", in: tag)
        else { return nil }
        let text = plain(line[start..<close.lowerBound]).precomposedStringWithCanonicalMapping
        return Word(page: page, left: left, top: top, right: right, bottom: bottom, text: text)
    }

    private static func number(_ name: String, in tag: Substring) -> Double? {
        guard let start = tag.range(of: name + "=\"")?.upperBound,
            let end = tag[start...].firstIndex(of: "\"")
        else {
            return nil
        }
        guard let value = Double(tag[start..<end]), value.isFinite else { return nil }
        return value
    }

    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    static func plain(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var result = ""
        var rest = text
        while let sign = rest.firstIndex(of: "&") {
            result += rest[..<sign]
            rest = rest[sign...]
            if let end = rest.prefix(12).firstIndex(of: ";"), let value = entity(rest[..<end].dropFirst()) {
                result += value
                rest = rest[rest.index(after: end)...]
            } else {
                result += "&"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    private static func entity(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return entities[String(name)] }
        let digits = name.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    }
}
