// Sửa thông tin đọc từ thư: what was read from a mail and its first page, to be put right before the letter is taken.
import Domain
import Markup

package struct CorrectionPanel: Sendable {
    package let types: [TypeChoice]
    /// What stands now, or what was typed and refused.
    package let entries: Entries
    package let refusals: [Refusal]

    package init(types: [TypeChoice], entries: Entries, refusals: [Refusal] = []) {
        self.types = types
        self.entries = entries
        self.refusals = refusals
    }

    func html(_ frame: Frame, receipt: ID<Receipt>, seal: FormSeal) -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        let controls = Controls(entries: entries, notes: notes)
        return details(
            .class("panel fold"), .id("sua-thong-tin"), .when(!refusals.isEmpty, .open),
            summary("Sửa thông tin đọc từ thư"),
            form(
                .class("in stack"), .method(.post), .action(frame.path(.receiptAct(receipt, .correct))),
                SealFields.hidden(seal), notes.summary(.receiptCorrected),
                div(
                    .class("form"),
                    controls.text(.issuingAgency, 8, required: true),
                    controls.choice(.type, 4, types.map(\.option), required: true, empty: "Chọn loại"),
                    controls.text(.number, 3, required: true),
                    controls.text(.notation, 5, required: true, hint: "Ví dụ SXD-QLN"),
                    controls.text(.date, 4, required: true, hint: "Ví dụ 08/5/2026", numeric: true),
                    controls.paragraph(.abstract, 12, rows: 3, required: true),
                    controls.choice(.urgency, 4, Option.urgencies),
                    controls.text(.pages, 3, numeric: true), controls.text(.signer, 5)),
                p(.class("btns"), button(.class("btn"), "Lưu thông tin"))))
    }
}
