// How a key file's passphrase is locked away (decision 31): it is random, and encrypted with AES-GCM (NIST SP
// 800-38D) under a key that HKDF (RFC 5869) makes of the stretched PIN and the server's own key. Neither a
// stolen database nor a guessed PIN opens it alone, and it opens only for the owner and the row it was made
// for.
import Crypto
import Domain
import Foundation

struct KeyWrapping {
    let serverKey: SymmetricKey
    let key: ID<SigningCertificate>
    let owner: KeyOwner

    /// `stretched` is the PIN after Argon2id.
    func wrap(_ passphrase: String, stretched: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            Data(passphrase.utf8), using: wrappingKey(stretched), authenticating: authenticated)
        return [UInt8](box.nonce) + [UInt8](box.ciphertext) + [UInt8](box.tag)
    }

    /// Nil when the PIN is not the one it was wrapped with, or the row is another owner's.
    func unwrap(_ wrapped: [UInt8], stretched: [UInt8]) -> String? {
        guard let box = try? AES.GCM.SealedBox(combined: Data(wrapped)),
            let passphrase = try? AES.GCM.open(
                box, using: wrappingKey(stretched), authenticating: authenticated)
        else { return nil }
        return String(decoding: passphrase, as: UTF8.self)
    }

    private var authenticated: Data { Data("vanthu signing key 1|\(key)|\(owner.label)".utf8) }

    private func wrappingKey(_ stretched: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: stretched), salt: serverKey.withUnsafeBytes { Data($0) },
            info: Data("passphrase of a signing key".utf8), outputByteCount: 32)
    }
}
