// The places in numbers, so that each can be set by hand without any script: page, distance from the left and upper
// edge, width and height, all in millimetres.
import Domain
import Markup

struct PlacesPanel {
    let page: SignPage

    func html() -> HTML {
        let missing = page.places.filter { $0.place == nil && !$0.isPrinted }.count
        return Panel(
            id: "vi-tri", title: "Vị trí trên trang",
            note: Marks.state(
                missing == 0
                    ? StateMark(.ok, "Đủ vị trí")
                    : StateMark(.warn, "Còn \(missing) vị trí phải đặt bằng tay"))
        ).html(
            div(
                .class("in stack"),
                p(
                    .class("hint"),
                    "Đơn vị mi-li-mét, tính từ góc trên bên trái của trang. Khổ A4 rộng 210, cao 297."),
                .each(page.places, row),
                p(
                    .class("btns"),
                    button(
                        .class("btn"), .type(.submit), .name(FormFields.drawOnly), .value("1"),
                        .formnovalidate,
                        "Xem lại vị trí trên trang"))))
    }

    private func row(_ row: SignPage.PlaceRow) -> HTML {
        let id = FormFields.id(row.field)
        return fieldset(
            .class("place-row"), .id(id), legend(.text(Vi.field(row.field))), p(.class("small"), origin(row)),
            .when(
                !row.isPrinted,
                div(
                    .class("numbers"),
                    number(row, .page, "Trang"), number(row, .x, "Trái"), number(row, .y, "Trên"),
                    number(row, .width, "Rộng"), number(row, .height, "Cao"))))
    }

    private func origin(_ row: SignPage.PlaceRow) -> HTML {
        if row.isPrinted { return Marks.state(StateMark(.ok, "Đã in sẵn trên trang")) }
        switch row.origin {
        case .found(let words): return Marks.state(StateMark(.ok, "Tìm thấy: \(words)"))
        case .byHand: return Marks.state(StateMark(.ok, "Đặt bằng tay"))
        case .notFound(let why): return Marks.state(StateMark(.warn, why))
        }
    }

    private func number(_ row: SignPage.PlaceRow, _ part: FormFields.PlacePart, _ words: String) -> HTML {
        let name = FormFields.place(row.field, part)
        let typed = page.entries[name]
        let isWrong = page.refusals.contains {
            $0 == .placeMissing(row.field) || $0 == .placeOffPage(row.field)
        }
        return label(
            .text(words),
            input(
                .name(name), .type(.text), .inputmode("decimal"),
                .value(typed.isEmpty ? value(row, part) : typed),
                .autocomplete("off"), .when(isWrong, .aria(.invalid, "true")),
                .aria(.label, "\(Vi.field(row.field)): \(words.lowercasedFirst)")))
    }

    private func value(_ row: SignPage.PlaceRow, _ part: FormFields.PlacePart) -> String {
        guard let place = row.place else { return "" }
        switch part {
        case .page: return String(place.page)
        case .x: return Self.tenths(place.x)
        case .y: return Self.tenths(place.y)
        case .width: return Self.tenths(place.width)
        case .height: return Self.tenths(place.height)
        }
    }

    /// `48,5`
    static func tenths(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 100_000 else { return "" }
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10),\(abs(tenths % 10))"
    }
}
