// A clamd of the test's own: a fresh folder, a signature list with the EICAR test file in it, a socket and a port.

import Foundation
import OfficeFiles

package enum TestScanner {
    package static let program = "/usr/sbin/clamd"
    package static var isInstalled: Bool {
        let there = FileManager.default.isExecutableFile(atPath: program)
        if !there { print("*** clamd is not installed: the tests of the virus scanner are SKIPPED ***") }
        return there
    }

    /// In two halves, so that no scanner takes this very file for one.
    package static let eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    private static let signature = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n"

    package static func write(_ text: String) throws -> String { try write(bytes: Array(text.utf8)) }

    package static func write(bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// Runs until it is stopped.
    package static func start() async throws -> RunningScanner {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "clamd-\(UUID().uuidString.prefix(8))"
        ).path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(signature.utf8).write(to: URL(filePath: folder + "/eicar.hdb"))
        let port = UInt16.random(in: 20_000..<40_000)
        let settings = """
            Foreground yes
            DatabaseDirectory \(folder)
            LocalSocket \(folder)/clamd.ctl
            TCPSocket \(port)
            TCPAddr 127.0.0.1
            StreamMaxLength 2M
            MaxThreads 2

            """
        try Data(settings.utf8).write(to: URL(filePath: folder + "/clamd.conf"))
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--config-file=\(folder)/clamd.conf"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let running = RunningScanner(
            bySocket: VirusScanner(.unix(folder + "/clamd.ctl"), patience: 20),
            byPort: VirusScanner(.tcp(host: "127.0.0.1", port: port), patience: 20), process: process,
            folder: folder)
        for _ in 0..<300 where !running.bySocket.isReachable { try await Task.sleep(for: .milliseconds(100)) }
        return running
    }
}

package struct RunningScanner {
    package let bySocket: VirusScanner
    package let byPort: VirusScanner
    let process: Process
    let folder: String

    package func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
