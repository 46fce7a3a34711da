/// One thing that the validator noticed, as a code for programs and translators and a detail for experts.
public struct Finding: Codable, Sendable, Equatable {
    public var code: Code
    public var detail: String?

    public init(_ code: Code, _ detail: String? = nil) {
        self.code = code
        self.detail = detail
    }

    public enum Code: String, Codable, Sendable, CaseIterable {
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
    }
    /// The codes that name what later savings did to the signed document.
    static let changes: Set<Code> = [
        .bytesAfterLastRevision, .historyRewritten, .fieldFilled, .filledFieldChanged, .fieldSigned,
        .fieldAdded,
        .signatureFieldAdded, .fieldChanged, .fieldRemoved, .signatureReplaced, .lockedFieldChanged,
        .certificationBroken, .annotationAdded, .annotationChanged, .pageChanged, .pagesChanged,
        .catalogChanged, .formChanged, .metadataChanged, .validationMaterialAdded, .documentTimestampAdded,
        .objectReplaced,
        .objectRemoved, .objectUnused,
    ]
}

extension Finding.Code {
    /// Says what a later saving did, rather than something about the signature itself.
    public var isChange: Bool { Finding.changes.contains(self) }
}
