// Dấu đến có chữ ký số: for the clerk the form with the PIN of the agency's certificate; for everybody who reads the letter
// the copy that has it.
import Domain
import Markup

package struct StampPanel: Sendable, Equatable {
    /// When it was stamped; nil before.
    package let stampedAt: Instant?
    /// It was set on what stood before the sender corrected it.
    package let isOfFormer: Bool
    /// Hidden for everyone but the clerk.
    package let door: Door

    package init(stampedAt: Instant?, isOfFormer: Bool = false, door: Door) {
        (self.stampedAt, self.isOfFormer, self.door) = (stampedAt, isOfFormer, door)
    }

    var isHidden: Bool { stampedAt == nil && door.isHidden }

    func html(_ page: ArrivalPage, _ notes: RefusalNotes) -> HTML {
        let path = page.frame.path(.arrivalAct(page.number, .stamp))
        return .when(
            !isHidden,
            Panel(
                id: "dau-den", title: "Dấu đến",
                note: .maybe(stampedAt) { _ in Marks.state(StateMark(.signed, "Đã ký số")) }
            ).html(
                .maybe(stampedAt) { at in
                    div(
                        .class("in"),
                        p(
                            .text("Bản của cơ quan có dấu đến, ký số lúc \(page.frame.moment(at)). "),
                            a(.href(path), "Tải bản có dấu đến")),
                        .when(
                            isOfFormer,
                            p(.class("small"), "Dấu được ký trên bản trước khi nơi gửi sửa văn bản.")))
                },
                .when(stampedAt == nil, form(page, notes, path))))
    }

    private func form(_ page: ArrivalPage, _ notes: RefusalNotes, _ path: String) -> HTML {
        Markup.form(
            .class("in stack"), .id("form-dau-den"), .method(.post), .action(path),
            SealFields.hidden(page.seal),
            DoorButton.reasons(door.reasons, id: "dau-den-vi-sao", heading: Vi.notDone(.arrivalStamped)),
            p(
                .class("hint"),
                "Số đến và ngày đến được ký số của cơ quan lên bản lưu ở đây; tệp gốc nơi gửi không đổi."),
            .when(
                door.isOpen,
                div(
                    .class("form"),
                    Controls(entries: Entries(), notes: notes).secret(
                        .pin, 6, label: "Mã PIN của dấu cơ quan", hint: "Sai 5 lần thì chứng thư số bị khóa.",
                        autocomplete: "off"))),
            p(
                .class("btns"),
                DoorButton(door: door, words: "Đóng dấu đến", reasonsID: "dau-den-vi-sao").submit()))
    }
}
