@testable import PDFSignatures

/// A DER value taken apart, to be put together differently.
struct DERTree {
    var tag: UInt8
    var content: [UInt8] = []
    var parts: [DERTree] = []

    init(_ tag: UInt8, _ content: [UInt8] = [], parts: [DERTree] = []) {
        (self.tag, self.content, self.parts) = (tag, content, parts)
    }

    init(_ node: BERNode) throws {
        tag = node.tag
        if node.isConstructed {
            parts = try node.children().map { try DERTree($0) }
        } else {
            content = Array(node.content)
        }
    }

    init(_ bytes: [UInt8]) throws { try self.init(BERNode.first(in: bytes[...])) }

    var bytes: [UInt8] {
        let inside = tag & 0x20 == 0 ? content : parts.flatMap(\.bytes)
        return BERNode.header(tag, count: inside.count) + inside
    }

    static func objectIdentifier(_ arcs: [UInt8]) -> DERTree { DERTree(0x06, arcs) }
}
