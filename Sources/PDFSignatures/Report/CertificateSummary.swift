/// One certificate of a chain as people need to see it: whose, by whom, how long, and whether it was revoked
/// and how that is known. Times are ISO 8601 in office time.
public struct CertificateSummary: Codable, Sendable, Equatable {
    /// Common name, else organisation; empty when the certificate has neither.
    public var subject: String
    public var organisation: String?
    public var issuer: String
    /// Hexadecimal, without leading zeros' sign byte.
    public var serialNumber: String
    public var notBefore: String?
    public var notAfter: String?
    /// One of the roots that the installation trusts.
    public var isTrusted: Bool
    public var revocation: RevocationSummary

    public init(
        subject: String, organisation: String? = nil, issuer: String, serialNumber: String,
        notBefore: String? = nil, notAfter: String? = nil, isTrusted: Bool = false,
        revocation: RevocationSummary = RevocationSummary(status: .notChecked)
    ) {
        self.subject = subject
        self.organisation = organisation
        self.issuer = issuer
        self.serialNumber = serialNumber
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.isTrusted = isTrusted
        self.revocation = revocation
    }
}

/// What is known about the revocation of one certificate.
public struct RevocationSummary: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable {
        /// Not revoked at the time that counts.
        case good
        case revoked
        /// The certificate says where to ask, and no usable answer was to be had.
        case unknown
        /// Nobody offers information about this certificate.
        case notOffered = "not-offered"
        /// A trusted root, or a certificate that says it need not be checked.
        case notNeeded = "not-needed"
        /// The chain was not followed so far.
        case notChecked = "not-checked"
    }

    public enum Source: String, Codable, Sendable {
        /// In the document: its security store, the signature or a timestamp.
        case embedded
        /// Handed over by the caller.
        case supplied
        case fetched
    }

    public enum Kind: String, Codable, Sendable {
        case ocsp = "OCSP"
        case crl = "CRL"
    }

    public var status: Status
    public var source: Source?
    public var kind: Kind?
    /// The time that the information speaks of (`thisUpdate`).
    public var time: String?
    public var revokedAt: String?
    /// The reason given, as in RFC 5280, 5.3.1: `keyCompromise`, `cessationOfOperation`, …
    public var reason: String?

    public init(
        status: Status, source: Source? = nil, kind: Kind? = nil, time: String? = nil,
        revokedAt: String? = nil, reason: String? = nil
    ) {
        self.status = status
        self.source = source
        self.kind = kind
        self.time = time
        self.revokedAt = revokedAt
        self.reason = reason
    }
}

/// One timestamp inside a signature (RFC 3161), judged by itself.
public struct TimestampSummary: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// Over the signature value: the signature existed at that time.
        case signature
        /// Over the document, before signing: the signature did not exist before.
        case content
    }

    public var kind: Kind
    public var time: String?
    /// The name in the authority's certificate.
    public var authority: String?
    public var indication: Indication
    public var subIndication: SubIndication?
    public var chain: [CertificateSummary]

    public init(
        kind: Kind, time: String? = nil, authority: String? = nil, indication: Indication,
        subIndication: SubIndication? = nil, chain: [CertificateSummary] = []
    ) {
        self.kind = kind
        self.time = time
        self.authority = authority
        self.indication = indication
        self.subIndication = subIndication
        self.chain = chain
    }
}
