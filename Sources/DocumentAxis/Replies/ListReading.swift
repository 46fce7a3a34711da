// Lines of the partner's lists: objects of texts, of which any may be missing, of the wrong type or hostile.

/// The texts of one object, by their names in small letters without underscores.
struct ListLine {
    private var texts: [String: String] = [:]

    /// Takes one value, of whatever kind; `nil` when it is no object.
    static func read(_ reader: JSONReader, _ names: Set<String>) throws(JSONFault) -> ListLine? {
        guard try reader.kind() == .object else {
            try reader.skip()
            return nil
        }
        var line = ListLine()
        try reader.object { (name) throws(JSONFault) in
            let plain = names.contains(name) ? name : name.lowercased().filter { $0 != "_" }
            guard names.contains(plain) else { return try reader.skip() }
            line.texts[plain] = try reader.text()
        }
        return line
    }

    /// As it is, for what is compared.
    func raw(_ name: String) -> String? { texts[name] }

    /// For people: without control characters, cut.
    func words(_ name: String, atMost limit: Int = 200) -> String? {
        texts[name].map { Wire.words($0, atMost: limit) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// An identifier of the catalogue; `nil` when it could not be sent back.
    func identifier(_ name: String) -> String? { texts[name].flatMap { Wire.isIdentifier($0) ? $0 : nil } }
}

extension AxisInbox {
    static let names: Set = [
        "docid", "messagetype", "from", "to", "createdtime", "updatedtime", "status", "statusdesc",
    ]

    init() { self.init(entries: [], unreadable: 0) }

    mutating func take(_ reader: JSONReader, asked kind: AxisKind) throws(JSONFault) {
        guard let line = try ListLine.read(reader, Self.names),
            let id = line.raw("docid").flatMap(AxisDocID.init)
        else { return unreadable += 1 }
        entries.append(
            AxisEntry(
                docID: id, kind: line.raw("messagetype").flatMap(AxisKind.init) ?? kind,
                from: line.identifier("from"), to: line.identifier("to"),
                createdAt: line.words("createdtime"),
                updatedAt: line.words("updatedtime"), status: line.words("status"),
                statusWords: line.words("statusdesc")))
    }
}

extension AxisCatalogue {
    static let names: Set = ["id", "pid", "parentid", "code", "name", "mail", "oldcode", "code102"]

    init() { self.init(agencies: [], unreadable: 0) }

    mutating func take(_ reader: JSONReader) throws(JSONFault) {
        guard let line = try ListLine.read(reader, Self.names), let code = line.identifier("code") else {
            return unreadable += 1
        }
        agencies.append(
            AxisAgency(
                id: line.words("id", atMost: 64),
                parentID: line.words("pid", atMost: 64) ?? line.words("parentid"),
                code: code, name: line.words("name", atMost: 500) ?? code, mail: line.words("mail"),
                oldCode: line.identifier("oldcode"), code102: line.identifier("code102")))
    }
}
