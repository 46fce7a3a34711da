// Dự thảo – Phiếu trình: the drafts this position may see, newest first, with where each one is.
import Domain
import Markup

package struct DraftRow: Sendable, Equatable {
    package let code: Int
    package let abstract: String
    package let urgency: Urgency
    package let typeName: String
    package let drafterName: String
    /// Who has it now; empty when with nobody.
    package let holder: String
    package let version: Int
    package let dueAt: Instant?
    package let state: DraftState

    package init(
        code: Int, abstract: String, urgency: Urgency, typeName: String, drafterName: String, holder: String,
        version: Int, dueAt: Instant?, state: DraftState
    ) {
        self.code = code
        self.abstract = abstract
        self.urgency = urgency
        self.typeName = typeName
        self.drafterName = drafterName
        self.holder = holder
        self.version = version
        self.dueAt = dueAt
        self.state = state
    }
}

package struct DraftListPage: Sendable {
    package let frame: Frame
    package let rows: [DraftRow]
    package let filter: DraftFilter
    package let counts: [DraftState: Int]
    package let next: String?

    package init(
        frame: Frame, rows: [DraftRow], filter: DraftFilter, counts: [DraftState: Int], next: String? = nil
    ) {
        self.frame = frame
        self.rows = rows
        self.filter = filter
        self.counts = counts
        self.next = next
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Dự thảo – Phiếu trình", kind: .list, section: .drafts(.list)).around(
            PageHead(
                title: "Dự thảo – Phiếu trình",
                aside: a(.class("btn main"), .href(frame.path(.newDraft(answering: nil))), "Lập dự thảo")
            ).html(),
            div(
                .class("bar-top"), tabs(),
                ListParts.search(
                    frame.path(.drafts(DraftFilter())), words: filter.words, label: "Lọc trong danh sách này",
                    hidden: [("trang-thai", filter.state?.slug)])),
            rows.isEmpty ? nothing() : table(),
            ListParts.more(
                next.map {
                    frame.path(.drafts(DraftFilter(state: filter.state, words: filter.words, after: $0)))
                },
                shown: rows.count, total: nil),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private func tabs() -> HTML {
        let all = Tab(
            words: "Tất cả", path: frame.path(.drafts(DraftFilter(words: filter.words))),
            count: counts.values.reduce(0, +), isCurrent: filter.state == nil)
        let states = DraftState.allCases.map { state in
            Tab(
                words: Vi.state(state).word,
                path: frame.path(.drafts(DraftFilter(state: state, words: filter.words))),
                count: counts[state, default: 0], isCurrent: filter.state == state)
        }
        return ListParts.tabs("Lọc theo trạng thái", [all] + states)
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Dự thảo, mới nhất trước"),
            ListParts.heads(
                "Mã", "Trích yếu", "Loại", "Người soạn", "Đang ở", "Phiên bản", "Hạn", "Trạng thái"),
            tbody(
                .each(rows) { row in
                    tr(
                        .class("line"),
                        td(.class("num"), b("DT-\(row.code)")),
                        th(
                            .scope(.row), .class("full wide"),
                            a(
                                .class("abs"), .href(frame.path(.draft(row.code))), Marks.stamp(row.urgency),
                                .text(row.abstract))),
                        td(.text(row.typeName)), td(.dataLabel("Người soạn"), .text(row.drafterName)),
                        td(.dataLabel("Đang ở"), .text(row.holder)),
                        td(
                            .class("num"), .dataLabel("Phiên bản"),
                            row.version == 0 ? "chưa có" : .number(row.version)),
                        td(row.state == .issued ? .empty : Marks.dueCell(frame.due(row.dueAt))),
                        td(Marks.state(Vi.state(row.state))))
                }))
    }

    private func nothing() -> HTML {
        if filter.state == nil, filter.words.isEmpty {
            return ListParts.empty(
                "Chưa có dự thảo nào.", a(.href(frame.path(.newDraft(answering: nil))), "Lập dự thảo"))
        }
        return ListParts.empty(
            "Không có dự thảo nào theo bộ lọc này.",
            a(.href(frame.path(.drafts(DraftFilter()))), "Bỏ lọc, xem tất cả"))
    }
}
