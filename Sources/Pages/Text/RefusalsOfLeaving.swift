// Why a file does not leave (D9): what is in it, and how to get it out.
import Domain

extension Vi {
    static func ofLeaving(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .activeContent(let file, let parts):
            RefusalWords(
                "Tệp “\(file)” có \(parts.map(part).joined(separator: ", ")), không được gửi đi.",
                "\(remedy(parts)) Trả lại người soạn để thay tệp rồi ký và phát hành lại.")
        case .notScannable(let file):
            RefusalWords(
                "Không kiểm tra được bên trong tệp “\(file)” nên chưa gửi đi.",
                "Trả lại người soạn để xuất lại tệp từ bản gốc; tệp quá lớn thì chia nhỏ.")
        case .infected(let file, let virus):
            RefusalWords(
                "Máy quét phát hiện tệp “\(file)” nhiễm mã độc (\(virus)), không được gửi đi.",
                "Không mở tệp này; báo người quản trị kiểm tra máy đã tạo ra nó, rồi thay bằng tệp sạch.")
        case .tooLargeForScanner(let file):
            RefusalWords(
                "Tệp “\(file)” lớn hơn mức máy quét vi-rút nhận nên chưa quét được.",
                "Chia nhỏ tệp, hoặc đề nghị người quản trị nâng StreamMaxLength của máy quét.")
        case .virusScannerSilent:
            RefusalWords(
                "Máy quét vi-rút không trả lời nên tệp chưa được quét.",
                "Đợi ít phút rồi làm lại; nếu vẫn vậy, báo người quản trị.")
        default:
            RefusalWords(
                "Máy chủ chưa cài máy quét vi-rút, mà nơi này quy định phải quét trước khi gửi.",
                "Đề nghị người quản trị cài máy quét (gói clamav-daemon).")
        }
    }

    /// What was found, as it is called in the programs people use.
    package static func part(_ part: ActivePart) -> String {
        switch part {
        case .script: "mã JavaScript"
        case .automaticAction: "lệnh tự chạy khi mở hoặc xem tệp"
        case .launch: "lệnh mở chương trình hoặc tệp khác"
        case .xmlForm: "biểu mẫu XFA"
        case .media: "phim, âm thanh hoặc hình 3D tương tác"
        case .formTransfer: "lệnh gửi hoặc nạp dữ liệu biểu mẫu"
        case .embeddedFile: "tệp khác nhúng bên trong"
        case .macros: "macro"
        case .embeddedObject: "đối tượng nhúng (OLE)"
        case .activeX: "điều khiển ActiveX"
        case .externalContent: "nội dung lấy từ tệp hoặc địa chỉ bên ngoài"
        case .dataExchange: "liên kết dữ liệu DDE"
        case .remoteTemplate: "mẫu (template) lấy từ máy khác"
        }
    }

    private static func remedy(_ parts: [ActivePart]) -> String {
        var steps: [String] = []
        for part in parts {
            let step =
                switch part {
                case .script, .automaticAction, .launch, .xmlForm, .media, .formTransfer:
                    "In tệp PDF ra PDF mới để bỏ phần tương tác."
                case .embeddedFile: "Bỏ tệp nhúng và gửi nó thành tệp kèm theo riêng."
                case .macros: "Lưu tệp ở dạng không có macro (.docx, .xlsx)."
                case .embeddedObject, .activeX: "Thay đối tượng nhúng bằng hình ảnh hoặc bảng thường."
                case .externalContent, .dataExchange: "Ngắt liên kết (Edit Links, Break Link) và giữ giá trị."
                case .remoteTemplate: "Gắn lại mẫu có trên máy (Normal)."
                }
            if !steps.contains(step) { steps.append(step) }
        }
        return steps.joined(separator: " ")
    }
}
