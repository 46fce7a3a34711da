// Why something does not go that way, or paper was not moved on, and what to do.
import Domain

extension Vi {
    static func ofPaper(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .recipientOnPaperOnly:
            RefusalWords(
                "Có nơi nhận chưa kết nối hệ thống nên chỉ gửi được bản giấy.",
                "Chọn hình thức “Bản giấy” cho nơi đó, ở phần Hình thức gửi.")
        case .unsignedNeedsPaper:
            RefusalWords(
                "Văn bản chưa có đủ chữ ký số hợp lệ nên không gửi bản điện tử thay bản giấy được.",
                "Chọn hình thức có bản giấy, hoặc trả lại người ký.")
        case .mediumNeedsReason:
            RefusalWords(
                "Có nơi nhận được chọn hình thức khác quy định mà chưa nêu lý do.",
                "Ghi lý do ở phần Hình thức gửi, hoặc chọn lại theo quy định.")
        case .changeNeedsReason:
            RefusalWords(
                "Nơi nhận hoặc hình thức gửi khác bản người ký duyệt mà chưa nêu lý do.",
                "Ghi lý do ở phần Nơi nhận, hoặc chọn lại như bản đã duyệt.")
        case .answerBeforeDate(let day):
            RefusalWords(
                "Văn bản đề nghị trả lời trước ngày \(date(day)), sớm hơn ngày văn bản.",
                "Trả lại người ký để sửa thời hạn trả lời.")
        case .answerByInPast:
            RefusalWords("Ngày đề nghị trả lời đã qua.", "Chọn một ngày từ hôm nay trở đi, hoặc để trống.")
        case .tooManyRecipients(let limit):
            RefusalWords(
                "Dự thảo có quá \(number(limit)) nơi nhận.", "Bớt nơi nhận, hoặc chia thành nhiều văn bản.")
        case .nothingChosen:
            RefusalWords("Chưa chọn nơi nhận nào.", "Đánh dấu ít nhất một nơi nhận trong danh sách.")
        case .copyNotMade:
            RefusalWords(
                "Có nơi nhận chưa có bản sao y.", "Lập bản sao y và in bản đó trước, rồi ghi đã in.")
        default:
            RefusalWords("Có bản chưa được in.", "Ghi đã in trước, rồi ghi đã gửi.")
        }
    }
}
