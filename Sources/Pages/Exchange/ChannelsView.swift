// Kênh liên thông (H6): how sending to each partner and receiving from it went lately, and the switch that stops both.
import Domain
import Markup

extension ExchangePage {
    /// One partner of a channel, or the whole of it.
    package struct Line: Sendable {
        package let channel: Channel
        package let partner: String
        /// How it goes either way; nothing where nobody has tried.
        package let talks: [Talk]
        package let held: HeldChannel?

        package init(channel: Channel, partner: String, talks: [Talk] = [], held: HeldChannel? = nil) {
            self.channel = channel
            self.partner = partner
            self.talks = talks
            self.held = held
        }

        var name: String { Vi.channel(channel) + (partner.isEmpty ? "" : " – \(partner)") }

        var mark: StateMark {
            if held != nil { return StateMark(.warn, "Đang tạm dừng") }
            let failing = talks.filter { $0.failures > 0 }
            if let first = failing.first {
                let ways = failing.count > 1 ? "Gửi, nhận" : first.way
                let failures = failing.map(\.failures).max() ?? 0
                return StateMark(.late, "\(ways) lỗi \(Vi.number(failures)) lần liền")
            }
            return talks.contains { $0.goodAt != nil }
                ? StateMark(.ok, "Bình thường") : StateMark(.ring, "Chưa dùng lần nào")
        }
    }

    /// How one way of a conversation went lately.
    package struct Talk: Sendable {
        package let direction: ExchangeDirection
        package let goodAt: Instant?
        package let badAt: Instant?
        package let error: String
        /// In a row.
        package let failures: Int

        var way: String { direction == .send ? "Gửi" : "Nhận" }

        package init(
            _ direction: ExchangeDirection, goodAt: Instant? = nil, badAt: Instant? = nil, error: String = "",
            failures: Int = 0
        ) {
            self.direction = direction
            self.goodAt = goodAt
            self.badAt = badAt
            self.error = error
            self.failures = failures
        }
    }
}

/// How the ways out do, with the switch of each; for an agency only its own mailbox, without.
struct ChannelsView {
    let page: ExchangePage
    var frame: Frame { page.frame }

    func html() -> HTML {
        section(
            .class("stack board"), .id("kenh"), .aria(.labelledby, "h-kenh"),
            div(.class("head"), h2(.id("h-kenh"), "Kênh liên thông")),
            page.lines.isEmpty
                ? p(
                    .class("muted"),
                    "Máy chủ này chưa có kênh liên thông nào ra ngoài. Văn bản giữa các cơ quan trong hệ thống vẫn gửi, nhận bình thường; văn bản gửi nơi khác chờ đến khi người quản trị hệ thống mở kênh."
                )
                : table())
    }

    private var switches: Bool { page.scope == .installation }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Tình trạng các kênh liên thông"),
            switches
                ? ListParts.heads(
                    "Kênh, nơi kết nối", "Tình trạng", "Tốt gần nhất", "Lỗi gần nhất", "Việc làm tiếp")
                : ListParts.heads("Kênh, nơi kết nối", "Tình trạng", "Tốt gần nhất", "Lỗi gần nhất"),
            tbody(.each(Array(page.lines.enumerated())) { row($0, $1) }))
    }

    private func row(_ index: Int, _ line: ExchangePage.Line) -> HTML {
        tr(
            th(.scope(.row), .class("full"), .text(line.name)),
            td(
                .class("full"), Marks.state(line.mark),
                .maybe(line.held) { held in
                    small(
                        .class("under"),
                        .text(
                            "Từ \(frame.moment(held.since))\(held.by.isEmpty ? "" : ", \(held.by)"): \(held.reason)"
                        ))
                }),
            td(
                .class("num"), .dataLabel("Tốt gần nhất"),
                .each(line.talks) { talk in .maybe(talk.goodAt) { moment(talk, $0) } }),
            td(
                .class("full"), .dataLabel("Lỗi gần nhất"),
                .each(line.talks) { talk in
                    .maybe(talk.badAt) { at in
                        .group(
                            moment(talk, at),
                            .when(!talk.error.isEmpty, small(.class("under"), .text(talk.error))))
                    }
                }),
            .when(switches, td(.class("full noprint"), line.held == nil ? hold(index, line) : release(line))))
    }

    private func moment(_ talk: ExchangePage.Talk, _ at: Instant) -> HTML {
        p(.text(talk.way + " "), Marks.moment(at, frame))
    }

    private func hold(_ index: Int, _ line: ExchangePage.Line) -> HTML {
        let id = "dung-\(index)"
        return details(
            summary("Tạm dừng", Marks.unseen(" \(line.name)")),
            form(
                .class("stack"), .method(.post), .action(frame.path(.channelAct(.hold))),
                SealFields.hidden(page.seal), route(line), label(.for(id), "Lý do tạm dừng"),
                textarea(.id(id), .name(FormFields.reason), .rows(2), .required),
                p(.class("btns"), button(.class("btn stop"), .type(.submit), "Tạm dừng gửi, nhận"))))
    }

    private func release(_ line: ExchangePage.Line) -> HTML {
        form(
            .method(.post), .action(frame.path(.channelAct(.release))), SealFields.hidden(page.seal),
            route(line),
            button(.class("btn tiny"), .type(.submit), "Mở lại", Marks.unseen(" \(line.name)")))
    }

    private func route(_ line: ExchangePage.Line) -> HTML {
        .group(
            SealFields.field(FormFields.channel, line.channel.rawValue),
            SealFields.field(FormFields.partner, line.partner))
    }
}
