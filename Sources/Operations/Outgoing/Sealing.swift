// Đóng dấu (D2, D3; Nghị định 30/2020, Điều 26 and 33, Phụ lục I): number and date are filled into the fields
// that were prepared before the leader signed, the agency signs with its seal over the left third, and every
// separate enclosure gets the agency's signature as text at the upper right. Outside any transaction; all are
// sealed or none.
import BlobStorage
import Domain
import Foundation
import PDFSignatures
import Store

/// The files of an issued document, stored and ready to be entered.
struct SealedFiles: Sendable {
    let files: [StoredDocumentFile]
    /// The signed file that was sealed.
    let signedHash: String
    let certificate: String
    /// Of the seal on the letter.
    let level: SignatureLevel
    let sealedAt: Instant
}

struct Sealing: Sendable {
    let office: Office
    let issuance: Issuance
    let agency: Agency
    let key: UnlockedKey
    /// Until the files are entered.
    let hold: BlobHold

    func seal(_ signed: SignedFileRecord, _ bundle: DraftBundle) throws -> SealedFiles {
        let now = office.clock.now
        let fonts = try LetterFonts.load()
        let filled = try FilledLetter(office: office, issuance: issuance, signed: signed).bytes()
        office.killPoints.pass(.fieldsFilled)
        let (main, level) = try sealLetter(filled, at: now)
        let enclosures = bundle.files.filter { $0.kind == .enclosure }
        let sealed = try enclosures.map { try (file: $0, bytes: sealEnclosure($0, fonts, at: now)) }
        office.killPoints.pass(.sealedBeforeStoring)
        var files = [try store(main, as: .main, name: "\(issuance.fileName).pdf", pages: signed.pages, at: 1)]
        for enclosure in sealed {
            let name = enclosure.file.pdf?.name ?? enclosure.file.source.name
            files.append(
                try store(
                    enclosure.bytes, as: .enclosure, name: name, pages: enclosure.file.pdf?.pages ?? 0,
                    at: files.count + 1))
        }
        for enclosure in enclosures where enclosure.source.hash != enclosure.pdf?.hash {
            files.append(
                StoredDocumentFile(ordinal: files.count + 1, kind: .original, file: enclosure.source))
        }
        office.killPoints.pass(.sealedStored)
        return SealedFiles(
            files: files, signedHash: signed.hash, certificate: key.certificateHash, level: level,
            sealedAt: now)
    }

    // MARK: The letter

    private var lasting: LastingSignatures { LastingSignatures(office: office) }

    private func sealLetter(
        _ filled: [UInt8], at now: Instant
    ) throws -> (bytes: [UInt8], level: SignatureLevel) {
        let request = SigningRequest(
            field: FieldName.seal, appearance: .image(png: key.record.picture), key: key.key,
            location: agency.place,
            name: agency.name, signingTime: now.date)
        let (sealed, level) = try lasting.sign(
            filled, request, with: key.key, wanted: office.signing.sealLevel)
        try check(sealed, signatures: 2)
        return (sealed, level)
    }

    // MARK: Enclosures

    private func sealEnclosure(_ file: DraftFile, _ fonts: LetterFonts, at now: Instant) throws -> [UInt8] {
        guard let pdf = file.pdf else { throw Refused(.enclosureNotConverted(file.source.name)) }
        let bytes = try office.bytes(ofFile: pdf.hash)
        guard let first = try PDFFile(bytes).pages.first else { throw Refused(.sealingFailed) }
        let lines = ["Số: \(issuance.numberAndNotation)", now.officeISO]
        let request = SigningRequest(
            field: FieldName.seal, place: SignatureLayout.enclosure(on: first, lines: lines.count),
            appearance: .text(lines: lines, font: fonts.upright), key: key.key, location: agency.place,
            name: agency.name, signingTime: now.date)
        let (sealed, _) = try lasting.sign(bytes, request, with: key.key, wanted: office.signing.sealLevel)
        try check(sealed, signatures: 1)
        return sealed
    }

    /// Judged once more as a whole before anything is entered: every signature there is, the seal among them, is
    /// right and unharmed. The leader's stands where the leader's own program put it.
    private func check(_ bytes: [UInt8], signatures count: Int) throws {
        let verdicts = SignatureReports(office: office).report(on: bytes).signatures
        if let bad = verdicts.first(where: { !$0.isWhole(trusted: office.trust) }) {
            throw SigningError.resultNotValid(field: bad.field, reason: "not valid after sealing")
        }
        guard verdicts.count >= count, verdicts.contains(where: { $0.field == FieldName.seal }) else {
            throw SigningError.resultNotValid(field: FieldName.seal, reason: "not there after sealing")
        }
    }

    // MARK: Files

    private func store(
        _ bytes: [UInt8], as kind: DocumentFileKind, name: String, pages: Int, at ordinal: Int
    ) throws -> StoredDocumentFile {
        let blob = try office.blobs.put(bytes, under: hold)
        return StoredDocumentFile(
            ordinal: ordinal, kind: kind,
            file: FileReference(
                hash: blob.hash.hex, size: blob.size, name: name, mediaType: "application/pdf", pages: pages))
    }
}

extension Instant {
    /// `2026-05-12T07:30:00+07:00` (ISO 8601), office time.
    package var officeISO: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let second = secondOfDay
        return "\(officeDate.iso)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))+07:00"
    }
}
