// Passwords and PINs are stretched by Argon2id (RFC 9106) through libargon2: 19 MiB, two passes, one lane, the PHC string
// kept. Never on an event loop: two at a time, a short queue, then "busy".
import CArgon2
import Domain
import Foundation
import OfficeFiles

package struct Passwords: Sendable {
    private let turnstile: Turnstile
    package init(turnstile: Turnstile) { self.turnstile = turnstile }

    package static let minimumLength = 8

    package func hash(_ password: String) async -> String {
        await turnstile.pass { await OwnThread.run { Self.hash(password) } }
    }

    package func verify(_ password: String, against encoded: String) async -> Bool {
        await turnstile.pass {
            await OwnThread.run {
                argon2id_verify(encoded, password, password.utf8.count) == ARGON2_OK.rawValue
            }
        }
    }

    /// The same work as a real check, for logins that do not exist.
    package func spendTimeOfOneCheck() async {
        _ = await verify("x", against: Self.nobody)
    }

    /// 32 bytes from a PIN, for wrapping a key.
    package func stretch(_ pin: String, salt: [UInt8]) async -> [UInt8] {
        await turnstile.pass {
            await OwnThread.run {
                var key = [UInt8](repeating: 0, count: 32)
                argon2id_hash_raw(passes, memory, 1, pin, pin.utf8.count, salt, salt.count, &key, key.count)
                return key
            }
        }
    }

    package static func hash(_ password: String) -> String {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        var encoded = [CChar](repeating: 0, count: 160)
        argon2id_hash_encoded(
            passes, memory, 1, password, password.utf8.count, salt, salt.count, 32, &encoded, encoded.count)
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static let nobody = hash(UUID().uuidString)
}

/// Passes over the memory, and the memory in KiB (OWASP's second choice for Argon2id).
private let passes: UInt32 = 2
private let memory: UInt32 = 19 * 1024
