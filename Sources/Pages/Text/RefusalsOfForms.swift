// Reasons that come from the person, from what was typed, from a file, and from signing in.
import Domain

extension Vi {
    static func ofPerson(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .notYours:
            RefusalWords(
                "Việc này đang ở vị trí khác, không ở vị trí ông/bà đang dùng.",
                "Chọn đúng vị trí rồi làm lại.")
        case .notForYourRole:
            RefusalWords(
                "Vị trí ông/bà đang dùng không có quyền làm việc này.",
                "Chuyển cho người có quyền hoặc chọn vị trí khác.")
        case .notFound:
            RefusalWords(
                "Không tìm thấy văn bản này trong cơ quan của ông/bà.",
                "Kiểm tra lại địa chỉ hoặc tìm theo số, trích yếu.")
        case .stale:
            RefusalWords(
                "Đã có người khác cập nhật văn bản này sau khi ông/bà mở trang.",
                "Xem lại nội dung mới nhất rồi quyết định; nội dung ông/bà nhập vẫn còn.")
        case .changedSinceShown:
            RefusalWords(
                "Dự thảo đã đổi sau khi ông/bà mở trang để ký: nơi nhận, hạn đề nghị trả lời hoặc tệp kèm theo có thể"
                    + " không còn như ông/bà đã xem, dù bản PDF vẫn vậy. Chưa ký gì.",
                "Xem lại nơi nhận và hồ sơ trình trên trang vừa tải lại, rồi ký.")
        default:
            RefusalWords(
                "Hệ thống đang có nhiều yêu cầu.", "Đợi vài giây rồi bấm lại; nội dung ông/bà nhập vẫn còn.")
        }
    }

    static func ofTyping(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .missing(let field):
            RefusalWords("\(quoted(field)) còn trống.", remedyForMissing(field))
        case .malformed(.date):
            RefusalWords("Ngày văn bản không đọc được.", "Nhập theo mẫu 08/5/2026.")
        case .malformed(.deadline):
            RefusalWords("Hạn giải quyết không đọc được.", "Nhập theo mẫu 15/5/2026.")
        case .malformed(.answerBy):
            RefusalWords("Ngày đề nghị trả lời không đọc được.", "Nhập theo mẫu 15/5/2026.")
        case .malformed(.paperCameOn):
            RefusalWords(
                "Ngày nhận bản giấy không đọc được, hoặc trước ngày của văn bản.",
                "Nhập ngày bản giấy đến, theo mẫu 08/5/2026.")
        case .malformed(.toldOn):
            RefusalWords(
                "Ngày nơi nhận báo không đọc được, hoặc trước ngày gửi.",
                "Nhập theo mẫu 15/5/2026, từ ngày gửi trở đi.")
        case .malformed(.pages):
            RefusalWords("Số trang không phải là số.", "Nhập số trang bằng chữ số, ví dụ 3.")
        case .malformed(let field):
            RefusalWords("\(quoted(field)) chưa đúng dạng.", "Xem lại và nhập lại.")
        case .tooLong(let field, let limit):
            RefusalWords("\(quoted(field)) dài quá \(number(limit)) ký tự.", "Rút ngắn lại.")
        case .dateInFuture(let field):
            RefusalWords(
                "\(quoted(field)) sau ngày hôm nay.",
                remedyForFuture(field))
        default:
            RefusalWords("Hạn giải quyết đã qua.", "Chọn một ngày từ hôm nay trở đi, hoặc để trống.")
        }
    }

    private static func remedyForFuture(_ field: Field) -> String {
        switch field {
        case .postedOn: "Ghi ngày đã gửi."
        case .paperCameOn: "Ghi ngày bản giấy đã đến."
        case .toldOn: "Ghi ngày nơi nhận đã báo."
        default: "Kiểm tra lại ngày ghi trên văn bản."
        }
    }

    private static func remedyForMissing(_ field: Field) -> String {
        switch field {
        case .file: "Chọn tệp trên máy của ông/bà."
        case .type, .urgency, .director, .lead, .register, .signer, .outcome: "Chọn một mục trong danh sách."
        case .recipients: "Chọn ít nhất một nơi nhận."
        case .reason, .comment: "Nêu rõ lý do và chỗ cần sửa để người nhận biết phải làm gì."
        case .pin: "Nhập mã PIN của chứng thư số."
        case .mended: "Ghi điều đã làm, để nơi nhận biết vì sao nên tiếp nhận."
        case .toldNote: "Ghi ai báo, và lý do không nhận hoặc bị trả lại."
        default: "Nhập \(Vi.field(field).lowercasedFirst)."
        }
    }

    static func ofFile(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .noFile: RefusalWords("Chưa có tệp nào.", "Chọn tệp trên máy của ông/bà rồi gửi lại.")
        case .fileEmpty:
            RefusalWords(
                "Tệp không có nội dung (0 byte).", "Kiểm tra tệp trên máy, quét hoặc xuất lại rồi chọn lại.")
        case .fileTooLarge(let limit):
            RefusalWords(
                "Tệp lớn hơn \(number(limit)) MB.",
                "Quét ở độ phân giải 200–300 dpi hoặc tách phụ lục thành tệp riêng.")
        case .fileNotPDF:
            RefusalWords("Tệp không phải là PDF, dù tên có thể là .pdf.", "Chọn tệp PDF của văn bản.")
        case .fileEncrypted:
            RefusalWords(
                "Tệp PDF có mật khẩu nên không đọc được.", "Lưu lại tệp không đặt mật khẩu rồi chọn lại.")
        case .fileDamaged:
            RefusalWords(
                "Tệp bị hỏng, không đọc được trang nào.",
                "Xuất hoặc quét lại tệp; nếu là văn bản điện tử, đề nghị nơi gửi gửi lại.")
        case .fileKindNotAllowed:
            RefusalWords("Không nhận loại tệp này.", "Dùng PDF, Word (.docx) hoặc Excel (.xlsx).")
        case .fileGone:
            RefusalWords("Tệp tạm đã hết hạn giữ 24 giờ.", "Chọn lại tệp; những ô đã nhập vẫn còn.")
        default:
            RefusalWords(
                "Hệ thống không nhận văn bản mật (Quy chế, Điều 10).",
                "Bản quét đã xóa; xử lý văn bản này theo đường văn bản mật.")
        }
    }

    static func ofSigningIn(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .wrongCredentials:
            RefusalWords(
                "Tên đăng nhập hoặc mật khẩu không đúng.",
                "Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.")
        case .slowDown(let seconds):
            RefusalWords("Đã có nhiều lần nhập sai liên tiếp.", "Đợi \(number(seconds)) giây rồi nhập lại.")
        case .accountLocked:
            RefusalWords("Tài khoản đang bị khóa.", "Liên hệ người quản trị của cơ quan để mở khóa.")
        case .passwordTooShort:
            RefusalWords("Mật khẩu mới ngắn hơn 8 ký tự.", "Chọn mật khẩu dài hơn; một câu dễ nhớ là tốt.")
        case .passwordSame: RefusalWords("Mật khẩu mới giống mật khẩu đang dùng.", "Chọn mật khẩu khác.")
        default: RefusalWords("Hai lần nhập mật khẩu mới không giống nhau.", "Nhập lại cả hai ô.")
        }
    }
}

extension String {
    /// A label inside a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
