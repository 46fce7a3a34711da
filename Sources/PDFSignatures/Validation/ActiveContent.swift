/// What a PDF can do by itself when it is opened or touched: run scripts, start programs, carry other files,
/// show interactive media, send what was typed. None of it belongs into a letter. Plain links to pages, to
/// places in the document and to e-mail addresses are not active.
public enum ActiveContent: String, Sendable, Codable, CaseIterable {
    /// ISO 32000-2, 12.6.4.17: JavaScript actions and name trees.
    case javaScript = "javascript"
    /// An action on opening or on an event that does more than show a place (12.6.3).
    case automaticAction = "automatic-action"
    /// Starts a program or opens a file outside (12.6.4.6; 12.6.4.3 and 12.6.4.4).
    case launch
    /// 7.11.4: other files inside this one.
    case embeddedFile = "embedded-file"
    /// An XML form (XFA), which readers draw instead of the pages.
    case xmlForm = "xml-form"
    /// Rich media, movies, sounds, 3D and screens (13).
    case media
    /// Sends or takes in the values of the form (12.7.6).
    case formTransfer = "form-transfer"

    /// Everything active that the newest state of the file holds, reachable or not. Earlier states are not read: what a
    /// reader shows is the newest one.
    ///
    /// - Throws: when the bytes are not a readable PDF; such a file cannot be called harmless.
    public static func find(in pdf: FileBytes, limits: PDFLimits = .default) throws(PDFError)
        -> [ActiveContent]
    {
        let file = try PDFFile(pdf, limits: limits)
        var search = ActiveContentSearch(reader: file.reader)
        for number in file.reader.entries.keys.sorted() {
            guard let entry = file.reader.entries[number], entry != .free else { continue }
            var generation = 0
            if case .offset(_, let own) = entry { generation = own }
            let reference = PDFReference(number: number, generation: generation)
            try search.look(at: try file.reader.object(reference), depth: 0)
        }
        try search.look(at: .dictionary(file.reader.trailer), depth: 0)
        return allCases.filter(search.found.contains)
    }
}

private struct ActiveContentSearch {
    let reader: ObjectReader
    var found: Set<ActiveContent> = []

    /// Looks at what stands in this object itself; what it refers to is looked at as an object of its own.
    mutating func look(at object: PDFObject, depth: Int) throws(PDFError) {
        guard depth < reader.limits.nesting else { throw .overLimit("nesting") }
        switch object {
        case .array(let items):
            for item in items { try look(at: item, depth: depth + 1) }
        case .dictionary(let dictionary): try look(in: dictionary, depth: depth)
        case .stream(let stream): try look(in: stream.dictionary, depth: depth)
        default: return
        }
    }

    private mutating func look(in dictionary: PDFDictionary, depth: Int) throws(PDFError) {
        try lookAtAction(dictionary)
        for (key, value) in dictionary {
            switch key {
            case "JavaScript" where try isSomething(value), "JS" where try isSomething(value):
                found.insert(.javaScript)
            case "OpenAction":
                if try isMoreThanAPlace(value) { found.insert(.automaticAction) }
            case "AA":
                if try reader.dictionary(value)?.isEmpty == false { found.insert(.automaticAction) }
            case "EmbeddedFiles" where try isSomething(value), "EF" where try isSomething(value):
                found.insert(.embeddedFile)
            case "XFA" where try isSomething(value): found.insert(.xmlForm)
            default: break
            }
            try look(at: value, depth: depth + 1)
        }
    }

    private mutating func lookAtAction(_ dictionary: PDFDictionary) throws(PDFError) {
        switch try reader.resolve(dictionary["S"]).name {
        case "JavaScript": found.insert(.javaScript)
        case "Launch", "GoToR": found.insert(.launch)
        case "GoToE": found.insert(.embeddedFile)
        case "SubmitForm", "ImportData": found.insert(.formTransfer)
        case "Movie", "Sound", "Rendition", "GoTo3DView", "RichMediaExecute": found.insert(.media)
        default: break
        }
        switch try reader.resolve(dictionary["Subtype"]).name {
        case "RichMedia", "Movie", "Sound", "3D", "Screen": found.insert(.media)
        case "FileAttachment": found.insert(.embeddedFile)
        default: break
        }
        if try reader.resolve(dictionary["Type"]).name == "EmbeddedFile" { found.insert(.embeddedFile) }
    }

    /// A destination, or an action that only goes to one (12.6.4.2).
    private func isMoreThanAPlace(_ value: PDFObject) throws(PDFError) -> Bool {
        guard let action = try reader.dictionary(value) else { return false }
        guard try reader.resolve(action["S"]).name == "GoTo" else { return true }
        return action["Next"] != nil
    }

    private func isSomething(_ value: PDFObject) throws(PDFError) -> Bool {
        try !reader.resolve(value).isNull
    }
}
