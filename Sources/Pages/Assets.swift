// Style sheets and scripts, read once from beside the program. The address of each carries the hash of its
// bytes, so a browser may keep it for ever and still gets the new one after a change.
import Foundation

package struct Asset: Sendable {
    /// `vanthu.3f9a1c….css`
    package let file: String
    package let mediaType: String
    package let bytes: [UInt8]

    package var address: Address { .asset(file) }
}

package enum Assets {
    package static let tokens = load("tokens", "css", "text/css; charset=utf-8")
    package static let styles = load("vanthu", "css", "text/css; charset=utf-8")
    package static let keys = load("keys", "js", "text/javascript; charset=utf-8")
    package static let signingTool = load("signing-tool", "js", "text/javascript; charset=utf-8")
    package static let icon = load("icon", "svg", "image/svg+xml")

    package static let all: [Asset] = [tokens, styles, keys, signingTool, icon]

    package static func named(_ file: String) -> Asset? { all.first { $0.file == file } }

    private static func load(_ name: String, _ suffix: String, _ mediaType: String) -> Asset {
        let address = Bundle.module.url(forResource: name, withExtension: suffix, subdirectory: "Assets")
        let bytes = address.flatMap { try? Data(contentsOf: $0) }.map(Array.init) ?? []
        return Asset(file: "\(name).\(fingerprint(bytes)).\(suffix)", mediaType: mediaType, bytes: bytes)
    }

    /// FNV-1a, 64 bits: it only has to change when the file does.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
