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

/// Whom a draft goes to, as pages and as calls of machines: the officer writes it, the signer reads it, the clerk finds it.
struct SendingPagesTests {
    @Test(
        "D21, D22: the officer's page, the signing page that shows it, and the issuing page that is filled from it",
        arguments: DatabaseKind.available)
    func pages(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let world = office.world
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let city = try await world.agency("ubnd-thanh-pho"), home = try await world.agency("phong-noi-vu")
            let waiting = try await world.draftForSignature(enclosure: nil)
            let draft = try await world.returnDraft(waiting, comment: "Thiếu nơi nhận.", by: "tp.tuphap")
            let officer = try await office.signedIn("cv1.tuphap")
            let path = "/phong-tu-phap/du-thao/\(draft.code)/noi-nhan"
            let page = try await officer.get(path)
            #expect(page.status == .ok && page.text.contains(city.name))
            var form = await officer.seal(of: page)
            form[FormFields.recipients] = city.id.description
            form[FormFields.id(.answerBy)] = "hai mươi"
            let wrong = try await officer.post(path, form)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("Ngày đề nghị trả lời không đọc được"))
            #expect(wrong.text.contains("value=\"\(city.id)\" checked"), "what was ticked is still ticked")
            form[FormFields.act] = wrong.hidden(FormFields.act)
            form[FormFields.id(.answerBy)] = "29/5/2026"
            let saved = try await officer.post(path, form)
            #expect(saved.status == .seeOther, "\(saved.text.suffix(300))")
            let shown = try await officer.get("/phong-tu-phap/du-thao/\(draft.code)")
            #expect(shown.text.contains("Bản điện tử:") && shown.text.contains("- \(city.name);"))
            #expect(shown.text.contains("29/5/2026") && shown.text.contains("Sửa nơi nhận"))
            // Nobody else writes on it, and whoever may only read is led to the draft.
            let head = try await office.signedIn("tp.tuphap")
            #expect(try await head.get(path).status == .seeOther)
            let clerk = try await office.signedIn("vt.tuphap")
            #expect(try await clerk.get(path).status == .notFound)
            _ = try await world.submit(
                try await world.reread(draft), route: [("tp.tuphap", .sign)])
            let signing = try await head.get("/phong-tu-phap/du-thao/\(draft.code)/ky")
            #expect(signing.text.contains("- \(city.name);") && !signing.text.contains("Sửa nơi nhận"))
            _ = try await SignDraftService(office: world.office).sign(
                try await world.signingWish(try await world.reread(draft)),
                as: try await world.position("tp.tuphap"))
            let issuing = try await clerk.get("/phong-tu-phap/van-ban-di/phat-hanh/\(draft.code)")
            #expect(issuing.text.contains("value=\"\(city.id)\" checked"))
            #expect(!issuing.text.contains("value=\"\(home.id)\" checked"))
            #expect(issuing.text.contains("Điền sẵn 1 nơi theo bản người ký duyệt."))
            #expect(issuing.text.contains("trả lời trước ngày 29/5/2026"))
        }
    }

    @Test(
        "D11, D21, D22: a machine writes the recipients, and issuing without naming any goes as the draft says",
        arguments: DatabaseKind.available)
    func machines(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: FullOffice.agencies) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let city = try await world.agency("ubnd-thanh-pho").id,
                home = try await world.agency("phong-noi-vu").id
            let opened = try await world.openDraft()
            try await world.withMachines(["cv1.tuphap", "vt.tuphap", "tp.tuphap"]) { machines in
                let path = "/drafts/\(opened.id)/recipients"
                let body: JSONValue = [
                    "version": .integer(opened.version), "answerBy": "2026-05-29",
                    "recipients": [["agency": .string(city.description)]],
                ]
                #expect(try await machines[1].post(path, body).reasons == ["notFound"])
                #expect(try await machines[2].post(path, body).reasons == ["notYours"])
                let answer = try await machines[0].post(path, body)
                #expect(answer.status == 200)
                let sending = answer.json["sending"]
                #expect(sending?["answerBy"] == "2026-05-29")
                let one = try #require(sending?["recipients"]?.elements.first)
                #expect(one["agency"]?.text == city.description && one["medium"] == "electronic")
                #expect(one["signed"] == false)
            }
            let draft = try await world.signedDraft(
                enclosure: nil, sending: DraftSending(recipients: [DraftRecipient(agency: city)]))
            try await world.withMachines(["vt.tuphap"]) { machines in
                var body: [String: JSONValue] = ["date": "2026-05-12", "pin": .string(StoryWorld.pin)]
                body["recipients"] = [.string(home.description)]
                let refused = try await machines[0].post("/drafts/\(draft.id)/issue", .object(body))
                #expect(refused.reasons == ["changeNeedsReason"])
                body["recipients"] = nil
                let issued = try await machines[0].post("/drafts/\(draft.id)/issue", .object(body))
                #expect(issued.status == 201, "\(issued.reasons)")
                #expect(issued.json["recipientChanges"]?.elements.isEmpty == true)
                let board = try await machines[0].get("/issuances/\(issued.id)/deliveries").items
                #expect(board.map { $0["recipient"]?.text } == [city.description])
            }
        }
    }
}
