import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Agencies beyond the installation: who may add and correct them, and sending to them (A9, E1, D6), on both databases.
struct OutsideRecipientTests {
    @Test(
        "A9: the clerk adds an organisation that is in no catalogue and puts its mail right; both stand in the journal",
        arguments: DatabaseKind.available)
    func adding(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let agency = try await world.runner.run(
                AddCorrespondent(
                    name: "  Công ty   Cổ phần Nước sạch ", kind: .outside,
                    reach: Reach(channel: .mail, mail: "vanthu@nuocsach.example")), as: clerk)
            #expect((agency.name, agency.code) == ("Công ty Cổ phần Nước sạch", ""))
            let changed = try await world.runner.run(
                CorrectCorrespondent(
                    agency.id, reach: Reach(channel: .paper, address: "12 Lê Lợi, Rạch Giá")),
                as: clerk)
            #expect((changed.channel, changed.mail) == (.paper, ""))
            let own = try await world.agency("phong-tu-phap").id
            let entries = try await world.office.read {
                try $0.journal.entries(of: own, after: 0, limit: 100)
            }
            let corrected = try #require(entries.map(\.entry).last { $0.verb == .correspondentCorrected })
            #expect(corrected.particulars["mailBefore"] == "vanthu@nuocsach.example")
            #expect(corrected.particulars["channel"] == "paper")
            await #expect(throws: Refused(.agencyKnown("Công ty Cổ phần Nước sạch"))) {
                try await world.runner.run(
                    AddCorrespondent(
                        name: "CÔNG TY CỔ PHẦN NƯỚC SẠCH", kind: .outside,
                        reach: Reach(channel: .paper, address: "13 Lê Lợi")), as: clerk)
            }
        }
    }

    @Test(
        "A9, A2: nobody but clerks adds or corrects; nobody changes an agency of the installation; a clerk opens no channel",
        arguments: DatabaseKind.available)
    func rights(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.1,Sở Y tế\n")
            let office = try await world.byCode("H31.1")
            let mail = Reach(channel: .mail, mail: "a@b.example")
            for login in ["cv1.tuphap", "tp.tuphap"] {
                let person = try await world.actor(login)
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.runner.run(
                        AddCorrespondent(name: "A", kind: .outside, reach: mail), as: person)
                }
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.runner.run(CorrectCorrespondent(office.id, reach: mail), as: person)
                }
            }
            let clerk = try await world.actor("vt.tuphap"), own = try await world.agency("phong-noi-vu").id
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(RouteCorrespondent(office.id, channel: .lgsp), as: clerk)
            }
            await #expect(throws: Refused(.agencyHosted)) {
                try await world.runner.run(CorrectCorrespondent(own, reach: mail), as: clerk)
            }
            await #expect(throws: Refused(.malformed(.channel))) {
                try await world.runner.run(
                    CorrectCorrespondent(office.id, reach: Reach(channel: .lgsp)), as: clerk)
            }
            await #expect(throws: Refused([.missing(.name), .malformed(.mail)])) {
                try await world.runner.run(
                    AddCorrespondent(
                        name: " ", kind: .outside, reach: Reach(channel: .mail, mail: "a@b.example\nBcc: x")),
                    as: clerk)
            }
            await #expect(throws: Refused(.missing(.address))) {
                try await world.runner.run(
                    AddCorrespondent(name: "Hội", kind: .outside, reach: Reach(channel: .paper)), as: clerk)
            }
            await #expect(throws: Refused(.missing(.code))) {
                try await world.runner.run(
                    AddCorrespondent(name: "Hội", kind: .outside, reach: Reach(channel: .axis)), as: clerk)
            }
            #expect(try await world.byCode("H31.1") == office)
        }
    }

    @Test(
        "D6: recipients are kept as a group under a name; another agency's clerk neither sees nor removes it",
        arguments: DatabaseKind.available)
    func groups(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp("code,name,valid to\nH31.1,Sở Y tế,\nH31.2,Sở Cũ,30/06/2025\n")
            let outside = try await world.byCode("H31.1").id, gone = try await world.byCode("H31.2").id
            let other = try await world.agency("phong-noi-vu").id,
                own = try await world.agency("phong-tu-phap").id
            let clerk = try await world.actor("vt.tuphap")
            let first = try await world.runner.run(
                SaveRecipientGroup(name: "Nơi hay gửi", members: [outside]), as: clerk)
            let again = try await world.runner.run(
                SaveRecipientGroup(name: " Nơi  hay gửi ", members: [outside, other, outside]), as: clerk)
            #expect(again == first, "the same name is the same group")
            #expect(
                try await Set(world.office.read { try $0.recipientGroups.members(of: first) }) == [
                    outside, other,
                ])
            #expect(try await world.office.read { try $0.recipientGroups.all(of: own) }.map(\.members) == [2])
            #expect(try await world.office.read { try $0.recipientGroups.all(of: other) }.isEmpty)

            let neighbour = try await world.actor("vt.noivu"), officer = try await world.actor("cv1.tuphap")
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(RemoveRecipientGroup(first), as: neighbour)
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(RemoveRecipientGroup(first), as: officer)
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(SaveRecipientGroup(name: "A", members: [outside]), as: officer)
            }
            await #expect(throws: Refused(.recipientEnded(name: "Sở Cũ", successor: ""))) {
                try await world.runner.run(SaveRecipientGroup(name: "B", members: [gone]), as: clerk)
            }
            await #expect(throws: Refused([.missing(.groupName), .noRecipients])) {
                try await world.runner.run(SaveRecipientGroup(name: " ", members: []), as: clerk)
            }
            try await world.runner.run(RemoveRecipientGroup(first), as: clerk)
            #expect(try await world.office.read { try $0.recipientGroups.all(of: own) }.isEmpty)
        }
    }

    @Test(
        "D6, E1: one document goes to five hundred agencies of the catalogue; the statements do not grow with them",
        arguments: DatabaseKind.available)
    func many(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let lines = (1...500).map { "H31.\($0),Đơn vị \($0)" }.joined(separator: "\n")
            try await world.takeUp("code,name\n" + lines)
            let own = try await world.agency("phong-tu-phap")
            try await world.runner.run(SetAgencyCode(own.id, code: "H31.900"), as: CatalogueWorld.commandLine)
            let draft = try await world.signedDraft(enclosure: nil)
            let good = try await world.issuingWish(draft)
            let outside = try await world.office.read { tables in
                try tables.catalogue.all().filter { $0.list == "tinh" }.map(\.agency.id)
            }
            #expect(outside.count == 500)
            let trace = StatementTrace()
            world.office.database.trace = trace
            let issued = try await world.issue(
                IssuingWish(
                    code: good.code, date: good.date, recipients: good.recipients + outside, pin: good.pin))
            world.office.database.trace = nil
            #expect(trace.statements.count < 250, "\(trace.statements.count)")
            let id = issued.issuance.id
            let deliveries = try await world.office.read { try $0.deliveries.all(of: id) }
            #expect(deliveries.count == 502)
            #expect(deliveries.count { $0.channel == .axis } == 500)
            let again = try await world.office.read {
                try $0.catalogueLists.recentlySentTo(from: own.id, limit: 12)
            }
            #expect(again.count == 12)
            #expect(again.allSatisfy { !$0.agency.isHosted })
        }
    }

    @Test(
        "A9, E1: an agency that has ended is no recipient, and the refusal names its successor; nothing was taken",
        arguments: DatabaseKind.available)
    func ended(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.takeUp(
                """
                code,name,valid to,successor
                H31.1,Sở Cũ,30/06/2025,H31.2
                H31.2,Sở Mới,,
                H31.3,Phòng Cũ,30/06/2025,
                H31.4,Sở Sắp Thôi,12/05/2026,
                """)
            let own = try await world.agency("phong-tu-phap")
            try await world.runner.run(SetAgencyCode(own.id, code: "H31.900"), as: CatalogueWorld.commandLine)
            let draft = try await world.signedDraft(enclosure: nil)
            let good = try await world.issuingWish(draft)
            func wish(_ codes: [String]) async throws -> IssuingWish {
                var recipients = good.recipients
                for code in codes { recipients.append(try await world.byCode(code).id) }
                return IssuingWish(code: good.code, date: good.date, recipients: recipients, pin: good.pin)
            }
            let wrong = try await wish(["H31.1", "H31.3"])
            await #expect(
                throws: Refused([
                    .recipientEnded(name: "Phòng Cũ", successor: ""),
                    .recipientEnded(name: "Sở Cũ", successor: "Sở Mới"),
                ])
            ) { _ = try await world.issue(wrong) }
            #expect(try await world.reread(draft).state == .signed)
            let right = try await wish(["H31.2", "H31.4"])
            #expect(
                try await world.issue(right).issuance.number == 1, "on its last day it still takes letters")
        }
    }
}
