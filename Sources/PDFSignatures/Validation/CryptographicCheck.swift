import COpenSSL
import Foundation

/// Whether the bytes covered are the bytes that were signed, by the key of the certificate that is named
/// (ETSI EN 319 102-1, 5.2.7).
struct CryptographicCheck {
    let bytes: FileBytes
    let range: SignedRange
    let otherCertificates: [[UInt8]]

    func run(_ dictionary: PDFDictionary, into result: inout InspectedSignature) {
        let record: CMSSignature
        do throws(CMSError) {
            guard let contents = dictionary["Contents"]?.string else { throw .malformed("no contents") }
            record = try CMSSignature(contents)
        } catch {
            result.fail(.formatFailure, .badSignedData, "\(error)")
            return
        }
        if record.signerCount != 1 { result.fail(.formatFailure, .severalSigners) }
        result.record = record
        // Older forms say it among the signed attributes and not in the dictionary.
        if result.claimedTime == nil {
            result.claimedTime = record.signer.attributes["1.2.840.113549.1.9.5"]?.first.flatMap(
                ASN1Time.read)
        }
        guard let certificate = signer(of: record) else {
            result.fail(.noSigningCertificateFound, .signerCertificateMissing)
            return
        }
        result.certificate = certificate
        switch result.subFilter {
        case "ETSI.CAdES.detached", "adbe.pkcs7.detached":
            if record.content != nil { result.fail(.formatFailure, .badSignedData, "content inside") }
            checkContentType(record, into: &result)
            checkSignature(record.signer, certificate, covering: .document, into: &result)
            takeLevel(record.signer, into: &result)
        case "ETSI.RFC3161":
            checkTimestamp(record, certificate, into: &result)
        case "adbe.pkcs7.sha1":
            if record.content != range.digest("1.3.14.3.2.26", of: bytes) {
                result.fail(.hashFailure, .digestMismatch)
            }
            result.note(AlgorithmLimits.weakness(ofDigest: "1.3.14.3.2.26"))
            checkSignature(
                record.signer, certificate, covering: .content(record.content ?? []), into: &result)
        default:
            result.fail(.formatFailure, .unknownSubFilter, result.subFilter)
        }
    }

    private enum Subject {
        case document
        case content([UInt8])
    }

    private func checkSignature(
        _ signer: CMSSigner, _ certificate: CertificateRecord, covering subject: Subject,
        into result: inout InspectedSignature
    ) {
        let scheme: SignatureScheme
        do throws(CMSError) { scheme = try SignatureScheme(signer) } catch {
            result.fail(.signatureCryptoFailure, .unsupportedAlgorithm, "\(error)")
            return
        }
        result.note(AlgorithmLimits.weakness(ofDigest: scheme.digest))
        let outcome: SignatureScheme.Outcome
        if let attributes = signer.signedAttributes {
            checkDigest(signer, subject, into: &result)
            checkAttributes(signer, certificate, into: &result)
            outcome = scheme.check(
                certificate: certificate.der, first: attributes[...], signature: signer.signature)
        } else {
            result.findings.append(Finding(.missingSignedAttributes))
            outcome =
                switch subject {
                case .document:
                    scheme.check(
                        certificate: certificate.der, first: bytes[..<range.hole.lowerBound],
                        second: bytes[range.hole.upperBound..<range.end], signature: signer.signature)
                case .content(let content):
                    scheme.check(
                        certificate: certificate.der, first: content[...], signature: signer.signature)
                }
        }
        switch outcome {
        case .right: break
        case .wrong: result.fail(.signatureCryptoFailure, .signatureWrong)
        case .unusable: result.fail(.signatureCryptoFailure, .unsupportedAlgorithm, signer.signatureAlgorithm)
        }
    }

    private func checkDigest(_ signer: CMSSigner, _ subject: Subject, into result: inout InspectedSignature) {
        let actual: [UInt8]? =
            switch subject {
            case .document: range.digest(signer.digestAlgorithm, of: bytes)
            case .content(let content): DigestFunction.hash(signer.digestAlgorithm, content)
            }
        guard let actual else {
            result.fail(.signatureCryptoFailure, .unsupportedAlgorithm, signer.digestAlgorithm)
            return
        }
        let claimed = signer.attributes["1.2.840.113549.1.9.4"]?.first.flatMap { try? $0.octets() }
        if claimed != actual { result.fail(.hashFailure, .digestMismatch) }
    }

    private func checkAttributes(
        _ signer: CMSSigner, _ certificate: CertificateRecord, into result: inout InspectedSignature
    ) {
        switch SigningCertificateAttribute.check(signer, against: certificate) {
        case .matches: break
        case .matchesOldForm: result.findings.append(Finding(.oldSigningCertificateAttribute))
        case .absent: result.findings.append(Finding(.missingSigningCertificateAttribute))
        case .differs: result.fail(.noSigningCertificateFound, .signingCertificateMismatch)
        }
        if result.subFilter == "ETSI.CAdES.detached", signer.attributes["1.2.840.113549.1.9.5"] != nil {
            result.findings.append(Finding(.signingTimeAttribute))
        }
    }

    /// The signed content type must be there and be the one outside (RFC 5652, 5.3 and 11.1).
    private func checkContentType(_ record: CMSSignature, into result: inout InspectedSignature) {
        guard record.signer.signedAttributes != nil else { return }
        let signed = record.signer.attributes["1.2.840.113549.1.9.3"]?.first.flatMap {
            try? $0.objectIdentifier()
        }
        if signed != record.contentType { result.fail(.formatFailure, .badSignedData, "content type") }
    }

    private func takeLevel(_ signer: CMSSigner, into result: inout InspectedSignature) {
        let named = !result.findings.contains { $0.code == .missingSigningCertificateAttribute }
        if result.subFilter == "ETSI.CAdES.detached", signer.signedAttributes != nil, named {
            result.level = .basic
        }
    }

    /// Several certificates may bear the same issuer and number; the signed statement tells which is meant.
    private func signer(of record: CMSSignature) -> CertificateRecord? {
        let known = record.certificates + otherCertificates
        let first = record.certificate(for: record.signer, among: known)
        guard let first, SigningCertificateAttribute.check(record.signer, against: first) == .differs else {
            return first
        }
        for der in known {
            guard let candidate = record.certificate(for: record.signer, among: [der]) else { continue }
            switch SigningCertificateAttribute.check(record.signer, against: candidate) {
            case .matches, .matchesOldForm: return candidate
            case .absent, .differs: continue
            }
        }
        return first
    }

    /// A time stamp over the document (RFC 3161; ISO 32000-2, 12.8.5): its own content holds the document's
    /// digest.
    private func checkTimestamp(
        _ record: CMSSignature, _ certificate: CertificateRecord, into result: inout InspectedSignature
    ) {
        let token: TimestampToken
        do throws(CMSError) { token = try TimestampToken(der: [], record: record) } catch {
            result.fail(.formatFailure, .badSignedData, "\(error)")
            return
        }
        result.token = token
        if range.digest(token.algorithm, of: bytes) != token.imprint {
            result.fail(.hashFailure, .digestMismatch)
        }
        for flaw in token.flaws(others: [certificate.der]) where flaw != .purposeNotCritical {
            result.fail(flaw.subIndication, flaw.code, flaw.rawValue)
        }
        for weakness in token.weaknesses { result.note(weakness) }
    }
}

extension TimestampToken {
    /// Of the digest that was dated, and of the authority's own signature.
    var weaknesses: [Weakness] {
        let own = (try? SignatureScheme(record.signer))?.digest
        return [algorithm, own].compactMap { $0 }.compactMap(AlgorithmLimits.weakness(ofDigest:))
    }
}

extension TimestampToken.Flaw {
    var subIndication: SubIndication {
        switch self {
        case .severalSigners, .contentTypeMismatch: .formatFailure
        case .certificateMissing: .noSigningCertificateFound
        case .certificateMismatch: .noSigningCertificateFound
        case .purposeMissing, .purposeNotAlone, .purposeNotCritical: .chainConstraintsFailure
        case .digestMismatch: .hashFailure
        case .signatureWrong, .unsupportedAlgorithm: .signatureCryptoFailure
        case .certificateOutOfTime: .outOfBoundsNoProof
        }
    }

    var code: Finding.Code {
        switch self {
        case .severalSigners: .severalSigners
        case .contentTypeMismatch: .badSignedData
        case .certificateMissing: .signerCertificateMissing
        case .certificateMismatch: .signingCertificateMismatch
        case .purposeMissing, .purposeNotAlone, .purposeNotCritical: .purposeNotPermitted
        case .digestMismatch: .digestMismatch
        case .signatureWrong: .signatureWrong
        case .unsupportedAlgorithm: .unsupportedAlgorithm
        case .certificateOutOfTime: .certificateExpired
        }
    }
}

extension SubIndication {
    /// The indication that goes with it (ETSI EN 319 102-1, table 6). NOT_YET_VALID is final only when a clock
    /// proves it, which whoever finds that says.
    var isFinal: Bool {
        switch self {
        case .formatFailure, .hashFailure, .signatureCryptoFailure, .revoked, .expired: true
        default: false
        }
    }
}
