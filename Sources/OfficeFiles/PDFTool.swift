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
        try await run(name, arguments, limits: limits).output(of: name)
    }

    /// One of several programs that look at the file in one box, one after the other.
    struct Step {
        let program: String
        let arguments: [String]
    }

    /// Their results in order. The box costs more than most letters do, so that programs that are all needed share one.
    func together(_ steps: [Step], limits: ProcessLimits) async throws -> [ProcessResult] {
        var script = ""
        for (number, step) in steps.enumerated() {
            let words = [try Installed.path(of: step.program)] + step.arguments
            let command = words.map { "'\($0)'" }.joined(separator: " ")
            script += "\(command) >\(number).out 2>\(number).err; echo $? >\(number).status\n"
        }
        let shell = LimitedProcess(
            program: "/bin/sh", arguments: ["-c", script], limits: limits, isolation: isolation)
        let whole = try await shell.run(in: work)
        return try steps.enumerated().map { number, step in
            guard let status = work.read("\(number).status", limit: 16),
                let code = Int32(String(decoding: status.dropLast(), as: UTF8.self))
            else {
                if whole.timedOut { throw OfficeFileError.timedOut(program: step.program) }
                throw OfficeFileError.failed(
                    program: step.program, detail: String(whole.errorText.prefix(500)))
            }
            let output = work.read("\(number).out", limit: limits.outputBytes)
            return ProcessResult(
                status: .exited(code), stdout: output ?? [],
                stderr: work.read("\(number).err", limit: limits.outputBytes) ?? [], timedOut: false,
                cancelled: false, outputCut: output == nil)
        }
    }
}

extension ProcessResult {
    /// What a program wrote that did what it was asked for; anything else is an error.
    func output(of program: String) throws -> [UInt8] {
        guard succeeded else {
            throw OfficeFileError.failed(program: program, detail: String(errorText.prefix(500)))
        }
        if outputCut { throw OfficeFileError.tooMuchOutput(program: program) }
        return stdout
    }
}
