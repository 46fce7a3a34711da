// Lời báo về mạng: why a transfer brought no answer, in the words of those who look after it. What libcurl says of it is English and
// says little more.
import WebTransfers

extension TransferFailure {
    /// Within brackets or at the end of a sentence.
    var words: String {
        switch self {
        case .badRequest: "địa chỉ hoặc lời gọi không đúng dạng"
        case .addressRefused: "cấu hình không cho gọi tới địa chỉ này"
        case .unreachable: isOfName ? "không tra được tên máy chủ" : "máy chủ ấy không nhận kết nối"
        case .untrusted: "chứng thư không được tin cậy hoặc hết hạn"
        case .revoked: "chứng thư đã bị thu hồi"
        case .listUnusable: "danh sách thu hồi thiếu, hỏng hoặc quá hạn"
        case .otherKey: "khóa của máy chủ ấy khác khóa đã khai báo"
        case .timedOut: "không trả lời kịp"
        case .answerTooLong: "trả lời quá dài"
        case .brokenOff: "kết nối bị ngắt giữa chừng"
        case .tooManyRedirects: "bị chuyển hướng quá nhiều lần"
        case .badSettings: "cấu hình kết nối không dùng được"
        case .fileFailed: "máy chủ này chưa đọc, ghi được tệp"
        case .loginDenied: "tên đăng nhập, mật khẩu không được nhận"
        }
    }
}

/// Why a list of what was revoked is of no use: which file, or what is wrong with it.
enum RevocationWords {
    static func text(_ note: String) -> String {
        let files = [
            (" is no revocation list", "không phải danh sách thu hồi"), (" cannot be read", "không đọc được"),
        ]
        for (end, words) in files where note.hasSuffix(end) {
            return "tệp \(note.dropLast(end.count)) \(words)"
        }
        let starts = [
            ("no file ", "không có tệp "), ("no folder ", "không có thư mục "),
            ("too many files in ", "quá nhiều tệp trong "),
            ("no revocation list in ", "không có danh sách nào trong "),
        ]
        for (start, words) in starts where note.hasPrefix(start) {
            return words + note.dropFirst(start.count)
        }
        return "thiếu, hỏng hoặc quá hạn"
    }
}
