// Keys at rest: putting a person's or an agency's key file away under a PIN, and opening it again for one
// signature, or for one batch of them (decision 31); a key elsewhere is entered with its certificate only. The PIN
// is never kept, logged or written to the journal; nobody can read it back or reset it.
import Crypto
import Domain
import DualSQL
import Foundation
import Logging
import PDFSignatures
import Store

extension SigningKeyRecord {
    /// Why it cannot be used, whatever the PIN: the page closes its button for the same reasons.
    package func refusals(at now: Instant) -> [Refusal] {
        if expiresAt <= now { return [.keyExpired] }
        return isLocked ? [.keyLocked] : []
    }
}

/// A key taken out for use: it lives as long as the signing it was opened for.
package struct UnlockedKey: Sendable {
    package let record: SigningKeyRecord
    package let key: any SigningKey

    /// SHA-256 of the certificate, as the journal writes it.
    package var certificateHash: String { CertificateHash.hex(record.certificate) }
}

package enum CertificateHash {
    package static func hex(_ certificate: [UInt8]) -> String {
        SHA256.hash(data: certificate).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
    }
}

package struct SigningKeys: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Wraps a key file for its owner; the result is what `IssueKey` stores.
    package func lockAway(
        _ file: [UInt8], passphrase: String, pin: String, picture: [UInt8], for owner: KeyOwner,
        named name: String,
        expiresAt: Instant
    ) async throws -> SigningKeyRecord {
        try Refused.unless(PINRules.refusals(pin))
        let certificate: [UInt8]
        do { certificate = try PKCS12Key(file, passphrase: passphrase).certificate } catch {
            throw Refused(.noKey)
        }
        let id = ID<SigningCertificate>(UUIDv7.make(at: office.clock.now))
        let salt = Self.random(16)
        let stretched = await passwords.stretch(pin, salt: salt)
        let wrapping = KeyWrapping(serverKey: office.serverKey, key: id, owner: owner)
        return SigningKeyRecord(
            id: id, owner: owner, certificate: certificate, subjectName: name, pkcs12: file,
            wrappedPassphrase: try wrapping.wrap(passphrase, stretched: stretched), salt: salt,
            picture: picture,
            expiresAt: expiresAt)
    }

    /// A key that is not in a file here: on a token, at a service, at the person's own computer.
    package func enter(
        certificate: [UInt8], at place: KeyPlace, picture: [UInt8], for owner: KeyOwner, named name: String,
        chain: [[UInt8]] = [], device: String = ""
    ) throws -> SigningKeyRecord {
        let particulars: CertificateParticulars
        do { particulars = try CertificateParticulars(certificate) } catch { throw Refused(.noKey) }
        return SigningKeyRecord(
            id: ID(UUIDv7.make(at: office.clock.now)), owner: owner, certificate: certificate,
            subjectName: name, picture: picture, expiresAt: Instant(particulars.notAfter), place: place,
            chain: chain, device: device)
    }

    /// Opens the owner's key. An attempt is counted before it is made and taken back when the PIN was right,
    /// so that many guesses at once are no more than five.
    package func unlock(_ owner: KeyOwner, pin: String) async throws -> UnlockedKey {
        guard let found = try await office.read({ try $0.signingKeys.find(owner) }) else {
            throw Refused(.noKey)
        }
        try Refused.unless(found.refusals(at: office.clock.now))
        guard found.place.kind.signsAtHand else { throw Refused(.keyNotAtHand) }
        if pin.isEmpty { throw Refused(.missing(.pin)) }
        if case .token(let place) = found.place { return try await open(found, on: place, pin: pin) }
        let record = try await countAttempt(on: found.id)
        let stretched = await passwords.stretch(pin, salt: record.salt)
        let wrapping = KeyWrapping(serverKey: office.serverKey, key: record.id, owner: owner)
        guard let passphrase = wrapping.unwrap(record.wrappedPassphrase, stretched: stretched) else {
            throw try await refusalOfWrongPIN(on: record.id)
        }
        let key: PKCS12Key
        do { key = try PKCS12Key(record.pkcs12, passphrase: passphrase) } catch {
            throw Refused(.keyOfSomeoneElse)
        }
        guard key.certificate == record.certificate, record.owner == owner else {
            throw Refused(.keyOfSomeoneElse)
        }
        try await forgetWrongPINs(of: record.id)
        return UnlockedKey(record: record, key: key)
    }

    /// The token counts wrong PINs itself. What it holds must be the key of the entered certificate (H5).
    private func open(_ record: SigningKeyRecord, on place: TokenPlace, pin: String) async throws
        -> UnlockedKey
    {
        let tokens = office.tokens
        let key = try await OwnThread.run {
            try tokens.open(place, certificate: record.certificate, pin: pin)
        }
        guard key.certificate == record.certificate else { throw Refused(.keyOfSomeoneElse) }
        return UnlockedKey(record: record, key: key)
    }

    private var passwords: Passwords { Passwords(turnstile: office.passwordHashing) }

    private func countAttempt(on id: ID<SigningCertificate>) async throws -> SigningKeyRecord {
        try await office.database.write { connection in
            let keys = Tables(connection).signingKeys
            guard let record = try keys.lock(id) else { throw Refused(.noKey) }
            if record.isLocked { throw Refused(.keyLocked) }
            if record.wrongPINs >= PINRules.attempts { throw Refused(.busy) }
            try keys.setWrongPINs(record.wrongPINs + 1, lockedAt: nil, of: id)
            return record
        }
    }

    private func refusalOfWrongPIN(on id: ID<SigningCertificate>) async throws -> Refused {
        let now = office.clock.now
        let left: Int? = try await office.database.write { connection in
            let keys = Tables(connection).signingKeys
            guard let record = try keys.lock(id), !record.isLocked else { return nil }
            let left = max(0, PINRules.attempts - record.wrongPINs)
            if left == 0 { try keys.setWrongPINs(record.wrongPINs, lockedAt: now, of: id) }
            return left
        }
        if let left, left > 0 { return Refused(.wrongPIN(attemptsLeft: left)) }
        if left == 0 { office.log.warning("signing key locked after wrong PINs", metadata: ["key": "\(id)"]) }
        return Refused(.keyLocked)
    }

    private func forgetWrongPINs(of id: ID<SigningCertificate>) async throws {
        try await office.database.write { connection in
            let keys = Tables(connection).signingKeys
            guard let record = try keys.lock(id), !record.isLocked else { throw Refused(.keyLocked) }
            try keys.setWrongPINs(0, lockedAt: nil, of: id)
        }
    }

    static func random(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { [UInt8]($0) }
    }
}

extension SigningKeyRecord {
    /// Why it cannot sign several papers at once, whatever the PIN.
    package func batchRefusals(at now: Instant) -> [Refusal] {
        let reasons = refusals(at: now)
        return reasons.isEmpty && !place.kind.signsAtHand ? [.keyNotAtHand] : reasons
    }
}
