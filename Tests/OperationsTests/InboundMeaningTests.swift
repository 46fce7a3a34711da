import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// What a message from another system means beside what was here before, on both databases.
struct InboundMeaningTests {
    // MARK: Who it is from

    @Test(
        "A9, B7: a sender in no list is 'tự khai báo' on every card, and letters go there only as answers, until a clerk confirms it",
        arguments: DatabaseKind.available)
    func selfDeclared(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            for number in 1...2 {
                var message = try outside.document(.new)
                message.header.documentID = "H31.90,2026/05/11,\(number)/SXD"
                message.header.code = DocumentCode(number: "\(number)", notation: "SXD")
                try await outside.send(message)
            }
            let receipts = try await outside.receipts()
            #expect(receipts.count == 2)
            for receipt in receipts {
                let view = try await outside.view(receipt.id)
                #expect(view.sender?.isSelfDeclared == true)
                #expect(view.findings.contains(.unknownSender(code: "H31.90")))
            }
            let sender = try #require(receipts.first).sender
            #expect(try await Self.standing(of: sender, world).isEmpty)
            #expect(try await Self.standing(of: sender, world, answering: [sender]) == [sender])
            #expect(try await Self.offered("H31.90", world).isEmpty)
            await #expect(throws: Refused(.recipientUnknown)) {
                try await world.runner.run(
                    SaveRecipientGroup(name: "Các sở", members: [sender]),
                    as: try await world.actor("vt.tuphap"))
            }
            let reach = Reach(channel: .vanthu)
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(
                    CorrectCorrespondent(sender, reach: reach), as: try await world.actor("cv1.tuphap"))
            }
            #expect(try await world.byCode("H31.90").isSelfDeclared)
            _ = try await world.runner.run(
                CorrectCorrespondent(sender, reach: reach), as: try await world.actor("vt.tuphap"))
            let confirmed = try await world.byCode("H31.90")
            #expect(!confirmed.isSelfDeclared)
            #expect((confirmed.channel, confirmed.partner) == (.vanthu, "tho"))
            #expect(try await Self.standing(of: sender, world) == [sender])
            #expect(try await Self.offered("H31.90", world) == [sender])
        }
    }

    @Test(
        "A9, E1: a partner that calls itself another agency does not get that agency's letters: the list's way counts",
        arguments: DatabaseKind.available)
    func listWins(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var outside = outside
            (outside.code, outside.name) = ("H31.77", "Sở Tài chính giả")
            try await outside.send(try outside.document(.new))
            #expect(try await outside.receipts().count == 1)
            _ = try await outside.world.takeUp("code,name\nH31.77,Sở Tài chính\n")
            let agency = try await outside.world.byCode("H31.77")
            #expect((agency.channel, agency.partner) == (.axis, ""))
            #expect(agency.name == "Sở Tài chính" && !agency.isSelfDeclared)
            var second = try outside.document(.new)
            second.header.documentID = "H31.77,2026/05/11,13/STC"
            try await outside.send(second)
            #expect(try await outside.receipts().count == 1, "whoever comes that way now is an impostor")
            let last = try #require(try await outside.inbound().last)
            #expect(last.state == .failed)
            #expect(last.error == "Nơi gửi dùng mã định danh của cơ quan khác.")
        }
    }

    private static func standing(
        of id: ID<Agency>, _ world: StoryWorld, answering: Set<ID<Agency>> = []
    ) async throws -> Set<ID<Agency>> {
        let today = world.office.clock.now.officeDate
        return try await world.office.read {
            try $0.correspondents.standing(of: [id], on: today, answering: answering).valid
        }
    }

    private static func offered(_ code: String, _ world: StoryWorld) async throws -> [ID<Agency>] {
        let question = CatalogueQuestion(code, toSendOn: world.office.clock.now.officeDate)
        return try await world.office.read { try $0.catalogueLists.page(question).map(\.agency.id) }
    }

    // MARK: The same document again

    @Test(
        "E5, E3: after a refusal other content under the same key is a new receipt, and both know of each other",
        arguments: DatabaseKind.available)
    func sentAgain(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            let first = try #require(try await outside.receipts().first)
            try await world.refuse(first.id, "Thiếu phụ lục.", as: "vt.tuphap")
            let whole = [OutsideOffice.letter, OutsideOffice.other]
            try await outside.send(try outside.document(.new, files: whole))
            let both = try await outside.receipts()
            #expect(both.map(\.origin.sending) == [1, 2])
            let second = try #require(both.last)
            #expect(second.state == .waiting)
            #expect(try await outside.view(second.id).sendings.map(\.id) == [first.id])
            #expect(try await outside.view(first.id).sendings.map(\.id) == [second.id])
            #expect(outside.link.codes == ["01", "02", "01"])
            // The first letter, come late: nobody wants it.
            try await outside.send(try outside.document(.new))
            #expect(try await outside.receipts().count == 2)
            _ = try await world.accept(second.id, as: "vt.tuphap", director: "tp.tuphap")
            try await outside.work()
            #expect(outside.link.codes.last == "03")
            try await world.expectClean()
        }
    }

    @Test(
        "E5: a repetition has the last answer said again, three times and no more; nothing enters twice",
        arguments: DatabaseKind.available)
    func repeated(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            try await outside.send(try outside.document(.new, files: [OutsideOffice.other]))
            #expect(outside.link.codes == ["01", "01"], "while it waits, the first letter counts")
            try await outside.world.refuse(receipt.id, "Trùng.", as: "vt.tuphap")
            for _ in 0..<4 { try await outside.send(try outside.document(.new)) }
            #expect(outside.link.codes == ["01", "01", "02", "02", "02"])
            #expect(outside.link.words.suffix(2).allSatisfy { $0.hasPrefix("Trùng.") })
            #expect(try await outside.receipts().count == 1)
            #expect(try await outside.view(receipt.id).repetitions == 5)
            #expect(try await outside.inbound().allSatisfy { $0.state == .done })
            try await outside.world.expectClean()
        }
    }

    @Test(
        "E3: what was refused is given back without asking anybody (13, 15 by itself), and may then be sent again",
        arguments: DatabaseKind.available)
    func recalledAfterRefusal(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            try await outside.world.refuse(receipt.id, "Gửi nhầm.", as: "vt.tuphap")
            try await outside.send(outside.recall("Gửi nhầm nơi nhận."))
            #expect(outside.link.codes == ["01", "02", "15"])
            #expect(try await outside.world.openRequest(of: receipt.id) == nil)
            let view = try await outside.view(receipt.id)
            #expect(view.requests.map(\.request.state) == [.agreed])
            #expect(view.requests.map(\.decidedBy) == [""])
            #expect(try await outside.receipts().first?.frozenAt != nil)
            #expect(!outside.world.office.blobs.contains(try outside.hash(of: OutsideOffice.letter)))
            try await outside.send(try outside.document(.new))
            #expect(try await outside.receipts().count == 1)
            try await outside.send(try outside.document(.new, files: [OutsideOffice.other]))
            #expect(try await outside.receipts().map(\.origin.sending) == [1, 2])
            try await outside.world.expectClean()
        }
    }

    // MARK: Replacing, declaring

    @Test(
        "D21, E3: a replacement counts for those it names; the older letter says what took its place",
        arguments: DatabaseKind.available)
    func replacing(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            var old = try outside.document(.new)
            old.header.to.append(Organization(organID: "H31.12.06", name: "Phòng Nội vụ"))
            try await outside.send(old)
            let first = try #require(try await outside.receipts().first)
            let arrival = try await world.accept(first.id, as: "vt.tuphap", director: "tp.tuphap")
            var new = try outside.document(.replace, files: [OutsideOffice.other])
            new.header.to = old.header.to
            new.header.documentID = "H31.90,2026/05/11,14/SXD"
            new.header.code = DocumentCode(number: "14", notation: "SXD")
            new.trace.business?.replacements = [
                Replacement(documentID: old.header.documentID, organIDs: ["H31.12.05"])
            ]
            try await outside.send(new)
            let named = try #require(try await outside.receipts().last)
            let other = try #require(try await outside.receipts(at: "phong-noi-vu").last)
            #expect(
                (named.origin.business, named.origin.replaces) == (.replace, [old.header.documentID ?? ""]))
            #expect((other.origin.business, other.origin.replaces) == (.new, []))
            let view = try await ArrivalReading(office: world.office).open(
                arrival.id, as: try await world.position("tp.tuphap"))
            #expect(view.replacedBy.map(\.words) == ["14/SXD"])
            #expect(try await outside.view(named.id).replaces.map(\.words) == ["12/SXD"])
            let untouched = try #require(try await outside.receipts(at: "phong-noi-vu").first)
            let clerk = try await world.position("vt.noivu")
            let theirs = try await ReceiptReading(office: world.office).open(untouched.id, as: clerk)
            #expect(theirs.replacedBy.isEmpty)
            try await world.refuse(named.id, "Không đúng.", as: "vt.tuphap")
            #expect(try await outside.view(first.id).replacedBy.isEmpty, "what was refused replaces nothing")
        }
    }

    @Test(
        "B7: fewer files and pages than the message declares stand on the card, and which file is missing",
        arguments: DatabaseKind.available)
    func declared(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            var message = try outside.document(.new)
            message.header.other?.pageAmount = "7"
            message.attachments.append(
                EdXML.Attachment(
                    contentID: "cid:9", name: "phu-luc.xlsx",
                    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
            try await outside.send(message)
            let view = try await outside.view(try #require(try await outside.receipts().first).id)
            #expect((view.card.declaredFiles, view.card.files.count) == (2, 1))
            #expect(view.card.declaredPages == 7)
            #expect(view.card.receivedPages < 7)
            #expect(!view.card.agreesWithDeclared)
            #expect(view.findings.contains(.missing(file: "phu-luc.xlsx")))
        }
    }
}
