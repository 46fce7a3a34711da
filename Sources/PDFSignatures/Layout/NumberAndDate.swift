/// "Số:      /UBND-VP" (Phụ lục I, mục II, khoản 3): the number goes between the colon and the stroke.
struct NumberLine {
    let page: PrintedLines

    func find(into finding: inout LayoutFinding) {
        for line in page.lines {
            guard let first = line.first, first.rect.y > page.box.displayedHeight * 0.5 else { break }
            for (index, word) in line.enumerated() where ["số:", "số"].contains(word.lowered) {
                guard word.rect.x < page.box.displayedWidth * 0.5 else { continue }
                var rest = Array(line[(index + 1)...])
                var label = word
                if word.lowered == "số", let colon = rest.first, colon.text.hasPrefix(":") {
                    guard colon.text == ":" else { continue }
                    label.rect = word.rect.union(colon.rect)
                    label.text = "Số:"
                    rest.removeFirst()
                }
                rest.removeAll { $0.rect.x > page.box.displayedWidth * 0.6 }
                if take(label: label, rest: rest, into: &finding) { return }
            }
        }
        finding.reasons.append(.numberLineNotFound)
    }

    private func take(label: PrintedWord, rest: [PrintedWord], into finding: inout LayoutFinding) -> Bool {
        guard let stroke = rest.first(where: { $0.text.contains("/") }) else { return false }
        let before = stroke.text.prefix { $0 != "/" }
        let between = rest.prefix { $0 != stroke }.filter { !$0.isFiller }
        if let printed = between.first {
            finding.printedNumber = printed.text
        } else if !before.isEmpty, !before.allSatisfy({ ".…_".contains($0) }) {
            finding.printedNumber = String(before)
        } else {
            // A space stays free after the colon.
            let start = label.rect.maxX + 0.2 * TypeSize.of(label)
            let fillers = Double(before.count) / Double(max(stroke.text.count, 1)) * stroke.rect.width
            let end = stroke.rect.x + fillers - 0.5
            guard end - start >= 10 else {
                finding.reasons.append(.numberSpaceTooSmall)
                return true
            }
            finding.number = page.blank(from: start, to: end, beside: label, italic: false)
        }
        return true
    }
}

/// "…, ngày    tháng    năm 2026" (Phụ lục I, mục II, khoản 4), in slanting letters at the upper right.
struct DateLine {
    let page: PrintedLines

    func find(into finding: inout LayoutFinding) {
        for line in page.lines {
            guard let first = line.first, first.rect.y > page.box.displayedHeight * 0.5 else { break }
            guard let day = line.firstIndex(where: { $0.lowered == "ngày" && isRight($0) }),
                let month = line[day...].firstIndex(where: { $0.lowered == "tháng" }),
                let year = line[month...].firstIndex(where: { $0.lowered == "năm" })
            else { continue }
            let (dayBlank, printedDay) = part(line, after: day, before: month, into: &finding)
            let (monthBlank, printedMonth) = part(line, after: month, before: year, into: &finding)
            (finding.day, finding.printedDay) = (dayBlank, printedDay)
            (finding.month, finding.printedMonth) = (monthBlank, printedMonth)
            takeYear(line, after: year, into: &finding)
            return
        }
        finding.reasons.append(.dateLineNotFound)
    }

    private func isRight(_ word: PrintedWord) -> Bool { word.rect.midX > page.box.displayedWidth * 0.4 }

    private func part(
        _ line: [PrintedWord], after label: Int, before next: Int, into finding: inout LayoutFinding
    ) -> (BlankPlace?, String?) {
        if let printed = line[(label + 1)..<next].first(where: { !$0.isFiller }) {
            return (nil, printed.text)
        }
        let start = line[label].rect.maxX + 1
        let end = line[next].rect.x - 1
        guard end - start >= 6 else {
            if !finding.reasons.contains(.dateSpaceTooSmall) { finding.reasons.append(.dateSpaceTooSmall) }
            return (nil, nil)
        }
        return (page.blank(from: start, to: end, beside: line[label], italic: true), nil)
    }

    private func takeYear(_ line: [PrintedWord], after label: Int, into finding: inout LayoutFinding) {
        let word = line[label]
        if label + 1 < line.count {
            let digits = line[label + 1].text.prefix { $0.isNumber }
            if !digits.isEmpty {
                finding.printedYear = String(digits)
                return
            }
        }
        let size = TypeSize.of(word)
        finding.year = page.blank(
            from: word.rect.maxX + 2, to: word.rect.maxX + 2 + 2.3 * size, beside: word, italic: true)
    }
}
