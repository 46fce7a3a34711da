import Domain
import DualSQL
import Foundation
import HTTPTypes
import Operations
import Pages
import Server
import Store
import TestKit
import Testing

/// Every address of the table of pages, asked for by those who have no right there, and by those who have.
struct AddressTests {
    @Test(
        "A2, H2: every address of another agency answers 404, read or written, and 303 to sign-in without a session",
        arguments: DatabaseKind.available)
    func strangers(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let full = try await FullOffice(office.world)
            let nobody = office.browser()
            var neighbours: [(Browser, [String: String])] = []
            for login in ["vt.noivu", "tp.noivu"] {
                let browser = try await office.signedIn(login)
                neighbours.append(
                    (browser, await browser.seal(of: try await browser.get("/phong-noi-vu/viec"))))
            }
            let before = try await office.count("journal")
            for route in PageRoutes.all {
                let path = full.path(route)
                for (browser, seal) in neighbours {
                    let answer =
                        try await route.method == .post ? browser.post(path, seal) : browser.get(path)
                    #expect(answer.status == .notFound, "\(route.method) \(path)")
                    #expect(!answer.text.contains("hộ tịch"), "\(path)")
                }
                let answer = try await route.method == .post ? nobody.post(path, [:]) : nobody.get(path)
                #expect(answer.status == .seeOther && answer.location.hasPrefix("/dang-nhap"), "\(path)")
            }
            #expect(try await office.count("journal") == before)
            let log = try await office.accessLog()
            #expect(log.count { $0 == "denied" } == PageRoutes.all.count * neighbours.count)
        }
    }

    @Test(
        "decision 33: every page and file of the own agency is there for somebody, with the security headers and never as a script",
        arguments: DatabaseKind.available)
    func ownPages(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let full = try await FullOffice(office.world)
            var browsers: [Browser] = []
            for login in FullOffice.staff { browsers.append(try await office.signedIn(login)) }
            for route in PageRoutes.all where route.method == .get {
                let path = full.path(route)
                var seen: Set<Int> = []
                for browser in browsers {
                    let answer = try await browser.get(path)
                    seen.insert(answer.status.code)
                    expectSecure(answer, path)
                    if answer.status == .ok && !answer.header("Content-Type").hasPrefix("text/html") {
                        expectFile(answer, path)
                    }
                }
                #expect(seen.contains(200), "\(path): \(seen)")
                #expect(!seen.contains(500), "\(path)")
            }
        }
    }

    @Test(
        "decision 33: sign-in, errors and assets carry the security headers; no file is reached by its hash")
    func outside() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let clerk = try await office.signedIn("vt.tuphap")
            _ = try await office.world.register(number: "1", as: try await office.world.actor("vt.tuphap"))
            let hash = try await office.world.office.database.read { connection in
                try connection.first("SELECT hash FROM document_file") { try $0[0] as String } ?? ""
            }
            #expect(hash.count == 64)
            let paths = [
                "/dang-nhap", "/khong-co", "/phong-tu-phap/khong-co", "/favicon.ico", "/suc-khoe",
                "/tai-nguyen/khong-co",
                "/tep/\(hash)", "/\(hash)", "/tai-nguyen/\(hash)", "/phong-tu-phap/tep/\(hash)",
                "/phong-tu-phap/tep-tam/\(hash)/trang/1.png", "/phong-tu-phap/van-ban-den/2026/1/tep/\(hash)",
                "/phong-tu-phap/tep-tam/..%2f..%2fetc%2fpasswd/trang/1.png",
                "/tai-nguyen/..%2f..%2fetc%2fpasswd",
            ]
            for path in paths {
                let answer = try await clerk.get(path)
                expectSecure(answer, path)
                if path.contains(hash) || path.contains("..") {
                    #expect(answer.status == .notFound, "\(path)")
                }
            }
        }
    }

    private func expectSecure(_ answer: Answer, _ path: String) {
        #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(path)")
        let policy = answer.header("Content-Security-Policy")
        #expect(policy.contains("default-src") && !policy.contains("unsafe"), "\(path)")
        #expect(!answer.header("Referrer-Policy").isEmpty, "\(path)")
        #expect(!answer.header("Cache-Control").isEmpty, "\(path)")
        #expect(!answer.text.contains("<script>"), "\(path)")
    }

    /// Pictures are made by us; all else is an attachment in a sandbox.
    private func expectFile(_ answer: Answer, _ path: String) {
        if answer.header("Content-Type") == "image/png" { return }
        if answer.header("Content-Type").hasPrefix("application/json") {
            #expect(answer.header("Cache-Control") == "no-store", "\(path)")
            return
        }
        #expect(answer.header("Content-Disposition").hasPrefix("attachment; filename="), "\(path)")
        #expect(answer.header("Content-Security-Policy").contains("sandbox"), "\(path)")
    }
}
