// Gửi lại nơi đã từ chối: why it was refused, what can be mended and what cannot, and the words that go with it.
import Domain
import Markup

struct ResendPanel {
    let frame: Frame
    let number: IssuedNumber
    let row: DeliveryRow
    /// How the catalogue reaches the recipient today.
    let channel: Channel
    let mail: String
    let correspondent: ID<Agency>?
    let acts: BoardActs

    func html() -> HTML {
        let refusals = acts.refusedVerb == .letterSentAgain ? acts.refusals : []
        let notes = RefusalNotes(refusals: refusals)
        return Panel(id: "gui-lai", title: "Gửi lại cho nơi đã từ chối").html(
            form(
                .class("in stack"), .method(.post), .action(frame.path(.issuedAct(number, .sendAgain))),
                SealFields.hidden(acts.seal), SealFields.field(FormFields.chosen, row.id.description),
                notes.summary(.letterSentAgain),
                p(
                    "Gửi lại khi văn bản vẫn đúng và điều làm nơi nhận từ chối đã được xử lý. Văn bản và tệp đã phát hành không đổi: nếu nơi nhận từ chối vì nội dung sai hoặc thiếu, phát hành văn bản khác thay thế."
                ),
                p(.class("hint"), .text(Vi.resending(channel, mail: mail)), correction()),
                div(
                    .class("form"),
                    Controls(entries: acts.entries, notes: notes).paragraph(
                        .mended, 12, rows: 2, required: true,
                        hint: "Nơi nhận đọc được lời này khi tiếp nhận lại.")),
                p(
                    .class("btns"),
                    button(.class("btn main"), .type(.submit), .text("Gửi lại lần \(row.sending + 1)")),
                    a(.href(frame.path(.moreRecipients(number, instead: row.id))), "Gửi nơi khác thay"))))
    }

    /// A way that is wrong is put right first.
    private func correction() -> HTML {
        .maybe(correspondent) { id in
            .group(" ", a(.href(frame.path(.correspondent(id))), "Xem cách gửi trong danh bạ"))
        }
    }
}
