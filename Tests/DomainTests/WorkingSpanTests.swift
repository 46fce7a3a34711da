import Domain
import Foundation
import Testing

/// Working time over long stretches, counted by weeks, against the same counted day by day.
struct WorkingSpanTests {
    private static let calendar = WorkingCalendar(
        holidays: Set(
            ["2026-01-01", "2026-02-16", "2026-02-17", "2026-04-30", "2026-05-01", "2026-09-02"].compactMap {
                OfficeDate($0)
            }),
        workedDaysOff: Set(["2026-02-28", "2026-05-09", "2026-09-02"].compactMap { OfficeDate($0) }))

    /// The plain way: every day looked at by itself.
    private static func dayByDay(_ start: Instant, _ end: Instant) -> Int {
        var total = 0
        var day = start.officeDate
        while day <= end.officeDate {
            let from = day == start.officeDate ? start.secondOfDay : 0
            let to = day == end.officeDate ? end.secondOfDay : 86_400
            if calendar.isWorkingDay(day) {
                for session in calendar.sessions {
                    total += max(0, min(to, session.to * 60) - max(from, session.from * 60))
                }
            }
            day = day.adding(days: 1)
        }
        return total
    }

    @Test func `any stretch of the year counts the same by weeks as day by day`() {
        let begin = Instant(OfficeDate(dayNumber: 20_440), hour: 0)
        for step in 0..<400 {
            let start = begin.adding(seconds: step * 78_000)
            let end = start.adding(seconds: (step * 7919) % 400 * 86_400 + step * 311)
            #expect(Self.calendar.workingSeconds(from: start, to: end) == Self.dayByDay(start, end))
            #expect(Self.calendar.workingSeconds(from: end, to: start) == -Self.dayByDay(start, end))
        }
    }
}
