import Foundation

/// A signature or document timestamp as it lies in the file, for collecting the evidence about it. Whether it
/// is right is not asked here.
struct SignatureContents {
    let field: String
    let isTimestamp: Bool
    /// The whole of `/Contents`, padding included.
    let contents: [UInt8]
    let record: CMSSignature
    /// How far into the file it covers.
    let end: Int

    /// The timestamp, when it is one that can be read.
    var token: TimestampToken? {
        isTimestamp ? try? TimestampToken(der: contents, record: record) : nil
    }
}

extension PDFFile {
    /// In the order of signing.
    ///
    /// - Throws: `SigningError.resultNotValid` for one that cannot be read: no evidence could ever help it.
    func signatureContents() throws(SigningError) -> [SignatureContents] {
        var found: [SignatureContents] = []
        for field in try formFields() where field.type == "Sig" {
            guard let one = try contents(of: field) else { continue }
            found.append(one)
        }
        return found.sorted { $0.end < $1.end }
    }

    private func contents(of field: FormField) throws(SigningError) -> SignatureContents? {
        let dictionary: PDFDictionary?
        let subFilter: String?
        do throws(PDFError) {
            dictionary = try reader.dictionary(field.value)
            subFilter = try reader.resolve(dictionary?["SubFilter"]).name
        } catch { throw .unreadable(error) }
        guard let dictionary else { return nil }
        guard let place = field.value?.reference.flatMap({ reader.place(of: $0) }),
            let range = try? SignedRange(dictionary, at: place, in: reader),
            let contents = dictionary["Contents"]?.string, let record = try? CMSSignature(contents)
        else { throw .resultNotValid(field: field.name, reason: "cannot be read") }
        return SignatureContents(
            field: field.name, isTimestamp: subFilter == "ETSI.RFC3161", contents: contents, record: record,
            end: range.end)
    }
}
