/// Adds evidence to the document's security store: to the lists of the whole document, and under the name of
/// the signature that it is about. What is there stays and is never written a second time.
struct SecurityStoreWriter {
    private var update: IncrementalUpdate
    private var known: [[UInt8]: PDFReference] = [:]
    private var store: PDFDictionary
    private var changed = false

    init(_ file: PDFFile) throws(SigningError) {
        update = try IncrementalUpdate(file)
        do throws(PDFError) {
            for piece in try SecurityStore(file).pieces.values.joined() {
                known[piece.bytes] = piece.reference
            }
        } catch { throw .unreadable(error) }
        store = try update.resolve(file.catalog["DSS"]).dictionary ?? [:]
    }

    /// The saving's tail; `nil` when everything was there already.
    func finished() throws(SigningError) -> [UInt8]? {
        guard changed else { return nil }
        var writer = self
        try writer.place()
        return writer.update.finished().tail
    }

    /// - Parameter contents: `/Contents` of the signature or document timestamp that the evidence is about;
    ///   without it the evidence belongs to the document at large.
    mutating func add(_ evidence: Evidence, for contents: [UInt8]? = nil) throws(SigningError) {
        var references: [SecurityStore.Kind: [PDFReference]] = [:]
        for kind in SecurityStore.Kind.allCases {
            let mine = evidence[kind].map { reference($0, kind) }
            references[kind] = mine
            store = try appending(mine, to: kind.listKey, of: store)
        }
        if let contents { try addEntry(SecurityStoreWriter.name(of: contents), references) }
    }

    /// SHA-1 over the decoded `/Contents` as it stands, padding included (ETSI EN 319 142-1, 5.4.2.3).
    static func name(of contents: [UInt8]) -> String {
        let digest = DigestFunction.hash(OCSPCertificateID.sha1, contents) ?? []
        return String(decoding: Hex.encode(digest), as: UTF8.self).uppercased()
    }

    private mutating func reference(_ bytes: [UInt8], _ kind: SecurityStore.Kind) -> PDFReference {
        if let there = known[bytes] { return there }
        changed = true
        var stream = PDFStream(dictionary: [:], raw: bytes[...])
        // Certificates and answers are small and full of random numbers; lists are neither.
        if kind == .revocationLists, bytes.count > 1_024 {
            stream = PDFStream(
                dictionary: ["Filter": .name("FlateDecode")], raw: Flate.compress(bytes)[...])
        }
        let reference = update.add(.stream(stream))
        known[bytes] = reference
        return reference
    }

    /// Rewrites the array in the smallest object that owns it.
    private mutating func appending(
        _ references: [PDFReference], to key: String, of owner: PDFDictionary
    ) throws(SigningError) -> PDFDictionary {
        let present = try update.resolve(owner[key]).array ?? []
        let there = Set(present.compactMap(\.reference))
        let fresh = references.filter { !there.contains($0) }
        guard !fresh.isEmpty else { return owner }
        changed = true
        let whole = PDFObject.array(present + fresh.map { .reference($0) })
        if case .reference(let list)? = owner[key], !present.isEmpty {
            update.set(list, whole)
            return owner
        }
        return owner.merging([key: whole]) { $1 }
    }

    private mutating func addEntry(
        _ name: String, _ references: [SecurityStore.Kind: [PDFReference]]
    ) throws(SigningError) {
        var entries = try update.resolve(store["VRI"]).dictionary ?? [:]
        let former = try update.resolve(entries[name]).dictionary
        var entry = former ?? ["Type": .name("VRI")]
        for kind in SecurityStore.Kind.allCases {
            entry = try appending(references[kind] ?? [], to: kind.entryKey, of: entry)
        }
        guard former != entry else { return }
        changed = true
        if case .reference(let reference)? = entries[name], former != nil {
            update.set(reference, .dictionary(entry))
            return
        }
        entries[name] = .reference(update.add(.dictionary(entry)))
        if case .reference(let reference)? = store["VRI"], try update.object(reference).dictionary != nil {
            update.set(reference, .dictionary(entries))
        } else {
            store["VRI"] = .dictionary(entries)
        }
    }

    private mutating func place() throws(SigningError) {
        store["Type"] = .name("DSS")
        guard var catalog = try update.object(update.file.catalogReference).dictionary else {
            throw .unreadable(.damaged("no catalogue"))
        }
        let former = catalog
        if case .reference(let reference)? = catalog["DSS"], try update.object(reference).dictionary != nil {
            update.set(reference, .dictionary(store))
        } else {
            catalog["DSS"] = .reference(update.add(.dictionary(store)))
        }
        try ExtensionsWriter.declare(in: &catalog, of: &update)
        if catalog != former { update.set(update.file.catalogReference, .dictionary(catalog)) }
    }
}

/// The developer extensions of the catalogue (ISO 32000-2, 7.12): a document before PDF 2.0 with a security
/// store or document timestamps says so under ETSI's prefix.
enum ExtensionsWriter {
    static func declare(in catalog: inout PDFDictionary, of update: inout IncrementalUpdate)
        throws(SigningError)
    {
        guard try !isSecondEdition(catalog, update) else { return }
        var extensions = try update.resolve(catalog["Extensions"]).dictionary ?? [:]
        let former = try update.resolve(extensions["ESIC"])
        guard former.array == nil, try level(former, update) < 1 else { return }
        extensions["ESIC"] = .dictionary(["BaseVersion": .name("1.7"), "ExtensionLevel": .integer(1)])
        if case .reference(let reference)? = catalog["Extensions"],
            try update.object(reference).dictionary != nil
        {
            update.set(reference, .dictionary(extensions))
        } else {
            catalog["Extensions"] = .dictionary(extensions)
        }
    }

    private static func level(_ entry: PDFObject, _ update: IncrementalUpdate) throws(SigningError) -> Int {
        try update.resolve(entry.dictionary?["ExtensionLevel"]).integer ?? 0
    }

    private static func isSecondEdition(
        _ catalog: PDFDictionary, _ update: IncrementalUpdate
    ) throws(SigningError) -> Bool {
        if let version = try update.resolve(catalog["Version"]).name, version.hasPrefix("2") { return true }
        let bytes = update.file.reader.bytes
        return bytes.count > 5 && bytes[5] == 0x32
    }
}
