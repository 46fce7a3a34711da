// Lời báo về trục: what an axis, and the way to it, says is told to the clerk and the administrator in their own language; technical
// notes of the network are not.
import Domain
import DocumentAxis
import Foundation
import WebTransfers

extension AxisFailure {
    /// Whether nothing of the call can have got in.
    var neverGotThere: Bool {
        switch self {
        case .unreachable, .untrusted, .signInRefused, .clockWrong, .notSendable, .file: true
        case .noAnswer, .trouble, .refused, .declined, .unexplained, .garbage, .answerTooLong: false
        }
    }
}

extension CarryingFailure {
    init(_ failure: AxisFailure, of channel: Channel) {
        let words = failure.words(of: AxisName(channel))
        if case .unexplained = failure {
            self = .unexplained(words)
        } else if failure.isOfMessage {
            self = failure.isPassing ? .passing(words) : .permanent(words)
        } else {
            self = failure.neverGotThere ? .unreachable(words) : .partnerDown(words)
        }
    }
}

/// How a clerk knows the one that is spoken to.
struct AxisName {
    /// At the head of a sentence, and within one.
    let first: String
    let within: String

    init(_ channel: Channel) {
        (first, within) =
            channel == .lgsp
            ? ("Nền tảng của tỉnh", "nền tảng của tỉnh")
            : ("Trục liên thông quốc gia", "trục liên thông quốc gia")
    }
}

extension AxisFailure {
    /// For the clerk, with the other side's own words.
    func words(of axis: AxisName) -> String {
        switch self {
        case .unreachable(let why): "Không kết nối được \(axis.within) (\(why))."
        case .noAnswer: "\(axis.first) không trả lời, hoặc trả lời không đủ."
        case .untrusted: "Chứng thư của \(axis.within) không được tin cậy hoặc hết hạn."
        case .trouble(let status, let words): "\(axis.first) đang lỗi (HTTP \(status)). \(words)"
        case .refused(let code, let words):
            "\(axis.first) từ chối, mã \(code): \(Self.meaning(code, axis) ?? words)"
        case .unexplained(let code, let words): "\(axis.first) từ chối gói tin, mã \(code): \(words)"
        case .declined(let words): "\(axis.first) từ chối gói tin: \(words)"
        case .signInRefused(let words):
            "Không đăng nhập được vào \(axis.within); báo người quản trị. \(words)"
        case .clockWrong(let seconds):
            "Đồng hồ máy chủ lệch \(abs(seconds)) giây so với \(axis.within); đặt lại đồng hồ."
        case .garbage: "\(axis.first) trả lời không đọc được."
        case .answerTooLong: "Gói tin lớn hơn mức cho phép."
        case .notSendable(let fault): fault.words(of: axis)
        case .file: "Máy chủ chưa đọc, ghi được tệp; kiểm tra dung lượng đĩa và quyền ghi."
        }
    }

    /// Of a message that it lists and that cannot be had.
    func words(of id: AxisDocID, on channel: Channel) -> String {
        let axis = AxisName(channel), name = "Gói tin mang tên “\(id.text.prefix(100))” trên \(axis.within)"
        if self == .answerTooLong {
            return
                "\(name) lớn hơn \(AxisSettings().messageLimit >> 20) MB nên không tải về. Đề nghị nơi gửi gửi lại với tệp nhỏ hơn, rồi bỏ qua gói tin này."
        }
        return "\(name) chưa tải về được, máy chủ tự thử lại thưa dần. \(words(of: axis))"
    }

    /// The codes of the province's guide.
    private static func meaning(_ code: String, _ axis: AxisName) -> String? {
        switch code {
        case "10": "tệp không hợp lệ."
        case "15": "sai mã hệ thống hoặc khóa; báo người quản trị."
        case "18": "không có đơn vị nhận trên \(axis.within); kiểm tra danh bạ."
        case "19": "đơn vị gửi chưa đăng ký trên \(axis.within); báo người quản trị."
        case "20": "lỗi hệ thống."
        case "21": "lỗi xử lý tệp."
        case "22": "gói tin sai định dạng."
        case "23": "đơn vị nhận đã bị khóa."
        default: nil
        }
    }
}

extension AxisCallFault {
    fileprivate func words(of axis: AxisName) -> String {
        switch self {
        case .noRecipients: "Gói tin không có nơi nhận nào."
        case .tooManyRecipients: "Gói tin có quá nhiều nơi nhận cho một lượt gửi."
        case .badIdentifier:
            "Mã định danh của nơi gửi hoặc nơi nhận có ký tự không gửi được; kiểm tra danh bạ."
        case .emptyMessage: "Gói tin rỗng."
        case .messageTooLarge: "Gói tin lớn hơn \(AxisSettings().messageLimit >> 20) MB nên không gửi được."
        case .badAccount:
            "Mã hệ thống hoặc khóa của \(axis.within) trong cấu hình không dùng được; báo người quản trị."
        case .noLogin: "Cấu hình thiếu tên hoặc mật khẩu đăng nhập \(axis.within); báo người quản trị."
        }
    }
}
