// Why a file could not become a PDF, and what to do about it.
import Domain

extension Vi {
    /// From the word kept with the version; empty where nothing went wrong.
    package static func conversionFault(_ word: String?) -> String {
        guard let word else { return "" }
        switch ConversionFault(rawValue: word) {
        case .timeout: return "Chuyển quá lâu nên đã dừng. Chia tệp nhỏ hơn hoặc bỏ bớt hình rồi tải lên lại."
        case .crashed:
            return
                "Chương trình chuyển tệp bị dừng giữa chừng. Thử chuyển lại; nếu vẫn vậy, lưu tệp thành bản mới rồi tải lên."
        case .notConvertible: return "Không đọc được tệp. Mở tệp bằng Word, lưu lại dạng .docx rồi tải lên."
        case .noOutput: return "Tệp không có trang nào để in. Kiểm tra lại nội dung tệp."
        case .encrypted: return "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lên lại."
        case .programMissing:
            return "Máy chủ chưa cài LibreOffice. Báo người quản trị; trong lúc chờ có thể tải lên bản PDF."
        case .sourceUnreadable: return "Không đọc được tệp đã lưu. Tải tệp lên lại và báo người quản trị."
        case .machine, nil:
            return "Máy chủ gặp lỗi khi chuyển. Bấm chuyển lại; nếu vẫn vậy, báo người quản trị."
        }
    }
}
