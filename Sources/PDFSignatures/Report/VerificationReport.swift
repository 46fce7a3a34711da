/// What the validator says of each signature (ETSI EN 319 102-1), as values that become JSON for programs and
/// plain Vietnamese for people. A bad signature is a result, not an error.
public struct VerificationReport: Codable, Sendable, Equatable {
    /// In the order of signing, document timestamps among them; empty when the document has no signature.
    public var signatures: [SignatureVerdict]

    public init(signatures: [SignatureVerdict]) { self.signatures = signatures }

    /// Every signature passed and nothing unexplained was changed.
    public var isSound: Bool {
        !signatures.isEmpty
            && signatures.allSatisfy { $0.indication == .totalPassed && $0.modifications <= .formFilling }
    }
}

/// The verdict on one signature or document timestamp. All times are ISO 8601 in office time (+07:00).
public struct SignatureVerdict: Codable, Sendable, Equatable {
    /// The full name of the form field that holds the signature.
    public var field: String
    /// Somebody's signature, or the stamp of a clock over the whole document.
    public var kind: SignatureKind
    public var indication: Indication
    /// Why it is not a plain pass; `nil` for TOTAL-PASSED.
    public var subIndication: SubIndication?
    /// What was truly established, not what the file claims; `nil` for document timestamps and for forms other
    /// than PAdES.
    public var level: SignatureLevel?
    /// The name in the signer's certificate; for a document timestamp, its authority.
    public var signer: String?
    /// What the document says about when it was signed.
    public var claimedTime: String?
    /// The earliest moment at which a trusted clock confirms that the signature existed; for a document
    /// timestamp that passed, its own time.
    public var provenTime: String?
    public var coversWholeFile: Bool
    /// What was changed after this signature.
    public var modifications: Modifications
    public var findings: [Finding]
    /// From the signer up to the trusted root; without one, as far as certificates were found.
    public var chain: [CertificateSummary]
    /// The timestamps inside this signature, valid or not.
    public var timestamps: [TimestampSummary]

    public init(
        field: String, kind: SignatureKind = .signature, indication: Indication,
        subIndication: SubIndication? = nil, level: SignatureLevel? = nil, signer: String? = nil,
        claimedTime: String? = nil, provenTime: String? = nil, coversWholeFile: Bool = false,
        modifications: Modifications = .unknown, findings: [Finding] = [], chain: [CertificateSummary] = [],
        timestamps: [TimestampSummary] = []
    ) {
        self.field = field
        self.kind = kind
        self.indication = indication
        self.subIndication = subIndication
        self.level = level
        self.signer = signer
        self.claimedTime = claimedTime
        self.provenTime = provenTime
        self.coversWholeFile = coversWholeFile
        self.modifications = modifications
        self.findings = findings
        self.chain = chain
        self.timestamps = timestamps
    }

    /// What later savings did, each thing by its name: the findings that say so, in the order found.
    public var changes: [Finding] { findings.filter(\.code.isChange) }

    /// The authority whose clock proves the time.
    public var timestampAuthority: String? {
        kind == .documentTimestamp
            ? signer : timestamps.first { $0.indication == .totalPassed }?.authority
    }

    private enum CodingKeys: String, CodingKey {
        case field, kind, indication, subIndication, level, signer, claimedTime, provenTime, coversWholeFile
        case modifications, findings, chain, timestamps
    }

    /// Absent values are written as `null`, so that programs find every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(kind, forKey: .kind)
        try container.encode(indication, forKey: .indication)
        try container.encode(subIndication, forKey: .subIndication)
        try container.encode(level, forKey: .level)
        try container.encode(signer, forKey: .signer)
        try container.encode(claimedTime, forKey: .claimedTime)
        try container.encode(provenTime, forKey: .provenTime)
        try container.encode(coversWholeFile, forKey: .coversWholeFile)
        try container.encode(modifications, forKey: .modifications)
        try container.encode(findings, forKey: .findings)
        try container.encode(chain, forKey: .chain)
        try container.encode(timestamps, forKey: .timestamps)
    }

    /// Reports written before kind, chain and timestamps were told are still read.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            field: try container.decode(String.self, forKey: .field),
            kind: try container.decodeIfPresent(SignatureKind.self, forKey: .kind) ?? .signature,
            indication: try container.decode(Indication.self, forKey: .indication),
            subIndication: try container.decodeIfPresent(SubIndication.self, forKey: .subIndication),
            level: try container.decodeIfPresent(SignatureLevel.self, forKey: .level),
            signer: try container.decodeIfPresent(String.self, forKey: .signer),
            claimedTime: try container.decodeIfPresent(String.self, forKey: .claimedTime),
            provenTime: try container.decodeIfPresent(String.self, forKey: .provenTime),
            coversWholeFile: try container.decode(Bool.self, forKey: .coversWholeFile),
            modifications: try container.decode(Modifications.self, forKey: .modifications),
            findings: try container.decode([Finding].self, forKey: .findings),
            chain: try container.decodeIfPresent([CertificateSummary].self, forKey: .chain) ?? [],
            timestamps: try container.decodeIfPresent([TimestampSummary].self, forKey: .timestamps) ?? [])
    }
}
