// Who was given what by the directive and how far each is: the state belongs to each person, not to the letter (B9).
import Domain
import Markup

package struct DirectiveShown: Sendable, Equatable {
    package let author: String
    package let at: Instant
    package let text: String

    package init(author: String, at: Instant, text: String) {
        (self.author, self.at, self.text) = (author, at, text)
    }
}

package struct AssignmentRow: Sendable, Equatable {
    package let kind: AssignmentKind
    package let personName: String
    package let title: String
    package let state: AssignmentState
    package let dueAt: Instant?
    package let isMine: Bool

    package init(
        kind: AssignmentKind, personName: String, title: String, state: AssignmentState, dueAt: Instant?,
        isMine: Bool = false
    ) {
        self.kind = kind
        self.personName = personName
        self.title = title
        self.state = state
        self.dueAt = dueAt
        self.isMine = isMine
    }
}

package struct LinkedDraft: Sendable, Equatable {
    package let code: Int
    package let abstract: String
    package let state: DraftState
    /// "54/PTP, ngày 14/5/2026" once issued.
    package let issuedAs: String

    package init(code: Int, abstract: String, state: DraftState, issuedAs: String = "") {
        (self.code, self.abstract, self.state, self.issuedAs) = (code, abstract, state, issuedAs)
    }
}

struct AssignmentTree {
    let frame: Frame
    let rows: [AssignmentRow]

    /// "1 chủ trì, 3 phối hợp, 2 để biết"
    static func summary(_ rows: [AssignmentRow]) -> String {
        AssignmentKind.allCases.compactMap { kind in
            let count = rows.count { $0.kind == kind }
            return count > 0 ? "\(count) \(Vi.assignment(kind).lowercasedFirst)" : nil
        }.joined(separator: ", ")
    }

    func html() -> HTML {
        .when(!rows.isEmpty, ul(.class("tree"), .each(rows, node)))
    }

    private func node(_ row: AssignmentRow) -> HTML {
        li(
            .class(row.kind == .lead ? "lead" : ""),
            div(
                .class("node"),
                span(.class("as"), .text(Vi.assignment(row.kind))),
                div(
                    b(.text(row.personName), .when(row.isMine, " (ông/bà)")), small(.text(row.title))),
                div(
                    .class("state"), Marks.state(mark(row)),
                    .when(row.dueAt != nil && isOpen(row), .each(dueWords(row)) { small(.text($0)) }))))
    }

    private func isOpen(_ row: AssignmentRow) -> Bool { row.state == .assigned || row.state == .working }

    private func mark(_ row: AssignmentRow) -> StateMark {
        let due = frame.due(row.dueAt)
        if isOpen(row), due.tone == .late { return StateMark(.late, due.left) }
        return Vi.state(row.state)
    }

    /// A line each, so that neither breaks inside.
    private func dueWords(_ row: AssignmentRow) -> [String] {
        let due = frame.due(row.dueAt)
        return due.tone == .late ? [due.moment] : [due.left, "hạn \(due.moment)"]
    }
}

/// Links to the parts of a long page, on a phone.
enum JumpLinks {
    static func html(_ links: [(id: String, words: String)]) -> HTML {
        nav(
            .class("jump"), .aria(.label, "Trong trang này"),
            .each(links) { link in a(.class("btn tiny"), .href("#\(link.id)"), .text(link.words)) })
    }
}
