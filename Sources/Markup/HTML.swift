// A page or a piece of one, as a value. Text is escaped when it is written out; markup that is not built from elements
// can only be a constant of the program (`StaticString`), so nothing that somebody typed ever becomes markup.

public enum HTML: Sendable {
    case text(String)
    case number(Int)
    /// Markup written by hand; only constants fit.
    case raw(StaticString)
    /// Attributes stand among the parts, wherever it reads best.
    case element(ElementName, [HTML])
    case attribute(AttributeName, String)
    /// An attribute without a value: `checked`.
    case flag(AttributeName)
    case group([HTML])
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .text(value) }
}

extension HTML {
    /// Nothing at all.
    public static let empty = HTML.group([])

    public static func group(_ parts: HTML...) -> HTML { .group(parts) }

    public static func when(_ condition: Bool, _ part: @autoclosure () -> HTML) -> HTML {
        condition ? part() : .empty
    }

    public static func when(
        _ condition: Bool, _ part: @autoclosure () -> HTML, else other: @autoclosure () -> HTML
    )
        -> HTML
    {
        condition ? part() : other()
    }

    public static func each<Items: Sequence>(_ items: Items, _ part: (Items.Element) -> HTML) -> HTML {
        .group(items.map(part))
    }

    /// The part made of a value that may be absent.
    public static func maybe<Value>(_ value: Value?, _ part: (Value) -> HTML) -> HTML {
        value.map(part) ?? .empty
    }

    public var isEmpty: Bool {
        switch self {
        case .group(let parts): parts.allSatisfy(\.isEmpty)
        case .text(let text): text.isEmpty
        default: false
        }
    }
}
