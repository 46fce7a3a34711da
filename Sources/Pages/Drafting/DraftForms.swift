// Choosing the handlers, and deciding at one's own step. Both work without any script: the rows are all there, and an
// empty one is left out.
import Domain
import Markup

struct RouteFormView {
    let page: DraftPage
    let form: RouteForm
    let notes: RefusalNotes

    func html() -> HTML {
        Panel(id: "nguoi-xu-ly", title: "Người xử lý", note: small("theo thứ tự; bước cuối là người ký"))
            .html(
                Markup.form(
                    .class("in stack"), .id("form-trinh"), .method(.post),
                    .action(page.frame.path(.draftAct(page.code, .submit))), SealFields.hidden(page.seal),
                    div(.id(FormFields.id(.steps)), notes.under(.steps)),
                    ol(.class("steps"), .each(1...Self.usualSteps, row)),
                    details(
                        .class("fold-in"), .when(hasMoreSteps, .open),
                        summary("Thêm bước \(Self.usualSteps + 1) đến \(FormFields.stepCount)"),
                        ol(.class("steps"), .each((Self.usualSteps + 1)...FormFields.stepCount, row))),
                    div(
                        .class("field"), label(.for("loi-trinh"), "Lời trình (không bắt buộc)"),
                        textarea(
                            .id("loi-trinh"), .name(FormFields.comment), .rows(2),
                            .text(form.entries[FormFields.comment])))))
    }

    /// More are there, but folded.
    private static let usualSteps = 4

    private var hasMoreSteps: Bool {
        (Self.usualSteps + 1...FormFields.stepCount).contains { !form.entries[FormFields.step($0)].isEmpty }
    }

    private func row(_ ordinal: Int) -> HTML {
        let name = FormFields.step(ordinal), kindName = FormFields.stepKind(ordinal)
        let kinds = [StepKind.approve, .sign].map {
            Option(value: $0.slug, text: "\(Vi.step($0).short) – \(Vi.step($0).long)")
        }
        let chosenKind = form.entries[kindName]
        return li(
            span(.class("num"), "\(ordinal)."),
            select(
                .id(name), .name(name), .aria(.label, "Người xử lý bước \(ordinal)"),
                Controls.options(
                    form.candidates.map(\.option), chosen: form.entries[name],
                    empty: ordinal == 1 ? "Chọn người xử lý" : "(bỏ trống)")),
            select(
                .name(kindName), .aria(.label, "Việc ở bước \(ordinal)"),
                Controls.options(kinds, chosen: chosenKind.isEmpty ? StepKind.approve.slug : chosenKind)))
    }
}

struct DecisionFormView {
    let page: DraftPage
    let form: DecisionForm
    let notes: RefusalNotes

    func html() -> HTML {
        let controls = Controls(entries: form.entries, notes: notes)
        return Panel(id: "quyet-dinh", title: "Ý kiến của ông/bà").html(
            Markup.form(
                .class("in form"), .id("form-quyet-dinh"), .method(.post),
                .action(page.frame.path(.draftAct(page.code, .initial))), SealFields.hidden(page.seal),
                SealFields.field(FormFields.versionHash, String(page.versions.first?.ordinal ?? 0)),
                controls.paragraph(
                    .comment, 12, rows: 3, hint: "Bắt buộc khi trả lại. Nêu rõ chỗ cần sửa."),
                .when(!page.doors.giveBack.isHidden, returnTarget()),
                .when(!page.doors.submitOnward.isHidden, onward())))
    }

    private func returnTarget() -> HTML {
        div(
            .class("field c12"), label(.for(FormFields.returnTarget), "Khi trả lại thì trả cho"),
            select(
                .id(FormFields.returnTarget), .name(FormFields.returnTarget),
                Controls.options(
                    form.returnTargets.map(\.option), chosen: form.entries[FormFields.returnTarget],
                    empty: "Người soạn: \(page.drafter.words)")))
    }

    private func onward() -> HTML {
        let kinds = [StepKind.approve, .sign].map { Option(value: $0.slug, text: Vi.step($0).short) }
        return .group(
            div(
                .class("field c8"), label(.for(FormFields.nextPosition), "Khi trình tiếp thì trình đến"),
                select(
                    .id(FormFields.nextPosition), .name(FormFields.nextPosition),
                    Controls.options(
                        form.onwardCandidates.map(\.option), chosen: form.entries[FormFields.nextPosition],
                        empty: "Chọn người nhận trình"))),
            div(
                .class("field c4"), label(.for(FormFields.nextKind), "Để"),
                select(
                    .id(FormFields.nextKind), .name(FormFields.nextKind),
                    Controls.options(kinds, chosen: form.entries[FormFields.nextKind]))))
    }
}

/// The decision bar: it never moves, and a closed door stays visible with its reasons above.
struct DraftActs {
    let page: DraftPage

    func html() -> HTML {
        let doors = page.doors
        let blocked = doors.blocking.count
        return div(
            .class("acts"), .role("group"), .aria(.label, "Quyết định"),
            DoorButton(door: doors.sign, words: "Xem vị trí và ký số", look: "main", reasonsID: "vi-sao")
                .link(page.frame.path(.draftAct(page.code, .sign))),
            DoorButton(
                door: doors.submit, words: "Trình dự thảo", look: "main", reasonsID: "vi-sao",
                keys: "Ctrl Enter"
            )
            .submit(.form("form-trinh")),
            DoorButton(
                door: doors.initial, words: "Ký nháy và chuyển bước sau",
                look: doors.sign.isHidden ? "main" : "",
                reasonsID: "vi-sao"
            ).submit(.form("form-quyet-dinh"), .formaction(path(.initial))),
            DoorButton(door: doors.giveBack, words: "Trả lại để sửa", reasonsID: "vi-sao")
                .submit(.form("form-quyet-dinh"), .formaction(path(.giveBack))),
            DoorButton(door: doors.submitOnward, words: "Trình tiếp", reasonsID: "vi-sao")
                .submit(.form("form-quyet-dinh"), .formaction(path(.submitOnward))),
            .when(
                !doors.takeBack.isHidden,
                form(
                    .class("inline"), .method(.post), .action(path(.takeBack)), SealFields.hidden(page.seal),
                    DoorButton(door: doors.takeBack, words: "Lấy lại dự thảo", reasonsID: "vi-sao").submit())),
            .when(
                blocked > 0,
                span(.class("small muted later"), .text("Nút nét đứt mở khi hết \(blocked) lý do ở trên"))),
            a(.class("btn plain later push"), .href(page.frame.path(.drafts(DraftFilter()))), "Về danh sách"))
    }

    private func path(_ act: DraftAct) -> String { page.frame.path(.draftAct(page.code, act)) }
}
