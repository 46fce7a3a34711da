import CPKCS11
import Synchronization

/// A token that is open: its PIN has been entered, and it stays open for as long as this value or one of its keys
/// lives. May be used from any number of threads; signatures go through as many sessions at once as the token
/// takes.
///
///     let token = try PKCS11Token(module: "/usr/lib/…/module.so", label: "UBND xa Binh Ha", pin: pin)
///     let key = try token.key(.label("Con dau"))
///     let signed = try PAdES.sign(pdf, request, with: key)
public final class PKCS11Token: Sendable {
    public let label: String
    let sessions: TokenSessions

    /// - Parameters:
    ///   - module: The path of the library that came with the token.
    ///   - label: The token's label, as `tokens(module:)` gives it.
    ///   - pin: The user's PIN; `nil` when it is entered on the device.
    ///   - sessionLimit: How many may sign at once; fewer when the token has room for fewer.
    public init(module: String, label: String, pin: String?, sessionLimit: Int = 8) throws(TokenError) {
        self.label = label
        sessions = try TokenSessions.open(module: module, label: label, pin: pin, limit: sessionLimit)
    }

    /// The tokens that are plugged in, without opening any.
    public static func tokens(module: String) throws(TokenError) -> [TokenDescription] {
        let module = try PKCS11Module.load(module)
        do { return try module.slots().map(\.token) } catch { throw error.error }
    }

    /// A key with the certificate that belongs to it and those above it, as far as they are on the token.
    ///
    /// - Parameters:
    ///   - digest: For RSA and P-256; P-384 signs SHA-384 at least.
    ///   - pss: RSA-PSS instead of PKCS #1 v1.5.
    public func key(
        _ name: TokenKeyName, digest: DigestAlgorithm = .sha256, pss: Bool = false
    ) throws(TokenError) -> PKCS11Key {
        let found = try sessions.with { (loan) throws(PKCS11Failure) in
            try TokenObjects(session: loan.session).look(for: name)
        }
        let object = try found.get()
        return try PKCS11Key(object, sessions: sessions, digest: digest, pss: pss)
    }
}

/// A key on a token. It never leaves the token.
public final class PKCS11Key: SigningKey {
    public let certificate: [UInt8]
    public let chain: [[UInt8]]
    public let algorithm: SignatureAlgorithm
    private let place: TokenObjects.KeyPlace
    private let sessions: TokenSessions
    private let wantsPIN: Bool

    private struct Handle {
        var generation = -1
        var number: UInt = 0
    }

    private let handle = Mutex(Handle())

    init(
        _ object: TokenObjects.Key, sessions: TokenSessions, digest: DigestAlgorithm, pss: Bool
    ) throws(TokenError) {
        certificate = object.certificate
        chain = object.chain
        place = object.place
        wantsPIN = object.wantsPIN
        self.sessions = sessions
        do throws(SigningError) {
            algorithm = try SignatureAlgorithm(certificate: object.certificate, digest: digest, pss: pss)
        } catch {
            guard case .unsupportedKey(let reason) = error else { throw .unsupportedKey("unreadable") }
            throw .unsupportedKey(reason)
        }
        let algorithm = algorithm
        let isOffered = try sessions.with { (loan) throws(PKCS11Failure) in
            TokenMechanism.choose(for: algorithm, among: loan.mechanisms) != nil
        }
        guard isOffered else { throw .unsupportedKey("the token does not offer \(algorithm)") }
    }

    public func sign(_ toBeSigned: [UInt8]) throws -> [UInt8] { try signature(of: toBeSigned) }

    private func signature(of message: [UInt8]) throws(TokenError) -> [UInt8] {
        let value = try sessions.with { (loan) throws(PKCS11Failure) in
            guard let mechanism = TokenMechanism.choose(for: algorithm, among: loan.mechanisms) else {
                throw PKCS11Failure(function: "C_SignInit", code: UInt(CKR_MECHANISM_INVALID))
            }
            let input = mechanism.input(for: message, digest: algorithm.digest)
            var pin = wantsPIN ? sessions.pinForEachSignature : nil
            defer { pin?.wipe() }
            return try loan.session.sign(input, with: key(loan), mechanism, pin: pin)
        }
        guard case .ecdsa = algorithm else { return value }
        guard let coded = ECDSAValue.der(fromRaw: value) else {
            throw .refused(function: "C_Sign", code: UInt(CKR_GENERAL_ERROR))
        }
        return coded
    }

    /// The key's handle, looked up once for each time the token is opened.
    private func key(_ loan: TokenSessions.Loan) throws(PKCS11Failure) -> UInt {
        let known = handle.withLock { $0.generation == loan.generation ? $0.number : nil }
        if let known { return known }
        guard let number = try loan.session.find(place.attributes).first else {
            throw PKCS11Failure(function: "C_FindObjects", code: UInt(CKR_KEY_HANDLE_INVALID))
        }
        handle.withLock { $0 = Handle(generation: loan.generation, number: number) }
        return number
    }
}
