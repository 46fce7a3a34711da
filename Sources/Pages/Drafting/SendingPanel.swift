// Nơi nhận as the heads and the signer see it (D21, D22): paper and electronic apart, the day an answer is asked for, and what was
// changed of it after somebody had put initials on the draft.
import Domain
import Markup

package struct SendingShown: Sendable, Equatable {
    /// What was changed after the draft had been submitted once.
    package struct Change: Sendable, Equatable {
        package let by: String
        package let at: Instant
        package let words: String
        /// Who had put initials on it before; empty where nobody had.
        package let after: [String]

        package init(by: String, at: Instant, words: String, after: [String] = []) {
            (self.by, self.at, self.words, self.after) = (by, at, words, after)
        }
    }

    package let names: RecipientNames
    package let answerBy: OfficeDate?
    /// Why some go otherwise than the rules say.
    package let reason: String
    /// Recipients that could not be reached as things are, in words.
    package let warnings: [String]
    /// Oldest first.
    package let changes: [Change]
    /// The signature is there.
    package let isSettled: Bool

    package init(
        names: RecipientNames, answerBy: OfficeDate? = nil, reason: String = "", warnings: [String] = [],
        changes: [Change] = [], isSettled: Bool = false
    ) {
        self.names = names
        self.answerBy = answerBy
        self.reason = reason
        self.warnings = warnings
        self.changes = changes
        self.isSettled = isSettled
    }

    package static let nothing = SendingShown(names: RecipientNames(paper: [], electronic: []))

    var isEmpty: Bool { names.paper.isEmpty && names.electronic.isEmpty && answerBy == nil }
}

struct SendingPanel {
    let frame: Frame
    let code: Int
    let shown: SendingShown
    let edit: Door

    /// Not the id of the field of that name, which is on other pages.
    static let id = "noi-nhan"

    func html() -> HTML {
        Panel(id: Self.id, title: "Nơi nhận", note: note()).html(
            div(
                .class("in stack"),
                .when(shown.isEmpty, p(.class("muted"), "Chưa ghi nơi nhận; văn thư chọn khi phát hành.")),
                .each(shown.changes.filter { !$0.after.isEmpty }, warning),
                shown.names.blocks("Nhận bản giấy:"),
                .maybe(shown.answerBy) {
                    p("Đề nghị trả lời trước ngày ", b(.text(Vi.date($0))), ".")
                },
                .when(
                    !shown.reason.isEmpty,
                    p(.class("small"), .text("Lý do gửi khác quy định: \(shown.reason)"))),
                .each(shown.warnings.prefix(20)) { p(.class("small"), Marks.state(StateMark(.warn, $0))) },
                .when(shown.isSettled && !shown.isEmpty, p(.class("small muted"), "Giữ theo bản đã ký."))))
    }

    private func note() -> HTML {
        .when(
            edit.isOpen,
            a(
                .class("small"), .href(frame.path(.draftAct(code, .recipients))),
                .text(shown.isEmpty ? "Ghi nơi nhận" : "Sửa nơi nhận")))
    }

    private func warning(_ change: SendingShown.Change) -> HTML {
        div(
            .class("note warn"),
            b(.text("Nơi nhận đổi sau khi \(change.after.joined(separator: ", ")) ký nháy. ")),
            .text("\(change.by), "), Marks.moment(change.at, frame), .text(": \(change.words)."))
    }
}
