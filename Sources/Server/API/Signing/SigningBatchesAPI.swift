// Ký nhiều văn bản một lần, for machines: one PIN for several drafts, and where the batch stands. The PIN is used
// once and kept nowhere.
import Domain
import Operations
import Store

enum SigningBatchesAPI {
    static let routes: [APIRoute] = [
        .act("/signing-batches", "startSigningBatch", "Ký nhiều dự thảo một lần", creates: true, start),
        .get("/signing-batches/{id}", "readSigningBatch", "Tiến trình ký nhiều dự thảo") {
            try await answer(try $0.id(), $0)
        },
        .act(
            "/signing-batches/{id}/cancel", "cancelSigningBatch", "Dừng, để lại các dự thảo chưa ký", cancel),
    ]

    private static func start(_ call: APICall, _ input: SigningBatchInput) async throws -> Landed<
        SigningBatchAnswer
    > {
        let codes = try await codes(of: input.drafts.map(\.draft), call)
        let chosen = zip(input.drafts, codes).map { item, code in
            ChosenDraft(
                code: code, version: item.currentVersion, revision: item.version, pdfHash: item.pdfHash)
        }
        let acted = try await call.server.batches.start(
            SigningBatchWish(drafts: chosen, pin: input.pin), as: call.position,
            form: try call.form(.signingBatches) { $0 })
        let landing: Landing<SigningBatch> =
            switch acted {
            case .done(let id): Landing(collection: .signingBatches, id: id, isRepeat: false)
            case .already(let location): try call.landing(at: location, .signingBatches)
            }
        return landing.with(try await answer(landing.id, call))
    }

    private static func codes(of ids: [ID<Draft>], _ call: APICall) async throws -> [Int] {
        let agency = call.agency
        return try await call.office.read { tables in
            try ids.map { id in
                guard let draft = try tables.drafts.find(id), draft.agency == agency else {
                    throw Refused(.notFound)
                }
                return draft.code
            }
        }
    }

    private static func cancel(_ call: APICall, _ input: NothingInput) async throws -> Landed<
        SigningBatchAnswer
    > {
        let landing = try await call.act(CancelSigningBatch(try call.id()), .signingBatches) { $0 }
        return landing.with(try await answer(landing.id, call))
    }

    private static func answer(_ id: ID<SigningBatch>, _ call: APICall) async throws -> SigningBatchAnswer {
        SigningBatchAnswer(try await call.office.signingBatch(id, as: call.position))
    }
}

/// An act that needs nothing said.
struct NothingInput: APIObject {
    static let schema = ObjectSchema("Nothing", [])
    static let example = NothingInput()
}

struct SigningBatchInput: APIObject {
    let drafts: [ChosenDraftInput]
    let pin: String

    static let schema = ObjectSchema(
        "SigningBatchInput",
        [
            .always("drafts", .list(of: ChosenDraftInput.self, most: SigningBatchRules.most)),
            .always("pin", .secret),
        ])

    static let example = SigningBatchInput(drafts: [.example], pin: "246810")
}

struct ChosenDraftInput: APIObject {
    let draft: ID<Draft>
    let version: Int
    let currentVersion: Int
    let pdfHash: String

    static let schema = ObjectSchema(
        "ChosenDraft",
        [
            .always("draft", .uuid), SeenVersion.seen,
            .always("currentVersion", .count, "The ordinal of the file that was read."),
            .always("pdfHash", .text(64), "Its `pdfHash`: exactly what is signed."),
        ])

    static let example = ChosenDraftInput(
        draft: Example.id(), version: 7, currentVersion: 1, pdfHash: String(repeating: "0", count: 64))
}

struct SigningBatchAnswer: APIObject {
    let id: ID<SigningBatch>
    let startedAt: ISOMoment
    let cancelledAt: ISOMoment?
    let endedAt: ISOMoment?
    let items: [SigningBatchItemAnswer]

    static let schema = ObjectSchema(
        "SigningBatch",
        [
            .always("id", .uuid), .always("startedAt", .moment), .maybe("cancelledAt", .moment),
            .maybe("endedAt", .moment, "Absent while it runs."),
            .always("items", .list(of: SigningBatchItemAnswer.self)),
        ])

    static let example = SigningBatchAnswer(
        id: Example.id(), startedAt: ISOMoment(Example.moment), cancelledAt: nil, endedAt: nil,
        items: [.example])
}

extension SigningBatchAnswer {
    init(_ progress: SigningBatchProgress) {
        let batch = progress.batch
        (id, startedAt) = (batch.id, ISOMoment(batch.startedAt))
        (cancelledAt, endedAt) = (batch.cancelledAt.map(ISOMoment.init), batch.endedAt.map(ISOMoment.init))
        items = progress.items.map(SigningBatchItemAnswer.init)
    }
}

struct SigningBatchItemAnswer: APIObject {
    let draft: ID<Draft>
    let code: Int
    let state: Choice<SigningBatchItemState>
    let reasons: [String]

    static let schema = ObjectSchema(
        "SigningBatchItem",
        [
            .always("draft", .uuid), .always("code", .count),
            .always("state", .choice(of: SigningBatchItemState.self)),
            .always("reasons", .list(.text), "Why it was not signed: `case` or `case:field`."),
        ])

    static let example = SigningBatchItemAnswer(
        draft: Example.id(), code: 268, state: Choice(.signed), reasons: [])
}

extension SigningBatchItemAnswer {
    init(_ item: SigningBatchItem) {
        (draft, code, state) = (item.draft, item.code, Choice(item.state))
        reasons = item.reasons.map(\.machineName)
    }
}
