import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Lập dự thảo – phiếu trình, on both databases.
struct DraftingSlipTests {
    @Test(
        "C1: drafts get DT-1, DT-2 … in their agency, the notation of their type, and are found by code and words",
        arguments: DatabaseKind.available)
    func opening(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let letter = try await world.openDraft()
            let report = try await world.openDraft(
                DraftParticulars(type: "bao-cao", abstract: "phổ biến pháp luật"))
            let neighbour = try await world.openDraft(by: "cv1.noivu")
            #expect((letter.code, report.code, neighbour.code) == (1, 2, 1))
            #expect(letter.notation == "PTP")
            #expect(report.notation == "BC-PTP")
            #expect(letter.dueAt == Instant(OfficeDate(dayNumber: 20_593), hour: 17))
            #expect(letter.state == .drafting)
            for question in ["dt-1", "DT 1", "ho tich", "công văn hộ tịch"] {
                let found = try await world.office.read { tables in
                    try tables.entryText.find(
                        Folding.words(question), kind: .draft, agency: letter.agency, limit: 9)
                }
                #expect(found == [letter.id.uuid], "\(question)")
            }
            #expect(try await world.desk("cv1.tuphap").isEmpty)
        }
    }

    @Test(
        "C1: every fault of the slip is said at once, and nothing is left behind",
        arguments: DatabaseKind.available)
    func refusedSlip(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let faulty = DraftParticulars(
                type: "", abstract: "  ", notation: String(repeating: "x", count: 61),
                dueDate: OfficeDate(year: 2026, month: 5, day: 11))
            await #expect(
                throws: Refused([
                    .missing(.type), .missing(.abstract), .tooLong(.notation, limit: 60), .deadlineInPast,
                ])
            ) { _ = try await world.openDraft(faulty) }
            await #expect(throws: Refused(.missing(.type))) {
                _ = try await world.openDraft(DraftParticulars(type: "khong-co", abstract: "a"))
            }
            let first = try await world.openDraft()
            #expect(first.code == 1)
        }
    }

    @Test(
        "B11: an answer is linked to its letter and begins the drafter's own part; only who was told may answer",
        arguments: DatabaseKind.available)
    func answering(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let arrival = try await world.register(number: "482", as: try await world.actor("vt.tuphap"))
            try await world.direct(arrival, lead: "cv1.tuphap", informed: ["cv2.tuphap"], as: "tp.tuphap")
            await #expect(throws: Refused(.notDirectedToYou)) {
                _ = try await world.openDraft(answers: [arrival.id], by: "cv2.tuphap")
            }
            await #expect(throws: Refused(.notFound)) {
                _ = try await world.openDraft(answers: [arrival.id], by: "cv1.noivu")
            }
            let draft = try await world.openDraft(answers: [arrival.id, arrival.id])
            let drafter = try await world.position("cv1.tuphap")
            let detail = try await world.office.draft(draft.code, as: drafter)
            #expect(detail.answers.map(\.number) == [arrival.number])
            #expect(detail.answers.map(\.numberAndNotation) == ["482/STP-HCTP"])
            let (state, parts) = try await world.office.read { tables in
                (try tables.arrivals.find(arrival.id)?.state, try tables.assignments.of(arrival.id))
            }
            #expect(state == .working)
            #expect(parts.first { $0.position == drafter.id }?.state == .working)
            #expect(parts.filter { $0.state == .working }.count == 1)
            let entries = try await world.office.read {
                try $0.journal.entries(of: draft.agency, after: 0, limit: 9)
            }
            #expect(
                entries.map(\.entry.verb)
                    == [.incomingRegistered, .incomingDirected, .draftOpened, .assignmentStarted])
            try await world.office.database.write {
                try Tables($0).arrivals.setState(.closed, of: arrival.id, at: arrival.arrivedAt)
            }
            await #expect(throws: Refused(.arrivalClosed)) {
                _ = try await world.openDraft(answers: [arrival.id])
            }
        }
    }

    @Test(
        "C1: the drafter changes the slip; a reader may not, and an older page is stale",
        arguments: DatabaseKind.available)
    func changing(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.openDraft()
            var facts = StoryWorld.slip
            facts.abstract = "rà soát chứng thực"
            let change = ChangeDraft(SeenDraft(draft), facts: facts)
            let (drafter, head) = (try await world.actor("cv1.tuphap"), try await world.actor("tp.tuphap"))
            await #expect(throws: Refused(.notYours)) { try await world.runner.run(change, as: head) }
            let changed = try await world.runner.run(change, as: drafter)
            #expect(changed.abstract == "rà soát chứng thực")
            #expect(changed.version == draft.version + 1)
            await #expect(throws: Refused(.stale)) { try await world.runner.run(change, as: drafter) }
            let submitted = try await world.submit(try await world.addPDFVersion("một", to: changed))
            await #expect(throws: Refused(.draftNotEditable)) {
                try await world.runner.run(ChangeDraft(SeenDraft(submitted), facts: facts), as: drafter)
            }
            let found = try await world.office.read { tables in
                try tables.entryText.find(["ra", "soat"], kind: .draft, agency: draft.agency, limit: 9)
            }
            #expect(found == [draft.id.uuid])
        }
    }

    @Test(
        "C1: enclosures wait for their PDF, supporting papers stay as they came, and either can be removed",
        arguments: DatabaseKind.available)
    func files(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let opened = try await world.openDraft()
            let enclosed = try await world.addSpreadsheet(to: opened, as: .enclosure)
            let supported = try await world.addSpreadsheet(to: enclosed, as: .supporting)
            let files = try await world.bundle(supported).files
            #expect(files.map(\.conversion) == [.waiting, nil])
            #expect(files.map(\.ordinal) == [1, 2])
            let withVersion = try await world.addPDFVersion("một", to: supported)
            await #expect(throws: Refused(.enclosureNotConverted("so-lieu.xlsx"))) {
                _ = try await world.submit(withVersion)
            }
            let drafter = try await world.actor("cv1.tuphap")
            let removal = RemoveDraftFile(SeenDraft(withVersion), file: try #require(files.first).id)
            let head = try await world.actor("tp.tuphap")
            await #expect(throws: Refused(.notYours)) { try await world.runner.run(removal, as: head) }
            let removed = try await world.runner.run(removal, as: drafter)
            let now = world.office.clock.now
            let isAnyReady = try await world.office.read { try $0.jobs.isAnyReady(at: now) }
            #expect(!isAnyReady)
            _ = try await world.submit(removed)
        }
    }

    @Test(
        "B3: a file that is gone, of another person, empty, unread or of a wrong kind is refused",
        arguments: DatabaseKind.available)
    func refusedFiles(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.openDraft()
            let (drafter, other) = (try await world.actor("cv1.tuphap"), try await world.actor("cv2.tuphap"))
            func add(_ file: ID<StagedFile>) async throws {
                try await world.runner.run(AddDraftVersion(SeenDraft(draft), file: file), as: drafter)
            }
            let pdf = Array("%PDF-1.7".utf8)
            let others = try await world.stage(pdf, name: "a.pdf", for: other)
            await #expect(throws: Refused(.fileGone)) { try await add(others) }
            let empty = try await world.stage([], name: "a.pdf", for: drafter)
            await #expect(throws: Refused(.fileEmpty)) { try await add(empty) }
            let unread = try await world.stage(pdf, name: "a.pdf", pages: 0, for: drafter)
            await #expect(throws: Refused(.fileDamaged)) { try await add(unread) }
            let picture = try await world.stage([1], name: "a.png", mediaType: "image/png", for: drafter)
            await #expect(throws: Refused(.fileKindNotAllowed)) { try await add(picture) }
            let program = try await world.stage(
                [1], name: "a.docx", mediaType: "application/octet-stream", for: drafter)
            await #expect(throws: Refused(.fileKindNotAllowed)) { try await add(program) }
            #expect(try await world.bundle(draft).draft == draft)
        }
    }
}
