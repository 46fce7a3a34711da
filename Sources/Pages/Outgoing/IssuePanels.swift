// The steps of issuing, in the order the clerk takes them: number and date with the checks of form; recipients, by group
// or one by one; the agency's certificate.
import Domain
import Markup

struct NumberPanel {
    let page: IssuePage
    let notes: RefusalNotes

    func html() -> HTML {
        Panel(
            id: "so-ngay", title: "1. Số và ngày",
            note: small(page.taken == nil ? "số chỉ cấp khi bấm phát hành" : "đã cấp, không đổi được")
        ).html(div(.class("in stack"), fields(), checks()))
    }

    private func fields() -> HTML {
        let controls = Controls(entries: page.entries, notes: notes)
        let number = page.taken?.number ?? page.expectedNumber
        return div(
            .class("form"),
            fixed("Sổ", page.registerName, 5),
            fixed(
                page.taken == nil ? "Số, ký hiệu dự kiến" : "Số, ký hiệu",
                "\(Notation.printed(number))/\(page.notation)", 4),
            page.taken.map { fixed("Ngày", Vi.date($0.date), 3) }
                ?? controls.field(.date, 3, required: true, label: "Ngày") { attributes in
                    input(
                        attributes, .type(.text), .inputmode("numeric"),
                        .value(page.entries[FormFields.date]), .autocomplete("off"))
                },
            .when(
                page.taken == nil,
                controls.text(.replaces, 6, hint: "Chỉ khi thay văn bản đã phát hành, ví dụ 54/PTP")))
    }

    private func fixed(_ words: String, _ value: String, _ width: Int) -> HTML {
        div(
            .class("field c\(width)"), span(.class("label"), .text(words)),
            p(.class("fixed num"), .text(value)))
    }

    private func checks() -> HTML {
        ul(
            .class("checks"),
            .each(page.checks) { check in li(span(.text(check.words)), " ", Marks.state(check.mark)) })
    }
}

struct RecipientsPanel {
    let page: any ChoosesRecipients
    let notes: RefusalNotes

    func html() -> HTML {
        let count = page.chosen.count
        return Panel(
            id: "noi-nhan-van-ban", title: page.recipientsTitle,
            note: small(count > 0 ? "đang chọn \(Vi.number(count)) nơi" : "chọn nơi nhận")
        ).html(
            div(
                .class("in stack"), div(.id(FormFields.recipients), notes.under(.recipients)),
                page.aboveRecipients(notes), .each(page.groups, group), OutsidePanel(page: page).html()))
    }

    private func group(_ group: IssuePage.RecipientGroup) -> HTML {
        let name = group.group.rawValue
        let first = group.recipients.prefix(IssuePage.RecipientGroup.shown)
        let beyond = group.recipients.dropFirst(first.count)
        // What is ticked is always there, or it would be lost with the form.
        let ticked = beyond.filter { page.entries.has(FormFields.recipients, $0.id) }
        let hidden = beyond.count - ticked.count
        let isWhole = page.entries.has(FormFields.recipientGroup, name)
        let some = group.recipients.contains { page.entries.has(FormFields.recipients, $0.id) }
        let words = "\(Vi.number(group.recipients.count)) \(Vi.group(group.group))"
        if group.recipients.count == 1 {
            return fieldset(
                .class("recipients"), legend(.class("sr"), .text(words)), ul(.each(group.recipients, tick)))
        }
        return fieldset(
            .class("recipients"), legend(.class("sr"), .text(words)),
            Controls.check(
                FormFields.recipientGroup, value: name, id: "nhom-\(name)", checked: isWhole,
                b(.text("Cả \(words)"))),
            details(
                .class("fold-in"), .when(some || group.recipients.count <= 4, .open),
                summary("Chọn từng nơi"),
                ul(.class("ticks"), .each(first + ticked, tick)),
                .when(
                    hidden > 0,
                    p(
                        .class("small muted"),
                        .text(
                            "Còn \(Vi.number(hidden)) nơi không hiện ở đây; chọn cả nhóm để gửi đủ."
                        )))))
    }

    private func tick(_ recipient: IssuePage.Recipient) -> HTML {
        li(
            label(
                .class("pick"),
                input(
                    .type(.checkbox), .name(FormFields.recipients), .value(recipient.id),
                    .when(page.entries.has(FormFields.recipients, recipient.id), .checked)),
                span(.text(recipient.name))))
    }
}

struct SealPanel {
    let page: IssuePage
    let notes: RefusalNotes

    func html() -> HTML {
        let controls = Controls(entries: Entries(), notes: notes)
        var facts = Facts()
        if let key = page.key {
            facts.add("Chứng thư số của", key.holder)
            facts.add("Còn hạn đến", Vi.date(key.validUntil))
        }
        return Panel(id: "dong-dau", title: "4. Dấu cơ quan").html(
            div(
                .class("in stack"),
                page.key == nil
                    ? p(Marks.state(StateMark(.late, "Cơ quan chưa có chứng thư số"))) : facts.html(),
                .when(
                    page.issue.isHidden,
                    p(
                        .class("small"),
                        "Khóa bí mật của cơ quan nằm trong USB Token; phần mềm VGCA trên máy hỏi mã PIN khi đóng dấu."
                    )),
                .when(
                    !page.issue.isHidden,
                    div(
                        .class("form"),
                        controls.secret(
                            .pin, 6, label: "Mã PIN của dấu cơ quan",
                            hint: "Sai 5 lần thì chứng thư số bị khóa.",
                            autocomplete: "off")))))
    }
}

/// The two ways back: to the signer before a number is taken, and giving up a number with its reason.
struct TurningBack {
    let page: IssuePage

    func html() -> HTML {
        .group(
            fold(
                page.returnToSigner, .returnToSigner, .draftReturnedByClerk, id: "tra-lai",
                "Trả lại người ký",
                hint: "Nêu lỗi thể thức hoặc bố cục. Chữ ký trên phiên bản này không dùng nữa.", look: ""),
            fold(
                page.voidNumber, .voidNumber, .numberVoided, id: "huy-so", "Hủy số đã cấp",
                hint: "Số vẫn nằm trong sổ, ghi là đã hủy, không cấp lại.", look: "stop"))
    }

    private func fold(
        _ door: Door, _ act: IssuingAct, _ verb: Verb, id: String, _ words: String, hint: String, look: String
    ) -> HTML {
        let isRefused = page.refusedVerb == verb
        let notes = RefusalNotes(refusals: isRefused ? page.refusals : [])
        let name = "\(id)-ly-do"
        return .when(
            !door.isHidden,
            details(
                .class("panel fold"), .id(id), .when(isRefused, .open), summary(.text(words)),
                form(
                    .class("in stack"), .method(.post), .action(page.frame.path(.issuingAct(page.code, act))),
                    SealFields.hidden(page.seal), notes.summary(verb, withLinks: false),
                    DoorButton.reasons(door.reasons, id: "\(id)-vi-sao", heading: Vi.notDone(verb)),
                    div(
                        .class("field"), label(.class("need"), .for(name), "Lý do"),
                        textarea(
                            .id(name), .name(FormFields.reason), .rows(2), .required,
                            .aria(.describedby, "\(name)-goi-y"),
                            .text(isRefused ? page.entries[FormFields.reason] : "")),
                        p(.class("hint"), .id("\(name)-goi-y"), .text(hint))),
                    p(
                        .class("btns"),
                        DoorButton(door: door, words: words, look: look, reasonsID: "\(id)-vi-sao").submit()))
            ))
    }
}
