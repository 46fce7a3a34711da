// The same page laid out for people: one element a line, indented by two, with text kept on the line of its element.
// Golden files are written this way so that a change of a page reads well in a review.

extension HTML {
    public var prettyPrinted: String {
        var lines: [String] = []
        Self.lay(out: flattened, depth: 0, into: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private var flattened: [HTML] {
        if case .group(let parts) = self { return parts.flatMap(\.flattened) }
        return [self]
    }

    private static func lay(out parts: [HTML], depth: Int, into lines: inout [String]) {
        var run: [HTML] = []
        func flush() {
            let text = String(decoding: HTML.group(run).rendered(reserving: 256), as: UTF8.self)
            if !text.isEmpty { lines.append(indent(depth) + text) }
            run.removeAll()
        }
        for part in parts where !part.isAttribute {
            guard case .element(let name, let children) = part, !name.isPhrasing else {
                run.append(part)
                continue
            }
            flush()
            lay(out: name, HTML.group(children).flattened, depth: depth, into: &lines)
        }
        flush()
    }

    private static func lay(out name: ElementName, _ children: [HTML], depth: Int, into lines: inout [String])
    {
        let whole = HTML.element(name, children)
        let hasBlocks = children.contains { part in
            if case .element(let child, _) = part { return !child.isPhrasing }
            return false
        }
        guard hasBlocks else {
            lines.append(indent(depth) + String(decoding: whole.rendered(reserving: 256), as: UTF8.self))
            return
        }
        var opening = PageBytes(reserving: 256)
        for child in children { child.renderAttributes(into: &opening) }
        lines.append(indent(depth) + "<\(name.text)" + String(decoding: opening.array, as: UTF8.self) + ">")
        lay(out: children, depth: depth + 1, into: &lines)
        lines.append(indent(depth) + "</\(name.text)>")
    }

    private var isAttribute: Bool {
        switch self {
        case .attribute, .flag: true
        default: false
        }
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}
