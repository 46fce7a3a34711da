// A page of a PDF as a picture for the screen (decision 26): the reader looks at images the server made, not at the
// file itself, so that nothing in a file from outside runs in the office's browsers.

public enum PageImages {
    public static let widths = 64...4096

    /// One page as PNG, as wide as asked; pages count from 1.
    public static func render(
        pdf path: String, page: Int, width: Int, isolation: Isolation = .detected
    ) async throws -> [UInt8] {
        let tool = try PDFTool(pdf: path, isolation: isolation)
        let pixels = min(max(width, widths.lowerBound), widths.upperBound)
        let arguments = [
            "-png", "-singlefile", "-f", "\(page)", "-l", "\(page)", "-scale-to-x", "\(pixels)",
            "-scale-to-y", "-1",
            PDFTool.document,
        ]
        let bytes = try await tool.output(of: "pdftoppm", arguments)
        guard FileKind.detect(bytes: bytes).kind == .png else {
            throw OfficeFileError.failed(program: "pdftoppm", detail: "no picture of page \(page)")
        }
        return bytes
    }
}
