import Foundation

@testable import PDFSignatures

/// A letter to which savings are added by hand, each with one signature, timestamp or security store, without
/// the engine's own writer: what the validator reads here, another program wrote.
struct HandmadePDF {
    private(set) var bytes = SmallLetter.pdf()
    private var size = 6
    private var fields: [Int] = []
    private var store: Int?

    /// - Parameter contents: Makes the signature from the digest of the covered bytes.
    mutating func sign(
        _ field: String = "ChuKy", subFilter: String = "ETSI.CAdES.detached",
        digest: DigestAlgorithm = .sha256, room: Int = 6_000,
        contents: ([UInt8], [UInt8]) throws -> [UInt8]
    ) throws {
        let (widget, value) = (size, size + 1)
        size += 2
        fields.append(widget)
        let gap = "<" + String(repeating: "0", count: 2 * room) + ">"
        let blank = String(repeating: " ", count: 60)
        save([
            (
                widget,
                "<</Type/Annot/Subtype/Widget/FT/Sig/T(\(field))/F 132/Rect[0 0 0 0]/P 3 0 R/V \(value) 0 R>>"
            ),
            (
                value,
                "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/\(subFilter)/ByteRange[\(blank)]/Contents\(gap)>>"
            ),
        ])
        guard let range = last("/ByteRange["),
            let start = last("/Contents<")
        else { return }
        let hole = (start + 9)..<(start + 9 + gap.utf8.count)
        let numbers = "0 \(hole.lowerBound) \(hole.upperBound) \(bytes.count - hole.upperBound)"
        bytes.replaceSubrange((range + 11)..<(range + 11 + numbers.utf8.count), with: Array(numbers.utf8))
        let covered = (Array(bytes[..<hole.lowerBound]), Array(bytes[hole.upperBound...]))
        let made = try contents(digest.hash(covered.0, covered.1), covered.0 + covered.1)
        for (index, byte) in made.enumerated() {
            let digits = Array("0123456789abcdef".utf8)
            bytes[hole.lowerBound + 1 + 2 * index] = digits[Int(byte >> 4)]
            bytes[hole.lowerBound + 2 + 2 * index] = digits[Int(byte & 15)]
        }
    }

    /// A timestamp over the whole document so far.
    mutating func stamp(_ field: String = "Dau", by clock: Party, at: Date) throws {
        try sign(field, subFilter: "ETSI.RFC3161") { digest, _ in
            try SmallPKI.token(by: clock, over: digest, at: at)
        }
    }

    mutating func addStore(certificates: [Party] = [], ocsp: [[UInt8]] = [], lists: [[UInt8]] = []) {
        var objects: [(Int, [UInt8])] = []
        func streams(_ pieces: [[UInt8]]) -> String {
            pieces.map { piece in
                let number = size
                size += 1
                objects.append(
                    (
                        number,
                        Array("<</Length \(piece.count)>>\nstream\n".utf8) + piece + Array("\nendstream".utf8)
                    ))
                return "\(number) 0 R"
            }.joined(separator: " ")
        }
        let number = size
        size += 1
        store = number
        let entries =
            "<</Certs[\(streams(certificates.map(\.certificate)))]/OCSPs[\(streams(ocsp))]/CRLs[\(streams(lists))]>>"
        append(objects + [(number, Array(entries.utf8))] + holders)
    }

    private func last(_ word: String) -> Int? {
        let wanted = Array(word.utf8)
        return (0...(bytes.count - wanted.count)).last {
            bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted)
        }
    }

    private var holders: [(Int, [UInt8])] {
        let list = fields.map { "\($0) 0 R" }.joined(separator: " ")
        let more = store.map { "/DSS \($0) 0 R" } ?? ""
        return [
            (1, Array("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[\(list)]/SigFlags 3>>\(more)>>".utf8)),
            (
                3,
                Array(
                    ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                        + "/Resources<</Font<</F1 5 0 R>>>>/Annots[\(list)]>>").utf8)
            ),
        ]
    }

    private mutating func save(_ objects: [(Int, String)]) {
        append(holders + objects.map { ($0.0, Array($0.1.utf8)) })
    }

    private mutating func append(_ objects: [(Int, [UInt8])]) {
        guard let mark = last("startxref") else { return }
        let previous = bytes[(mark + 10)...].prefix { (0x30...0x39).contains($0) }
        var table = ""
        for (number, body) in objects {
            let place = String(bytes.count)
            table +=
                "\(number) 1\n" + String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
            bytes += Array("\(number) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        let start = bytes.count
        let trailer = "<</Size \(size)/Root 1 0 R/Prev \(String(decoding: previous, as: UTF8.self))>>"
        bytes += Array("xref\n\(table)trailer\n\(trailer)\nstartxref\n\(start)\n%%EOF\n".utf8)
    }
}
