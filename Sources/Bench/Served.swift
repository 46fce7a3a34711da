// The real server as a process of its own, and wrk as its visitors.
import Foundation
import FoundationNetworking

/// `vanthu serve` over a folder, from the same build.
final class Served {
    let port: Int
    private let process = Process()

    var processID: Int32 { process.processIdentifier }

    init(folder: String) throws {
        port = Int.random(in: 20_000...29_000)
        process.executableURL = try Self.program
        process.arguments = ["serve", "--data", folder, "--port", "\(port)"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    static var program: URL {
        get throws {
            guard let here = Bundle.main.executableURL?.deletingLastPathComponent() else {
                throw Unmeasurable("where this program stands is not known")
            }
            return here.appending(path: "vanthu")
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Waits for the first page that is really one.
    func firstPage(_ path: String, cookie: String) async throws -> String {
        for _ in 0..<2000 {
            if let page = try await page(path, cookie: cookie) { return page }
            if !process.isRunning { break }
            try await Task.sleep(for: .milliseconds(3))
        }
        throw Unmeasurable("\(path) was never shown")
    }

    /// Nil while nobody answers; anything but a page is an error.
    private func page(_ path: String, cookie: String) async throws -> String? {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { return nil }
        var request = URLRequest(url: url)
        request.httpShouldHandleCookies = false
        request.setValue("vanthu=\(cookie)", forHTTPHeaderField: "Cookie")
        guard let (body, response) = try? await URLSession.shared.data(for: request) else { return nil }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else { throw Unmeasurable("\(path) answered \(status)") }
        return String(decoding: body, as: UTF8.self)
    }

    /// Seconds of processor time the server has used so far.
    func processorTime() throws -> Double {
        let fields =
            try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
            .split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw Unmeasurable("the server's processor time is not known")
        }
        return (user + system) / 100
    }

    /// Resident memory in megabytes: now, and the most there ever was.
    func memory() throws -> (now: Double, most: Double) {
        let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        func field(_ name: String) -> Double {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return (Double(line.filter(\.isNumber)) ?? 0) / 1024
        }
        return (field("VmRSS:"), field("VmHWM:"))
    }
}

/// One run of wrk.
struct Load {
    let requestsASecond: Double
    let median: Double
    let p99: Double

    init(
        _ server: Served, _ path: String, cookie: String = "", connections: Int = 64, seconds: Int,
        script: String? = nil
    ) throws {
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        var arguments = [
            "wrk", "-t\(min(2, connections))", "-c\(connections)", "-d\(seconds)s", "--latency", "-H",
            "Cookie: vanthu=\(cookie)",
        ]
        if let script { arguments += ["-s", script] }
        process.arguments = arguments + ["http://127.0.0.1:\(server.port)\(path)"]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let rate = Self.value("Requests/sec:", in: text).flatMap(Double.init),
            let median = Self.value("50%", in: text).flatMap(Self.seconds),
            let p99 = Self.value("99%", in: text).flatMap(Self.seconds)
        else { throw Unmeasurable("wrk is not installed or did not answer: \(text)") }
        if text.contains("Non-2xx") { throw Unmeasurable("\(path) was refused under load: \(text)") }
        (self.requestsASecond, self.median, self.p99) = (rate, median, p99)
    }

    private static func value(_ name: String, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == Substring(name), words.count > 1 { return String(words[1]) }
        }
        return nil
    }

    /// "1.23ms", "870.00us", "1.10s".
    private static func seconds(_ text: String) -> Double? {
        for (unit, scale) in [("us", 1e-6), ("ms", 1e-3), ("s", 1.0)] where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.count)).map { $0 * scale }
        }
        return nil
    }
}
