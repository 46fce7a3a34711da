import BlobStorage
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Operations
import Pages
import Server
import Store
import TestKit
import Testing

/// The page for everybody: authenticity, and nothing else.
struct CheckPageTests {
    private static func issued(_ world: StoryWorld) async throws -> (code: String, letter: [UInt8]) {
        try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
        let issued = try await world.issue(try await world.signedDraft(enclosure: nil))
        let letter = try world.bytes(try await world.issuedLetter(issued))
        let code = try await world.office.read { try $0.checkCodes.find(of: issued.issuance.id) }
        return (try #require(code), letter)
    }

    private func multipart(_ csrf: String, name: String, _ file: [UInt8]) -> (body: [UInt8], type: String) {
        let mark = "----vanthu"
        var body = Array(
            "--\(mark)\r\nContent-Disposition: form-data; name=\"\(FormFields.csrf)\"\r\n\r\n\(csrf)\r\n".utf8
        )
        body += Array(
            "--\(mark)\r\nContent-Disposition: form-data; name=\"\(FormFields.file)\"; filename=\"\(name)\"\r\n\r\n"
                .utf8)
        return (body + file + Array("\r\n--\(mark)--\r\n".utf8), "multipart/form-data; boundary=\(mark)")
    }

    @Test(
        "D10: whoever has the code of an issued document learns that it is genuine, and nothing of its content",
        arguments: DatabaseKind.available)
    func code(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { server in
            let (code, _) = try await Self.issued(server.world)
            try await server.world.judgeAll()
            let stranger = server.browser()
            let page = try await stranger.get("/kiem-tra?ma=\(code.lowercased())")
            #expect(page.status == .ok)
            for words in ["Có văn bản mang mã này", "01/PTP", "Hà Minh Đương", "12/5/2026", "như bản gốc"] {
                #expect(page.text.contains(words), "\(words)")
            }
            let abstract = try await server.world.office.database.read { connection in
                try connection.first("SELECT abstract FROM document WHERE issued_by IS NOT NULL") {
                    try $0[0] as String
                } ?? ""
            }
            #expect(!abstract.isEmpty && !page.text.contains(abstract))
            #expect(!page.text.contains("/phong-tu-phap/"))
            #expect(page.header("Cache-Control") == "no-store")
        }
    }

    @Test("A wrong code, half a code and no code at all are answered alike, whatever is issued here")
    func wrongCodes() async throws {
        try await ServerWorld.with(.sqlite, agencies: FullOffice.agencies) { server in
            let (code, _) = try await Self.issued(server.world)
            var pages: Set<String> = []
            for wrong in ["0000-0000-0000-0000", "khong-phai-ma", String(code.dropLast()), "%27%20OR%201=1"] {
                let page = try await server.browser().get("/kiem-tra?ma=\(wrong)")
                #expect(page.status == .ok)
                #expect(page.text.contains("Không có văn bản nào"))
                pages.insert(page.text.replacing(/value="[^"]*"/, with: ""))
            }
            #expect(pages.count == 1, "\(pages.map { $0.suffix(900) })")
        }
    }

    @Test("D10: a file that anyone sends gets its verdict and is nowhere afterwards")
    func file() async throws {
        try await ServerWorld.with(.sqlite, agencies: FullOffice.agencies) { server in
            let (_, letter) = try await Self.issued(server.world)
            let stranger = server.browser()
            let csrf = try await stranger.get("/kiem-tra").hidden(FormFields.csrf)
            let other = letter + Array("\n% thêm\n".utf8)
            let before = server.world.office.blobs.all().reduce(0) { count, _ in count + 1 }
            for (bytes, words) in [
                (letter, "có giá trị pháp lý như bản gốc"), (other, "Có chữ ký không hợp lệ"),
            ] {
                let form = multipart(csrf, name: "cong-van.pdf", bytes)
                let page = try await stranger.post("/kiem-tra", body: form.body, type: form.type)
                #expect(page.status == .ok)
                #expect(page.text.contains(words), "\(words)")
            }
            let unsigned = multipart(
                csrf, name: "<b>.pdf", try WorldFiles.bytes("letters/" + StoryWorld.storyLetter))
            let page = try await stranger.post("/kiem-tra", body: unsigned.body, type: unsigned.type)
            #expect(page.text.contains("Không ký số") || page.text.contains("Tệp không có chữ ký số"))
            #expect(page.text.contains("&lt;b&gt;.pdf"))
            #expect(server.world.office.blobs.all().reduce(0) { count, _ in count + 1 } == before)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: FileManager.default.temporaryDirectory.path())
            #expect(!left.contains { $0.hasPrefix("vanthu-kiem-tra-") })
        }
    }

    @Test("What is no PDF, no file, too large or sent by another site's form is refused in words")
    func refusals() async throws {
        try await ServerWorld.with(.sqlite) { server in
            let stranger = server.browser()
            let csrf = try await stranger.get("/kiem-tra").hidden(FormFields.csrf)
            func post(_ csrf: String, _ name: String, _ file: [UInt8]) async throws -> Answer {
                let form = multipart(csrf, name: name, file)
                return try await stranger.post("/kiem-tra", body: form.body, type: form.type)
            }
            let foreign = try await post("khac", "a.pdf", Array("%PDF".utf8))
            #expect(foreign.status.code >= 400 && !foreign.text.contains("Kết quả"))
            let text = try await post(csrf, "a.pdf", Array("không phải PDF".utf8))
            #expect(text.status == .unprocessableContent && text.text.contains("Chưa kiểm tra được tệp."))
            #expect(try await post(csrf, "", []).status == .unprocessableContent)
            let large = try await post(
                csrf, "a.pdf", [UInt8](repeating: 32, count: (CheckPage.fileLimitMegabytes << 20) + 1))
            #expect(
                large.status == .contentTooLarge && large.text.contains("\(CheckPage.fileLimitMegabytes) MB"))
        }
    }

    @Test("One address may ask ten times and then slowly; others are not kept waiting")
    func pace() async throws {
        try await ServerWorld.with(
            .sqlite, settings: { $0.behindProxy = [AddressRange("127.0.0.1/32")].compactMap { $0 } }
        ) { server in
            let eager = server.browser()
            await eager.comeFrom("203.0.113.7")
            var refused = 0
            for _ in 0..<40 {
                let page = try await eager.get("/kiem-tra?ma=0000-0000-0000-0000")
                if page.status == .tooManyRequests {
                    refused += 1
                    #expect(page.text.contains("hỏi quá nhiều lần"))
                    #expect(Int(page.header("Retry-After")) ?? 0 > 0)
                }
            }
            #expect(refused >= 5)
            let calm = server.browser()
            await calm.comeFrom("203.0.113.8")
            #expect(try await calm.get("/kiem-tra?ma=0000-0000-0000-0000").status == .ok)
            // Looking at the page costs nothing.
            #expect(try await eager.get("/kiem-tra").status == .ok)
        }
    }

    @Test("D10: the page of an issued document shows its code, and a QR code where the address is known")
    func printed() async throws {
        try await ServerWorld.with(
            .sqlite, agencies: FullOffice.agencies,
            settings: { $0.publicAddress = "https://vanban.example.vn" }
        ) { server in
            let (code, _) = try await Self.issued(server.world)
            let clerk = try await server.signedIn("vt.tuphap")
            let page = try await clerk.get("/phong-tu-phap/van-ban-di/2026/cong-van/1")
            #expect(page.text.contains("Đang kiểm tra chữ ký"))
            #expect(page.text.contains(String(code.prefix(4)) + "-"))
            #expect(page.text.contains("<svg class=\"qr\""))
            try await server.world.judgeAll()
            let judged = try await clerk.get("/phong-tu-phap/van-ban-di/2026/cong-van/1")
            #expect(judged.text.contains("Có giá trị như bản gốc"))
            let list = try await clerk.get("/phong-tu-phap/van-ban-di")
            #expect(list.text.contains("Như bản gốc"))
        }
    }
}
