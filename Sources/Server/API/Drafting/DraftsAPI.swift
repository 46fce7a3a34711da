// Dự thảo, for machines: opened, written, sent on its way, initialled, returned and taken back. Every act
// names the version of the draft that was read; an older one is stale.
import Domain
import Foundation
import Operations
import Store

enum DraftsAPI {
    static let routes: [APIRoute] = [
        .list(
            "/drafts", "listDrafts", "Dự thảo mà vị trí này được đọc, mới nhất trước",
            parameters: [
                APIParameter(
                    name: "state", schema: .choice(of: DraftState.self), note: "Only those in this state.")
            ], list),
        .act("/drafts", "openDraft", "Lập dự thảo, phiếu trình", creates: true, open),
        .get("/drafts/{id}", "readDraft", "Dự thảo") { try await answer(try $0.id(), $0) },
        .act("/drafts/{id}/versions", "addDraftVersion", "Thêm phiên bản", addVersion),
        .act("/drafts/{id}/files", "addDraftFile", "Thêm văn bản kèm theo hoặc tài liệu trình kèm", addFile),
        .act("/drafts/{id}/submit", "submitDraft", "Trình", submit),
        .act("/drafts/{id}/initial", "initialDraft", "Ký nháy, chuyển bước sau", initial),
        .act("/drafts/{id}/submit-onward", "submitDraftOnward", "Trình tiếp", submitOnward),
        .act("/drafts/{id}/return", "returnDraft", "Trả lại", giveBack),
        .act("/drafts/{id}/take-back", "takeDraftBack", "Lấy lại", takeBack),
    ]

    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<DraftLine> {
        let (state, person): (DraftState?, Position) = (call.choice("state"), call.position)
        let rows = try await call.office.read { tables in
            let after = try page.key { key in
                try ID<Draft>(key).flatMap { try tables.draftLists.rows([$0], for: person).first }
            }
            return try tables.draftLists.page(
                for: person, state: state, after: after?.code, limit: page.limit + 1)
        }
        return Portion(rows.map(DraftLine.init), limit: page.limit) { rows[$0].id.description }
    }

    static func answer(_ id: ID<Draft>, _ call: APICall) async throws -> DraftAnswer {
        let detail = try await call.office.draft(try await code(of: id, call), as: call.position)
        let today = call.office.clock.now.officeDate
        return DraftAnswer(
            detail, try await call.office.read { try SendingAnswer($0, detail.draft, today: today) })
    }

    /// What people call it; drafts of other agencies have none for us.
    static func code(of id: ID<Draft>, _ call: APICall) async throws -> Int {
        let draft = try await call.office.read { try $0.drafts.find(id) }
        guard let draft, draft.agency == call.agency else { throw Refused(.notFound) }
        return draft.code
    }

    static func seen(_ version: Int, _ call: APICall) async throws -> SeenDraft {
        SeenDraft(code: try await code(of: try call.id(), call), version: version)
    }

    static func act<O: OfficeOperation>(
        _ call: APICall, _ operation: O
    ) async throws -> Landed<DraftAnswer> where O.Outcome == Draft {
        let landing = try await call.act(operation, .drafts) { $0.id }
        return landing.with(try await answer(landing.id, call))
    }

    // MARK: The acts

    private static func open(_ call: APICall, _ input: NewDraft) async throws -> Landed<DraftAnswer> {
        try await act(call, OpenDraft(facts: input.facts, answers: input.answers ?? []))
    }

    private static func addVersion(_ call: APICall, _ input: NewDraftVersion) async throws -> Landed<
        DraftAnswer
    > {
        try await act(call, AddDraftVersion(try await seen(input.version, call), file: input.file))
    }

    private static func addFile(_ call: APICall, _ input: NewDraftFile) async throws -> Landed<DraftAnswer> {
        try await act(
            call, AddDraftFile(try await seen(input.version, call), kind: input.kind.value, file: input.file))
    }

    private static func submit(_ call: APICall, _ input: Submission) async throws -> Landed<DraftAnswer> {
        try await act(call, SubmitDraft(try await seen(input.version, call), route: input.route.map(\.step)))
    }

    private static func initial(_ call: APICall, _ input: Initial) async throws -> Landed<DraftAnswer> {
        try await act(
            call, ApproveStep(try await seen(input.version, call), comment: (input.comment ?? "").asTyped))
    }

    private static func submitOnward(_ call: APICall, _ input: OnwardSubmission) async throws -> Landed<
        DraftAnswer
    > {
        try await act(
            call,
            SubmitOnward(
                try await seen(input.version, call), to: input.to.step, comment: (input.comment ?? "").asTyped
            ))
    }

    private static func giveBack(_ call: APICall, _ input: DraftReturn) async throws -> Landed<DraftAnswer> {
        try await act(
            call,
            ReturnForRework(
                try await seen(input.version, call), to: input.target, comment: input.comment.asTyped))
    }

    private static func takeBack(_ call: APICall, _ input: SeenVersion) async throws -> Landed<DraftAnswer> {
        try await act(call, TakeBackStep(try await seen(input.version, call)))
    }
}
