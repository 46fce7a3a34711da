import Foundation

@testable import PDFSignatures

/// ASN.1 as written by hand, for certificates, lists and timestamps whose every part a test can choose.
enum Der {
    static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        BERNode.header(tag, count: content.count) + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { tagged(0x30, parts.flatMap { $0 }) }
    static func set(_ parts: [UInt8]...) -> [UInt8] { tagged(0x31, parts.flatMap { $0 }) }
    static func octets(_ bytes: [UInt8]) -> [UInt8] { tagged(0x04, bytes) }
    static func bits(_ bytes: [UInt8]) -> [UInt8] { tagged(0x03, [0] + bytes) }
    static func text(_ text: String) -> [UInt8] { tagged(0x0C, Array(text.utf8)) }
    static func explicit(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { tagged(0xA0 | number, content) }
    static let yes: [UInt8] = [0x01, 0x01, 0xFF]

    static func integer(_ value: Int) -> [UInt8] {
        var digits: [UInt8] = []
        var rest = value
        repeat {
            digits.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        } while rest > 0
        return tagged(0x02, digits[0] & 0x80 == 0 ? digits : [0] + digits)
    }

    static func name(_ dotted: String) -> [UInt8] {
        let arcs = dotted.split(separator: ".").compactMap { UInt64($0) }
        var content: [UInt8] = []
        for arc in [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2) {
            var piece = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                piece.insert(0x80 | UInt8(rest & 0x7F), at: 0)
                rest >>= 7
            }
            content += piece
        }
        return tagged(0x06, content)
    }

    static func time(_ date: Date) -> [UInt8] {
        // Office time is seven hours ahead of the time that is written.
        let at = CivilTime.office(date - Double(CivilTime.officeOffset))
        let text = ([at.month, at.day, at.hour, at.minute, at.second].map(CivilTime.two)).joined()
        return tagged(0x18, Array("\(at.year)\(text)Z".utf8))
    }

    static let ecdsa = sequence(name("1.2.840.10045.4.3.2"))
    static let sha256 = sequence(name("2.16.840.1.101.3.4.2.1"))
}

/// A day of the story: `day(2024, 3)` is 1 March 2024.
func day(_ year: Int, _ month: Int, _ day: Int = 1, hour: Int = 0, minute: Int = 0) -> Date {
    CivilTime.date(year: year, month: month, day: day, hour: hour, minute: minute, second: 0) ?? .distantPast
}

/// Somebody with a key and a certificate: an authority, a responder, a clock or a signer.
final class Party: Sendable {
    let name: String
    let key: PKCS12Key
    let certificate: [UInt8]

    init(name: String, key: PKCS12Key, certificate: [UInt8]) {
        (self.name, self.key, self.certificate) = (name, key, certificate)
    }

    var record: CertificateRecord {
        get throws { try CertificateRecord(certificate) }
    }

    static func distinguished(_ name: String) -> [UInt8] {
        Der.sequence(Der.set(Der.sequence(Der.name("2.5.4.3"), Der.text(name))))
    }

    /// `part` with the algorithm and this party's signature.
    func signed(_ part: [UInt8]) throws -> [UInt8] {
        Der.sequence(part, Der.ecdsa, Der.bits(try key.sign(part)))
    }
}

/// An extension by name; its value is DER.
struct Extension {
    let name: String
    var isCritical = false
    let value: [UInt8]

    var der: [UInt8] {
        Der.sequence(Der.name(name), isCritical ? Der.yes : [], Der.octets(value))
    }

    static func authority(pathLength: Int? = nil) -> Extension {
        Extension(
            name: "2.5.29.19", isCritical: true,
            value: Der.sequence(Der.yes, pathLength.map(Der.integer) ?? []))
    }

    /// Bits by number, first bit highest.
    static func usage(_ bits: Int...) -> Extension {
        let byte = bits.reduce(UInt8(0)) { $0 | (0x80 >> UInt8($1)) }
        return Extension(name: "2.5.29.15", isCritical: true, value: Der.tagged(0x03, [0, byte]))
    }

    static func purpose(_ name: String, isCritical: Bool = false) -> Extension {
        Extension(name: "2.5.29.37", isCritical: isCritical, value: Der.sequence(Der.name(name)))
    }

    static func sources(issuer: String? = nil, ocsp: String? = nil) -> Extension {
        func access(_ method: String, _ url: String) -> [UInt8] {
            Der.sequence(Der.name(method), Der.tagged(0x86, Array(url.utf8)))
        }
        let parts =
            (issuer.map { access("1.3.6.1.5.5.7.48.2", $0) } ?? [])
            + (ocsp.map { access("1.3.6.1.5.5.7.48.1", $0) } ?? [])
        return Extension(name: "1.3.6.1.5.5.7.1.1", value: Der.sequence(parts))
    }

    static func list(_ url: String) -> Extension {
        let point = Der.explicit(0, Der.explicit(0, Der.tagged(0x86, Array(url.utf8))))
        return Extension(name: "2.5.29.31", value: Der.sequence(Der.sequence(point)))
    }
}

/// A public-key infrastructure whose every date a test sets. The years lie in the past, so that no clock on any
/// wall finds them in the future.
enum SmallPKI {
    /// Elliptic keys, made once: who holds them is for the certificates to say.
    static let keys: [PKCS12Key] = (0..<9).map { number in
        do { return try TestKeys.key("Khóa \(number)", "\(number)", type: .p256) } catch {
            preconditionFailure("test keys: \(error)")
        }
    }

    static let url = "http://pki.test/"
    static let end = Extension.usage(0, 1)

    static func certificate(
        _ name: String, key: Int, by issuer: Party?, from: Date = day(2023, 1), to: Date = day(2025, 1),
        serial: Int = 7, _ extensions: [Extension]
    ) throws -> Party {
        let own = keys[key]
        let record = try CertificateRecord(own.certificate)
        let part = Der.sequence(
            Der.explicit(0, Der.integer(2)), Der.integer(serial), Der.ecdsa,
            Party.distinguished(issuer?.name ?? name), Der.sequence(Der.time(from), Der.time(to)),
            Party.distinguished(name), record.publicKeyRecord,
            extensions.isEmpty ? [] : Der.explicit(3, Der.sequence(extensions.flatMap(\.der))))
        let signer = issuer ?? Party(name: name, key: own, certificate: [])
        return Party(name: name, key: own, certificate: try signer.signed(part))
    }

    static func made(_ make: () throws -> Party) -> Party {
        do { return try make() } catch { preconditionFailure("test certificates: \(error)") }
    }

    static let root = made {
        try certificate(
            "Gốc", key: 0, by: nil, from: day(2010, 1), to: day(2050, 1), [.authority(), .usage(5, 6)])
    }
    static let authority = made {
        try certificate(
            "Tổ chức chứng thực", key: 1, by: root, from: day(2010, 1), to: day(2040, 1), serial: 2,
            [.authority(), .usage(5, 6), .list(url + "root.crl")])
    }
    /// Names a list and a responder.
    static let signer = made {
        try certificate(
            "Lâm Khánh Toàn", key: 2, by: authority, serial: 11,
            [end, .sources(ocsp: url + "ocsp"), .list(url + "ca.crl")])
    }
    static let responder = made {
        try certificate(
            "Máy trả lời", key: 3, by: authority, from: day(2012, 1), to: day(2035, 1), serial: 12,
            [
                .usage(0), .purpose(OCSPResponse.signingPurpose),
                Extension(name: "1.3.6.1.5.5.7.48.1.5", value: [5, 0]),
            ])
    }
    /// A clock straight under the root that names nowhere to ask.
    static let clock = made { try clock("Đồng hồ", key: 4, from: day(2010, 1), to: day(2035, 1)) }

    static func clock(_ name: String, key: Int, from: Date, to: Date, _ more: [Extension] = []) throws
        -> Party
    {
        try certificate(
            name, key: key, by: root, from: from, to: to, serial: 20 + key,
            [.usage(0), .purpose(TimestampToken.purpose, isCritical: true)] + more)
    }

    static let trust = TrustStore(roots: [root.certificate])

    // MARK: Answers

    struct Revoked {
        let serial: Int
        let at: Date
        var reason: Int?
    }

    static func list(
        by issuer: Party, at: Date, next: Date? = nil, revoked: [Revoked] = [], _ extensions: [Extension] = []
    ) throws -> [UInt8] {
        let entries = revoked.flatMap { entry in
            let reason = entry.reason.map {
                Der.sequence(Extension(name: "2.5.29.21", value: Der.tagged(0x0A, [UInt8($0)])).der)
            }
            return Der.sequence(Der.integer(entry.serial), Der.time(entry.at), reason ?? [])
        }
        return try issuer.signed(
            Der.sequence(
                Der.integer(1), Der.ecdsa, Party.distinguished(issuer.name), Der.time(at),
                next.map(Der.time) ?? [], entries.isEmpty ? [] : Der.sequence(entries),
                extensions.isEmpty ? [] : Der.explicit(0, Der.sequence(extensions.flatMap(\.der)))))
    }

    static func ocsp(
        about certificate: Party, issuer: Party, by responder: Party, at: Date, next: Date? = nil,
        revokedAt: Date? = nil, reason: Int? = nil
    ) throws -> [UInt8] {
        let (record, above) = (try certificate.record, try issuer.record)
        let id = Der.sequence(
            Der.sequence(Der.name(OCSPCertificateID.sha1), [5, 0]),
            Der.octets(DigestFunction.hash(OCSPCertificateID.sha1, above.subject) ?? []),
            Der.octets(DigestFunction.hash(OCSPCertificateID.sha1, above.publicKey) ?? []),
            record.serialNumber)
        let given = reason.map { Der.explicit(0, Der.tagged(0x0A, [UInt8($0)])) } ?? []
        let status = revokedAt.map { Der.tagged(0xA1, Der.time($0) + given) } ?? [0x80, 0]
        let answer = Der.sequence(
            id, status, Der.time(at), next.map { Der.explicit(0, Der.time($0)) } ?? [])
        let part = Der.sequence(
            Der.explicit(1, Party.distinguished(responder.name)), Der.time(at), Der.sequence(answer))
        let basic = Der.sequence(
            part, Der.ecdsa, Der.bits(try responder.key.sign(part)),
            Der.explicit(0, Der.sequence(responder.certificate)))
        return Der.sequence(
            [0x0A, 1, 0],
            Der.explicit(0, Der.sequence(Der.name("1.3.6.1.5.5.7.48.1.1"), Der.octets(basic))))
    }

    // MARK: Signatures

    struct Attribute {
        let name: String
        let value: [UInt8]

        var der: [UInt8] { Der.sequence(Der.name(name), Der.set(value)) }
    }

    /// CMS with one signer. `content` travels inside when `type` is not plain data.
    static func signature(
        by signer: Party, over digest: [UInt8], type: String = "1.2.840.113549.1.7.1",
        content: [UInt8]? = nil, certificates: [[UInt8]]? = nil, signed: [Attribute] = [],
        unsigned: ([UInt8]) throws -> [Attribute] = { _ in [] }
    ) throws -> [UInt8] {
        let record = try signer.record
        let essence = Der.sequence(
            Der.sequence(Der.sequence(Der.octets(DigestAlgorithm.sha256.hash(signer.certificate)))))
        let attributes =
            [
                Attribute(name: "1.2.840.113549.1.9.3", value: Der.name(type)),
                Attribute(name: "1.2.840.113549.1.9.4", value: Der.octets(digest)),
                Attribute(name: "1.2.840.113549.1.9.16.2.47", value: essence),
            ] + signed
        let body = attributes.map(\.der).sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
        let value = try signer.key.sign(Der.tagged(0x31, body))
        let later = try unsigned(value)
        let info = Der.sequence(
            Der.integer(1), Der.sequence(record.issuer, record.serialNumber), Der.sha256,
            Der.tagged(0xA0, body), Der.ecdsa, Der.octets(value),
            later.isEmpty ? [] : Der.tagged(0xA1, later.flatMap(\.der)))
        let inside = content.map { Der.explicit(0, Der.octets($0)) } ?? []
        let bag = certificates ?? [signer.certificate]
        return Der.sequence(
            Der.name("1.2.840.113549.1.7.2"),
            Der.explicit(
                0,
                Der.sequence(
                    Der.integer(1), Der.set(Der.sha256), Der.sequence(Der.name(type), inside),
                    bag.isEmpty ? [] : Der.tagged(0xA0, bag.flatMap { $0 }), Der.set(info))))
    }

    /// A timestamp over a SHA-256 digest.
    static func token(by clock: Party, over digest: [UInt8], at: Date) throws -> [UInt8] {
        let content = Der.sequence(
            Der.integer(1), Der.name("1.2.3"), Der.sequence(Der.sha256, Der.octets(digest)), Der.integer(5),
            Der.time(at))
        return try signature(
            by: clock, over: DigestAlgorithm.sha256.hash(content), type: TimestampToken.contentType,
            content: content)
    }

    static func timestamped(by clock: Party, at: Date) -> ([UInt8]) throws -> [Attribute] {
        { value in
            [
                Attribute(
                    name: "1.2.840.113549.1.9.16.2.14",
                    value: try token(by: clock, over: DigestAlgorithm.sha256.hash(value), at: at))
            ]
        }
    }
}
