// The way of a draft as a strip: who, as what, and how far (C3).
import Domain
import Markup

struct RouteStrip {
    let stops: [RouteStop]

    func html() -> HTML {
        ol(
            .classes("route", stops.count > 6 ? "many" : ""), .aria(.label, "Luồng trình ký"),
            .group(stops.enumerated().map { index, stop in item(index + 1, stop) }))
    }

    private func item(_ ordinal: Int, _ stop: RouteStop) -> HTML {
        li(
            .class(Self.look(stop.place)), .when(stop.place == .here, .aria(.current, "step")),
            span(.class("kind"), span("Bước \(ordinal)"), Self.part(stop.part)),
            b(.text(stop.personName)), span(.class("post"), .text(stop.title)), Marks.state(stop.mark))
    }

    private static func look(_ place: RouteStop.Place) -> String {
        switch place {
        case .done: "done"
        case .here: "here"
        case .waiting: "ahead"
        case .outdated: "broken"
        }
    }

    private static func part(_ part: RouteStop.Part) -> HTML {
        switch part {
        case .drafting: span("Soạn")
        case .issuing: span("Phát hành")
        case .step(let kind): abbr(.attribute(.title, Vi.step(kind).long), .text(Vi.step(kind).short))
        }
    }
}
