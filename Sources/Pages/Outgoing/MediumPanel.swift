// Hình thức gửi (D6, D14, D15, D22): for every chosen recipient the medium the rules give and why; the clerk may choose another
// one, with a reason. What is chosen stands in the journal.
import Domain
import Markup

package struct MediumChoice: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        package let id: String
        package let name: String
        package let medium: Medium
        package let decision: MediumDecision

        package init(id: String, name: String, medium: Medium, decision: MediumDecision) {
            self.id = id
            self.name = name
            self.medium = medium
            self.decision = decision
        }
    }

    /// Those chosen so far.
    package let rows: [Row]
    /// What this type gets where nothing special is said.
    package let usual: MediumDecision
    /// Decided with the number; nothing can be changed any more.
    package let isTaken: Bool
    package let reason: String
    /// The subjects a rule in force speaks of.
    package let ruled: Set<SubjectClass>

    package init(
        rows: [Row], usual: MediumDecision, isTaken: Bool, reason: String = "",
        ruled: Set<SubjectClass> = Set(SubjectClass.allCases)
    ) {
        self.ruled = ruled
        self.rows = rows
        self.usual = usual
        self.isTaken = isTaken
        self.reason = reason
    }

    /// Recipients that go the same way for the same reason stand in one line.
    var groups: [(row: Row, names: [Row])] {
        var order: [String] = []
        var groups: [String: [Row]] = [:]
        for row in rows {
            let key = "\(row.medium) \(row.decision.ground) \(row.decision.rule?.id.description ?? "")"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(row)
        }
        return order.compactMap { key in groups[key].flatMap { rows in rows.first.map { ($0, rows) } } }
    }

    static func field(_ id: String) -> String { FormFields.mediumOf + id }
}

struct MediumPanel {
    let page: any ChoosesRecipients
    let notes: RefusalNotes
    let choice: MediumChoice

    /// More than these go by the rules, or are chosen in smaller letters.
    static let shownOneByOne = 100

    func html() -> HTML {
        Panel(id: "hinh-thuc", title: page.mediaTitle, note: small(.text(inShort))).html(
            div(
                .class("in stack"), .when(!choice.isTaken, subject()),
                choice.rows.isEmpty ? usual() : decided(), .when(!choice.isTaken, again()),
                .when(!choice.isTaken && !choice.rows.isEmpty, departing()),
                .when(
                    choice.isTaken && !choice.reason.isEmpty,
                    p(.text("Lý do gửi khác quy định: \(choice.reason)")))))
    }

    private var inShort: String {
        let paper = choice.rows.count { $0.medium.isPaper }
        if choice.rows.isEmpty { return "theo quy định" }
        return paper == 0 ? "tất cả điện tử" : "\(Vi.number(paper)) nơi có bản giấy"
    }

    private func subject() -> HTML {
        let options = SubjectClass.allCases.map { subject in
            Option(
                value: subject.rawValue,
                text: Vi.subject(subject)
                    + (choice.ruled.contains(subject) ? "" : " (không có quy định riêng)"))
        }
        return div(
            .class("field"), label(.for(FormFields.subjectClass), "Lĩnh vực của văn bản"),
            select(
                .id(FormFields.subjectClass), .name(FormFields.subjectClass),
                .aria(.describedby, "linh-vuc-goi-y"),
                Controls.options(
                    options, chosen: page.entries[FormFields.subjectClass],
                    empty: "Không thuộc trường hợp riêng")),
            p(
                .class("hint"), .id("linh-vuc-goi-y"),
                "Chỉ chọn khi nội dung thuộc trường hợp có quy định riêng về hình thức gửi."))
    }

    private func usual() -> HTML {
        p(
            b(.text("\(page.typeName): \(Vi.medium(choice.usual.medium).lowercased())")), ". ",
            span(.class("small muted"), .text(Vi.ground(choice.usual.ground, choice.usual.rule))))
    }

    private func decided() -> HTML {
        ul(
            .class("checks ways"),
            .each(choice.groups) { row, rows in
                li(
                    span(
                        b(.text(Self.names(rows))),
                        small(.class("under"), .text(Vi.ground(row.decision.ground, row.decision.rule))),
                        .when(
                            row.medium != row.decision.medium,
                            small(
                                .class("under"),
                                .text("Theo quy định: \(Vi.medium(row.decision.medium).lowercased())")))),
                    " ", Marks.state(MediumRulesPage.mark(row.medium)))
            })
    }

    static func names(_ rows: [MediumChoice.Row]) -> String {
        let shown = rows.prefix(4).map(\.name).joined(separator: "; ")
        return rows.count > 4 ? "\(shown) và \(Vi.number(rows.count - 4)) nơi khác" : shown
    }

    private func again() -> HTML {
        p(
            .class("btns"),
            button(
                .class("btn"), .type(.submit), .formaction(page.frame.path(page.mediaAddress)),
                .formnovalidate,
                .text(choice.rows.isEmpty ? "Xem hình thức gửi từng nơi" : "Tính lại theo nơi nhận đang chọn")
            ),
            a(.href(page.frame.path(.mediumRules(MediumRulesFilter()))), "Xem quy định"))
    }

    private func departing() -> HTML {
        let controls = Controls(entries: page.entries, notes: notes)
        let free = choice.rows.filter { !$0.decision.isFixed }.prefix(Self.shownOneByOne)
        let departs =
            choice.rows.contains { $0.medium != $0.decision.medium } || notes.concerns(.mediumReason)
        return .when(
            !free.isEmpty,
            details(
                .class("fold-in"), .when(departs, .open), summary("Gửi khác quy định"),
                div(
                    .class("stack"),
                    ul(.class("ticks"), .each(free) { one($0) }),
                    controls.paragraph(
                        .mediumReason, 12, rows: 2,
                        hint: "Bắt buộc khi chọn khác quy định; được ghi vào nhật ký."))))
    }

    private func one(_ row: MediumChoice.Row) -> HTML {
        let name = MediumChoice.field(row.id)
        let options = Medium.allCases.map { Option(value: $0.rawValue, text: Vi.medium($0)) }
        let chosen = row.medium == row.decision.medium ? "" : row.medium.rawValue
        return li(
            div(
                .class("field"), label(.for(name), .text(row.name)),
                select(
                    .id(name), .name(name),
                    Controls.options(
                        options.filter { $0.value != row.decision.medium.rawValue }, chosen: chosen,
                        empty: "Theo quy định: \(Vi.medium(row.decision.medium).lowercased())"))))
    }
}

/// Nơi nhận as it is printed (D21; 004): those who get paper, then “Bản điện tử:” with the others.
package struct RecipientNames: Sendable, Equatable {
    package let paper: [String]
    package let electronic: [String]

    package init(paper: [String], electronic: [String]) {
        (self.paper, self.electronic) = (paper, electronic)
    }

    private static let most = 30

    func html(changes: [String] = []) -> HTML {
        Panel(id: "noi-nhan", title: "Nơi nhận").html(
            div(
                .class("in stack"), blocks("Nơi nhận:", kept: true),
                .each(changes) { p(.class("small"), .text($0)) }))
    }

    /// Apart, as the regulation has them.
    func blocks(_ title: String, kept: Bool = false) -> HTML {
        .group(
            .when(!paper.isEmpty, block(title, paper + (kept ? ["Lưu: VT"] : []))),
            block("Bản điện tử:", electronic))
    }

    /// More than these are folded, so that what stands below is not pushed out of sight.
    private static let folded = 10

    private func block(_ title: String, _ names: [String]) -> HTML {
        .when(
            !names.isEmpty,
            div(
                p(b(.text(title))),
                names.count > Self.folded
                    ? details(
                        .class("fold-in"), summary(.text("Xem \(Vi.number(names.count)) nơi nhận")),
                        list(names))
                    : list(names)))
    }

    /// The line of what is kept ends with a full stop (Nghị định 30/2020, phụ lục I).
    private func list(_ names: [String]) -> HTML {
        ul(
            .class("dashes"),
            .each(names.prefix(Self.most)) { li(.text($0.hasPrefix("Lưu:") ? "- \($0)." : "- \($0);")) },
            .when(
                names.count > Self.most,
                li(.text("và \(Vi.number(names.count - Self.most)) nơi khác (xem bảng theo dõi gửi)."))))
    }
}
