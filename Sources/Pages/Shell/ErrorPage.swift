// When something cannot be shown or done: what it was, why, and what to do next. No trace, no English; a failure of the
// machine carries the number under which it is in the log.
import Domain
import Markup

package struct ErrorPage: Sendable {
    package enum Kind: Sendable, Equatable {
        case forbidden, notFound, conflict, tooLarge, busy
        case failure(reference: String)
    }

    package let kind: Kind
    package let refusals: [Refusal]

    package init(_ kind: Kind, refusals: [Refusal] = []) { (self.kind, self.refusals) = (kind, refusals) }

    package func html() -> HTML {
        Threshold(title: title, installationName: "").around(
            h1(.text(title)), .each(refusals) { p(.text(Vi.refusal($0).text)) }, p(.text(advice)),
            p(.class("btns"), a(.class("btn"), .href("/"), "Về Việc của tôi")))
    }

    private var title: String {
        switch kind {
        case .forbidden: "Vị trí của ông/bà không làm được việc này"
        case .notFound: "Không có trang này"
        case .conflict: "Chưa làm được"
        case .tooLarge: "Nội dung gửi lên quá lớn"
        case .busy: "Máy chủ đang bận"
        case .failure: "Hệ thống chưa làm được việc này"
        }
    }

    private var advice: String {
        switch kind {
        case .forbidden, .conflict: "Quay lại trang trước, tải lại trang rồi xem việc đang ở đâu."
        case .notFound: "Địa chỉ sai, văn bản không có, hoặc không thuộc quyền xem của ông/bà."
        case .tooLarge: "Mỗi tệp tối đa 100 MB. Chưa có gì được ghi."
        case .busy: "Chưa có gì được ghi. Ông/bà thử lại sau ít giây."
        case .failure(let reference): "Nội dung ông/bà nhập vẫn còn ở trang trước. Mã tra cứu: \(reference)."
        }
    }
}
