// The document beside the decision: pictures of its pages with a download link (decision 26). What VanThu draws over a
// page, the ĐẾN box or the places of signature and seal, is a drawing over the picture and never in the file.
import Domain
import Markup

/// A rectangle on a page in millimetres from its upper left corner.
package struct PagePlace: Sendable, Equatable {
    package let page: Int
    package let x: Double
    package let y: Double
    package let width: Double
    package let height: Double

    package init(page: Int, x: Double, y: Double, width: Double, height: Double) {
        (self.page, self.x, self.y, self.width, self.height) = (page, x, y, width, height)
    }
}

/// Width and height of a page in millimetres.
package struct PageSize: Sendable, Equatable {
    package let width: Double
    package let height: Double

    package init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    package static let a4 = PageSize(width: 210, height: 297)
}

package struct Sheet: Sendable {
    package enum Source: Sendable, Equatable {
        /// A file of the paper at that address, 1 being the letter itself.
        case paper(OfficeAddress, file: Int)
        case staged(id: String)
    }

    package let source: Source
    package let name: String
    package let pages: Int
    /// Sizes of the first pages; A4 where unknown.
    package let sizes: [PageSize]
    /// Why no picture can be shown: the preview program is not installed.
    package let previewIsMissing: Bool

    package init(
        source: Source, name: String, pages: Int, sizes: [PageSize] = [], previewIsMissing: Bool = false
    ) {
        self.source = source
        self.name = name
        self.pages = pages
        self.sizes = sizes
        self.previewIsMissing = previewIsMissing
    }

    package static let pictureWidth = 1100
    /// Pages beyond this are read in the downloaded file.
    package static let shownPages = 40

    func picture(_ page: Int) -> OfficeAddress {
        switch source {
        case .paper(let paper, let file): .sheet(paper, file: file, page: page, width: Self.pictureWidth)
        case .staged(let id): .stagedSheet(id: id, page: page, width: Self.pictureWidth)
        }
    }

    var download: OfficeAddress? {
        switch source {
        case .paper(let paper, let file): .file(paper, file)
        case .staged: nil
        }
    }

    func size(_ page: Int) -> PageSize { sizes.indices.contains(page - 1) ? sizes[page - 1] : .a4 }
}

struct SheetView {
    let frame: Frame
    let sheet: Sheet
    let label: String
    var status: HTML = .empty
    var tools: HTML = .empty
    var overlays: [PageOverlay] = []

    func html() -> HTML {
        section(
            .class("doc"), .aria(.label, label),
            div(
                .class("tools"), status, span(.class("muted"), .text(pageWords)), tools,
                .maybe(sheet.download) { a(.class("push"), .href(frame.path($0)), "Tải về") }),
            div(
                .class("view"), .tabindex(0), .role("group"), .aria(.label, "Trang văn bản, cuộn để đọc"),
                pictures()))
    }

    private var pageWords: String { sheet.pages == 1 ? "1 trang" : "\(Vi.number(sheet.pages)) trang" }

    private func pictures() -> HTML {
        if sheet.previewIsMissing {
            return p(
                .class("note warn"),
                "Máy chủ chưa cài chương trình xem trang (poppler-utils) nên không hiện được trang. Tải tệp về để đọc; việc khác vẫn làm được."
            )
        }
        if sheet.pages == 0 { return p(.class("note"), "Chưa có trang nào để xem.") }
        let shown = min(sheet.pages, Sheet.shownPages)
        return .group(
            .each(1...shown, picture),
            .when(
                sheet.pages > shown,
                p(
                    .class("note"),
                    .text("Còn \(Vi.number(sheet.pages - shown)) trang. Tải tệp về để đọc tiếp."))))
    }

    private func picture(_ page: Int) -> HTML {
        let size = sheet.size(page)
        let height = Int((Double(Sheet.pictureWidth) * size.height / max(size.width, 1)).rounded())
        let drawn = overlays.filter { $0.page == page }
        return div(
            .class("sheet"),
            img(
                .src(frame.path(sheet.picture(page))), .width(Sheet.pictureWidth), .height(height),
                .alt("Trang \(page) của \(sheet.name)"), .when(page > 1, .loading("lazy"))),
            .when(!drawn.isEmpty, PageOverlay.drawing(drawn, size)))
    }
}
