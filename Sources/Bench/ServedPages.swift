// "Việc của tôi" and the list of arrivals as a signed-in head gets them, from the real server, beside a route that does
// nothing; then how much memory that took, how soon a new server shows its first page, and how large the database is.
import Domain
import DualSQL
import Foundation
import Operations
import Store

struct ServedPages {
    let documents: Int
    let seconds: Int
    let keep: String?

    private static let pages = [
        ("Việc của tôi", "/phong-tu-phap/viec"), ("list of 50", "/phong-tu-phap/van-ban-den"),
    ]

    /// `previous` holds the p99 of each page at the smaller size.
    func run(previous: inout [String: Double]) async throws {
        let folder = (keep ?? NSTemporaryDirectory()) + "/vanthu-bench-\(documents)"
        defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let (cookie, bytes) = try await prepare(folder)
        try await measure(folder, cookie, &previous)
        try await coldStart(folder, cookie)
        Report.line("\(size): database", Report.number(bytes / Double(documents)) + " bytes a document")
    }

    private var size: String { Report.number(Double(documents)) }

    private func prepare(_ folder: String) async throws -> (cookie: String, bytes: Double) {
        let file = folder + "/vanthu.sqlite"
        let isFilled = FileManager.default.fileExists(atPath: file)
        let ground = try await BenchOffice.make(
            in: folder, .sqlite(path: file), ["phong-tu-phap", "phong-noi-vu"], MovableClock())
        defer { ground.office.database.close() }
        if !isFilled { try await FilledRegister(ground: ground, documents: documents).fill() }
        let bytes = try await ground.office.database.read { connection -> Double in
            let own: Int? = try connection.first(
                "SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE 'bench%'"
            ) { try $0[0] }
            return Double(own ?? 0)
        }
        return (try await ground.signIn("tp.tuphap").cookie, bytes)
    }

    private func measure(_ folder: String, _ cookie: String, _ previous: inout [String: Double]) async throws
    {
        let server = try Served(folder: folder)
        defer { server.stop() }
        for (name, path) in Self.pages {
            let page = try await server.firstPage(path, cookie: cookie)
            guard page.contains("STP-HCTP") else { throw Unmeasurable("\(path) shows no document") }
            _ = try Load(server, path, cookie: cookie, seconds: 2)
            let used = try server.processorTime()
            let load = try Load(server, path, cookie: cookie, seconds: seconds)
            let cost = (try server.processorTime() - used) / (load.requestsASecond * Double(seconds))
            let rate = Report.number(load.requestsASecond)
            Report.line(
                "\(size): \(name) (\(page.utf8.count / 1024) KB)",
                "\(rate) pages/s, p50 \(Report.milliseconds(load.median)), p99 \(Report.milliseconds(load.p99))",
                aim: "≥ 4,000 pages/s", met: load.requestsASecond >= 4000)
            Report.line("\(size): \(name), the server's processor time a page", Report.microseconds(cost))
            if let before = previous[name] {
                Report.line(
                    "\(size): \(name), p99 beside the smaller register",
                    Report.number(load.p99 / before, decimals: 2) + " ×", aim: "≤ 2 ×",
                    met: load.p99 <= 2 * before)
            }
            previous[name] = load.p99
        }
        let empty = try Load(server, "/suc-khoe", seconds: seconds)
        Report.line(
            "\(size): empty route",
            "\(Report.number(empty.requestsASecond)) answers/s, p99 \(Report.milliseconds(empty.p99))")
        let memory = try server.memory()
        Report.line(
            "\(size): memory of the server after the run",
            "\(Report.number(memory.now)) MB resident (at most \(Report.number(memory.most)) MB)",
            aim: "< 120 MB",
            met: memory.now < 120)
    }

    private func coldStart(_ folder: String, _ cookie: String) async throws {
        var times: [Double] = []
        for _ in 0..<3 {
            let clock = ContinuousClock(), begin = clock.now
            let server = try Served(folder: folder)
            defer { server.stop() }
            _ = try await server.firstPage(Self.pages[0].1, cookie: cookie)
            times.append((clock.now - begin).inSeconds)
        }
        let median = times.sorted()[1]
        Report.line(
            "\(size): start to first page", Report.milliseconds(median), aim: "< 1 s", met: median < 1)
    }
}
