// The pages before one is inside an office: no navigation, one card.
import Markup

struct Threshold {
    let title: String
    let installationName: String

    func around(_ parts: HTML...) -> HTML {
        DocumentFrame(title: title).around(
            .class("threshold"),
            a(.class("skip"), .href("#noi-dung"), "Đến nội dung chính"),
            header(
                .class("mast"),
                p(.class("agency"), DocumentFrame.star, span("Quản lý văn bản ", b(.text(installationName))))),
            main(.id("noi-dung"), div(.class("panel card"), div(.class("in stack"), .group(parts)))))
    }
}
