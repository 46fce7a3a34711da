/// How much a file may ask of the reader. A hostile file is refused when it passes a limit, long before it
/// could exhaust memory, the stack or the patience of the person waiting.
public struct PDFLimits: Sendable, Equatable {
    public var fileSize = 1 << 30
    /// Arrays and dictionaries within one another.
    public var nesting = 60
    /// The highest object number (ISO 32000-2, Annex C).
    public var objects = 8_388_607
    public var sections = 1_000
    public var pages = 50_000
    public var fields = 20_000
    public var signatures = 100
    /// On one page, when looking for places.
    public var words = 20_000
    /// One stream, unpacked.
    public var inflatedStream = 256 << 20
    /// All streams of one file together, unpacked.
    public var inflatedTotal = 512 << 20
    public var imagePixels = 40_000_000

    public init() {}
    public static let `default` = PDFLimits()
}
