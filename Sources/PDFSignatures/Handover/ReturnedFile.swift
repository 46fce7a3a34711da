/// A file was given out to be signed by a program that is not ours (a token's own program on somebody's
/// desk) and comes back. Before anything is done with it, it must prove three things: it begins with the very
/// bytes that were given out, it carries exactly one more signature, right and by the certificate that was
/// expected, and besides that signature nothing was put on the page or into its form (ISO 32000-2, 7.5.6 and
/// 12.8.2; ETSI EN 319 142-1, 5.5).
public enum ReturnedFile {
    /// The signature that was added.
    public struct Proof: Sendable, Equatable {
        public let field: String
        /// DER.
        public let certificate: [UInt8]
        /// The name in the certificate.
        public let signer: String
    }

    /// The first thing that is wrong with it.
    public enum Fault: Error, Sendable, Equatable {
        case unreadable(PDFError)
        /// What was given out does not stand unchanged at its beginning.
        case notAnExtension
        case unsigned
        /// How many signatures were added.
        case severalSignatures(Int)
        case otherCertificate(signer: String?)
        /// Empty fields were filled in on the way; their names.
        case fieldsFilled([String])
        /// Page, annotations, form or anything else was changed.
        case contentAdded([Finding])
        /// The new signature itself is not right.
        case signatureWrong([Finding])
        /// Something was saved after the new signature.
        case changedAfterSigning([Finding])
    }

    /// - Parameters:
    ///   - returned: The file that came back, whole.
    ///   - served: The bytes that were given out.
    ///   - accepts: Whether a certificate (DER) is the expected one.
    /// - Throws: the fault. Whom the certificate is trusted by is not asked here: `Verification` does that.
    public static func prove(
        _ returned: [UInt8], extends served: [UInt8], accepting accepts: ([UInt8]) -> Bool,
        limits: PDFLimits = .default
    ) throws(Fault) -> Proof {
        guard returned.count >= served.count, returned.starts(with: served) else { throw .notAnExtension }
        let before: PDFFile
        let file: PDFFile
        let known: [InspectedSignature]
        let signatures: [InspectedSignature]
        do throws(PDFError) {
            let bytes = FileBytes(returned)
            before = try PDFFile(bytes, end: served.count, limits: limits)
            file = try PDFFile(bytes, limits: limits)
            known = try SignatureInspector(file: before).inspectAll()
            signatures = try SignatureInspector(file: file).inspectAll()
        } catch { throw .unreadable(error) }
        let added = try newSignature(signatures, known: known)
        guard let certificate = added.certificate, accepts(certificate.der) else {
            throw .otherCertificate(signer: added.certificate?.displayName)
        }
        let changes = try whatWasSaved(in: file, since: before, at: served.count)
        try judge(changes)
        if !added.isIntact { throw .signatureWrong(added.findings) }
        if added.modifications > .none { throw .changedAfterSigning(added.findings) }
        return Proof(
            field: added.field, certificate: certificate.der, signer: certificate.displayName ?? "")
    }

    private static func newSignature(
        _ signatures: [InspectedSignature], known: [InspectedSignature]
    ) throws(Fault) -> InspectedSignature {
        let names = Set(known.map(\.field))
        let added = signatures.filter { !names.contains($0.field) }
        guard signatures.count == known.count + added.count else { throw .notAnExtension }
        guard let first = added.first else { throw .unsigned }
        if added.count > 1 { throw .severalSignatures(added.count) }
        return first
    }

    /// Every saving after the bytes that were given out, each compared with the one before it.
    private static func whatWasSaved(
        in file: PDFFile, since before: PDFFile, at end: Int
    ) throws(Fault) -> Changes {
        let all = file.reader.sections
        let old = before.reader.sections
        let newer = all.count - old.count
        guard newer > 0, all[newer...].map(\.offset) == old.map(\.offset),
            all[..<newer].allSatisfy({ $0.offset + file.reader.shift >= end })
        else { throw .notAnExtension }
        var changes = Changes()
        do throws(PDFError) {
            var census = ReferenceCensus()
            census.count(before.reader, numbers: before.reader.entries.keys)
            var former = before
            for step in stride(from: newer - 1, through: 0, by: -1) {
                let next = try file.before(newest: step)
                var diff = RevisionDiff(old: former, new: next, census: census)
                try diff.run()
                changes.add(diff.changes)
                if let section = next.reader.sections.first, let previous = former.reader.sections.first {
                    RevisionBytes(
                        reader: next.reader, section: section, previous: previous, signedEnd: end
                    ).check(into: &changes)
                    census.count(next.reader, numbers: section.entries.keys)
                }
                former = next
            }
        } catch { throw .unreadable(error) }
        return changes
    }

    /// One field signed, and what every saving brings; nothing else.
    private static func judge(_ changes: Changes) throws(Fault) {
        let filled = changes.findings.filter { $0.code == .fieldFilled }.compactMap(\.detail)
        if !filled.isEmpty { throw .fieldsFilled(filled) }
        let harmless: Set<Finding.Code> = [
            .fieldSigned, .metadataChanged, .validationMaterialAdded, .objectUnused,
        ]
        let others = changes.findings.filter { !harmless.contains($0.code) }
        if changes.level > .formFilling || !others.isEmpty {
            throw .contentAdded(others.isEmpty ? changes.findings : others)
        }
    }
}
