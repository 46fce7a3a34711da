// How an arrival stands in "Việc của tôi", whoever it waits for.
import Domain

enum ArrivalDesk {
    static func item(
        _ kind: DeskKind, _ arrival: Arrival, _ facts: DocumentParticulars, for position: ID<Position>, dueAt: Instant?
    ) -> DeskItem {
        DeskItem(
            position: position, agency: arrival.agency, kind: kind, urgency: arrival.urgency, dueAt: dueAt,
            subject: arrival.id.uuid, title: facts.abstract,
            detail: "Số đến \(arrival.number) · \(facts.numberAndNotation) · \(facts.issuingAgency)",
            path: "van-ban-den/\(arrival.year)/\(arrival.number)")
    }

    /// By when the head assigns it (B5, B6); an answer due earlier comes earlier.
    static func toDirect(_ arrival: Arrival, _ facts: DocumentParticulars, _ calendar: WorkingCalendar) -> DeskItem {
        let directBy = calendar.directingTime(for: arrival.urgency, receivedAt: arrival.arrivedAt)
        return item(.direct, arrival, facts, for: arrival.director, dueAt: min(directBy, arrival.dueAt ?? directBy))
    }
}
