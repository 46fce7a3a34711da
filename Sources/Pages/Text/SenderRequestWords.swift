// What the sender asks, what agreeing to it does, and what the button says: recalls, corrections with a corrected version,
// words only, and "you are no recipient any more" are four things.
import Domain

extension Vi {
    static func title(_ line: SenderRequest) -> String {
        line.isRemoval
            ? "Nơi gửi rút cơ quan khỏi danh sách nơi nhận" : "Đề nghị \(wish(line.request.kind))"
    }

    static func consequence(_ line: SenderRequest) -> String {
        if line.request.kind == .recall {
            return
                "Đồng ý thì tệp, hình xem trước và nội dung tìm kiếm của văn bản bị xóa, việc đã giao kết thúc. Số đến vẫn giữ trong sổ với ghi chú đã lấy lại."
        }
        if line.isRemoval {
            return
                "Đồng ý nghĩa là đã biết. Văn bản và việc đã giao ở đây không đổi; muốn xóa bản đã nhận, nơi gửi phải đề nghị lấy lại."
        }
        return line.other == nil
            ? "Nơi gửi chỉ nêu điều cần sửa, không gửi bản đã sửa. Đồng ý nghĩa là đã biết; văn bản ở đây không đổi."
            : "Đồng ý thì bản nơi gửi sửa thành bản đang dùng ở đây; bản hiện có vẫn lưu để xem lại. Không đồng ý thì tệp của bản sửa bị xóa."
    }

    static func agreeing(_ line: SenderRequest) -> String {
        if line.request.kind == .recall { return "Đồng ý, xóa bản đã nhận" }
        return line.other == nil ? "Đồng ý, đã biết" : "Đồng ý, dùng bản đã sửa"
    }
}
