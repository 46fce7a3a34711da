// Letters that mail in Vietnam really comes in.
import Foundation

enum Charset: Sendable {
    case utf8, ascii, latin1, windows1252, windows1258, utf16, utf16Little, utf16Big

    init?(_ name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8", "unicode-1-1-utf-8": self = .utf8
        case "us-ascii", "ascii", "ansi_x3.4-1968", "iso-ir-6", "646": self = .ascii
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "cp819": self = .latin1
        case "windows-1252", "cp1252", "x-cp1252": self = .windows1252
        case "windows-1258", "cp1258", "x-cp1258": self = .windows1258
        case "utf-16", "utf16", "unicode", "iso-10646-ucs-2": self = .utf16
        case "utf-16le": self = .utf16Little
        case "utf-16be": self = .utf16Big
        default: return nil
        }
    }

    /// The text of these bytes, composed, and whether they were all of this charset.
    func decode(_ bytes: [UInt8]) -> (text: String, isExact: Bool) {
        switch self {
        case .utf8:
            if let text = String(validating: Self.withoutMark(bytes), as: UTF8.self) {
                return (Self.composed(text), true)
            }
            // Cut in the middle of a letter, or not UTF-8 at all.
            let text = String(decoding: bytes, as: UTF8.self)
            let lost = text.unicodeScalars.count { $0 == "\u{FFFD}" }
            if lost <= 1 + bytes.count / 1_000 { return (Self.composed(text), false) }
            return (Self.windows1258.decode(bytes).text, false)
        case .ascii:
            if bytes.allSatisfy({ $0 < 0x80 }) { return (String(decoding: bytes, as: UTF8.self), true) }
            return (Self.guess(bytes), false)
        case .latin1, .windows1252:
            // Who says Latin 1 means the characters of Windows: the controls in their place are used by nobody.
            return Self.decode(bytes, Self.table1252, [:])
        case .windows1258: return Self.decode(bytes, Self.table1258, Self.upper1258)
        case .utf16:
            if bytes.starts(with: [0xFF, 0xFE]) { return Self.utf16Little.decode(Array(bytes.dropFirst(2))) }
            if bytes.starts(with: [0xFE, 0xFF]) { return Self.utf16Big.decode(Array(bytes.dropFirst(2))) }
            return Self.utf16Big.decode(bytes)
        case .utf16Little, .utf16Big: return decode16(bytes)
        }
    }

    /// Bytes that do not say what they are: UTF-8 when they can be, otherwise the letters that Windows has in Vietnam.
    static func guess(_ bytes: [UInt8]) -> String {
        if let text = String(validating: withoutMark(bytes), as: UTF8.self) { return composed(text) }
        return windows1258.decode(bytes).text
    }

    private func decode16(_ bytes: [UInt8]) -> (text: String, isExact: Bool) {
        let (first, second) = self == .utf16Big ? (0, 1) : (1, 0)
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for place in stride(from: 0, to: bytes.count - 1, by: 2) {
            units.append(UInt16(bytes[place + first]) << 8 | UInt16(bytes[place + second]))
        }
        let isExact = bytes.count.isMultiple(of: 2) && String(validating: units, as: UTF16.self) != nil
        return (Self.composed(String(decoding: units, as: UTF16.self)), isExact)
    }

    private static func decode(_ bytes: [UInt8], _ low: [UInt32], _ high: [UInt8: UInt32]) -> (String, Bool) {
        var scalars = String.UnicodeScalarView()
        var isExact = true
        for byte in bytes {
            var value = UInt32(byte)
            if (0x80...0x9F).contains(byte) { value = low[Int(byte) - 0x80] }
            if byte >= 0xA0, let other = high[byte] { value = other }
            if value == 0xFFFD { isExact = false }
            scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return (composed(String(scalars)), isExact)
    }

    private static func withoutMark(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    }

    private static func composed(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }

    // MARK: What the pages of Windows have from 80 to 9F, and 1258 above that where it differs from Latin 1

    private static let table1252: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152,
        0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
        0x2122,
        0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
    private static let table1258: [UInt32] = table1252.map {
        [0x0160, 0x017D, 0x0161, 0x017E].contains($0) ? 0xFFFD : $0
    }
    /// The five tones are letters of their own and stand behind theirs.
    private static let upper1258: [UInt8: UInt32] = [
        0xC3: 0x0102, 0xCC: 0x0300, 0xD0: 0x0110, 0xD2: 0x0309, 0xD5: 0x01A0, 0xDD: 0x01AF, 0xDE: 0x0303,
        0xE3: 0x0103, 0xEC: 0x0301, 0xF0: 0x0111, 0xF2: 0x0323, 0xF5: 0x01A1, 0xFD: 0x01B0, 0xFE: 0x20AB,
    ]
}
