// Registering as the browser does it: forms posted by wrk to the real server, each a staged letter of its own. What
// counts is what stands in the register afterwards.
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit

struct RegistrationsOverHTTP {
    let clients: Int
    let seconds: Int
    private static let staged = 40_000

    func run() async throws {
        let folder = NSTemporaryDirectory() + "/vanthu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ground = try await BenchOffice.make(
            in: folder, .sqlite(path: folder + "/vanthu.sqlite"), ["phong-tu-phap", "phong-noi-vu"],
            MovableClock())
        let clerk = try await ground.world.position("vt.tuphap"),
            head = try await ground.world.position("tp.tuphap")
        let (cookie, csrf) = try await ground.signIn("vt.tuphap")
        let letters = try await ground.stageLetters(Self.staged, for: clerk)
        let script = folder + "/forms.lua"
        try Self.script(letters, clerk: clerk, head: head, csrf: csrf, folder: folder)
            .write(toFile: script, atomically: true, encoding: .utf8)
        ground.office.database.close()

        let server = try Served(folder: folder)
        _ = try await server.firstPage("/phong-tu-phap/viec", cookie: cookie)
        let load = try Load(
            server, "/", cookie: cookie, connections: clients, seconds: seconds, script: script)
        server.stop()

        let database = try Database.open(.sqlite(path: folder + "/vanthu.sqlite"))
        defer { database.close() }
        let (kept, distinct, gaps) = try await database.read {
            try RegisterCheck.numbers(of: clerk.agency, $0)
        }
        guard kept > 0, distinct == kept, gaps == 0 else {
            throw Unmeasurable("\(kept) registered, \(distinct) distinct numbers, \(gaps) gaps")
        }
        Report.line(
            "\(clients) clients: registrations over HTTP",
            "\(Report.number(Double(kept) / Double(seconds))) /s, p50 \(Report.milliseconds(load.median)), p99 \(Report.milliseconds(load.p99))"
        )
        Report.line(
            "\(clients) clients: numbers", "\(kept) kept, \(distinct) distinct, \(gaps) gaps", aim: "0 gaps",
            met: true)
    }

    /// Each of wrk's threads goes through its own half of the letters.
    private static func script(
        _ letters: [ID<StagedFile>], clerk: Position, head: Position, csrf: String, folder: String
    ) throws -> String {
        let list = folder + "/letters.txt"
        try letters.map(\.description).joined(separator: "\n").write(
            toFile: list, atomically: true, encoding: .utf8)
        return """
            local threads = 0
            function setup(thread)
              thread:set("part", threads)
              threads = threads + 1
            end
            function init(args)
              letters = {}
              local line = 0
              for id in io.lines("\(list)") do
                if line % 2 == part then letters[#letters + 1] = id end
                line = line + 1
              end
              at = 0
            end
            function request()
              at = at + 1
              local id = letters[at]
              if id == nil then return wrk.format("GET", "/suc-khoe") end
              local body = "_csrf=\(csrf)&_act=bench-" .. id .. "&_vi-tri=\(clerk.id)&ngay-van-ban=08%2F05%2F2026"
                .. "&so-trang=1&co-quan-ban-hanh=S%E1%BB%9F+T%C6%B0+ph%C3%A1p&loai=cong-van&ky-hieu=STP-HCTP"
                .. "&trich-yeu=cung+c%E1%BA%A5p+s%E1%BB%91+li%E1%BB%87u+%C4%91%C4%83ng+k%C3%BD+h%E1%BB%99+t%E1%BB%8Bch"
                .. "&do-khan=thuong&chuyen-den=\(head.id)&nguoi-ky=&so=" .. part .. at
              return wrk.format("POST", "/phong-tu-phap/van-ban-den/dang-ky?tep=" .. id,
                {["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = wrk.headers["Cookie"]}, body)
            end
            """
    }
}
