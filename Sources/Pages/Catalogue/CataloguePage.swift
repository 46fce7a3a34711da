// Danh bạ cơ quan (A9): everybody letters go to and come from; searched by name, code or superior, with or without strokes.
import Domain
import Markup

/// One agency of the catalogue, as a page shows it.
package struct CatalogueRow: Sendable, Equatable {
    package let agency: Correspondent
    package let successorName: String?
    package let isValid: Bool

    package init(agency: Correspondent, successorName: String?, isValid: Bool) {
        (self.agency, self.successorName, self.isValid) = (agency, successorName, isValid)
    }
}

package struct CatalogueFilter: Hashable, Sendable {
    package var kind: CorrespondentKind?
    package var words: String
    package var after: String?

    package init(kind: CorrespondentKind? = nil, words: String = "", after: String? = nil) {
        (self.kind, self.words, self.after) = (kind, words, after)
    }

    package var query: String {
        Query().adding("loai", kind?.slug).adding("tim", words).adding("sau", after).text
    }
}

package struct CataloguePage: Sendable {
    package let frame: Frame
    package let rows: [CatalogueRow]
    package let filter: CatalogueFilter
    package let next: String?

    package init(frame: Frame, rows: [CatalogueRow], filter: CatalogueFilter, next: String? = nil) {
        self.frame = frame
        self.rows = rows
        self.filter = filter
        self.next = next
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Danh bạ cơ quan", kind: .list, section: .issued(.catalogue)).around(
            PageHead(
                title: "Danh bạ cơ quan", sub: "",
                aside: .when(
                    frame.role == .clerk,
                    .group(
                        a(.class("btn"), .href(frame.path(.recipientGroups)), "Nhóm nơi nhận"), " ",
                        a(.class("btn"), .href(frame.path(.newCorrespondent)), "Thêm cơ quan ngoài danh bạ")))
            ).html(),
            div(
                .class("bar-top"), tabs(),
                ListParts.search(
                    frame.path(.catalogue(CatalogueFilter())), words: filter.words,
                    label: "Tên hoặc mã định danh", hidden: [("loai", filter.kind?.slug)])),
            rows.isEmpty ? nothing() : table(),
            ListParts.more(
                next.map { next in
                    var after = filter
                    after.after = next
                    return frame.path(.catalogue(after))
                }, shown: rows.count, total: nil),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private func tabs() -> HTML {
        func tab(_ words: String, _ kind: CorrespondentKind?) -> Tab {
            Tab(
                words: words, path: frame.path(.catalogue(CatalogueFilter(kind: kind, words: filter.words))),
                count: nil, isCurrent: filter.kind == kind)
        }
        return ListParts.tabs(
            "Lọc theo loại cơ quan",
            [tab("Tất cả", nil)] + CorrespondentKind.allCases.map { tab(Vi.kind($0), $0) })
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"),
            caption(.class("sr"), "Danh bạ cơ quan theo tên, cơ quan đã kết thúc ở cuối"),
            ListParts.heads("Tên", "Mã định danh", "Cơ quan chủ quản", "Cách gửi"),
            tbody(.each(rows, line)))
    }

    private func line(_ row: CatalogueRow) -> HTML {
        let agency = row.agency
        return tr(
            .class("line"),
            th(
                .scope(.row), .class("full wide"),
                a(.class("abs"), .href(frame.path(.correspondent(agency.id))), .text(agency.name)),
                .when(
                    filter.kind == nil && agency.kind != .state,
                    small(.class("under"), .text(Vi.kind(agency.kind))))),
            td(
                .class("num full"),
                .when(!agency.code.isEmpty || !agency.codeQCVN102.isEmpty, .dataLabel("Mã")),
                CatalogueParts.codes(agency)),
            td(.class("full"), .text(agency.superiorName)),
            td(
                .class("full"), .when(row.isValid, CatalogueParts.way(agency)),
                CatalogueParts.validity(row, frame)))
    }

    private func nothing() -> HTML {
        if filter.words.isEmpty, filter.kind == nil {
            return ListParts.empty(
                "Danh bạ chưa có cơ quan nào.", "Người quản trị nạp danh bạ do cơ quan quản lý công bố.")
        }
        return ListParts.empty(
            "Không tìm thấy cơ quan nào.",
            .group(
                "Thử ít từ hơn, hoặc mã định danh. ",
                a(.href(frame.path(.catalogue(CatalogueFilter()))), "Bỏ lọc, xem tất cả")))
    }
}

/// What stands alike in the list, on the entry's page and where recipients are chosen.
enum CatalogueParts {
    static func codes(_ agency: Correspondent) -> HTML {
        let both = [agency.code, agency.codeQCVN102].filter { !$0.isEmpty }
        guard let first = both.first else { return span(.class("muted"), "Chưa có mã") }
        return .group(.text(first), .each(both.dropFirst()) { small(.class("under"), .text($0)) })
    }

    static func way(_ agency: Correspondent) -> HTML {
        let detail =
            agency.channel == .paper ? agency.address : agency.channel == .mail ? agency.mail : agency.partner
        return .group(
            .text(Vi.way(agency.channel)), .when(!detail.isEmpty, small(.class("under"), .text(detail))),
            .maybe(missing(agency)) { small(.class("under"), Marks.state(StateMark(.warn, $0))) })
    }

    /// A list taken up from outside may say how letters go without saying where to.
    static func missing(_ agency: Correspondent) -> String? {
        switch agency.channel {
        case .mail where agency.mail.isEmpty: "Chưa có địa chỉ thư"
        case .paper where agency.address.isEmpty: "Chưa có địa chỉ"
        default: nil
        }
    }

    static func validity(_ row: CatalogueRow, _ frame: Frame) -> HTML {
        guard !row.isValid else {
            return .group(
                .maybe(row.agency.validTo) { small(.text("đến hết \(Vi.date($0))")) },
                .when(
                    row.agency.isSelfDeclared,
                    small(.class("under"), Marks.state(StateMark(.warn, "Tự khai báo, chưa xác nhận")))))
        }
        if let from = row.agency.validFrom, from > frame.now.officeDate {
            return Marks.state(StateMark(.ring, "Từ \(Vi.date(from))"))
        }
        return .group(
            Marks.state(
                StateMark(.no, row.agency.validTo.map { "Đã kết thúc \(Vi.date($0))" } ?? "Đã kết thúc")),
            .maybe(row.successorName) { small(.class("under"), .text("Kế thừa: \($0)")) })
    }
}
