import Foundation

/// The stamp "ĐẾN" of the agency that received a document (Nghị định 30/2020/NĐ-CP, Phụ lục IV): 50 by 35 mm,
/// red, with the agency's name, the arrival number and the arrival date.
public struct ArrivalMark: Sendable, Equatable {
    public var agency: String
    /// As entered in the register of arrivals.
    public var number: String
    /// A moment of the day of arrival, in office time.
    public var arrived: Date
    /// To whom the document goes; a dotted line when it is not yet known.
    public var forwardedTo: String?
    /// Number and notation of the file it belongs to; a dotted line when it is not yet known.
    public var file: String?

    /// In points.
    public static let width = 50 / 25.4 * 72
    public static let height = 35 / 25.4 * 72

    public init(
        agency: String, number: String, arrived: Date, forwardedTo: String? = nil, file: String? = nil
    ) {
        self.agency = agency
        self.number = number
        self.arrived = arrived
        self.forwardedTo = forwardedTo
        self.file = file
    }

    var day: String {
        let at = CivilTime.office(arrived)
        return [CivilTime.two(at.day), CivilTime.two(at.month), String(at.year)].joined(separator: "/")
    }
}

/// Draws the stamp in its own size; the caller scales it into its field.
struct ArrivalMarkDrawing {
    let stamp: ArrivalMark
    let font: TrueTypeFont
    let subset: FontSubset
    private(set) var content = "0.8 0.07 0.1 rg 0.8 0.07 0.1 RG 1.2 w\n"

    private static let (left, split, right) = (1.0, 47.0, ArrivalMark.width - 1)
    private static let (bottom, lower, upper, top) = (1.0, 38.0, 71.0, ArrivalMark.height - 1)

    init(_ stamp: ArrivalMark, font: TrueTypeFont) throws(SigningError) {
        self.stamp = stamp
        self.font = font
        let words = [
            stamp.agency, stamp.number, stamp.day, stamp.forwardedTo ?? "", stamp.file ?? "",
            "ĐẾN Số: Ngày: Chuyển: Số và ký hiệu HS:",
        ]
        subset = try FontSubset(font, text: words.joined(separator: " "))
        drawFrame()
        try drawAgency()
        try draw("ĐẾN", size: 17, centre: (Self.left + Self.split) / 2, y: 49, bold: true)
        try drawEntry("Số:", stamp.number, x: Self.split + 4, y: 59)
        try drawEntry("Ngày:", stamp.day, x: Self.split + 4, y: 44.5)
        try drawEntry("Chuyển:", stamp.forwardedTo, x: Self.left + 5, y: 24.5)
        try drawEntry("Số và ký hiệu HS:", stamp.file, x: Self.left + 5, y: 9)
    }

    private mutating func drawFrame() {
        let (width, height) = (Self.right - Self.left, Self.top - Self.bottom)
        content +=
            "\(Self.left) \(Self.bottom) \(Content.number(width)) \(Content.number(height)) re S 0.7 w\n"
        for y in [Self.lower, Self.upper] { line(Self.left, y, Self.right, y) }
        line(Self.split, Self.lower, Self.split, Self.upper)
    }

    private mutating func line(_ x: Double, _ y: Double, _ toX: Double, _ toY: Double) {
        content += [x, y].map(Content.number).joined(separator: " ") + " m "
        content += [toX, toY].map(Content.number).joined(separator: " ") + " l S\n"
    }

    /// One line, or two, in the room above.
    private mutating func drawAgency() throws(SigningError) {
        let room = Self.right - Self.left - 8
        var size = 9.5
        var lines = LineBreaker(font: font, size: size).lines(stamp.agency, room: room)
        while size > 4, lines.count > 2 || lines.contains(where: { width($0, size) > room }) {
            size -= 0.5
            lines = LineBreaker(font: font, size: size).lines(stamp.agency, room: room)
        }
        let middle = (Self.upper + Self.top) / 2 - size * 0.33
        for (index, text) in lines.enumerated() {
            let y = middle + (Double(lines.count - 1) / 2 - Double(index)) * size * 1.2
            try draw(text, size: size, centre: (Self.left + Self.right) / 2, y: y, bold: true)
        }
    }

    /// A word and its entry, on a dotted line where nothing is entered.
    private mutating func drawEntry(_ label: String, _ entry: String?, x: Double, y: Double)
        throws(SigningError)
    {
        let size = 9.5
        try draw(label, size: size, x: x, y: y)
        let start = x + width(label + " ", size)
        let room = Self.right - 4 - start
        if let entry {
            try draw(
                entry, size: min(size, size * room / max(width(entry, size), 1)), x: start, y: y, bold: true)
        } else {
            content += "q 0.6 w [0.6 1.8] 0 d\n"
            line(start, y, Self.right - 4, y)
            content += "Q\n"
        }
    }

    private func width(_ text: String, _ size: Double) -> Double { font.width(of: text) * size / 1_000 }

    private mutating func draw(
        _ text: String, size: Double, centre: Double, y: Double, bold: Bool
    ) throws(SigningError) {
        try draw(text, size: size, x: centre - width(text, size) / 2, y: y, bold: bold)
    }

    /// Bold is drawn with a thin outline, so that one font does.
    private mutating func draw(
        _ text: String, size: Double, x: Double, y: Double, bold: Bool = false
    ) throws(SigningError) {
        let codes = String(decoding: Hex.encode(try subset.encode(text)), as: UTF8.self)
        content += "q BT /F0 \(Content.number(size)) Tf \(Content.number(x)) \(Content.number(y)) Td "
        if bold { content += "2 Tr \(Content.number(size * 0.03)) w " }
        content += "<\(codes)> Tj ET Q\n"
    }
}
