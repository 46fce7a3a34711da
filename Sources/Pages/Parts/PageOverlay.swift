// What is drawn over a picture of a page, in millimetres of the page: a place that will hold a signature, seal or field,
// and the ĐẾN box (Nghị định 30/2020, Phụ lục IV) which is an overlay of the view only (decision 12).
import Domain
import Markup

struct PageOverlay {
    enum Look: String {
        case person = "o-nguoi"
        case seal = "o-dau"
        case blank = "o-trong"
    }

    let page: Int
    private let content: HTML

    static func place(_ place: PagePlace, _ look: Look, _ words: String) -> PageOverlay {
        let size = min(3.6, max(2, place.height * 0.7))
        return PageOverlay(
            page: place.page,
            content: g(
                .class(look.rawValue),
                rect(.x(place.x), .y(place.y), .width(place.width), .height(place.height)),
                svgText(
                    .x(place.x + place.width / 2), .y(place.y + place.height / 2 + size / 3),
                    .attribute(.fontSize, Self.millimetres(size)), .text(words))))
    }

    /// The box stands in the upper margin, where it covers nothing printed.
    static func arrivalStamp(agency: String, number: Int, date: OfficeDate, to director: String)
        -> PageOverlay
    {
        return PageOverlay(
            page: 1,
            content: g(
                .class("den"),
                rect(.x(6), .y(2), .width(84), .height(16)),
                svgText(.class("den-ten"), .x(8), .y(6.4), .text(agency)),
                svgText(.x(8), .y(11.2), .text("ĐẾN  Số: \(number)   Ngày: \(Vi.date(date))")),
                svgText(.x(8), .y(16), .text("Chuyển: \(director)"))))
    }

    static func drawing(_ overlays: [PageOverlay], _ size: PageSize) -> HTML {
        svg(
            .class("over"), .viewBox("0 0 \(Int(size.width.rounded())) \(Int(size.height.rounded()))"),
            .preserveAspectRatio("none"), .aria(.hidden, "true"), .focusable("false"),
            .group(overlays.map(\.content)))
    }

    private static func millimetres(_ size: Double) -> String {
        "\(Int(size * 10) / 10).\(Int(size * 10) % 10)"
    }
}
