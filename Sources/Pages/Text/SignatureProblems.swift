// Why a signature is not a plain pass, for people: every sub-indication of ETSI EN 319 102-1, table 6, as one sentence that
// says what it means here and what to do.

package enum SignatureProblem: String, Sendable, CaseIterable {
    case formatFailure = "FORMAT_FAILURE"
    case hashFailure = "HASH_FAILURE"
    case signatureCryptoFailure = "SIG_CRYPTO_FAILURE"
    case revoked = "REVOKED"
    case expired = "EXPIRED"
    case notYetValid = "NOT_YET_VALID"
    case signatureConstraintsFailure = "SIG_CONSTRAINTS_FAILURE"
    case chainConstraintsFailure = "CHAIN_CONSTRAINTS_FAILURE"
    case certificateChainGeneralFailure = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    case cryptoConstraintsFailure = "CRYPTO_CONSTRAINTS_FAILURE"
    case cryptoConstraintsFailureNoProof = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    case policyProcessingError = "POLICY_PROCESSING_ERROR"
    case noSigningCertificateFound = "NO_SIGNING_CERTIFICATE_FOUND"
    case noCertificateChainFound = "NO_CERTIFICATE_CHAIN_FOUND"
    case revokedNoProof = "REVOKED_NO_POE"
    case revokedAuthorityNoProof = "REVOKED_CA_NO_POE"
    case outOfBoundsNotRevoked = "OUT_OF_BOUNDS_NOT_REVOKED"
    case outOfBoundsNoProof = "OUT_OF_BOUNDS_NO_POE"
    case timestampOrderFailure = "TIMESTAMP_ORDER_FAILURE"
    case noProof = "NO_POE"
    case tryLater = "TRY_LATER"
    case signedDataNotFound = "SIGNED_DATA_NOT_FOUND"
    case generic = "GENERIC"

    package var words: String {
        switch self {
        case .formatFailure:
            "Chữ ký không đúng định dạng, hoặc tài liệu bị sửa quá mức được phép sau khi ký. Đề nghị nơi gửi gửi lại bản gốc."
        case .hashFailure: "Nội dung không còn đúng như lúc ký. Đề nghị nơi gửi gửi lại bản gốc."
        case .signatureCryptoFailure: "Chữ ký không khớp với chứng thư của người ký. Không dùng văn bản này."
        case .revoked: "Chứng thư đã bị thu hồi trước khi ký. Hỏi lại nơi gửi."
        case .expired: "Chứng thư đã hết hạn trước khi ký. Đề nghị nơi gửi ký lại."
        case .notYetValid: "Chữ ký có trước khi chứng thư có hiệu lực. Hỏi lại nơi gửi."
        case .signatureConstraintsFailure:
            "Chữ ký thiếu thông tin mà quy định yêu cầu, hoặc chứng thư không dùng để ký văn bản."
        case .chainConstraintsFailure: "Chứng thư không đáp ứng điều kiện của nơi cấp để ký văn bản."
        case .certificateChainGeneralFailure:
            "Không nối được chứng thư của người ký với nơi cấp: có chứng thư hỏng hoặc không hợp lệ ở giữa."
        case .cryptoConstraintsFailure: "Thuật toán ký đã không còn an toàn ngay khi ký."
        case .cryptoConstraintsFailureNoProof:
            "Thuật toán ký nay không còn an toàn, và không có dấu thời gian chứng minh chữ ký có từ trước."
        case .policyProcessingError: "Quy định kiểm tra không áp dụng được cho chữ ký này."
        case .noSigningCertificateFound: "Tệp không mang chứng thư của người ký nên không biết ai ký."
        case .noCertificateChainFound:
            "Nơi cấp chứng thư không có trong danh sách tin cậy của hệ thống. Người quản trị có thể thêm chứng thư gốc của nơi cấp."
        case .revokedNoProof:
            "Chứng thư của người ký đã bị thu hồi, và không có dấu thời gian chứng minh chữ ký có từ trước đó. Hỏi lại nơi gửi."
        case .revokedAuthorityNoProof:
            "Chứng thư của nơi cấp đã bị thu hồi, và không có dấu thời gian chứng minh chữ ký có từ trước đó."
        case .outOfBoundsNotRevoked:
            "Chứng thư đã hết hạn; khi còn hạn không bị thu hồi, nhưng không có dấu thời gian chứng minh chữ ký có từ lúc đó."
        case .outOfBoundsNoProof:
            "Chứng thư không còn hoặc chưa có hiệu lực ở thời điểm kiểm tra, và không có dấu thời gian chứng minh giờ ký."
        case .timestampOrderFailure: "Các dấu thời gian trong tệp mâu thuẫn với nhau."
        case .noProof: "Thiếu bằng chứng về thời điểm chữ ký có mặt."
        case .tryLater:
            "Chưa có thông tin chứng thư có bị thu hồi hay không. Kiểm tra lại khi mạng tới nơi cấp thông suốt."
        case .signedDataNotFound: "Không tìm thấy phần dữ liệu đã ký trong tệp."
        case .generic: "Chưa kết luận được vì lý do kỹ thuật; xem chi tiết bên dưới."
        }
    }
}

/// What is known of the revocation of a certificate.
package enum RevocationState: String, Sendable, CaseIterable {
    case good, revoked, unknown
    case notOffered = "not-offered"
    case notNeeded = "not-needed"
    case notChecked = "not-checked"

    /// `time`: of the answer, or of the revocation.
    package func words(_ time: String) -> String {
        switch self {
        case .good: time.isEmpty ? "Chưa bị thu hồi." : "Chưa bị thu hồi (tra lúc \(time))."
        case .revoked: time.isEmpty ? "Đã bị thu hồi." : "Đã bị thu hồi lúc \(time)."
        case .unknown: "Chưa biết có bị thu hồi hay không."
        case .notOffered: "Nơi cấp không công bố thông tin thu hồi."
        case .notNeeded: ""
        case .notChecked: "Chưa tra thông tin thu hồi."
        }
    }
}

/// Why a file could not be examined.
package enum UncheckedReason: String, Sendable, CaseIterable {
    case notPDF, damaged, encrypted, overLimit, timedOut, crashed, machine, gone

    package var words: String {
        switch self {
        case .notPDF: "Tệp không phải PDF."
        case .damaged: "Tệp PDF hỏng hoặc thiếu nên không đọc được chữ ký."
        case .encrypted: "Tệp PDF có mật khẩu nên không đọc được chữ ký."
        case .overLimit: "Tệp PDF quá phức tạp so với mức hệ thống nhận kiểm tra."
        case .timedOut: "Việc kiểm tra kéo dài quá một phút nên đã dừng."
        case .crashed: "Việc kiểm tra dừng giữa chừng: tệp có cấu trúc bất thường hoặc đòi quá nhiều bộ nhớ."
        case .machine: "Máy chủ chưa chạy được chương trình kiểm tra. Báo người quản trị."
        case .gone: "Không còn tệp để kiểm tra."
        }
    }
}
