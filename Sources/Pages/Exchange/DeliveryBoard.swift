// Theo dõi gửi: where the letter stands at each recipient, those that need a look first (Quyết định 28/2018/QĐ-TTg).
// Long boards are paged by a hundred.
import Domain
import Markup

package struct DeliveryRow: Sendable, Equatable {
    package let ordinal: Int
    package let recipientName: String
    package let status: DeliveryStatus
    package let at: Instant
    /// The reason of a refusal, or the arrival number it got there.
    package let note: String
    package let medium: Medium
    /// How far the paper is, where there is any.
    package let paper: PaperState?

    package init(
        ordinal: Int, recipientName: String, status: DeliveryStatus, at: Instant, note: String = "",
        medium: Medium = .electronic, paper: PaperState? = nil
    ) {
        self.medium = medium
        self.paper = paper
        self.ordinal = ordinal
        self.recipientName = recipientName
        self.status = status
        self.at = at
        self.note = note
    }
}

package struct DeliveryBoard: Sendable, Equatable {
    package let rows: [DeliveryRow]
    /// Over all recipients, whatever the filter.
    package let counts: [DeliveryStatus: Int]
    package let filter: BoardFilter
    package let next: String?

    package init(rows: [DeliveryRow], counts: [DeliveryStatus: Int], filter: BoardFilter, next: String? = nil)
    {
        self.rows = rows
        self.counts = counts
        self.filter = filter
        self.next = next
    }

    var total: Int { counts.values.reduce(0, +) }

    func count(_ part: BoardFilter.Part) -> Int {
        counts.reduce(0) { $0 + (part.contains($1.key) ? $1.value : 0) }
    }

    /// "30 nơi: 27 đã tiếp nhận, 2 chưa tiếp nhận, 1 từ chối"
    var summary: String {
        let taken = count(.inWork) + count(.finished)
        var parts = ["\(Vi.number(taken)) đã tiếp nhận"]
        if count(.notAccepted) > 0 { parts.append("\(Vi.number(count(.notAccepted))) chưa tiếp nhận") }
        if count(.needsLook) > 0 { parts.append("\(Vi.number(count(.needsLook))) từ chối") }
        return "\(Vi.number(total)) nơi: " + parts.joined(separator: ", ")
    }
}

struct DeliveryBoardView {
    let frame: Frame
    let number: IssuedNumber
    let board: DeliveryBoard

    func html() -> HTML {
        section(
            .class("board"), .id("theo-doi"), .aria(.labelledby, "h-theo-doi"),
            div(
                .class("head"), h2(.id("h-theo-doi"), "Theo dõi gửi"), p(.class("sub"), .text(board.summary))),
            tabs(), board.rows.isEmpty ? nothing() : table(), more())
    }

    private func tabs() -> HTML {
        let parts: [(BoardFilter.Part?, String, Int)] = [
            (nil, "Tất cả", board.total), (.needsLook, "Cần xem", board.count(.needsLook)),
            (.notAccepted, "Chưa tiếp nhận", board.count(.notAccepted)),
            (.inWork, "Đã nhận, đang xử lý", board.count(.inWork)),
            (.finished, "Hoàn thành", board.count(.finished)),
        ]
        return ListParts.tabs(
            "Lọc nơi nhận theo trạng thái",
            parts.map { part, words, count in
                Tab(
                    words: words, path: path(BoardFilter(part: part)), count: count,
                    isCurrent: board.filter.part == part, late: part == .needsLook && count > 0)
            })
    }

    private func path(_ filter: BoardFilter) -> String { frame.path(.issued(number, filter)) + "#theo-doi" }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards"), caption(.class("sr"), "Trạng thái từng nơi nhận"),
            ListParts.heads("TT", "Nơi nhận", "Hình thức", "Trạng thái", "Lúc", "Ghi chú"),
            tbody(
                .each(board.rows) { row in
                    tr(
                        td(.class("num wideonly"), .number(row.ordinal)),
                        th(.scope(.row), .class("full"), .text(row.recipientName)),
                        td(.class(row.medium == .electronic ? "wideonly" : ""), .text(Vi.medium(row.medium))),
                        td(states(row)), td(.class("num"), Marks.moment(row.at, frame)),
                        td(.class("full"), .text(row.note)))
                }))
    }

    /// Paper alone has no status of the recipient; it is as far as it was carried.
    private func states(_ row: DeliveryRow) -> HTML {
        let paper = HTML.maybe(row.paper) { Marks.state(Vi.state($0)) }
        if row.medium == .paper { return paper }
        return .group(
            Marks.state(Vi.state(row.status)), .when(row.paper != nil, small(.class("under"), paper)))
    }

    private func nothing() -> HTML {
        ListParts.empty(
            "Không có nơi nhận nào ở trạng thái này.", a(.href(path(BoardFilter())), "Xem tất cả nơi nhận"))
    }

    private func more() -> HTML {
        ListParts.more(
            board.next.map { path(BoardFilter(part: board.filter.part, after: $0)) }, shown: board.rows.count,
            total: nil)
    }
}
