// Nơi nhận của dự thảo (D11, D21): the officer ticks whom the draft goes to, sees by which medium the rules send it to each, and
// asks for an answer by a day. The same panels as on the issuing page, which is filled from here.
import Domain
import Markup

package struct DraftRecipientsPage: Sendable, ChoosesRecipients {
    package let frame: Frame
    package let code: Int
    package let abstract: String
    package let typeName: String
    package let groups: [IssuePage.RecipientGroup]
    package let outside: OutsideRecipients
    package let media: MediumChoice
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, code: Int, abstract: String, typeName: String, groups: [IssuePage.RecipientGroup],
        outside: OutsideRecipients, media: MediumChoice, entries: Entries, refusals: [Refusal] = [],
        seal: FormSeal
    ) {
        self.frame = frame
        self.code = code
        self.abstract = abstract
        self.typeName = typeName
        self.groups = groups
        self.outside = outside
        self.media = media
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    var refusedVerb: Verb? { refusals.isEmpty ? nil : .draftSendingSet }
    var isDecided: Bool { false }
    var recipientsTitle: String { "1. Nơi nhận" }
    var mediaTitle: String { "2. Hình thức gửi" }
    var searchAddress: OfficeAddress { .draftAct(code, .findRecipients) }
    var mediaAddress: OfficeAddress { .draftAct(code, .media) }
    var saveGroupAddress: OfficeAddress? { nil }
    func aboveRecipients(_ notes: RefusalNotes) -> HTML { .empty }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        return Shell(frame: frame, title: "Nơi nhận của DT-\(code)", kind: .list, section: .drafts(.list))
            .around(
                PageHead(crumb: crumb(), title: "Nơi nhận: \(abstract)").html(),
                form(
                    .class("narrow-page stack"), .id("form-noi-nhan"), .method(.post),
                    .action(frame.path(.draftAct(code, .recipients))), SealFields.hidden(seal),
                    notes.summary(.draftSendingSet), RecipientsPanel(page: self, notes: notes).html(),
                    MediumPanel(page: self, notes: notes, choice: media).html(), answerPanel(notes),
                    p(
                        .class("btns"), button(.class("btn main"), "Lưu nơi nhận"),
                        a(.class("btn plain"), .href(frame.path(.draft(code))), "Giữ như cũ"))))
    }

    private func crumb() -> HTML {
        .group(
            a(.href(frame.path(.drafts(DraftFilter()))), "Dự thảo – Phiếu trình"), " / ",
            a(.href(frame.path(.draft(code))), .text("DT-\(code)")), " / Nơi nhận")
    }

    private func answerPanel(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return Panel(id: "de-nghi-tra-loi", title: "3. Đề nghị trả lời").html(
            div(
                .class("in form"),
                controls.text(
                    .answerBy, 6, hint: "Để trống nếu văn bản không đề nghị trả lời. Ví dụ 15/5/2026.",
                    numeric: true)))
    }
}
