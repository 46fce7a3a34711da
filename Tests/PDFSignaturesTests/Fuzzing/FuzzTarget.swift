import Foundation

@testable import PDFSignatures

/// The doors through which hostile bytes come in, one for each kind of bytes. A fuzzer pushes at them for hours
/// (`bin/soak fuzz`); every file that ever mattered is pushed through again in each test run.
enum FuzzTarget: String, CaseIterable, Sendable {
    /// A whole PDF: reader, form, pages, every signature and every saving after it.
    case reader
    /// The CMS of a signature.
    case cms
    /// OCSP answers and revocation lists.
    case revocation
    /// Timestamp replies and tokens.
    case timestamp
    /// A certificate, and a bundle of them.
    case certificate
    /// Objects that a later saving writes into a signed letter, its cross-reference made right.
    case saving
    /// Bytes put behind a signed letter as they are.
    case tail

    /// What the bytes did that they must not do; `nil` for the many that do nothing. A trap, a hang or
    /// exhausted memory speaks for itself.
    func push(_ bytes: [UInt8], at letter: SignedLetter) -> String? {
        switch self {
        case .reader: _ = try? Verification.verify(bytes, trust: .empty, at: letter.moment, limits: .fuzzing)
        case .cms:
            if let record = try? CMSSignature(bytes) {
                _ = record.certificate(for: record.signer)
                _ = try? SignatureScheme(record.signer)
            }
        case .revocation:
            _ = try? OCSPResponse(bytes)
            _ = try? CertificateList(bytes)
        case .timestamp:
            _ = try? TimestampResponse(bytes)
            _ = try? TimestampToken(bytes)
        case .certificate:
            _ = try? CertificateRecord(bytes)
        case .saving: return letter.judge(letter.bytes + FuzzSaving(bytes).written(after: letter))
        case .tail: return letter.judge(letter.bytes + bytes)
        }
        return nil
    }
}

extension PDFLimits {
    /// Small, so that a fuzzer meets the limits and not the machine's.
    static let fuzzing: PDFLimits = {
        var limits = PDFLimits()
        limits.inflatedStream = 1 << 20
        limits.inflatedTotal = 4 << 20
        limits.sections = 50
        limits.pages = 500
        limits.fields = 500
        limits.signatures = 5
        return limits
    }()
}

/// A letter with one good signature, and what its page shows. Whatever comes after it: as long as the signature is
/// not judged failed and the letter unmodified or filled in, the page shows what was signed.
struct SignedLetter {
    let bytes: [UInt8]
    let moment: Date
    let trust: TrustStore
    let section: Int
    let size: Int
    private let shown: PDFObject

    init(_ bytes: [UInt8], root: [UInt8], moment: Date) throws {
        let file = try PDFFile(bytes)
        self.bytes = bytes
        self.moment = moment
        trust = TrustStore(roots: [root])
        section = file.reader.sections.first?.offset ?? 0
        size = (file.reader.entries.keys.max() ?? 0) + 1
        shown = SignedLetter.shown(file)
    }

    /// Everything that the first page draws on its own, annotations aside.
    private static func shown(_ file: PDFFile) -> PDFObject {
        guard file.pageNodes.count == 1 else { return .null }
        var page = file.pageNodes[0].dictionary
        page["Annots"] = nil
        page["Parent"] = nil
        var budget = 2_000
        return settled(.dictionary(page), in: file.reader, depth: 0, budget: &budget)
    }

    private static func settled(
        _ object: PDFObject, in reader: ObjectReader, depth: Int, budget: inout Int
    ) -> PDFObject {
        budget -= 1
        guard depth < 12, budget > 0 else { return .null }
        switch object {
        case .reference(let reference):
            let target = (try? reader.object(reference)) ?? .null
            return settled(target, in: reader, depth: depth + 1, budget: &budget)
        case .array(let items):
            return .array(items.map { settled($0, in: reader, depth: depth + 1, budget: &budget) })
        case .dictionary(let entries):
            return .dictionary(settled(entries, in: reader, depth: depth, budget: &budget))
        case .stream(var stream):
            stream.dictionary = settled(stream.dictionary, in: reader, depth: depth, budget: &budget)
            return .stream(stream)
        default: return object
        }
    }

    private static func settled(
        _ entries: PDFDictionary, in reader: ObjectReader, depth: Int, budget: inout Int
    ) -> PDFDictionary {
        var result: PDFDictionary = [:]
        for key in entries.keys.sorted() where key != "Parent" {
            result[key] = entries[key].map { settled($0, in: reader, depth: depth + 1, budget: &budget) }
        }
        return result
    }

    /// The verdict on a file that begins with this letter, held against what it shows.
    func judge(_ pdf: [UInt8]) -> String? {
        guard let report = try? Verification.verify(pdf, trust: trust, at: moment, limits: .fuzzing),
            let first = report.signatures.first, first.indication != .totalFailed,
            first.modifications <= .formFilling
        else { return nil }
        guard let file = try? PDFFile(pdf, limits: .fuzzing) else { return "judged, and cannot be read" }
        return SignedLetter.shown(file) == shown
            ? nil : "judged \(first.modifications), and shows something else"
    }
}

/// A saving made of the fuzzer's bytes: `number object-text` pairs between bytes of 0xFF; the rest is made right.
struct FuzzSaving {
    private var objects: [(number: Int, text: [UInt8])] = []
    private var trailer: [UInt8] = []

    init(_ bytes: [UInt8]) {
        for part in bytes.split(separator: 0xFF, maxSplits: 16) {
            guard let number = part.first else { continue }
            if number == 0 {
                trailer = Array(part.dropFirst())
            } else {
                objects.append((Int(number), Array(part.dropFirst())))
            }
        }
    }

    func written(after letter: SignedLetter) -> [UInt8] {
        var bytes: [UInt8] = Array("\n".utf8)
        var rows = ""
        for (number, text) in objects {
            let place = String(letter.bytes.count + bytes.count)
            rows +=
                "\(number) 1\n" + String(repeating: "0", count: max(0, 10 - place.count)) + place
                + " 00000 n \n"
            bytes += Array("\(number) 0 obj\n".utf8) + text + Array("\nendobj\n".utf8)
        }
        let start = letter.bytes.count + bytes.count
        bytes +=
            Array("xref\n\(rows)trailer\n<</Size 256 /Root 1 0 R /Prev \(letter.section) ".utf8) + trailer
        return bytes + Array(">>\nstartxref\n\(start)\n%%EOF\n".utf8)
    }
}
