// The queue in three stretches: at once, today, later. They follow the queue's own order, so nothing changes place.
import Domain

struct DeskGroup {
    enum Kind: String {
        case now = "lam-ngay"
        case today = "hom-nay"
        case later = "sau-do"

        var title: String {
            switch self {
            case .now: "Làm ngay"
            case .today: "Trong hôm nay"
            case .later: "Sau đó"
            }
        }

        var explanation: String {
            switch self {
            case .now: "hỏa tốc, khẩn, quá hạn hoặc còn dưới 2 giờ"
            case .today: "đến hết giờ làm việc"
            case .later: ""
            }
        }
    }

    let kind: Kind
    let items: [DeskItem]

    static func sorted(_ items: [DeskItem], now: Instant, calendar: WorkingCalendar) -> [DeskGroup] {
        var groups: [Kind: [DeskItem]] = [:]
        for item in items { groups[kind(item, now: now, calendar: calendar), default: []].append(item) }
        return [Kind.now, .today, .later].compactMap { kind in
            groups[kind].map { DeskGroup(kind: kind, items: $0) }
        }
    }

    private static func kind(_ item: DeskItem, now: Instant, calendar: WorkingCalendar) -> Kind {
        if item.urgency > .normal { return .now }
        guard let due = item.dueAt else { return .later }
        if due.officeDate > now.officeDate.adding(days: 1) { return .later }
        if calendar.workingSeconds(from: now, to: due) < 2 * 3600 { return .now }
        return due.officeDate <= now.officeDate ? .today : .later
    }
}
