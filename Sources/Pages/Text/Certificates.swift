// Words of certificates: where keys are, what is asked for, how a request and a self-test stand.
import Domain

extension Vi {
    package static func keyKind(_ kind: KeyKind) -> String {
        switch kind {
        case .file: "Tệp khóa trên máy chủ"
        case .token: "Thiết bị ở máy chủ"
        case .remote: "Ký số từ xa"
        case .handOver: "Máy tính của người ký"
        }
    }

    package static func request(_ kind: CertificateRequestKind) -> String {
        switch kind {
        case .issue: "Cấp mới"
        case .change: "Thay đổi thông tin"
        case .recover: "Khôi phục thiết bị"
        case .renew: "Gia hạn"
        case .revoke: "Thu hồi"
        }
    }

    package static func answer(_ kind: CertificateAnswerKind) -> String {
        switch kind {
        case .collected: "Đã tổng hợp, gửi nơi cấp"
        case .done: "Đã giải quyết xong"
        case .refused: "Không giải quyết được"
        }
    }

    package static func state(_ state: CertificateRequestState) -> StateMark {
        switch state {
        case .open: StateMark(.ring, "Mới gửi")
        case .collected: StateMark(.busy, "Đã tổng hợp, gửi nơi cấp")
        case .done: StateMark(.ok, "Đã giải quyết xong")
        case .refused: StateMark(.no, "Không giải quyết được")
        case .withdrawn: StateMark(.no, "Đã rút")
        }
    }

    package static func state(_ state: SigningBatchItemState) -> StateMark {
        switch state {
        case .waiting: StateMark(.ring, "Chờ đến lượt")
        case .signing: StateMark(.busy, "Đang ký")
        case .signed: StateMark(.signed, "Đã ký")
        case .notSigned: StateMark(.late, "Không ký được")
        }
    }

    static func test(_ result: KeyTestResult) -> String {
        switch result {
        case .works: "Ký thử đạt"
        case .notTrusted: "Ký thử được nhưng chứng thư chưa được tin cậy"
        case .unreachable: "Không kết nối được"
        case .wrongSignature: "Ký thử không đạt"
        }
    }

    static func state(_ line: CertificateLine, now: Instant) -> StateMark {
        guard let certificate = line.certificate else {
            return line.needsOne ? StateMark(.warn, "Chưa có") : StateMark(.ring, "Chưa có")
        }
        if certificate.expiresAt <= now { return StateMark(.late, "Đã hết hạn") }
        if certificate.isLocked { return StateMark(.late, "Bị khóa vì nhập sai mã PIN") }
        if let days = CertificateExpiry.daysToWarnOf(certificate.expiresAt, now: now) {
            return StateMark(.warn, days == 0 ? "Hết hạn hôm nay" : "Còn \(number(days)) ngày")
        }
        switch certificate.lastTest?.result {
        case nil: return StateMark(.ring, "Chưa kiểm tra")
        case .works: return StateMark(.ok, "Hoạt động")
        case .notTrusted: return StateMark(.warn, "Chưa được tin cậy")
        case .unreachable: return StateMark(.late, "Không kết nối được")
        case .wrongSignature: return StateMark(.late, "Không hoạt động")
        }
    }

    static func expiry(_ warning: ExpiryWarning) -> String {
        let whose = warning.isAgencys ? "Chứng thư số của cơ quan" : "Chứng thư số của ông/bà"
        let day = date(warning.expiresAt.officeDate)
        if warning.daysLeft < 0 { return "\(whose) đã hết hạn ngày \(day) nên không ký được nữa." }
        if warning.daysLeft == 0 { return "\(whose) hết hạn hôm nay." }
        return "\(whose) hết hạn ngày \(day), còn \(number(warning.daysLeft)) ngày."
    }
}
