// What holds for all transfers of one kind: how long to wait for a connection, whom to trust, through which proxy,
// and who we are to those that ask.

public struct TransferSettings: Sendable {
    public var policy: AddressPolicy
    /// In seconds.
    public var connectPatience: Double
    /// A PEM file of the roots that servers are trusted by; `nil`: those of the machine.
    public var trustedRoots: String?
    /// SHA-256 of the public keys (SubjectPublicKeyInfo) that a server may have besides being trusted; none: any.
    public var pinnedKeys: [[UInt8]]
    /// Where the certificates of servers are looked up; `nil`: nowhere.
    public var revocations: RevocationLists?
    /// For servers that want to know who asks, by host.
    public var identities: [AllowedHost: ClientIdentity]
    /// `http://host:port`. With a proxy, names are looked up there and not here, so the policy can judge only
    /// addresses that are written as such; the proxy's own rules must keep strangers' addresses out of the house.
    /// The environment's proxy variables are not read.
    public var proxy: String?
    /// Sent as `User-Agent`.
    public var agent: String
    /// How many connections are kept open for the next call.
    public var idleLimit: Int

    public init(
        policy: AddressPolicy = AddressPolicy(), connectPatience: Double = 5, trustedRoots: String? = nil,
        pinnedKeys: [[UInt8]] = [], revocations: RevocationLists? = nil,
        identities: [AllowedHost: ClientIdentity] = [:], proxy: String? = nil, agent: String = "VanThu",
        idleLimit: Int = 8
    ) {
        self.policy = policy
        self.connectPatience = connectPatience
        self.trustedRoots = trustedRoots
        self.pinnedKeys = pinnedKeys
        self.revocations = revocations
        self.identities = identities
        self.proxy = proxy
        self.agent = agent
        self.idleLimit = idleLimit
    }
}

/// A certificate with its key that we show to a server.
public struct ClientIdentity: Sendable {
    /// A PKCS #12 file's bytes.
    public var pkcs12: [UInt8]
    public var passphrase: String

    public init(pkcs12: [UInt8], passphrase: String) {
        self.pkcs12 = pkcs12
        self.passphrase = passphrase
    }
}
