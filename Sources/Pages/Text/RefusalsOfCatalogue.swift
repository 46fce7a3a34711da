// Why something of danh bạ cơ quan was not done, and what to do.
import Domain

extension Vi {
    static func ofCatalogue(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .listEmpty:
            RefusalWords(
                "Danh sách không có cơ quan nào đọc được.",
                "Kiểm tra tệp: dòng đầu là tên cột, mỗi dòng sau một cơ quan, có tên và mã định danh.")
        case .listShrinks(let gone, let total):
            RefusalWords(
                "Danh sách thiếu \(number(gone)) trong \(number(total)) cơ quan đang dùng, có thể tệp bị cắt hoặc là danh sách khác.",
                "Kiểm tra lại tệp và tên danh sách; nếu đúng là các cơ quan đó đã kết thúc, xác nhận rồi nạp lại."
            )
        case .agencyHosted:
            RefusalWords(
                "Cơ quan này thuộc hệ thống, nhận văn bản ngay trong hệ thống.",
                "Không cần đặt cách gửi, thư điện tử hay địa chỉ.")
        case .codeTaken(let name):
            RefusalWords(
                "Mã định danh này là của \(name).",
                "Kiểm tra lại mã trong danh bạ do cơ quan quản lý công bố.")
        case .agencyKnown(let name):
            RefusalWords("\(name) đã có trong danh bạ.", "Tìm cơ quan này trong danh bạ và dùng mục đã có.")
        case .recipientEnded(let name, let successor):
            RefusalWords(
                "\(name) không còn nhận văn bản.",
                successor.isEmpty
                    ? "Bỏ nơi này, hoặc tìm trong danh bạ cơ quan làm thay."
                    : "Chọn nơi kế thừa: \(successor).")
        default: RefusalWords("Mục này của danh bạ đã thay đổi.", "Tải lại trang rồi làm lại.")
        }
    }
}
