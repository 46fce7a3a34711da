/// The words of a verdict (ETSI EN 319 102-1, 5.1.3 and tables 5 and 6), the levels of ETSI EN 319 142-1, and
/// the degrees of change that ISO 32000-2, 12.8.2.2 distinguishes.
public enum Indication: String, Codable, Sendable {
    case totalPassed = "TOTAL-PASSED"
    case indeterminate = "INDETERMINATE"
    case totalFailed = "TOTAL-FAILED"
}

/// Why a signature failed or stays open (ETSI EN 319 102-1, table 6).
public enum SubIndication: String, Codable, Sendable, CaseIterable {
    // TOTAL-FAILED
    /// The form cannot be processed, or the document was changed beyond what may be after signing.
    case formatFailure = "FORMAT_FAILURE"
    case hashFailure = "HASH_FAILURE"
    case signatureCryptoFailure = "SIG_CRYPTO_FAILURE"
    /// Signed, as a trusted clock shows, after the certificate was revoked.
    case revoked = "REVOKED"
    /// Signed, as a trusted clock shows, after the certificate had expired.
    case expired = "EXPIRED"
    /// The signature existed before its certificate did.
    case notYetValid = "NOT_YET_VALID"

    // INDETERMINATE
    case signatureConstraintsFailure = "SIG_CONSTRAINTS_FAILURE"
    case chainConstraintsFailure = "CHAIN_CONSTRAINTS_FAILURE"
    case certificateChainGeneralFailure = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    /// An algorithm was already unreliable when it was used.
    case cryptoConstraintsFailure = "CRYPTO_CONSTRAINTS_FAILURE"
    /// An algorithm is unreliable now, and nothing proves that it was used while it was not.
    case cryptoConstraintsFailureNoProof = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    case policyProcessingError = "POLICY_PROCESSING_ERROR"
    case noSigningCertificateFound = "NO_SIGNING_CERTIFICATE_FOUND"
    case noCertificateChainFound = "NO_CERTIFICATE_CHAIN_FOUND"
    /// The signer's certificate is revoked, and nothing proves that the signature is older than that.
    case revokedNoProof = "REVOKED_NO_POE"
    /// A certificate above the signer's is revoked, and nothing proves that the signature is older than that.
    case revokedAuthorityNoProof = "REVOKED_CA_NO_POE"
    /// The certificate has expired, was not revoked as long as it ran, and no clock confirms the signature.
    case outOfBoundsNotRevoked = "OUT_OF_BOUNDS_NOT_REVOKED"
    /// The certificate is not valid at the moment asked about, and nothing proves that the signature is older.
    case outOfBoundsNoProof = "OUT_OF_BOUNDS_NO_POE"
    /// Timestamps contradict one another.
    case timestampOrderFailure = "TIMESTAMP_ORDER_FAILURE"
    /// A proof of existence is missing that something in the file would need.
    case noProof = "NO_POE"
    /// Revocation information that should exist could not be had, or not yet for the time in question.
    case tryLater = "TRY_LATER"
    case signedDataNotFound = "SIGNED_DATA_NOT_FOUND"
    case generic = "GENERIC"
}

/// Who speaks: a person or an agency, or a clock.
public enum SignatureKind: String, Codable, Sendable {
    case signature
    /// A timestamp over the whole document (ISO 32000-2, 12.8.5).
    case documentTimestamp = "document-timestamp"
}

/// Levels of PAdES baseline signatures (ETSI EN 319 142-1, 6).
public enum SignatureLevel: String, Codable, Sendable, Comparable, CaseIterable {
    case basic = "B-B"
    case timestamped = "B-T"
    case longTerm = "B-LT"
    case archival = "B-LTA"

    private var rank: Int { SignatureLevel.allCases.firstIndex(of: self) ?? 0 }

    public static func < (a: SignatureLevel, b: SignatureLevel) -> Bool { a.rank < b.rank }
}

/// What later savings did to the document as it was signed, from nothing to what must not be.
public enum Modifications: String, Codable, Sendable, Comparable, CaseIterable {
    case none
    case formFilling = "form-filling"
    case annotations
    case unknown
    case forbidden

    private var weight: Int { Modifications.allCases.firstIndex(of: self) ?? 0 }

    public static func < (a: Modifications, b: Modifications) -> Bool { a.weight < b.weight }
}
