// The code by which anyone may ask whether a document was issued here, with the same as a QR code: for the print-out that
// goes with a paper copy.
import Domain
import Markup

package struct CheckCodeShown: Sendable, Equatable {
    package let code: CheckCode
    /// Where it is asked, as the outside knows this server; nil where the administrator has not said.
    package let address: String?

    package init(code: CheckCode, publicAddress: String?) {
        self.code = code
        address = publicAddress.map { "\($0)\(Address.check.path)?\(FormFields.checkCode)=\(code.printed)" }
    }
}

struct CheckCodePanel {
    let shown: CheckCodeShown

    func html() -> HTML {
        Panel(id: "ma-kiem-tra", title: "Mã kiểm tra", note: small("in kèm bản giấy")).html(
            div(
                .class("in check-code"),
                .maybe(shown.address.flatMap { QRCode($0) }) { $0.svg(label: "Mã QR của trang kiểm tra") },
                div(
                    p(b(.class("num"), .text(shown.code.printed))),
                    p(
                        .class("small muted"),
                        .text(
                            "Người nhận quét mã QR hoặc nhập mã này ở trang \(Address.check.path) để biết văn bản có đúng do cơ quan phát hành không; trang đó không cho biết nội dung."
                        )))))
    }
}
