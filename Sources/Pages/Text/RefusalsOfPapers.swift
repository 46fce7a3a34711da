// Reasons that come from the state of an arrival, a draft, a signature or an issuing.
import Domain

extension Vi {
    static func ofArrival(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .twin(let year, let number):
            RefusalWords(
                "Cùng số, ký hiệu và cơ quan ban hành đã có ở số đến \(number) năm \(year).",
                "Xem số đến \(number); nếu đúng là văn bản khác, chọn “Văn bản khác, vẫn đăng ký”.")
        case .arrivalClosed:
            RefusalWords("Văn bản này đã kết thúc.", "Xem lịch sử ở cuối trang để biết văn bản trả lời.")
        case .notDirectedToYou:
            RefusalWords(
                "Văn bản này không chuyển cho ông/bà chỉ đạo.", "Người được chuyển là người cho ý kiến.")
        case .noLead:
            RefusalWords(
                "Chưa chọn người chủ trì.",
                "Chọn một người chủ trì; những người khác là phối hợp hoặc để biết.")
        case .leadTwice:
            RefusalWords(
                "Người chủ trì cũng đang được chọn phối hợp hoặc để biết.",
                "Mỗi người chỉ giữ một vai; bỏ chọn ở vai còn lại.")
        case .alreadyDirected:
            RefusalWords("Văn bản này đã có ý kiến chỉ đạo.", "Xem phân công hiện có ở trang văn bản.")
        case .notRefusableNow:
            RefusalWords(
                "Văn bản đã vào sổ nên không từ chối được nữa.",
                "Trao đổi trực tiếp với nơi gửi nếu gửi nhầm.")
        case .alreadyStamped:
            RefusalWords("Văn bản này đã có dấu đến ký số.", "Tải bản có dấu đến ở mục “Dấu đến”.")
        case .stampWouldHarm(let signer):
            RefusalWords(
                "Đóng dấu lên tệp này làm chữ ký của \(signer.isEmpty ? "người ký trước" : signer) không còn giá trị.",
                "Giữ nguyên tệp; số đến và ngày đến đã có trong sổ.")
        default: RefusalWords("Văn bản này đã được tiếp nhận trước đó.", "Mở văn bản đến tương ứng để xem.")
        }
    }

    static func ofDraft(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .draftNotEditable:
            RefusalWords(
                "Dự thảo đang được trình hoặc đã ký nên không sửa được.",
                "Lấy lại dự thảo, hoặc đợi người đang xử lý trả lại.")
        case .noVersion: RefusalWords("Dự thảo chưa có tệp văn bản.", "Thêm tệp Word hoặc PDF của văn bản.")
        case .conversionWaiting:
            RefusalWords(
                "Tệp Word đang được chuyển sang PDF.", "Đợi chuyển xong, thường dưới một phút, rồi làm lại.")
        case .conversionFailed:
            RefusalWords(
                "Tệp Word chưa chuyển được sang PDF.", "Bấm “Chuyển lại”, hoặc sửa tệp và thêm phiên bản mới."
            )
        case .enclosureNotConverted(let name):
            RefusalWords(
                "Tệp kèm theo “\(name)” chưa chuyển được sang PDF.",
                "Bấm “Chuyển lại” ở tệp này, hoặc bỏ tệp và thêm lại.")
        case .noSteps: RefusalWords("Chưa chọn người xử lý.", "Chọn ít nhất người ký ở bước cuối.")
        case .lastStepMustSign:
            RefusalWords("Bước cuối cùng chưa phải là bước ký (NK).", "Chọn NK cho bước cuối.")
        case .signerNotLast:
            RefusalWords(
                "Có bước ký (NK) đứng trước bước khác.", "Để bước ký ở cuối cùng; các bước trước là PD/TT.")
        case .stepNotYours:
            RefusalWords(
                "Dự thảo không ở bước của ông/bà.", "Xem đường trình ở đầu trang để biết dự thảo đang ở ai.")
        case .stepOpened:
            RefusalWords(
                "Người xử lý tiếp theo đã mở dự thảo nên không lấy lại được.", "Đề nghị người đó trả lại.")
        case .selfStep:
            RefusalWords(
                "Người soạn không thể là một bước của chính dự thảo mình.", "Chọn người khác cho bước đó.")
        case .stepMayNotSign(let name):
            RefusalWords(
                "\(name) không có thẩm quyền ký văn bản.",
                "Chọn người đứng đầu hoặc cấp phó cho bước ký (NK).")
        default: RefusalWords("Dự thảo chưa sẵn sàng.", "Xem lại các mục trên trang.")
        }
    }

    static func ofSigning(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .initialsOfOlderVersion(let names):
            RefusalWords(
                "\(names.joined(separator: ", ")) ký nháy phiên bản cũ.",
                "Đề nghị ký nháy lại, hoặc đánh dấu “Vẫn ký” và nêu lý do.")
        case .placeMissing(let field):
            RefusalWords(
                "Chưa có vị trí cho \(quoted(field)) trên trang.",
                "Nhập trang và toạ độ bằng mi-li-mét ở mục “Vị trí trên trang”.")
        case .placeOffPage(let field):
            RefusalWords(
                "Vị trí của \(quoted(field)) ra ngoài trang giấy.", "Nhập lại toạ độ trong khổ giấy.")
        case .noKey: RefusalWords("Chưa có chứng thư số để ký.", "Đề nghị người quản trị cấp chứng thư số.")
        case .wrongPIN(let left):
            RefusalWords(
                "Mã PIN không đúng.",
                left == 1
                    ? "Còn 1 lần nhập trước khi chứng thư số bị khóa."
                    : "Còn \(left) lần nhập; nhập lại mã PIN.")
        case .keyLocked:
            RefusalWords(
                "Chứng thư số đã bị khóa vì nhập sai mã PIN 5 lần.",
                "Đề nghị người quản trị cấp chứng thư số mới.")
        case .keyExpired:
            RefusalWords("Chứng thư số đã hết hạn.", "Đề nghị người quản trị cấp chứng thư số mới.")
        default:
            RefusalWords(
                "Chứng thư số này không phải của vị trí ông/bà đang dùng.", "Chọn đúng vị trí rồi ký lại.")
        }
    }

    static func ofIssuing(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .notSigned: RefusalWords("Văn bản chưa được ký số.", "Đợi người có thẩm quyền ký.")
        case .alreadyNumbered:
            RefusalWords(
                "Văn bản đã được cấp số.",
                "Phát hành tiếp với số đã cấp, hoặc hủy số với lý do trước khi trả lại.")
        case .dateBeforeLast(let day):
            RefusalWords(
                "Ngày văn bản trước ngày của số liền trước trong sổ (\(date(day))).",
                "Dùng ngày \(date(day)) hoặc sau đó.")
        case .printedPartsDiffer(let printed, let entered):
            RefusalWords(
                "Trên trang in “\(printed)”, còn thông tin là “\(entered)”.",
                "Trả lại người ký để sửa; nội dung đã ký không sửa được.")
        case .noRecipients:
            RefusalWords("Chưa chọn nơi nhận.", "Chọn từng nơi hoặc cả nhóm ở mục “Nơi nhận”.")
        case .recipientUnknown: RefusalWords("Có nơi nhận không còn trong danh sách.", "Chọn lại nơi nhận.")
        case .notNumbered: RefusalWords("Văn bản chưa được cấp số.", "Phát hành để cấp số trước.")
        case .sealingFailed:
            RefusalWords(
                "Chưa đóng được dấu cơ quan. Số và ngày đã cấp vẫn giữ cho văn bản này.",
                "Bấm “Phát hành tiếp” để làm lại với cùng số và ngày.")
        default: RefusalWords("Số này vừa được cấp cho văn bản khác.", "Bấm phát hành lại để lấy số kế tiếp.")
        }
    }
}
