// Where the server listens and what it trusts. Refuses what an administrator would regret: plain HTTP to the network
// (decision 32).
import Foundation

package struct ServerSettings: Sendable {
    package var host: String
    package var port: Int
    /// Networks of proxies whose forwarded addresses count, as CIDR; TLS ends there.
    package var behindProxy: [AddressRange]
    /// Shown where nobody is signed in yet.
    package var installationName: String
    package var runsWorker: Bool
    /// Folder for page pictures; can be emptied at any time.
    package var cacheFolder: String
    /// Where the signing program listens on the machine of whoever signs.
    package var signingTool: SigningToolAddress
    /// How the outside calls this server, as `https://vanban.example.gov.vn`; printed in QR codes. Nil: none are printed.
    package var publicAddress: String?

    package init(
        host: String = "127.0.0.1", port: Int = 8080, behindProxy: [AddressRange] = [],
        installationName: String = "VanThu", runsWorker: Bool = true, cacheFolder: String,
        signingTool: SigningToolAddress = .vgca, publicAddress: String? = nil
    ) {
        self.host = host
        self.port = port
        self.behindProxy = behindProxy
        self.installationName = installationName
        self.runsWorker = runsWorker
        self.cacheFolder = cacheFolder
        self.signingTool = signingTool
        self.publicAddress = publicAddress
    }

    package var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }

    /// Cookies are marked Secure when the visitor's side is HTTPS.
    package var isHTTPS: Bool { !behindProxy.isEmpty }

    /// Why the server must not start this way, in words for the administrator; nil when it may.
    package var refusal: String? {
        if isLoopback || !behindProxy.isEmpty { return nil }
        return """
            Không mở cổng \(port) ra mạng khi chưa có TLS. Đặt máy chủ sau một proxy có HTTPS và thêm \
            --behind-proxy MẠNG/SỐ-BIT, hoặc chỉ nghe trên 127.0.0.1.
            """
    }
}

/// Where the signing program listens: always on the machine of whoever signs, so a page may only be opened to there.
package struct SigningToolAddress: Sendable, Equatable {
    /// `wss://127.0.0.1:8987`, as a content security policy names it.
    package let origin: String

    /// VGCA Sign Service of the Ban Cơ yếu Chính phủ.
    package static let vgca = SigningToolAddress(scheme: "wss", host: "127.0.0.1", port: 8987)

    /// Refuses anything but a WebSocket on the visitor's own machine.
    package init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host,
            let port = parts.port, ["ws", "wss"].contains(scheme), ["127.0.0.1", "localhost"].contains(host),
            (1...65_535).contains(port), ["", "/"].contains(parts.path), parts.query == nil,
            parts.user == nil
        else { return nil }
        self.init(scheme: scheme, host: host, port: port)
    }

    private init(scheme: String, host: String, port: Int) { origin = "\(scheme)://\(host):\(port)" }
}

/// An IPv4 range such as 10.0.0.0/8.
package struct AddressRange: Sendable, Equatable {
    private let network: UInt32
    private let mask: UInt32

    package init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard let address = parts.first.flatMap({ Self.parse(String($0)) }) else { return nil }
        let bits = parts.count > 1 ? Int(parts[1]) : 32
        guard let bits, (0...32).contains(bits), parts.count <= 2 else { return nil }
        mask = bits == 0 ? 0 : UInt32.max << UInt32(32 - bits)
        network = address & mask
    }

    package func contains(_ address: String) -> Bool {
        Self.parse(address).map { $0 & mask == network } ?? false
    }

    private static func parse(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt32?(0)) { sum, byte in
            guard let sum, let byte else { return nil }
            return sum << 8 | UInt32(byte)
        }
    }
}
