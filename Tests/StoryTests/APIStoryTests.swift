// The way of an answer by machine alone: written, returned, initialled, signed, issued, delivered, taken and
// refused.
import Domain
import Foundation
import OfficeFiles
import Operations
import Server
import Store
import TestKit
import Testing

struct APIStoryTests {
    @Test(
        "C1–C3, D1–D6, E1: a draft climbs, is signed and issued, and its recipients take or refuse it",
        arguments: DatabaseKind.available)
    func wholeWay(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]) {
            world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            try await world.withMachines([
                "cv1.tuphap", "pp.tuphap", "tp.tuphap", "vt.tuphap", "vt.noivu", "vt.ubnd",
            ]) {
                let draft = try await Self.climb(world, $0[0], $0[1])
                try await Self.sign(draft, $0[2])
                let issued = try await Self.issue(world, draft, $0[3])
                try await world.carry()
                try await Self.receive(world, $0[4], $0[5])
                try await world.carry()
                let board = try await $0[3].get("/issuances/\(issued)/deliveries").items
                #expect(board.map { $0["status"] } == ["accepted", "refused"])
                #expect(board.map { $0["code"] } == ["03", "02"])
            }
        }
    }

    /// Returned once, taken back once, then initialled: it stands before the head.
    private static func climb(_ world: StoryWorld, _ officer: Machine, _ deputy: Machine) async throws
        -> String
    {
        var draft = try await officer.post(
            "/drafts", ["type": "cong-van", "abstract": "v/v cung cấp số liệu hộ tịch", "notation": "PTP"],
            key: "dt-1")
        #expect(draft.status == 201)
        let path = "/drafts/\(draft.id)"
        let pdf = try await StoryPDFs.shared.pdf(of: "drafts/01-cong-van-cung-cap-so-lieu-ho-tich.docx")
        let letter = try await officer.stage(pdf.bytes, name: "công văn.pdf", purpose: "draftText")
        draft = try await officer.post(path + "/versions", seen(draft, ["file": .string(letter.id)]))
        let paper = try await officer.stage(try world.letter, name: "đến.pdf", purpose: "supporting")
        draft = try await officer.post(
            path + "/files", seen(draft, ["kind": "supporting", "file": .string(paper.id)]))
        let route: JSONValue = [
            try await step(world, "pp.tuphap", "approve"), try await step(world, "tp.tuphap", "sign"),
        ]
        draft = try await officer.post(path + "/submit", seen(draft, ["route": route]))
        #expect(draft.json["state"] == "climbing")
        #expect(try await deputy.post(path + "/return", seen(draft, ["comment": ""])).status == 422)
        draft = try await deputy.post(path + "/return", seen(draft, ["comment": "Sửa lại số liệu quý I."]))
        #expect(draft.json["state"] == "drafting")
        #expect(
            try await officer.get("/desk-items?kind=rework").items.first?["path"]?.text == "/api/v1\(path)")
        draft = try await officer.post(path + "/submit", seen(draft, ["route": route]))
        draft = try await officer.post(path + "/take-back", seen(draft))
        #expect(draft.json["state"] == "drafting")
        let stale = try await officer.post(path + "/submit", ["version": 1, "route": route])
        #expect(stale.status == 409)
        #expect(stale.reasons == ["stale"])
        draft = try await officer.post(path + "/submit", seen(draft, ["route": route]))
        draft = try await deputy.post(path + "/initial", seen(draft, ["comment": "Đã xem."]))
        #expect(draft.json["steps"]?.elements.map { $0["state"] } == ["done", "current"])
        #expect(try await officer.get("/drafts").items.map { $0["id"]?.text } == [draft.id])
        return draft.id
    }

    private static func sign(_ id: String, _ head: Machine) async throws {
        let seen = try await head.get("/drafts/\(id)").json
        let newest = try #require(seen["versions"]?.elements.first)
        var body: [String: JSONValue] = [
            "version": seen["version"] ?? 0, "currentVersion": newest["ordinal"] ?? 0,
            "pdfHash": newest["pdfHash"] ?? "", "pin": "000000",
        ]
        let wrong = try await head.post("/drafts/\(id)/sign", .object(body), key: "ky-1")
        #expect(wrong.status == 422)
        #expect(wrong.reasons == ["wrongPIN"])
        body["pin"] = .string(StoryWorld.pin)
        let signed = try await head.post("/drafts/\(id)/sign", .object(body), key: "ky-1")
        #expect(signed.status == 200)
        #expect(signed.json["state"] == "signed")
        #expect(try await head.post("/drafts/\(id)/sign", .object(body), key: "ky-1").json == signed.json)
    }

    private static func issue(_ world: StoryWorld, _ id: String, _ clerk: Machine) async throws -> String {
        var recipients: [JSONValue] = []
        for slug in ["phong-noi-vu", "ubnd-thanh-pho"] {
            recipients.append(.string(try await world.agency(slug).id.description))
        }
        let body: JSONValue = [
            "date": "2026-05-12", "recipients": .array(recipients), "pin": .string(StoryWorld.pin),
        ]
        let issued = try await clerk.post("/drafts/\(id)/issue", body, key: "ph-1")
        #expect(issued.status == 201)
        #expect(issued.location == "/api/v1/issuances/\(issued.id)")
        #expect(issued.json["number"] == 1)
        let again = try await clerk.post("/drafts/\(id)/issue", body, key: "ph-1")
        #expect(again.status == 200)
        #expect(again.json == issued.json)
        #expect(try await clerk.get("/issuances").items.map { $0["sent"] } == [2])
        let file = try #require(issued.json["document"]?["files"]?.elements.first?["path"]?.text)
        #expect(
            try await clerk.get(String(file.dropFirst(APIRoute.root.count))).bytes.starts(
                with: Array("%PDF".utf8)))
        let version = try await clerk.get("/drafts/\(id)")
        #expect(
            try await clerk.post("/drafts/\(id)/void-number", seen(version, ["reason": "Nhầm."])).status
                == 409)
        return issued.id
    }

    private static func receive(_ world: StoryWorld, _ first: Machine, _ second: Machine) async throws {
        let here = try #require(try await first.get("/receipts").items.first?["id"]?.text)
        let there = try #require(try await second.get("/receipts").items.first?["id"]?.text)
        #expect(try await first.get("/receipts/\(there)").status == 404)
        let director = try await world.position("tp.noivu").id.description
        let accepted = try await first.post(
            "/receipts/\(here)/accept", ["director": .string(director)], key: "tn-1")
        #expect(accepted.status == 201)
        #expect(accepted.location == "/api/v1/arrivals/\(accepted.id)")
        #expect(accepted.json["receipt"]?.text == here)
        let again = try await first.post(
            "/receipts/\(here)/accept", ["director": .string(director)], key: "tn-1")
        #expect(again.json == accepted.json)
        #expect(
            try await first.post("/receipts/\(here)/refuse", ["reason": "Nhầm."]).reasons == [
                "notRefusableNow"
            ])
        let refused = try await second.post(
            "/receipts/\(there)/refuse", ["reason": "Không thuộc thẩm quyền."])
        #expect(refused.json["state"] == "refused")
        #expect(try await second.get("/receipts?state=refused").items.count == 1)
    }

    @Test(
        "Decision 3: a number taken under a key before a crash is issued by the same request, and can be voided",
        arguments: DatabaseKind.available)
    func resumed(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let draft = try await world.signedDraft(enclosure: nil)
            let recipient = try await world.agency("phong-noi-vu").id
            let clerk = try await world.actor("vt.tuphap")
            try await world.withMachines(["vt.tuphap"]) { machines in
                let path = "/drafts/\(draft.id)"
                let take = TakeNumber(
                    code: draft.code, date: StoryWorld.morning.officeDate, recipients: [recipient])
                try await world.runner.run(take, as: clerk)
                let numbered = try await machines[0].get(path)
                let voided = try await machines[0].post(
                    path + "/void-number", Self.seen(numbered, ["reason": "Sai ngày."]))
                #expect(voided.json["state"] == "signed")

                let mark = SessionToken.hash(machines[0].token).prefix(8).map {
                    String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
                }
                let form = FormAct<Issuance>(id: "api-\(mark.joined())-ph-1") { _ in
                    "/phong-tu-phap/van-ban-di/phat-hanh/1"
                }
                _ = try await world.runner.run(take, as: clerk, form: form)
                let body: JSONValue = [
                    "date": "2026-05-12", "recipients": [.string(recipient.description)],
                    "pin": .string(StoryWorld.pin),
                ]
                let issued = try await machines[0].post(path + "/issue", body, key: "ph-1")
                #expect(issued.status == 201)
                #expect(issued.json["number"] == 2)
                let again = try await machines[0].post(path + "/issue", body, key: "ph-1")
                #expect(again.status == 200)
                #expect(again.json == issued.json)
            }
        }
    }

    private static func seen(_ reply: Machine.Reply, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(more.merging(["version": .integer(reply.version)]) { first, _ in first })
    }

    private static func step(_ world: StoryWorld, _ login: String, _ kind: String) async throws -> JSONValue {
        ["position": .string(try await world.position(login).id.description), "kind": .string(kind)]
    }
}
