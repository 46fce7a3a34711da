// The elements our pages are made of.

public enum ElementName: UInt8, Sendable, CaseIterable {
    case a, abbr, article, aside, b, body, br, button, caption, circle, code, col, datalist, dd, details,
        div, dl, dt, em, fieldset, figcaption, figure, footer, form, g, h1, h2, h3, head, header, hr, html,
        i, img, input, kbd, label, legend, li, line, link, main, meta, nav, noscript, ol, optgroup, option,
        output,
        p, path, progress, rect, script, section, select, small, span, strong, sub, summary, sup, svg,
        table, tbody, td, textarea, tfoot, th, thead, time, title, tr, u, ul, svgText

    public var text: StaticString {
        switch self {
        case .a: "a"
        case .abbr: "abbr"
        case .article: "article"
        case .aside: "aside"
        case .b: "b"
        case .body: "body"
        case .br: "br"
        case .button: "button"
        case .caption: "caption"
        case .circle: "circle"
        case .code: "code"
        case .col: "col"
        case .datalist: "datalist"
        case .dd: "dd"
        case .details: "details"
        case .div: "div"
        case .dl: "dl"
        case .dt: "dt"
        case .em: "em"
        case .fieldset: "fieldset"
        case .figcaption: "figcaption"
        case .figure: "figure"
        case .footer: "footer"
        case .form: "form"
        case .g: "g"
        case .h1: "h1"
        case .h2: "h2"
        case .h3: "h3"
        case .head: "head"
        case .header: "header"
        case .hr: "hr"
        case .html: "html"
        case .i: "i"
        case .img: "img"
        case .input: "input"
        case .kbd: "kbd"
        case .label: "label"
        case .legend: "legend"
        case .li: "li"
        case .line: "line"
        case .link: "link"
        case .main: "main"
        case .meta: "meta"
        case .nav: "nav"
        case .noscript: "noscript"
        case .ol: "ol"
        case .optgroup: "optgroup"
        case .option: "option"
        case .output: "output"
        case .p: "p"
        case .path: "path"
        case .progress: "progress"
        case .rect: "rect"
        case .script: "script"
        case .section: "section"
        case .select: "select"
        case .small: "small"
        case .span: "span"
        case .strong: "strong"
        case .sub: "sub"
        case .summary: "summary"
        case .sup: "sup"
        case .svg: "svg"
        case .table: "table"
        case .tbody: "tbody"
        case .td: "td"
        case .textarea: "textarea"
        case .tfoot: "tfoot"
        case .th: "th"
        case .thead: "thead"
        case .time: "time"
        case .title: "title"
        case .tr: "tr"
        case .u: "u"
        case .ul: "ul"
        case .svgText: "text"
        }
    }

    /// Has no content and no closing tag.
    public var isVoid: Bool {
        switch self {
        case .br, .col, .hr, .img, .input, .link, .meta:
            true
        default:
            false
        }
    }

    /// Stands inside a line of text when a page is printed for people.
    public var isPhrasing: Bool {
        switch self {
        case .a, .abbr, .b, .br, .button, .code, .em, .i, .img, .input, .kbd, .label, .option, .small,
            .span, .strong, .sub, .sup, .time, .u, .select, .textarea, .svg, .path, .rect, .circle, .g,
            .line, .output:
            true
        default:
            false
        }
    }
}
