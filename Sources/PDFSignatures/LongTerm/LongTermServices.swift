import Foundation

/// Whom a signature that shall last is made with: who dates it, how certificates, OCSP answers and lists are
/// fetched, and where the paths of certificates end.
public struct LongTermServices: Sendable {
    /// Needed from level B-T on.
    public var timestampAuthority: TimestampAuthority?
    public var exchange: any WebExchange
    /// DER. Where there are none, every certificate that issued itself may end a path: whom to trust is then left
    /// to those who validate.
    public var roots: [[UInt8]]
    /// DER; certificates that may stand between, so that they need not be fetched.
    public var certificates: [[UInt8]]
    /// Bytes kept free for a document timestamp.
    public var timestampRoom: Int
    public var clock: @Sendable () -> Date

    public init(
        timestampAuthority: TimestampAuthority? = nil, exchange: any WebExchange, roots: [[UInt8]] = [],
        certificates: [[UInt8]] = [], timestampRoom: Int = 16_384,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.timestampAuthority = timestampAuthority
        self.exchange = exchange
        self.roots = roots
        self.certificates = certificates
        self.timestampRoom = timestampRoom
        self.clock = clock
    }

    /// A checked timestamp over the bytes, from an authority whose certificate leads to a root, where roots are
    /// given.
    ///
    /// - Parameter pool: Certificates at hand that may stand between.
    func token(over pieces: [FileBytes], pool: [[UInt8]] = []) throws(SigningError) -> TimestampToken {
        guard let timestampAuthority else { throw .noTimestampAuthority }
        let token: TimestampToken
        do throws(TimestampProblem) {
            token = try timestampAuthority.token(
                over: timestampAuthority.digest.hash(pieces), using: exchange, now: clock())
        } catch { throw .timestamp(error) }
        guard !roots.isEmpty, let signer = token.signer() else { return token }
        var search = IssuerSearch(roots: roots, exchange: exchange)
        search.add(token.certificates + certificates + pool)
        guard (try? search.path(from: signer)) != nil else {
            throw .timestamp(.untrusted(signer.displayName ?? "?"))
        }
        return token
    }
}
