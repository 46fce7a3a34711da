// Chờ xác nhận ký trên điện thoại: what was asked, how long it still waits, and how it ended. Works without a script,
// goes on when the page is closed.
import Domain
import Markup

package struct WaitingSignaturePage: Sendable {
    package let frame: Frame
    package let id: String
    package let code: Int
    package let abstract: String
    package let state: WaitingSignatureState
    package let reasons: [Refusal]
    package let askedAt: Instant
    package let expiresAt: Instant
    package let seal: FormSeal

    package init(
        frame: Frame, id: String, code: Int, abstract: String, state: WaitingSignatureState,
        reasons: [Refusal],
        askedAt: Instant, expiresAt: Instant, seal: FormSeal
    ) {
        self.frame = frame
        self.id = id
        self.code = code
        self.abstract = abstract
        self.state = state
        self.reasons = reasons
        self.askedAt = askedAt
        self.expiresAt = expiresAt
        self.seal = seal
    }

    package func html() -> HTML {
        Shell(
            frame: frame, title: "Ký từ xa DT-\(code)", kind: .list, section: .drafts(.list),
            refreshAfter: state.isOpen ? 5 : nil
        ).around(
            PageHead(
                crumb: .group(
                    a(.href(frame.path(.drafts(DraftFilter()))), "Dự thảo – Phiếu trình"), " / ",
                    a(.href(frame.path(.draft(code))), .text("DT-\(code)"))),
                title: "Ký số từ xa: \(abstract)",
                sub: .group("Gửi yêu cầu lúc ", Marks.moment(askedAt, frame))
            ).html(),
            div(.class("live stack"), status()),
            .when(state.isOpen, cancelForm(), else: ways()))
    }

    private func status() -> HTML {
        switch state {
        case .asking, .waiting:
            return div(
                .class("note job"), .role("status"), b("Chờ ông/bà xác nhận trên điện thoại"),
                p(
                    "Mở ứng dụng ký số, xem yêu cầu có tên “DT-\(code)” và xác nhận. Trang này tự biết khi đã ký."
                ),
                p(.text("Yêu cầu hết hiệu lực lúc \(frame.moment(expiresAt)). Ông/bà có thể sang việc khác."))
            )
        case .signed:
            return div(.class("note good"), .role("status"), b("Đã ký số và chuyển văn thư phát hành."))
        case .notSigned:
            return div(
                .class("note bad"), .role("status"), b("Chưa ký được văn bản."),
                ul(.each(reasons) { li(.text(Vi.refusal($0).text)) }))
        case .cancelled:
            return div(
                .class("note"), .role("status"), b("Ông/bà đã hủy yêu cầu này."),
                p(
                    "Yêu cầu còn hiện trên điện thoại thì từ chối hoặc để tự hết hạn; xác nhận cũng không có tác dụng."
                ))
        case .dropped:
            return div(
                .class("note warn"), .role("status"), b("Yêu cầu này không còn dùng."),
                p("Dự thảo đã có phiên bản mới, được trả lại hoặc chuyển bước khác sau khi gửi yêu cầu."))
        }
    }

    private func cancelForm() -> HTML {
        form(
            .class("gap-top"), .method(.post), .action(frame.path(.stopProgress(id))),
            SealFields.hidden(seal),
            p(
                .class("btns"), button(.class("btn stop"), .type(.submit), "Hủy yêu cầu ký"),
                span(.class("small muted"), "Dự thảo vẫn chờ ông/bà ký.")))
    }

    private func ways() -> HTML {
        p(
            .class("btns gap-top"),
            a(.class("btn"), .href(frame.path(.draft(code))), .text("Về dự thảo DT-\(code)")),
            .when(
                state != .signed,
                a(.class("btn"), .href(frame.path(.draftAct(code, .sign))), "Ký lại")))
    }
}
