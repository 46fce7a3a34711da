// Thôi gửi: what is given up, what follows from it, and the reason.
import Domain
import Markup

package struct GiveUpPage: Sendable {
    package let frame: Frame
    package let place: MessagePlace
    package let outgoing: ExchangePage.Outgoing
    /// Whether the same recipient gets the document on paper as well.
    package let hasPaper: Bool
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, place: MessagePlace, outgoing: ExchangePage.Outgoing, hasPaper: Bool = false,
        entries: Entries = Entries(),
        refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.place = place
        self.outgoing = outgoing
        self.hasPaper = hasPaper
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    private var message: UnsentMessage { outgoing.message }
    private var isDocument: Bool { message.kind == .document }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        return Shell(
            frame: frame, title: "Thôi gửi tới \(outgoing.recipientName)", kind: .list,
            section: .issued(.troubles)
        ).around(
            PageHead(
                crumb: a(.href(frame.path(.exchange())), "Liên thông"),
                title: "Thôi gửi tới \(outgoing.recipientName)"
            ).html(),
            div(
                .class("stack narrow-page"), notes.summary(.messageGivenUp), factsPanel(),
                form(
                    .class("panel"), .method(.post),
                    .action(frame.path(.messageAct(message.id, .giveUp, from: place))),
                    SealFields.hidden(seal),
                    div(
                        .class("in stack"), p(.text(consequence)),
                        div(
                            .class("form"),
                            Controls(entries: entries, notes: notes).paragraph(
                                .reason, 12, rows: 2, required: true, hint: "Lý do được ghi vào nhật ký.")),
                        .when(
                            isDocument && !hasPaper,
                            Controls.check(
                                FormFields.sendsPaper, value: "1", id: FormFields.sendsPaper,
                                checked: entries.has(FormFields.sendsPaper, "1"),
                                .text("Gửi bản giấy thay: bản sao y vào hàng chờ in"))),
                        p(
                            .class("btns"),
                            button(
                                .class("btn stop"), .type(.submit),
                                .text(isDocument ? "Thôi gửi văn bản này" : "Thôi gửi gói tin này")),
                            outgoing.paper.map { a(.href(frame.path($0)), "Để lại, gửi sau") } ?? .empty)))))
    }

    private var consequence: String {
        if !isDocument {
            return "Nơi nhận sẽ không biết nội dung của gói tin này. Văn bản đã gửi không thay đổi."
        }
        return hasPaper
            ? "Nơi này không nhận được bản điện tử; bản giấy vẫn được in và gửi. Văn bản vẫn giữ số, ngày và vẫn gửi các nơi khác."
            : "Nơi này sẽ không nhận được văn bản từ hệ thống. Văn bản vẫn giữ số, ngày và vẫn gửi các nơi khác."
    }

    private func factsPanel() -> HTML {
        var facts = Facts()
        facts.add("Gói tin", Vi.message(message.kind, message.status))
        facts.add("Văn bản", outgoing.numberAndNotation)
        facts.add("Trích yếu", outgoing.abstract)
        facts.add("Chờ gửi từ", Vi.fullMoment(message.since))
        facts.add("Lần thử", message.explanation(frame).joined(separator: " "))
        return Panel(id: "goi-tin", title: "Gói tin chưa đi", note: Marks.state(message.mark)).html(
            div(.class("in"), facts.html()))
    }
}
