// Chờ tiếp nhận: what other agencies sent electronically and the clerk has not yet taken or refused. Two working hours
// are allowed for it (002 Điều 3.3), so the time left stands at the end of each line.
import Domain
import Markup

package struct ReceiptRow: Sendable, Equatable {
    package let id: ID<Receipt>
    package let arrivedAt: Instant
    package let senderName: String
    package let numberAndNotation: String
    package let abstract: String
    package let urgency: Urgency
    package let pages: Int
    package let files: Int
    package let signature: StateMark
    package let dueAt: Instant?
    /// When its sender took it back.
    package let takenBackAt: Instant?

    package init(
        id: ID<Receipt>, arrivedAt: Instant, senderName: String, numberAndNotation: String, abstract: String,
        urgency: Urgency, pages: Int, files: Int, signature: StateMark, dueAt: Instant?,
        takenBackAt: Instant? = nil
    ) {
        self.takenBackAt = takenBackAt
        self.id = id
        self.arrivedAt = arrivedAt
        self.senderName = senderName
        self.numberAndNotation = numberAndNotation
        self.abstract = abstract
        self.urgency = urgency
        self.pages = pages
        self.files = files
        self.signature = signature
        self.dueAt = dueAt
    }
}

package struct ReceiveListPage: Sendable {
    /// How many of each stand there.
    package struct Counts: Sendable, Equatable {
        package let waiting: Int
        package let refused: Int
        package let takenBack: Int

        package init(waiting: Int, refused: Int = 0, takenBack: Int = 0) {
            (self.waiting, self.refused, self.takenBack) = (waiting, refused, takenBack)
        }
    }

    package let frame: Frame
    package let rows: [ReceiptRow]
    package let filter: ReceiveFilter
    package let counts: Counts
    package let next: String?

    package init(
        frame: Frame, rows: [ReceiptRow], filter: ReceiveFilter = ReceiveFilter(), counts: Counts,
        next: String? = nil
    ) {
        self.frame = frame
        self.rows = rows
        self.filter = filter
        self.counts = counts
        self.next = next
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Chờ tiếp nhận", kind: .list, section: .arrivals(.receive)).around(
            PageHead(
                title: "Chờ tiếp nhận",
                sub: .text(
                    counts.waiting == 0
                        ? "" : "\(Vi.count(counts.waiting)) văn bản điện tử, tiếp nhận trong 2 giờ làm việc")
            ).html(),
            .when(counts.refused + counts.takenBack > 0, tabs()),
            div(
                .class("stack gap-top"), rows.isEmpty ? nothing() : table(),
                ListParts.more(
                    next.map { frame.path(.receiveList(ReceiveFilter(part: filter.part, after: $0))) },
                    shown: rows.count, total: nil)),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private func tabs() -> HTML {
        let parts: [(ReceiveFilter.Part?, String, Int)] = [
            (nil, "Chờ tiếp nhận", counts.waiting), (.refused, "Đã từ chối", counts.refused),
            (.takenBack, "Đã lấy lại", counts.takenBack),
        ]
        return ListParts.tabs(
            "Lọc văn bản điện tử",
            parts.map { part, words, count in
                Tab(
                    words: words, path: frame.path(.receiveList(ReceiveFilter(part: part))), count: count,
                    isCurrent: filter.part == part)
            })
    }

    private func nothing() -> HTML {
        let others = a(.href(frame.path(.arrivals(ArrivalFilter()))), "Xem văn bản đến")
        return switch filter.part {
        case nil: ListParts.empty("Không có văn bản điện tử nào chờ tiếp nhận.", others)
        case .refused: ListParts.empty("Chưa từ chối văn bản điện tử nào.", others)
        case .takenBack: ListParts.empty("Chưa có văn bản nào được nơi gửi lấy lại.", others)
        }
    }

    private var lastHead: String {
        switch filter.part {
        case nil: "Còn lại"
        case .refused: "Trạng thái"
        case .takenBack: "Lấy lại lúc"
        }
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"),
            caption(
                .class("sr"),
                .text(
                    filter.part == nil
                        ? "Văn bản điện tử chờ tiếp nhận, đến trước xếp trước"
                        : "Văn bản điện tử, mới nhất trước")),
            ListParts.heads(
                "Đến lúc", "Nơi gửi", "Số, ký hiệu", "Trích yếu", "Trang, tệp", "Chữ ký", lastHead),
            tbody(.each(rows) { row($0) }))
    }

    private func row(_ row: ReceiptRow) -> HTML {
        tr(
            .class("line"),
            td(.class("num"), .dataLabel("Đến lúc"), Marks.moment(row.arrivedAt, frame)),
            td(.class("full"), .text(row.senderName)),
            td(.class("num"), .text(row.numberAndNotation)),
            th(
                .scope(.row), .class("full wide"),
                a(
                    .class("abs"), .href(frame.path(.receipt(row.id))), Marks.stamp(row.urgency),
                    .text(row.abstract))),
            td(.class("num"), .text("\(row.pages) trang, \(row.files) tệp")),
            td(.when(row.takenBackAt == nil, Marks.state(row.signature))), td(last(row)))
    }

    private func last(_ row: ReceiptRow) -> HTML {
        if let at = row.takenBackAt { return Marks.moment(at, frame) }
        return filter.part == .refused
            ? Marks.state(Vi.state(ReceiptState.refused)) : Marks.dueCell(frame.due(row.dueAt))
    }
}
