import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// By which medium an issued letter goes to each recipient, on both databases.
struct IssuingMediaTests {
    private func wish(
        _ world: StoryWorld, _ draft: Draft, to more: [ID<Agency>] = [], _ media: MediaWish = .byRules
    ) async throws -> IssuingWish {
        let usual = try await world.issuingWish(draft)
        return IssuingWish(
            code: usual.code, date: usual.date, recipients: usual.recipients + more, media: media,
            pin: usual.pin)
    }

    private func departing(_ chosen: [ID<Agency>: Medium], _ reason: String = "") -> MediaWish {
        MediaWish(departure: MediumDeparture(chosen: chosen, reason: reason))
    }

    @Test(
        "D6, D14: electronic recipients get messages, an agency on no system gets paper, and who got what how is kept",
        arguments: DatabaseKind.available)
    func byTheRules(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.importRules(.kienGiang)
            let offline = try await world.addPaperAgency()
            let draft = try await world.signedDraft(enclosure: nil)
            let issued = try await world.issue(try await wish(world, draft, to: [offline]))
            let media = try await world.office.read { try $0.issuanceMedia.all(of: issued.issuance.id) }
            let ways = Dictionary(uniqueKeysWithValues: media.map { ($0.recipient, $0) })
            #expect(ways.count == 3)
            #expect(ways[offline]?.medium == .paper && ways[offline]?.ground == .notReachable)
            let other = try #require(ways[try await world.agency("phong-noi-vu").id])
            #expect(other.medium == .electronic && other.ground == .rule && other.reason.isEmpty)
            let rule = try await world.office.read { try $0.mediumRules.find([try #require(other.rule)]) }
            #expect(rule.first?.basis.contains("144/UBND-HCTC") == true)
            #expect(try await world.office.read { try $0.outbox.waiting().messages } == 2)
            try await world.carry()
            #expect(try await world.waiting(at: "phong-noi-vu").count == 1)
            let papers = try await world.papers(of: "phong-tu-phap")
            #expect(papers.map(\.recipientName) == ["Hội Người cao tuổi tỉnh Kiên Giang"])
            #expect(papers.first?.address.contains("Nguyễn Công Trứ") == true)
            let deliveries = try await world.office.read { try $0.deliveries.all(of: issued.issuance.id) }
            #expect(deliveries.count { $0.channel == .paper } == 1)
            let names = try await world.office.read { try $0.paperLists.recipients(of: issued.issuance.id) }
            #expect(names.filter(\.medium.isPaper).map(\.name) == ["Hội Người cao tuổi tỉnh Kiên Giang"])
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "D8, D14: the subject the clerk names decides: finance goes with paper beside the message",
        arguments: DatabaseKind.available)
    func subject(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.importRules(.kienGiang)
            let draft = try await world.signedDraft(enclosure: nil)
            let issued = try await world.issue(try await wish(world, draft, MediaWish(subject: .finance)))
            let media = try await world.office.read { try $0.issuanceMedia.all(of: issued.issuance.id) }
            #expect(media.count == 2)
            #expect(media.allSatisfy { $0.medium == .electronicAndPaper && $0.subject == .finance })
            #expect(try await world.papers(of: "phong-tu-phap").count == 2)
            try await world.carry()
            #expect(try await world.waiting(at: "phong-noi-vu").count == 1)
        }
    }

    @Test(
        "D15, D22: paper beside the message without a rule needs a reason, and the reason is in the journal",
        arguments: DatabaseKind.available)
    func departure(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.importRules(.kienGiang)
            let other = try await world.agency("phong-noi-vu").id,
                city = try await world.agency("ubnd-thanh-pho").id
            let draft = try await world.signedDraft(enclosure: nil)
            let clerk = try await world.position("vt.tuphap"), service = IssuingService(office: world.office)
            await #expect(throws: Refused(.mediumNeedsReason)) {
                _ = try await service.issue(
                    try await wish(world, draft, departing([other: .electronicAndPaper])), as: clerk)
            }
            // The act itself asks too, not only what stands before it.
            await #expect(throws: Refused(.mediumNeedsReason)) {
                _ = try await world.runner.run(
                    TakeNumber(
                        code: draft.code, date: world.office.clock.now.officeDate, recipients: [other],
                        media: departing([other: .paper], "  ")), as: .position(clerk))
            }
            #expect(try await world.office.read { try $0.issuances.inUse(of: draft.id) } == nil)
            let reason = "Nơi nhận đề nghị bản giấy để thanh toán"
            let issued = try await world.issue(
                try await wish(world, draft, departing([other: .electronicAndPaper, city: .paper], reason)))
            try await world.carry()
            #expect(try await world.waiting(at: "phong-noi-vu").count == 1)
            #expect(try await world.waiting(at: "ubnd-thanh-pho").isEmpty, "on paper alone")
            #expect(try await world.papers(of: "phong-tu-phap").count == 2)
            let view = try await IssuedReading(office: world.office).open(
                year: 2026, register: "cong-van", number: issued.issuance.number, as: clerk)
            let entry = try #require(view.history.first { $0.verb == .numberTaken })
            #expect(entry.particulars["mediumReason"] == reason)
            #expect(entry.particulars["departures"]?.contains("\(city) giay") == true)
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "D6, D16: nobody can send electronically to an agency on no system, whatever the reason",
        arguments: DatabaseKind.available)
    func notReachable(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let offline = try await world.addPaperAgency()
            let draft = try await world.signedDraft(enclosure: nil)
            await #expect(throws: Refused(.recipientOnPaperOnly)) {
                _ = try await world.issue(
                    try await wish(
                        world, draft, to: [offline], departing([offline: .electronic], "cho nhanh")))
            }
        }
    }

    @Test(
        "decision 3: an issuing that stopped after the number goes on with the media decided then, whatever the rules are now",
        arguments: DatabaseKind.available)
    func resumed(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.importRules(.kienGiang)
            let other = try await world.agency("phong-noi-vu").id,
                city = try await world.agency("ubnd-thanh-pho").id
            let draft = try await world.signedDraft(enclosure: nil)
            let numbered = try await world.runner.run(
                TakeNumber(
                    code: draft.code, date: world.office.clock.now.officeDate, recipients: [other, city],
                    media: departing([city: .paper], "Hồ sơ giấy kèm theo")),
                as: try await world.actor("vt.tuphap"))
            let onPaper = try RuleCatalogue.read(
                Array("ten_loai,hinh_thuc\nCông văn,giay\n".utf8), basis: "Quy định mới",
                from: OfficeDate("2026-01-01"))
            try await world.runner.run(
                ImportRules("moi", for: try await world.agency("phong-tu-phap").id, onPaper),
                as: .system(name: "Dòng lệnh", agency: nil))
            let issued = try await world.issue(
                IssuingWish(code: draft.code, date: numbered.date, recipients: [], pin: StoryWorld.pin))
            #expect(issued.issuance.number == numbered.number)
            try await world.carry()
            #expect(try await world.waiting(at: "phong-noi-vu").count == 1)
            #expect(try await world.waiting(at: "ubnd-thanh-pho").isEmpty)
            #expect(try await world.papers(of: "phong-tu-phap").map(\.paper.recipient) == [city])
        }
    }
}
