// The chosen row in full beside the queue; the keyboard script fills it anew when another row is chosen.
import Domain
import Markup

struct DeskPreview {
    let frame: Frame
    let item: DeskItem

    func html() -> HTML {
        let due = frame.due(item.dueAt)
        return aside(
            .class("panel peek"), .aria(.label, "Việc đang chọn"), .tabindex(0),
            div(
                .class("in stack"),
                h2(.class("peek-title"), Marks.stamp(item.urgency), .text(item.title)),
                dl(
                    .class("facts"),
                    dt("Việc"), dd(.class("peek-do"), .text(Vi.task(item.kind))),
                    dt("Văn bản"), dd(.class("peek-meta"), .text(item.detail)),
                    dt("Hạn"), dd(.class("peek-due"), Marks.dueCell(due))),
                p(
                    .class("btns"),
                    a(
                        .class("btn main peek-open"), .href("/\(frame.slug)/\(item.path)"),
                        .text("Mở việc này"), " ", kbd("Enter")))))
    }
}

/// The keys that work on a list, told at its foot.
enum KeyHints {
    static let list = ul(
        .class("hints foot-bar"), .aria(.label, "Phím tắt"),
        li(kbd("j"), " ", kbd("k"), " xuống, lên"), li(kbd("Enter"), " mở"), li(kbd("/"), " tìm"))
}
