// Theo dõi gửi: where the letter stands at each recipient, how long it has been waiting there, what would not go and what was
// asked (Quyết định 28/2018/QĐ-TTg). Long boards are paged by fifty.
import Domain
import Markup

package struct DeliveryRow: Sendable, Equatable {
    package let ordinal: Int
    package let id: ID<Delivery>
    package let recipientName: String
    package let channel: Channel
    package let status: DeliveryStatus
    package let at: Instant
    /// The reason of a refusal, or the arrival number it got there.
    package let note: String
    package let medium: Medium
    /// How far the paper is, where there is any.
    package let paper: PaperState?
    /// When a channel took it.
    package let carriedAt: Instant?
    /// By when the recipient has to take it or refuse it.
    package let acceptDueAt: Instant?
    package let recalledAt: Instant?
    package let unsent: [UnsentMessage]
    package let requests: [ExchangeRequest]
    /// Nil where no answer is asked for and none has come.
    package let answer: AnswerShown?
    /// It can be taken back or corrected by the person who looks.
    package let canAsk: Bool
    /// It was refused there, and the person who looks can send it once more.
    package let canResend: Bool
    /// 1 for the first time.
    package let sending: Int
    /// What its recipient told can be written down by the person who looks.
    package let canNote: Bool
    /// The day on which the recipient told the clerk; nil where its system tells.
    package let toldOn: OfficeDate?

    package init(
        ordinal: Int, id: ID<Delivery>, recipientName: String, channel: Channel = .loopback,
        status: DeliveryStatus, at: Instant, note: String = "", carriedAt: Instant? = nil,
        acceptDueAt: Instant? = nil, recalledAt: Instant? = nil, unsent: [UnsentMessage] = [],
        requests: [ExchangeRequest] = [], canAsk: Bool = false,
        medium: Medium = .electronic, paper: PaperState? = nil, answer: AnswerShown? = nil,
        canResend: Bool = false, sending: Int = 1, canNote: Bool = false, toldOn: OfficeDate? = nil
    ) {
        self.canNote = canNote
        self.toldOn = toldOn
        self.canResend = canResend
        self.sending = sending
        self.answer = answer
        self.medium = medium
        self.paper = paper
        self.ordinal = ordinal
        self.id = id
        self.recipientName = recipientName
        self.channel = channel
        self.status = status
        self.at = at
        self.note = note
        self.carriedAt = carriedAt
        self.acceptDueAt = acceptDueAt
        self.recalledAt = recalledAt
        self.unsent = unsent
        self.requests = requests
        self.canAsk = canAsk
    }

    var mark: StateMark {
        if recalledAt != nil {
            return StateMark(.no, carriedAt == nil ? "Đã lấy lại, chưa gửi đi" : "Đã lấy lại")
        }
        if toldOn != nil { return Vi.told(status) }
        if medium == .paper, let paper { return Vi.state(paper) }
        if let document = unsent.first(where: { $0.kind == .document }) { return document.mark }
        if status == .sent, channel == .mail { return StateMark(.ok, "Đã gửi thư") }
        return Vi.state(status)
    }

    /// What is left of the two working hours; nil where nobody is waited for.
    func waiting(_ frame: Frame) -> DueWords? {
        guard recalledAt == nil, status == .sent || status == .arrived,
            !unsent.contains(where: { $0.kind == .document })
        else { return nil }
        return acceptDueAt.map { Vi.acceptance($0, now: frame.now, calendar: frame.calendar) }
    }
}

/// A channel or partner that an administrator has stopped, and why (H6).
package struct HeldChannel: Sendable, Equatable {
    package let channel: Channel
    package let partner: String
    package let reason: String
    package let since: Instant
    package let by: String

    package init(channel: Channel, partner: String, reason: String, since: Instant, by: String = "") {
        (self.channel, self.partner, self.reason, self.since, self.by) = (channel, partner, reason, since, by)
    }

    var name: String { Vi.channel(channel) + (partner.isEmpty ? "" : " – \(partner)") }

    /// The banner wherever somebody would otherwise wait in vain.
    static func banner(_ held: [HeldChannel], _ frame: Frame) -> HTML {
        .when(
            !held.isEmpty,
            div(
                .class("note warn"), .role("status"),
                b("Có kênh liên thông đang tạm dừng, văn bản gửi qua đó chờ đến khi mở lại."),
                ul(
                    .each(held) { one in
                        li(.text("\(one.name), từ \(frame.moment(one.since)): \(one.reason.endedSentence)"))
                    })))
    }
}

/// What the clerk can do with the recipients on the board; others see no buttons.
package struct BoardActs: Sendable {
    package let entries: Entries
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    package let seal: FormSeal

    package init(
        entries: Entries = Entries(), refusals: [Refusal] = [], refusedVerb: Verb? = nil, seal: FormSeal
    ) {
        (self.entries, self.refusals, self.refusedVerb, self.seal) = (entries, refusals, refusedVerb, seal)
    }
}

package struct DeliveryBoard: Sendable {
    package let rows: [DeliveryRow]
    /// Over all recipients, whatever the filter.
    package let counts: DeliveryCounts
    package let filter: BoardFilter
    package let next: String?
    package let held: [HeldChannel]
    package let acts: BoardActs?

    package init(
        rows: [DeliveryRow], counts: DeliveryCounts, filter: BoardFilter, next: String? = nil,
        held: [HeldChannel] = [], acts: BoardActs? = nil
    ) {
        self.rows = rows
        self.counts = counts
        self.filter = filter
        self.next = next
        self.held = held
        self.acts = acts
    }

    /// "30 nơi: 27 đã tiếp nhận, 2 chưa tiếp nhận, 1 từ chối"
    var summary: String {
        var parts = ["\(Vi.number(counts[.inWork] + counts[.finished])) đã tiếp nhận"]
        func add(_ part: DeliveryPart, _ words: String) {
            if counts[part] > 0 { parts.append("\(Vi.number(counts[part])) \(words)") }
        }
        add(.notAccepted, "chưa tiếp nhận")
        add(.returned, "từ chối")
        add(.takenBack, "đã lấy lại")
        return "\(Vi.number(counts.total)) nơi: " + parts.joined(separator: ", ")
    }
}

struct DeliveryBoardView {
    let frame: Frame
    let number: IssuedNumber
    let board: DeliveryBoard

    func html() -> HTML {
        section(
            .class("board stack"), .id("theo-doi"), .aria(.labelledby, "h-theo-doi"),
            div(
                .class("head"), h2(.id("h-theo-doi"), "Theo dõi gửi"), p(.class("sub"), .text(board.summary))),
            .maybe(board.acts) { acts in
                .group(
                    RefusalNotes(refusals: acts.refusals).summary(acts.refusedVerb),
                    UnsentDoors.form(frame, acts.seal))
            },
            HeldChannel.banner(board.held, frame),
            tabs(), board.rows.isEmpty ? nothing() : table(), more(),
            .when(
                board.acts != nil,
                p(
                    .class("btns"),
                    a(.class("btn"), .href(frame.path(.moreRecipients(number))), "Gửi thêm nơi nhận"))),
            .maybe(board.acts) { acts in
                .when(canAskAnybody, AskForm(frame: frame, number: number, board: board, acts: acts).html())
            })
    }

    private var canAskAnybody: Bool {
        board.rows.contains(where: \.canAsk) || board.acts?.refusals.isEmpty == false
    }

    /// The parts where something is amiss stand there only while it is.
    private func tabs() -> HTML {
        let troubles: Set<DeliveryPart> = [
            .needsLook, .unsent, .failing, .returned, .late, .takenBack, .awaitsAnswer, .answerLate,
        ]
        let red: Set<DeliveryPart> = [.needsLook, .failing, .returned, .late, .answerLate]
        let shown = DeliveryPart.allCases.filter {
            !troubles.contains($0) || board.counts[$0] > 0 || board.filter.part == $0
        }
        let all = Tab(
            words: "Tất cả", path: path(BoardFilter()), count: board.counts.total,
            isCurrent: board.filter.part == nil)
        return ListParts.tabs(
            "Lọc nơi nhận theo trạng thái",
            [all]
                + shown.map { part in
                    Tab(
                        words: Vi.part(part), path: path(BoardFilter(part: part)), count: board.counts[part],
                        isCurrent: board.filter.part == part,
                        late: red.contains(part) && board.counts[part] > 0)
                })
    }

    private func path(_ filter: BoardFilter) -> String { frame.path(.issued(number, filter)) + "#theo-doi" }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards"), caption(.class("sr"), "Trạng thái từng nơi nhận"),
            ListParts.heads("TT", "Nơi nhận", "Hình thức", "Trạng thái", "Lúc", "Ghi chú, việc làm tiếp"),
            tbody(.each(board.rows) { row($0) }))
    }

    private func row(_ row: DeliveryRow) -> HTML {
        tr(
            td(.class(row.canAsk ? "num" : "num wideonly"), ordinal(row)),
            th(
                .scope(.row), .class("full"),
                a(.class("plain-abs"), .href(frame.path(.delivery(number, row.id))), .text(row.recipientName))
            ),
            td(.class("wideonly"), .text(medium(row))),
            td(state(row)), td(.class("num"), moment(row)),
            td(.class("full"), BoardNote(frame: frame, number: number, row: row, acts: board.acts).html()))
    }

    private func ordinal(_ row: DeliveryRow) -> HTML {
        guard row.canAsk, let acts = board.acts else { return .number(row.ordinal) }
        let value = row.id.description, id = "chon-\(row.ordinal)"
        return label(
            .class("pick"), .for(id),
            input(
                .type(.checkbox), .id(id), .name(FormFields.chosen), .value(value), .form(AskForm.id),
                .when(acts.entries.has(FormFields.chosen, value), .checked)),
            span(.number(row.ordinal), Marks.unseen(" – chọn \(row.recipientName)")))
    }

    /// Hình thức of one recipient.
    private func medium(_ row: DeliveryRow) -> String {
        row.medium == .electronic ? Vi.medium(row.channel) : Vi.medium(row.medium)
    }

    /// Paper alone has no status of the recipient; it is as far as it was carried.
    private func state(_ row: DeliveryRow) -> HTML {
        let paper = HTML.maybe(row.paper) { Marks.state(Vi.state($0)) }
        if row.medium == .paper, row.toldOn == nil { return paper }
        return .group(electronicState(row), .when(row.paper != nil, small(.class("under"), paper)))
    }

    /// What is known by hand is known by the day.
    private func moment(_ row: DeliveryRow) -> HTML {
        if row.recalledAt == nil, let day = row.toldOn { return .text(Vi.date(day)) }
        return Marks.moment(row.recalledAt ?? row.at, frame)
    }

    private func electronicState(_ row: DeliveryRow) -> HTML {
        .group(Marks.state(row.mark), .maybe(row.waiting(frame)) { WaitingWords.html($0) })
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

/// What is left of the two hours, under a state.
enum WaitingWords {
    static func html(_ words: DueWords) -> HTML {
        small(
            .class(words.tone == .late ? "under late" : "under"), .text(words.left),
            Marks.unseen(" (\(words.moment))"))
    }
}
