// A message for people: what it is, from whom, to whom, about what, with which files.
import EdXML

enum MessageLines {
    static func of(_ message: EdXMLMessage) -> [String] {
        switch message {
        case .document(let document): lines(document)
        case .status(let status): lines(status)
        }
    }

    private static func lines(_ document: DocumentMessage) -> [String] {
        let header = document.header
        var lines = ["Văn bản: \(business(document.trace.business))"]
        lines += line("Mã văn bản", header.documentID)
        lines += line("Số, ký hiệu", joined([header.code.number, header.code.notation], "/"))
        lines += line("Ngày ban hành", joined([header.promulgation.place, header.promulgation.date], ", "))
        lines += line("Loại", header.type.name)
        lines += line("Trích yếu", header.subject)
        lines += line(
            "Người ký",
            joined([header.signer?.competence, header.signer?.position, header.signer?.fullName], ", "))
        lines += line("Hạn trả lời", header.dueDate)
        lines += line("Độ khẩn", header.other?.priority.map(urgency))
        lines += line("Nơi gửi", agency(header.from))
        lines += header.to.flatMap { line("Nơi nhận", agency($0)) }
        lines += header.responseFor.flatMap {
            line("Trả lời", joined([$0.code, $0.promulgationDate, $0.documentID], ", "))
        }
        lines += document.attachments.flatMap { attachment in
            line(
                "Tệp",
                joined(
                    [
                        attachment.name, attachment.size.map { "\($0) byte" }, attachment.file,
                        attachment.fault.map(EdXMLReasons.text),
                    ], ", "))
        }
        return lines
    }

    private static func lines(_ status: StatusMessage) -> [String] {
        var lines = ["Trạng thái: \(state(status.statusCode ?? ""))"]
        lines += line("Nơi báo", agency(status.from))
        lines += line("Về văn bản", joined([status.responseFor.code, status.responseFor.documentID], ", "))
        lines += line("Nội dung", status.description)
        lines += line("Lúc", status.timestamp)
        return lines
    }

    private static func line(_ name: String, _ text: String?) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        return ["\(name): \(text)"]
    }

    private static func joined(_ parts: [String?], _ separator: String) -> String {
        parts.compactMap { $0 }.joined(separator: separator)
    }

    private static func agency(_ agency: Organization) -> String {
        joined([agency.name, agency.organID.map { "(\($0))" }], " ")
    }

    private static func business(_ business: Business?) -> String {
        guard let business else { return "gửi mới" }
        return switch business.kind {
        case .new: "gửi mới"
        case .recall: "thu hồi"
        case .update: "cập nhật"
        case .replace: "thay thế"
        case nil: "nghiệp vụ \(business.type ?? "không ghi")"
        }
    }

    private static func urgency(_ code: String) -> String {
        switch code {
        case "0": "thường"
        case "1": "khẩn"
        case "2": "thượng khẩn"
        case "3": "hỏa tốc"
        case "4": "hỏa tốc hẹn giờ"
        default: code
        }
    }

    /// Quyết định 28/2018/QĐ-TTg.
    private static func state(_ code: String) -> String {
        let name =
            switch code {
            case "01": "đã đến"
            case "02": "từ chối tiếp nhận"
            case "03": "đã tiếp nhận"
            case "04": "phân công"
            case "05": "đang xử lý"
            case "06": "hoàn thành"
            case "13": "lấy lại"
            case "15": "đồng ý cập nhật, lấy lại"
            case "16": "từ chối cập nhật, lấy lại"
            default: "không có trong danh mục"
            }
        return "\(code) \(name)"
    }
}
