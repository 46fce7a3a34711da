import PDFSignatures
import WebTransfers

/// The way out for the signature engine: to the services that the administrator set up, wherever they stand, and
/// to what certificates name, in the open Internet only.
public struct OutsideWeb: WebExchange {
    private let transfers: HTTPTransfers

    /// - Parameters:
    ///   - services: The addresses of the configured services (timestamps, remote signing, responders inside the
    ///     house). Their hosts and ports are reached also where they are private.
    ///   - settings: Everything else; its policy is widened by the services.
    public init(services: [String] = [], settings: TransferSettings = TransferSettings()) {
        var settings = settings
        settings.policy.allowed.formUnion(services.compactMap { AllowedHost(url: $0) })
        transfers = HTTPTransfers(settings)
    }

    /// For somebody at this machine's own prompt: certificates may name servers on it, as test authorities do.
    /// The server never goes out this way, because there strangers hand in the certificates.
    public static func fromThisMachine(services: [String] = []) -> OutsideWeb {
        var settings = TransferSettings()
        settings.policy.allowed = [AllowedHost("localhost"), AllowedHost("127.0.0.1"), AllowedHost("::1")]
        return OutsideWeb(services: services, settings: settings)
    }

    public func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        // Certificates and lists are often published behind a redirect; what carries a password is never led on.
        let carriesSecret = request.headers.contains { $0.name.lowercased() == "authorization" }
        let call = HTTPCall(
            method: request.method, url: request.url,
            headers: request.headers.map { HTTPField($0.name, $0.value) }, body: request.body,
            answerLimit: request.answerLimit, patience: request.patience,
            redirectLimit: request.method == "GET" && !carriesSecret ? 3 : 0)
        let reply: HTTPReply
        do { reply = try transfers.perform(call) } catch { throw Self.failure(error) }
        return WebAnswer(
            status: reply.status, headers: reply.headers.map { WebHeader($0.name, $0.value) },
            body: reply.body)
    }

    private static func failure(_ failure: TransferFailure) -> WebFailure {
        switch failure {
        case .badRequest(let reason): .refused(reason)
        case .addressRefused(let address): .refused("address \(address)")
        case .tooManyRedirects: .refused("too many redirects")
        case .badSettings(let reason), .unreachable(let reason), .untrusted(let reason),
            .brokenOff(let reason), .fileFailed(let reason), .loginDenied(let reason):
            .unreachable(reason)
        case .revoked: .unreachable("a revoked certificate")
        case .listUnusable(let reason): .unreachable("no revocation list: \(reason)")
        case .otherKey: .unreachable("another key than the pinned ones")
        case .timedOut: .timedOut
        case .answerTooLong: .answerTooLong
        }
    }
}
