// One running child program of the operating system: started in a session and process group of its own, with
// no file of ours open, watched until it has written a line or ended, and killed with its whole group. It blocks the
// thread it runs on; `LimitedProcess` and `ProcessCrew` give it one of its own.

import Foundation
import Glibc

final class ChildProcess {
    private let pid: pid_t
    private let output: CapturedPipe
    private let errors: CapturedPipe

    /// - Parameter input: what the program reads from; nothing when there is none. It stays the caller's.
    init(
        command: [String], environment: [String], folder: String, outputBytes: Int, input: Int32? = nil
    ) throws {
        let program = command.first ?? ""
        output = try CapturedPipe(limit: outputBytes)
        errors = try CapturedPipe(limit: outputBytes)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.writeEnd, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writeEnd, 2)
        // The server's sockets and databases stay the server's.
        _ = SpawnExtras.closeFrom?(&actions, 3)
        _ = SpawnExtras.changeFolder?(&actions, folder)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var every = sigset_t()
        sigfillset(&every)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &every)
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | SpawnExtras.ownSession
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var started: pid_t = 0
        let code = Self.withCStrings(command) { arguments in
            Self.withCStrings(environment) { variables in
                posix_spawn(&started, program, &actions, &attributes, arguments, variables)
            }
        }
        output.closeWriteEnd()
        errors.closeWriteEnd()
        guard code == 0 else { throw OfficeFileError.cannotStart(program: program, code: code) }
        pid = started
    }

    /// It writes nothing any more: it has ended, or is about to.
    var isSilent: Bool { !output.isOpen }

    /// The next whole line it writes, without its end; `nil` when it ends first, writes too much, the time is over or the
    /// caller gives up. What it says beside (standard error) is read and thrown away.
    func nextLine(seconds: Double, isCancelled: () -> Bool) -> [UInt8]? {
        let deadline = Self.now() + seconds
        while true {
            if let line = output.takeLine() { return line }
            if isCancelled() || output.wasCut || isSilent { return nil }
            let rest = deadline - Self.now()
            if rest <= 0 { return nil }
            CapturedPipe.takeWhatComes(output, errors, milliseconds: max(1, min(50, Int32(rest * 1000))))
        }
    }

    /// Waits until the program ends, the time is over or the caller gives up; then nothing of its group is left.
    func wait(seconds: Double, isCancelled: () -> Bool) -> ProcessResult {
        let deadline = Self.now() + seconds
        var timedOut = false
        var cancelled = false
        while !hasEnded() {
            if isCancelled() { cancelled = true }
            if Self.now() >= deadline { timedOut = true }
            if cancelled || timedOut { break }
            let pause = max(1, min(50, Int32((deadline - Self.now()) * 1000)))
            if output.isOpen || errors.isOpen {
                CapturedPipe.takeWhatComes(output, errors, milliseconds: pause)
            } else {
                usleep(2000)
            }
        }
        // Before the leader is reaped its number cannot belong to a stranger.
        kill(-pid, SIGKILL)
        kill(pid, SIGKILL)
        var code: Int32 = 0
        while waitpid(pid, &code, 0) < 0 && errno == EINTR {}
        output.takeRest()
        errors.takeRest()
        let signal = code & 0x7F
        return ProcessResult(
            status: signal == 0 ? .exited((code >> 8) & 0xFF) : .signalled(signal),
            stdout: output.bytes, stderr: errors.bytes, timedOut: timedOut, cancelled: cancelled,
            outputCut: output.wasCut || errors.wasCut)
    }

    private func hasEnded() -> Bool {
        var what = siginfo_t()
        let code = waitid(P_PID, id_t(pid), &what, Int32(WEXITED) | Int32(WNOHANG) | Int32(WNOWAIT))
        return code != 0 && errno == ECHILD || code == 0 && what.si_signo != 0
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return body(&pointers)
    }
}

/// What glibc offers beyond POSIX and Swift's view of its headers leaves out; looked up by name.
private enum SpawnExtras {
    typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>

    /// POSIX_SPAWN_SETSID of spawn.h.
    static let ownSession: Int32 = 0x80

    static let closeFrom = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
        unsafeBitCast($0, to: (@convention(c) (Actions, Int32) -> Int32).self)
    }

    static let changeFolder = dlsym(nil, "posix_spawn_file_actions_addchdir_np").map {
        unsafeBitCast($0, to: (@convention(c) (Actions, UnsafePointer<CChar>) -> Int32).self)
    }
}
