// Parts of the list pages: filters with counts, the search inside a list, the foot that shows how much is left.
import Markup

struct Tab {
    let words: String
    let path: String
    let count: Int?
    let isCurrent: Bool
    var late = false
}

enum ListParts {
    static func tabs(_ label: String, _ tabs: [Tab]) -> HTML {
        nav(
            .aria(.label, label),
            ul(
                .class("tabs"),
                .each(tabs) { tab in
                    li(
                        a(
                            .href(tab.path), .when(tab.isCurrent, .aria(.current, "true")), .text(tab.words),
                            .maybe(tab.count) { .group(" ", Marks.count($0, late: tab.late)) }))
                }))
    }

    /// Searching inside this list only.
    static func search(
        _ address: String, words: String, label: String, action: String = "Lọc",
        hidden: [(String, String?)] = []
    ) -> HTML {
        form(
            .class("narrow"), .role("search"), .method(.get), .action(address),
            .each(hidden) { name, value in .maybe(value) { SealFields.field(name, $0) } },
            Markup.label(.class("sr"), .for("loc"), .text(label)),
            input(
                .id("loc"), .type(.search), .name(FormFields.listSearch), .value(words), .placeholder(label),
                .autocomplete("off")),
            button(.class("btn"), .text(action)))
    }

    /// "Hiện thêm" with what is left where it is known.
    static func more(_ path: String?, shown: Int, total: Int?) -> HTML {
        .maybe(path) { path in
            let left = total.map { $0 > 1000 ? "" : ", còn \(Vi.number(max(0, $0 - shown)))" } ?? ""
            return p(.class("more"), a(.href(path), .text("Hiện thêm\(left)")))
        }
    }

    /// Empty because of a filter: says which, and offers to drop it.
    static func empty(_ title: String, _ text: HTML) -> HTML {
        div(.class("panel empty"), b(.text(title)), text)
    }

    static func heads(_ words: String...) -> HTML {
        thead(tr(.each(words) { th(.scope(.col), .text($0)) }))
    }
}
