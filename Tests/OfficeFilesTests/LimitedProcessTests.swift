// Child programs under limits, with namespaces where the machine allows them and without: what they may see and use,
// and that nothing of them is left.

import Foundation
import Glibc
import Testing

@testable import OfficeFiles

let isolations =
    Isolation.detected.namespaces
    ? [Isolation.detected, .withoutNamespaces] : [Isolation.withoutNamespaces]

@Suite struct LimitedProcessTests {
    func shell(
        _ script: String, _ isolation: Isolation, limits: ProcessLimits = ProcessLimits(wallSeconds: 10)
    ) async throws -> ProcessResult {
        let work = try WorkFolder(owner: isolation.user)
        let process = LimitedProcess(
            program: "/usr/bin/bash", arguments: ["-c", script], limits: limits, isolation: isolation)
        return try await process.run(in: work)
    }

    @Test(arguments: isolations) func `output, errors and status come back`(_ isolation: Isolation)
        async throws
    {
        let result = try await shell("echo chào; echo lỗi >&2; exit 3", isolation)
        #expect(result.text == "chào\n")
        #expect(result.errorText == "lỗi\n")
        #expect(result.status == .exited(3))
        #expect(!result.timedOut && !result.succeeded && !result.crashed)
    }

    @Test(arguments: isolations) func `there is nothing to read and a home to write`(_ isolation: Isolation)
        async throws
    {
        let result = try await shell(
            "cat; pwd; echo $HOME; touch mine $TMPDIR/mine && echo written; ls /proc/self/fd | wc -l",
            isolation)
        let lines = result.text.split(separator: "\n")
        try #require(lines.count == 4)
        #expect(lines[0] == lines[1] && lines[0].hasPrefix("/tmp/vanthu-"))
        #expect(lines[2] == "written")
        // Standard three and the listing's own: none of the server's files.
        #expect(Int(lines[3]) ?? 99 <= 4)
    }

    @Test(arguments: isolations) func `the program is nobody and the environment is bare`(
        _ isolation: Isolation
    ) async throws {
        setenv("VANTHU_SECRET", "x", 1)
        let result = try await shell("id -u; env | grep -c SECRET", isolation)
        let expected = geteuid() == 0 ? "65534" : "\(geteuid())"
        #expect(result.text == "\(expected)\n0\n")
    }

    @Test(arguments: isolations) func `a program over its time is killed with all it started`(
        _ isolation: Isolation
    ) async throws {
        let mark = "\(Int.random(in: 100_000...999_999)).25"
        let script = "setsid sleep \(mark) & sleep \(mark) & (sleep \(mark) &) ; sleep \(mark)"
        let result = try await shell(script, isolation, limits: ProcessLimits(wallSeconds: 1))
        #expect(result.timedOut && !result.succeeded)
        #expect(try await isGone(mark))
    }

    @Test(arguments: isolations) func `what a program leaves behind at its end is killed too`(
        _ isolation: Isolation
    ) async throws {
        let mark = "\(Int.random(in: 100_000...999_999)).5"
        let result = try await shell("setsid sleep \(mark) & sleep \(mark) & sleep 0.3; echo done", isolation)
        #expect(result.succeeded && result.text == "done\n")
        #expect(try await isGone(mark))
    }

    @Test(arguments: isolations) func `cancelling the task kills the program`(_ isolation: Isolation)
        async throws
    {
        let mark = "\(Int.random(in: 100_000...999_999)).75"
        let task = Task { try await shell("sleep \(mark)", isolation) }
        try await Task.sleep(for: .milliseconds(400))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await isGone(mark))
    }

    @Test(arguments: isolations) func `memory, file size and output are bounded`(_ isolation: Isolation)
        async throws
    {
        let memory = try await shell(
            "perl -e '$x = \"a\" x 900_000_000; print length $x'", isolation,
            limits: ProcessLimits(wallSeconds: 10, memoryBytes: 256 << 20))
        #expect(!memory.succeeded && memory.stdout.isEmpty)
        let file = try await shell(
            "dd if=/dev/zero of=big bs=1M count=20 2>/dev/null; stat -c %s big", isolation,
            limits: ProcessLimits(wallSeconds: 10, fileBytes: 1 << 20))
        #expect(file.text == "1048576\n")
        let output = try await shell(
            "yes", isolation, limits: ProcessLimits(wallSeconds: 1, outputBytes: 1000))
        #expect(output.timedOut && output.outputCut && output.stdout.count == 1000)
        let busy = try await shell(
            "while :; do :; done", isolation, limits: ProcessLimits(wallSeconds: 8, cpuSeconds: 1))
        #expect(busy.crashed && !busy.timedOut)
    }

    @Test(arguments: isolations.filter(\.noNetwork))
    func `there is no network`(_ isolation: Isolation) async throws {
        let listener = try LoopbackListener()
        let result = try await shell(
            "exec 3<>/dev/tcp/127.0.0.1/\(listener.port) && echo connected", isolation)
        #expect(!result.text.contains("connected"))
        #expect(!listener.wasCalled())
    }

    @Test(.enabled(if: Isolation.detected.namespaces))
    func `with namespaces the rest of the machine is not there`() async throws {
        let result = try await shell(
            "ls /home /root /etc/passwd /var; ls /tmp; ls /proc | grep -c '^[0-9]'", .detected)
        let lines = result.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("vanthu-") == true)
        #expect(Int(lines.last ?? "") ?? 99 < 8)
    }

    @Test func `a result that is a link to elsewhere is not taken`() async throws {
        let work = try WorkFolder()
        let process = LimitedProcess(
            program: "/usr/bin/bash",
            arguments: ["-c", "ln -s /etc/passwd link; mkfifo pipe; mkdir folder; echo ok > plain"])
        _ = try await process.run(in: work)
        #expect(work.read("plain", limit: 100) == Array("ok\n".utf8))
        #expect(work.read("plain", limit: 2) == nil)
        for name in ["link", "pipe", "folder", "absent"] { #expect(work.read(name, limit: 1 << 20) == nil) }
    }

    @Test func `the work folder goes away`() async throws {
        var path = ""
        do {
            let work = try WorkFolder()
            path = work.path
            let process = LimitedProcess(
                program: "/usr/bin/bash", arguments: ["-c", "mkdir -p a/b; echo x > a/b/c"])
            _ = try await process.run(in: work)
            #expect(FileManager.default.fileExists(atPath: path))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a missing program is named`() async throws {
        let work = try WorkFolder()
        let process = LimitedProcess(program: "/usr/bin/no-such-program", arguments: [])
        await #expect(throws: OfficeFileError.programMissing("no-such-program")) {
            try await process.run(in: work)
        }
        #expect(throws: OfficeFileError.programMissing("no-such-program")) {
            try Installed.path(of: "no-such-program")
        }
    }

    @Test func `the turnstile lets two through at once`() async throws {
        let turnstile = Turnstile(limit: 2)
        let count = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await turnstile.pass {
                        await count.enter()
                        try await Task.sleep(for: .milliseconds(20))
                        await count.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await count.most == 2)
        #expect(await count.total == 10)
    }

    @Test func `the report names four means and the list names what is installed`() async throws {
        let means = Isolation.report()
        #expect(means.count == 4)
        #expect(
            means.map(\.active) == [
                Isolation.detected.namespaces, Isolation.detected.noNetwork,
                geteuid() != 0 || Isolation.detected.user != nil, Isolation.detected.limits,
            ])
        for program in await Installed.programs() {
            print(program.name, program.path ?? "-", program.version ?? "-")
            #expect(!program.debianPackage.isEmpty && program.withoutIt.hasSuffix("."))
            if program.path?.hasPrefix("/usr/bin") == true {
                #expect(program.version != nil, "\(program.name)")
            }
        }
    }

    /// No process has the mark in its command line; namespaces take a moment to fall.
    func isGone(_ mark: String) async throws -> Bool {
        for _ in 0..<40 {
            let running = try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { name in
                guard Int(name) != nil,
                    let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
                else {
                    return false
                }
                return String(decoding: line, as: UTF8.self).contains(mark)
            }
            if !running { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
