// The objects of a list in JSON, one by one: however long the list, one object at a time is decoded. The list may be the
// whole text or stand inside a reply (`{"status":"OK","data":[…]}`).
import Foundation

struct JSONObjects {
    enum Fault: Error, Equatable {
        case tooLong(position: Int)
        case tooDeep
        case broken
    }

    static let longestObject = 64 * 1024
    private static let deepest = 64

    /// Every object that stands in an array, from the outside in; `position` counts them from 1.
    static func each(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (_ position: Int, _ object: Slice<UnsafeRawBufferPointer>) throws -> Void
    ) throws {
        var open: [UInt8] = []
        var isText = false, isEscaped = false
        var position = 0
        var begin: (at: Int, depth: Int)?
        for (at, byte) in bytes.enumerated() {
            if let begin, at - begin.at > longestObject { throw Fault.tooLong(position: position) }
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if byte == UInt8(ascii: "{"), begin == nil, open.last == UInt8(ascii: "[") {
                    position += 1
                    begin = (at, open.count)
                }
                open.append(byte)
                if open.count > deepest { throw Fault.tooDeep }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                // The closing sign stands two after the opening one in ASCII.
                guard let last = open.popLast(), last + 2 == byte else { throw Fault.broken }
                if let opened = begin, opened.depth == open.count {
                    begin = nil
                    try body(position, bytes[opened.at...at])
                }
            default: continue
            }
        }
        if isText || !open.isEmpty { throw Fault.broken }
    }
}

/// A value of a list in JSON as text, whatever its kind; nested ones say nothing we keep.
enum JSONCell: Decodable {
    case text(String)
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let isTrue = try? container.decode(Bool.self) {
            self = .text(isTrue ? "true" : "false")
        } else if let number = try? container.decode(Int64.self) {
            self = .text(String(number))
        } else {
            self = .other
        }
    }
}
