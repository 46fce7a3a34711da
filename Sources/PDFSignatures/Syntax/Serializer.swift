/// Writes objects as PDF syntax. Dictionary keys are sorted, so the same values always give the same bytes.
struct Serializer {
    private(set) var bytes: [UInt8] = []

    static func bytes(of object: PDFObject) -> [UInt8] {
        var serializer = Serializer()
        serializer.write(object)
        return serializer.bytes
    }

    mutating func write(_ object: PDFObject) {
        switch object {
        case .null: text("null")
        case .boolean(let value): text(value ? "true" : "false")
        case .integer(let value): text(String(value))
        case .real(_, let written): text(written)
        case .string(let value): string(value)
        case .name(let value): name(value)
        case .array(let items):
            text("[")
            for (index, item) in items.enumerated() {
                if index > 0 { text(" ") }
                write(item)
            }
            text("]")
        case .dictionary(let entries): dictionary(entries)
        case .stream(let stream):
            var entries = stream.dictionary
            entries["Length"] = .integer(stream.raw.count)
            dictionary(entries)
            text("\nstream\n")
            bytes += stream.raw
            text("\nendstream")
        case .reference(let reference): text("\(reference.number) \(reference.generation) R")
        }
    }

    private mutating func text(_ value: String) { bytes += value.utf8 }

    private mutating func dictionary(_ entries: PDFDictionary) {
        text("<<")
        for (index, entry) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { text("\n") }
            name(entry.key)
            text(" ")
            write(entry.value)
        }
        text(">>")
    }

    /// Names are held in written form; only delimiters, which no regular name holds, need their escape.
    private mutating func name(_ value: String) {
        bytes.append(0x2F)
        for byte in value.utf8 {
            if Lexer.isDelimiter(byte) || Lexer.isSpace(byte) {
                bytes += [0x23, Hex.digit(byte >> 4), Hex.digit(byte & 15)]
            } else {
                bytes.append(byte)
            }
        }
    }

    private mutating func string(_ value: [UInt8]) {
        guard value.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            bytes.append(0x3C)
            bytes += Hex.encode(value)
            bytes.append(0x3E)
            return
        }
        bytes.append(0x28)
        for byte in value {
            if byte == 0x28 || byte == 0x29 || byte == 0x5C { bytes.append(0x5C) }
            bytes.append(byte)
        }
        bytes.append(0x29)
    }
}
