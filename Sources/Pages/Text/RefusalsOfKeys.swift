// Reasons that come from signing several papers at once, from keys that are elsewhere, and from the requests about
// certificates.
import Domain

extension Vi {
    static func ofBatch(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .noDraftChosen:
            RefusalWords("Chưa chọn văn bản nào.", "Đánh dấu những văn bản cần ký trong danh sách.")
        case .tooManyDrafts(let limit):
            RefusalWords("Đã chọn quá \(number(limit)) văn bản.", "Ký làm nhiều lượt.")
        case .signingInterrupted:
            RefusalWords(
                "Máy chủ dừng trước khi ký đến văn bản này.",
                "Văn bản vẫn chờ ký; ký lại từ danh sách chờ ký.")
        case .signingCancelled:
            RefusalWords("Ông/bà đã dừng trước khi ký đến văn bản này.", "Văn bản vẫn chờ ký.")
        case .signingFailed:
            RefusalWords(
                "Hệ thống chưa ký được văn bản này.",
                "Mở văn bản và ký riêng; nếu vẫn vậy, báo người quản trị.")
        default:
            RefusalWords(
                "Khóa ký ở điện thoại hoặc máy tính của ông/bà, phải xác nhận từng văn bản.",
                "Mở từng văn bản để ký.")
        }
    }

    static func ofKeysElsewhere(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .tokenUnreachable:
            RefusalWords(
                "Máy chủ không thấy thiết bị lưu khóa.", "Kiểm tra thiết bị đã cắm, hoặc báo người quản trị.")
        case .tokenWrongPIN:
            RefusalWords(
                "Mã PIN của thiết bị không đúng.",
                "Nhập lại; thiết bị tự khóa sau một số lần nhập sai liên tiếp.")
        case .tokenLocked:
            RefusalWords(
                "Thiết bị lưu khóa đã tự khóa vì nhập sai mã PIN nhiều lần.",
                "Gửi đề nghị khôi phục thiết bị ở trang Chứng thư số.")
        case .signingServiceUnreachable:
            RefusalWords(
                "Không kết nối được dịch vụ ký số từ xa.",
                "Đợi ít phút rồi ký lại; nếu vẫn vậy, báo người quản trị."
            )
        case .signingServiceRefused(let words):
            RefusalWords(
                words.isEmpty
                    ? "Dịch vụ ký số từ xa từ chối yêu cầu."
                    : "Dịch vụ ký số từ xa từ chối yêu cầu: “\(words)”.",
                "Báo người quản trị nội dung này.")
        case .confirmationRefused:
            RefusalWords("Yêu cầu ký đã bị từ chối trên điện thoại.", "Ký lại nếu bấm nhầm.")
        case .confirmationExpired:
            RefusalWords("Đã quá thời gian xác nhận trên điện thoại.", "Ký lại và xác nhận sớm hơn.")
        case .signatureAlreadyAsked:
            RefusalWords(
                "Văn bản đang chờ xác nhận ký trên điện thoại.",
                "Xác nhận trên điện thoại, hoặc hủy yêu cầu cũ trước.")
        case .timestampUnavailable:
            RefusalWords(
                "Chưa lấy được dấu thời gian từ máy chủ cấp dấu thời gian.",
                "Đợi ít phút rồi làm lại; nếu vẫn vậy, báo người quản trị.")
        default:
            RefusalWords(
                "Chứng thư số này đang có một đề nghị chưa xong.",
                "Xem đề nghị đó trong danh sách; rút lại nếu không cần nữa.")
        }
    }
}
