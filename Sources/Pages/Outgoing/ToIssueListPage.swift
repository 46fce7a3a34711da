// Chờ phát hành: signed documents waiting for number, seal and sending, and those a fault left half way.
import Domain
import Markup

package struct ToIssueRow: Sendable, Equatable {
    package let code: Int
    package let signedAt: Instant
    package let signer: String
    package let typeName: String
    package let abstract: String
    package let urgency: Urgency
    package let dueAt: Instant?
    /// The number it already has, when it is not yet sealed.
    package let takenNumber: Int?

    package init(
        code: Int, signedAt: Instant, signer: String, typeName: String, abstract: String, urgency: Urgency,
        dueAt: Instant?, takenNumber: Int? = nil
    ) {
        self.code = code
        self.signedAt = signedAt
        self.signer = signer
        self.typeName = typeName
        self.abstract = abstract
        self.urgency = urgency
        self.dueAt = dueAt
        self.takenNumber = takenNumber
    }
}

package struct ToIssueListPage: Sendable {
    package let frame: Frame
    package let rows: [ToIssueRow]

    package init(frame: Frame, rows: [ToIssueRow]) { (self.frame, self.rows) = (frame, rows) }

    package func html() -> HTML {
        Shell(frame: frame, title: "Chờ phát hành", kind: .list, section: .issued(.toIssue)).around(
            PageHead(
                title: "Chờ phát hành",
                sub: .text(rows.isEmpty ? "" : "\(Vi.number(rows.count)) văn bản đã ký")
            ).html(),
            rows.isEmpty
                ? ListParts.empty(
                    "Không có văn bản nào chờ phát hành.",
                    a(.href(frame.path(.issuedList(IssuedFilter()))), "Xem văn bản đi"))
                : table(),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Văn bản đã ký, chờ số và dấu"),
            ListParts.heads("Ký lúc", "Người ký", "Loại", "Trích yếu", "Hạn phát hành", "Trạng thái"),
            tbody(
                .each(rows) { row in
                    tr(
                        .class("line"),
                        td(.class("num"), .dataLabel("Ký lúc"), Marks.moment(row.signedAt, frame)),
                        td(.text(row.signer)), td(.text(row.typeName)),
                        th(
                            .scope(.row), .class("full wide"),
                            a(
                                .class("abs"), .href(frame.path(.issuing(row.code))),
                                Marks.stamp(row.urgency),
                                .text(row.abstract))),
                        td(Marks.dueCell(frame.due(row.dueAt))),
                        td(Marks.state(mark(row))))
                }))
    }

    private func mark(_ row: ToIssueRow) -> StateMark {
        row.takenNumber.map { StateMark(.warn, "Đã cấp số \(Notation.printed($0)), chưa đóng dấu") }
            ?? StateMark(.signed, "Đã ký")
    }
}
