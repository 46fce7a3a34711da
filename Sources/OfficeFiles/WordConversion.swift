// Makes a PDF of a Word, Excel or OpenDocument file by a LibreOffice that is started for this one document and
// thrown away with everything it wrote (decision 25). The source is a stranger's: macros stay off, links are not
// followed, and the program sees nothing but the document.

import Foundation

public struct ConvertedPDF: Sendable, Equatable {
    public let bytes: [UInt8]
    public let pages: Int
}

/// Why no PDF came out; each case has its own sentence on the page.
public enum ConversionFailure: Error, Sendable, Equatable {
    /// Longer than the limit allows: too large or too intricate, or made to hang.
    case timeout
    /// LibreOffice ended by a fault of its own or by reaching a limit of memory or processor time.
    case crashed
    /// LibreOffice could not open the file: damaged, or not what it claims to be.
    case notConvertible
    /// It ended well and left no PDF with at least one page.
    case noOutput
    /// Under a password.
    case encrypted

    public var vietnamese: String {
        switch self {
        case .timeout:
            "Chưa chuyển được tệp sang PDF vì quá thời gian cho phép; hãy chia nhỏ tệp hoặc nộp kèm bản PDF."
        case .crashed:
            "Chưa chuyển được tệp sang PDF vì chương trình chuyển đổi dừng giữa chừng; hãy lưu lại tệp bằng Word rồi thử lại, hoặc nộp kèm bản PDF."
        case .notConvertible:
            "Chưa chuyển được tệp sang PDF vì tệp bị hỏng hoặc không phải tệp Word, Excel; hãy mở và lưu lại tệp rồi thử lại."
        case .noOutput:
            "Chưa chuyển được tệp sang PDF vì không có trang nào để in; hãy kiểm tra nội dung tệp."
        case .encrypted:
            "Chưa chuyển được tệp sang PDF vì tệp đặt mật khẩu; hãy bỏ mật khẩu rồi nộp lại."
        }
    }
}

public enum WordConversion {
    public static let limits = ProcessLimits(
        wallSeconds: 90, cpuSeconds: 80, memoryBytes: 2 << 30, fileBytes: 256 << 20, outputBytes: 64 << 10)

    /// Throws `ConversionFailure` for the document's faults and `OfficeFileError` for the machine's.
    public static func convert(
        _ source: String, kind: FileKind, limits: ProcessLimits = WordConversion.limits,
        isolation: Isolation = .detected
    ) async throws -> ConvertedPDF {
        if kind == .lockedOffice { throw ConversionFailure.encrypted }
        guard let filters = filters(for: kind) else { throw ConversionFailure.notConvertible }
        let program = try Installed.path(of: "soffice")
        let work = try WorkFolder(owner: isolation.user)
        try prepare(work, source: source, kind: kind)

        let process = LimitedProcess(
            program: program,
            arguments: [
                "-env:UserInstallation=file://\(work.path("profile"))", "--headless", "--nologo",
                "--nodefault",
                "--norestore", "--nolockcheck", "--nofirststartwizard", "--infilter=\(filters.reading)",
                "--convert-to", "pdf:\(filters.writing)", "--outdir", work.path,
                work.path("in.\(kind.rawValue)"),
            ],
            limits: limits,
            environment: ["FONTCONFIG_FILE": work.path("fonts.conf"), "SAL_USE_VCLPLUGIN": "svp"],
            isolation: isolation)
        let result = try await process.run(in: work)
        if result.timedOut { throw ConversionFailure.timeout }
        if result.crashed { throw ConversionFailure.crashed }
        guard let bytes = work.read("in.pdf", limit: limits.fileBytes), !bytes.isEmpty else {
            throw result.errorText.contains("could not be loaded")
                ? ConversionFailure.notConvertible : ConversionFailure.noOutput
        }
        return ConvertedPDF(bytes: bytes, pages: try await pages(of: bytes, isolation: isolation))
    }

    private static func prepare(_ work: WorkFolder, source: String, kind: FileKind) throws {
        try work.copy(source, as: "in.\(kind.rawValue)")
        try work.makeFolder("profile")
        try work.makeFolder("profile/user")
        try work.write(Array(ConversionProfile.settings.utf8), as: "profile/user/registrymodifications.xcu")
        try work.makeFolder("fonts")
        try work.makeFolder("fontcache")
        for file in ConversionProfile.fontFiles() {
            work.link(to: file, as: "fonts/\((file as NSString).lastPathComponent)")
        }
        let fonts = ConversionProfile.fontSettings(fonts: work.path("fonts"), cache: work.path("fontcache"))
        try work.write(Array(fonts.utf8), as: "fonts.conf")
    }

    /// LibreOffice's names for the ways of reading and writing. Naming the way of reading keeps a web page that is
    /// called .docx from being opened as a web page.
    private static func filters(for kind: FileKind) -> (reading: String, writing: String)? {
        switch kind {
        case .docx: ("MS Word 2007 XML", "writer_pdf_Export")
        case .doc: ("MS Word 97", "writer_pdf_Export")
        case .odt: ("writer8", "writer_pdf_Export")
        case .xlsx: ("Calc MS Excel 2007 XML", "calc_pdf_Export")
        case .xls: ("MS Excel 97", "calc_pdf_Export")
        case .ods: ("calc8", "calc_pdf_Export")
        default: nil
        }
    }

    /// The program's word is not taken for it: the result is opened and counted.
    private static func pages(of bytes: [UInt8], isolation: Isolation) async throws -> Int {
        guard FileKind.detect(bytes: bytes).kind == .pdf else { throw ConversionFailure.noOutput }
        let work = try WorkFolder(owner: isolation.user)
        try work.write(bytes, as: PDFTool.document)
        let process = LimitedProcess(
            program: try Installed.path(of: "pdfinfo"), arguments: [PDFTool.document], isolation: isolation)
        let facts = try await process.run(in: work)
        guard facts.succeeded, let pages = PDFInspection.number("Pages", in: facts.text), pages > 0 else {
            throw ConversionFailure.noOutput
        }
        return pages
    }
}
