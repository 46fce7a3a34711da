/// A picture of a signature or a seal, read from its PNG and packed as PDF wants it, once for any number of
/// signatures. Whoever signs much keeps the value; nothing is remembered behind its back.
public struct SignaturePicture: Sendable {
    /// In pixels.
    public let width: Int
    public let height: Int
    /// 1 for gray, 3 for colour.
    let channels: Int
    /// Packed with Flate.
    let colors: FileBytes
    /// Packed with Flate; `nil` when the picture is opaque.
    let alpha: FileBytes?

    /// - Parameter png: Eight bits a channel, gray, colour or palette, with or without transparency, not
    ///   interlaced.
    /// - Throws: `SigningError.badImage`.
    public init(png: [UInt8], limits: PDFLimits = .default) throws(SigningError) {
        let image = try PNGImage(png, limits: limits)
        width = image.width
        height = image.height
        channels = image.channels
        colors = FileBytes(Flate.compress(image.colors))
        alpha = image.alpha.map { FileBytes(Flate.compress($0)) }
    }

    func add(to update: inout IncrementalUpdate) -> PDFReference {
        var dictionary = entries(space: channels == 1 ? "DeviceGray" : "DeviceRGB")
        if let alpha {
            let mask = PDFStream(dictionary: entries(space: "DeviceGray"), raw: alpha)
            dictionary["SMask"] = .reference(update.add(.stream(mask)))
        }
        return update.add(.stream(PDFStream(dictionary: dictionary, raw: colors)))
    }

    private func entries(space: String) -> PDFDictionary {
        [
            "Type": .name("XObject"), "Subtype": .name("Image"), "Width": .integer(width),
            "Height": .integer(height), "BitsPerComponent": .integer(8), "ColorSpace": .name(space),
            "Filter": .name("FlateDecode"),
        ]
    }
}
