/// A PDF as a reader finds it: header, chain of savings, catalogue and pages (ISO 32000-2, 7.5). Reading
/// never changes or repairs: a file whose structure contradicts itself is refused with the reason, because
/// repairing is guessing, and what one program guesses another does not see.
public struct PDFFile {
    let reader: ObjectReader
    let catalogReference: PDFReference
    let catalog: PDFDictionary
    let pageNodes: [PageNode]

    public init(_ bytes: [UInt8], limits: PDFLimits = .default) throws(PDFError) {
        try self.init(FileBytes(bytes), limits: limits)
    }

    public init(_ bytes: FileBytes, limits: PDFLimits = .default) throws(PDFError) {
        try self.init(bytes, end: bytes.count, limits: limits)
    }

    /// Reads the file as if it ended at `end`: what stood there before later savings.
    init(_ bytes: FileBytes, end: Int, limits: PDFLimits) throws(PDFError) {
        guard bytes.count <= limits.fileSize else { throw .overLimit("file size") }
        guard let header = bytes.firstRange(of: "%PDF-", from: 0, to: min(1_024, end)) else { throw .notPDF }
        let references = CrossReferenceReader(bytes: bytes, end: end, shift: header, limits: limits)
        let reader = ObjectReader(
            bytes: bytes, end: end, shift: header, limits: limits, sections: try references.chain())
        try self.init(reader)
    }

    init(_ reader: ObjectReader) throws(PDFError) {
        self.reader = reader
        if reader.trailer["Encrypt"] != nil, try reader.resolve(reader.trailer["Encrypt"]) != .null {
            throw .encrypted
        }
        guard case .reference(let root)? = reader.trailer["Root"],
            let catalog = try reader.dictionary(.reference(root))
        else { throw .damaged("no catalogue") }
        catalogReference = root
        self.catalog = catalog
        pageNodes = try PageTree(reader: reader).pages(of: catalog)
    }

    public var pages: [PageBox] { pageNodes.map(\.box) }

    /// The full names of the fields of a kind, in document order: `Sig` for signatures, `Tx` for text.
    public func fieldNames(ofType type: String) throws(PDFError) -> [String] {
        try fields().filter { $0.type == type }.map(\.name)
    }

    /// How often the file was saved. A linearised file counts one more.
    public var revisionCount: Int { reader.sections.count }

    /// Whether the file asks for a password; `nil` if the bytes cannot be read at all.
    public static func isEncrypted(_ bytes: [UInt8]) -> Bool? {
        do throws(PDFError) {
            _ = try PDFFile(bytes)
            return false
        } catch {
            return error == .encrypted ? true : nil
        }
    }

    /// The file before its newest `count` savings.
    func before(newest count: Int) throws(PDFError) -> PDFFile {
        try PDFFile(reader.before(newest: count))
    }
}
