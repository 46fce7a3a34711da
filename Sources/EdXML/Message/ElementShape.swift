/// A value that is one element of a message.
protocol ElementValue: Sendable {
    static var shape: ElementShape<Self> { get }
    init()
}

/// Which elements a value consists of, in the order of writing. The one table serves both ways: reading takes each
/// element wherever it stands, writing puts those that have something to say.
struct ElementShape<Value>: Sendable {
    struct Part: Sendable {
        let name: String
        /// More than one of them is as meant.
        let repeats: Bool
        let take: @Sendable (XMLNode, inout Value, inout [MessageFinding]) -> Void
        let put: @Sendable (Value, inout ElementWriter) throws(EdXMLError) -> Void
    }

    let parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }
}

extension ElementShape.Part {
    typealias Path<Field> = any WritableKeyPath<Value, Field> & Sendable

    static func text(_ name: String, _ path: Path<String?>) -> Self {
        Self(name: name, repeats: false) { node, value, findings in
            value[keyPath: path] = node.text.isEmpty ? nil : node.text
            node.nameUnknown(&findings) { _ in false }
        } put: { (value, writer) throws(EdXMLError) in
            if let text = value[keyPath: path] { try writer.element(name, text) }
        }
    }

    /// An element that every message has, though perhaps without content.
    static func one<Child: ElementValue>(_ name: String, _ path: Path<Child>) -> Self {
        Self(name: name, repeats: false) { node, value, findings in
            value[keyPath: path] = Child.read(node, &findings)
        } put: { (value, writer) throws(EdXMLError) in
            try value[keyPath: path].write(name, to: &writer)
        }
    }

    static func optional<Child: ElementValue>(_ name: String, _ path: Path<Child?>) -> Self {
        Self(name: name, repeats: false) { node, value, findings in
            value[keyPath: path] = node.isEmpty ? nil : Child.read(node, &findings)
        } put: { (value, writer) throws(EdXMLError) in
            if let child = value[keyPath: path] { try child.write(name, to: &writer) }
        }
    }

    /// A repeated element without anything around it; empty ones are an omission in some software.
    static func many<Child: ElementValue>(_ name: String, _ path: Path<[Child]>) -> Self {
        Self(name: name, repeats: true) { node, value, findings in
            if !node.isEmpty { value[keyPath: path].append(Child.read(node, &findings)) }
        } put: { (value, writer) throws(EdXMLError) in
            for child in value[keyPath: path] { try child.write(name, to: &writer) }
        }
    }

    static func list<Child: ElementValue>(_ name: String, of item: String, _ path: Path<[Child]>) -> Self {
        Self(name: name, repeats: false) { node, value, findings in
            node.nameUnknown(&findings) { $0 == item }
            for child in node.all(item) where !child.isEmpty {
                value[keyPath: path].append(Child.read(child, &findings))
            }
        } put: { (value, writer) throws(EdXMLError) in
            guard !value[keyPath: path].isEmpty else { return }
            writer.open(name)
            for child in value[keyPath: path] { try child.write(item, to: &writer) }
            writer.close(name)
        }
    }

    static func texts(_ name: String, of item: String, _ path: Path<[String]>) -> Self {
        Self(name: name, repeats: false) { node, value, findings in
            let items = node.all(item)
            value[keyPath: path] += items.map(\.text).filter { !$0.isEmpty }
            for child in items { child.nameUnknown(&findings) { _ in false } }
            node.nameUnknown(&findings) { $0 == item }
        } put: { (value, writer) throws(EdXMLError) in
            guard !value[keyPath: path].isEmpty else { return }
            writer.open(name)
            for text in value[keyPath: path] { try writer.element(item, text) }
            writer.close(name)
        }
    }
}

extension ElementValue {
    static func read(_ node: XMLNode, _ findings: inout [MessageFinding]) -> Self {
        var value = Self()
        var seen: Set<String> = []
        if !node.text.isEmpty {
            findings.note(.unknownElement, "\(node.name): \(node.text.prefix(50))")
        }
        for child in node.children {
            guard let part = shape.parts.first(where: { $0.name == child.name }) else {
                if !child.isEmpty {
                    findings.note(.unknownElement, "\(node.name)/\(child.name)")
                }
                continue
            }
            if !part.repeats, !seen.insert(child.name).inserted {
                findings.note(.repeatedElement, "\(node.name)/\(child.name)")
                continue
            }
            part.take(child, &value, &findings)
        }
        return value
    }

    func write(_ name: String, to writer: inout ElementWriter) throws(EdXMLError) {
        writer.open(name)
        for part in Self.shape.parts { try part.put(self, &writer) }
        writer.close(name)
    }
}

extension XMLNode {
    /// What stands in here and is not understood is lost, but not in silence.
    fileprivate func nameUnknown(_ findings: inout [MessageFinding], but isKnown: (String) -> Bool) {
        for child in children where !isKnown(child.name) && !child.isEmpty {
            findings.note(.unknownElement, "\(name)/\(child.name)")
        }
    }
}
