// Several drafts that wait for one signature, and the press that signs them together.
import Domain
import Foundation
import Operations
import Store

extension StoryWorld {
    /// So many letters of the story on the head's desk.
    package func draftsForSignature(_ count: Int) async throws -> [Draft] {
        var drafts: [Draft] = []
        for _ in 0..<count { drafts.append(try await draftForSignature(enclosure: nil)) }
        return drafts
    }

    package func chosen(_ draft: Draft) async throws -> ChosenDraft {
        let wish = try await signingWish(draft)
        return ChosenDraft(
            code: wish.code, version: wish.version, revision: wish.revision, pdfHash: wish.pdfHash)
    }

    package func batchWish(_ drafts: [Draft], pin: String = pin) async throws -> SigningBatchWish {
        var chosen: [ChosenDraft] = []
        for draft in drafts { chosen.append(try await self.chosen(draft)) }
        return SigningBatchWish(drafts: chosen, pin: pin)
    }
}
