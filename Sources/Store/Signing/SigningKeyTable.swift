// Khóa ký của người và của cơ quan: the key file and its wrapped passphrase, the picture of the signature or
// the seal, and the count of wrong PINs. One key in use an owner; a replaced one stays, because what it
// signed stays.
import Domain
import DualSQL

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

    package init(
        id: ID<SigningCertificate>, owner: KeyOwner, certificate: [UInt8], subjectName: String,
        pkcs12: [UInt8],
        wrappedPassphrase: [UInt8], salt: [UInt8], picture: [UInt8], expiresAt: Instant, wrongPINs: Int = 0,
        isLocked: Bool = false
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
    }
}

package struct SigningKeyTable {
    let connection: Connection

    /// The owner's new key; the one used so far is kept as replaced.
    package func replace(with key: SigningKeyRecord, at now: Instant) throws {
        try connection.execute(
            "UPDATE signing_key SET replaced_at = \(now) WHERE replaced_at IS NULL AND "
                + Self.isOf(key.owner))
        var account: ID<Account>?, agency: ID<Agency>?
        switch key.owner {
        case .person(let id): account = id
        case .agency(let id): agency = id
        }
        try connection.execute(
            """
            INSERT INTO signing_key (id, account_id, agency_id, certificate, subject_name, pkcs12, wrapped_passphrase,
                salt, picture, expires_at, created_at)
            VALUES (\(key.id), \(account), \(agency), \(key.certificate), \(key.subjectName), \(key.pkcs12),
                \(key.wrappedPassphrase), \(key.salt), \(key.picture), \(key.expiresAt), \(now))
            """)
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
            expires_at, wrong_pins, locked_at
        FROM signing_key
        """

    private static func read(_ row: Row) throws -> SigningKeyRecord {
        let account: ID<Account>? = try row.optional(1)
        let lockedAt: Instant? = try row.optional(11)
        return SigningKeyRecord(
            id: try row[0], owner: try account.map { .person($0) } ?? .agency(try row[2]),
            certificate: try row[3],
            subjectName: try row[4], pkcs12: try row[5], wrappedPassphrase: try row[6], salt: try row[7],
            picture: try row[8], expiresAt: try row[9], wrongPINs: try row[10], isLocked: lockedAt != nil)
    }
}

extension Tables {
    package var signingKeys: SigningKeyTable { SigningKeyTable(connection: connection) }
}
