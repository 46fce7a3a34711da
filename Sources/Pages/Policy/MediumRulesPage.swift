// Hình thức gửi, nhận (D7, D8, D14): the rules the agency goes by, with their legal basis and their days. Who issues sees here
// what the issuing page will propose; catalogues are entered from the command line.
import Domain
import Markup

package struct MediumRulesFilter: Hashable, Sendable {
    package var direction: ExchangeDirection
    /// Also rules that have ended, or have not begun.
    package var all: Bool
    package var words: String

    package init(direction: ExchangeDirection = .send, all: Bool = false, words: String = "") {
        (self.direction, self.all, self.words) = (direction, all, words)
    }

    package var query: String {
        Query().adding("chieu", direction == .send ? nil : direction.rawValue).adding(
            "xem", all ? "tat-ca" : nil
        )
        .adding("tim", words).text
    }
}

package struct MediumRulesPage: Sendable {
    package struct Line: Sendable, Equatable {
        package let rule: MediumRule
        /// Where the rule speaks of one agency.
        package let agencyName: String

        package init(rule: MediumRule, agencyName: String) {
            (self.rule, self.agencyName) = (rule, agencyName)
        }
    }

    package let frame: Frame
    package let filter: MediumRulesFilter
    /// Those the filter leaves.
    package let lines: [Line]
    /// In force today, by direction.
    package let counts: [ExchangeDirection: Int]

    package init(frame: Frame, filter: MediumRulesFilter, lines: [Line], counts: [ExchangeDirection: Int]) {
        self.frame = frame
        self.filter = filter
        self.lines = lines
        self.counts = counts
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Hình thức gửi, nhận văn bản", kind: .list, section: .issued(.rules))
            .around(
                PageHead(
                    crumb: a(.href(frame.path(.issuedList(IssuedFilter()))), "Văn bản đi"),
                    title: "Hình thức gửi, nhận văn bản",
                    sub:
                        "Quy định cơ quan đang áp dụng; trường hợp cụ thể hơn được áp dụng trước, quy định mới trước quy định cũ"
                ).html(),
                tabs(),
                div(
                    .class("stack gap-top"), bar(), lines.isEmpty ? nothing() : table(), otherwise()))
    }

    private func path(_ change: (inout MediumRulesFilter) -> Void) -> String {
        var changed = filter
        change(&changed)
        return frame.path(.mediumRules(changed))
    }

    private func tabs() -> HTML {
        ListParts.tabs(
            "Chiều gửi, nhận",
            ExchangeDirection.allCases.map { direction in
                Tab(
                    words: Vi.direction(direction), path: path { $0.direction = direction },
                    count: counts[direction, default: 0], isCurrent: filter.direction == direction)
            })
    }

    private func bar() -> HTML {
        div(
            .class("bar-top noprint"),
            ListParts.search(
                frame.path(.mediumRules(MediumRulesFilter())), words: filter.words,
                label: "Lọc theo loại văn bản, căn cứ",
                hidden: [
                    ("chieu", filter.direction == .send ? nil : filter.direction.rawValue),
                    ("xem", filter.all ? "tat-ca" : nil),
                ]),
            p(
                .class("btns"),
                a(
                    .href(path { $0.all.toggle() }),
                    .text(
                        filter.all ? "Chỉ xem quy định đang có hiệu lực" : "Xem cả quy định đã hết hiệu lực"))
            ))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Quy định về hình thức gửi, nhận văn bản"),
            ListParts.heads("Loại văn bản", "Áp dụng khi", "Hình thức", "Căn cứ", "Hiệu lực"),
            tbody(.each(lines) { row($0) }))
    }

    private func row(_ line: Line) -> HTML {
        let rule = line.rule
        let when = [rule.subject.map(Vi.subject), Vi.scope(rule.recipient, agencyName: line.agencyName)]
            .compactMap { $0 }.filter { !$0.isEmpty }
        return tr(
            th(
                .scope(.row), .class("full subject"), .text(rule.name),
                .when(rule.agency != nil, small(.class("under"), "Quy định riêng của cơ quan"))),
            td(
                .class(when.isEmpty ? "muted wideonly" : "full"),
                .text(when.isEmpty ? "Mọi trường hợp" : when.joined(separator: "; "))),
            td(.dataLabel("Hình thức"), Marks.state(Self.mark(rule.medium))),
            td(.class("full wide"), .text(rule.basis)),
            td(.class("num"), .dataLabel("Hiệu lực"), .text(Vi.days(of: rule))))
    }

    static func mark(_ medium: Medium) -> StateMark {
        switch medium {
        case .electronic: StateMark(.ok, Vi.medium(medium))
        case .electronicAndPaper: StateMark(.busy, Vi.medium(medium))
        case .paper: StateMark(.ring, Vi.medium(medium))
        }
    }

    private func nothing() -> HTML {
        filter.words.isEmpty
            ? ListParts.empty(
                "Chưa có danh mục nào.",
                p("Người quản trị hệ thống nhập danh mục do cấp có thẩm quyền ban hành."))
            : ListParts.empty(
                "Không có quy định nào khớp “\(filter.words)”.",
                a(.href(path { $0.words = "" }), "Xem tất cả quy định"))
    }

    private func otherwise() -> HTML {
        .when(
            filter.direction == .send,
            p(
                .class("small muted"),
                "Loại không có trong danh mục gửi bản điện tử. Nơi nhận chưa kết nối hệ thống luôn được gửi bản sao y in từ văn bản điện tử."
            ))
    }
}
