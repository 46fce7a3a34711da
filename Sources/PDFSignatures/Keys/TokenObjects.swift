import CPKCS11
import Foundation

/// Keys and certificates on a token, and which belong together: makers of tokens agree on the identifier that a
/// key and its certificate share, less so on labels.
struct TokenObjects {
    let session: PKCS11Session

    /// How a key is found again after the token was opened anew.
    struct KeyPlace {
        let identifier: [UInt8]
        let label: [UInt8]

        var attributes: [TokenAttribute] {
            var list = [TokenAttribute(CKA_CLASS, CKO_PRIVATE_KEY)]
            if !identifier.isEmpty { list.append(TokenAttribute(CKA_ID, identifier)) }
            if !label.isEmpty { list.append(TokenAttribute(CKA_LABEL, label)) }
            return list
        }
    }

    struct Key {
        let place: KeyPlace
        let certificate: [UInt8]
        let chain: [[UInt8]]
        let wantsPIN: Bool
    }

    func look(for name: TokenKeyName) throws(PKCS11Failure) -> Result<Key, TokenError> {
        let keys = try privateKeys(named: name)
        guard !keys.isEmpty else { return .failure(.keyNotFound(name.text)) }
        let certificates = try allCertificates()
        var complete: [Key] = []
        for key in keys {
            let place = try place(of: key)
            guard let own = Self.certificate(for: place, among: certificates) else { continue }
            let wants = try session.attribute(CKA_ALWAYS_AUTHENTICATE, of: key)
            complete.append(
                Key(
                    place: place, certificate: own.record.der,
                    chain: Self.chain(above: own.record, among: certificates.map(\.record)),
                    wantsPIN: wants?.first.map { $0 != 0 } ?? false))
        }
        guard let first = complete.first else { return .failure(.keyWithoutCertificate(name.text)) }
        return complete.count == 1 ? .success(first) : .failure(.keyAmbiguous(name.text))
    }

    private func privateKeys(named name: TokenKeyName) throws(PKCS11Failure) -> [UInt] {
        let isKey = TokenAttribute(CKA_CLASS, CKO_PRIVATE_KEY)
        switch name {
        case .identifier(let identifier):
            return try session.find([isKey, TokenAttribute(CKA_ID, identifier)])
        case .label(let label):
            let wanted = TokenAttribute(CKA_LABEL, Array(label.utf8))
            let keys = try session.find([isKey, wanted])
            guard keys.isEmpty else { return keys }
            var found: Set<UInt> = []
            for certificate in try session.find([TokenAttribute(CKA_CLASS, CKO_CERTIFICATE), wanted]) {
                guard let identifier = try session.attribute(CKA_ID, of: certificate) else { continue }
                found.formUnion(try session.find([isKey, TokenAttribute(CKA_ID, identifier)]))
            }
            return found.sorted()
        }
    }

    private func place(of key: UInt) throws(PKCS11Failure) -> KeyPlace {
        KeyPlace(
            identifier: try session.attribute(CKA_ID, of: key) ?? [],
            label: try session.attribute(CKA_LABEL, of: key) ?? [])
    }

    private struct Certificate {
        let place: KeyPlace
        let record: CertificateRecord
    }

    private func allCertificates() throws(PKCS11Failure) -> [Certificate] {
        var list: [Certificate] = []
        for object in try session.find([
            TokenAttribute(CKA_CLASS, CKO_CERTIFICATE), TokenAttribute(CKA_CERTIFICATE_TYPE, CKC_X_509),
        ]) {
            guard let der = try session.attribute(CKA_VALUE, of: object),
                let record = try? CertificateRecord(der)
            else { continue }
            list.append(Certificate(place: try place(of: object), record: record))
        }
        return list
    }

    /// Of several for one key, as after a renewal, the one that began last.
    private static func certificate(for key: KeyPlace, among all: [Certificate]) -> Certificate? {
        let byIdentifier = all.filter { !key.identifier.isEmpty && $0.place.identifier == key.identifier }
        let fitting =
            byIdentifier.isEmpty
            ? all.filter { !key.label.isEmpty && $0.place.label == key.label } : byIdentifier
        return fitting.max { ($0.record.notBefore ?? .distantPast) < ($1.record.notBefore ?? .distantPast) }
    }

    private static func chain(above own: CertificateRecord, among all: [CertificateRecord]) -> [[UInt8]] {
        var chain: [CertificateRecord] = []
        var top = own
        while chain.count < 8, !top.isSelfIssued,
            let next = all.first(where: { $0 != own && !chain.contains($0) && top.isIssued(by: $0) })
        {
            chain.append(next)
            top = next
        }
        return chain.map(\.der)
    }
}
