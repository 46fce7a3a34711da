// A few children of one program of our own that stay in their boxes and answer about one file after another: starting a
// program in a box costs more than reading a letter does. A child is told the name of the question on a line of its own,
// finds the files in its folder and answers with one line. One that crashes, runs too long or writes too much is gone with
// its folder, and the next question starts another.
//
// Only for programs that are safe in memory: what one file does to the child, the next file would meet. Programs of others
// get a box for each file (`LimitedProcess`).

import Foundation
import Glibc

public final class ProcessCrew: @unchecked Sendable {
    /// What the child finds in its folder while it answers.
    public enum Supply: Sendable {
        case copy(of: String, as: String)
        case bytes([UInt8], as: String)

        fileprivate var name: String {
            switch self {
            case .copy(_, let name), .bytes(_, let name): name
            }
        }
    }

    public enum Answer: Sendable, Equatable {
        case line([UInt8])
        case ended(ProcessStatus)
        case timedOut
        case tooMuchOutput
    }

    /// As of `LimitedProcess`, for one question each: time to answer in, processor time, memory of the child.
    private let process: LimitedProcess
    private let atOnce: Int
    private let questionsEach: Int
    private let idleSeconds: Double

    // All behind the condition's lock.
    private let condition = NSCondition()
    private var queue: [Job] = []
    private var members = 0
    private var idle = 0

    /// - Parameters:
    ///   - atOnce: children at most.
    ///   - questionsEach: after so many a child is replaced.
    ///   - idleSeconds: a child that is not asked for so long goes.
    public init(
        _ process: LimitedProcess, atOnce: Int = 2, questionsEach: Int = 100, idleSeconds: Double = 20
    ) {
        self.process = process
        self.atOnce = atOnce
        self.questionsEach = questionsEach
        self.idleSeconds = idleSeconds
    }

    /// Cancelling the task ends the child that works on it.
    ///
    /// - Throws: `OfficeFileError` when a file cannot be supplied or the program cannot start; `CancellationError`.
    public func ask(_ question: String, _ supplies: [Supply]) async throws -> Answer {
        guard access(process.program, X_OK) == 0 else {
            throw OfficeFileError.programMissing((process.program as NSString).lastPathComponent)
        }
        let wish = CancellationWish()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(Job(question: question, supplies: supplies, wish: wish, continuation: continuation))
            }
        } onCancel: {
            wish.cancel()
        }
    }

    // MARK: Queue

    private struct Job {
        let question: String
        let supplies: [Supply]
        let wish: CancellationWish
        let continuation: CheckedContinuation<Answer, any Error>
    }

    private func enqueue(_ job: Job) {
        condition.withLock {
            queue.append(job)
            if idle >= queue.count || members == atOnce { return condition.signal() }
            members += 1
            Thread.detachNewThread { [self] in serve() }
        }
    }

    /// `nil`: nobody has asked for long, and the thread that asks for work is no member any more.
    private func next() -> Job? {
        condition.withLock {
            let deadline = Date(timeIntervalSinceNow: idleSeconds)
            idle += 1
            defer { idle -= 1 }
            while queue.isEmpty {
                if !condition.wait(until: deadline), queue.isEmpty {
                    members -= 1
                    return nil
                }
            }
            return queue.removeFirst()
        }
    }

    /// The life of one member. It has a thread of its own because the box ends with the thread that started it.
    private func serve() {
        var conversation: Conversation?
        while let job = next() {
            job.continuation.resume(with: Result { try answer(job, &conversation) })
        }
        conversation?.end()
    }

    private func answer(_ job: Job, _ conversation: inout Conversation?) throws -> Answer {
        if job.wish.isCancelled { throw CancellationError() }
        let current = try conversation ?? Conversation(process)
        conversation = current
        guard let line = try current.ask(job.question, job.supplies, wish: job.wish) else {
            conversation = nil
            let result = current.end()
            if job.wish.isCancelled { throw CancellationError() }
            if result.outputCut { return .tooMuchOutput }
            return result.timedOut ? .timedOut : .ended(result.status)
        }
        if current.isTired(after: questionsEach) {
            conversation = nil
            current.end()
        }
        return .line(line)
    }
}

/// One child in its box, asked by one thread.
private final class Conversation {
    private let process: LimitedProcess
    private let work: WorkFolder
    private let child: ChildProcess
    private let mouth: Int32
    private var asked = 0
    private var secondsLeft: Double

    init(_ process: LimitedProcess) throws {
        self.process = process
        work = try WorkFolder(owner: process.isolation.user)
        secondsLeft = Double(process.limits.cpuSeconds)
        // A socket, since writing to a pipe that nobody reads any more would end this program.
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { throw OfficeFileError.workFolder(step: "socketpair", code: errno) }
        defer { close(ends[1]) }
        mouth = ends[0]
        var standing = process
        // The kernel counts over the whole life: one that has used up its share is replaced with as much left.
        standing.limits.cpuSeconds *= 2
        do { child = try standing.start(in: work, input: ends[1]) } catch {
            close(mouth)
            throw error
        }
    }

    deinit { close(mouth) }

    /// `nil` when there is no answer; then it is to be ended.
    func ask(_ question: String, _ supplies: [ProcessCrew.Supply], wish: CancellationWish) throws -> [UInt8]?
    {
        defer { for supply in supplies { work.remove(supply.name) } }
        for supply in supplies {
            switch supply {
            case .copy(let path, let name): try work.copy(path, as: name)
            case .bytes(let bytes, let name): try work.write(bytes, as: name)
            }
        }
        asked += 1
        let begin = ContinuousClock.now
        defer { secondsLeft -= (ContinuousClock.now - begin) / .seconds(1) }
        let line = Array((question + "\n").utf8)
        guard send(mouth, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else { return nil }
        return child.nextLine(seconds: process.limits.wallSeconds, isCancelled: { wish.isCancelled })
    }

    func isTired(after questions: Int) -> Bool { asked >= questions || secondsLeft <= 0 }

    /// It is killed where it does not end by itself.
    @discardableResult
    func end() -> ProcessResult {
        let result = child.wait(seconds: child.isSilent ? 5 : 0, isCancelled: { false })
        process.killStrays(of: work)
        return result
    }
}
