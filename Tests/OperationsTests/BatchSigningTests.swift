import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Ký nhiều văn bản một lần, on both databases, with real keys and the story's own letter.
struct BatchSigningTests {
    @Test(
        "D1: fifty drafts are signed with one entry of the PIN, each in its own entry; the page finds the progress",
        arguments: DatabaseKind.available)
    func fifty(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let drafts = try await world.draftsForSignature(50)
            let head = try await world.position("tp.tuphap")
            let list = try await AwaitedDrafts(office: world.office).page(for: head, limit: 50)
            #expect(list.rows.count == 50 && !list.hasMore)
            #expect(list.rows.allSatisfy { $0.refusals.isEmpty })
            let batches = BatchSigning(office: world.office)
            let id = try await batches.begin(try await world.batchWish(drafts), as: head)
            await batches.wait(for: id)
            let progress = try await world.office.signingBatch(id, as: head)
            #expect(progress.batch.endedAt != nil)
            #expect(progress.items.map(\.state) == Array(repeating: .signed, count: 50))
            let (entries, left) = try await world.office.read { tables in
                (
                    try tables.journal.entries(of: head.agency, after: 0, limit: 10_000).map(\.entry),
                    try tables.desk.counts(of: head.id)
                )
            }
            let signed = entries.filter { $0.verb == .draftSigned }
            #expect(Set(signed.map(\.subject)) == Set(drafts.map(\.id.uuid)))
            #expect(signed.allSatisfy { $0.particulars["batch"] == id.description })
            #expect(!entries.contains { $0.particulars.values.contains(StoryWorld.pin) })
            #expect(left.isEmpty)
            let last = try await world.office.read { try $0.signedFiles.valid(of: drafts[49].id) }
            let report = SignatureReports(office: world.office).report(last?.hash ?? "")
            #expect(report.signatures.map(\.indication) == [.totalPassed])
        }
    }

    @Test(
        "D1, C4: a changed version, a page without places and old initials are left with their reasons; the rest is signed",
        arguments: DatabaseKind.available)
    func someCannot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap")
            let good = try await world.draftsForSignature(2)
            let changed = try await world.draftForSignature(enclosure: nil)
            let odd = try await world.draftForSignature(notation: "PTP-HT", enclosure: nil)
            let wish = try await world.batchWish([good[0], changed, odd, good[1]])
            let letter = try await world.stage(
                try await StoryPDFs.shared.pdf(of: "drafts/02-bao-cao-pho-bien-phap-luat.docx").bytes,
                name: "moi.pdf", pages: 2, for: .position(head))
            _ = try await world.runner.run(
                AddDraftVersion(SeenDraft(changed), file: letter), as: .position(head))
            let list = try await AwaitedDrafts(office: world.office).page(for: head, limit: 50)
            let row = try #require(list.rows.first { $0.draft.id == odd.id })
            #expect(row.refusals == [.printedPartsDiffer(printed: "PTP", entered: "PTP-HT")])
            let batches = BatchSigning(office: world.office)
            let id = try await batches.begin(wish, as: head)
            await batches.wait(for: id)
            let items = try await world.office.signingBatch(id, as: head).items
            #expect(items.map(\.state) == [.signed, .notSigned, .notSigned, .signed])
            #expect(items[1].reasons == [.stale])
            #expect(items[2].reasons == [.printedPartsDiffer(printed: "PTP", entered: "PTP-HT")])
            #expect(try await world.reread(changed).state == .climbing)
            let end = try await world.office.read {
                try $0.journal.history(of: [id.uuid], in: head.agency).last?.entry
            }
            #expect(end?.verb == .signingBatchEnded)
            #expect(end?.particulars["notSigned"] == "DT-\(changed.code) DT-\(odd.code)")
        }
    }

    @Test(
        "H5: an officer, a clerk, a deputy and the head of another agency sign nothing together",
        arguments: DatabaseKind.available)
    func notByOthers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(
                ["tp.tuphap", "pp.tuphap", "tp.noivu", "vt.tuphap", "cv1.tuphap"], seals: [])
            let drafts = try await world.draftsForSignature(2)
            let wish = try await world.batchWish(drafts)
            let batches = BatchSigning(office: world.office)
            let refusals: [(String, Refusal)] = [
                ("cv1.tuphap", .notForYourRole), ("vt.tuphap", .notForYourRole), ("pp.tuphap", .notFound),
                ("tp.noivu", .notFound),
            ]
            for (login, refusal) in refusals {
                let person = try await world.position(login)
                await #expect(throws: Refused(refusal), "\(login)") {
                    _ = try await batches.start(wish, as: person)
                }
            }
            let head = try await world.position("tp.tuphap"), deputy = try await world.position("pp.tuphap")
            let id = try await batches.begin(wish, as: head)
            await #expect(throws: Refused(.notFound)) {
                _ = try await world.office.signingBatch(id, as: deputy)
            }
            await #expect(throws: Refused(.notFound)) {
                _ = try await world.runner.run(CancelSigningBatch(id), as: .position(deputy))
            }
            await batches.wait(for: id)
        }
    }

    @Test("a wrong PIN, no draft or too many begin nothing", arguments: DatabaseKind.available)
    func nothingBegun(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap")
            let draft = try await world.draftForSignature(enclosure: nil)
            let batches = BatchSigning(office: world.office)
            let wrong = try await world.batchWish([draft], pin: "135790")
            await #expect(throws: Refused(.wrongPIN(attemptsLeft: 4))) {
                _ = try await batches.start(wrong, as: head)
            }
            let none = SigningBatchWish(drafts: [], pin: StoryWorld.pin)
            await #expect(throws: Refused(.noDraftChosen)) { _ = try await batches.start(none, as: head) }
            let many = (1...201).map { ChosenDraft(code: $0, version: 1, revision: 1, pdfHash: "") }
            await #expect(throws: Refused(.tooManyDrafts(limit: 200))) {
                _ = try await batches.start(SigningBatchWish(drafts: many, pin: StoryWorld.pin), as: head)
            }
            let open = try await world.office.read { try $0.signingBatches.open(of: head.id) }
            #expect(open == nil)
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    @Test(
        "one form begins one batch; stopped by its person, or by the end of the server, the rest stays unsigned and says so",
        arguments: DatabaseKind.available)
    func stopped(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap")
            let drafts = try await world.draftsForSignature(8)
            let batches = BatchSigning(office: world.office)
            let form = FormAct<ID<SigningBatch>>(id: "lo-1") { "/tien-trinh/\($0)" }
            let first = try await world.batchWish(Array(drafts[0..<4]))
            guard case .done(let id) = try await batches.start(first, as: head, form: form),
                case .already(let location) = try await batches.start(first, as: head, form: form)
            else {
                Issue.record("the first press must begin and the second lead to it")
                return
            }
            #expect(location == "/tien-trinh/\(id)")
            _ = try await world.runner.run(CancelSigningBatch(id), as: .position(head))
            await batches.wait(for: id)
            try await Self.expectLeft(world, id, head, because: .signingCancelled)
            let second = try await batches.begin(try await world.batchWish(Array(drafts[4..<8])), as: head)
            await batches.stop()
            try await Self.expectLeft(world, second, head, because: .signingInterrupted)
        }
    }

    /// What was not signed has the reason, and its draft still waits.
    private static func expectLeft(
        _ world: StoryWorld, _ id: ID<SigningBatch>, _ head: Position, because reason: Refusal
    ) async throws {
        let progress = try await world.office.signingBatch(id, as: head)
        #expect(progress.batch.endedAt != nil)
        #expect(progress.items.contains { $0.state == .notSigned })
        for item in progress.items {
            let draft = try await world.office.read { try $0.drafts.find(item.draft) }
            #expect(item.state.isOver)
            #expect(draft?.state == (item.state == .signed ? .signed : .climbing))
            #expect(item.reasons == (item.state == .signed ? [] : [reason]))
        }
    }

    @Test(
        "after a crash what was not signed is reported, once, and never signed by itself",
        arguments: DatabaseKind.available)
    func crashed(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap")
            let drafts = try await world.draftsForSignature(2)
            let id = ID<SigningBatch>(UUIDv7.make(at: StoryWorld.morning))
            let chosen = try await world.batchWish(drafts).drafts
            try await world.office.database.write { connection in
                try Tables(connection).signingBatches.insert(
                    id, by: head,
                    drafts: zip(drafts, chosen).map { ($0.id, $1.version, $1.revision, $1.pdfHash) },
                    at: StoryWorld.morning,
                    leasedUntil: StoryWorld.morning)
            }
            let batches = BatchSigning(office: world.office)
            let again1 = try await batches.recover()
            #expect(again1 == 1)
            let again0 = try await batches.recover()
            #expect(again0 == 0)
            try await Self.expectLeft(world, id, head, because: .signingInterrupted)
        }
    }

    @Test("a certificate taken out of use in the middle signs no more", arguments: DatabaseKind.available)
    func ended(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap")
            let drafts = try await world.draftsForSignature(6)
            let batches = BatchSigning(office: world.office)
            let id = try await batches.begin(try await world.batchWish(drafts), as: head)
            try await world.runner.run(
                EndKey(of: .person(head.account)), as: .system(name: "Cài đặt ban đầu", agency: nil))
            await batches.wait(for: id)
            let items = try await world.office.signingBatch(id, as: head).items
            #expect(items.contains { $0.state == .notSigned })
            #expect(items.filter { $0.state == .notSigned }.allSatisfy { $0.reasons == [.noKey] })
        }
    }
}

extension BatchSigning {
    /// Begun for the first time.
    fileprivate func begin(_ wish: SigningBatchWish, as person: Position) async throws -> ID<SigningBatch> {
        guard case .done(let id) = try await start(wish, as: person) else { throw Refused(.stale) }
        return id
    }
}
