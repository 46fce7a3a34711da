// Văn bản đi: what the agency issued, newest first, with how many recipients have taken it.
import Domain
import Markup

package struct IssuedRow: Sendable, Equatable {
    package let number: IssuedNumber
    package let notation: String
    package let date: OfficeDate
    package let typeName: String
    package let abstract: String
    package let urgency: Urgency
    package let signer: String
    package let accepted: Int
    package let recipients: Int
    package let refused: Int
    package let state: IssuanceState
    /// What its signatures are worth; nil where there is no document.
    package let signature: StateMark?
    /// An answer is asked for by this day, and how many have answered.
    package let answerBy: OfficeDate?
    package let answered: Int
    /// A later one took its place.
    package let isReplaced: Bool

    package init(
        number: IssuedNumber, notation: String, date: OfficeDate, typeName: String, abstract: String,
        urgency: Urgency, signer: String, accepted: Int, recipients: Int, refused: Int, state: IssuanceState,
        signature: StateMark? = nil, answerBy: OfficeDate? = nil, answered: Int = 0,
        isReplaced: Bool = false
    ) {
        self.isReplaced = isReplaced
        self.answerBy = answerBy
        self.answered = answered
        self.number = number
        self.notation = notation
        self.date = date
        self.typeName = typeName
        self.abstract = abstract
        self.urgency = urgency
        self.signer = signer
        self.accepted = accepted
        self.recipients = recipients
        self.refused = refused
        self.state = state
        self.signature = signature
    }
}

package struct IssuedListPage: Sendable {
    /// One outgoing register, as a filter.
    package struct RegisterChoice: Sendable, Equatable {
        package let slug: String
        package let name: String
        package let count: Int

        package init(slug: String, name: String, count: Int) {
            (self.slug, self.name, self.count) = (slug, name, count)
        }
    }

    package let frame: Frame
    package let rows: [IssuedRow]
    package let filter: IssuedFilter
    package let registers: [RegisterChoice]
    /// How many wait for an answer, and of how many the day has passed.
    package let awaited: Int
    package let late: Int
    package let next: String?

    package init(
        frame: Frame, rows: [IssuedRow], filter: IssuedFilter, registers: [RegisterChoice],
        awaited: Int = 0, late: Int = 0, next: String? = nil
    ) {
        self.awaited = awaited
        self.late = late
        self.frame = frame
        self.rows = rows
        self.filter = filter
        self.registers = registers
        self.next = next
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Văn bản đi", kind: .list, section: .issued(.list)).around(
            PageHead(
                title: "Văn bản đi", sub: .text("Năm \(frame.now.officeDate.year)"),
                aside: .when(
                    frame.role == .clerk,
                    a(
                        .class("btn"), .href(frame.path(.toIssue)), "Chờ phát hành ",
                        .when(frame.counts.toIssue > 0, Marks.count(frame.counts.toIssue))))
            ).html(),
            div(
                .class("bar-top"), tabs(),
                ListParts.search(
                    frame.path(.issuedList(IssuedFilter())), words: filter.words,
                    label: "Lọc trong danh sách này",
                    hidden: [
                        ("so", filter.register),
                        ("xem", filter.awaited ? IssuedFilter.awaitedSlug : nil),
                    ])),
            rows.isEmpty ? nothing() : table(),
            ListParts.more(
                next.map {
                    frame.path(
                        .issuedList(
                            IssuedFilter(
                                register: filter.register, words: filter.words, after: $0,
                                awaited: filter.awaited)))
                }, shown: rows.count, total: nil),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private func tabs() -> HTML {
        let all = Tab(
            words: "Tất cả sổ", path: frame.path(.issuedList(IssuedFilter(words: filter.words))),
            count: registers.reduce(0) { $0 + $1.count }, isCurrent: filter.register == nil && !filter.awaited
        )
        let shown = registers.filter { $0.count > 0 || $0.slug == filter.register }
        return ListParts.tabs(
            "Lọc theo sổ",
            [all]
                + shown.map { register in
                    Tab(
                        words: register.name,
                        path: frame.path(
                            .issuedList(IssuedFilter(register: register.slug, words: filter.words))),
                        count: register.count,
                        isCurrent: filter.register == register.slug && !filter.awaited)
                } + answerTab)
    }

    /// There only while something is waited for.
    private var answerTab: [Tab] {
        guard awaited > 0 || filter.awaited else { return [] }
        return [
            Tab(
                words: "Chờ trả lời",
                path: frame.path(.issuedList(IssuedFilter(words: filter.words, awaited: true))),
                count: awaited, isCurrent: filter.awaited, late: late > 0)
        ]
    }

    private func answer(_ row: IssuedRow) -> HTML {
        guard let day = row.answerBy, row.state == .issued else { return .empty }
        let isLate = day < frame.now.officeDate && row.answered < row.recipients - row.refused
        let words =
            "\(Vi.number(row.answered))/\(Vi.number(row.recipients)) trả lời, hạn \(Vi.dayAndMonth(day))"
        return small(.class(isLate ? "under late" : "under"), .text(words))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Văn bản đi, mới nhất trước"),
            ListParts.heads(
                "Số, ký hiệu", "Ngày", "Loại", "Trích yếu", "Người ký", "Nơi nhận", "Chữ ký", "Trạng thái"),
            tbody(.each(rows, line)))
    }

    private func line(_ row: IssuedRow) -> HTML {
        tr(
            .class("line"),
            td(.class("num"), b(.text("\(Notation.printed(row.number.number))/\(row.notation)"))),
            td(.class("num"), .text(Vi.date(row.date))),
            td(.text(row.typeName)),
            th(
                .scope(.row), .class("full wide"),
                a(
                    .class("abs"), .href(frame.path(.issued(row.number, BoardFilter()))),
                    Marks.stamp(row.urgency),
                    .text(row.abstract))),
            td(.text(row.signer)),
            td(
                .class("num"), .dataLabel("Đã nhận"),
                .text("\(Vi.number(row.accepted))/\(Vi.number(row.recipients))"),
                .when(
                    row.refused > 0,
                    .group(" ", Marks.state(StateMark(.no, "\(Vi.number(row.refused)) từ chối")))),
                answer(row)),
            td(.maybe(row.signature, Marks.state)),
            td(Marks.state(row.isReplaced ? StateMark(.ring, "Đã được thay thế") : Vi.state(row.state))))
    }

    private func nothing() -> HTML {
        if filter.awaited, filter.words.isEmpty {
            return ListParts.empty(
                "Không có văn bản nào chờ trả lời.",
                a(.href(frame.path(.issuedList(IssuedFilter()))), "Xem tất cả văn bản đi"))
        }
        if filter.register == nil, filter.words.isEmpty {
            return ListParts.empty(
                "Chưa có văn bản đi nào.", "Văn bản hiện ở đây khi văn thư phát hành.")
        }
        return ListParts.empty(
            "Không có văn bản đi nào theo bộ lọc này.",
            a(.href(frame.path(.issuedList(IssuedFilter()))), "Bỏ lọc, xem tất cả"))
    }
}
