// Liên thông (decisions 15, 35; E5, H6): what of this agency has not gone and why; for its administrators what came into its
// mailbox and could not be read; for those of the installation everything that came so, and the channels with their
// switches. Nothing is dropped unless somebody says so, with a reason.
import Domain
import Foundation
import Markup

package struct ExchangePage: Sendable {
    /// A message of this agency that has not left.
    package struct Outgoing: Sendable {
        package let message: UnsentMessage
        package let recipientName: String
        package let numberAndNotation: String
        package let abstract: String
        package let paper: OfficeAddress?

        package init(
            message: UnsentMessage, recipientName: String, numberAndNotation: String, abstract: String,
            paper: OfficeAddress?
        ) {
            self.message = message
            self.recipientName = recipientName
            self.numberAndNotation = numberAndNotation
            self.abstract = abstract
            self.paper = paper
        }
    }

    /// What came and could not become an entry.
    package struct Incoming: Sendable {
        package let id: UUID
        package let receivedAt: Instant
        package let channel: String
        package let sender: String
        package let subject: String
        package let error: String
        package let size: Int

        package init(
            id: UUID, receivedAt: Instant, channel: String, sender: String, subject: String, error: String,
            size: Int
        ) {
            self.id = id
            self.receivedAt = receivedAt
            self.channel = channel
            self.sender = sender
            self.subject = subject
            self.error = error
            self.size = size
        }
    }

    /// Who sees it: somebody of the agency, or whoever looks after the installation too.
    package enum Scope: Sendable, Equatable {
        /// With the names of those who look after the installation.
        case agency(keepers: [String])
        case installation
    }

    package let frame: Frame
    package let scope: Scope
    package let filter: ExchangeFilter
    package let outgoing: [Outgoing]
    package let failing: Int
    package let waiting: Int
    package let next: String?
    package let lines: [Line]
    /// Channels that are stopped, for the banner.
    package let held: [HeldChannel]
    package let incoming: [Incoming]
    /// Where they go on.
    package let incomingNext: String?
    package let incomingCount: Int
    package let entries: Entries
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    package let seal: FormSeal

    package init(
        frame: Frame, scope: Scope, filter: ExchangeFilter = ExchangeFilter(), outgoing: [Outgoing],
        failing: Int, waiting: Int, next: String? = nil, lines: [Line], held: [HeldChannel] = [],
        incoming: [Incoming] = [], incomingNext: String? = nil, incomingCount: Int = 0,
        entries: Entries = Entries(),
        refusals: [Refusal] = [], refusedVerb: Verb? = nil, seal: FormSeal
    ) {
        self.frame = frame
        self.scope = scope
        self.held = held
        self.filter = filter
        self.outgoing = outgoing
        self.failing = failing
        self.waiting = waiting
        self.next = next
        self.lines = lines
        self.incoming = incoming
        self.incomingNext = incomingNext
        self.incomingCount = incomingCount
        self.entries = entries
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Liên thông", kind: .list, section: .issued(.troubles)).around(
            PageHead(title: "Liên thông", sub: .text(subtitle)).html(),
            RefusalNotes(refusals: refusals).summary(refusedVerb), HeldChannel.banner(held, frame),
            scope == .installation
                ? .group(
                    IncomingTroubles(page: self).html(), ChannelsView(page: self).html(),
                    OutgoingTroubles(page: self).html())
                : .group(
                    OutgoingTroubles(page: self).html(),
                    .when(!incoming.isEmpty, IncomingTroubles(page: self).html()),
                    .when(!lines.isEmpty, ChannelsView(page: self).html()), keeping()))
    }

    private var subtitle: String {
        var said: [String] = []
        if failing > 0 { said.append("\(Vi.count(failing)) gói tin gửi lỗi") }
        if waiting > 0 { said.append("\(Vi.count(waiting)) đang chờ gửi") }
        if failing == 0 { said.insert("Không có gói tin nào gửi lỗi", at: 0) }
        if incomingCount > 0 { said.append("\(Vi.count(incomingCount)) gói tin đến chưa đọc được") }
        return said.joined(separator: ", ")
    }

    /// Whom an agency's people turn to.
    private func keeping() -> HTML {
        guard case .agency(let keepers) = scope else { return .empty }
        return p(
            .class("muted small"),
            .text(
                keepers.isEmpty
                    ? "Kênh liên thông và gói tin chung của hệ thống chưa có người trông coi: cơ quan quản lý máy chủ cần cử quản trị hệ thống."
                    : "Kênh liên thông và gói tin chung của hệ thống do quản trị hệ thống trông coi: \(keepers.joined(separator: "; "))."
            ))
    }
}

/// Of this agency; the doors are its clerks'.
private struct OutgoingTroubles {
    let page: ExchangePage
    var frame: Frame { page.frame }
    private var acts: Bool { Verb.messageRevived.roles.contains(frame.role) }

    func html() -> HTML {
        section(
            .class(page.scope == .installation ? "stack gap-top" : "stack"), .id("gui-di"),
            .aria(.labelledby, "h-gui-di"),
            div(.class("head"), h2(.id("h-gui-di"), "Gói tin chưa gửi của cơ quan")),
            .when(acts, UnsentDoors.form(frame, page.seal)),
            tabs(),
            page.outgoing.isEmpty ? nothing() : table(),
            ListParts.more(
                page.next.map {
                    frame.path(.exchange(ExchangeFilter(failing: page.filter.failing, after: $0)))
                },
                shown: page.outgoing.count, total: nil))
    }

    private func tabs() -> HTML {
        ListParts.tabs(
            "Lọc gói tin",
            [
                tab("Tất cả", nil, page.failing + page.waiting), tab("Gửi lỗi", true, page.failing),
                tab("Chờ gửi", false, page.waiting),
            ])
    }

    private func tab(_ words: String, _ failing: Bool?, _ count: Int) -> Tab {
        Tab(
            words: words, path: frame.path(.exchange(ExchangeFilter(failing: failing))), count: count,
            isCurrent: page.filter.failing == failing, late: failing == true && count > 0)
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Gói tin chưa gửi được, lâu nhất trước"),
            acts
                ? ListParts.heads("Từ lúc", "Gửi tới", "Nội dung", "Tình trạng", "Việc làm tiếp")
                : ListParts.heads("Từ lúc", "Gửi tới", "Nội dung", "Tình trạng"),
            tbody(.each(page.outgoing) { row($0) }))
    }

    private func row(_ row: ExchangePage.Outgoing) -> HTML {
        let message = row.message
        let about = [row.numberAndNotation, row.abstract].filter { !$0.isEmpty }.joined(separator: " · ")
        return tr(
            td(.class("num"), .dataLabel("Từ lúc"), Marks.moment(message.since, frame)),
            th(.scope(.row), .class("full subject"), .text(row.recipientName)),
            td(
                .class("full wide"), .text(Vi.message(message.kind, message.status)),
                .when(
                    !about.isEmpty,
                    small(
                        .class("under"),
                        row.paper.map { a(.href(frame.path($0)), .text(about)) } ?? .text(about)))),
            td(
                .class("full"), Marks.state(message.mark),
                .each(message.explanation(frame)) { small(.class("under"), .text($0)) }),
            .when(
                acts,
                td(
                    .class("full noprint"),
                    UnsentDoors(
                        frame: frame, message: message, place: .troubles,
                        recipient: row.recipientName
                    ).html())))
    }

    private func nothing() -> HTML {
        page.filter.failing == nil
            ? ListParts.empty(
                "Mọi gói tin của cơ quan đã gửi đi.",
                a(.href(frame.path(.issuedList(IssuedFilter()))), "Xem văn bản đi"))
            : ListParts.empty(
                "Không có gói tin nào ở trạng thái này.", a(.href(frame.path(.exchange())), "Xem tất cả"))
    }
}

/// For administrators: of the whole installation, or of the agency's mailbox.
private struct IncomingTroubles {
    let page: ExchangePage
    var frame: Frame { page.frame }

    func html() -> HTML {
        section(
            .class(page.scope == .installation ? "stack" : "stack gap-top"), .id("goi-den"),
            .aria(.labelledby, "h-goi-den"),
            div(
                .class("head"), h2(.id("h-goi-den"), "Gói tin đến chưa đọc được"),
                .when(
                    page.incomingCount > page.incoming.count,
                    p(.class("sub"), .text("\(Vi.count(page.incomingCount)) gói tin, mới nhất trước")))),
            page.incoming.isEmpty ? nothing() : table(),
            ListParts.more(
                page.incomingNext.map { after in
                    frame.path(
                        .exchange(ExchangeFilter(failing: page.filter.failing, incomingAfter: after)))
                        + "#goi-den"
                }, shown: page.incoming.count, total: nil)
        )
    }

    private func nothing() -> HTML {
        page.filter.incomingAfter == nil
            ? ListParts.empty("Mọi gói tin nhận được đã thành văn bản đến hoặc trạng thái.", "")
            : ListParts.empty("Không còn gói tin nào cũ hơn.", "")
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Gói tin đến chưa đọc được, mới nhất trước"),
            ListParts.heads("Nhận lúc", "Nơi gửi", "Nội dung", "Vì sao chưa đọc được", "Việc làm tiếp"),
            tbody(.each(page.incoming) { row($0) }))
    }

    private func row(_ message: ExchangePage.Incoming) -> HTML {
        let sender = message.sender.isEmpty ? "Không rõ nơi gửi" : message.sender
        return tr(
            td(.class("num"), .dataLabel("Nhận lúc"), Marks.moment(message.receivedAt, frame)),
            th(
                .scope(.row), .class("full subject"), .text(sender),
                small(.class("under"), .text("\(message.channel), \(Vi.size(message.size))"))),
            td(
                .class("full wide"),
                .text(message.subject.isEmpty ? "Không đọc được trích yếu" : message.subject)),
            td(.class("full"), .text(message.error)),
            td(.class("full noprint"), div(.class("btns"), reopen(message, sender), dismiss(message, sender)))
        )
    }

    private func reopen(_ message: ExchangePage.Incoming, _ sender: String) -> HTML {
        form(
            .class("inline"), .method(.post), .action(frame.path(.inboundAct(message.id, .reopen))),
            SealFields.hidden(page.seal),
            button(.class("btn tiny"), .type(.submit), "Đọc lại", Marks.unseen(" gói tin của \(sender)")))
    }

    private func dismiss(_ message: ExchangePage.Incoming, _ sender: String) -> HTML {
        let id = "bo-\(message.id.uuidString.lowercased())"
        return details(
            summary("Bỏ qua", Marks.unseen(" gói tin của \(sender)")),
            form(
                .class("stack"), .method(.post), .action(frame.path(.inboundAct(message.id, .dismiss))),
                SealFields.hidden(page.seal), label(.for(id), "Lý do bỏ qua"),
                textarea(.id(id), .name(FormFields.reason), .rows(2), .required),
                p(.class("btns"), button(.class("btn stop"), .type(.submit), "Bỏ qua gói tin này"))))
    }
}
