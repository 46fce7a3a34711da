import Foundation

/// Certificates and lists as they are published: one in DER, several in a signature without signers (RFC 5652,
/// certs-only), or as text between BEGIN and END (RFC 7468).
enum CertificateBundle {
    static func certificates(_ bytes: [UInt8]) -> [[UInt8]] {
        let parts = pieces(bytes, label: "CERTIFICATE") ?? pieces(bytes, label: "PKCS7") ?? [bytes]
        return parts.flatMap { part -> [[UInt8]] in
            guard let whole = try? BERNode.first(in: part[...]), let inner = try? whole.children() else {
                return []
            }
            guard inner.first?.tag == 0x06 else { return [Array(whole.encoded)] }
            let data = inner.dropFirst().first.flatMap { try? $0.children().first?.children() } ?? []
            let bag = data.first { $0.tag == 0xA0 }.flatMap { try? $0.children() } ?? []
            return bag.filter { $0.tag == 0x30 }.map { Array($0.encoded) }
        }
    }

    static func list(_ bytes: [UInt8]) -> [UInt8] { pieces(bytes, label: "X509 CRL")?.first ?? bytes }

    private static func pieces(_ bytes: [UInt8], label: String) -> [[UInt8]]? {
        guard bytes.count < 64 << 20, bytes.starts(with: Array("-----BEGIN".utf8)) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let found = text.components(separatedBy: "-----BEGIN \(label)-----").dropFirst().compactMap { part in
            part.components(separatedBy: "-----END").first.flatMap {
                Data(base64Encoded: $0, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
            }
        }
        return found.isEmpty ? nil : found
    }
}
