/// Where number, date, signature and seal stand in a letter (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô số 3, 4, 7
/// and 8). Chosen before the first signature and never changed after it.

public struct Place: Codable, Sendable, Equatable {
    /// Counted from 0.
    public var page: Int
    public var rect: Rect

    public init(page: Int, rect: Rect) {
        self.page = page
        self.rect = rect
    }
}

/// A blank to be filled with printed text.
public struct BlankPlace: Codable, Sendable, Equatable {
    public var page: Int
    /// The text's baseline lies `BlankPlace.depth` type sizes above the lower edge, as the reader sees it.
    public var rect: Rect
    public var fontSize: Double
    public var italic: Bool

    static let depth = 0.27

    public init(page: Int, rect: Rect, fontSize: Double = 13, italic: Bool = false) {
        self.page = page
        self.rect = rect
        self.fontSize = fontSize
        self.italic = italic
    }
}

public struct SignatureLayout: Codable, Sendable, Equatable {
    /// Blanks to be filled at issuing; `nil` where the page already prints the part.
    public var number: BlankPlace?
    public var day: BlankPlace?
    public var month: BlankPlace?
    public var year: BlankPlace?
    public var signer: Place
    public var seal: Place
    /// What the page already prints, to be compared with the particulars.
    public var printedNumber: String?
    public var printedDay: String?
    public var printedMonth: String?
    public var printedYear: String?

    public init(
        number: BlankPlace? = nil, day: BlankPlace? = nil, month: BlankPlace? = nil, year: BlankPlace? = nil,
        signer: Place, seal: Place, printedNumber: String? = nil, printedDay: String? = nil,
        printedMonth: String? = nil, printedYear: String? = nil
    ) {
        self.number = number
        self.day = day
        self.month = month
        self.year = year
        self.signer = signer
        self.seal = seal
        self.printedNumber = printedNumber
        self.printedDay = printedDay
        self.printedMonth = printedMonth
        self.printedYear = printedYear
    }

    /// The seal over the left third of the signature, in its actual size (Phụ lục I, mục II, khoản 8).
    public static func seal(over signer: Place, in box: PageBox, diameter: Double = 102) -> Place {
        let shown = box.displayed(signer.rect)
        let x = min(max(0, shown.x + shown.width / 3 - diameter), box.displayedWidth - diameter)
        let y = min(max(0, shown.midY - diameter / 2), box.displayedHeight - diameter)
        return Place(
            page: signer.page, rect: box.userSpace(Rect(x: x, y: y, width: diameter, height: diameter)))
    }

    /// Top right of an enclosure's first page, for the agency's text-only signature (Phụ lục I, mục II, khoản
    /// 8).
    public static func enclosure(on box: PageBox, lines: Int = 2) -> Place {
        let size = (width: min(180.0, box.displayedWidth / 2), height: 11.5 * Double(max(lines, 1)) + 1)
        let shown = Rect(
            x: box.displayedWidth - 28 - size.width, y: box.displayedHeight - 22 - size.height,
            width: size.width,
            height: size.height)
        return Place(page: 0, rect: box.userSpace(shown))
    }
}

/// The names of the fields that a prepared letter carries.
public enum FieldName {
    public static let number = "So"
    public static let day = "Ngay"
    public static let month = "Thang"
    public static let year = "Nam"
    public static let signer = "ChuKyNguoiKy"
    public static let seal = "ChuKyCoQuan"
}
