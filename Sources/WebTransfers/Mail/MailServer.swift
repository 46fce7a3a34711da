// Where an office's mail is handed in (SMTP, RFC 5321 and 6409) or kept (IMAP, RFC 3501), and who asks.
import CCurl

public struct MailServer: Sendable, Equatable {
    /// A name, or an address in digits. Reached under the same policy as everything: a server inside the house must
    /// be among the allowed hosts.
    public var host: String
    public var port: Int
    public var protection: MailProtection
    /// A server for sending that offers no login is spoken to without.
    public var login: MailLogin?
    /// How this machine greets a server for mail to be sent; `nil`: by its own name.
    public var clientName: String?

    public init(
        host: String, port: Int, protection: MailProtection, login: MailLogin? = nil,
        clientName: String? = nil
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.login = login
        self.clientName = clientName
    }
}

/// What protects the conversation. A server's certificate and name are always checked, and there is no way to go on
/// without TLS where it was asked for.
public enum MailProtection: String, Sendable, CaseIterable {
    /// From the first byte: SMTPS (465) and IMAPS (993), RFC 8314.
    case tls
    /// After the greeting (STARTTLS), and before anything is said: 587 and 143.
    case startTLS
    /// In the clear, for a relay inside the house. No login goes this way, and so no reading of a mailbox.
    case none
}

public struct MailLogin: Sendable, Equatable {
    public var user: String
    public var password: String

    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

extension MailServer {
    var place: Place { Place(host: host, port: port) }

    /// - Parameter scheme: `smtp` or `imap`.
    func url(_ scheme: String) throws(TransferFailure) -> String {
        let host = HostName.normal(host)
        guard !host.isEmpty, host.utf8.count <= 255, (1...65_535).contains(port),
            host.utf8.allSatisfy({ Self.isName($0) || $0 == 0x3A })
        else { throw .badSettings("not a host and port") }
        guard protection != .none || login == nil else {
            throw .badSettings("no password goes over a connection in the clear")
        }
        let name = clientName ?? ""
        guard name.utf8.count <= 255, name.utf8.allSatisfy(Self.isName) else {
            throw .badSettings("not a name to greet with")
        }
        let written = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)\(protection == .tls ? "s" : "")://\(written):\(port)/\(name)"
    }

    /// Letters, digits, `-`, `.` and `_`.
    private static func isName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [0x2D, 0x2E, 0x5F].contains(byte)
    }

    /// - Parameter methods: The ways of logging in, as libcurl writes them. Named, because some others ask further
    ///   machines that no policy knows (Kerberos); inside TLS, plain is good.
    func prepare(
        _ handle: EasyHandle, scheme: String, methods: String?, _ settings: TransferSettings,
        milliseconds: Int
    ) throws(TransferFailure) {
        handle.set(CURLOPT_URL, try url(scheme))
        handle.set(CURLOPT_PROTOCOLS_STR, "\(scheme),\(scheme)s")
        handle.prepare(for: place, settings, milliseconds: milliseconds)
        handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, min(milliseconds / 1_000, 300)))
        if protection != .none { handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        guard let login else { return }
        handle.set(CURLOPT_USERNAME, login.user)
        handle.set(CURLOPT_PASSWORD, login.password)
        if let methods { handle.set(CURLOPT_LOGIN_OPTIONS, methods) }
    }
}
