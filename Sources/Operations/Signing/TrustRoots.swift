// The certificates this office trusts: those of the Government's authority, of public ones, or of the demo's
// own, laid as DER or PEM files into the data folder's `trust` and read when the server starts.
import Crypto
import Foundation

package struct TrustRoots: Sendable, Equatable {
    /// DER.
    package let certificates: [[UInt8]]
    /// Names this very set of certificates, whatever files they came in. Another set judges every signature anew.
    package let generation: String

    package init(certificates: [[UInt8]]) {
        self.certificates = certificates
        var hasher = SHA256()
        for digest in Set(certificates.map { Data(SHA256.hash(data: $0)) }).sorted(by: {
            $0.lexicographicallyPrecedes($1)
        }) {
            hasher.update(data: digest)
        }
        generation = hasher.finalize().prefix(8).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Nothing is trusted: signatures can be whole, never trusted.
    package static let none = TrustRoots(certificates: [])

    /// Every `.cer`, `.crt`, `.der` and `.pem` of the folder; none where there is no folder.
    package init(folder: String) throws {
        guard FileManager.default.fileExists(atPath: folder) else {
            self.init(certificates: [])
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let files = names.filter {
            ["cer", "crt", "der", "pem"].contains(($0 as NSString).pathExtension.lowercased())
        }
        self.init(
            certificates: try files.flatMap { name in
                Self.certificates(in: try Data(contentsOf: URL(filePath: folder).appending(path: name)))
            })
    }

    static func certificates(in file: Data) -> [[UInt8]] {
        guard let text = String(data: file, encoding: .utf8), text.contains(begin) else {
            return [[UInt8](file)]
        }
        return text.components(separatedBy: begin).dropFirst().compactMap { part in
            let body = part.components(separatedBy: "-----END").first ?? ""
            return Data(base64Encoded: body, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
        }
    }

    private static let begin = "-----BEGIN CERTIFICATE-----"
}
