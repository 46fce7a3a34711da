import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// The way of a draft from desk to desk, on both databases.
struct DraftingRouteTests {
    @Test("C2: every fault of the chosen way is said at once", arguments: DatabaseKind.available)
    func refusedWay(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.openDraft()
            await #expect(throws: Refused([.noSteps, .noVersion])) {
                _ = try await world.submit(draft, route: [])
            }
            let ready = try await world.addPDFVersion("một", to: draft)
            await #expect(throws: Refused([.lastStepMustSign, .signerNotLast])) {
                _ = try await world.submit(ready, route: [("tp.tuphap", .sign), ("pp.tuphap", .approve)])
            }
            await #expect(throws: Refused([.selfStep, .stepMayNotSign("Trần Văn Thuận")])) {
                _ = try await world.submit(ready, route: [("cv1.tuphap", .approve), ("cv2.tuphap", .sign)])
            }
            await #expect(throws: Refused(.malformed(.steps))) {
                _ = try await world.submit(ready, route: [("tp.noivu", .sign)])
            }
            await #expect(throws: Refused(.notYours)) { _ = try await world.submit(ready, by: "tp.tuphap") }
            #expect(try await world.submit(ready).state == .climbing)
        }
    }

    @Test("C1: without its PDF a draft goes nowhere", arguments: DatabaseKind.available)
    func notReady(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let waiting = try await world.addWordVersion(to: try await world.openDraft())
            await #expect(throws: Refused(.conversionWaiting)) { _ = try await world.submit(waiting) }
        }
    }

    @Test(
        "C3, C8: it goes from desk to desk, and each initial stays bound to the PDF it was given to",
        arguments: DatabaseKind.available)
    func climb(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let submitted = try await world.climbingDraft()
            let waiting = try #require(try await world.desk("pp.tuphap").first)
            #expect(waiting.kind == .approve)
            #expect(waiting.detail == "Dự thảo DT-1 · Bùi Ngọc Quyền")
            #expect(waiting.path == "du-thao/1")
            #expect(waiting.dueAt == submitted.dueAt)
            #expect(try await world.desk("tp.tuphap").isEmpty)
            await #expect(throws: Refused(.notYours)) {
                try await world.runner.run(
                    AddDraftFile(SeenDraft(submitted), kind: .supporting, file: ID(UUID())),
                    as: try await world.actor("pp.tuphap"))
            }
            let approved = try await world.approve(submitted, by: "pp.tuphap")
            #expect(try await world.desk("pp.tuphap").isEmpty)
            #expect(try await world.desk("tp.tuphap").map(\.kind) == [.sign])
            await #expect(throws: Refused(.notForYourRole)) {
                _ = try await world.approve(approved, by: "tp.tuphap")
            }
            await #expect(throws: Refused(.stepNotYours)) {
                _ = try await world.approve(approved, by: "pp.tuphap")
            }
            let bundle = try await world.bundle(approved)
            #expect(bundle.decisions.map(\.act) == [.submitted, .initialled])
            #expect(bundle.decisions.allSatisfy { $0.pdfHash == bundle.newest?.pdf?.hash && $0.version == 1 })
            let head = try await world.position("tp.tuphap")
            #expect(DraftRules.signingRefusals(bundle, by: head).isEmpty)
            let deputy = try await world.position("pp.tuphap")
            #expect(DraftRules.signingRefusals(bundle, by: deputy) == [.stepNotYours])
        }
    }

    @Test(
        "C3: a PD/TT handler submits onward to one more person, right after the own step",
        arguments: DatabaseKind.available)
    func onward(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.climbingDraft(
                route: [("pp.tuphap", .approve), ("vt.tuphap", .approve), ("tp.tuphap", .sign)])
            let deputy = try await world.actor("pp.tuphap")
            func onward(_ login: String, _ kind: StepKind) async throws -> Draft {
                let step = ChosenStep(try await world.position(login).id, kind)
                return try await world.runner.run(SubmitOnward(SeenDraft(draft), to: step), as: deputy)
            }
            await #expect(throws: Refused(.selfStep)) { _ = try await onward("cv1.tuphap", .approve) }
            await #expect(throws: Refused(.selfStep)) { _ = try await onward("pp.tuphap", .approve) }
            await #expect(throws: Refused(.malformed(.steps))) { _ = try await onward("vt.tuphap", .approve) }
            await #expect(throws: Refused(.malformed(.steps))) { _ = try await onward("cv1.noivu", .approve) }
            await #expect(throws: Refused(.signerNotLast)) { _ = try await onward("tp.tuphap", .sign) }
            let passed = try await onward("cv2.tuphap", .approve)
            let bundle = try await world.bundle(passed)
            #expect(bundle.steps.map(\.ordinal) == [1, 2, 3, 4])
            #expect(bundle.steps.map(\.state) == [.done, .current, .waiting, .waiting])
            let colleague = try await world.position("cv2.tuphap")
            #expect(bundle.currentStep?.position == colleague.id)
            #expect(bundle.initials.isEmpty)
            #expect(try await world.desk("cv2.tuphap").map(\.kind) == [.approve])
            let back = try await world.runner.run(TakeBackStep(SeenDraft(passed)), as: deputy)
            let steps = try await world.bundle(back).steps
            #expect(steps.map(\.ordinal) == [1, 2, 3])
            #expect(steps.map(\.state) == [.current, .waiting, .waiting])
            #expect(try await world.desk("pp.tuphap").map(\.kind) == [.approve])
        }
    }

    @Test(
        "C3, C11, C14: a return needs words; it goes to the drafter or to an earlier handler, and the prepared file falls",
        arguments: DatabaseKind.available)
    func returning(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.approve(try await world.climbingDraft(), by: "pp.tuphap")
            try await prepare(draft, in: world)
            await #expect(throws: Refused([.missing(.comment), .malformed(.steps)])) {
                _ = try await world.returnDraft(draft, to: .step(ordinal: 2), comment: " ", by: "tp.tuphap")
            }
            let earlier = try await world.returnDraft(draft, to: .step(ordinal: 1), by: "tp.tuphap")
            #expect(try await preparedCount(world) == 0)
            #expect(try await world.desk("pp.tuphap").map(\.kind) == [.approve])
            #expect(try await world.desk("tp.tuphap").isEmpty)
            #expect(try await world.bundle(earlier).steps.map(\.state) == [.current, .waiting])
            let returned = try await world.returnDraft(earlier, by: "pp.tuphap")
            #expect(returned.state == .drafting)
            #expect(try await world.desk("cv1.tuphap").map(\.kind) == [.rework])
            #expect(try await world.desk("pp.tuphap").isEmpty)
            let mended = try await world.addPDFVersion("bản hai", to: returned)
            #expect(try await world.desk("cv1.tuphap").map(\.kind) == [.rework])
            let again = try await world.submit(mended)
            #expect(try await world.desk("cv1.tuphap").isEmpty)
            #expect(again.currentVersion == 2)
            let drafter = try await world.position("cv1.tuphap")
            let detail = try await world.office.draft(again.code, as: drafter)
            #expect(
                detail.decisions.map(\.act) == [.submitted, .initialled, .returned, .returned, .submitted])
            #expect(detail.decisions.map(\.version) == [1, 1, 1, 1, 2])
            #expect(detail.decisions[2].comment == "Sửa lại số liệu quý I.")
            #expect(detail.versions.map(\.ordinal) == [2, 1])
            #expect(
                detail.people.values.contains(DraftPerson(name: "Danh Kim Long", title: "Phó Trưởng phòng")))
        }
    }

    @Test("C3: it can be taken back until the next person has opened it", arguments: DatabaseKind.available)
    func takingBack(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.climbingDraft()
            let (drafter, deputy) = (try await world.actor("cv1.tuphap"), try await world.actor("pp.tuphap"))
            let (deputyPosition, head) = (
                try await world.position("pp.tuphap"), try await world.position("tp.tuphap")
            )
            try await world.office.markStepOpened(draft.code, by: head)
            let back = try await world.runner.run(TakeBackStep(SeenDraft(draft)), as: drafter)
            #expect(back.state == .drafting)
            #expect(try await world.desk("pp.tuphap").isEmpty)
            #expect(try await world.desk("cv1.tuphap").isEmpty)
            let again = try await world.submit(back)
            try await world.office.markStepOpened(draft.code, by: deputyPosition)
            await #expect(throws: Refused(.stepOpened)) {
                try await world.runner.run(TakeBackStep(SeenDraft(again)), as: drafter)
            }
            let approved = try await world.approve(again, by: "pp.tuphap")
            await #expect(throws: Refused(.stepNotYours)) {
                try await world.runner.run(TakeBackStep(SeenDraft(approved)), as: drafter)
            }
            let held = try await world.runner.run(TakeBackStep(SeenDraft(approved)), as: deputy)
            let bundle = try await world.bundle(held)
            #expect(bundle.steps.map(\.state) == [.current, .waiting])
            #expect(bundle.initials.isEmpty)
            #expect(try await world.desk("tp.tuphap").isEmpty)
        }
    }

    @Test(
        "C3, C13: after an edit the earlier initials are of an older version and block signing until renewed",
        arguments: DatabaseKind.available)
    func oldInitials(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let approved = try await world.approve(try await world.climbingDraft(), by: "pp.tuphap")
            let head = try await world.position("tp.tuphap")
            await #expect(throws: Refused(.stepNotYours)) {
                _ = try await world.addPDFVersion("bản hai", to: approved, by: "pp.tuphap")
            }
            await #expect(throws: Refused(.draftNotEditable)) {
                _ = try await world.addPDFVersion("bản hai", to: approved, by: "cv1.tuphap")
            }
            try await prepare(approved, in: world)
            let edited = try await world.addPDFVersion("bản hai", to: approved, by: "tp.tuphap")
            #expect(try await preparedCount(world) == 0)
            let bundle = try await world.bundle(edited)
            #expect(bundle.decisions.last?.act == .newVersion)
            let blocked: [Refusal] = [.initialsOfOlderVersion(["Danh Kim Long"])]
            #expect(DraftRules.signingRefusals(bundle, by: head) == blocked)
            #expect(DraftRules.signingRefusals(bundle, by: head, overrideReason: " ") == blocked)
            #expect(DraftRules.signingRefusals(bundle, by: head, overrideReason: "Sửa lỗi chính tả").isEmpty)
            let returned = try await world.returnDraft(edited, to: .step(ordinal: 1), by: "tp.tuphap")
            let renewed = try await world.approve(returned, by: "pp.tuphap")
            let after = try await world.bundle(renewed)
            #expect(DraftRules.signingRefusals(after, by: head).isEmpty)
        }
    }

    @Test(
        "H2: of two people who act on the same page at once, one acts and the other is told so",
        arguments: DatabaseKind.available)
    func race(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.climbingDraft()
            let (drafter, deputy) = (try await world.actor("cv1.tuphap"), try await world.actor("pp.tuphap"))
            async let first = attempt {
                try await world.runner.run(TakeBackStep(SeenDraft(draft)), as: drafter)
            }
            async let second = attempt {
                try await world.runner.run(ApproveStep(SeenDraft(draft)), as: deputy)
            }
            let outcomes = try await [first, second]
            // Taken back before it was opened, it no longer exists for the deputy.
            #expect(outcomes == [nil, Refused(.notFound)] || outcomes == [Refused(.stale), nil])
            let bundle = try await world.bundle(draft)
            #expect(bundle.decisions.count == 2)
        }
    }

    /// nil when it acted.
    private func attempt(_ act: () async throws -> Draft) async throws -> Refused? {
        do {
            _ = try await act()
            return nil
        } catch let refused as Refused {
            return refused
        }
    }

    private func prepare(_ draft: Draft, in world: StoryWorld) async throws {
        try await world.office.database.write { connection in
            try connection.execute(
                """
                INSERT INTO prepared_file (draft_id, version_ordinal, pdf_hash, layout, prepared_hash, prepared_size)
                VALUES (\(draft.id), 1, 'a', '{}', 'b', 1)
                """)
        }
    }

    private func preparedCount(_ world: StoryWorld) async throws -> Int {
        try await world.office.database.read { connection in
            try connection.first("SELECT count(*) FROM prepared_file") { try $0[0] } ?? 0
        }
    }
}
