// What is wrong with a message, in the words of the office.
import EdXML

enum EdXMLReasons {
    static func read(_ file: String, into folder: String) throws -> MessageReader.Received {
        do throws(EdXMLError) {
            return try MessageReader.read(file: file, attachmentsInto: folder)
        } catch { throw Stop.with("Không đọc được gói tin \(file): \(text(error)).", code: 2) }
    }

    static func text(_ error: EdXMLError) -> String {
        switch error {
        case .notEdXML: "không phải gói tin edXML"
        case .malformed(let line, let what): "XML sai ở dòng \(line) (\(what))"
        case .forbidden(let what): "gói tin dùng thứ không được phép (\(what))"
        case .overLimit(let what): "gói tin vượt giới hạn (\(limit(what)))"
        case .attachment(let name, let fault): "tệp đính kèm “\(name)” \(text(fault))"
        case .unwritable(let name): "mục \(name) có ký tự không ghi được"
        case .file(let what): "không dùng được tệp (\(what))"
        }
    }

    private static func limit(_ what: String) -> String {
        switch what {
        case "nesting": "số tầng của các mục"
        case "elements": "số mục"
        case "text": "lượng chữ"
        case "tag": "độ dài một thẻ"
        case "comments and instructions": "số chú thích và chỉ dẫn XML"
        case "attachments": "tệp đính kèm"
        default: what
        }
    }

    static func text(_ fault: AttachmentFault) -> String {
        switch fault {
        case .missing: "không có hoặc không ghi được"
        case .notBase64: "không đúng mã base64"
        case .cutOff: "bị cắt giữa chừng"
        case .badArchive: "là tệp nén bị hỏng"
        case .pathInArchive: "có đường dẫn trong tệp nén"
        case .encryptedArchive: "là tệp nén có mật khẩu"
        case .archiveBomb: "nở ra quá lớn"
        case .wrongLength: "không đúng độ dài đã ghi"
        case .wrongChecksum: "không đúng mã kiểm tra"
        }
    }

    static func text(_ finding: MessageFinding) -> String {
        let what =
            switch finding.code {
            case .byteOrderMark: "có dấu thứ tự byte ở đầu"
            case .bytesBeforeDeclaration: "có ký tự thừa trước khai báo XML"
            case .bytesAfterEnd: "có dữ liệu thừa sau gói tin"
            case .badCharacters: "có ký tự không đọc được"
            case .foreignNamespace: "không gian tên khác quy chuẩn"
            case .unknownElement: "mục không có trong quy chuẩn, đã bỏ qua"
            case .repeatedElement: "mục lặp lại"
            case .signatureNotChecked: "chữ ký XML không được kiểm tra; tin vào chữ ký trên tệp PDF"
            case .missing: "thiếu mục"
            case .tooLong: "dài quá"
            case .badDate: "ngày giờ không đúng dạng"
            case .badNumber: "không phải số"
            case .badIdentifier: "mã định danh không theo mẫu"
            case .unknownCode: "mã không có trong danh mục"
            case .attachmentNotListed: "tệp đính kèm không có trong danh sách"
            case .attachmentMissing: "thiếu tệp đính kèm"
            case .attachmentDamaged:
                "tệp đính kèm hỏng, không lấy ra được\(finding.fault.map { " (\(text($0)))" } ?? "")"
            case .attachmentNameChanged: "tên tệp có đường dẫn, ký tự ẩn hoặc dài quá, đã đổi"
            case .attachmentDestroyed: "tệp đính kèm đã hỏng từ nơi gửi, cần đề nghị gửi lại"
            }
        return finding.detail.map { "\(what): \($0)" } ?? what
    }
}
