// Một nơi nhận: everything between one letter and one recipient – when it went and by which way, every status that came,
// also those that came late or twice, what was asked and what was answered (E2, E3).
import Domain
import Markup

package struct DeliveryPage: Sendable {
    /// A status that came.
    package struct Event: Sendable, Equatable {
        package let status: DeliveryStatus
        package let at: Instant
        package let note: String
        /// False: it came late or twice and changed nothing.
        package let taken: Bool
        /// Who wrote it down by hand; empty where the recipient's system told it.
        package let notedBy: String

        package init(status: DeliveryStatus, at: Instant, note: String, taken: Bool, notedBy: String = "") {
            (self.status, self.at, self.note, self.taken, self.notedBy) = (status, at, note, taken, notedBy)
        }
    }

    package let frame: Frame
    package let number: IssuedNumber
    package let printed: String
    package let abstract: String
    package let issuedAt: Instant?
    /// The sender's `DocumentId`, by which other systems know the letter.
    package let messageKey: String
    package let partner: String
    package let row: DeliveryRow
    /// Of the paper, once it was posted.
    package let posting: Posting?
    package let events: [Event]
    package let held: [HeldChannel]
    package let acts: BoardActs?
    /// Each further time that it was sent there.
    package let resendings: [Resending]
    /// The recipient as the catalogue has it today.
    package let recipient: Correspondent?

    package init(
        frame: Frame, number: IssuedNumber, printed: String, abstract: String, issuedAt: Instant?,
        messageKey: String = "", partner: String = "", row: DeliveryRow,
        posting: Posting? = nil, events: [Event],
        held: [HeldChannel] = [], acts: BoardActs? = nil, resendings: [Resending] = [],
        recipient: Correspondent? = nil
    ) {
        self.resendings = resendings
        self.recipient = recipient
        self.frame = frame
        self.number = number
        self.printed = printed
        self.abstract = abstract
        self.issuedAt = issuedAt
        self.messageKey = messageKey
        self.partner = partner
        self.row = row
        self.posting = posting
        self.events = events
        self.held = held
        self.acts = acts
    }

    package func html() -> HTML {
        Shell(
            frame: frame, title: "\(row.recipientName) – \(printed)", kind: .list, section: .issued(.list)
        ).around(
            PageHead(crumb: crumb(), title: row.recipientName, sub: .text(abstract)).html(),
            div(
                .class("stack narrow-page"), .maybe(acts) { UnsentDoors.form(frame, $0.seal) },
                HeldChannel.banner(held, frame), otherRefusals(), factsPanel(), resendPanel(), unsentPanel(),
                requestsPanel(), .when(!isPaperAlone || !events.isEmpty, eventsPanel()), notePanel(),
                askPanel()))
    }

    /// Nothing is carried by a channel, and nothing is reported back.
    private var isPaperAlone: Bool { row.medium == .paper }

    private func crumb() -> HTML {
        .group(
            a(.href(frame.path(.issuedList(IssuedFilter()))), "Văn bản đi"), " / ",
            a(.href(frame.path(.issued(number, BoardFilter())) + "#theo-doi"), .text(printed)), " / Nơi nhận")
    }

    private func factsPanel() -> HTML {
        var facts = Facts()
        let way = partner.isEmpty ? Vi.channel(row.channel) : "\(Vi.channel(row.channel)) – \(partner)"
        facts.add("Đường gửi", way)
        facts.add("Cấp số lúc", issuedAt.map(Vi.fullMoment) ?? "")
        if let paper = row.paper { facts.add("Bản giấy", self.paper(paper)) }
        if !isPaperAlone { facts.add("Gửi đi lúc", row.carriedAt.map(Vi.fullMoment) ?? "Chưa gửi đi") }
        if let waiting = row.waiting(frame) {
            facts.add("Thời hạn tiếp nhận", "\(waiting.left), \(waiting.moment)")
        }
        if let answer = row.answer { facts.add("Trả lời", answer.html(frame)) }
        facts.add(row.status == .refused && row.toldOn == nil ? "Lý do từ chối" : "Ghi chú", row.note)
        if let day = row.toldOn { facts.add("Nơi nhận báo ngày", Vi.date(day)) }
        if row.sending > 1 { facts.add("Lần gửi", "\(row.sending)") }
        facts.add("Lấy lại lúc", row.recalledAt.map(Vi.fullMoment) ?? "")
        if !isPaperAlone { facts.add("Mã gói tin", messageKey) }
        return Panel(id: "tinh-trang", title: "Tình trạng", note: Marks.state(row.mark)).html(
            div(.class("in"), facts.html()))
    }

    /// With the way to it: the queue it stands in, or its line in the posting register.
    private func paper(_ state: PaperState) -> HTML {
        .group(
            Marks.state(Vi.state(state)),
            .maybe(posting) { posting in
                .text(
                    " số \(posting.number) trong sổ gửi, ngày \(Vi.date(posting.day)), \(Vi.way(posting.way))"
                )
            },
            .when(
                acts != nil,
                .group(
                    " ",
                    posting.map {
                        a(.href(frame.path(.postingRegister($0.year))), "Xem sổ gửi văn bản đi bưu điện")
                    } ?? a(.href(frame.path(.paperQueue(PaperFilter(state: state)))), "Xem ở Gửi bản giấy"))))
    }

    private func unsentPanel() -> HTML {
        .when(
            !row.unsent.isEmpty,
            Panel(id: "chua-gui", title: "Gói tin chưa đi").html(
                div(
                    .class("in"),
                    .each(row.unsent) { message in
                        div(
                            .class("say"), b(.text(Vi.message(message.kind, message.status))), " ",
                            Marks.state(message.mark), .each(message.explanation(frame)) { p(.text($0)) },
                            .maybe(acts) { _ in
                                UnsentDoors(
                                    frame: frame, message: message, place: .recipient,
                                    recipient: row.recipientName
                                ).html()
                            })
                    })))
    }

    private func requestsPanel() -> HTML {
        .when(
            !row.requests.isEmpty,
            Panel(id: "de-nghi", title: "Lấy lại, cập nhật").html(
                div(
                    .class("in"),
                    .each(row.requests) { request in
                        div(
                            .class("say"), Marks.state(Vi.state(request)),
                            p(.text(request.note)),
                            small(
                                .text(
                                    "Đề nghị \(Vi.wish(request.kind)) lúc \(Vi.fullMoment(request.askedAt))")),
                            .when(!request.answer.isEmpty, p(.text("Trả lời: \(request.answer)"))),
                            .maybe(request.answeredAt) { small(.text("Trả lời lúc \(Vi.fullMoment($0))")) })
                    })))
    }

    private func notePanel() -> HTML {
        .maybe(acts) { acts in
            .when(row.canNote, NotePanel(frame: frame, number: number, row: row, acts: acts).html())
        }
    }

    private func resendPanel() -> HTML {
        .maybe(acts) { acts in
            .when(
                row.canResend,
                ResendPanel(
                    frame: frame, number: number, row: row, channel: recipient?.channel ?? row.channel,
                    mail: recipient?.mail ?? "",
                    correspondent: recipient.flatMap { $0.isHosted ? nil : $0.id }, acts: acts
                ).html())
        }
    }

    /// Of a form that is not there any more.
    private func otherRefusals() -> HTML {
        .maybe(acts) { acts in
            .when(
                !acts.refusals.isEmpty
                    && !(acts.refusedVerb == .statusNoted ? row.canNote : row.canResend),
                RefusalNotes(refusals: acts.refusals).summary(acts.refusedVerb))
        }
    }

    private func eventsPanel() -> HTML {
        Panel(
            id: "trang-thai",
            title: resendings.isEmpty ? "Nơi nhận báo về" : "Các lần gửi và trạng thái báo về"
        )
        .html(
            div(
                .class("in"),
                .when(
                    events.isEmpty && resendings.isEmpty,
                    p(.class("muted"), "Nơi nhận chưa báo trạng thái nào."),
                    else: ol(.class("trail"), .each(trail) { $0.html }))))
    }

    /// What came and what was sent again, in the order in which it happened.
    private var trail: [(at: Instant, html: HTML)] {
        (events.map { ($0.at, event($0)) } + resendings.map { ($0.at, again($0)) }).enumerated()
            .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map {
                (at: $0.element.0, html: $0.element.1)
            }
    }

    private func again(_ time: Resending) -> HTML {
        li(
            Marks.moment(time.at, frame),
            span(
                Marks.state(StateMark(.ring, "Gửi lại lần \(time.sending)")), .text(": \(time.note)"),
                small(.class("under"), .text(time.by))))
    }

    private func event(_ event: Event) -> HTML {
        li(
            Marks.moment(event.at, frame),
            span(
                .when(
                    event.notedBy.isEmpty,
                    .group(Marks.state(Vi.state(event.status)), .text(" (mã \(event.status.code))")),
                    else: Marks.state(Vi.told(event.status))),
                .when(!event.note.isEmpty, .text(": \(event.note)")),
                .when(!event.notedBy.isEmpty, small(.class("under"), .text("Ghi tay: \(event.notedBy)"))),
                .when(
                    !event.taken,
                    small(
                        .class("under"),
                        "Đến muộn hoặc trùng với trạng thái đã có, chỉ ghi lại, không đổi tình trạng."))))
    }

    private func askPanel() -> HTML {
        .maybe(acts) { acts in
            .when(
                row.canAsk,
                details(
                    .class("panel fold"), .id("lay-lai"),
                    summary("Lấy lại hoặc đề nghị nơi nhận này cập nhật"),
                    form(
                        .class("in stack"), .method(.post),
                        .action(frame.path(.issuedAct(number, .recall))), SealFields.hidden(acts.seal),
                        SealFields.field(FormFields.chosen, row.id.description),
                        p(
                            .text(
                                row.carriedAt == nil && row.unsent.contains { $0.kind == .document }
                                    ? "Văn bản chưa gửi đi: lấy lại thì nơi nhận không biết là đã có."
                                    : "Nơi nhận phải đồng ý thì bản đã nhận mới bị xóa.")),
                        p(.class("hint"), .text(Vi.updateHint)),
                        div(
                            .class("form"),
                            Controls(entries: acts.entries).paragraph(
                                .reason, 12, rows: 2, required: true, hint: "Nơi nhận đọc được lý do này.")),
                        p(
                            .class("btns"), button(.class("btn stop"), .type(.submit), "Lấy lại văn bản"),
                            button(
                                .class("btn"), .type(.submit),
                                .formaction(frame.path(.issuedAct(number, .update))), "Đề nghị cập nhật")))))
        }
    }
}
