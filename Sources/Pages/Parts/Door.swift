// A closed door says why: an act that is not possible now stays visible, dashed, with all its reasons; one that is never
// this person's is not shown.
import Domain
import Markup

package enum Door: Sendable, Equatable {
    case open
    case closed([Refusal])
    case hidden

    /// Open when nothing stands against it.
    package init(_ reasons: [Refusal]) { self = reasons.isEmpty ? .open : .closed(reasons) }

    package var isOpen: Bool { self == .open }
    package var isHidden: Bool { self == .hidden }

    var reasons: [Refusal] {
        if case .closed(let reasons) = self { return reasons }
        return []
    }
}

struct DoorButton {
    let door: Door
    let words: String
    var look = ""
    /// Where the reasons stand.
    let reasonsID: String
    var keys = ""

    /// A button of the form it stands in.
    func submit(_ attributes: HTML...) -> HTML {
        switch door {
        case .hidden: .empty
        case .open: button(.classes("btn", look), .type(.submit), .group(attributes), .text(words), shownKeys)
        case .closed:
            button(
                .classes("btn", look), .type(.button), .aria(.disabled, "true"),
                .aria(.describedby, reasonsID),
                .text(words))
        }
    }

    /// A link to the page where it is done.
    func link(_ path: String) -> HTML {
        switch door {
        case .hidden: .empty
        case .open: a(.classes("btn", look), .href(path), .text(words), shownKeys)
        case .closed:
            button(
                .classes("btn", look), .type(.button), .aria(.disabled, "true"),
                .aria(.describedby, reasonsID),
                .text(words))
        }
    }

    private var shownKeys: HTML { .each(keys.split(separator: " ")) { .group(" ", kbd(.text(String($0)))) } }

    /// All reasons at once.
    static func reasons(_ reasons: [Refusal], id: String, heading: String) -> HTML {
        .when(
            !reasons.isEmpty,
            Markup.section(
                .class("note warn"), .aria(.labelledby, id),
                b(.id(id), .text(heading)),
                ol(.each(reasons) { li(.text(Vi.refusal($0).text)) })))
    }
}
