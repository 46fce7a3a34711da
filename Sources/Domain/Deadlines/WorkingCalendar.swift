// When the office works. Deadlines in the regulations run in working hours (Kiên Giang, Điều 3.3: two working hours to
// take an electronic arrival; same day or next working morning to assign it), so every deadline is counted here.
// Holidays and swapped days are rows an administrator keeps: lunar dates and "hoán đổi" are announced each year.
import Foundation

package struct WorkingCalendar: Sendable, Equatable {
    /// A stretch of work inside one day, in minutes after midnight.
    package struct Session: Sendable, Equatable {
        package let from: Int, to: Int
        package init(from: Int, to: Int) { (self.from, self.to) = (from, to) }
        package var minutes: Int { to - from }
    }

    package var sessions: [Session]
    /// Days off that fall on a weekday.
    package var holidays: Set<OfficeDate>
    /// Weekend days on which the office works in exchange for another day.
    package var workedDaysOff: Set<OfficeDate>

    package init(
        sessions: [Session] = WorkingCalendar.usualSessions, holidays: Set<OfficeDate> = [],
        workedDaysOff: Set<OfficeDate> = []
    ) {
        (self.sessions, self.holidays, self.workedDaysOff) = (sessions, holidays, workedDaysOff)
    }

    /// 07:00–11:00 and 13:00–17:00.
    package static let usualSessions = [Session(from: 420, to: 660), Session(from: 780, to: 1020)]

    package func isWorkingDay(_ day: OfficeDate) -> Bool {
        if workedDaysOff.contains(day) { return true }
        return day.weekday.rawValue <= OfficeDate.Weekday.friday.rawValue && !holidays.contains(day)
    }

    /// The moment when this many working minutes have passed, counted from `start`.
    package func adding(workingMinutes: Int, to start: Instant) -> Instant {
        var left = workingMinutes * 60
        var day = start.officeDate
        var from = start.secondOfDay
        for _ in 0..<Self.horizonDays {
            if isWorkingDay(day) {
                for session in sessions where session.to * 60 > from {
                    let begin = max(from, session.from * 60)
                    if left <= session.to * 60 - begin { return Instant(day, hour: 0, second: begin + left) }
                    left -= session.to * 60 - begin
                }
            }
            day = day.adding(days: 1)
            from = 0
        }
        return Instant(day, hour: 0)
    }

    /// Working seconds between two moments; negative when `end` is before `start`.
    package func workingSeconds(from start: Instant, to end: Instant) -> Int {
        if end < start { return -workingSeconds(from: end, to: start) }
        let first = start.officeDate, last = end.officeDate
        guard first < last else {
            return workingSeconds(on: first, from: start.secondOfDay, to: end.secondOfDay)
        }
        return workingSeconds(on: first, from: start.secondOfDay, to: 86_400)
            + workingDays(after: first, before: last) * sessions.reduce(0) { $0 + $1.minutes } * 60
            + workingSeconds(on: last, from: 0, to: end.secondOfDay)
    }

    private func workingSeconds(on day: OfficeDate, from: Int, to: Int) -> Int {
        guard isWorkingDay(day) else { return 0 }
        return sessions.reduce(0) { $0 + max(0, min(to, $1.to * 60) - max(from, $1.from * 60)) }
    }

    /// Days of work strictly between two days. Whole weeks are not walked through: a queue shows fifty deadlines.
    private func workingDays(after first: OfficeDate, before last: OfficeDate) -> Int {
        let days = max(0, last.dayNumber - first.dayNumber - 1), weeks = days / 7
        var count = weeks * 5
        let counted = first.adding(days: weeks * 7)
        for offset in 0..<(days % 7) where isWorkingDay(counted.adding(days: offset + 1)) { count += 1 }
        guard weeks > 0 else { return count }
        let isInWeeks = { (day: OfficeDate) in first < day && day <= counted }
        let isWeekday = { (day: OfficeDate) in day.weekday.rawValue <= OfficeDate.Weekday.friday.rawValue }
        count -= holidays.count { isInWeeks($0) && isWeekday($0) && !workedDaysOff.contains($0) }
        return count + workedDaysOff.count { isInWeeks($0) && !isWeekday($0) }
    }

    /// The end of work on that day: what a deadline given as a date means.
    package func endOfWork(on day: OfficeDate) -> Instant {
        let minute = sessions.last?.to ?? 1020
        return Instant(day, hour: minute / 60, minute: minute % 60)
    }

    /// "Trong ngày hoặc chậm nhất buổi sáng ngày làm việc tiếp theo": the end of the next working morning.
    package func endOfNextWorkingMorning(after start: Instant) -> Instant {
        var day = start.officeDate.adding(days: 1)
        for _ in 0..<Self.horizonDays {
            if isWorkingDay(day) { break }
            day = day.adding(days: 1)
        }
        let minute = sessions.first?.to ?? 660
        return Instant(day, hour: minute / 60, minute: minute % 60)
    }

    /// By when an arrival is directed: the same day or in the next working morning (Kiên Giang, Điều 3.3); an urgent one
    /// "ngay sau khi nhận" (Nghị định 30/2020, Điều 23), for which the desk needs a measure: a quarter of an hour of
    /// working time for hỏa tốc, one hour for thượng khẩn, two for khẩn.
    package func directingTime(for urgency: Urgency, receivedAt: Instant) -> Instant {
        switch urgency {
        case .normal: endOfNextWorkingMorning(after: receivedAt)
        case .urgent: adding(workingMinutes: 120, to: receivedAt)
        case .veryUrgent: adding(workingMinutes: 60, to: receivedAt)
        case .flash: adding(workingMinutes: 15, to: receivedAt)
        }
    }

    /// No announced closure lasts longer than this; it bounds the search.
    private static let horizonDays = 3660
}
