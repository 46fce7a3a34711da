// The page around a page: head of the document, masthead with search, working clock and person, navigation, and the
// main part. A list scrolls with the window; a task page fills the window and its two panes scroll.
import Domain
import Markup

package enum PageKind: Sendable {
    case list
    /// Sheet and panel side by side; scrolls with the window.
    case task
    /// As task, but fills the window.
    case fit

    var bodyClass: String {
        switch self {
        case .list: ""
        case .task: "task"
        case .fit: "task fit"
        }
    }
}

struct Shell {
    let frame: Frame
    let title: String
    let kind: PageKind
    let section: Section
    /// The page asks for itself again after this many seconds, while something is being made.
    var refreshAfter: Int?
    var searchWords = ""
    /// A script of this page besides the one of all pages.
    var script: Asset?

    func around(_ parts: HTML...) -> HTML {
        let navigation = Navigation(frame: frame, section: section)
        return DocumentFrame(title: title, refreshAfter: refreshAfter, script: script).around(
            .class(kind.bodyClass),
            a(.class("skip"), .href("#noi-dung"), "Đến nội dung chính"),
            div(
                .class("shell"),
                masthead(),
                navigation.side(),
                main(.id("noi-dung"), notice(), .group(parts)),
                navigation.everything()))
    }

    private func masthead() -> HTML {
        header(
            .class("mast"),
            a(
                .class("agency"), .href(frame.path(.desk(nil))), DocumentFrame.star,
                span(.text(frame.superiorLine), " ", b(.text(frame.agencyName)))),
            search(),
            clock(),
            Personal(frame: frame).menu())
    }

    private func search() -> HTML {
        form(
            .class("find"), .role("search"), .method(.get), .action(frame.path(.search("", after: nil))),
            label(.class("sr"), .for("tim"), "Tìm văn bản theo số, ký hiệu, trích yếu, cơ quan"),
            input(
                .id("tim"), .type(.search), .name(FormFields.search), .value(searchWords),
                .placeholder("Tìm số, ký hiệu, trích yếu…"), .autocomplete("off")),
            kbd(.aria(.hidden, "true"), "/"))
    }

    private func clock() -> HTML {
        let working = Vi.workingClock(frame.now, calendar: frame.calendar)
        return p(
            .class("clock"), b(.text(Vi.time(frame.now))), " ", .text(Vi.today(frame.now)), br(),
            .text(working.lead + " "), b(.text(working.time)))
    }

    private func notice() -> HTML {
        .maybe(frame.notice) { notice in
            let tone =
                switch notice.tone {
                case .good: "good"
                case .plain: ""
                case .warn: "warn"
                }
            return p(
                .classes("note", "told", tone), .role("status"), .text(notice.text),
                .maybe(notice.link) { .group(" ", a(.href($0), .text(notice.linkText))) })
        }
    }
}

/// The document itself, with or without the office around it.
struct DocumentFrame {
    let title: String
    var refreshAfter: Int?
    var script: Asset?

    func around(_ parts: HTML...) -> HTML {
        .group(
            .raw("<!doctype html>"),
            html(
                .lang("vi"),
                head(
                    meta(.charset("utf-8")),
                    meta(.name("viewport"), .content("width=device-width, initial-scale=1")),
                    .maybe(refreshAfter) { seconds in
                        // With the script the page asks by itself and keeps what is being typed.
                        noscript(meta(.httpEquiv("refresh"), .content("\(seconds)")))
                    },
                    Markup.title(.text(title), " – VanThu"),
                    link(.rel("icon"), .href(Assets.icon.address.path)),
                    link(.rel("stylesheet"), .href(Assets.tokens.address.path)),
                    link(.rel("stylesheet"), .href(Assets.styles.address.path)),
                    Markup.script(.src(Assets.keys.address.path), .defer),
                    .maybe(script) { Markup.script(.src($0.address.path), .defer) }),
                body(.group(parts))))
    }

    static let star = HTML.raw(
        """
        <svg viewBox="0 0 28 28" aria-hidden="true" focusable="false"><path fill="#c8161d" d="M0 0h28v28H0z"/>\
        <path fill="#ffd83d" d="m14 5 2.1 6.4h6.7l-5.4 4 2.1 6.4-5.5-4-5.5 4 2.1-6.4-5.4-4h6.7z"/></svg>
        """)
}

/// Breadcrumb, title and what stands beside it.
struct PageHead {
    var crumb: HTML = .empty
    let title: String
    var sub: HTML = .empty
    var aside: HTML = .empty

    func html() -> HTML {
        div(
            .class("head"),
            .when(!crumb.isEmpty, p(.class("crumb"), crumb)),
            h1(.text(title)),
            .when(!sub.isEmpty, p(.class("sub"), sub)),
            .when(!aside.isEmpty, p(.class("aside"), aside)))
    }
}
