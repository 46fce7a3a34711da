// The one way this house runs a program of someone else (LibreOffice, poppler, qpdf) on a document that came from
// outside: in its own process group, with limits on time, memory and file size, no network, no rights, and a
// private folder as its home. When it ends, or must end, nothing of it is left running.

import Foundation
import Glibc

public struct LimitedProcess: Sendable {
    /// The full path, as `Installed.path(of:)` gives it.
    public var program: String
    public var arguments: [String]
    public var limits: ProcessLimits
    /// Beyond the fixed few (PATH, HOME, TMPDIR, LANG).
    public var environment: [String: String]
    public var isolation: Isolation
    /// Files and folders outside /usr that it may read: a program of our own lies elsewhere.
    public var readable: [String]

    public init(
        program: String, arguments: [String], limits: ProcessLimits = ProcessLimits(),
        environment: [String: String] = [:], isolation: Isolation = .detected, readable: [String] = []
    ) {
        self.program = program
        self.arguments = arguments
        self.limits = limits
        self.environment = environment
        self.isolation = isolation
        self.readable = readable
    }

    /// Runs the program in the folder and waits on a thread of its own. Cancelling the task kills the program.
    public func run(in work: WorkFolder) async throws -> ProcessResult {
        guard access(program, X_OK) == 0 else {
            throw OfficeFileError.programMissing((program as NSString).lastPathComponent)
        }
        let wish = CancellationWish()
        let result = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(with: Result { try runBlocking(in: work, wish: wish) })
                }
            }
        } onCancel: {
            wish.cancel()
        }
        if result.cancelled { throw CancellationError() }
        return result
    }

    private func runBlocking(in work: WorkFolder, wish: CancellationWish) throws -> ProcessResult {
        let child = try start(in: work)
        let result = child.wait(seconds: limits.wallSeconds, isCancelled: { wish.isCancelled })
        killStrays(of: work)
        return result
    }

    /// - Parameter input: what the program reads from; nothing when there is none.
    func start(in work: WorkFolder, input: Int32? = nil) throws -> ChildProcess {
        var variables = [
            "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(work.path)", "TMPDIR=\(work.path)/tmp",
            "LANG=C.UTF-8", "OMP_THREAD_LIMIT=1", Self.mark(of: work),
        ]
        variables += environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let command = isolation.command(
            program, arguments, limits: limits, work: work.path, readable: readable)
        return try ChildProcess(
            command: command, environment: variables, folder: work.path, outputBytes: limits.outputBytes,
            input: input)
    }

    private static func mark(of work: WorkFolder) -> String { "VANTHU_WORK=\(work.path)" }

    /// Kills processes that carry this run's mark in their environment, wherever they put themselves. With namespaces the
    /// kernel ends every process of the box; without, one may have left its group.
    func killStrays(of work: WorkFolder) {
        if isolation.namespaces { return }
        let wanted = Array(Self.mark(of: work).utf8)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let pid = pid_t(name), pid != getpid() else { continue }
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else {
                continue
            }
            if environment.split(separator: 0).contains(where: { $0.elementsEqual(wanted) }) {
                kill(pid, SIGKILL)
            }
        }
    }
}

/// Whether the waiting task was cancelled, seen from the watching thread.
final class CancellationWish: @unchecked Sendable {
    private let lock = NSLock()
    private var wished = false

    var isCancelled: Bool { lock.withLock { wished } }

    func cancel() { lock.withLock { wished = true } }
}
