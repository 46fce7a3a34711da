// Ký số, cấp số, đóng dấu, phát hành, for machines: the acts on a draft that ask for a PIN, and giving a
// number up. The PIN is used once and kept nowhere.
import Domain
import Operations
import Store

enum SigningAPI {
    static let routes: [APIRoute] = [
        .act("/drafts/{id}/sign", "signDraft", "Ký số", sign),
        .act("/drafts/{id}/return-by-clerk", "returnDraftByClerk", "Văn thư trả lại người ký", returnByClerk),
        .act("/drafts/{id}/issue", "issueDraft", "Cấp số, đóng dấu, phát hành", creates: true, issue),
        .act("/drafts/{id}/void-number", "voidNumber", "Hủy số", voidNumber),
    ]

    private static func sign(_ call: APICall, _ input: Signing) async throws -> Landed<DraftAnswer> {
        let id: ID<Draft> = try call.id()
        let wish = try input.wish(try await DraftsAPI.code(of: id, call))
        let acted = try await SignDraftService(office: call.office).sign(
            wish, as: call.position, form: try call.form(.drafts) { (_: SignedFileRecord) in id })
        let landing: Landing<Draft> =
            switch acted {
            case .done: Landing(collection: .drafts, id: id, isRepeat: false)
            case .already(let location): try call.landing(at: location, .drafts)
            }
        return landing.with(try await DraftsAPI.answer(id, call))
    }

    private static func returnByClerk(_ call: APICall, _ input: SeenReason) async throws -> Landed<
        DraftAnswer
    > {
        let seen = try await DraftsAPI.seen(input.version, call)
        return try await DraftsAPI.act(call, ReturnByClerk(seen, reason: input.reason.asTyped))
    }

    private static func voidNumber(_ call: APICall, _ input: SeenReason) async throws -> Landed<DraftAnswer> {
        let seen = try await DraftsAPI.seen(input.version, call)
        let landing = try await call.act(VoidNumber(seen, reason: input.reason.asTyped), .drafts) { $0.draft }
        return landing.with(try await DraftsAPI.answer(landing.id, call))
    }

    private static func issue(_ call: APICall, _ input: Issuing) async throws -> Landed<IssuanceAnswer> {
        let id: ID<Draft> = try call.id()
        let code = try await DraftsAPI.code(of: id, call)
        let wish = input.wish(code, try await plan(id, call))
        defer { call.server.wakeWorker() }
        let landing = try await issue(wish, id, call, form: try call.form(.issuances) { $0.issuance.id })
        return landing.with(try await IssuancesAPI.answer(landing.id, call))
    }

    private static func plan(_ id: ID<Draft>, _ call: APICall) async throws -> SendingPlan {
        let today = call.office.clock.now.officeDate
        return try await call.office.read { tables in
            guard let draft = try tables.drafts.find(id) else { throw Refused(.notFound) }
            return try SendingPlan(tables, draft, try tables.draftSending.find(id), on: today)
        }
    }

    private static func issue(
        _ wish: IssuingWish, _ draft: ID<Draft>, _ call: APICall, form: FormAct<IssuedDocument>?
    ) async throws -> Landing<Issuance> {
        let service = IssuingService(office: call.office)
        switch try await service.issue(wish, as: call.position, form: form) {
        case .done(let issued):
            return Landing(collection: .issuances, id: issued.issuance.id, isRepeat: false)
        case .already(let location) where location.hasPrefix(APIRoute.root):
            return try call.landing(at: location, .issuances)
        case .already:
            // The number was taken under this key and the sealing did not come to its end then: the same press goes on.
            let present = try await call.office.read { try $0.issuances.inUse(of: draft) }
            if let present, present.state == .issued {
                return Landing(collection: .issuances, id: present.id, isRepeat: true)
            }
            return try await issue(wish, draft, call, form: nil)
        }
    }
}
