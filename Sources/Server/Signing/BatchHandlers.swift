// Ký nhiều văn bản một lần: the list of what waits for my signature, the one press that signs what is ticked, and the
// page of its progress. The PIN opens the key once and is forgotten.
import Domain
import Operations
import Pages
import Store

enum BatchHandlers {
    static let all: [PageRoute] = [
        .get("du-thao/cho-ky", list),
        .post("du-thao/cho-ky/ky", sign),
        .get("tien-trinh/:batch", progress),
        .post("tien-trinh/:batch/dung", stop),
    ]

    private static let pageSize = 50

    private static func list(_ visit: Visit) async throws -> Reply {
        guard Verb.signingBatchStarted.roles.contains(visit.position.role) else { throw Refused(.notFound) }
        return try await page(visit, Entries(), [])
    }

    private static func sign(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        do {
            let chosen = form.list(FormFields.chosen).compactMap(ChosenDraft.init(choice:))
            let slug = visit.agency.slug
            let acted = try await visit.server.batches.start(
                SigningBatchWish(drafts: chosen, pin: form.secret(FormFields.pin)), as: visit.position,
                form: FormAct(id: try visit.actID(form)) { id in
                    Address.office(slug: slug, .progress(id.description)).path
                })
            switch acted {
            case .done(let id): return .seeOther(visit.path(.progress(id.description)))
            case .already(let location): return .seeOther(location)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await page(visit, form.entries, refused.reasons)
        }
    }

    private static func page(_ visit: Visit, _ entries: Entries, _ refusals: [Refusal]) async throws -> Reply
    {
        let after = DeskKey(visit.query("sau")), all = visit.query("chon") == "tat-ca"
        let (rows, last, hasMore) = try await AwaitedDrafts(office: visit.office).page(
            for: visit.position, after: after, limit: pageSize)
        let html = try await visit.office.read { tables in
            let key = try tables.signingKeys.find(.person(visit.position.account))
            let running = try tables.signingBatches.open(of: visit.position.id)
            return ToSignPage(
                frame: try visit.frame(tables), rows: rows.map(ToSignRow.init),
                key: key.map(SignPage.Key.init),
                sign: Door(key.map { $0.batchRefusals(at: visit.now) } ?? [.noKey]), allChosen: all,
                next: hasMore ? last?.text : nil, running: running?.id.description, entries: entries,
                refusals: refusals, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    /// Of a batch, or of a signature asked of a remote service.
    private static func progress(_ visit: Visit) async throws -> Reply {
        if let page = try await waitingPage(visit) { return page }
        let found = try await visit.office.signingBatch(try visit.id("batch"), as: visit.position)
        return .page(
            try await visit.office.read { tables in
                SigningProgressPage(
                    frame: try visit.frame(tables), id: found.batch.id.description,
                    startedAt: found.batch.startedAt, endedAt: found.batch.endedAt,
                    isStopping: found.batch.cancelledAt != nil,
                    lines: found.items.map {
                        SigningProgressPage.Line(
                            code: $0.code, abstract: $0.abstract, state: $0.state, reasons: $0.reasons)
                    }, seal: visit.seal())
            }.html())
    }

    private static func waitingPage(_ visit: Visit) async throws -> Reply? {
        let id: ID<WaitingSignature> = try visit.id("batch")
        guard try await visit.office.read({ try $0.waitingSignatures.find(id) }) != nil else { return nil }
        let found = try await visit.office.waitingSignature(id, as: visit.position)
        return .page(
            try await visit.office.read { tables in
                WaitingSignaturePage(
                    frame: try visit.frame(tables), id: id.description, code: found.code,
                    abstract: found.abstract,
                    state: found.state, reasons: found.reasons, askedAt: found.askedAt,
                    expiresAt: found.expiresAt, seal: visit.seal())
            }.html())
    }

    private static func stop(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let page = visit.path(.progress(try visit.parameter("batch")))
        let id: ID<WaitingSignature> = try visit.id("batch")
        do {
            if try await visit.office.read({ try $0.waitingSignatures.find(id) }) != nil {
                return try await visit.act(CancelRemoteSignature(id), form) { _ in page }
            }
            return try await visit.act(CancelSigningBatch(try visit.id("batch")), form) { _ in page }
        } catch let refused as Refused where refused.reasons == [.stale] {
            // It was over before the press came: the page says how it ended.
            return .seeOther(page)
        }
    }
}

extension ChosenDraft {
    /// `12-3-7-<hash>`, as the list's ticks carry it.
    init?(choice: String) {
        let parts = choice.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, let code = Int(parts[0]), let version = Int(parts[1]),
            let revision = Int(parts[2]), parts[3].count == 64
        else { return nil }
        self.init(code: code, version: version, revision: revision, pdfHash: String(parts[3]))
    }
}

extension ToSignRow {
    init(_ row: AwaitedDraft) {
        self.init(
            code: row.draft.code, abstract: row.draft.abstract, typeName: row.typeName, drafter: row.drafter,
            version: row.draft.currentVersion, revision: row.draft.version, pdfHash: row.pdfHash ?? "",
            urgency: row.draft.urgency,
            dueAt: row.draft.dueAt, refusals: row.refusals)
    }
}
