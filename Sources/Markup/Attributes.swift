// Attributes as parts of an element: `a(.href(address), "Xem")`, `input(.name("so"), .required)`.

extension HTML {
    public static func id(_ value: String) -> HTML { .attribute(.id, value) }
    public static func href(_ value: String) -> HTML { .attribute(.href, value) }
    public static func name(_ value: String) -> HTML { .attribute(.name, value) }
    public static func value(_ value: String) -> HTML { .attribute(.value, value) }
    public static func action(_ value: String) -> HTML { .attribute(.action, value) }
    public static func enctype(_ value: String) -> HTML { .attribute(.enctype, value) }
    public static func `for`(_ value: String) -> HTML { .attribute(.`for`, value) }
    public static func lang(_ value: String) -> HTML { .attribute(.lang, value) }
    public static func charset(_ value: String) -> HTML { .attribute(.charset, value) }
    public static func content(_ value: String) -> HTML { .attribute(.content, value) }
    public static func httpEquiv(_ value: String) -> HTML { .attribute(.httpEquiv, value) }
    public static func rel(_ value: String) -> HTML { .attribute(.rel, value) }
    public static func src(_ value: String) -> HTML { .attribute(.src, value) }
    public static func alt(_ value: String) -> HTML { .attribute(.alt, value) }
    public static func placeholder(_ value: String) -> HTML { .attribute(.placeholder, value) }
    public static func autocomplete(_ value: String) -> HTML { .attribute(.autocomplete, value) }
    public static func inputmode(_ value: String) -> HTML { .attribute(.inputmode, value) }
    public static func pattern(_ value: String) -> HTML { .attribute(.pattern, value) }
    public static func min(_ value: String) -> HTML { .attribute(.min, value) }
    public static func max(_ value: String) -> HTML { .attribute(.max, value) }
    public static func step(_ value: String) -> HTML { .attribute(.step, value) }
    public static func accept(_ value: String) -> HTML { .attribute(.accept, value) }
    public static func list(_ value: String) -> HTML { .attribute(.list, value) }
    public static func datetime(_ value: String) -> HTML { .attribute(.datetime, value) }
    public static func title(_ value: String) -> HTML { .attribute(.title, value) }
    public static func role(_ value: String) -> HTML { .attribute(.role, value) }
    public static func media(_ value: String) -> HTML { .attribute(.media, value) }
    public static func loading(_ value: String) -> HTML { .attribute(.loading, value) }
    public static func decoding(_ value: String) -> HTML { .attribute(.decoding, value) }
    public static func sizes(_ value: String) -> HTML { .attribute(.sizes, value) }
    public static func srcset(_ value: String) -> HTML { .attribute(.srcset, value) }
    public static func form(_ value: String) -> HTML { .attribute(.form, value) }
    public static func formaction(_ value: String) -> HTML { .attribute(.formaction, value) }
    public static func viewBox(_ value: String) -> HTML { .attribute(.viewBox, value) }
    public static func d(_ value: String) -> HTML { .attribute(.d, value) }
    public static func fill(_ value: String) -> HTML { .attribute(.fill, value) }
    public static func stroke(_ value: String) -> HTML { .attribute(.stroke, value) }
    public static func points(_ value: String) -> HTML { .attribute(.points, value) }
    public static func transform(_ value: String) -> HTML { .attribute(.transform, value) }
    public static func preserveAspectRatio(_ value: String) -> HTML {
        .attribute(.preserveAspectRatio, value)
    }
    public static func textAnchor(_ value: String) -> HTML { .attribute(.textAnchor, value) }
    public static func focusable(_ value: String) -> HTML { .attribute(.focusable, value) }
    public static func enterkeyhint(_ value: String) -> HTML { .attribute(.enterkeyhint, value) }
    public static func download(_ value: String) -> HTML { .attribute(.download, value) }
    public static func spellcheck(_ value: String) -> HTML { .attribute(.spellcheck, value) }

    public static func rows(_ value: Int) -> HTML { .attribute(.rows, String(value)) }
    public static func cols(_ value: Int) -> HTML { .attribute(.cols, String(value)) }
    public static func size(_ value: Int) -> HTML { .attribute(.size, String(value)) }
    public static func maxlength(_ value: Int) -> HTML { .attribute(.maxlength, String(value)) }
    public static func colspan(_ value: Int) -> HTML { .attribute(.colspan, String(value)) }
    public static func rowspan(_ value: Int) -> HTML { .attribute(.rowspan, String(value)) }
    public static func width(_ value: Int) -> HTML { .attribute(.width, String(value)) }
    public static func height(_ value: Int) -> HTML { .attribute(.height, String(value)) }
    public static func tabindex(_ value: Int) -> HTML { .attribute(.tabindex, String(value)) }
    public static func start(_ value: Int) -> HTML { .attribute(.start, String(value)) }

    public static var checked: HTML { .flag(.checked) }
    public static var selected: HTML { .flag(.selected) }
    public static var required: HTML { .flag(.required) }
    public static var disabled: HTML { .flag(.disabled) }
    public static var readonly: HTML { .flag(.readonly) }
    public static var multiple: HTML { .flag(.multiple) }
    public static var autofocus: HTML { .flag(.autofocus) }
    public static var `defer`: HTML { .flag(.`defer`) }
    public static var open: HTML { .flag(.open) }
    public static var novalidate: HTML { .flag(.novalidate) }
    public static var formnovalidate: HTML { .flag(.formnovalidate) }
    public static var hidden: HTML { .flag(.hidden) }

    // Places and sizes in a drawing, in its own units.
    public static func x(_ value: Double) -> HTML { .attribute(.x, decimal(value)) }
    public static func y(_ value: Double) -> HTML { .attribute(.y, decimal(value)) }
    public static func cx(_ value: Double) -> HTML { .attribute(.cx, decimal(value)) }
    public static func cy(_ value: Double) -> HTML { .attribute(.cy, decimal(value)) }
    public static func r(_ value: Double) -> HTML { .attribute(.r, decimal(value)) }
    public static func rx(_ value: Double) -> HTML { .attribute(.rx, decimal(value)) }
    public static func width(_ value: Double) -> HTML { .attribute(.width, decimal(value)) }
    public static func height(_ value: Double) -> HTML { .attribute(.height, decimal(value)) }

    public static func `class`(_ value: String) -> HTML { .attribute(.class, value) }

    /// Classes of which some depend on the case; empty ones are left out.
    public static func classes(_ values: String...) -> HTML {
        .attribute(.class, values.filter { !$0.isEmpty }.joined(separator: " "))
    }

    /// No attribute at all when there is no value.
    public static func optional(_ name: AttributeName, _ value: String?) -> HTML {
        value.map { .attribute(name, $0) } ?? .empty
    }

    public static func aria(_ name: AriaName, _ value: String) -> HTML { .attribute(name.attribute, value) }

    /// The head of its column, shown before a cell where a table becomes cards.
    public static func dataLabel(_ value: String) -> HTML { .attribute(.dataLabel, value) }
    public static func dataKeys(_ value: String) -> HTML { .attribute(.dataKeys, value) }

    public static func type(_ type: ControlType) -> HTML { .attribute(.type, type.rawValue) }
    public static func method(_ method: FormMethod) -> HTML { .attribute(.method, method.rawValue) }
    public static func scope(_ scope: HeaderScope) -> HTML { .attribute(.scope, scope.rawValue) }

    /// At most two decimals, never in exponents.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let whole = hundredths / 100, rest = abs(hundredths % 100)
        let sign = hundredths < 0 && whole == 0 ? "-" : ""
        if rest == 0 { return "\(whole)" }
        return sign + "\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
    }
}

public enum ControlType: String, Sendable {
    case button, checkbox, email, file, hidden, number, password, radio, search, submit, text
}

public enum FormMethod: String, Sendable { case get, post }

public enum HeaderScope: String, Sendable { case col, row, colgroup, rowgroup }

public enum AriaName: Sendable {
    case label, labelledby, describedby, current, disabled, invalid, hidden, live, expanded, controls,
        required, atomic, busy

    var attribute: AttributeName {
        switch self {
        case .label: .ariaLabel
        case .labelledby: .ariaLabelledby
        case .describedby: .ariaDescribedby
        case .current: .ariaCurrent
        case .disabled: .ariaDisabled
        case .invalid: .ariaInvalid
        case .hidden: .ariaHidden
        case .live: .ariaLive
        case .expanded: .ariaExpanded
        case .controls: .ariaControls
        case .required: .ariaRequired
        case .atomic: .ariaAtomic
        case .busy: .ariaBusy
        }
    }
}
