/// The document's security store (DSS; ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1, 5.4): the evidence that a file
/// carries about its signatures, each piece in a stream of its own.
struct SecurityStore {
    struct Piece {
        let reference: PDFReference
        let bytes: [UInt8]
    }

    /// The keys of the store and of an entry for one signature.
    enum Kind: CaseIterable {
        case certificates, ocspResponses, revocationLists

        var listKey: String {
            switch self {
            case .certificates: "Certs"
            case .ocspResponses: "OCSPs"
            case .revocationLists: "CRLs"
            }
        }

        var entryKey: String {
            switch self {
            case .certificates: "Cert"
            case .ocspResponses: "OCSP"
            case .revocationLists: "CRL"
            }
        }
    }

    private(set) var pieces: [Kind: [Piece]] = [:]

    private static let limit = 5_000

    /// Arrays and the store itself may be direct or indirect. A piece that cannot be read is passed over.
    init(_ file: PDFFile) throws(PDFError) {
        guard let store = try file.reader.dictionary(file.catalog["DSS"]) else { return }
        for kind in Kind.allCases { try read(store[kind.listKey], kind, file.reader) }
        for entry in (try file.reader.dictionary(store["VRI"]) ?? [:]).values.prefix(SecurityStore.limit) {
            guard let one = try file.reader.dictionary(entry) else { continue }
            for kind in Kind.allCases { try read(one[kind.entryKey], kind, file.reader) }
        }
    }

    private mutating func read(_ list: PDFObject?, _ kind: Kind, _ reader: ObjectReader) throws(PDFError) {
        for item in try reader.array(list) ?? [] {
            guard let reference = item.reference, pieces[kind, default: []].count < SecurityStore.limit,
                !pieces[kind, default: []].contains(where: { $0.reference == reference }),
                let stream = try reader.resolve(item).stream, let bytes = try? reader.inflate(stream)
            else { continue }
            pieces[kind, default: []].append(Piece(reference: reference, bytes: bytes))
        }
    }

    var evidence: Evidence {
        Evidence(
            certificates: bytes(.certificates), ocspResponses: bytes(.ocspResponses),
            revocationLists: bytes(.revocationLists))
    }

    private func bytes(_ kind: Kind) -> [[UInt8]] { pieces[kind, default: []].map(\.bytes) }
}

extension Evidence {
    subscript(kind: SecurityStore.Kind) -> [[UInt8]] {
        switch kind {
        case .certificates: certificates
        case .ocspResponses: ocspResponses
        case .revocationLists: revocationLists
        }
    }
}
