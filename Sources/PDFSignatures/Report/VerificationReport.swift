/// What the validator says of each signature (ETSI EN 319 102-1), as values that become JSON for programs and
/// plain Vietnamese for people. A bad signature is a result, not an error.
public struct VerificationReport: Codable, Sendable, Equatable {
    /// In the order of signing; empty when the document has no signature.
    public var signatures: [SignatureVerdict]

    /// Every signature passed and nothing unexplained was changed.
    public var isSound: Bool {
        !signatures.isEmpty
            && signatures.allSatisfy { $0.indication == .totalPassed && $0.modifications <= .formFilling }
    }
}

public struct SignatureVerdict: Codable, Sendable, Equatable {
    public var field: String
    public var indication: Indication
    public var subIndication: SubIndication?
    public var level: SignatureLevel?
    /// The name in the signer's certificate.
    public var signer: String?
    /// What the document says about when it was signed; ISO 8601 in office time.
    public var claimedTime: String?
    /// What a trusted clock confirms.
    public var provenTime: String?
    public var coversWholeFile: Bool
    /// What was changed after this signature.
    public var modifications: Modifications
    public var findings: [Finding]

    /// Absent values are written as `null`, so that programs find every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(indication, forKey: .indication)
        try container.encode(subIndication, forKey: .subIndication)
        try container.encode(level, forKey: .level)
        try container.encode(signer, forKey: .signer)
        try container.encode(claimedTime, forKey: .claimedTime)
        try container.encode(provenTime, forKey: .provenTime)
        try container.encode(coversWholeFile, forKey: .coversWholeFile)
        try container.encode(modifications, forKey: .modifications)
        try container.encode(findings, forKey: .findings)
    }
}

public enum Indication: String, Codable, Sendable {
    case totalPassed = "TOTAL-PASSED"
    case indeterminate = "INDETERMINATE"
    case totalFailed = "TOTAL-FAILED"
}

/// ETSI EN 319 102-1, table 6.
public enum SubIndication: String, Codable, Sendable {
    case formatFailure = "FORMAT_FAILURE"
    case hashFailure = "HASH_FAILURE"
    case signatureCryptoFailure = "SIG_CRYPTO_FAILURE"
    case signatureConstraintsFailure = "SIG_CONSTRAINTS_FAILURE"
    case chainConstraintsFailure = "CHAIN_CONSTRAINTS_FAILURE"
    case cryptoConstraintsFailureNoProof = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    case certificateChainGeneralFailure = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    case notYetValid = "NOT_YET_VALID"
    case outOfBoundsNoProof = "OUT_OF_BOUNDS_NO_POE"
    case noSigningCertificateFound = "NO_SIGNING_CERTIFICATE_FOUND"
    case noCertificateChainFound = "NO_CERTIFICATE_CHAIN_FOUND"
    case generic = "GENERIC"
}

public enum SignatureLevel: String, Codable, Sendable {
    case basic = "B-B"
    case timestamped = "B-T"
    case longTerm = "B-LT"
    case archival = "B-LTA"
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
