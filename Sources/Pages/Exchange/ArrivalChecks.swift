// Kiểm tra trước khi tiếp nhận (B7): viruses, the sender's code, odd files, a twin in the register – one line each, and the door
// back to the scanner. What the sender asks stands above it, with the two answers.
import Domain
import Markup

/// One thing that was looked at.
package struct ArrivalCheck: Sendable, Equatable {
    package let words: String
    package let mark: StateMark
    /// Where to look.
    package let address: OfficeAddress?
    /// What the clerk does about it.
    package let advice: String

    package init(words: String, mark: StateMark, address: OfficeAddress? = nil, advice: String = "") {
        (self.words, self.mark, self.address, self.advice) = (words, mark, address, advice)
    }
}

/// A document that this one speaks of.
package struct NamedPaper: Sendable, Equatable {
    package let name: String
    package let words: String
    package let address: OfficeAddress?

    package init(name: String, words: String, address: OfficeAddress? = nil) {
        (self.name, self.words, self.address) = (name, words, address)
    }
}

/// What the sender asked about a document that is here, and what was answered.
package struct SenderRequest: Sendable, Equatable {
    package let request: ExchangeRequest
    /// Nobody, where there was nothing to decide.
    package let decidedBy: String

    package init(request: ExchangeRequest, decidedBy: String = "") {
        (self.request, self.decidedBy) = (request, decidedBy)
    }

    var isOpen: Bool { request.state == .asked }
}

/// The document was given back: since when, by whom and why. Nothing else of it is here.
package struct TakenBack: Sendable, Equatable {
    package let at: Instant
    package let agreedBy: String
    package let reason: String

    package init(at: Instant, agreedBy: String, reason: String) {
        (self.at, self.agreedBy, self.reason) = (at, agreedBy, reason)
    }

    func note(_ frame: Frame, card: OfficeAddress? = nil) -> HTML {
        div(
            .class("note bad"), .role("status"), b("Nơi gửi đã lấy lại văn bản này."),
            p(
                .text("Lý do: \(reason.endedSentence) "),
                .text(
                    agreedBy.isEmpty
                        ? "Trả lại lúc \(frame.moment(at)), không cần ai đồng ý."
                        : "\(agreedBy) đồng ý lúc \(frame.moment(at)).")),
            p("Tệp và nội dung của văn bản không còn ở đây; chỉ giữ lại việc đã nhận và đã trả."),
            .maybe(card) { p(a(.href(frame.path($0)), "Xem thông tin tiếp nhận")) })
    }
}

struct ArrivalChecksPanel {
    let frame: Frame
    let receipt: ID<Receipt>
    let checks: [ArrivalCheck]
    let scan: Door
    let seal: FormSeal

    func html() -> HTML {
        let worst = checks.contains { $0.mark.shape == .late }
        let odd = checks.contains { $0.mark.shape == .warn }
        let note =
            worst
            ? StateMark(.late, "Có vấn đề")
            : odd ? StateMark(.warn, "Cần xem") : StateMark(.ok, "Không có gì lạ")
        return Panel(id: "kiem-tra", title: "Kiểm tra trước khi tiếp nhận", note: Marks.state(note)).html(
            div(
                .class("in"),
                ul(
                    .class("checks"),
                    .each(checks) { check in
                        li(
                            span(
                                check.address.map { a(.href(frame.path($0)), .text(check.words)) }
                                    ?? .text(check.words),
                                .when(!check.advice.isEmpty, small(.class("under"), .text(check.advice)))),
                            Marks.state(check.mark))
                    }),
                .when(
                    scan.isOpen,
                    form(
                        .class("gap-top"), .method(.post), .action(frame.path(.receiptAct(receipt, .scan))),
                        SealFields.hidden(seal),
                        button(.class("btn tiny"), .type(.submit), "Quét vi-rút lại")))))
    }
}

/// What the sender asks, with the clerk's two answers.
struct SenderRequestPanel {
    let frame: Frame
    let receipt: ID<Receipt>
    let requests: [SenderRequest]
    let decides: Bool
    let entries: Entries
    let refusals: [Refusal]
    let seal: FormSeal

    func html() -> HTML {
        .when(
            !requests.isEmpty,
            Panel(id: "de-nghi", title: "Đề nghị của nơi gửi").html(
                div(.class("in"), .each(requests) { one($0) })))
    }

    private func one(_ line: SenderRequest) -> HTML {
        let request = line.request, wish = Vi.wish(request.kind)
        return div(
            .class("say stack"),
            p(
                b(.text("Đề nghị \(wish)")), " ",
                Marks.state(line.isOpen ? StateMark(.warn, "Chờ trả lời") : Vi.state(request))),
            p(.text(request.note)), small(.text("Nhận lúc \(Vi.fullMoment(request.askedAt))")),
            .maybe(request.answeredAt) { at in
                small(
                    .text(
                        [line.decidedBy, Vi.fullMoment(at), request.answer].filter { !$0.isEmpty }
                            .joined(separator: ", ")))
            },
            .when(line.isOpen && decides, doors(request)))
    }

    private func doors(_ request: ExchangeRequest) -> HTML {
        let isRecall = request.kind == .recall, notes = RefusalNotes(refusals: refusals)
        return .group(
            notes.summary(.requestDecided),
            p(
                .class("small"),
                isRecall
                    ? "Đồng ý thì tệp, hình xem trước và nội dung tìm kiếm của văn bản bị xóa, việc đã giao kết thúc. Số đến vẫn giữ trong sổ với ghi chú đã lấy lại."
                    : "Đồng ý nghĩa là cơ quan sẽ dùng bản nơi gửi đã sửa. Không có gì ở đây bị xóa."),
            form(
                .method(.post), .action(frame.path(.requestAct(receipt, request.id, .agree))),
                SealFields.hidden(seal),
                button(
                    .class(isRecall ? "btn stop" : "btn main"), .type(.submit),
                    .text(isRecall ? "Đồng ý, xóa bản đã nhận" : "Đồng ý cập nhật"))),
            details(
                .class("fold-in"), .when(!refusals.isEmpty, .open), summary("Không đồng ý"),
                form(
                    .class("stack"), .method(.post),
                    .action(frame.path(.requestAct(receipt, request.id, .refuse))), SealFields.hidden(seal),
                    label(.for("ly-do-tra-loi"), .class("need"), "Lý do không đồng ý"),
                    textarea(
                        .id("ly-do-tra-loi"), .name(FormFields.reason), .rows(2), .required,
                        .text(refusals.isEmpty ? "" : entries[FormFields.reason])),
                    p(.class("hint"), "Nơi gửi đọc được lý do này."),
                    p(.class("btns"), button(.class("btn"), .type(.submit), "Không đồng ý, báo nơi gửi")))))
    }
}
