import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// What stands beside the PDF is signed under as well: a draft that was returned and came back with the same PDF and other
/// recipients is not signed by the page, the batch, the program or the phone that was asked before. On both databases.
struct StaleSigningTests {
    @Test(
        "D5, D21: an open signing form does not sign recipients that were changed after a return, whatever the PDF",
        arguments: DatabaseKind.available)
    func form(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: CrashStory.agencies) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftTo(["phong-noi-vu"])
            let head = try await world.position("tp.tuphap"), service = SignDraftService(office: world.office)
            let seen = try await world.signingWish(draft)
            let now = try await world.comesBack(draft, to: ["phong-noi-vu", "ubnd-thanh-pho"])
            let wish = try await world.signingWish(now)
            #expect(wish.pdfHash == seen.pdfHash && wish.version == seen.version)
            await #expect(throws: Refused(.changedSinceShown)) {
                _ = try await service.sign(seen, as: head)
            }
            #expect(try await world.reread(draft).state == .climbing)
            _ = try await service.sign(wish, as: head)
            let plan = try await world.office.read { try $0.draftSending.find(draft.id) }
            #expect(plan.recipients.allSatisfy { $0.signed != nil } && plan.recipients.count == 2)
        }
    }

    @Test(
        "D1, D21: a batch leaves the draft whose recipients were changed, with its reason, and signs the rest",
        arguments: DatabaseKind.available)
    func batch(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: CrashStory.agencies) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftTo(["phong-noi-vu"]), other = try await world.draftTo([])
            let chosen = try await world.batchWish([draft, other])
            _ = try await world.comesBack(draft, to: ["ubnd-thanh-pho"])
            let head = try await world.position("tp.tuphap"), batches = BatchSigning(office: world.office)
            guard case .done(let id) = try await batches.start(chosen, as: head) else {
                Issue.record("must be begun")
                return
            }
            await batches.wait(for: id)
            let items = try await world.office.signingBatch(id, as: head).items
            #expect(items.map(\.state) == [.notSigned, .signed])
            #expect(items.map(\.reasons) == [[.changedSinceShown], []])
        }
    }

    @Test(
        "D1, D21: a file that was out while the recipients were changed is not taken, also where it is prepared anew alike",
        arguments: DatabaseKind.available)
    func handover(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: CrashStory.agencies) { world in
            try await world.issueTokens(["tp.tuphap"], seals: [])
            let draft = try await world.draftTo(["phong-noi-vu"])
            let head = try await world.position("tp.tuphap"), opening = HandoverOpening(office: world.office)
            let seen = try await world.signingWish(draft, pin: "")
            guard case .done(let out) = try await opening.openForSignature(seen, as: head) else {
                Issue.record("must be opened")
                return
            }
            let tokens = try await HandoverDesk(office: world.office).giveTokens(out.id, as: head)
            let returned = try world.signed(try await world.fetch(tokens), by: "tp.tuphap")
            let now = try await world.comesBack(draft, to: ["ubnd-thanh-pho"])
            await #expect(throws: Refused(.changedSinceShown)) {
                _ = try await opening.openForSignature(seen, as: head)
            }
            // The same revision as before stands prepared, as it does after the head has opened the page again.
            let wish = try await world.signingWish(now)
            let service = SignDraftService(office: world.office)
            let (_, layout) = try await service.awaited(wish, head)
            let prepared = try await service.prepare(wish, layout, as: head)
            #expect(prepared.hash == out.served.hash)
            #expect(try await world.bringBack(returned, tokens) == .refused(.moved, detail: ""))
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    @Test(
        "D1, D21: what waits for the phone is dropped when the recipients were changed, also where it is prepared anew alike",
        arguments: DatabaseKind.available)
    func remote(_ kind: DatabaseKind) async throws {
        guard let remote = try RemoteService.shared?.get() else { return }
        try await TemporaryOffice.with(kind, agencies: CrashStory.agencies) { plain in
            let world = plain.signing(remote.settings)
            try await world.keepHeadsKey(at: "csc", account: "phone", certificate: remote.certificate)
            let draft = try await world.draftTo(["phong-noi-vu"])
            let head = try await world.position("tp.tuphap")
            let outcome = try await SigningByKey(office: world.office).sign(
                try await world.signingWish(draft), as: head, form: "ky-1", signed: "/da-ky"
            ) { "/tien-trinh/\($0)" }
            guard case .asked(let id) = outcome else {
                Issue.record("must be asked")
                return
            }
            let wish = try await world.signingWish(
                try await world.comesBack(draft, to: ["ubnd-thanh-pho"]))
            let service = SignDraftService(office: world.office)
            let (_, layout) = try await service.awaited(wish, head)
            _ = try await service.prepare(wish, layout, as: head)
            #expect(try await world.pollToTheEnd(id) == .dropped)
            #expect(try await world.reread(draft).state == .climbing)
        }
    }
}

extension StoryWorld {
    fileprivate func draftTo(_ slugs: [String]) async throws -> Draft {
        try await draftForSignature(enclosure: nil, sending: try await sending(to: slugs))
    }

    /// Returned by the head, sent to others, and submitted again with the same file.
    fileprivate func comesBack(_ draft: Draft, to slugs: [String]) async throws -> Draft {
        let returned = try await returnDraft(draft, comment: "Gửi sai nơi nhận.", by: "tp.tuphap")
        let changed = try await setSending(returned, try await sending(to: slugs))
        return try await submit(changed, route: [("tp.tuphap", .sign)])
    }
}
