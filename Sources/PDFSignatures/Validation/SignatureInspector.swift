import Foundation

/// What can be said of a signature from the file alone: its form, its cryptography, what it covers and what
/// came after it. Whom the certificate belongs to is asked later.
struct InspectedSignature {
    let field: String
    var subFilter: String?
    var claimedTime: Date?
    /// Where its bytes lie; `nil` when no honest range is given.
    var range: SignedRange?
    var record: CMSSignature?
    /// Of a document timestamp.
    var token: TimestampToken?
    var certificate: CertificateRecord?
    var level: SignatureLevel?
    /// The first reason why the signature itself cannot be right.
    var failure: SubIndication?
    /// Algorithms that can be relied on only up to a day.
    var weaknesses: [Weakness] = []
    var coversWholeFile = false
    var modifications = Modifications.unknown
    var findings: [Finding] = []
    var end = 0

    var isIntact: Bool { failure == nil }
    var isTimestamp: Bool { subFilter == "ETSI.RFC3161" }

    mutating func fail(_ subIndication: SubIndication, _ code: Finding.Code, _ detail: String? = nil) {
        failure = failure ?? subIndication
        findings.append(Finding(code, detail))
    }

    mutating func note(_ weakness: Weakness?) {
        guard let weakness, !weaknesses.contains(weakness) else { return }
        weaknesses.append(weakness)
        findings.append(weakness.finding)
    }
}

struct SignatureInspector {
    let file: PDFFile
    /// Where a signer's certificate may be found that does not travel with the signature.
    var otherCertificates: [[UInt8]] = []

    /// In the order of signing.
    func inspectAll() throws(PDFError) -> [InspectedSignature] {
        let fields = try file.fields()
        var results: [InspectedSignature] = []
        for field in fields where field.type == "Sig" {
            guard let value = field.value, try !file.reader.resolve(value).isNull else { continue }
            guard results.count < file.reader.limits.signatures else { throw .overLimit("signatures") }
            results.append(inspect(field, value: value))
        }
        return results.enumerated().sorted { ($0.element.end, $0.offset) < ($1.element.end, $1.offset) }.map(
            \.element)
    }

    private func inspect(_ field: FormField, value: PDFObject) -> InspectedSignature {
        var result = InspectedSignature(field: field.name)
        guard let dictionary = (try? file.reader.dictionary(value)) ?? nil, let reference = value.reference
        else {
            result.fail(.formatFailure, .badSignatureDictionary)
            return result
        }
        readParticulars(dictionary, into: &result)
        let range: SignedRange
        do throws(SignedRange.Problem) {
            range = try SignedRange(dictionary, at: file.reader.place(of: reference), in: file.reader)
        } catch {
            let code: Finding.Code =
                switch error {
                case .dictionary: .badSignatureDictionary
                case .byteRange: .badByteRange
                case .contents: .badContents
                }
            result.fail(.formatFailure, code)
            return result
        }
        result.range = range
        result.end = range.end
        result.coversWholeFile = range.end == file.reader.bytes.count
        if !result.coversWholeFile { result.findings.append(Finding(.notWholeFile)) }
        CryptographicCheck(bytes: file.reader.bytes, range: range, otherCertificates: otherCertificates)
            .run(dictionary, into: &result)
        ChangesAfterSignature(file: file, field: field, value: reference, range: range).run(
            dictionary, into: &result)
        return result
    }

    private func readParticulars(_ dictionary: PDFDictionary, into result: inout InspectedSignature) {
        result.subFilter = try? file.reader.resolve(dictionary["SubFilter"]).name
        if let text = try? file.reader.resolve(dictionary["M"]).string {
            result.claimedTime = CivilTime.readPDFDate(TextString.decode(text))
        }
    }
}
