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

    package init(
        id: ID<Receipt>, arrivedAt: Instant, senderName: String, numberAndNotation: String, abstract: String,
        urgency: Urgency, pages: Int, files: Int, signature: StateMark, dueAt: Instant?
    ) {
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
    package let frame: Frame
    package let rows: [ReceiptRow]

    package init(frame: Frame, rows: [ReceiptRow]) { (self.frame, self.rows) = (frame, rows) }

    package func html() -> HTML {
        Shell(frame: frame, title: "Chờ tiếp nhận", kind: .list, section: .arrivals(.receive)).around(
            PageHead(
                title: "Chờ tiếp nhận",
                sub: .text(
                    rows.isEmpty
                        ? "" : "\(Vi.number(rows.count)) văn bản điện tử, tiếp nhận trong 2 giờ làm việc")
            ).html(),
            rows.isEmpty
                ? ListParts.empty(
                    "Không có văn bản điện tử nào chờ tiếp nhận.",
                    a(.href(frame.path(.arrivals(ArrivalFilter()))), "Xem văn bản đến"))
                : table(),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"),
            caption(.class("sr"), "Văn bản điện tử chờ tiếp nhận, đến trước xếp trước"),
            ListParts.heads(
                "Đến lúc", "Nơi gửi", "Số, ký hiệu", "Trích yếu", "Trang, tệp", "Chữ ký", "Còn lại"),
            tbody(
                .each(rows) { row in
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
                        td(Marks.state(row.signature)),
                        td(Marks.dueCell(frame.due(row.dueAt))))
                }))
    }
}
