import Foundation

/// The signer's capacity and title in capitals, room for the signature, and the name (Phụ lục I, mục II,
/// khoản 7), at the lower right of the letter's last page of its own; pages of appendices may follow.
struct TitleBlock {
    let pages: [PrintedLines]
    let signerName: String?

    /// Neighbouring words of one line.
    struct Segment {
        var rect: Rect
        var words: [String]

        var text: String { words.joined(separator: " ") }
        var folded: String { text.lowercased() }

        var isCapitals: Bool {
            let letters = text.filter(\.isLetter)
            return letters.count >= 2 && letters.allSatisfy { $0.isUppercase }
        }

        /// Two to six words, each beginning with a capital and going on small.
        var looksLikeName: Bool {
            (2...6).contains(words.count)
                && words.allSatisfy {
                    ($0.first?.isUppercase ?? false)
                        && $0.dropFirst().allSatisfy { $0.isLowercase || $0 == "." }
                }
        }
    }

    func find(into finding: inout LayoutFinding) {
        for page in pages.reversed() {
            let segments = segments(of: page)
            guard let name = segments.last(where: { isName($0, among: segments, page: page) }) else {
                continue
            }
            let title = titleLines(above: name, among: segments)
            guard let lowest = title.last else { continue }
            finding.signerName = name.text
            finding.titleLines = title.map(\.text)
            place(between: lowest, and: name, page: page, into: &finding)
            return
        }
        finding.reasons.append(signerName == nil ? .titleBlockNotFound : .signerNameNotFound)
    }

    private func segments(of page: PrintedLines) -> [Segment] {
        var segments: [Segment] = []
        for line in page.lines {
            var current: Segment?
            for word in line where word.rect.midX > page.box.displayedWidth * 0.4 {
                if let open = current, word.rect.x - open.rect.maxX < word.rect.height * 0.9 {
                    current = Segment(rect: open.rect.union(word.rect), words: open.words + [word.text])
                } else {
                    if let open = current { segments.append(open) }
                    current = Segment(rect: word.rect, words: [word.text])
                }
            }
            if let open = current { segments.append(open) }
        }
        return segments
    }

    private func isName(_ segment: Segment, among segments: [Segment], page: PrintedLines) -> Bool {
        guard wanted.map(segment.folded.hasSuffix) ?? segment.looksLikeName,
            let title = titleLines(above: segment, among: segments).last
        else { return false }
        // Room for a hand between title and name tells a signature block from a heading.
        return title.rect.y - segment.rect.maxY > segment.rect.height * 0.8
    }

    private var wanted: String? {
        signerName?.precomposedStringWithCanonicalMapping.lowercased().split(separator: " ").joined(
            separator: " ")
    }

    /// Capital lines right above one another, over the name, from top to bottom.
    private func titleLines(above name: Segment, among segments: [Segment]) -> [Segment] {
        let above = segments.filter {
            $0.isCapitals && $0.rect.y >= name.rect.maxY - 1 && abs($0.rect.midX - name.rect.midX) < 90
                && $0.rect.y - name.rect.maxY < 260
        }.sorted { $0.rect.y < $1.rect.y }
        var block: [Segment] = []
        for line in above {
            if let last = block.last, line.rect.y - last.rect.maxY > last.rect.height * 0.9 { break }
            block.append(line)
        }
        let between = segments.contains { other in
            guard let lowest = block.first else { return false }
            return other.rect.maxY < lowest.rect.y && other.rect.y > name.rect.maxY
                && abs(other.rect.midX - name.rect.midX) < 90
        }
        return between ? [] : block.reversed()
    }

    private func place(
        between title: Segment, and name: Segment, page: PrintedLines, into finding: inout LayoutFinding
    ) {
        let room = title.rect.y - name.rect.maxY
        guard room >= 24 else {
            finding.reasons.append(.noRoomForSignature)
            return
        }
        let height = min(room - 2, 80)
        let width = min(2 * height, 160)
        let middle = (title.rect.midX + name.rect.midX) / 2
        let x = min(max(0, middle - width / 2), page.box.displayedWidth - width)
        let shown = Rect(x: x, y: name.rect.maxY + (room - height) / 2, width: width, height: height)
        let signer = page.place(shown)
        finding.signer = signer
        finding.seal = SignatureLayout.seal(over: signer, in: page.box)
    }
}
