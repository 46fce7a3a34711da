import COpenSSL
import Foundation

/// Whether the bytes covered are the bytes that were signed, by the key of the certificate that is named
/// (ETSI EN 319 102-1, 5.2.7).
struct CryptographicCheck {
    let bytes: FileBytes
    let range: SignedRange

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
        result.certificates = record.certificates
        guard let certificate = record.certificate(for: record.signer) else {
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
            result.findings.append(Finding(.weakDigest, "SHA-1"))
            result.doubt = .cryptoConstraintsFailureNoProof
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
        if DigestFunction.isBroken(scheme.digest) {
            result.findings.append(Finding(.weakDigest, DigestFunction.name(scheme.digest)))
            result.doubt = .cryptoConstraintsFailureNoProof
        }
        checkKey(certificate, into: &result)
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
        case .differs: result.fail(.signatureConstraintsFailure, .signingCertificateMismatch)
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

    private func checkKey(_ certificate: CertificateRecord, into result: inout InspectedSignature) {
        var kind: Int32 = 0
        var bits: Int32 = 0
        guard copenssl_certificate_key(certificate.der, certificate.der.count, &kind, &bits) == 1 else {
            return
        }
        let isRSA = UInt32(kind) == copenssl_key_rsa.rawValue || UInt32(kind) == copenssl_key_rsa_pss.rawValue
        if isRSA, bits < 2_048 {
            result.findings.append(Finding(.weakKey, "RSA \(bits)"))
            result.doubt = result.doubt ?? .cryptoConstraintsFailureNoProof
        }
    }

    private func takeLevel(_ signer: CMSSigner, into result: inout InspectedSignature) {
        let named = !result.findings.contains { $0.code == .missingSigningCertificateAttribute }
        if result.subFilter == "ETSI.CAdES.detached", signer.signedAttributes != nil, named {
            result.level = .basic
        }
        if signer.unsignedAttributes["1.2.840.113549.1.9.16.2.14"] != nil {
            result.findings.append(Finding(.timestampInvalid, "not checked"))
        }
    }

    /// A time stamp over the document (RFC 3161; ISO 32000-2, 12.8.5): its own content holds the document's
    /// digest.
    private func checkTimestamp(
        _ record: CMSSignature, _ certificate: CertificateRecord, into result: inout InspectedSignature
    ) {
        guard let content = record.content,
            let parts = try? BERNode.first(in: content[...]).children(), parts.count >= 5,
            let imprint = try? parts[2].children(), imprint.count == 2,
            let algorithm = try? imprint[0].children().first?.objectIdentifier()
        else {
            result.fail(.formatFailure, .badSignedData, "no time stamp inside")
            return
        }
        if range.digest(algorithm, of: bytes) != Array(imprint[1].content) {
            result.fail(.hashFailure, .digestMismatch)
        }
        result.timestamp = ASN1Time.read(parts[4])
        checkContentType(record, into: &result)
        checkSignature(record.signer, certificate, covering: .content(content), into: &result)
    }
}
