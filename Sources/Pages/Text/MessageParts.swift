// Words of the parts of a message between systems, for those who issue (QCVN 102; Nghị định 30/2020, Phụ lục VI).
import Domain

extension Vi {
    package static func messagePart(_ part: MessagePart) -> String {
        switch part {
        case .senderCode: "mã định danh của cơ quan"
        case .senderName: "tên cơ quan ban hành"
        case .recipientCode: "mã định danh của nơi nhận"
        case .recipientName: "tên nơi nhận"
        case .number: "số văn bản"
        case .notation: "ký hiệu văn bản"
        case .place: "địa danh ban hành"
        case .typeName: "tên loại văn bản"
        case .subject: "trích yếu"
        case .signer: "họ tên người ký"
        case .signerTitle: "chức vụ người ký"
        case .pages: "số trang"
        case .places: "danh sách nơi nhận"
        case .other: "thông tin văn bản"
        }
    }

    static func remedyForMessage(_ part: MessagePart) -> String {
        switch part {
        case .senderCode, .senderName, .place, .typeName, .signer, .signerTitle:
            "Số chưa cấp. Đề nghị người quản trị bổ sung, rồi phát hành lại."
        case .recipientCode, .recipientName:
            "Số chưa cấp. Kiểm tra nơi nhận trong danh bạ, hoặc gửi bản giấy và ghi lý do."
        case .number, .notation, .subject, .pages, .places, .other:
            "Số chưa cấp. Trả lại người ký để sửa, hoặc gửi bản giấy và ghi lý do."
        }
    }

    /// What the clerk should know before a letter goes out between systems.
    package static func messageDoubt(_ doubt: MessageDoubt) -> (words: String, mark: StateMark) {
        switch doubt {
        case .tooLong(let part, let count, let limit):
            (
                "Gói tin: \(messagePart(part)) dài \(number(count)) ký tự, Phụ lục VI cho \(number(limit)); vẫn gửi được, nơi nhận có thể cắt bớt",
                StateMark(.warn, "Dài quá quy định")
            )
        case .oddCode(let code):
            (
                "Gói tin: mã định danh \(code) không theo QCVN 102 hay Quyết định 20/2020; vẫn gửi được, nơi nhận có thể trả lại",
                StateMark(.warn, "Mã khác mẫu")
            )
        }
    }
}
