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

/// A letter that was refused, on the sender's pages and for machines.
struct SendAgainPagesTests {
    private static let reason = "Không mở được chữ ký số."

    @Test(
        "E3: the clerk reads why it was refused and sends it again from there; an officer reads it and cannot",
        arguments: DatabaseKind.available)
    func pages(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let world = office.world
            let issuance = try await world.refusedLetter(Self.reason)
            let delivery = try #require(
                try await world.office.read { try $0.deliveries.all(of: issuance.id).first })
            let base = "/phong-tu-phap/van-ban-di/\(issuance.year)/cong-van/\(issuance.number)"
            let path = base + "/noi-nhan/\(delivery.id)"
            let clerk = try await office.signedIn("vt.tuphap")
            let board = try await clerk.get(base)
            #expect(board.text.contains(Self.reason) && board.text.contains("\(delivery.id)#gui-lai"))
            let page = try await clerk.get(path)
            #expect(page.text.contains("Gửi lại lần 2"))

            let officer = try await office.signedIn("cv1.tuphap")
            let read = try await officer.get(path)
            #expect(read.text.contains(Self.reason) && !read.text.contains("Gửi lại lần 2"))
            var theirs = await officer.seal(of: try await officer.get("/phong-tu-phap/viec"))
            theirs[FormFields.chosen] = delivery.id.description
            theirs[FormFields.id(.mended)] = "Đã kiểm tra."
            #expect(try await officer.post(base + "/gui-lai", theirs).status == .forbidden)

            var form = await clerk.seal(of: page)
            form[FormFields.chosen] = delivery.id.description
            let wrong = try await clerk.post(base + "/gui-lai", form)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Chưa gửi lại được."))
            form[FormFields.act] = wrong.hidden(FormFields.act)
            form[FormFields.id(.mended)] = "Đã kiểm tra chữ ký số."
            let sent = try await clerk.post(base + "/gui-lai", form)
            #expect(sent.status == .seeOther && sent.location.hasPrefix(path))
            let after = try await clerk.get(sent.location)
            #expect(after.text.contains("Đã gửi lại.") && after.text.contains("Đã kiểm tra chữ ký số."))
            #expect(!after.text.contains("id=\"gui-lai\""))
            // The same button once more sends nothing.
            #expect(try await clerk.post(base + "/gui-lai", form).status == .seeOther)
            #expect(try await office.count("delivery_sending") == 1)

            try await world.carry()
            let receiver = try await office.signedIn("vt.noivu")
            let again = try #require(try await world.waiting(at: "phong-noi-vu").first).receipt
            let card = try await receiver.get("/phong-noi-vu/van-ban-den/tiep-nhan/\(again.id)")
            #expect(
                card.text.contains("Đã kiểm tra chữ ký số.") && card.text.contains("Gửi lại sau khi từ chối"))
        }
    }

    @Test(
        "D22, E3: the clerk finds somebody else in the catalogue from the refused line; an officer finds no such page",
        arguments: DatabaseKind.available)
    func somebodyElse(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let world = office.world
            let issuance = try await world.refusedLetter(Self.reason)
            let delivery = try #require(
                try await world.office.read { try $0.deliveries.all(of: issuance.id).first })
            let city = try await world.agency("ubnd-thanh-pho")
            let base = "/phong-tu-phap/van-ban-di/\(issuance.year)/cong-van/\(issuance.number)"
            let path = base + "/gui-them?thay=\(delivery.id)&tim=\(Self.encoded(city.name))"
            let officer = try await office.signedIn("cv1.tuphap")
            #expect(try await officer.get(path).status == .notFound)
            let clerk = try await office.signedIn("vt.tuphap")
            let page = try await clerk.get(path)
            #expect(page.text.contains("value=\"\(city.id)\"") && page.text.contains("Gửi thay cho"))
            var form = await clerk.seal(of: page)
            form[FormFields.reason] = "Trưởng phòng chỉ đạo."
            let wrong = try await clerk.post(path, form)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Chưa gửi thêm được."))
            form[FormFields.act] = wrong.hidden(FormFields.act)
            form[FormFields.recipients] = city.id.description
            let sent = try await clerk.post(path, form)
            #expect(sent.status == .seeOther && sent.location.hasPrefix(base))
            let board = try await clerk.get(sent.location)
            #expect(board.text.contains("Đã gửi thêm 1 nơi nhận.") && board.text.contains(city.name))
            #expect(board.text.contains("Trưởng phòng chỉ đạo."))
        }
    }

    private static func encoded(_ words: String) -> String {
        words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? words
    }

    @Test(
        "E2, E6: what a recipient on paper told is written on its page by the clerk, by a machine as well, by no officer",
        arguments: DatabaseKind.available)
    func told(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let world = office.world
            let issuance = try await world.postedLetter()
            let delivery = try #require(
                try await world.office.read { try $0.deliveries.all(of: issuance.id).first })
            let base = "/phong-tu-phap/van-ban-di/\(issuance.year)/cong-van/\(issuance.number)"
            let path = base + "/noi-nhan/\(delivery.id)"
            let clerk = try await office.signedIn("vt.tuphap")
            var form = await clerk.seal(of: try await clerk.get(path))
            form[FormFields.chosen] = delivery.id.description
            form[FormFields.id(.outcome)] = "02"
            form[FormFields.id(.toldOn)] = "12/5/2026"
            let wrong = try await clerk.post(base + "/ghi-tinh-trang", form)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("Chưa ghi được tình trạng."))
            form[FormFields.act] = wrong.hidden(FormFields.act)
            form[FormFields.id(.toldNote)] = "Bưu điện trả lại."
            let noted = try await clerk.post(base + "/ghi-tinh-trang", form)
            #expect(noted.status == .seeOther && noted.location.hasPrefix(path))
            let page = try await clerk.get(noted.location)
            #expect(page.text.contains("Không nhận, trả lại") && page.text.contains("Bưu điện trả lại."))
            let officer = try await office.signedIn("cv1.tuphap")
            #expect(try await officer.get(path).text.contains("Bưu điện trả lại."))
            #expect(try await !officer.get(path).text.contains("Ghi tình trạng"))
            try await world.withMachines(["vt.tuphap", "cv1.tuphap"]) { machines in
                let body: JSONValue = [
                    "delivery": .string(delivery.id.description), "status": "accepted", "day": "2026-05-12",
                ]
                let told = "/issuances/\(issuance.id)/told"
                #expect(try await machines[1].post(told, body).reasons == ["notForYourRole"])
                let answer = try await machines[0].post(told, body)
                #expect(answer.status == 200 && answer.json["returned"] == 0)
            }
        }
    }

    @Test(
        "E3: a machine sends again to everybody who has refused; who may not hears so",
        arguments: DatabaseKind.available
    )
    func machines(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: FullOffice.agencies) { world in
            let issuance = try await world.refusedLetter(Self.reason)
            try await world.withMachines(["vt.tuphap", "cv1.tuphap"]) { machines in
                let path = "/issuances/\(issuance.id)"
                let wish: JSONValue = ["reason": "Đã kiểm tra chữ ký số."]
                #expect(try await machines[1].post(path + "/send-again", wish).reasons == ["notForYourRole"])
                #expect(try await machines[0].post(path + "/send-again", ["reason": ""]).status == 422)
                let answer = try await machines[0].post(path + "/send-again", wish)
                #expect(answer.status == 200 && answer.json["returned"] == 0)
                let board = try await machines[0].get(path + "/deliveries").items
                #expect(board.map { $0["sending"] } == [2] && board.map { $0["code"] } == [""])
                #expect(try await machines[0].post(path + "/send-again", wish).reasons == ["notReturned"])
            }
        }
    }
}

extension StoryWorld {
    /// A letter of the Phòng Tư pháp that the Phòng Nội vụ has refused.
    fileprivate func refusedLetter(_ reason: String) async throws -> Issuance {
        let issuance = try await issueDirectly(from: "vt.tuphap", to: ["phong-noi-vu"])
        try await carry()
        let receipt = try #require(try await waiting(at: "phong-noi-vu").first).receipt
        _ = try await runner.run(
            RefuseReceipt(receipt: receipt.id, reason: reason), as: try await actor("vt.noivu"))
        try await carry()
        return issuance
    }

    /// A letter of the Phòng Tư pháp on paper, posted today.
    fileprivate func postedLetter() async throws -> Issuance {
        let issuance = try await issueDirectly(from: "vt.tuphap", to: [try await addPaperAgency()])
        let clerk = try await actor("vt.tuphap")
        _ = try await certifyAll(of: "phong-tu-phap", as: "vt.tuphap")
        let ids = try await papers(of: "phong-tu-phap").map(\.paper.id)
        _ = try await runner.run(NotePrinted(ids), as: clerk)
        let posting = PostingParticulars(
            day: office.clock.now.officeDate, way: .post, carrier: "Bưu điện Rạch Giá", envelopes: 1, note: ""
        )
        _ = try await runner.run(NotePosted(ids, posting), as: clerk)
        return issuance
    }
}
