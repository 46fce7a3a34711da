/// The roots that an installation trusts, and certificates that help to reach them. All in DER.
public struct TrustStore: Sendable {
    public var roots: [[UInt8]]
    public var intermediates: [[UInt8]]

    public init(roots: [[UInt8]] = [], intermediates: [[UInt8]] = []) {
        self.roots = roots
        self.intermediates = intermediates
    }

    public static let empty = TrustStore()
}
