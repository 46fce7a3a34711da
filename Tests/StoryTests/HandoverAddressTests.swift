import Domain
import DualSQL
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Operations
import PDFSignatures
import Pages
import Server
import Store
import TestKit
import Testing

/// The signing program's two public addresses, and what the page's script is told.
struct HandoverAddressTests {
    /// A head whose key is on a token, a draft at the head's step, and the page's form pressed.
    private func opened(_ office: ServerWorld) async throws -> (head: Browser, page: String, draft: Draft) {
        try await office.world.issueTokens(["tp.tuphap"], seals: [])
        let draft = try await office.world.draftForSignature(enclosure: nil)
        let head = try await office.signedIn("tp.tuphap")
        let sign = "/phong-tu-phap/du-thao/\(draft.code)/ky"
        let page = try await head.get(sign)
        #expect(page.text.contains("Ký bằng phần mềm VGCA"))
        #expect(!page.text.contains("name=\"pin\""))
        var form = await head.seal(of: page)
        form[FormFields.versionHash] = page.hidden(FormFields.versionHash)
        form[FormFields.draftRevision] = page.hidden(FormFields.draftRevision)
        let answer = try await head.post(sign + "-vgca", form)
        #expect(answer.status == .seeOther, "\(answer.text)")
        return (head, answer.location, draft)
    }

    private func connect(_ head: Browser, _ page: String) async throws -> JSONValue {
        let shown = try await head.get(page)
        let answer = try await head.post(page + "/noi", await head.seal(of: shown))
        return try APIJSON.decode(JSONValue.self, from: Array(answer.text.utf8))
    }

    private func multipart(_ file: [UInt8], field: String = "uploadfile") -> (body: [UInt8], type: String) {
        let head =
            "--ky\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"van-ban.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n"
        return (Array(head.utf8) + file + Array("\r\n--ky--\r\n".utf8), "multipart/form-data; boundary=ky")
    }

    private func addresses(_ request: JSONValue?) -> (fetch: String, bring: String) {
        (request?["FileName"]?.text ?? "", request?["FileUploadHandler"]?.text ?? "")
    }

    @Test(
        "D1: fetched and brought back without any session, as a form or as bare bytes; the page is told where to go",
        arguments: [true, false])
    func story(_ asForm: Bool) async throws {
        try await ServerWorld.with(.sqlite) { office in
            let (head, page, draft) = try await opened(office)
            let given = try await connect(head, page)
            let (fetch, bring) = addresses(given["request"])
            let served = try await office.bytes(fetch)
            let signed = try office.world.signed(served, by: "tp.tuphap")
            let (body, type) = asForm ? multipart(signed) : (signed, "application/octet-stream")
            let answer = try await office.browser().post(bring, body: body, type: type)
            #expect(answer.status == .ok)
            let told = try APIJSON.decode(JSONValue.self, from: Array(answer.text.utf8))
            #expect(told["Status"] == true && told["FileServer"]?.text?.isEmpty == false)
            let state = try APIJSON.decode(
                JSONValue.self, from: Array(try await head.get(page + "/trang-thai").text.utf8))
            #expect(state["state"]?.text == "returned")
            #expect(state["next"]?.text == "/phong-tu-phap/du-thao/\(draft.code)?xong=ky")
            #expect(try await office.world.reread(draft).state == .signed)
            #expect(try await head.get(page).status == .seeOther)
        }
    }

    @Test("H2: used and invented tokens answer 404 with nothing in it, and stand in the access log")
    func tokens() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let (head, page, _) = try await opened(office)
            let given = try await connect(head, page)
            let (fetch, bring) = addresses(given["request"])
            let before = try await office.count("access_log")
            let stranger = office.browser()
            let (body, type) = multipart([])
            #expect(try await stranger.post(bring, body: body, type: type).status == .notFound)
            let served = try await office.bytes(fetch)
            for path in [fetch, bring.replacing("/nop", with: "/van-ban.pdf"), "/ky-so/x/van-ban.pdf"] {
                let answer = try await stranger.get(path)
                #expect(answer.status == .notFound, "\(path)")
                #expect(!answer.text.contains("hộ tịch") && !answer.text.contains("DT-"), "\(path)")
            }
            let signed = multipart(try office.world.signed(served, by: "tp.tuphap"))
            #expect(try await stranger.post(bring, body: signed.body, type: type).status == .ok)
            #expect(try await stranger.post(bring, body: signed.body, type: type).status == .notFound)
            #expect(try await office.count("access_log") - before == 5)
        }
    }

    @Test("H2: what is refused is said to the program and to the page in the same words")
    func refused() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let (head, page, draft) = try await opened(office)
            let (fetch, bring) = addresses(try await connect(head, page)["request"])
            let served = try await office.bytes(fetch)
            let (body, type) = multipart(served)
            let answer = try await office.browser().post(bring, body: body, type: type)
            let told = try APIJSON.decode(JSONValue.self, from: Array(answer.text.utf8))
            #expect(told["Status"] == false)
            #expect(told["Message"]?.text?.hasPrefix("Tệp trả về chưa có chữ ký nào mới.") == true)
            let shown = try await head.get(page)
            #expect(shown.text.contains("Tệp trả về chưa có chữ ký nào mới."))
            #expect(try await office.world.reread(draft).state == .climbing)
            #expect(try await head.post(page + "/noi", await head.seal(of: shown)).status == .conflict)
        }
    }

    @Test("only this page may reach the signing program, only at its address; a foreign form gets no tokens")
    func policy() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let (head, page, _) = try await opened(office)
            let policy = try await head.get(page).header("Content-Security-Policy")
            #expect(policy.hasSuffix("; connect-src 'self' wss://127.0.0.1:8987"))
            #expect(policy.hasPrefix("default-src 'self'; frame-ancestors 'none'"))
            for other in ["/phong-tu-phap/viec", page + "/trang-thai"] {
                let answer = try await head.get(other)
                #expect(!answer.header("Content-Security-Policy").contains("127.0.0.1"), "\(other)")
            }
            #expect(try await head.post(page + "/noi", [:]).status == .forbidden)
            #expect(try await office.signedIn("pp.tuphap").get(page).status == .notFound)
        }
    }

    @Test(
        "a signing program is only ever looked for on the visitor's own machine",
        arguments: [
            ("wss://127.0.0.1:8987", true), ("ws://localhost:9000/", true), ("wss://10.0.0.1:8987", false),
            ("https://127.0.0.1:8987", false), ("wss://127.0.0.1", false),
            ("wss://127.0.0.1:8987/x; script-src *", false), ("", false),
        ])
    func toolAddress(_ text: String, _ isAllowed: Bool) {
        #expect((SigningToolAddress(text) != nil) == isAllowed, "\(text)")
    }
}

extension ServerWorld {
    /// A file as the program fetches it, without a session.
    func bytes(_ path: String) async throws -> [UInt8] {
        try await client.execute(uri: path, method: .get) { answer in
            #expect(answer.status == .ok, "\(path)")
            return Array(answer.body.readableBytesView)
        }
    }
}
