// Why a file that was given to the signing program was not taken back, and what to do about it.
import Domain

extension Vi {
    static func ofHandover(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .handoverHeld(let name):
            RefusalWords(
                "\(name.isEmpty ? "Người khác" : name) đang ký tệp của văn bản này bằng phần mềm ký số.",
                "Đợi người đó ký xong, hủy, hoặc hết 10 phút rồi làm lại.")
        case .keySignsHere:
            RefusalWords(
                "Chứng thư số đang dùng không đặt ở USB Token trên máy, nên không giao tệp cho phần mềm ký số.",
                "Ký bằng mã PIN ngay trên trang này.")
        case .handoverRefused(let fault, let detail):
            fault == .otherCertificate
                ? otherCertificate(detail) : words(fault)
        default:
            RefusalWords(
                "Tệp này không còn giao cho phần mềm ký số: đã ký xong, đã hủy hoặc đã hết giờ.",
                "Mở lại trang văn bản để xem, rồi bấm ký lại nếu cần.")
        }
    }

    private static func otherCertificate(_ signer: String) -> RefusalWords {
        RefusalWords(
            signer.isEmpty
                ? "Tệp trả về ký bằng chứng thư số khác với chứng thư đã đăng ký."
                : "Tệp trả về ký bằng chứng thư số của “\(signer)”, khác với chứng thư đã đăng ký.",
            "Cắm đúng USB Token rồi ký lại; nếu vừa được cấp chứng thư mới, đề nghị người quản trị cập nhật.")
    }

    private static func words(_ fault: HandoverFault) -> RefusalWords {
        switch fault {
        case .notAnExtension:
            RefusalWords(
                "Tệp trả về không phải là tệp đã giao có thêm chữ ký; phần nội dung đã bị ghi lại.",
                "Ký lại và không mở, lưu hay chuyển tệp bằng chương trình khác trước khi ký.")
        case .unreadable:
            RefusalWords(
                "Tệp trả về bị hỏng, không đọc được.", "Ký lại; nếu vẫn vậy, cài lại phần mềm ký số.")
        case .unsigned:
            RefusalWords("Tệp trả về chưa có chữ ký nào mới.", "Ký lại và bấm ký trong cửa sổ của phần mềm.")
        case .severalSignatures:
            RefusalWords("Tệp trả về có nhiều hơn một chữ ký mới.", "Ký lại, chỉ ký một lần.")
        case .contentAdded:
            RefusalWords(
                "Phần mềm đã in thêm nội dung lên trang (số, ngày, ghi chú hoặc hình), làm cho chữ ký lãnh đạo và các ô điền sẵn không còn giá trị.",
                "Ký lại và chỉ đặt chữ ký; số và ngày do hệ thống điền vào ô chừa sẵn.")
        case .fieldsFilled:
            RefusalWords(
                "Phần mềm đã điền vào các ô số, ngày để trống.",
                "Ký lại và để trống các ô; hệ thống điền khi văn thư cấp số.")
        case .changedAfterwards:
            RefusalWords("Tệp bị sửa sau khi ký.", "Ký lại và không sửa tệp sau khi ký.")
        case .tooLarge:
            RefusalWords("Tệp trả về lớn quá mức một chữ ký có thể thêm.", "Ký lại với hình chữ ký nhỏ hơn.")
        case .moved:
            RefusalWords(
                "Văn bản đã thay đổi trong lúc tệp đang ở phần mềm ký số.",
                "Mở lại trang văn bản để xem rồi ký lại nếu cần.")
        case .notValid, .otherCertificate:
            RefusalWords(
                "Chữ ký trên tệp trả về không hợp lệ, hoặc chứng thư số không do nơi cấp được tin cậy cấp.",
                "Kiểm tra hạn dùng của chứng thư số rồi ký lại; nếu vẫn vậy, báo người quản trị.")
        }
    }
}
