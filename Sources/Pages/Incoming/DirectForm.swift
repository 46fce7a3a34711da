// Ý kiến chỉ đạo: the head writes what is to be done, names one lead, and ticks who cooperates and who is informed, each
// with a deadline of their own where it differs.
import Domain
import Markup

package struct DirectForm: Sendable {
    /// Everybody in the agency who may be given work, in the order to be shown.
    package let candidates: [PositionChoice]
    package let entries: Entries
    package let refusals: [Refusal]

    package init(candidates: [PositionChoice], entries: Entries, refusals: [Refusal] = []) {
        (self.candidates, self.entries, self.refusals) = (candidates, entries, refusals)
    }
}

struct DirectFormView {
    let frame: Frame
    let number: RegisterNumber
    let form: DirectForm
    let seal: FormSeal

    func html() -> HTML {
        let notes = RefusalNotes(refusals: form.refusals)
        let controls = Controls(entries: form.entries, notes: notes)
        return Panel(id: "chi-dao", title: "Cho ý kiến chỉ đạo").html(
            Markup.form(
                .class("in stack"), .id("form-chi-dao"), .method(.post),
                .action(frame.path(.arrivalAct(number, .direct))), SealFields.hidden(seal),
                notes.summary(.incomingDirected),
                div(
                    .class("form"),
                    controls.paragraph(.directive, 12, rows: 3, required: true),
                    controls.choice(
                        .lead, 8, form.candidates.map(\.option), required: true,
                        empty: "Chọn một người chủ trì"),
                    deadline(FormFields.leadDeadline, "Hạn của người chủ trì")),
                others()))
    }

    private func deadline(_ name: String, _ words: String) -> HTML {
        div(
            .class("field c4"), label(.for(name), .text(words)),
            input(
                .id(name), .name(name), .type(.text), .value(form.entries[name]), .inputmode("numeric"),
                .placeholder("15/5/2026"), .autocomplete("off")))
    }

    private func others() -> HTML {
        fieldset(
            .class("people"), .id(FormFields.cooperate),
            legend("Phối hợp và để biết"),
            p(.class("hint"), "Mỗi người giữ một vai. Hạn để trống thì theo hạn của người chủ trì."),
            table(
                .class("grid roles"),
                ListParts.heads("Người", "Phối hợp", "Để biết", "Hạn"),
                tbody(.each(form.candidates, row))))
    }

    private func row(_ person: PositionChoice) -> HTML {
        let deadline = FormFields.deadline(of: person.id)
        return tr(
            th(.scope(.row), .text(person.personName), small(.text(person.title))),
            td(tick(FormFields.cooperate, person, "phối hợp")),
            td(tick(FormFields.inform, person, "để biết")),
            td(
                input(
                    .name(deadline), .type(.text), .value(form.entries[deadline]), .inputmode("numeric"),
                    .aria(.label, "Hạn của \(person.personName)"), .autocomplete("off"))))
    }

    private func tick(_ name: String, _ person: PositionChoice, _ words: String) -> HTML {
        label(
            .class("pick"),
            input(
                .type(.checkbox), .name(name), .value(person.id),
                .when(form.entries.has(name, person.id), .checked)),
            Marks.unseen("\(person.personName) \(words)"))
    }
}
