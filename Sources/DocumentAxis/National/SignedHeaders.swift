// How a call to the national axis proves who makes it. What a call says travels in headers; all of them are signed as
// one JSON text, exactly as that text is sent.
import Crypto

struct SignedHeaders {
    /// Name and value, in the order of signing.
    typealias Parameter = (name: String, value: String)

    static let prefix = "XroadVnpt-"
    static let agent = "JAVASDKAgent/1.0.0 XRoad/VPCP"
    static let version = "3.0.201608"

    /// - Parameters:
    ///   - type: The `Content-Type` that is signed.
    ///   - isTypeSent: Whether it also goes unprefixed; a multipart body goes under a type of its own.
    static func make(
        system: String, secret: AxisSecret, at milliseconds: Int64, type: String = "application/json",
        isTypeSent: Bool = true, _ parameters: [Parameter]
    ) -> [AxisHeader] {
        let signed: [Parameter] =
            [
                ("timestamp", AxisTime.timestamp(milliseconds)), ("systemid", system), ("Content-Type", type),
            ] + parameters
        let text = Wire.json(signed.map { (prefix + $0.name, $0.value) })
        var headers = signed.map { AxisHeader(prefix + $0.name, $0.value) }
        if isTypeSent { headers.append(AxisHeader("Content-Type", type)) }
        return headers + [
            AxisHeader(prefix + "sign-header-key", signed.map(\.name).joined(separator: ";")),
            AxisHeader(prefix + "sign-header", text),
            AxisHeader(prefix + "hash-header", signature(of: text, secret)),
            AxisHeader("User-Agent", agent),
            AxisHeader(prefix + "version", version),
        ]
    }

    /// HMAC-SHA256 (RFC 2104) in small hex.
    static func signature(of text: String, _ secret: AxisSecret) -> String {
        let key = SymmetricKey(data: Array(secret.text.utf8))
        return Wire.hex(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }
}
