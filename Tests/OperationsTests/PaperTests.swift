import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Copied, printed, posted, on both databases; and who may not.
struct PaperTests {
    private static func posting(_ world: StoryWorld, envelopes: Int = 1, days: Int = 0) -> PostingParticulars
    {
        PostingParticulars(
            day: world.office.clock.now.officeDate.adding(days: days), way: .post,
            carrier: "Bưu điện Rạch Giá",
            envelopes: envelopes, note: "")
    }

    private static func offline(_ world: StoryWorld, _ count: Int) async throws -> [ID<Agency>] {
        var agencies: [ID<Agency>] = []
        for number in 1...count { agencies.append(try await world.addPaperAgency("Hội số \(number)")) }
        return agencies
    }

    @Test(
        "D6: a copy a document with its own number of the year; printed, posted, each in its register and the journal",
        arguments: DatabaseKind.available)
    func whole(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let agencies = try await Self.offline(world, 3), clerk = try await world.actor("vt.tuphap")
            _ = try await world.issueDirectly(from: "vt.tuphap", to: [agencies[0], agencies[1]])
            let second = try await world.issueDirectly(from: "vt.tuphap", to: [agencies[2]])
            let copies = try await world.certifyAll(of: "phong-tu-phap", as: "vt.tuphap")
            #expect(copies.map(\.numberAndNotation) == ["01/SY-PTP", "02/SY-PTP"])
            #expect(copies.map(\.count) == [2, 1])
            #expect(copies.first?.authority == ["TRƯỞNG PHÒNG"])
            let waiting = try await world.papers(of: "phong-tu-phap")
            #expect(waiting.map(\.copy) == ["01/SY-PTP", "01/SY-PTP", "02/SY-PTP"])
            let all = waiting.map(\.paper.id)
            #expect(try await world.runner.run(NotePrinted(all), as: clerk) == 3)
            #expect(try await world.papers(of: "phong-tu-phap").isEmpty)
            let postings = try await world.runner.run(NotePosted(all, Self.posting(world)), as: clerk)
            #expect(postings.map(\.number) == [1, 2, 3])
            let own = try await world.agency("phong-tu-phap").id
            try await world.office.read { tables in
                #expect(try tables.paperLists.counts(of: own) == [.posted: 3])
                let lines = try tables.paperLists.postings(of: own, year: 2026, limit: 10)
                #expect(lines.map(\.recipientName).sorted() == ["Hội số 1", "Hội số 2", "Hội số 3"])
                #expect(lines.map { $0.paper.posting?.number } == [1, 2, 3])
                #expect(try tables.paperLists.postings(of: own, year: 2026, after: 2, limit: 10).count == 1)
                #expect(try tables.paperLists.postings(of: own, year: 2025, limit: 10).isEmpty)
                let register = try tables.paperLists.copies(of: own, year: 2026, limit: 10)
                #expect(register.map(\.recipients) == [["Hội số 1", "Hội số 2"], ["Hội số 3"]])
                let history = try tables.journal.history(of: [second.id.uuid], in: own).map(\.entry.verb)
                #expect(history.suffix(3) == [.copyCertified, .paperPrinted, .paperPosted])
            }
        }
    }

    @Test(
        "D6: nothing is printed before it is copied, posted before it is printed, or moved twice",
        arguments: DatabaseKind.available)
    func order(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            _ = try await world.issueDirectly(from: "vt.tuphap", to: try await Self.offline(world, 2))
            let ids = try await world.papers(of: "phong-tu-phap").map(\.paper.id)
            let day = Self.posting(world)
            await #expect(throws: Refused(.copyNotMade)) {
                try await world.runner.run(NotePrinted(ids), as: clerk)
            }
            await #expect(throws: Refused(.paperNotPrinted)) {
                try await world.runner.run(NotePosted(ids, day), as: clerk)
            }
            await #expect(throws: Refused(.nothingChosen)) {
                try await world.runner.run(NotePrinted([]), as: clerk)
            }
            _ = try await world.certifyAll(of: "phong-tu-phap", as: "vt.tuphap")
            let head = try await world.position("tp.tuphap")
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(CertifyCopy(ids, signer: head.id), as: clerk)
            }
            try await world.runner.run(NotePrinted(ids), as: clerk)
            await #expect(throws: Refused(.stale)) { try await world.runner.run(NotePrinted(ids), as: clerk) }
            let wrong: [(PostingParticulars, Refusal)] = [
                (Self.posting(world, days: 1), .dateInFuture(.postedOn)),
                (Self.posting(world, days: -1), .malformed(.postedOn)),
                (Self.posting(world, envelopes: 0), .malformed(.envelopes)),
            ]
            for (particulars, reason) in wrong {
                await #expect(throws: Refused(reason)) {
                    try await world.runner.run(NotePosted(ids, particulars), as: clerk)
                }
            }
            try await world.runner.run(NotePosted([ids[0]], day), as: clerk)
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(NotePosted(ids, day), as: clerk)
            }
            let rest = try await world.runner.run(NotePosted([ids[1]], day), as: clerk)
            #expect(rest.map(\.number) == [2], "no number was lost by what was refused")
        }
    }

    @Test(
        "A2, D6: only the clerk of the own agency copies, prints and posts, and only a leader of it signs copies",
        arguments: DatabaseKind.available)
    func notTheirs(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.issueDirectly(from: "vt.tuphap", to: try await Self.offline(world, 1))
            let ids = try await world.papers(of: "phong-tu-phap").map(\.paper.id), day = Self.posting(world)
            let head = try await world.position("tp.tuphap")
            for (login, refused) in [
                ("tp.tuphap", Refused(.notForYourRole)), ("cv1.tuphap", Refused(.notForYourRole)),
                ("vt.noivu", Refused(.notFound)),
            ] {
                let actor = try await world.actor(login)
                await #expect(throws: refused, "\(login)") {
                    try await world.runner.run(CertifyCopy(ids, signer: head.id), as: actor)
                }
                await #expect(throws: refused) { try await world.runner.run(NotePrinted(ids), as: actor) }
                await #expect(throws: refused) { try await world.runner.run(NotePosted(ids, day), as: actor) }
            }
            let clerk = try await world.actor("vt.tuphap")
            for login in ["cv1.tuphap", "vt.tuphap", "tp.noivu"] {
                let signer = try await world.position(login).id
                await #expect(throws: Refused(.malformed(.signer)), "\(login)") {
                    try await world.runner.run(CertifyCopy(ids, signer: signer), as: clerk)
                }
            }
            #expect(try await world.papers(of: "phong-tu-phap").allSatisfy { $0.paper.copy == nil })
        }
    }

    @Test(
        "D6, E3: paper that was not posted yet is taken back at once: no more in the queue, and nothing to print; posted it is gone",
        arguments: DatabaseKind.available)
    func takenBack(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let offline = try await Self.offline(world, 1)
            let first = try await world.issueDirectly(from: "vt.tuphap", to: offline)
            let paper = try #require(try await world.papers(of: "phong-tu-phap").first).paper
            let head = try await world.position("tp.tuphap"), clerk = try await world.actor("vt.tuphap")
            func takeBack(_ issuance: Issuance, _ paper: PaperDispatch) -> AskRecipients {
                AskRecipients(.recall, issuance: issuance.id, deliveries: [paper.delivery], note: "Gửi nhầm.")
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(
                    takeBack(first, paper), as: try await world.actor("tp.tuphap"))
            }
            let outcome = try await world.runner.run(takeBack(first, paper), as: clerk)
            #expect(outcome.takenBack == 1 && outcome.asked == 0)
            #expect(try await world.papers(of: "phong-tu-phap").isEmpty)
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(CertifyCopy([paper.id], signer: head.id), as: clerk)
            }

            let second = try await world.issueDirectly(from: "vt.tuphap", to: offline)
            let posted = try #require(try await world.papers(of: "phong-tu-phap").first).paper
            _ = try await world.certifyAll(of: "phong-tu-phap", as: "vt.tuphap")
            try await world.runner.run(NotePrinted([posted.id]), as: clerk)
            _ = try await world.runner.run(NotePosted([posted.id], Self.posting(world)), as: clerk)
            await #expect(throws: Refused(.channelHasNoAnswers)) {
                try await world.runner.run(takeBack(second, posted), as: clerk)
            }
        }
    }

    @Test(
        "D6: the copy to print has the letter's pages, SAO Y, its number, who signs it, and who signed the original",
        arguments: DatabaseKind.available)
    func printed(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let offline = try await world.addPaperAgency()
            let draft = try await world.signedDraft()
            let usual = try await world.issuingWish(draft)
            let issued = try await world.issue(
                IssuingWish(
                    code: usual.code, date: usual.date, recipients: usual.recipients + [offline],
                    pin: usual.pin))
            let copy = try #require(try await world.certifyAll(of: "phong-tu-phap", as: "vt.tuphap").first)
            let clerk = try await world.position("vt.tuphap")
            let printed = try await CopyPrinting(office: world.office).pdf(copy.id, as: clerk)
            let stored = try world.office.blobs.put(printed.bytes)
            let text = try await PageText.text(pdf: world.office.blobs.path(of: stored.hash))
            for words in [
                "SAO Y", "Số: 01/SY-PTP", "TRƯỞNG PHÒNG", "Hà Minh Đương", "Nơi nhận:", "Hội Người cao tuổi",
                "In từ bản gốc văn bản điện tử số 01/PTP", "Chữ ký số: Hà Minh Đương", "Mã kiểm tra:",
                "Kèm theo 1 tệp",
            ] {
                #expect(text.contains(words), "\(words)")
            }
            let files = try await world.office.read { try $0.documents.files(of: issued.document) }
            let pages = files.filter { $0.kind != .original }.map(\.file.pages).reduce(0, +)
            let found = try await PDFInspection.inspect(world.office.blobs.path(of: stored.hash)).pages ?? 0
            #expect(found == pages || found == pages + 1)
            for login in ["vt.noivu", "tp.tuphap"] {
                let other = try await world.position(login)
                await #expect(throws: Refused(.notFound)) {
                    _ = try await CopyPrinting(office: world.office).pdf(copy.id, as: other)
                }
            }
        }
    }
}
