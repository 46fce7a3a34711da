// What the examination of a signature noticed, as people are told it. The codes are the examination's; each has its own words,
// and what was changed after signing is named with the field or page it concerns.

package enum SignatureNote: String, Sendable, CaseIterable {
    // Form
    case badSignatureDictionary = "bad-signature-dictionary"
    case badByteRange = "bad-byte-range"
    case badContents = "bad-contents"
    case badSignedData = "bad-signed-data"
    case severalSigners = "several-signers"
    case unknownSubFilter = "unknown-sub-filter"
    case signedRevisionUnreadable = "signed-revision-unreadable"
    case repeatedKeys = "repeated-keys"
    // Cryptography
    case digestMismatch = "digest-mismatch"
    case signatureWrong = "signature-wrong"
    case unsupportedAlgorithm = "unsupported-algorithm"
    case weakDigest = "weak-digest"
    case weakKey = "weak-key"
    case missingSignedAttributes = "missing-signed-attributes"
    case missingSigningCertificateAttribute = "missing-signing-certificate-attribute"
    case oldSigningCertificateAttribute = "old-signing-certificate-attribute"
    case signingCertificateMismatch = "signing-certificate-mismatch"
    case signingTimeAttribute = "signing-time-attribute"
    // Certificates
    case signerCertificateMissing = "signer-certificate-missing"
    case noTrustedPath = "no-trusted-path"
    case certificateExpired = "certificate-expired"
    case certificateNotYetValid = "certificate-not-yet-valid"
    case certificatePathBroken = "certificate-path-broken"
    case keyUsageNotForSigning = "key-usage-not-for-signing"
    case revocationNotChecked = "revocation-not-checked"
    case revocationUnknown = "revocation-unknown"
    case revocationNotFresh = "revocation-not-fresh"
    case certificateRevoked = "certificate-revoked"
    case certificateSignatureWrong = "certificate-signature-wrong"
    case notAuthority = "not-authority"
    case pathTooLong = "path-too-long"
    case nameNotPermitted = "name-not-permitted"
    case criticalExtensionUnknown = "critical-extension-unknown"
    case policyNotSatisfied = "policy-not-satisfied"
    case purposeNotPermitted = "purpose-not-permitted"
    case evidenceUnusable = "evidence-unusable"
    case fetchFailed = "fetch-failed"
    // Time
    case timestampInvalid = "timestamp-invalid"
    case timestampOrder = "timestamp-order"
    case timestampBeforeCertificate = "timestamp-before-certificate"
    case provenInTime = "proven-in-time"
    // Changes after the signature
    case notWholeFile = "not-whole-file"
    case bytesAfterLastRevision = "bytes-after-last-revision"
    case historyRewritten = "history-rewritten"
    case fieldFilled = "field-filled"
    case filledFieldChanged = "filled-field-changed"
    case fieldSigned = "field-signed"
    case fieldAdded = "field-added"
    case signatureFieldAdded = "signature-field-added"
    case fieldChanged = "field-changed"
    case fieldRemoved = "field-removed"
    case signatureReplaced = "signature-replaced"
    case lockedFieldChanged = "locked-field-changed"
    case certificationBroken = "certification-broken"
    case annotationAdded = "annotation-added"
    case annotationChanged = "annotation-changed"
    case pageChanged = "page-changed"
    case pagesChanged = "pages-changed"
    case catalogChanged = "catalog-changed"
    case formChanged = "form-changed"
    case metadataChanged = "metadata-changed"
    case documentTimestampAdded = "document-timestamp-added"
    case validationMaterialAdded = "validation-material-added"
    case objectReplaced = "object-replaced"
    case objectRemoved = "object-removed"
    case objectUnused = "object-unused"

    /// Without a full stop; `detail` is the field or page, as the examination gives it.
    package func words(_ detail: String?) -> String {
        isChange ? change(detail) : remark
    }

    /// Says what a later saving did.
    package var isChange: Bool {
        switch self {
        case .bytesAfterLastRevision, .historyRewritten, .fieldFilled, .filledFieldChanged, .fieldSigned,
            .fieldAdded, .signatureFieldAdded, .fieldChanged, .fieldRemoved, .signatureReplaced,
            .lockedFieldChanged, .certificationBroken, .annotationAdded, .annotationChanged, .pageChanged,
            .pagesChanged, .catalogChanged, .formChanged, .metadataChanged, .documentTimestampAdded,
            .validationMaterialAdded,
            .objectReplaced, .objectRemoved, .objectUnused:
            true
        default: false
        }
    }

    /// Belongs to every letter that was numbered and sealed after it was signed.
    package var isUsual: Bool {
        switch self {
        case .fieldFilled, .fieldSigned, .signatureFieldAdded, .documentTimestampAdded,
            .validationMaterialAdded, .notWholeFile,
            .provenInTime, .metadataChanged, .objectUnused:
            true
        default: false
        }
    }

    private func change(_ detail: String?) -> String {
        let what = Self.place(detail)
        return switch self {
        case .bytesAfterLastRevision: "có dữ liệu lạ sau lần lưu cuối"
        case .historyRewritten: "các lần lưu trước bị viết lại"
        case .fieldFilled: "điền ô\(what)"
        case .filledFieldChanged: "sửa ô đã điền\(what)"
        case .fieldSigned: "ký thêm\(what)"
        case .fieldAdded: "thêm ô\(what)"
        case .signatureFieldAdded: "thêm ô chữ ký\(what)"
        case .fieldChanged: "sửa ô\(what)"
        case .fieldRemoved: "xóa ô\(what)"
        case .signatureReplaced: "thay chữ ký\(what)"
        case .lockedFieldChanged: "sửa ô đã khóa\(what)"
        case .certificationBroken: "sửa trái với phạm vi người ký đầu cho phép"
        case .annotationAdded: "thêm chú thích\(what)"
        case .annotationChanged: "sửa chú thích\(what)"
        case .pageChanged: "sửa nội dung trang\(what)"
        case .pagesChanged: "thêm, bớt hoặc đổi thứ tự trang"
        case .catalogChanged: "sửa cấu trúc tài liệu\(what)"
        case .formChanged: "sửa biểu mẫu\(what)"
        case .metadataChanged: "sửa thông tin mô tả tệp"
        case .documentTimestampAdded: "thêm dấu thời gian trên toàn văn bản"
        case .validationMaterialAdded: "thêm bằng chứng xác thực"
        case .objectReplaced: "thay một phần của tài liệu\(what)"
        case .objectRemoved: "xóa một phần của tài liệu\(what)"
        default: "thêm phần không dùng đến"
        }
    }

    /// The fields of our own letters have names people know.
    private static func place(_ detail: String?) -> String {
        guard let detail, !detail.isEmpty else { return "" }
        let known = [
            "So": "số", "Ngay": "ngày", "Thang": "tháng", "Nam": "năm",
            "ChuKyNguoiKy": "của người có thẩm quyền", "ChuKyCoQuan": "của cơ quan",
        ]
        return known[detail].map { " \($0)" } ?? " “\(detail.prefix(80))”"
    }
}

extension SignatureNote {
    fileprivate var remark: String {
        switch self {
        case .badSignatureDictionary: "phần khai báo chữ ký trong tệp không đúng chuẩn"
        case .badByteRange: "phạm vi dữ liệu được ký khai báo sai"
        case .badContents: "chỗ chứa chữ ký trong tệp bị hỏng"
        case .badSignedData: "dữ liệu chữ ký không đọc được"
        case .severalSigners: "một ô chữ ký chứa chữ ký của nhiều người"
        case .unknownSubFilter: "kiểu chữ ký lạ"
        case .signedRevisionUnreadable: "không đọc được tài liệu như lúc ký"
        case .repeatedKeys: "tệp khai báo trùng, các chương trình có thể đọc khác nhau"
        case .digestMismatch: "nội dung không khớp với chữ ký"
        case .signatureWrong: "chữ ký không khớp với chứng thư"
        case .unsupportedAlgorithm: "thuật toán ký không hỗ trợ"
        case .weakDigest: "thuật toán băm đã yếu (như SHA-1)"
        case .weakKey: "khóa ký quá ngắn"
        case .missingSignedAttributes: "chữ ký thiếu các thuộc tính bắt buộc"
        case .missingSigningCertificateAttribute: "chữ ký không ràng buộc với chứng thư (không theo PAdES)"
        case .oldSigningCertificateAttribute: "chữ ký ràng buộc với chứng thư theo kiểu cũ (SHA-1)"
        case .signingCertificateMismatch: "chứng thư đi kèm không phải chứng thư đã ký"
        case .signingTimeAttribute: "giờ ký ghi ở chỗ chuẩn PAdES không cho phép"
        case .signerCertificateMissing: "tệp không có chứng thư của người ký"
        case .noTrustedPath: "không nối được tới nơi cấp tin cậy"
        case .certificateExpired: "chứng thư đã hết hạn"
        case .certificateNotYetValid: "chứng thư chưa có hiệu lực"
        case .certificatePathBroken: "chuỗi chứng thư bị đứt"
        case .keyUsageNotForSigning: "chứng thư không dùng để ký"
        case .revocationNotChecked: "chưa kiểm tra chứng thư có bị thu hồi"
        case .revocationUnknown: "không biết chứng thư có bị thu hồi hay không"
        case .revocationNotFresh: "thông tin thu hồi cũ hơn thời điểm cần biết"
        case .certificateRevoked: "chứng thư đã bị thu hồi"
        case .certificateSignatureWrong: "chứng thư không phải do nơi cấp ghi trên đó ký"
        case .notAuthority: "có chứng thư ở giữa không được phép cấp chứng thư"
        case .pathTooLong: "chuỗi chứng thư dài hơn mức nơi cấp cho phép"
        case .nameNotPermitted: "tên trong chứng thư ngoài phạm vi nơi cấp được cấp"
        case .criticalExtensionUnknown: "chứng thư có điều kiện bắt buộc mà hệ thống không hiểu"
        case .policyNotSatisfied: "chính sách của chứng thư không đáp ứng"
        case .purposeNotPermitted: "chứng thư không dùng cho mục đích này"
        case .evidenceUnusable: "có bằng chứng xác thực không dùng được"
        case .fetchFailed: "không lấy được thông tin từ nơi cấp qua mạng"
        case .timestampInvalid: "dấu thời gian không hợp lệ"
        case .timestampOrder: "các dấu thời gian sai thứ tự"
        case .timestampBeforeCertificate: "dấu thời gian có trước chứng thư"
        case .provenInTime: "dấu thời gian chứng minh chữ ký có khi chứng thư còn hiệu lực"
        case .notWholeFile: "sau chữ ký này tệp còn được lưu thêm"
        default: rawValue
        }
    }
}
