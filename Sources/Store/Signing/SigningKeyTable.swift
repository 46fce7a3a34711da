// Khóa ký của người và của cơ quan: where the key is (for a key file also the file and its wrapped passphrase),
// the picture of the signature or the seal, and the count of wrong PINs. One key in use an owner; a replaced one
// stays, because what it signed stays.
import Domain
import DualSQL
import Foundation

package struct SigningKeyRecord: Sendable {
    package let id: ID<SigningCertificate>
    package let owner: KeyOwner
    /// DER.
    package let certificate: [UInt8]
    package let subjectName: String
    package let pkcs12: [UInt8]
    package let wrappedPassphrase: [UInt8]
    package let salt: [UInt8]
    /// PNG: the person's signature in blue, or the agency's seal in red.
    package let picture: [UInt8]
    package let expiresAt: Instant
    package let wrongPINs: Int
    package let isLocked: Bool
    package let place: KeyPlace
    /// DER of the certificates above it, where the key does not bring them itself.
    package let chain: [[UInt8]]
    /// The number on the device, for the register of certificates; empty where there is none.
    package let device: String
    package let lastTest: KeyTest?

    package init(
        id: ID<SigningCertificate>, owner: KeyOwner, certificate: [UInt8], subjectName: String,
        pkcs12: [UInt8] = [],
        wrappedPassphrase: [UInt8] = [], salt: [UInt8] = [], picture: [UInt8], expiresAt: Instant,
        wrongPINs: Int = 0,
        isLocked: Bool = false, place: KeyPlace = .file, chain: [[UInt8]] = [], device: String = "",
        lastTest: KeyTest? = nil
    ) {
        self.id = id
        self.owner = owner
        self.certificate = certificate
        self.subjectName = subjectName
        self.pkcs12 = pkcs12
        self.wrappedPassphrase = wrappedPassphrase
        self.salt = salt
        self.picture = picture
        self.expiresAt = expiresAt
        self.wrongPINs = wrongPINs
        self.isLocked = isLocked
        self.place = place
        self.chain = chain
        self.device = device
        self.lastTest = lastTest
    }
}

package struct SigningKeyTable {
    let connection: Connection

    /// The owner's new key; the one used so far is kept as replaced.
    package func replace(with key: SigningKeyRecord, at now: Instant) throws {
        try end(key.owner, at: now)
        var account: ID<Account>?, agency: ID<Agency>?
        switch key.owner {
        case .person(let id): account = id
        case .agency(let id): agency = id
        }
        let place = PlaceColumns(key.place)
        try connection.execute(
            """
            INSERT INTO signing_key (id, account_id, agency_id, certificate, subject_name, pkcs12, wrapped_passphrase,
                salt, picture, expires_at, created_at, kind, holder, holder_account, key_name, chain, device)
            VALUES (\(key.id), \(account), \(agency), \(key.certificate), \(key.subjectName), \(key.pkcs12),
                \(key.wrappedPassphrase), \(key.salt), \(key.picture), \(key.expiresAt), \(now),
                \(key.place.kind), \(place.holder), \(place.account), \(place.keyName),
                \(ChainText.encode(key.chain)), \(key.device))
            """)
    }

    /// The key is used no more; what it signed stays.
    package func end(_ owner: KeyOwner, at now: Instant) throws {
        try connection.execute(
            "UPDATE signing_key SET replaced_at = \(now) WHERE replaced_at IS NULL AND " + Self.isOf(owner))
    }

    package func setTest(_ test: KeyTest, of id: ID<SigningCertificate>) throws {
        try connection.execute(
            "UPDATE signing_key SET tested_at = \(test.at), test_result = \(test.result) WHERE id = \(id)")
    }

    /// Of this very key, also when it was replaced meanwhile.
    package func find(id: ID<SigningCertificate>) throws -> SigningKeyRecord? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    /// The key in use.
    package func find(_ owner: KeyOwner) throws -> SigningKeyRecord? {
        try connection.first(Self.columns + " WHERE replaced_at IS NULL AND " + Self.isOf(owner), Self.read)
    }

    package func lock(_ id: ID<SigningCertificate>) throws -> SigningKeyRecord? {
        try connection.first(
            Self.columns + " WHERE replaced_at IS NULL AND id = \(id)" + connection.forUpdate, Self.read)
    }

    package func setWrongPINs(_ count: Int, lockedAt: Instant?, of id: ID<SigningCertificate>) throws {
        try connection.execute(
            "UPDATE signing_key SET wrong_pins = \(count), locked_at = \(lockedAt) WHERE id = \(id)")
    }

    private static func isOf(_ owner: KeyOwner) -> SQL {
        switch owner {
        case .person(let account): "account_id = \(account)"
        case .agency(let agency): "agency_id = \(agency)"
        }
    }

    private static let columns: SQL = """
        SELECT id, account_id, agency_id, certificate, subject_name, pkcs12, wrapped_passphrase, salt, picture,
            expires_at, wrong_pins, locked_at, kind, holder, holder_account, key_name, chain, device, tested_at,
            test_result
        FROM signing_key
        """

    private static func read(_ row: Row) throws -> SigningKeyRecord {
        let account: ID<Account>? = try row.optional(1)
        let lockedAt: Instant? = try row.optional(11)
        return SigningKeyRecord(
            id: try row[0], owner: try account.map { .person($0) } ?? .agency(try row[2]),
            certificate: try row[3],
            subjectName: try row[4], pkcs12: try row[5], wrappedPassphrase: try row[6], salt: try row[7],
            picture: try row[8], expiresAt: try row[9], wrongPINs: try row[10], isLocked: lockedAt != nil,
            place: try PlaceColumns(holder: row[13], account: row[14], keyName: row[15]).place(row[12]),
            chain: ChainText.decode(try row[16]), device: try row[17],
            lastTest: try KeyTest.read(at: row.optional(18), row.optional(19)))
    }
}

/// The columns that say where a key is.
struct PlaceColumns {
    var holder = "", account = "", keyName = ""

    init(holder: String, account: String, keyName: String) {
        (self.holder, self.account, self.keyName) = (holder, account, keyName)
    }

    init(_ place: KeyPlace) {
        switch place {
        case .file, .handOver: break
        case .token(let token): (holder, keyName) = (token.token, token.keyLabel)
        case .remote(let remote):
            (holder, account, keyName) = (remote.service, remote.account, remote.credential)
        }
    }

    func place(_ kind: KeyKind) -> KeyPlace {
        switch kind {
        case .file: .file
        case .token: .token(TokenPlace(token: holder, keyLabel: keyName))
        case .remote: .remote(RemotePlace(service: holder, account: account, credential: keyName))
        case .handOver: .handOver
        }
    }
}

extension KeyTest {
    static func read(at moment: Instant?, _ result: KeyTestResult?) -> KeyTest? {
        guard let moment, let result else { return nil }
        return KeyTest(at: moment, result: result)
    }
}

/// Certificates as base64 with a blank between them.
enum ChainText {
    static func encode(_ chain: [[UInt8]]) -> String {
        chain.map { Data($0).base64EncodedString() }.joined(separator: " ")
    }

    static func decode(_ text: String) -> [[UInt8]] {
        text.split(separator: " ").compactMap { Data(base64Encoded: String($0)).map { [UInt8]($0) } }
    }
}

extension Tables {
    package var signingKeys: SigningKeyTable { SigningKeyTable(connection: connection) }
}
