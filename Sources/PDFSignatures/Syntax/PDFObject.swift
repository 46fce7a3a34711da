/// The values that a PDF is made of (ISO 32000-2, 7.3). Numbers keep the text they were written with, because
/// a dictionary that is written again must not differ from the signed one by so much as a rounding.

struct PDFReference: Hashable, Sendable, Comparable {
    var number: Int
    var generation: Int

    static func < (a: PDFReference, b: PDFReference) -> Bool {
        (a.number, a.generation) < (b.number, b.generation)
    }
}

typealias PDFDictionary = [String: PDFObject]

/// A stream as it lies in the file: still packed.
struct PDFStream: Equatable, Sendable {
    var dictionary: PDFDictionary
    var raw: FileBytes

    init(dictionary: PDFDictionary, raw: FileBytes) {
        self.dictionary = dictionary
        self.raw = raw
    }

    /// Of our own making.
    init(dictionary: PDFDictionary, raw: ArraySlice<UInt8>) {
        self.init(dictionary: dictionary, raw: FileBytes(raw))
    }
}

/// Names are kept in their written form: bytes outside printable ASCII, and `#`, as `#XX`. So no two
/// different names ever compare equal, and no name is lost for being in another encoding.
enum PDFObject: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case real(Double, text: String)
    case string([UInt8])
    case name(String)
    indirect case array([PDFObject])
    indirect case dictionary(PDFDictionary)
    indirect case stream(PDFStream)
    case reference(PDFReference)
}

extension PDFObject {
    var isNull: Bool { self == .null }

    var integer: Int? {
        switch self {
        case .integer(let value): value
        case .real(let value, _) where value.rounded() == value && abs(value) < 1e15: Int(value)
        default: nil
        }
    }

    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value, _): value
        default: nil
        }
    }

    var boolean: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }

    var name: String? {
        if case .name(let value) = self { value } else { nil }
    }

    var string: [UInt8]? {
        if case .string(let value) = self { value } else { nil }
    }

    var array: [PDFObject]? {
        if case .array(let value) = self { value } else { nil }
    }

    var stream: PDFStream? {
        if case .stream(let value) = self { value } else { nil }
    }

    var reference: PDFReference? {
        if case .reference(let value) = self { value } else { nil }
    }

    /// A dictionary, or the dictionary of a stream.
    var dictionary: PDFDictionary? {
        switch self {
        case .dictionary(let value): value
        case .stream(let value): value.dictionary
        default: nil
        }
    }

    /// A number of our own making, written with at most four decimals.
    static func decimal(_ value: Double) -> PDFObject {
        let scaled = (value * 10_000).rounded()
        guard scaled.isFinite, abs(scaled) < 1e15 else { return .integer(0) }
        let whole = Int(scaled)
        if whole % 10_000 == 0 { return .integer(whole / 10_000) }
        var fraction = String(abs(whole) % 10_000)
        while fraction.count < 4 { fraction = "0" + fraction }
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let text = (whole < 0 ? "-" : "") + "\(abs(whole) / 10_000).\(fraction)"
        return .real(value, text: text)
    }

    static func reference(_ number: Int) -> PDFObject {
        .reference(PDFReference(number: number, generation: 0))
    }
}
