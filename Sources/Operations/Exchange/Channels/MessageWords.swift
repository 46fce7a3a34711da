// Lời báo về gói tin và thư: what cannot be written or read is named to people as the office calls it, not as the standard's elements
// and this program's values are called.
import EdXML
import MailMessages

enum MessageWords {
    /// An element of QCVN 102, perhaps with those around it (`From/OrganId`) and with what stands in it.
    static func name(_ detail: String) -> String {
        let place = detail.prefix { !$0.isWhitespace && $0 != ":" }
        let steps = place.split(separator: "/").map(String.init)
        guard let last = steps.last else { return "gói tin" }
        let what = names[last] ?? "mục \(last)"
        let whose = steps.dropLast().last.flatMap { owners[$0] }
        let value = detail.dropFirst(place.count).prefix(100)
        return what + (whose.map { " \($0)" } ?? "") + (value.isEmpty ? "" : " (\(value.trimmed))")
    }

    private static let owners = [
        "From": "của nơi gửi", "To": "của nơi nhận", "ResponseFor": "của văn bản được nói tới",
        "TraceHeader": "của chặng đường gói tin",
    ]

    private static let names = [
        "From": "nơi gửi", "To": "nơi nhận", "OrganId": "mã định danh", "OrganName": "tên cơ quan",
        "DocumentId": "mã văn bản", "CodeNumber": "số văn bản", "CodeNotation": "ký hiệu văn bản",
        "Place": "địa danh (nơi ban hành)", "PromulgationDate": "ngày văn bản", "Type": "mã loại văn bản",
        "TypeDetail": "mã loại văn bản chi tiết", "TypeName": "tên loại văn bản", "Subject": "trích yếu",
        "Content": "trích yếu", "FullName": "người ký", "Position": "chức vụ người ký",
        "Competence": "quyền hạn ký", "DueDate": "hạn trả lời", "SteeringType": "loại chỉ đạo",
        "ToPlaces": "nơi nhận ghi trên văn bản", "ResponseFor": "văn bản được nói tới",
        "Timestamp": "thời điểm", "StatusCode": "mã trạng thái", "Description": "lý do",
        "BussinessDocType": "loại nghiệp vụ", "BussinessDocReason": "lý do",
        "ReplacementInfoList": "văn bản bị thay thế", "Paper": "dấu có bản giấy",
        "PromulgationAmount": "số bản", "PageAmount": "số trang", "Priority": "độ khẩn",
        "Direction": "dấu chỉ đạo", "Attachment": "tệp kèm", "AttachmentName": "tên tệp kèm",
        "ContentId": "mã tệp kèm",
    ]

    /// Of a message that is not sent.
    static func fault(_ finding: MessageFinding) -> String {
        let detail = finding.detail ?? ""
        return switch finding.code {
        case .attachmentMissing, .attachmentDamaged, .attachmentDestroyed, .attachmentNotListed,
            .attachmentNameChanged:
            "Tệp kèm “\(detail.prefix(200))” không đọc được nên gói tin chưa gửi được."
        case .missing: "Gói tin thiếu \(name(detail)) nên chưa gửi được."
        default: "Gói tin ghi sai \(name(detail)) nên chưa gửi được."
        }
    }

    /// What `EdXMLError.overLimit` names.
    static func limit(_ what: String) -> String {
        switch what {
        case "nesting": "quá nhiều tầng"
        case "elements": "quá nhiều mục"
        case "text": "quá nhiều chữ"
        case "tag": "một thẻ quá dài"
        case "attachments": "tệp kèm quá nhiều hoặc quá lớn"
        default: what
        }
    }

    /// What `EdXMLError.forbidden` names.
    static func forbidden(_ what: String) -> String {
        if what == "DOCTYPE" { return "khai báo DOCTYPE" }
        if let name = what.after("encoding ") { return "bảng mã \(name)" }
        if let name = what.after("entity ") { return "ký hiệu thay thế &\(name);" }
        return what == "UTF-16" ? "bảng mã UTF-16" : what
    }

    /// Of an attachment.
    static func fault(_ fault: AttachmentFault) -> String {
        switch fault {
        case .missing: "không có"
        case .notBase64: "sai mã base64"
        case .cutOff: "bị cắt giữa chừng"
        case .badArchive: "tệp nén bị hỏng"
        case .pathInArchive: "tệp nén có đường dẫn"
        case .encryptedArchive: "tệp nén có mật khẩu"
        case .archiveBomb: "nở ra quá lớn"
        case .wrongLength: "sai độ dài"
        case .wrongChecksum: "sai mã kiểm tra"
        }
    }

    /// Of a mail that came.
    static func unreadable(_ error: MailMessageError) -> String {
        switch error {
        case .notAMessage: "Thư không có phần đầu nên không đọc được."
        case .overLimit(.size): "Thư lớn quá mức nên không đọc được."
        case .overLimit(.depth): "Thư lồng nhau quá nhiều tầng nên không đọc được."
        case .overLimit(.parts): "Thư có quá nhiều phần nên không đọc được."
        case .unwritable, .file: "Máy chủ chưa đọc được thư; kiểm tra dung lượng đĩa và quyền đọc, ghi."
        }
    }

    /// Of a mail that is not sent.
    static func unwritable(_ error: MailMessageError) -> String {
        switch error {
        case .unwritable(let field):
            "Không soạn được thư: \(mailNames[field] ?? "trường \(field)") có ký tự thư điện tử không mang được."
        case .overLimit: "Không soạn được thư: văn bản và tệp kèm lớn quá mức."
        case .notAMessage, .file:
            "Máy chủ chưa soạn được thư; kiểm tra dung lượng đĩa và quyền đọc, ghi, rồi gửi lại."
        }
    }

    private static let mailNames = [
        "From": "địa chỉ hoặc tên nơi gửi", "To": "địa chỉ hoặc tên nơi nhận", "Subject": "tiêu đề",
    ]
}

extension StringProtocol {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace || $0 == ":" })
    }
}

extension String {
    fileprivate func after(_ start: String) -> String? {
        hasPrefix(start) ? String(dropFirst(start.count).prefix(40)) : nil
    }
}
