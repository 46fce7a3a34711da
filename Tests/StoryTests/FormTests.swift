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

/// What a form must be before anything is done, and what becomes of it when it comes twice or too late.
struct FormTests {
    @Test(
        "H2: no address takes a form without the page's seal, or with a wrong one, and nothing changes",
        arguments: DatabaseKind.available)
    func foreign(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let full = try await FullOffice(office.world)
            let before = try await office.everything()
            for login in FullOffice.staff {
                let browser = try await office.signedIn(login)
                let seal = await browser.seal(of: try await browser.get("/phong-tu-phap/viec"))
                for route in PageRoutes.all where route.method == .post {
                    let path = full.path(route)
                    var forged = seal
                    forged[FormFields.csrf] = "khong-phai-cua-trang-nay"
                    for form in [[:], forged] {
                        #expect(try await browser.post(path, form).status == .forbidden, "\(login) \(path)")
                    }
                }
            }
            #expect(try await office.everything() == before)
        }
    }

    @Test(
        "A2, H5: what is the clerk's or the leader's is refused to an officer with 403, and nothing changes",
        arguments: DatabaseKind.available)
    func officer(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let full = try await FullOffice(office.world)
            let before = try await office.everything()
            let browser = try await office.signedIn("cv1.tuphap")
            let seal = await browser.seal(of: try await browser.get("/phong-tu-phap/viec"))
            let closed = [
                "van-ban-den/dang-ky", "van-ban-den/tiep-nhan/:id/tiep-nhan",
                "van-ban-den/tiep-nhan/:id/tu-choi",
                "van-ban-den/:year/:number/chi-dao", "van-ban-den/:year/:number/ban-giay", "du-thao/:code/ky",
                "van-ban-di/phat-hanh/:code/phat-hanh",
                "van-ban-di/phat-hanh/:code/tra-lai-nguoi-ky", "van-ban-di/phat-hanh/:code/huy-so",
                "van-ban-di/phat-hanh/:code/tim-noi-nhan", "danh-ba/them", "danh-ba/:id/sua",
                "danh-ba/nhom/:group/xoa", "van-ban-di/phat-hanh/:code/luu-nhom",
                "van-ban-den/tiep-nhan/:id/quet-lai", "van-ban-den/tiep-nhan/:id/sua-thong-tin",
                "van-ban-di/:year/:register/:number/lay-lai",
                "van-ban-di/:year/:register/:number/cap-nhat",
                "van-ban-di/:year/:register/:number/gui-lai",
                "van-ban-di/:year/:register/:number/gui-them",
                "van-ban-di/:year/:register/:number/ghi-tinh-trang", "lien-thong/goi-tin/:id/gui-lai",
                "lien-thong/goi-tin/:id/thoi-gui", "lien-thong/goi-den/:id/doc-lai",
                "lien-thong/goi-den/:id/bo-qua", "lien-thong/kenh/tam-dung", "lien-thong/kenh/mo-lai",
            ]
            for route in PageRoutes.all where route.method == .post && closed.contains(route.path) {
                var form = seal
                form[FormFields.act] = UUID().uuidString
                form[FormFields.version] = "1"
                form[FormFields.reason] = "Sai thể thức"
                form[FormFields.pin] = StoryWorld.pin
                form[FormFields.date] = "12/05/2026"
                form[FormFields.director] = try await office.world.position("tp.tuphap").id.description
                let answer = try await browser.post(full.path(route), form)
                // What an officer may not even see is not there.
                #expect([403, 404].contains(answer.status.code), "\(route.path): \(answer.status.code)")
                #expect(!answer.text.contains(StoryWorld.pin))
            }
            #expect(try await office.everything() == before)
            let log = try await office.accessLog()
            #expect(log.count { $0 == "denied" } >= 2, "\(log)")
        }
    }

    @Test(
        "decision 14: a form made for one position is refused with 409 while another one is active",
        arguments: DatabaseKind.available)
    func otherPosition(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: TwoPlaces.agencies) { office in
            let browser = try await office.signedIn(TwoPlaces.login)
            try await TwoPlaces.choose("van-phong-hdnd-va-ubnd", office, browser)
            let form = await browser.seal(of: try await browser.get("/van-phong-hdnd-va-ubnd/du-thao/lap"))
            try await TwoPlaces.choose("ubnd-thanh-pho", office, browser)
            for path in ["/van-phong-hdnd-va-ubnd/du-thao/lap", "/ubnd-thanh-pho/du-thao/lap"] {
                let answer = try await browser.post(path, form)
                #expect(answer.status == .conflict, "\(path)")
                #expect(answer.text.contains("vị trí công tác khác"), "\(path)")
            }
            // Nor may a form leave out whose it is.
            var bare = form
            bare[FormFields.position] = nil
            #expect(try await browser.post("/ubnd-thanh-pho/du-thao/lap", bare).status == .conflict)
            #expect(try await office.count("draft") == 0)
        }
    }

    @Test(
        "decision 21: a form sent into an ended session is kept half an hour and can be sent after sign-in, never its PIN",
        arguments: DatabaseKind.available)
    func held(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            let browser = try await office.signedIn("cv1.tuphap")
            var form = await browser.seal(of: try await browser.get("/phong-tu-phap/du-thao/lap"))
            form[FormFields.type] = "cong-van"
            form[FormFields.abstract] = "về việc điều chỉnh lịch trực tiếp công dân"
            form[FormFields.pin] = "135790"
            form[FormFields.password] = "bi-mat-cua-toi"
            let cookies = await browser.cookies, typed = form
            try await office.expireSessions()
            try await office.restarted { again in
                let browser = again.browser()
                await browser.set(cookies: cookies)
                let sent = try await browser.post("/phong-tu-phap/du-thao/lap", typed)
                #expect(sent.status == .seeOther && sent.location == "/dang-nhap?giu=1")
                let kept = try await again.heldFields()
                #expect(kept.contains("lịch trực tiếp công dân"))
                #expect(
                    !kept.contains("135790") && !kept.contains("bi-mat") && !kept.contains(FormFields.csrf))
                // Another person at the same machine does not see it.
                let other = again.browser()
                let entered = try await other.signIn("cv2.tuphap")
                #expect(entered.location == "/phong-tu-phap/viec")
                let back = try await browser.signIn("cv1.tuphap")
                #expect(back.location == "/noi-dung-giu-lai")
                let page = try await browser.get("/noi-dung-giu-lai")
                #expect(page.text.contains("về việc điều chỉnh lịch trực tiếp công dân"))
                #expect(!page.text.contains("135790"))
                var resent = await browser.seal(of: page)
                for name in [FormFields.type, FormFields.abstract] { resent[name] = page.hidden(name) }
                let done = try await browser.post("/phong-tu-phap/du-thao/lap", resent)
                #expect(done.status == .seeOther && done.location.hasPrefix("/phong-tu-phap/du-thao/1"))
                let drafts = try await again.count("draft")
                #expect(drafts == 1)
            }
        }
    }

    @Test("decision 21: after half an hour what was typed is gone; nothing is kept for a cookie nobody had")
    func heldTooLong() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let stranger = office.browser()
            await stranger.set(cookies: ["vanthu": SessionToken.make()])
            let sent = try await stranger.post("/phong-tu-phap/du-thao/lap", [FormFields.abstract: "x"])
            #expect(sent.location == "/dang-nhap")
            #expect(try await office.count("held_form") == 0)
            let browser = try await office.signedIn("cv1.tuphap"), cookies = await browser.cookies
            try await office.expireSessions()
            try await office.restarted { again in
                let browser = again.browser()
                await browser.set(cookies: cookies)
                _ = try await browser.post("/phong-tu-phap/du-thao/lap", [FormFields.abstract: "nội dung cũ"])
                try await again.world.office.database.write { connection in
                    try connection.execute("UPDATE held_form SET at = at - \(Int64(31) * 60 * 1_000_000)")
                }
                let back = try await browser.signIn("cv1.tuphap")
                #expect(back.location == "/phong-tu-phap/viec")
                let page = try await browser.get("/noi-dung-giu-lai")
                #expect(page.status == .seeOther)
            }
        }
    }

    @Test(
        "decision 21: the same form sent twice, one after the other or at once, acts once and leads to the same place",
        arguments: DatabaseKind.available)
    func twice(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            let browser = try await office.signedIn("vt.tuphap")
            let path = try await office.upload(browser)
            let form = try await office.registration(browser, path)
            async let first = browser.post(path, form)
            async let second = browser.post(path, form)
            let third = try await browser.post(path, form)
            let answers = [try await first, try await second, third]
            #expect(answers.allSatisfy { $0.status == .seeOther })
            #expect(Set(answers.map(\.location)).count == 1, "\(answers.map(\.location))")
            #expect(third.location.hasPrefix("/phong-tu-phap/van-ban-den/2026/1"))
            #expect(try await office.count("arrival") == 1)
        }
    }

    @Test("bad input: a missing field is named, and what was typed and uploaded is still there")
    func incomplete() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let browser = try await office.signedIn("vt.tuphap")
            let path = try await office.upload(browser)
            var form = try await office.registration(browser, path)
            form[FormFields.abstract] = ""
            form[FormFields.issuingAgency] = "Sở <b>Tư pháp</b> & \"Kiên Giang\""
            let answer = try await browser.post(path, form)
            #expect(answer.status == .unprocessableContent)
            #expect(
                answer.text.contains("Sở &lt;b&gt;Tư pháp&lt;/b&gt;") && !answer.text.contains("<b>Tư pháp"))
            form[FormFields.abstract] = "cung cấp số liệu"
            form[FormFields.act] = answer.hidden(FormFields.act)
            #expect(try await browser.post(path, form).status == .seeOther)
            #expect(try await office.count("arrival") == 1)
        }
    }

    @Test(
        "bad input: a body over the limit, a broken upload and a file that is no PDF are refused, and nothing is left"
    )
    func bodies() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let browser = try await office.signedIn("vt.tuphap")
            let path = "/phong-tu-phap/van-ban-den/dang-ky"
            let page = try await browser.get(path)
            var form = await browser.seal(of: page)
            form[FormFields.abstract] = String(repeating: "a", count: 1_200_000)
            #expect(try await browser.post(path, form).status == .contentTooLarge)
            form[FormFields.abstract] = nil
            let whole = Upload.body(form, file: Array("%PDF-1.7 khong phai".utf8), name: "a.pdf")
            let broken = try await browser.post(path, body: Array(whole.dropLast(20)), type: Upload.type)
            #expect(broken.status == .forbidden)
            for bytes in [[], Array("khong phai PDF".utf8), Array("%PDF-1.7\nrac".utf8)] {
                let body = Upload.body(form, file: bytes, name: "a.pdf")
                let answer = try await browser.post(path, body: body, type: Upload.type)
                #expect(
                    answer.status == .unprocessableContent && answer.text.contains("Chưa"), "\(bytes.count)")
            }
            #expect(try await office.count("staged_file") == 0)
        }
    }
}

/// multipart/form-data as a browser writes it.
enum Upload {
    private static let boundary = "----VanThuThuNghiem"
    static let type = "multipart/form-data; boundary=\(boundary)"

    static func body(_ fields: [String: String], file: [UInt8], name: String) -> [UInt8] {
        var body: [UInt8] = []
        for (field, value) in fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let head = "Content-Disposition: form-data; name=\"\(FormFields.file)\"; filename=\"\(name)\""
        body += Array("--\(boundary)\r\n\(head)\r\nContent-Type: application/pdf\r\n\r\n".utf8)
        return body + file + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}

extension ServerWorld {
    /// Uploads the story's letter; where its particulars are filled in.
    func upload(_ browser: Browser) async throws -> String {
        let page = try await browser.get("/phong-tu-phap/van-ban-den/dang-ky")
        let letter = try WorldFiles.bytes("letters/" + StoryWorld.storyLetter)
        let body = Upload.body(await browser.seal(of: page), file: letter, name: "công văn.pdf")
        let answer = try await browser.post(
            "/phong-tu-phap/van-ban-den/dang-ky", body: body, type: Upload.type)
        #expect(answer.status == .seeOther, "\(answer.text.suffix(400))")
        return answer.location
    }

    func registration(_ browser: Browser, _ path: String) async throws -> [String: String] {
        var form = await browser.seal(of: try await browser.get(path))
        form.merge([
            FormFields.number: "482", FormFields.notation: "STP-HCTP", FormFields.date: "08/05/2026",
            FormFields.issuingAgency: "Sở Tư pháp tỉnh Kiên Giang", FormFields.type: "cong-van",
            FormFields.abstract: "cung cấp số liệu đăng ký hộ tịch", FormFields.pages: "1",
            FormFields.director: try await world.position("tp.tuphap").id.description,
        ]) { $1 }
        return form
    }

    func expireSessions() async throws {
        try await world.office.database.write { connection in
            try connection.execute("UPDATE session SET expires_at = 1")
        }
    }

    func heldFields() async throws -> String {
        try await world.office.database.read { connection in
            try connection.first("SELECT fields FROM held_form") { try $0[0] } ?? ""
        }
    }

    /// How many rows each table has that an act writes, and how far every chain has grown.
    func everything() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in [
            "arrival", "directive", "assignment", "receipt", "draft", "draft_version", "draft_file",
            "routing_step",
            "routing_decision", "signed_file", "prepared_file", "issuance", "document", "delivery",
            "delivery_event",
            "outbox", "journal", "desk_item", "act",
        ] {
            counts[table] = try await count(table)
        }
        return counts
    }
}
