// What signatures are worth, in the words of the law and of the clerk: the legal value (Nghị định 30/2020, Điều 5; Kiên Giang,
// Điều 4), the level of a signature, and the one sentence a signature is told in.
import Domain

/// How long, and by whose clock, a signature can be proven (ETSI EN 319 142-1).
package enum SignatureDegree: String, Sendable, CaseIterable {
    case basic = "B-B"
    case timestamped = "B-T"
    case longTerm = "B-LT"
    case archival = "B-LTA"
}

extension Vi {
    /// For lists: a mark of one or two words. Nil: still being examined.
    package static func signatureMark(_ value: LegalValue?) -> StateMark {
        switch value {
        case nil: StateMark(.busy, "Đang kiểm tra")
        case .original: StateMark(.ok, "Như bản gốc")
        case .partlySigned: StateMark(.warn, "Chưa đủ chữ ký")
        case .unverified: StateMark(.warn, "Chưa xác minh")
        case .broken: StateMark(.late, "Không hợp lệ")
        case .unsigned: StateMark(.ring, "Không ký số")
        case .unchecked: StateMark(.warn, "Chưa kiểm tra được")
        }
    }

    /// For the page of one document.
    package static func legalValueMark(_ value: LegalValue?) -> StateMark {
        switch value {
        case nil: StateMark(.busy, "Đang kiểm tra chữ ký")
        case .original: StateMark(.ok, "Có giá trị như bản gốc")
        case .partlySigned, .unverified, .unchecked: StateMark(.warn, "Để biết, tham khảo")
        case .broken: StateMark(.late, "Chữ ký không hợp lệ")
        case .unsigned: StateMark(.ring, "Để biết, tham khảo")
        }
    }

    package static func legalValue(_ value: LegalValue?) -> String {
        switch value {
        case nil:
            "Máy đang kiểm tra chữ ký trên tệp này, thường xong trong vài giây. Tải lại trang để xem kết quả."
        case .original:
            "Văn bản có chữ ký số hợp lệ của người có thẩm quyền và của cơ quan, không bị sửa sau khi ký: có giá trị pháp lý như bản gốc văn bản giấy."
        case .partlySigned:
            "Chữ ký trên văn bản hợp lệ nhưng chưa đủ cả chữ ký của người có thẩm quyền và của cơ quan: chỉ để biết, tham khảo, chưa thay bản giấy."
        case .unverified:
            "Chưa kết luận được chữ ký trên văn bản là hợp lệ: chỉ để biết, tham khảo, chưa thay bản giấy."
        case .broken:
            "Có chữ ký không hợp lệ hoặc tài liệu bị sửa sau khi ký: không dùng thay bản giấy. Đề nghị nơi gửi gửi lại bản đúng."
        case .unsigned:
            "Tệp không có chữ ký số: chỉ để biết, tham khảo; giá trị pháp lý theo bản giấy có chữ ký và con dấu."
        case .unchecked:
            "Chưa kiểm tra được chữ ký trên tệp này: chỉ để biết, tham khảo, chưa thay bản giấy."
        }
    }

    package static func degree(_ degree: SignatureDegree) -> String {
        switch degree {
        case .basic: "Cơ bản (B-B): giờ ký theo máy của người ký."
        case .timestamped: "Có dấu thời gian (B-T): giờ ký được bên thứ ba xác nhận."
        case .longTerm: "Lưu lâu dài (B-LT): tệp mang sẵn bằng chứng chứng thư còn hiệu lực khi ký."
        case .archival: "Lưu trữ (B-LTA): bằng chứng được dấu thời gian bảo vệ, kiểm tra được nhiều năm sau."
        }
    }

    /// `Chữ ký hợp lệ của …, ký lúc …; tài liệu không bị sửa sau khi ký.`
    package static func sentence(_ signature: SignatureReport.Signature) -> String {
        if signature.holder == .clock { return clockSentence(signature) }
        let kind = signature.holder == .agency ? "Chữ ký cơ quan" : "Chữ ký"
        let time = signature.signedAt.map { ", ký lúc \(fullMoment($0))" } ?? ""
        let whose = "của \(signature.signer)\(time)"
        let lead =
            switch signature.verdict {
            case .valid: "\(kind) hợp lệ \(whose)"
            case .open: "Chưa kết luận được \(kind.lowercasedFirst) \(whose)"
            case .invalid: "\(kind) không hợp lệ \(whose)"
            }
        return "\(lead); \(integrity(signature))."
    }

    private static func integrity(_ signature: SignatureReport.Signature) -> String {
        if signature.problem == .hashFailure { return "nội dung không còn đúng như lúc ký" }
        if signature.changedAfterwards { return "tài liệu đã bị sửa sau khi ký" }
        // Of a signature that is wrong nothing follows for the document.
        if signature.verdict == .invalid { return "không dựa vào chữ ký này được" }
        return signature.wasCompleted
            ? "sau khi ký chỉ điền ô chừa sẵn và ký thêm, nội dung không bị sửa"
            : "tài liệu không bị sửa sau khi ký"
    }

    private static func clockSentence(_ stamp: SignatureReport.Signature) -> String {
        let time = stamp.provenAt ?? stamp.signedAt
        let moment = time.map { " lúc \(fullMoment($0))" } ?? ""
        return switch stamp.verdict {
        case .valid: "Dấu thời gian hợp lệ của \(stamp.signer)\(moment) trên toàn văn bản."
        case .open: "Chưa kết luận được dấu thời gian của \(stamp.signer)\(moment)."
        case .invalid: "Dấu thời gian không hợp lệ của \(stamp.signer)\(moment)."
        }
    }
}
