// The small marks that look alike everywhere: the urgency stamp, a state, a deadline, a moment.
import Domain
import Markup

enum Marks {
    /// The stamp with a space after it; nothing for a normal letter.
    static func stamp(_ urgency: Urgency) -> HTML {
        switch urgency {
        case .normal: .empty
        case .urgent: .group(span(.class("stamp"), .text(Vi.stamp(urgency))), " ")
        case .veryUrgent: .group(span(.class("stamp very"), .text(Vi.stamp(urgency))), " ")
        case .flash: .group(span(.class("stamp flash"), .text(Vi.stamp(urgency))), " ")
        }
    }

    static func state(_ mark: StateMark) -> HTML {
        span(.class(stateClass(mark.shape)), .text(mark.word))
    }

    private static func stateClass(_ shape: StateShape) -> String {
        switch shape {
        case .ring: "st"
        case .busy: "st busy"
        case .ok: "st ok"
        case .signed: "st signed"
        case .warn: "st warn"
        case .late: "st late"
        case .no: "st no"
        }
    }

    /// What is left, and the moment below it.
    static func due(_ words: DueWords) -> HTML {
        p(
            .class(dueClass(words)), b(.text(words.left)),
            .when(!words.moment.isEmpty, small(.text(words.moment))))
    }

    /// The same in a table's cell.
    static func dueCell(_ words: DueWords) -> HTML {
        div(
            .class(dueClass(words)), b(.text(words.left)),
            .when(!words.moment.isEmpty, small(.text(words.moment))))
    }

    /// `hạn 17:00 ngày mai, còn 1 ngày 2 giờ làm việc`, for a line of text.
    static func dueLine(_ words: DueWords) -> String {
        switch words.tone {
        case .late: "\(words.left.lowercasedFirst) (\(words.moment))"
        default: words.moment.isEmpty ? "" : "hạn \(words.moment), \(words.left.lowercasedFirst) làm việc"
        }
    }

    private static func dueClass(_ words: DueWords) -> String {
        switch words.tone {
        case .calm: "due"
        case .soon: "due soon"
        case .late: "due late"
        }
    }

    static func moment(_ moment: Instant, _ frame: Frame) -> HTML {
        time(.datetime(Vi.machine(moment)), .text(frame.moment(moment)))
    }

    static func count(_ number: Int, late: Bool = false) -> HTML {
        span(.class(late ? "count late" : "count"), .text(Vi.count(number)))
    }

    /// A short reader's word that is not shown.
    static func unseen(_ words: String) -> HTML { span(.class("sr"), .text(words)) }
}

/// A titled box of the side panel.
struct Panel {
    let id: String
    let title: String
    var note: HTML = .empty

    func html(_ parts: HTML...) -> HTML {
        section(
            .class("panel"), .id(id), .aria(.labelledby, "h-\(id)"),
            header(h2(.id("h-\(id)"), .text(title)), note), .group(parts))
    }
}

/// Names and values, two columns.
struct Facts {
    private(set) var rows: [HTML] = []

    mutating func add(_ name: String, _ value: HTML) { rows += [dt(.text(name)), dd(value)] }

    mutating func add(_ name: String, _ value: String) {
        if !value.isEmpty { add(name, .text(value)) }
    }

    func html() -> HTML { dl(.class("facts"), .group(rows)) }
}
