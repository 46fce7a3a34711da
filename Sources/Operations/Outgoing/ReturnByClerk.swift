// Văn thư trả lại (D17): form or layout is at fault, found after the signature and before a number. The
// signature is void, and the draft is its drafter's again.
import Domain
import Foundation
import Store

package struct ReturnByClerk: OfficeOperation {
    package static let verb = Verb.draftReturnedByClerk

    package let seen: SeenDraft
    package let reason: String

    package init(_ seen: SeenDraft, reason: String) {
        self.seen = seen
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(IssuingRules.returningRefusals(bundle.draft.state, reason: reason))
        let id = bundle.draft.id
        guard let signed = try act.tables.signedFiles.valid(of: id) else { throw Refused(.notSigned) }
        try act.tables.signedFiles.void(signed.id, at: act.now)
        try act.tables.draftSending.unsettle(id)
        try act.tables.routing.setWaiting(from: 1, of: id)
        try act.tables.drafts.setState(.drafting, of: id)
        try act.tables.desk.clear(subject: id.uuid)
        try act.decide(.returnedByClerk, on: bundle, comment: reason)
        act.record(
            .draftReturnedByClerk, id, bundle.particulars(["comment": reason, "voided": signed.hash]))
        return try act.settle(id)
    }
}
