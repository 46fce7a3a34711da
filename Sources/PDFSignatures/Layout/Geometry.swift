/// Rectangles and pages. All places are in the page's own user space (ISO 32000-2, 8.3.2.3): origin bottom
/// left, one unit 1/72 inch, before any rotation. People see the page turned and cropped; `PageBox` converts
/// both ways.

public struct Rect: Codable, Sendable, Equatable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public var maxX: Double { x + width }
    public var maxY: Double { y + height }
    public var midX: Double { x + width / 2 }
    public var midY: Double { y + height / 2 }

    public func intersection(_ other: Rect) -> Rect? {
        let left = max(x, other.x)
        let bottom = max(y, other.y)
        let right = min(maxX, other.maxX)
        let top = min(maxY, other.maxY)
        guard right > left, top > bottom else { return nil }
        return Rect(x: left, y: bottom, width: right - left, height: top - bottom)
    }

    func union(_ other: Rect) -> Rect {
        let left = min(x, other.x)
        let bottom = min(y, other.y)
        return Rect(
            x: left, y: bottom, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - bottom)
    }

    var isFinite: Bool { x.isFinite && y.isFinite && width.isFinite && height.isFinite }

    var pdf: PDFObject { .array([.decimal(x), .decimal(y), .decimal(maxX), .decimal(maxY)]) }
}

public struct PageBox: Codable, Sendable, Equatable {
    public var media: Rect
    public var crop: Rect
    /// Clockwise, when shown: 0, 90, 180 or 270.
    public var rotation: Int

    public init(media: Rect, crop: Rect? = nil, rotation: Int = 0) {
        self.media = media
        self.crop = crop ?? media
        self.rotation = rotation
    }

    public var displayedWidth: Double { rotation % 180 == 0 ? crop.width : crop.height }
    public var displayedHeight: Double { rotation % 180 == 0 ? crop.height : crop.width }

    /// From the page as shown, measured from its *bottom* left corner, to user space.
    public func userSpace(_ shown: Rect) -> Rect {
        switch rotation {
        case 90:
            Rect(
                x: crop.maxX - shown.maxY, y: crop.y + shown.x, width: shown.height, height: shown.width)
        case 180:
            Rect(
                x: crop.maxX - shown.maxX, y: crop.maxY - shown.maxY, width: shown.width, height: shown.height
            )
        case 270:
            Rect(
                x: crop.x + shown.y, y: crop.maxY - shown.maxX, width: shown.height, height: shown.width)
        default:
            Rect(x: crop.x + shown.x, y: crop.y + shown.y, width: shown.width, height: shown.height)
        }
    }

    /// The reverse of `userSpace`.
    public func displayed(_ rect: Rect) -> Rect {
        switch rotation {
        case 90:
            Rect(x: rect.y - crop.y, y: crop.maxX - rect.maxX, width: rect.height, height: rect.width)
        case 180:
            Rect(x: crop.maxX - rect.maxX, y: crop.maxY - rect.maxY, width: rect.width, height: rect.height)
        case 270:
            Rect(x: crop.maxY - rect.maxY, y: rect.x - crop.x, width: rect.height, height: rect.width)
        default:
            Rect(x: rect.x - crop.x, y: rect.y - crop.y, width: rect.width, height: rect.height)
        }
    }
}

/// A word printed on a page. The caller supplies them; this library runs no programs.
public struct TextBox: Codable, Sendable, Equatable {
    /// Counted from 0.
    public var page: Int
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double
    public var text: String

    public init(page: Int, x: Double, y: Double, width: Double, height: Double, text: String) {
        self.page = page
        self.x = x
        self.y = y
        self.width = width
        self.height = height
        self.text = text
    }

    /// From a program that measures the page as shown, downwards from its *top* left corner (`pdftotext
    /// -bbox`).
    public init(
        page: Int, in box: PageBox, xMin: Double, yMin: Double, xMax: Double, yMax: Double, text: String
    ) {
        let rect = box.userSpace(
            Rect(x: xMin, y: box.displayedHeight - yMax, width: xMax - xMin, height: yMax - yMin))
        self.init(page: page, x: rect.x, y: rect.y, width: rect.width, height: rect.height, text: text)
    }

    public var rect: Rect { Rect(x: x, y: y, width: width, height: height) }
}
