/// The fields of the document's form, each under its full name (ISO 32000-2, 12.7.4.2), with the values it
/// inherits.
struct FormField {
    let reference: PDFReference
    let name: String
    let dictionary: PDFDictionary
    /// `Tx`, `Btn`, `Ch` or `Sig`.
    let type: String?
    let value: PDFObject?
    let flags: Int
    /// The field itself when it is its own widget, else its kids.
    let widgets: [PDFReference]
}

struct FormTree {
    let reader: ObjectReader

    private struct Node {
        let reference: PDFReference
        let name: String
        let inherited: PDFDictionary
        let depth: Int
    }

    /// Fields in document order. Inner nodes of the tree that are not fields themselves are left out.
    func fields(of catalog: PDFDictionary) throws(PDFError) -> [FormField] {
        guard let form = try reader.dictionary(catalog["AcroForm"]) else { return [] }
        var visited: Set<PDFReference> = []
        var pending: [Node] = []
        for item in (try reader.array(form["Fields"]) ?? []).reversed() {
            guard let reference = item.reference else { continue }
            pending.append(Node(reference: reference, name: "", inherited: [:], depth: 0))
        }
        var fields: [FormField] = []
        while let node = pending.popLast() {
            guard visited.insert(node.reference).inserted else { throw .damaged("circular form") }
            guard visited.count <= reader.limits.fields, node.depth < reader.limits.nesting else {
                throw .overLimit("fields")
            }
            guard let dictionary = try reader.dictionary(.reference(node.reference)) else { continue }
            let own = try reader.resolve(dictionary["T"]).string.map(TextString.decode)
            let name = [node.name, own ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
            var inherited = node.inherited
            for key in ["FT", "V", "Ff"] { inherited[key] = dictionary[key] ?? inherited[key] }
            let (children, widgets) = try kids(of: dictionary)
            if children.isEmpty {
                fields.append(
                    FormField(
                        reference: node.reference, name: name, dictionary: dictionary,
                        type: try reader.resolve(inherited["FT"]).name, value: inherited["V"],
                        flags: try reader.resolve(inherited["Ff"]).integer ?? 0,
                        widgets: widgets.isEmpty ? [node.reference] : widgets))
            }
            for child in children.reversed() {
                pending.append(
                    Node(reference: child, name: name, inherited: inherited, depth: node.depth + 1))
            }
        }
        return fields
    }

    /// Kids with a name are fields, kids without one are places where this field is shown.
    private func kids(
        of dictionary: PDFDictionary
    ) throws(PDFError) -> (fields: [PDFReference], widgets: [PDFReference]) {
        var fields: [PDFReference] = []
        var widgets: [PDFReference] = []
        for kid in try reader.array(dictionary["Kids"]) ?? [] {
            guard let reference = kid.reference else { continue }
            if try reader.dictionary(kid)?["T"] != nil {
                fields.append(reference)
            } else {
                widgets.append(reference)
            }
        }
        return (fields, widgets)
    }
}

extension PDFFile {
    func fields() throws(PDFError) -> [FormField] {
        try FormTree(reader: reader).fields(of: catalog)
    }
}
