// Văn bản đến: the agency's register of arrivals as a list, newest first, with filters by state and a search inside it.
import Domain
import Markup

package struct ArrivalRow: Sendable, Equatable {
    package let number: RegisterNumber
    package let arrivedOn: OfficeDate
    package let issuingAgency: String
    package let numberAndNotation: String
    package let date: OfficeDate
    package let abstract: String
    package let urgency: Urgency
    /// Who has it now: the director, or the lead.
    package let holder: String
    package let dueAt: Instant?
    package let state: ArrivalState
    /// What its signatures are worth.
    package let signature: StateMark

    package init(
        number: RegisterNumber, arrivedOn: OfficeDate, issuingAgency: String, numberAndNotation: String,
        date: OfficeDate, abstract: String, urgency: Urgency, holder: String, dueAt: Instant?,
        state: ArrivalState, signature: StateMark
    ) {
        self.number = number
        self.arrivedOn = arrivedOn
        self.issuingAgency = issuingAgency
        self.numberAndNotation = numberAndNotation
        self.date = date
        self.abstract = abstract
        self.urgency = urgency
        self.holder = holder
        self.dueAt = dueAt
        self.state = state
        self.signature = signature
    }
}

package struct ArrivalListPage: Sendable {
    package let frame: Frame
    package let rows: [ArrivalRow]
    package let filter: ArrivalFilter
    /// Per state, over what the search leaves; a count over 1,000 is shown as "hơn 1.000".
    package let counts: [ArrivalState: Int]
    /// How many wait for their paper.
    package let awaitingPaper: Int
    /// The key after which the next page begins.
    package let next: String?

    package init(
        frame: Frame, rows: [ArrivalRow], filter: ArrivalFilter, counts: [ArrivalState: Int],
        awaitingPaper: Int = 0, next: String? = nil
    ) {
        self.awaitingPaper = awaitingPaper
        self.frame = frame
        self.rows = rows
        self.filter = filter
        self.counts = counts
        self.next = next
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Văn bản đến", kind: .list, section: .arrivals(.list)).around(
            PageHead(
                title: "Văn bản đến", sub: .text("Sổ văn bản đến năm \(frame.now.officeDate.year)"),
                aside: .when(
                    frame.role == .clerk,
                    .group(
                        a(
                            .class("btn"), .href(frame.path(.receiveList())), "Chờ tiếp nhận ",
                            .when(frame.counts.toReceive > 0, Marks.count(frame.counts.toReceive))),
                        a(
                            .class("btn main"), .href(frame.path(.registerArrival(staged: nil))),
                            "Đăng ký văn bản đến")))
            ).html(),
            div(
                .class("bar-top"), tabs(),
                ListParts.search(
                    frame.path(.arrivals(ArrivalFilter())), words: filter.words,
                    label: "Lọc trong danh sách này",
                    hidden: [
                        ("trang-thai", filter.state?.slug),
                        ("ban-giay", filter.awaitsPaper ? ArrivalFilter.paperSlug : nil),
                    ])),
            rows.isEmpty ? nothing() : table(),
            ListParts.more(
                next.map {
                    frame.path(
                        .arrivals(
                            ArrivalFilter(
                                state: filter.state, awaitsPaper: filter.awaitsPaper, words: filter.words,
                                after: $0)))
                },
                shown: rows.count, total: filter.after == nil ? total : nil),
            .when(!rows.isEmpty, KeyHints.list))
    }

    private var total: Int {
        filter.awaitsPaper ? awaitingPaper : ofState
    }

    private var ofState: Int { filter.state.map { counts[$0, default: 0] } ?? counts.values.reduce(0, +) }

    private func tabs() -> HTML {
        var tabs = [tab(nil, "Tất cả", counts.values.reduce(0, +))]
        for state in ArrivalState.allCases {
            tabs.append(tab(state, Vi.state(state).word, counts[state, default: 0]))
        }
        if awaitingPaper > 0 || filter.awaitsPaper {
            tabs.append(
                Tab(
                    words: "Chờ bản giấy",
                    path: frame.path(.arrivals(ArrivalFilter(awaitsPaper: true, words: filter.words))),
                    count: awaitingPaper, isCurrent: filter.awaitsPaper))
        }
        return ListParts.tabs("Lọc theo trạng thái", tabs)
    }

    private func tab(_ state: ArrivalState?, _ words: String, _ count: Int) -> Tab {
        Tab(
            words: words, path: frame.path(.arrivals(ArrivalFilter(state: state, words: filter.words))),
            count: count,
            isCurrent: filter.state == state && !filter.awaitsPaper)
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Văn bản đến, mới nhất trước"),
            ListParts.heads(
                "Số đến, ngày", "Cơ quan ban hành", "Số, ký hiệu, ngày", "Trích yếu", "Đang ở", "Hạn",
                "Chữ ký", "Trạng thái"),
            tbody(.each(rows, line)))
    }

    private func line(_ row: ArrivalRow) -> HTML {
        tr(
            .class("line"),
            td(
                .class("num"), .dataLabel("Số đến"), b(.number(row.number.number)),
                small(.text(Vi.date(row.arrivedOn)))),
            td(.class("full"), .text(row.issuingAgency)),
            td(.class("num"), .text(row.numberAndNotation), small(.text(Vi.date(row.date)))),
            th(
                .scope(.row), .class("full wide"),
                a(
                    .class("abs"), .href(frame.path(.arrival(row.number))), Marks.stamp(row.urgency),
                    .text(row.abstract))),
            td(.dataLabel("Đang ở"), .text(row.holder)),
            td(row.state == .closed ? .empty : Marks.dueCell(frame.due(row.dueAt))),
            td(Marks.state(row.signature)),
            td(Marks.state(Vi.state(row.state))))
    }

    private func nothing() -> HTML {
        if filter.state == nil, filter.words.isEmpty, !filter.awaitsPaper {
            return ListParts.empty(
                "Sổ chưa có văn bản nào.",
                .when(
                    frame.role == .clerk,
                    a(.href(frame.path(.registerArrival(staged: nil))), "Đăng ký văn bản đến"),
                    else: "Văn bản hiện ở đây khi văn thư đăng ký."))
        }
        let what = [
            filter.state.map { "trạng thái “\(Vi.state($0).word)”" },
            filter.awaitsPaper ? "“Chờ bản giấy”" : nil,
            filter.words.isEmpty ? nil : "“\(filter.words)”",
        ].compactMap { $0 }.joined(separator: " và ")
        return ListParts.empty(
            "Không có văn bản nào theo \(what).",
            a(.href(frame.path(.arrivals(ArrivalFilter()))), "Bỏ lọc, xem tất cả"))
    }
}
