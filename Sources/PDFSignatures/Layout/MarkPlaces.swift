/// Where marks go that are no part of the letter's own layout: the arrival stamp in free paper at the top of
/// the first page, initials beside the end of the text.
extension SignatureLayout {
    /// Free paper for the arrival stamp: as high on the page as it fits in its actual size without covering a
    /// word, on the left before the right; smaller where the page is full.
    ///
    /// - Parameter words: What is printed on the page; for a scanned page none are known, and the stamp goes to
    ///   the upper left corner.
    public static func arrival(on box: PageBox, words: [TextBox], page: Int = 0) -> Place {
        let taken = words.filter { $0.page == page }.map { box.displayed($0.rect) }.filter(\.isFinite)
        for scale in [1.0, 0.85, 0.7] {
            let (width, height) = (ArrivalMark.width * scale, ArrivalMark.height * scale)
            let columns = [28, box.displayedWidth - 28 - width, (box.displayedWidth - width) / 2]
            var y = box.displayedHeight - 20 - height
            while y > box.displayedHeight / 3 {
                for x in columns {
                    let shown = Rect(x: x, y: y, width: width, height: height)
                    if !taken.contains(where: { $0.intersection(shown) != nil }) {
                        return Place(page: page, rect: box.userSpace(shown))
                    }
                }
                y -= 4
            }
        }
        let (width, height) = (ArrivalMark.width * 0.7, ArrivalMark.height * 0.7)
        let corner = Rect(x: 8, y: box.displayedHeight - 8 - height, width: width, height: height)
        return Place(page: page, rect: box.userSpace(corner))
    }

    /// Right of the last word of the text, which official letters end with `./.`; `nil` when no page shows that
    /// mark.
    public static func initials(
        words: [TextBox], pages: [PageBox], width: Double = 34, height: Double = 17
    ) -> Place? {
        for (index, box) in pages.enumerated().reversed() {
            guard
                let last = words.last(where: { $0.page == index && $0.text.hasSuffix("./.") }),
                last.rect.isFinite
            else { continue }
            let end = box.displayed(last.rect)
            let shown = Rect(
                x: min(end.maxX + 3, box.displayedWidth - width), y: max(0, end.midY - height / 2),
                width: width,
                height: min(height, box.displayedHeight))
            return Place(page: index, rect: box.userSpace(shown))
        }
        return nil
    }
}
