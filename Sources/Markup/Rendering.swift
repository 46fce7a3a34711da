// Writing a page out as UTF-8 bytes, for the wire. Bytes are copied in runs between the five characters that need
// escaping; a list page is written thousands of times a second, so nothing here walks characters.

extension HTML {
    /// The bytes of this piece, with room reserved for a usual page.
    public func rendered(reserving capacity: Int = 32_768) -> [UInt8] {
        var bytes = PageBytes(reserving: capacity)
        render(into: &bytes)
        return bytes.array
    }

    private func render(into bytes: inout PageBytes) {
        switch self {
        case .text(let text): Self.escape(text, into: &bytes)
        case .number(let number): Self.write(number, into: &bytes)
        case .raw(let markup): Self.write(markup, into: &bytes)
        case .element(let name, let parts): Self.write(name, parts, into: &bytes)
        case .attribute, .flag: break
        case .group(let parts):
            for part in parts { part.render(into: &bytes) }
        }
    }

    private static func write(_ name: ElementName, _ parts: [HTML], into bytes: inout PageBytes) {
        bytes.append(UInt8(ascii: "<"))
        write(name.text, into: &bytes)
        for part in parts { part.renderAttributes(into: &bytes) }
        bytes.append(UInt8(ascii: ">"))
        if name.isVoid { return }
        for part in parts { part.render(into: &bytes) }
        write("</", into: &bytes)
        write(name.text, into: &bytes)
        bytes.append(UInt8(ascii: ">"))
    }

    func renderAttributes(into bytes: inout PageBytes) {
        switch self {
        case .attribute(let name, let value):
            bytes.append(UInt8(ascii: " "))
            Self.write(name.text, into: &bytes)
            Self.write("=\"", into: &bytes)
            Self.escape(value, into: &bytes)
            bytes.append(UInt8(ascii: "\""))
        case .flag(let name):
            bytes.append(UInt8(ascii: " "))
            Self.write(name.text, into: &bytes)
        case .group(let parts):
            for part in parts { part.renderAttributes(into: &bytes) }
        case .text, .number, .raw, .element: break
        }
    }

    static func write(_ text: StaticString, into bytes: inout PageBytes) {
        bytes.append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func write(_ number: Int, into bytes: inout PageBytes) {
        if (0...9).contains(number) {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            escape(String(number), into: &bytes)
        }
    }

    static func escape(_ text: String, into bytes: inout PageBytes) {
        var text = text
        text.withUTF8 { source in
            var start = 0
            for index in source.indices {
                guard let entity = entity(for: source[index]) else { continue }
                bytes.append(UnsafeBufferPointer(rebasing: source[start..<index]))
                write(entity, into: &bytes)
                start = index + 1
            }
            bytes.append(UnsafeBufferPointer(rebasing: source[start...]))
        }
    }

    @inline(__always)
    private static func entity(for byte: UInt8) -> StaticString? {
        // All five lie at or below ">", and no byte of a Vietnamese letter does.
        if byte > UInt8(ascii: ">") { return nil }
        switch byte {
        case UInt8(ascii: "&"): return "&amp;"
        case UInt8(ascii: "<"): return "&lt;"
        case UInt8(ascii: ">"): return "&gt;"
        case UInt8(ascii: "\""): return "&quot;"
        case UInt8(ascii: "'"): return "&#39;"
        default: return nil
        }
    }
}
