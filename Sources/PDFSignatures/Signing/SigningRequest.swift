import Foundation

/// What one signature shall be: in which field, with which certificate, what it shows and says.
public struct SigningRequest: Sendable {
    /// The field's name. An unsigned signature field of that name is used where it stands; else one is made.
    public var field: String
    /// Where a new field goes; a new field without a place is not seen on the page.
    public var place: Place?
    public var appearance: Appearance
    /// The signer's certificate and those above it, DER.
    public var certificate: [UInt8]
    public var chain: [[UInt8]]
    public var algorithm: SignatureAlgorithm
    public var reason: String?
    public var location: String?
    public var name: String?
    /// The claimed time. It stands in the signature dictionary only (ETSI EN 319 142-1, 6.3).
    public var signingTime: Date
    /// Certification: what may be changed afterwards (ISO 32000-2, 12.8.2.2). For the first signature only.
    public var certification: Certification?
    /// Bytes kept free for the signature itself, its certificates and, from level B-T on, its timestamp.
    public var reservedBytes: Int
    /// What is reached in one go (ETSI EN 319 142-1, 6). From B-T on, signing needs `LongTermServices`.
    public var level: SignatureLevel

    public enum Certification: Int, Codable, Sendable {
        case noChanges = 1
        case formFilling = 2
        case annotations = 3
    }

    public init(
        field: String, place: Place? = nil, appearance: Appearance = .none, certificate: [UInt8],
        chain: [[UInt8]] = [], algorithm: SignatureAlgorithm = .rsaPKCS1(.sha256), reason: String? = nil,
        location: String? = nil, name: String? = nil, signingTime: Date, certification: Certification? = nil,
        reservedBytes: Int = 16_384, level: SignatureLevel = .basic
    ) {
        self.field = field
        self.place = place
        self.appearance = appearance
        self.certificate = certificate
        self.chain = chain
        self.algorithm = algorithm
        self.reason = reason
        self.location = location
        self.name = name
        self.signingTime = signingTime
        self.certification = certification
        self.reservedBytes = reservedBytes
        self.level = level
    }

    /// The same for a key at hand, which brings its certificates.
    public init(
        field: String, place: Place? = nil, appearance: Appearance = .none, key: any SigningKey,
        reason: String? = nil, location: String? = nil, name: String? = nil, signingTime: Date,
        certification: Certification? = nil, level: SignatureLevel = .basic
    ) {
        self.init(
            field: field, place: place, appearance: appearance, certificate: key.certificate,
            chain: key.chain,
            algorithm: key.algorithm, reason: reason, location: location, name: name,
            signingTime: signingTime,
            certification: certification, level: level)
    }
}
