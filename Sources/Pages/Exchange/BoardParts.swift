// Parts of the board: what stands beside one recipient, and the form by which a clerk takes back or corrects what was sent.
import Domain
import Markup

/// The reason of a refusal, what would not go and why, what was asked and answered.
struct BoardNote {
    let frame: Frame
    let number: IssuedNumber
    let row: DeliveryRow
    let acts: BoardActs?

    func html() -> HTML {
        .group(
            .when(!row.note.isEmpty, p(.text(row.note))), again(), .maybe(row.answer) { $0.html(frame) },
            .each(row.unsent) { unsent($0) },
            .each(row.requests) { request($0) })
    }

    private func again() -> HTML {
        .group(
            .when(row.sending > 1, small(.class("under"), .text("Gửi lần \(row.sending)"))),
            .when(
                row.status == .refused && row.recalledAt == nil && acts != nil,
                p(
                    .class("btns"),
                    .when(
                        row.canResend,
                        a(
                            .href(frame.path(.delivery(number, row.id)) + "#gui-lai"), "Gửi lại",
                            Marks.unseen(" tới \(row.recipientName)"))),
                    a(
                        .href(frame.path(.moreRecipients(number, instead: row.id))), "Gửi nơi khác thay",
                        Marks.unseen(" cho \(row.recipientName)")))))
    }

    private func unsent(_ message: UnsentMessage) -> HTML {
        div(
            .when(message.kind != .document, Marks.state(message.mark)),
            .when(
                message.kind != .document,
                .text(" \(Vi.message(message.kind, message.status).lowercasedFirst)")),
            .each(message.explanation(frame)) { p(.text($0)) },
            .maybe(acts) { _ in
                .when(
                    message.hasFailed,
                    UnsentDoors(
                        frame: frame, message: message, place: .board,
                        recipient: row.recipientName
                    ).html())
            })
    }

    private func request(_ request: ExchangeRequest) -> HTML {
        div(
            Marks.state(Vi.state(request)),
            small(
                .class("under"),
                .text(
                    request.state == .asked
                        ? "\(frame.moment(request.askedAt)): \(request.note)"
                        : [request.answeredAt.map(frame.moment), request.answer].compactMap { $0 }
                            .filter { !$0.isEmpty }.joined(separator: ": "))))
    }
}

/// "Lấy lại", "Đề nghị cập nhật": for the recipients that are ticked, or for all of them.
struct AskForm {
    static let id = "form-noi-nhan"

    let frame: Frame
    let number: IssuedNumber
    let board: DeliveryBoard
    let acts: BoardActs

    func html() -> HTML {
        let controls = Controls(entries: acts.entries, notes: RefusalNotes(refusals: acts.refusals))
        return details(
            .class("panel fold"), .id("lay-lai"), .when(!acts.refusals.isEmpty, .open),
            summary("Lấy lại hoặc đề nghị nơi nhận cập nhật"),
            form(
                .class("in stack"), .id(Self.id), .method(.post),
                .action(frame.path(.issuedAct(number, .recall))), SealFields.hidden(acts.seal),
                p(
                    "Chọn nơi nhận ở bảng trên. Nơi chưa gửi đi được lấy lại ngay; nơi đã nhận phải đồng ý thì bản đã nhận mới bị xóa."
                ),
                p(.class("hint"), .text(Vi.updateHint)),
                Controls.check(
                    FormFields.allRecipients, value: "1", id: FormFields.allRecipients,
                    checked: acts.entries.has(FormFields.allRecipients, "1"),
                    .text(
                        "Tất cả \(Vi.number(board.counts.total)) nơi nhận, kể cả nơi không hiện ở bảng trên")),
                div(
                    .class("form"),
                    controls.paragraph(
                        .reason, 12, rows: 2, required: true, hint: "Nơi nhận đọc được lý do này.")),
                p(
                    .class("btns"),
                    button(.class("btn stop"), .type(.submit), "Lấy lại văn bản"),
                    button(
                        .class("btn"), .type(.submit), .formaction(frame.path(.issuedAct(number, .update))),
                        "Đề nghị cập nhật"))))
    }
}
