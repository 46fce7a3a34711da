// When something cannot be shown or done: what did not happen, why, what to do. A failure of the machine has a reference
// number and no trace.
import Domain
import Markup

package struct ErrorPage: Sendable {
    package enum Fault: Sendable, Equatable {
        /// 403: the form was not ours, or came too late.
        case formNotTrusted
        /// 403: not for this role.
        case notAllowed
        /// 404: not there, or not this agency's.
        case notFound
        /// 405
        case wayNotKnown
        /// 409: another position is active now than the form was made for.
        case otherPosition
        /// 409: someone else acted first.
        case stale
        /// 409: an act that cannot be done as things stand, with its reasons.
        case refused([Refusal], Verb?)
        /// 413
        case tooLarge(limitMegabytes: Int)
        /// 429
        case tooMany(seconds: Int)
        /// 500
        case failed(reference: String)
        /// 503
        case busy
        /// 507: the server's disk is full.
        case noRoom

        package var status: Int {
            switch self {
            case .formNotTrusted, .notAllowed: 403
            case .notFound: 404
            case .wayNotKnown: 405
            case .otherPosition, .stale, .refused: 409
            case .tooLarge: 413
            case .tooMany: 429
            case .failed: 500
            case .busy: 503
            case .noRoom: 507
            }
        }
    }

    package let fault: Fault
    /// Nil where nobody is signed in.
    package let frame: Frame?
    package let installationName: String
    /// Where to go on: the paper, or the page before.
    package let back: String?

    package init(fault: Fault, frame: Frame? = nil, installationName: String = "", back: String? = nil) {
        self.fault = fault
        self.frame = frame
        self.installationName = installationName
        self.back = back
    }

    package func html() -> HTML {
        let words = ErrorWords(fault)
        let body = HTML.group(
            h1(.text(words.what)), p(.text(words.why)), .when(!words.remedy.isEmpty, p(.text(words.remedy))),
            reasons(), links())
        guard let frame else {
            return Threshold(title: words.what, installationName: installationName).around(body)
        }
        return Shell(frame: frame, title: words.what, kind: .list, section: .elsewhere)
            .around(div(.class("panel narrow-page"), div(.class("in stack"), body)))
    }

    private func reasons() -> HTML {
        guard case .refused(let refusals, _) = fault else { return .empty }
        return ul(.class("plain-list"), .each(refusals) { li(.text(Vi.refusal($0).text)) })
    }

    private func links() -> HTML {
        p(
            .class("btns"),
            .maybe(back) { a(.class("btn main"), .href($0), "Mở lại trang mới nhất") },
            .when(
                fault == .otherPosition,
                a(.class("btn"), .href(Address.choosePosition.path), "Chọn vị trí công tác")),
            .maybe(frame) { a(.class("btn"), .href($0.path(.desk(nil))), "Về Việc của tôi") },
            .when(frame == nil && back == nil, a(.class("btn main"), .href("/"), "Về Việc của tôi")))
    }
}

/// The three things an error says.
struct ErrorWords {
    let what: String
    let why: String
    let remedy: String

    private init(_ what: String, _ why: String, _ remedy: String) {
        (self.what, self.why, self.remedy) = (what, why, remedy)
    }

    init(_ fault: ErrorPage.Fault) {
        switch fault {
        case .formNotTrusted, .notAllowed, .notFound, .wayNotKnown: self = Self.ofAddress(fault)
        case .otherPosition, .stale, .refused: self = Self.ofPaper(fault)
        case .tooLarge, .tooMany, .failed, .busy, .noRoom: self = Self.ofMachine(fault)
        }
    }

    private static func ofAddress(_ fault: ErrorPage.Fault) -> ErrorWords {
        switch fault {
        case .formNotTrusted:
            ErrorWords(
                "Chưa nhận biểu mẫu này", "Biểu mẫu mở quá lâu hoặc không do trang của hệ thống tạo ra.",
                "Mở lại trang rồi làm lại.")
        case .notAllowed:
            ErrorWords(
                "Chưa làm được việc này", "Vị trí ông/bà đang dùng không có quyền.",
                "Chọn vị trí khác, hoặc chuyển cho người có quyền.")
        case .notFound:
            ErrorWords(
                "Không tìm thấy trang này",
                "Địa chỉ không đúng, hoặc văn bản không thuộc cơ quan của ông/bà.",
                "Kiểm tra lại địa chỉ, hoặc tìm theo số, ký hiệu, trích yếu.")
        default:
            ErrorWords(
                "Chưa làm được việc này", "Địa chỉ này không nhận yêu cầu theo cách vừa gửi.",
                "Mở lại từ trang của văn bản.")
        }
    }

    private static func ofPaper(_ fault: ErrorPage.Fault) -> ErrorWords {
        switch fault {
        case .otherPosition:
            ErrorWords(
                "Chưa làm được việc này", "Biểu mẫu được mở ở vị trí công tác khác với vị trí đang dùng.",
                "Chọn lại đúng vị trí rồi mở lại trang.")
        case .refused(_, let verb):
            ErrorWords(Vi.notDone(verb), "Văn bản vẫn như trước, vì:", "")
        default:
            ErrorWords(
                "Chưa làm được việc này",
                "Đã có người khác cập nhật văn bản này sau khi ông/bà mở trang.",
                "Mở trang mới nhất, xem lại rồi quyết định.")
        }
    }

    private static func ofMachine(_ fault: ErrorPage.Fault) -> ErrorWords {
        switch fault {
        case .tooLarge(let limit):
            ErrorWords(
                "Chưa nhận được tệp", "Tệp lớn hơn \(Vi.number(limit)) MB.",
                "Quét ở 200–300 dpi, hoặc tách phụ lục thành tệp riêng rồi gửi lại.")
        case .tooMany(let seconds):
            ErrorWords(
                "Chưa nhận yêu cầu này", "Có quá nhiều lần thử trong thời gian ngắn.",
                "Đợi \(Vi.number(seconds)) giây rồi làm lại.")
        case .failed(let reference):
            ErrorWords(
                "Hệ thống chưa làm được việc này",
                "Nội dung ông/bà nhập vẫn còn ở trang trước. Mã tra cứu: \(reference).",
                "Làm lại sau ít phút; nếu vẫn vậy, báo người quản trị kèm mã tra cứu.")
        case .noRoom:
            ErrorWords(
                "Hệ thống chưa làm được việc này",
                "Máy chủ đã hết chỗ lưu trữ nên chưa ghi được gì; văn bản và tệp trước đó vẫn nguyên.",
                "Báo người quản trị giải phóng ổ đĩa, rồi làm lại từ trang trước.")
        default:
            ErrorWords(
                "Hệ thống đang có nhiều yêu cầu", "Yêu cầu này chưa được nhận.",
                "Đợi vài giây rồi làm lại.")
        }
    }
}
