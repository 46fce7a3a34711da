// Words of a file that is with the signing program.
import Domain

extension Vi {
    package static func purpose(_ purpose: HandoverPurpose) -> String {
        switch purpose {
        case .signDraft: "Ký văn bản"
        case .sealLetter: "Đóng dấu văn bản"
        case .sealEnclosure: "Ký số cơ quan trên văn bản kèm theo"
        case .stampArrival: "Đóng dấu đến"
        }
    }

    static func moment(_ moment: HandoverMoment) -> (title: String, text: String, tone: String) {
        switch moment {
        case .scriptNeeded:
            (
                "Trang này cần JavaScript để nối với phần mềm ký số trên máy.",
                "Bật JavaScript cho địa chỉ này rồi mở lại trang, hoặc hủy; văn bản vẫn chờ ký.", "warn"
            )
        case .looking: ("Đang tìm phần mềm ký số trên máy này…", "", "")
        case .toolMissing:
            (
                "Không tìm thấy phần mềm ký số.",
                "Mở phần mềm VGCA Sign Service (biểu tượng ở góc phải thanh tác vụ) rồi bấm “Thử lại”. Máy chưa có thì cài từ trang của Cục Chứng thực số và Bảo mật thông tin, Ban Cơ yếu Chính phủ. Phần mềm đang chạy mà vẫn không thấy thì nhờ quản trị mạng cài lại để trình duyệt tin chứng thư của 127.0.0.1. Văn bản vẫn chờ ký.",
                "warn"
            )
        case .waiting:
            (
                "Đang chờ ký.",
                "Ký trong cửa sổ của phần mềm ký số. Tải lại trang này không làm mất việc đang ký.", ""
            )
        case .checking: ("Đã nhận tệp, đang kiểm tra chữ ký…", "", "")
        case .signed: ("Đã ký.", "Chữ ký hợp lệ và đã được ghi nhận.", "good")
        case .toolFailed:
            ("Phần mềm ký số báo chưa ký được.", "Văn bản vẫn chờ ký như trước. Phần mềm báo: ", "bad")
        case .refused: ("Không nhận tệp trả về; văn bản vẫn chờ ký như trước.", "", "bad")
        case .cancelled: ("Đã hủy, chưa ký.", "Văn bản vẫn chờ ký như trước.", "warn")
        case .timedOut:
            (
                "Hết giờ, chưa ký.", "Sau 10 phút tệp không được nhận nữa. Văn bản vẫn chờ ký như trước.",
                "warn"
            )
        case .connectionLost:
            (
                "Mất kết nối với máy chủ.", "Kiểm tra mạng rồi tải lại trang; việc đang ký không mất.", "warn"
            )
        }
    }

    static func whatNotToPrint(_ purpose: HandoverPurpose) -> String {
        switch purpose {
        case .signDraft:
            "Chỉ đặt chữ ký, không điền số và ngày: hệ thống điền vào ô chừa sẵn khi văn thư cấp số."
        case .sealLetter: "Chỉ đặt dấu; số và ngày đã có trên trang, không in thêm."
        case .sealEnclosure: "Đặt chữ ký ở góc trên bên phải trang đầu, không hình dấu."
        case .stampArrival: "Đặt dấu đến ở chỗ trống góc trên bên phải trang đầu."
        }
    }
}
