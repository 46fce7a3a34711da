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

/// Signing in and what a session is, through the pages.
struct SignInTests {
    @Test(
        "A4: a wrong password and an unknown login get the same answer, and both stand in the access log",
        arguments: DatabaseKind.available)
    func wrong(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            let browser = office.browser()
            let wrong = try await browser.signIn("vt.tuphap", password: "sai-mat-khau")
            let unknown = try await browser.signIn("khong-co-ai", password: "sai-mat-khau")
            #expect(wrong.status == .unprocessableContent && unknown.status == .unprocessableContent)
            func message(_ answer: Answer) -> String {
                String(answer.text.components(separatedBy: "role=\"alert\"").last?.prefix(200) ?? "")
            }
            #expect(message(wrong) == message(unknown))
            #expect(message(wrong).contains("Chưa đăng nhập được."))
            #expect(!wrong.text.contains("sai-mat-khau"))
            #expect(await browser.cookies["vanthu"] == nil)
            try await browser.signIn("vt.tuphap")
            #expect(await browser.cookies["vanthu"] != nil)
            #expect(try await office.accessLog() == ["wrongPassword", "unknownLogin", "signedIn"])
        }
    }

    @Test(
        "A4, decision 34: repeated failures slow down that account only; others at the same address go on",
        arguments: DatabaseKind.available)
    func slowAccount(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            let browser = office.browser()
            for _ in 1...12 { try await browser.signIn("vt.tuphap", password: "sai") }
            let held = try await browser.signIn("vt.tuphap")
            #expect(held.status == .unprocessableContent)
            #expect(held.text.contains("giây"))
            let log = try await office.accessLog()
            #expect(log.contains("slowedDown"))
            let other = office.browser()
            #expect(try await other.signIn("tp.tuphap").status == .seeOther)
            // The account itself is not locked: after the pause the right password opens it.
            var opened = false
            for _ in 1...200 where !opened { opened = try await browser.signIn("vt.tuphap").status == .seeOther }
            #expect(opened)
        }
    }

    @Test("decision 34: an address that tries many logins is slowed down; another address is not")
    func slowAddress() async throws {
        let trusted = AddressRange("127.0.0.0/8")
        try await ServerWorld.with(.sqlite, settings: { $0.behindProxy = [trusted].compactMap { $0 } }) { office in
            let attacker = office.browser()
            await attacker.comeFrom("203.0.113.9")
            for index in 1...26 { try await attacker.signIn("nguoi-\(index)", password: "sai") }
            #expect(try await attacker.signIn("vt.tuphap").status == .unprocessableContent)
            let clerk = office.browser()
            await clerk.comeFrom("198.51.100.4")
            #expect(try await clerk.signIn("vt.tuphap").status == .seeOther)
            let addresses = try await office.world.office.database.read { connection in
                try connection.rows("SELECT DISTINCT address FROM access_log ORDER BY address") { try $0[0] as String }
            }
            #expect(addresses == ["198.51.100.4", "203.0.113.9"])
        }
    }

    @Test("decision 32: without a trusted proxy a forwarded address does not count")
    func forged() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let browser = office.browser()
            await browser.comeFrom("203.0.113.9")
            try await browser.signIn("vt.tuphap")
            let address = try await office.world.office.database.read { connection in
                try connection.first("SELECT address FROM access_log") { try $0[0] as String }
            }
            #expect(address == "127.0.0.1")
        }
    }

    @Test("A3: a locked account does not come in, and its open session ends", arguments: DatabaseKind.available)
    func locked(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            let inside = try await office.signedIn("vt.tuphap")
            let account = try await office.world.position("vt.tuphap").account
            try await office.world.office.database.write { connection in
                try Tables(connection).accounts.setLocked(StoryWorld.morning, of: account)
            }
            let answer = try await office.browser().signIn("vt.tuphap")
            #expect(answer.status == .unprocessableContent)
            #expect(try await office.accessLog().last == "locked")
            let cookies = await inside.cookies
            try await office.restarted { again in
                let browser = again.browser()
                await browser.set(cookies: cookies)
                let isOut = try await browser.isSentToSignIn(from: "/phong-tu-phap/viec")
                #expect(isOut)
            }
        }
    }

    @Test("decision 32: the session's id is new at sign-in and at change of position; the old one is dead")
    func freshIDs() async throws {
        try await ServerWorld.with(.sqlite, agencies: TwoPlaces.agencies) { office in
            let browser = office.browser()
            await browser.set(cookies: ["vanthu": "chosen-by-someone-else"])
            try await browser.signIn(TwoPlaces.login)
            let first = await browser.cookies["vanthu"] ?? ""
            #expect(first.count == 43)
            try await TwoPlaces.choose("ubnd-thanh-pho", office, browser)
            let second = await browser.cookies["vanthu"] ?? ""
            #expect(second.count == 43 && second != first)
            #expect(try await browser.get("/ubnd-thanh-pho/viec").status == .ok)
            let old = office.browser()
            await old.set(cookies: ["vanthu": first])
            #expect(try await old.isSentToSignIn(from: "/ubnd-thanh-pho/viec"))
            let stored = try await office.world.office.database.read { connection in
                try connection.rows("SELECT id_hash FROM session") { try $0[0] as [UInt8] }
            }
            #expect(stored == [SessionToken.hash(second)])
        }
    }

    @Test("decision 32: the cookie is HttpOnly and SameSite=Lax, and Secure where HTTPS ends at a proxy")
    func cookieFlags() async throws {
        for (ranges, secure) in [([String](), false), (["127.0.0.0/8"], true)] {
            let proxies = ranges.compactMap(AddressRange.init)
            try await ServerWorld.with(.sqlite, settings: { $0.behindProxy = proxies }) { office in
                let answer = try await office.browser().signIn("vt.tuphap")
                let cookie = answer.headers[values: .setCookie].first { $0.hasPrefix("vanthu=") } ?? ""
                #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
                #expect(cookie.contains("Secure") == secure)
                #expect(!cookie.contains("Domain"))
            }
        }
    }

    @Test("A3: an issued password must be changed before anything else can be opened")
    func mustChange() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let account = try await office.world.position("cv1.tuphap").account
            let hash = Passwords.hash("mat-khau-cap-lan-dau")
            try await office.world.office.database.write { connection in
                try Tables(connection).accounts.setPassword(hash, mustChange: true, of: account)
            }
            let browser = office.browser()
            let entered = try await browser.signIn("cv1.tuphap", password: "mat-khau-cap-lan-dau")
            #expect(entered.location == "/doi-mat-khau")
            #expect(try await browser.get("/phong-tu-phap/viec").location == "/doi-mat-khau")
            #expect(try await browser.post("/phong-tu-phap/du-thao/lap", [:]).location == "/doi-mat-khau")
            let page = try await browser.get("/doi-mat-khau")
            var form = [
                FormFields.csrf: page.hidden(FormFields.csrf), FormFields.password: "mat-khau-cap-lan-dau",
                FormFields.newPassword: "mat-khau-cua-toi-2026", FormFields.repeatPassword: "khac",
            ]
            let refused = try await browser.post("/doi-mat-khau", form)
            #expect(refused.status == .unprocessableContent && !refused.text.contains("mat-khau-cua-toi"))
            form[FormFields.repeatPassword] = "mat-khau-cua-toi-2026"
            #expect(try await browser.post("/doi-mat-khau", form).status == .seeOther)
            #expect(try await browser.get("/phong-tu-phap/viec").status == .ok)
        }
    }

    @Test("A4: signing in never leads to another host")
    func openRedirect() async throws {
        try await ServerWorld.with(.sqlite) { office in
            for target in ["https://example.org/", "//example.org", "/\\example.org", "/%0d%0aX: y"] {
                let browser = office.browser()
                let page = try await browser.get("/dang-nhap")
                let answer = try await browser.post(
                    "/dang-nhap",
                    [
                        FormFields.csrf: page.hidden(FormFields.csrf), FormFields.login: "vt.tuphap",
                        FormFields.password: StoryWorld.password, FormFields.returnTo: target,
                    ])
                #expect(answer.location.hasPrefix("/") && !answer.location.contains("example"), "\(target)")
                #expect(answer.header("X").isEmpty)
            }
        }
    }

    @Test("A4: sign-in without the page's own form is refused, and signing out ends the session")
    func forms() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let bare = office.browser()
            let answer = try await bare.post(
                "/dang-nhap", [FormFields.login: "vt.tuphap", FormFields.password: StoryWorld.password])
            #expect(answer.status == .forbidden)
            let browser = try await office.signedIn("vt.tuphap")
            #expect(try await browser.post("/dang-xuat", [FormFields.csrf: "x"]).status == .forbidden)
            let seal = await browser.seal(of: try await browser.get("/phong-tu-phap/viec"))
            let cookies = await browser.cookies
            #expect(try await browser.post("/dang-xuat", seal).location == "/dang-nhap?ra=1")
            await browser.set(cookies: cookies)
            #expect(try await browser.isSentToSignIn(from: "/phong-tu-phap/viec"))
            #expect(try await office.accessLog() == ["signedIn", "signedOut"])
        }
    }
}

extension ServerWorld {
    /// Outcomes, oldest first.
    func accessLog() async throws -> [String] {
        try await world.office.database.read { connection in
            try connection.rows("SELECT outcome FROM access_log ORDER BY at, id") { try $0[0] }
        }
    }
}

/// A person with a position in the city's office and one in the city itself.
enum TwoPlaces {
    static let agencies: Set<String> = ["ubnd-thanh-pho", "van-phong-hdnd-va-ubnd"]
    static let login = "cvp.vanphong"

    @discardableResult
    static func choose(_ slug: String, _ office: ServerWorld, _ browser: Browser) async throws -> Answer {
        guard case .position(let position) = try await office.world.actor(login, in: slug) else {
            throw Refused(.notFound)
        }
        let page = try await browser.get("/chon-vi-tri")
        return try await browser.post(
            "/chon-vi-tri",
            [FormFields.csrf: page.hidden(FormFields.csrf), FormFields.choice: position.id.description])
    }
}
