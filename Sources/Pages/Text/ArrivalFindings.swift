// What was noticed about an arrival, in the clerk's words: what it is, and whether it matters (B7).
import Domain

extension Vi {
    /// The words of one finding and how grave it is. Viruses and unscanned files have a line of their own.
    package static func finding(_ finding: ArrivalFinding) -> (words: String, mark: StateMark) {
        switch finding {
        case .unknownSender(let code):
            (
                code.isEmpty
                    ? "Nơi gửi không có mã định danh" : "Mã định danh nơi gửi \(code) không có trong danh bạ",
                StateMark(.warn, "Cần xác nhận")
            )
        case .unknownType(let name):
            (
                name.isEmpty
                    ? "Gói tin không nêu loại văn bản, tạm ghi là công văn"
                    : "Loại văn bản “\(name)” không có trong danh mục, tạm ghi là công văn",
                StateMark(.warn, "Xem lại loại")
            )
        case .infected(let file, let virus):
            ("Tệp “\(file)” nhiễm mã độc (\(virus))", StateMark(.late, "Không tiếp nhận được"))
        case .notScanned(let file): ("Tệp “\(file)” chưa được quét vi-rút", StateMark(.warn, "Chưa quét"))
        case .activeContent(let file, let parts):
            (
                "Tệp “\(file)” có \(parts.map(part).joined(separator: ", ")), không chạy khi xem ở đây",
                StateMark(.warn, "Cẩn thận khi tải về")
            )
        case .notLookedThrough(let file):
            (
                "Chưa kiểm tra được nội dung hoạt động của tệp “\(file)” (macro, đối tượng nhúng, liên kết tự tải)",
                StateMark(.warn, "Cẩn thận khi tải về")
            )
        case .unreadable(let file): ("Tệp “\(file)” không mở được", StateMark(.late, "Tệp hỏng"))
        case .missing(let file):
            ("Gói tin kê tệp “\(file)” nhưng không có trong gói", StateMark(.late, "Thiếu tệp"))
        case .readFromLetter:
            (
                "Thư điện tử không có thông tin đi kèm: số, ký hiệu, ngày được đọc từ văn bản, cần so lại",
                StateMark(.warn, "So với văn bản")
            )
        case .senderNotVerified(let address):
            (
                "Không có máy chủ thư nào xác nhận thư thật sự từ \(address); ai cũng viết được địa chỉ này. Xem chữ ký số của văn bản, hoặc gọi nơi gửi theo số đã biết, rồi hãy tiếp nhận",
                StateMark(.warn, "Xác minh với nơi gửi")
            )
        case .updateOfUnknown:
            (
                "Nơi gửi gọi đây là bản cập nhật, nhưng văn bản này chưa đến cơ quan lần nào",
                StateMark(.warn, "Nhận như văn bản mới")
            )
        case .odd(let code, let detail): (odd(code, detail), StateMark(.warn, "Khác quy định"))
        case .answers(let code): ("Trả lời văn bản số \(code)", StateMark(.ring, "Để biết"))
        case .paperFollows:
            ("Nơi gửi cho biết có bản giấy gửi kèm", StateMark(.ring, "Chờ bản giấy"))
        case .answerBy(let day):
            ("Nơi gửi đề nghị trả lời trước ngày \(dayWords(day))", StateMark(.ring, "Có hạn"))
        case .sentAgain(let words):
            ("Nơi gửi đã gửi lại văn bản này và ghi: “\(words)”", StateMark(.warn, "So với lần trước"))
        }
    }

    package static func dayWords(_ iso: String) -> String { OfficeDate(iso).map(date) ?? iso }

    /// What the message itself has odd about it, by the codes of the reader.
    private static func odd(_ code: String, _ detail: String) -> String {
        let about = detail.isEmpty ? "" : " (\(detail))"
        return switch code {
        case "byte-order-mark", "bytes-before-declaration", "bytes-after-end":
            "Gói tin có ký tự thừa ngoài nội dung\(about)"
        case "bad-characters": "Gói tin có ký tự không đọc được\(about)"
        case "foreign-namespace", "unknown-element", "repeated-element":
            "Gói tin có thành phần ngoài quy chuẩn\(about)"
        case "missing": "Gói tin thiếu thông tin bắt buộc\(about)"
        case "too-long": "Gói tin có thông tin dài quá quy định\(about)"
        case "bad-date": "Gói tin có ngày ghi sai\(about)"
        case "bad-number": "Gói tin có số ghi sai\(about)"
        case "bad-identifier": "Gói tin có mã định danh sai dạng\(about)"
        case "unknown-code": "Gói tin có mã không có trong quy chuẩn\(about)"
        case "attachment-not-listed": "Gói tin có tệp không được kê\(about)"
        case "attachment-missing": "Gói tin thiếu tệp đã kê\(about)"
        case "attachment-damaged": "Gói tin có tệp hỏng\(about)"
        case "attachment-name-changed": "Tên tệp trong gói tin không dùng được, đã đổi\(about)"
        case "attachment-destroyed": "Tệp bị hỏng trên đường đi, phải đề nghị gửi lại\(about)"
        default: "Gói tin có chỗ khác quy chuẩn: \(code)\(about)"
        }
    }
}
