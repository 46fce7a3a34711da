import Domain
import Foundation
import HTTPTypes
import Operations
import Pages
import Store
import TestKit
import Testing

/// Danh bạ cơ quan and recipients beyond the installation, as a browser without scripts sees them.
struct CataloguePagesTests {
    @Test(
        "A9: the catalogue is searched, shows codes, way and who follows an agency that has ended; the clerk adds to it",
        arguments: DatabaseKind.available)
    func catalogue(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind) { office in
            try await Self.fill(office.world)
            let clerk = try await office.signedIn("vt.tuphap")
            let found = try await clerk.get("/phong-tu-phap/danh-ba?tim=so+noi")
            #expect(found.status == .ok)
            #expect(found.text.contains("Sở Nội vụ tỉnh Hưng Yên"))
            #expect(found.text.contains("H31.12") && found.text.contains("000.00.12.H31"))
            let old = try await clerk.get("/phong-tu-phap/danh-ba?tim=H31.90")
            #expect(
                old.text.contains("Đã kết thúc 30/6/2025")
                    && old.text.contains("Kế thừa: Sở Nội vụ tỉnh Hưng Yên"))
            #expect(try await clerk.get("/phong-tu-phap/danh-ba?tim=zzz").text.contains("Không tìm thấy"))
            #expect(try await clerk.get("/phong-tu-phap/danh-ba?loai=dang").text.contains("Không tìm thấy"))

            let page = try await clerk.get("/phong-tu-phap/danh-ba/them")
            var form = await clerk.seal(of: page)
            form["ten-co-quan"] = "Hội Nông dân <xã>"
            form["cach-gui"] = "thu-dien-tu"
            let refused = try await clerk.post("/phong-tu-phap/danh-ba/them", form)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Hội Nông dân &lt;xã&gt;"), "what was typed stays")
            form = await clerk.seal(of: refused)
            form["ten-co-quan"] = "Hội Nông dân"
            form["cach-gui"] = "thu-dien-tu"
            form["thu-dien-tu"] = "hnd@xa.example"
            let added = try await clerk.post("/phong-tu-phap/danh-ba/them", form)
            #expect(added.status == .seeOther)
            let entry = try await clerk.get(added.location)
            #expect(entry.text.contains("hnd@xa.example") && entry.text.contains("Đã thêm vào danh bạ"))

            let officer = try await office.signedIn("cv1.tuphap")
            #expect(try await officer.get("/phong-tu-phap/danh-ba/them").status == .notFound)
            let seen = try await officer.get(added.location.components(separatedBy: "?")[0])
            #expect(seen.status == .ok)
            #expect(!seen.text.contains("Sửa cách gửi"))
        }
    }

    @Test(
        "A9, E1: recipients are searched for on the issuing page; ticks stay, the PIN does not come back, nothing is done",
        arguments: DatabaseKind.available)
    func choosing(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let world = office.world
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let draft = try await world.signedDraft(enclosure: nil)
            try await Self.fill(world)
            let clerk = try await office.signedIn("vt.tuphap")
            let path = "/phong-tu-phap/van-ban-di/phat-hanh/\(draft.code)"
            var form = await clerk.seal(of: try await clerk.get(path))
            let neighbour = try await world.agency("phong-noi-vu").id.description
            form[FormFields.date] = "12/05/2026"
            form[FormFields.pin] = StoryWorld.pin
            form[FormFields.recipients] = neighbour
            form[FormFields.recipientSearch] = "so noi vu"
            let found = try await clerk.post(path + "/tim-noi-nhan", form)
            #expect(found.status == .ok)
            #expect(Self.isTicked(neighbour, found.text))
            let chosen = try await world.office.read {
                try $0.correspondents.find(code: "H31.12", on: OfficeDate(dayNumber: 20_585)).first
            }
            let id = try #require(chosen).id.description
            #expect(found.text.contains(id) && !Self.isTicked(id, found.text))
            #expect(!found.text.contains(StoryWorld.pin))
            #expect(!found.text.contains("Trục kết nối"))

            form[FormFields.recipients] = id
            form[FormFields.recipientSearch] = "H31.90"
            let next = try await clerk.post(path + "/tim-noi-nhan", form)
            #expect(Self.isTicked(id, next.text), "what was chosen earlier stays through the next search")
            #expect(next.text.contains("Đã kết thúc 30/6/2025") && next.text.contains("disabled"))
            #expect(try await office.count("issuance") == 0)

            form = await clerk.seal(of: next)
            form[FormFields.recipients] = id
            form[FormFields.groupName] = "Các sở"
            let saved = try await clerk.post(path + "/luu-nhom", form)
            #expect(saved.text.contains("Đã lưu nhóm “Các sở”") && Self.isTicked(id, saved.text))
            let group = try #require(
                try await world.office.read { tables in
                    try tables.recipientGroups.all(of: draft.agency).first?.group.id.description
                })
            form = await clerk.seal(of: saved)
            form[FormFields.recipients] = neighbour
            form[FormFields.addGroup] = group
            let added = try await clerk.post(path + "/tim-noi-nhan", form)
            #expect(Self.isTicked(id, added.text) && Self.isTicked(neighbour, added.text))
            form = await clerk.seal(of: try await clerk.get("/phong-tu-phap/danh-ba/nhom"))
            #expect(
                try await clerk.post("/phong-tu-phap/danh-ba/nhom/\(group)/xoa", form).status == .seeOther)
            #expect(try await office.count("recipient_group") == 0)

            let officer = try await office.signedIn("cv1.tuphap")
            let seal = await officer.seal(of: try await officer.get("/phong-tu-phap/viec"))
            #expect(try await officer.post(path + "/tim-noi-nhan", seal).status == .notFound)
        }
    }

    private static func isTicked(_ id: String, _ text: String) -> Bool {
        text.components(separatedBy: "<input").contains { part in
            let tag = part.prefix { $0 != ">" }
            return tag.contains(id) && tag.contains(" checked")
        }
    }

    private static func fill(_ world: StoryWorld) async throws {
        let list = """
            code,code102,name,superior,valid to,successor
            H31.12,000.00.12.H31,Sở Nội vụ tỉnh Hưng Yên,UBND tỉnh Hưng Yên,,
            H31.90,,Sở Lao động cũ,UBND tỉnh Hưng Yên,30/06/2025,H31.12
            00.22.W00,,Trục kết nối Sở Nội vụ,,,
            """
        try await world.runner.run(
            RefreshCatalogue(
                try CatalogueFile(Data(list.utf8)).entries, list: "tinh", route: Route(.axis)),
            as: .system(name: "Dòng lệnh", agency: nil))
    }
}
