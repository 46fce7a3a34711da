// Việc của tôi: one queue of everything that waits for this position, urgent first, then by deadline. Kinds of work are
// filters with counts, never places to look in turn.
import Domain
import Markup

package struct DeskPage: Sendable {
    package let frame: Frame
    /// In the queue's own order: urgency, then deadline.
    package let items: [DeskItem]
    /// How many wait of each kind, over the whole queue.
    package let counts: [DeskKind: Int]
    package let filter: DeskKind?
    /// The key after which the next page begins; nil when all are shown.
    package let next: String?
    /// Certificates of this person, or of the agency for its clerk, that end soon.
    package let warnings: [ExpiryWarning]

    package init(
        frame: Frame, items: [DeskItem], counts: [DeskKind: Int], filter: DeskKind? = nil,
        next: String? = nil, warnings: [ExpiryWarning] = []
    ) {
        self.frame = frame
        self.items = items
        self.counts = counts
        self.filter = filter
        self.next = next
        self.warnings = warnings
    }

    package func html() -> HTML {
        let total = counts.values.reduce(0, +)
        return Shell(
            frame: frame, title: total > 0 ? "(\(Vi.count(total))) Việc của tôi" : "Việc của tôi",
            kind: .list,
            section: .desk
        ).around(
            PageHead(title: "Việc của tôi", sub: .text(subtitle(total))).html(),
            ExpiryNote(frame: frame, warnings: warnings).html(),
            tabs(total), signTogether(),
            items.isEmpty ? nothing(total) : queue(total),
            .when(!items.isEmpty, KeyHints.list))
    }

    private func subtitle(_ total: Int) -> String {
        if total == 0 { return "Không có việc nào đang chờ" }
        let late = items.count { $0.dueAt.map { $0 < frame.now } ?? false }
        let lateWords = late > 0 && next == nil && filter == nil ? ": \(late) quá hạn" : ""
        return "\(Vi.count(total)) việc đang chờ\(lateWords)"
    }

    private func tabs(_ total: Int) -> HTML {
        nav(
            .aria(.label, "Lọc theo việc phải làm"),
            ul(
                .class("tabs"),
                tab(nil, "Tất cả", total),
                .each(DeskKind.allCases.filter { counts[$0, default: 0] > 0 || $0 == filter }) { kind in
                    tab(kind, Vi.task(kind), counts[kind, default: 0])
                }))
    }

    /// Several that wait for a signature can be signed with one entry of the PIN.
    private func signTogether() -> HTML {
        let waiting = counts[.sign, default: 0]
        return .when(
            waiting > 1 && frame.signs && (filter == nil || filter == .sign),
            p(
                .class("btns gap-top"),
                a(
                    .class("btn"), .href(frame.path(.toSign())),
                    .text("Ký nhiều dự thảo một lượt (\(Vi.count(waiting)))"))))
    }

    private func tab(_ kind: DeskKind?, _ words: String, _ count: Int) -> HTML {
        li(
            a(
                .href(frame.path(.desk(kind))), .when(kind == filter, .aria(.current, "true")), .text(words),
                " ",
                Marks.count(count)))
    }

    private func queue(_ total: Int) -> HTML {
        let groups = DeskGroup.sorted(items, now: frame.now, calendar: frame.calendar)
        return div(
            .class("queue"),
            div(
                .each(groups) { group in self.group(group, leads: group.kind == groups.first?.kind) },
                .maybe(next) { key in
                    p(
                        .class("more"),
                        a(.href(frame.path(.desk(filter, after: key))), .text(moreWords(total))))
                }),
            .maybe(items.first) { DeskPreview(frame: frame, item: $0).html() })
    }

    private func moreWords(_ total: Int) -> String {
        let left = (filter.map { counts[$0, default: 0] } ?? total) - items.count
        return left > 0 && total <= 1000 ? "Hiện thêm, còn \(Vi.number(left)) việc" : "Hiện thêm"
    }

    private func group(_ group: DeskGroup, leads: Bool) -> HTML {
        let id = "nhom-\(group.kind.rawValue)"
        return Markup.section(
            .class("group"), .aria(.labelledby, id),
            h2(
                .id(id), .text(group.kind.title), " ",
                Marks.count(group.items.count, late: group.kind == .now), " ",
                small(.text(group.kind.explanation))),
            ol(
                .class("rows"),
                .group(group.items.enumerated().map { index, item in row(item, chosen: leads && index == 0) })
            ))
    }

    private func row(_ item: DeskItem, chosen: Bool) -> HTML {
        li(
            .class("row"), .when(chosen, .aria(.current, "true")),
            p(.class("do"), .text(Vi.task(item.kind))),
            div(
                .class("what"),
                a(
                    .class("abs"), .href("/\(frame.slug)/\(item.path)"), Marks.stamp(item.urgency),
                    .text(item.title)),
                p(.class("meta"), .text(item.detail))),
            Marks.due(frame.due(item.dueAt)))
    }

    private func nothing(_ total: Int) -> HTML {
        div(
            .class("panel empty"),
            .when(
                total == 0,
                .group(
                    b("Không còn việc nào đang chờ ông/bà."),
                    "Văn bản mới đến, dự thảo trình lên và việc được giao sẽ hiện ở đây."),
                else: .group(
                    b(.text("Không còn việc “\(filter.map(Vi.task) ?? "")” nào đang chờ.")),
                    a(.href(frame.path(.desk(nil))), "Xem tất cả \(Vi.count(total)) việc"))))
    }
}
