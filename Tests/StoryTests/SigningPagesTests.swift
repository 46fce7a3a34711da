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

/// Signing several, waiting for the phone, certificates and their requests, as pages and as calls of machines.
struct SigningPagesTests {
    @Test(
        "D1: the list of what waits, the press and the progress; others find neither",
        arguments: DatabaseKind.available)
    func together(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            try await office.world.issueKeys(["tp.tuphap"], seals: [])
            _ = try await office.world.draftsForSignature(2)
            let head = try await office.signedIn("tp.tuphap")
            let list = try await head.get("/phong-tu-phap/du-thao/cho-ky?chon=tat-ca")
            #expect(list.text.components(separatedBy: "name=\"chon\"").count == 3)
            let choices = list.text.matches(of: /name="chon" value="([^"]+)"/).map { String($0.1) }
            var fields =
                await head.seal(of: list).map { "\($0.key)=\($0.value)" } + choices.map { "chon=\($0)" }
            let path = "/phong-tu-phap/du-thao/cho-ky/ky", type = "application/x-www-form-urlencoded"
            let wrong = try await head.post(
                path, body: Array((fields + ["pin=000000"]).joined(separator: "&").utf8), type: type)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Mã PIN không đúng"))
            fields.append("pin=\(StoryWorld.pin)")
            let body = Array(fields.joined(separator: "&").utf8)
            let begun = try await head.post(path, body: body, type: type)
            #expect(begun.status == .seeOther && begun.location.hasPrefix("/phong-tu-phap/tien-trinh/"))
            let again = try await head.post(path, body: body, type: type)
            #expect(again.location == begun.location)
            let id = try #require(ID<SigningBatch>(String(begun.location.split(separator: "/").last ?? "")))
            await office.server.batches.wait(for: id)
            let progress = try await head.get(begun.location)
            #expect(progress.text.contains("Đã ký 2 trên 2 văn bản."))
            for login in ["cv1.tuphap", "vt.tuphap"] {
                let other = try await office.signedIn(login)
                #expect(try await other.get(begun.location).status == .notFound)
                #expect(try await other.get("/phong-tu-phap/du-thao/cho-ky").status == .notFound)
            }
        }
    }

    @Test("D1: a request that waits for the phone has a page of its own, and can be cancelled there")
    func waiting() async throws {
        try await ServerWorld.with(.sqlite) { office in
            let world = office.world
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature(enclosure: nil)
            let wish = try await world.signingWish(draft), person = try await world.position("tp.tuphap")
            let id = ID<WaitingSignature>(UUIDv7.make(at: StoryWorld.morning))
            try await world.office.database.write { connection in
                let tables = Tables(connection)
                let key = try tables.signingKeys.inUse(.person(person.account))?.id
                try tables.waitingSignatures.insert(
                    id,
                    of: PreparedFile(
                        draft: draft.id, versionOrdinal: wish.version, pdfHash: wish.pdfHash, layout: "{}",
                        hash: wish.pdfHash, size: 1), revision: wish.revision, tail: wish.pdfHash, by: person,
                    key: key ?? ID(UUID()), overrideReason: "", at: StoryWorld.morning,
                    expiresAt: StoryWorld.morning.adding(seconds: 86_400),
                    askAgainAt: StoryWorld.morning.adding(seconds: 86_400))
            }
            let head = try await office.signedIn("tp.tuphap"), page = "/phong-tu-phap/tien-trinh/\(id)"
            #expect(try await head.get("/phong-tu-phap/du-thao/\(draft.code)/ky").location == page)
            let shown = try await head.get(page)
            #expect(shown.text.contains("Chờ ông/bà xác nhận trên điện thoại"))
            let other = try await office.signedIn("pp.tuphap")
            #expect(try await other.get(page).status == .notFound)
            let seal = await head.seal(of: shown)
            #expect(try await head.post(page + "/dung", seal).location == page)
            #expect(try await head.get(page).text.contains("Ông/bà đã hủy yêu cầu này."))
            #expect(try await head.get("/phong-tu-phap/du-thao/\(draft.code)/ky").status == .ok)
        }
    }

    @Test(
        "D12: a request is made on the page, answered by the focal unit of another agency, and taken away as a table",
        arguments: DatabaseKind.available)
    func requests(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            let focal = try await office.world.position("cv1.noivu")
            try await office.world.runner.run(
                AppointFocal(focal.id), as: .system(name: "Cài đặt ban đầu", agency: nil))
            let clerk = try await office.signedIn("vt.tuphap"), path = "/phong-tu-phap/chung-thu-so/de-nghi"
            var fields = await clerk.seal(of: try await clerk.get(path))
            fields[FormFields.requestSubject] = "co-quan"
            fields[FormFields.requestKind] = "recover"
            #expect(try await clerk.post(path, fields).status == .unprocessableContent)
            fields[FormFields.requestDetails] = "=HYPERLINK(\"x\"), thiết bị báo khóa"
            #expect(try await clerk.post(path, fields).status == .seeOther)
            let collector = try await office.signedIn("cv1.noivu"),
                theirs = "/phong-noi-vu/chung-thu-so/de-nghi"
            let list = try await collector.get(theirs)
            #expect(list.text.contains("Phòng Tư pháp thành phố") && list.text.contains("thiết bị báo khóa"))
            let table = try await collector.get(theirs + "/tong-hop.csv")
            #expect(table.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(table.text.contains("\"'=HYPERLINK(\"\"x\"\"), thiết bị báo khóa\""))
            let act = try #require(list.text.firstMatch(of: /action="([^"]+\/tra-loi)"/)?.1)
            var answer = await collector.seal(of: list)
            answer[FormFields.answerKind] = "collected"
            #expect(try await collector.post(String(act), answer).status == .seeOther)
            #expect(try await clerk.get(path).text.contains("Đã tổng hợp, gửi nơi cấp"))
            let stranger = try await office.signedIn("tp.noivu")
            #expect(try await stranger.get(theirs).text.contains("thiết bị báo khóa") == false)
            var theirSeal = await stranger.seal(of: try await stranger.get(theirs))
            theirSeal[FormFields.answerKind] = "done"
            #expect(try await stranger.post(String(act), theirSeal).status == .notFound)
        }
    }

    @Test(
        "D1, D12: machines sign several, ask for certificates and read how both stand",
        arguments: DatabaseKind.available)
    func machines(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature(enclosure: nil)
            let wish = try await world.signingWish(draft)
            try await world.withMachines(["tp.tuphap", "cv1.tuphap"]) { machines in
                let body: JSONValue = [
                    "pin": .string(StoryWorld.pin),
                    "drafts": [
                        [
                            "draft": .string(draft.id.description), "version": .integer(wish.revision),
                            "currentVersion": .integer(wish.version),
                            "pdfHash": .string(wish.pdfHash),
                        ]
                    ],
                ]
                let refused = try await machines[1].post("/signing-batches", body)
                #expect(refused.status == 403)
                let begun = try await machines[0].post("/signing-batches", body)
                #expect(begun.status == 201)
                for _ in 0..<200 where try await world.reread(draft).state != .signed {
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(try await world.reread(draft).state == .signed)
                let request = try await machines[1].post(
                    "/certificate-requests", ["kind": "issue", "forAgency": false])
                #expect(request.status == 201)
                let again = try await machines[1].post(
                    "/certificate-requests", ["kind": "renew", "forAgency": false])
                #expect(again.status == 409 && again.reasons == ["requestOpenAlready"])
                #expect(try await machines[0].get("/certificates").status == 200)
            }
        }
    }
}
