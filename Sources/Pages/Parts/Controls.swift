// Labelled controls of a form, each with its own message. The name of a control is also its id, so that the messages at
// the top can point to it.
import Domain
import Markup

struct SealFields {
    /// The browser's own bubbles speak the browser's language and stop at the first fault; the office's answer names all.
    static func hidden(_ seal: FormSeal) -> HTML {
        .group(
            .novalidate,
            field(FormFields.csrf, seal.csrf),
            field(FormFields.act, seal.actID),
            field(FormFields.position, seal.positionID),
            .maybe(seal.version) { field(FormFields.version, String($0)) })
    }

    static func field(_ name: String, _ value: String) -> HTML {
        input(.type(.hidden), .name(name), .value(value))
    }
}

struct Option: Sendable {
    let value: String
    let text: String
}

struct Controls {
    let entries: Entries
    var notes = RefusalNotes(refusals: [])

    /// A labelled control over `width` of the twelve columns.
    func field(
        _ field: Field, _ width: Int, required: Bool = false, label words: String? = nil, hint: String = "",
        _ control: (HTML) -> HTML
    ) -> HTML {
        let id = FormFields.id(field)
        let wrong = notes.concerns(field)
        let described = [hint.isEmpty ? "" : "\(id)-goi-y", wrong ? "\(id)-loi" : ""].filter { !$0.isEmpty }
        let attributes = HTML.group(
            .id(id), .name(id), .when(required, .required),
            .when(wrong, .aria(.invalid, "true")),
            .when(!described.isEmpty, .aria(.describedby, described.joined(separator: " "))))
        return div(
            .classes("field", "c\(width)", wrong ? "bad" : ""),
            label(.class(required ? "need" : ""), .for(id), .text(words ?? Vi.field(field))),
            control(attributes),
            .when(!hint.isEmpty, p(.class("hint"), .id("\(id)-goi-y"), .text(hint))),
            notes.under(field))
    }

    func text(
        _ field: Field, _ width: Int, required: Bool = false, label: String? = nil, hint: String = "",
        numeric: Bool = false, autocomplete: String = "off", suggestions: String? = nil
    ) -> HTML {
        self.field(field, width, required: required, label: label, hint: hint) { attributes in
            input(
                attributes, .type(.text), .value(entries[FormFields.id(field)]),
                .when(numeric, .inputmode("numeric")), .autocomplete(autocomplete),
                .optional(.list, suggestions))
        }
    }

    /// Never filled again: neither a password nor a PIN is shown twice.
    func secret(_ field: Field, _ width: Int, label: String? = nil, hint: String = "", autocomplete: String)
        -> HTML
    {
        self.field(field, width, required: true, label: label, hint: hint) { attributes in
            input(attributes, .type(.password), .autocomplete(autocomplete), .spellcheck("false"))
        }
    }

    func paragraph(
        _ field: Field, _ width: Int, rows: Int, required: Bool = false, label: String? = nil,
        hint: String = ""
    ) -> HTML {
        self.field(field, width, required: required, label: label, hint: hint) { attributes in
            textarea(attributes, .rows(rows), .text(entries[FormFields.id(field)]))
        }
    }

    func choice(
        _ field: Field, _ width: Int, _ options: [Option], required: Bool = false, label: String? = nil,
        hint: String = "", empty: String? = nil
    ) -> HTML {
        self.field(field, width, required: required, label: label, hint: hint) { attributes in
            select(attributes, Self.options(options, chosen: entries[FormFields.id(field)], empty: empty))
        }
    }

    static func options(_ options: [Option], chosen: String, empty: String? = nil) -> HTML {
        .group(
            .maybe(empty) { Markup.option(.value(""), .text($0)) },
            .each(options) { item in
                Markup.option(
                    .value(item.value), .when(item.value == chosen, .selected), .text(item.text))
            })
    }

    /// A check box with its words.
    static func check(_ name: String, value: String, id: String, checked: Bool, _ words: HTML) -> HTML {
        label(
            .class("pick"), .for(id),
            input(.type(.checkbox), .id(id), .name(name), .value(value), .when(checked, .checked)),
            span(words))
    }
}

extension Option {
    static let urgencies = Urgency.allCases.map { Option(value: $0.slug, text: Vi.urgency($0)) }
}

/// A person one can choose, with what they are.
package struct PositionChoice: Sendable, Equatable {
    package let id: String
    package let personName: String
    package let title: String

    package init(id: String, personName: String, title: String) {
        (self.id, self.personName, self.title) = (id, personName, title)
    }

    var words: String { title.isEmpty ? personName : "\(personName), \(title)" }
    var option: Option { Option(value: id, text: words) }
}

/// A kind of document one can choose.
package struct TypeChoice: Sendable, Equatable {
    package let slug: String
    package let name: String

    package init(slug: String, name: String) { (self.slug, self.name) = (slug, name) }

    var option: Option { Option(value: slug, text: name) }
}
