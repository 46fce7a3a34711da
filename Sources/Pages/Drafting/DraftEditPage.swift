// Opening a draft or changing its particulars (C1). Files, versions and the way it goes are on the draft's own page.
import Domain
import Markup

/// A letter that a draft answers.
package struct AnsweredLetter: Sendable, Equatable {
    package let number: RegisterNumber
    /// "482/SXD-QLN ngày 08/5/2026, Sở Xây dựng tỉnh Kiên Giang"
    package let words: String

    package init(number: RegisterNumber, words: String) { (self.number, self.words) = (number, words) }
}

package struct DraftEditPage: Sendable {
    package let frame: Frame
    /// Nil for a new draft.
    package let code: Int?
    package let types: [TypeChoice]
    package let answers: [AnsweredLetter]
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, code: Int?, types: [TypeChoice], answers: [AnsweredLetter] = [], entries: Entries,
        refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.code = code
        self.types = types
        self.answers = answers
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        let title = code.map { "Sửa thông tin dự thảo DT-\($0)" } ?? "Lập dự thảo"
        let notes = RefusalNotes(refusals: refusals)
        return Shell(frame: frame, title: title, kind: .list, section: .drafts(code == nil ? .new : .list))
            .around(
                PageHead(
                    title: title,
                    sub: code == nil ? "Thông tin trước, tệp Word và người xử lý ở trang sau" : .empty
                ).html(),
                form(
                    .class("narrow-page stack"), .method(.post), .action(frame.path(action)),
                    SealFields.hidden(seal),
                    notes.summary(code == nil ? .draftOpened : .draftChanged), answered(),
                    div(.class("panel"), div(.class("in"), fields(notes))),
                    p(
                        .class("btns"),
                        button(.class("btn main"), .text(code == nil ? "Lập dự thảo" : "Lưu thông tin")),
                        a(
                            .class("btn plain"), .href(frame.path(back)),
                            .text(code == nil ? "Không lập" : "Giữ như cũ")))))
    }

    private var action: OfficeAddress {
        code.map { .draftAct($0, .edit) } ?? .newDraft(answering: answers.first?.number)
    }

    private var back: OfficeAddress {
        if let code { return .draft(code) }
        return answers.first.map { .arrival($0.number) } ?? .drafts(DraftFilter())
    }

    private func answered() -> HTML {
        .when(
            !answers.isEmpty,
            div(
                .class("note"), b("Trả lời văn bản đến"),
                ul(
                    .each(answers) { letter in
                        li(
                            SealFields.field(FormFields.answers, letter.number.text),
                            a(
                                .href(frame.path(.arrival(letter.number))),
                                .text("Số đến \(letter.number.number)")),
                            .text(": \(letter.words)"))
                    }),
                p(.class("small"), "Phát hành xong thì văn bản đến tự kết thúc.")))
    }

    private func fields(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return div(
            .class("form"),
            controls.choice(.type, 4, types.map(\.option), required: true, empty: "Chọn loại"),
            controls.text(.notation, 4, hint: "Để trống thì theo loại và cơ quan"),
            controls.choice(.urgency, 4, Option.urgencies),
            controls.paragraph(.abstract, 12, rows: 3, required: true),
            controls.text(.deadline, 4, hint: "Ví dụ 15/5/2026", numeric: true))
    }
}
