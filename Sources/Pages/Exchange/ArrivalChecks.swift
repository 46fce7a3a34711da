// Kiểm tra trước khi tiếp nhận (B7): viruses, the sender's code, odd files, a twin in the register – one line each, and the door
// back to the scanner.
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
