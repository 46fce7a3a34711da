// Getting a PDF ready for the printer: how far down a page is printed, and several files as one, with what lies upon the
// pages (seals, signatures, marks) made part of them, so that every printer prints it.

public enum PagePrinting {
    /// Dots an inch: a hair line still leaves a grey dot.
    private static let resolution = 36
    /// Darker than this is ink, 255 being white paper.
    private static let ink: UInt8 = 235

    /// How far down the page is printed, in points from its upper edge as shown; 0 for an empty page. Pages count from 1.
    public static func inkBottom(
        pdf path: String, page: Int, isolation: Isolation = .detected
    ) async throws -> Double {
        let tool = try PDFTool(pdf: path, isolation: isolation)
        let bytes = try await tool.output(
            of: "pdftoppm",
            [
                "-gray", "-r", "\(resolution)", "-f", "\(page)", "-l", "\(page)", PDFTool.document,
            ])
        guard let picture = GrayPicture(bytes) else {
            throw OfficeFileError.failed(program: "pdftoppm", detail: "no gray picture of page \(page)")
        }
        return Double(picture.lastRow(darkerThan: ink)) * 72 / Double(resolution)
    }

    /// The files one after the other as one PDF.
    public static func joined(
        _ paths: [String], isolation: Isolation = .detected
    ) async throws -> [UInt8] {
        guard let first = paths.first else {
            throw OfficeFileError.failed(program: "qpdf", detail: "no file")
        }
        let tool = try PDFTool(pdf: first, isolation: isolation)
        var names = [PDFTool.document]
        for (index, path) in paths.enumerated().dropFirst() {
            names.append("in\(index).pdf")
            try tool.work.copy(path, as: names[index])
        }
        for index in names.indices {
            let flat = try await tool.run(
                "qpdf", ["--flatten-annotations=print", names[index], "flat\(index).pdf"])
            guard flat.status == .exited(0) || flat.status == .exited(3) else {
                throw OfficeFileError.failed(program: "qpdf", detail: String(flat.errorText.prefix(500)))
            }
        }
        let pages = names.indices.map { "flat\($0).pdf" }
        let joined = try await tool.run("qpdf", ["--empty", "--pages"] + pages + ["--", "-"])
        guard joined.status == .exited(0) || joined.status == .exited(3), !joined.outputCut else {
            throw OfficeFileError.failed(program: "qpdf", detail: String(joined.errorText.prefix(500)))
        }
        return joined.stdout
    }
}

/// A picture of one byte a dot (PGM, `P5`), as `pdftoppm` writes it.
struct GrayPicture {
    let width: Int
    let height: Int
    private let dots: ArraySlice<UInt8>

    init?(_ bytes: [UInt8]) {
        var position = 0
        func word() -> String? {
            while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
            let start = position
            while position < bytes.count, bytes[position] > 0x20, position - start < 12 { position += 1 }
            return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
        }
        guard word() == "P5", let width = word().flatMap({ Int($0) }),
            let height = word().flatMap({ Int($0) }),
            word() == "255", (1...20_000).contains(width), (1...20_000).contains(height)
        else { return nil }
        position += 1
        guard position <= bytes.count, bytes.count - position >= width * height else { return nil }
        self.width = width
        self.height = height
        dots = bytes[position..<(position + width * height)]
    }

    /// Counted from 1 at the top; 0 when no row has such a dot.
    func lastRow(darkerThan limit: UInt8) -> Int {
        guard let last = dots.lastIndex(where: { $0 < limit }) else { return 0 }
        return (last - dots.startIndex) / width + 1
    }
}
