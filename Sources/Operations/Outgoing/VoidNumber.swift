// Giving a number up, before it is sealed.
import Domain
import Foundation
import Store

/// Hủy số: a number is given up only with a reason; it stays in the register as void and is never given
/// again. The draft is signed as before and may get another number or go back (decisions 3 and 5).
package struct VoidNumber: OfficeOperation {
    package static let verb = Verb.numberVoided

    package let seen: SeenDraft
    package let reason: String

    package init(_ seen: SeenDraft, reason: String) {
        self.seen = seen
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> Issuance {
        let bundle = try act.take(seen)
        try Refused.unless(IssuingRules.voidingRefusals(bundle.draft.state, reason: reason))
        guard let issuance = try act.tables.issuances.inUse(of: bundle.draft.id) else {
            throw Refused(.notNumbered)
        }
        try act.tables.issuances.void(issuance.id, reason: reason)
        try act.tables.drafts.setState(.signed, of: bundle.draft.id)
        try ClerksDesk(draft: bundle.draft).put(.issue, act)
        act.record(
            .numberVoided, bundle.draft.id,
            bundle.particulars([
                "number": "\(issuance.number)", "year": "\(issuance.year)",
                "document": issuance.numberAndNotation, "reason": reason,
            ]))
        _ = try act.settle(bundle.draft.id)
        return issuance
    }
}
