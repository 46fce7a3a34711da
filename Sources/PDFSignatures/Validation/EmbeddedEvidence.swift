/// The document's security store as it stands (DSS; ISO 32000-2, 12.8.4.3): certificates, OCSP answers and
/// revocation lists, each with the place of its bytes in the file, for the timestamps that cover it. What
/// cannot be read is passed over.
struct EmbeddedEvidence {
    struct Piece {
        let bytes: [UInt8]
        let position: Int?
    }

    private(set) var isPresent = false
    private(set) var certificates: [Piece] = []
    private(set) var ocspResponses: [Piece] = []
    private(set) var revocationLists: [Piece] = []

    private static let limit = 2_000

    init(_ file: PDFFile) {
        let reader = file.reader
        guard let store = (try? reader.dictionary(file.catalog["DSS"])) ?? nil else { return }
        isPresent = true
        var seen: Set<PDFReference> = []
        var holders = [(store, ["Certs", "OCSPs", "CRLs"])]
        let entries = ((try? reader.dictionary(store["VRI"])) ?? nil) ?? [:]
        for entry in entries.values.prefix(EmbeddedEvidence.limit) {
            if let one = (try? reader.dictionary(entry)) ?? nil {
                holders.append((one, ["Cert", "OCSP", "CRL"]))
            }
        }
        for (holder, keys) in holders {
            certificates += EmbeddedEvidence.pieces(holder[keys[0]], reader, &seen)
            ocspResponses += EmbeddedEvidence.pieces(holder[keys[1]], reader, &seen)
            revocationLists += EmbeddedEvidence.pieces(holder[keys[2]], reader, &seen)
        }
    }

    private static func pieces(
        _ list: PDFObject?, _ reader: ObjectReader, _ seen: inout Set<PDFReference>
    ) -> [Piece] {
        guard let items = (try? reader.array(list)) ?? nil else { return [] }
        var pieces: [Piece] = []
        for item in items.prefix(limit) {
            guard let reference = item.reference, seen.count < limit, seen.insert(reference).inserted,
                let stream = (try? reader.object(reference))?.stream, let bytes = try? reader.inflate(stream)
            else { continue }
            pieces.append(Piece(bytes: bytes, position: reader.place(of: reference)))
        }
        return pieces
    }
}
