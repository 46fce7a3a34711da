/// The pages in their order, with the values that a page inherits from the tree above it (ISO 32000-2,
/// 7.7.3).
struct PageNode {
    let reference: PDFReference
    let dictionary: PDFDictionary
    let box: PageBox
}

struct PageTree {
    let reader: ObjectReader

    private struct Inherited {
        var mediaBox: PDFObject?
        var cropBox: PDFObject?
        var rotate: PDFObject?

        mutating func take(_ node: PDFDictionary) {
            mediaBox = node["MediaBox"] ?? mediaBox
            cropBox = node["CropBox"] ?? cropBox
            rotate = node["Rotate"] ?? rotate
        }
    }

    func pages(of catalog: PDFDictionary) throws(PDFError) -> [PageNode] {
        guard case .reference(let root)? = catalog["Pages"] else { throw .damaged("no page tree") }
        var pages: [PageNode] = []
        var visited: Set<PDFReference> = []
        var pending: [(PDFReference, Inherited, depth: Int)] = [(root, Inherited(), 0)]
        while let (reference, above, depth) = pending.popLast() {
            guard visited.insert(reference).inserted else { throw .damaged("circular page tree") }
            guard depth < reader.limits.nesting, visited.count <= 2 * reader.limits.pages else {
                throw .overLimit("pages")
            }
            guard let node = try reader.dictionary(.reference(reference)) else { continue }
            var inherited = above
            inherited.take(node)
            if let kids = try reader.array(node["Kids"]) {
                for kid in kids.reversed() {
                    guard let child = kid.reference else { throw .damaged("page without a number") }
                    pending.append((child, inherited, depth + 1))
                }
            } else {
                pages.append(PageNode(reference: reference, dictionary: node, box: try box(inherited)))
            }
        }
        guard !pages.isEmpty else { throw .damaged("no pages") }
        return pages
    }

    private func box(_ inherited: Inherited) throws(PDFError) -> PageBox {
        let media = try rectangle(inherited.mediaBox) ?? Rect(x: 0, y: 0, width: 612, height: 792)
        let crop = try rectangle(inherited.cropBox)?.intersection(media) ?? media
        let turn = try reader.resolve(inherited.rotate).integer ?? 0
        return PageBox(media: media, crop: crop, rotation: ((turn % 360) + 360) % 360 / 90 * 90)
    }

    private func rectangle(_ object: PDFObject?) throws(PDFError) -> Rect? {
        guard let items = try reader.array(object), items.count == 4 else { return nil }
        var edges: [Double] = []
        for item in items {
            guard let value = try reader.resolve(item).number, abs(value) < 1e7 else { return nil }
            edges.append(value)
        }
        let rect = Rect(
            x: min(edges[0], edges[2]), y: min(edges[1], edges[3]),
            width: abs(edges[2] - edges[0]), height: abs(edges[3] - edges[1]))
        return rect.width > 0 && rect.height > 0 ? rect : nil
    }
}
