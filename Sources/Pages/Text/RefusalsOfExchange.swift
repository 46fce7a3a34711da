// Why something of the exchange did not happen, and what to do.
import Domain

extension Vi {
    static func ofExchange(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .recalled:
            RefusalWords(
                "Nơi gửi đã lấy lại văn bản này, bản nhận được không còn.",
                "Xem lý do ở phần lịch sử; cần thì liên hệ nơi gửi.")
        case .senderHasNoCode:
            RefusalWords(
                "Cơ quan chưa có mã định danh nên chưa gửi được ra ngoài hệ thống này.",
                "Đề nghị người quản trị nhập mã định danh của cơ quan trong danh bạ, rồi phát hành lại.")
        case .messageIncomplete(let part):
            RefusalWords(
                "Gói tin gửi qua liên thông thiếu \(messagePart(part)), hoặc ở đó có ký tự không ghi được.",
                remedyForMessage(part))
        case .requestOpen:
            RefusalWords(
                "Nơi nhận chưa trả lời đề nghị trước nên chưa gửi thêm đề nghị.",
                "Đợi nơi nhận trả lời, hoặc liên hệ nơi nhận.")
        case .requestAnswered:
            RefusalWords("Đề nghị này đã được trả lời.", "Tải lại trang để xem kết quả.")
        case .channelHasNoAnswers:
            RefusalWords(
                "Văn bản gửi bằng thư điện tử hoặc bằng giấy nên không lấy lại, cập nhật qua hệ thống được.",
                "Liên hệ nơi nhận, hoặc phát hành văn bản thay thế.")
        case .deliveryOver:
            RefusalWords(
                "Nơi nhận đã từ chối, đã xử lý xong hoặc văn bản đã được lấy lại, nên không đề nghị được nữa.",
                "Xem trạng thái của nơi nhận ở bảng theo dõi gửi.")
        case .notReturned:
            RefusalWords(
                "Chỉ gửi lại được cho nơi đã từ chối tiếp nhận.",
                "Tải lại trang để xem trạng thái mới của nơi nhận.")
        case .statusComesByItself:
            RefusalWords(
                "Hệ thống của nơi này tự báo trạng thái nên không ghi tay.",
                "Đợi trạng thái báo về, hoặc liên hệ nơi nhận.")
        case .notGoneYet:
            RefusalWords(
                "Văn bản chưa gửi tới nơi này, hoặc đã lấy lại, nên chưa có tình trạng để ghi.",
                "Gửi bản giấy và ghi vào sổ gửi trước.")
        case .recipientHasIt(let name):
            RefusalWords(
                "\(name) đã là nơi nhận của văn bản này.",
                "Bỏ chọn nơi này; nơi đã từ chối thì gửi lại ở dòng của nơi đó.")
        case .returnedToPaper:
            RefusalWords(
                "Theo danh bạ, nơi này không còn nhận văn bản điện tử.",
                "Sửa cách gửi tới nơi này trong danh bạ nếu không đúng; nếu đúng, chuyển bản giấy cho nơi nhận."
            )
        case .arrivalInfected(let virus):
            RefusalWords(
                "Văn bản có tệp nhiễm mã độc (\(virus)) nên không tiếp nhận được.",
                "Từ chối tiếp nhận, nêu lý do, và báo người quản trị. Không mở tệp.")
        case .arrivalNotScanned:
            RefusalWords(
                "Tệp chưa được quét vi-rút, mà nơi này quy định phải quét trước khi tiếp nhận.",
                "Báo người quản trị kiểm tra máy quét (clamd), rồi tiếp nhận lại.")
        case .noneChosen:
            RefusalWords(
                "Chưa chọn nơi nhận.", "Đánh dấu từng nơi ở bảng theo dõi gửi, hoặc chọn tất cả nơi nhận.")
        case .replacedUnknown(let words):
            RefusalWords(
                "Cơ quan chưa phát hành văn bản số \(words).",
                "Ghi đúng số, ký hiệu của văn bản đã phát hành, ví dụ 54/PTP, hoặc để trống.")
        default:
            RefusalWords(
                "Gói tin này không còn trong danh sách chờ.", "Tải lại trang để xem trạng thái mới.")
        }
    }
}
