// One call of a poppler or qpdf program on one PDF: the file is copied into a private folder as `in.pdf`, the
// program runs there under limits, and what it wrote to standard output comes back.

struct PDFTool {
    let isolation: Isolation
    let work: WorkFolder

    static let document = "in.pdf"

    init(pdf path: String, isolation: Isolation = .detected) throws {
        self.isolation = isolation
        work = try WorkFolder(owner: isolation.user)
        try work.copy(path, as: Self.document)
    }

    func run(
        _ name: String, _ arguments: [String], limits: ProcessLimits = ProcessLimits()
    ) async throws -> ProcessResult {
        let program = try Installed.path(of: name)
        let process = LimitedProcess(
            program: program, arguments: arguments, limits: limits, isolation: isolation)
        let result = try await process.run(in: work)
        if result.timedOut { throw OfficeFileError.timedOut(program: name) }
        return result
    }

    /// As `run`, where anything but success is an error.
    func output(
        of name: String, _ arguments: [String], limits: ProcessLimits = ProcessLimits()
    ) async throws -> [UInt8] {
        let result = try await run(name, arguments, limits: limits)
        guard result.succeeded else {
            throw OfficeFileError.failed(program: name, detail: String(result.errorText.prefix(500)))
        }
        if result.outputCut { throw OfficeFileError.tooMuchOutput(program: name) }
        return result.stdout
    }
}
