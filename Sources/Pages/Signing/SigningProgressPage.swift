// Tiến trình ký nhiều văn bản: a line for each draft, with what became of it and why. It goes on when the page is
// closed, and the page finds it again.
import Domain
import Markup

package struct SigningProgressPage: Sendable {
    package struct Line: Sendable, Equatable {
        package let code: Int
        package let abstract: String
        package let state: SigningBatchItemState
        package let reasons: [Refusal]

        package init(code: Int, abstract: String, state: SigningBatchItemState, reasons: [Refusal] = []) {
            (self.code, self.abstract, self.state, self.reasons) = (code, abstract, state, reasons)
        }
    }

    package let frame: Frame
    package let id: String
    package let startedAt: Instant
    package let endedAt: Instant?
    /// The person has asked to stop; the draft at hand is finished first.
    package let isStopping: Bool
    package let lines: [Line]
    package let seal: FormSeal

    package init(
        frame: Frame, id: String, startedAt: Instant, endedAt: Instant?, isStopping: Bool, lines: [Line],
        seal: FormSeal
    ) {
        self.frame = frame
        self.id = id
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.isStopping = isStopping
        self.lines = lines
        self.seal = seal
    }

    private var isRunning: Bool { endedAt == nil }
    private func count(_ state: SigningBatchItemState) -> Int { lines.count { $0.state == state } }

    package func html() -> HTML {
        Shell(
            frame: frame, title: "Ký nhiều văn bản", kind: .list, section: .drafts(.toSign),
            refreshAfter: isRunning ? 5 : nil
        ).around(
            PageHead(
                crumb: a(.href(frame.path(.toSign())), "Chờ ký"),
                title: "Ký \(Vi.number(lines.count)) dự thảo",
                sub: .group("Bắt đầu lúc ", Marks.moment(startedAt, frame))
            ).html(),
            div(.class("live stack"), summary(), table()),
            .when(isRunning && !isStopping, stopForm()),
            .when(
                !isRunning,
                p(
                    .class("btns gap-top"),
                    a(.class("btn"), .href(frame.path(.toSign())), "Về danh sách chờ ký"))))
    }

    private func summary() -> HTML {
        let over = lines.count { $0.state.isOver }
        let failed = count(.notSigned)
        if isRunning {
            return div(
                .class("note job"), .role("status"),
                b(
                    .text(
                        isStopping
                            ? "Đang dừng: ký xong văn bản đang ký"
                            : "Đang ký \(over) trên \(lines.count) văn bản")),
                progress(.value("\(over)"), .max("\(lines.count)"), .aria(.label, "Số văn bản đã xong")),
                p("Ông/bà có thể sang việc khác; việc ký vẫn tiếp tục và kết quả vẫn ở trang này."))
        }
        let words = "Đã ký \(Vi.number(count(.signed))) trên \(Vi.number(lines.count)) văn bản."
        return div(
            .classes("note", failed == 0 ? "good" : "warn"), .role("status"), b(.text(words)),
            .when(
                failed > 0,
                p(
                    .text(
                        "\(Vi.number(failed)) văn bản không ký được, lý do ở từng dòng; các văn bản này vẫn chờ ký."
                    ))))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Từng dự thảo trong lượt ký"),
            ListParts.heads("Mã", "Trích yếu", "Trạng thái"),
            tbody(
                .each(lines) { line in
                    tr(
                        td(.class("num"), b("DT-\(line.code)")),
                        th(
                            .scope(.row), .class("full wide"),
                            a(.class("plain-abs"), .href(frame.path(.draft(line.code))), .text(line.abstract))
                        ),
                        td(
                            .class("full"), Marks.state(Vi.state(line.state)),
                            .when(
                                !line.reasons.isEmpty,
                                .group(
                                    ul(
                                        .class("reasons"),
                                        .each(line.reasons) { li(.text(Vi.refusal($0).why)) }),
                                    a(
                                        .href(frame.path(.draftAct(line.code, .sign))), "Xem và ký riêng",
                                        Marks.unseen(" DT-\(line.code)"))))
                        ))
                }))
    }

    private func stopForm() -> HTML {
        form(
            .class("gap-top"), .method(.post), .action(frame.path(.stopProgress(id))),
            SealFields.hidden(seal),
            p(
                .class("btns"),
                button(.class("btn stop"), .type(.submit), "Dừng, để lại các văn bản chưa ký"),
                span(.class("small muted"), "Văn bản đã ký vẫn là đã ký.")))
    }
}
