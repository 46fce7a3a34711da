// Time left, in the office's working time: a deadline always stands twice, as what is left and as the moment. A day is
// as long as the office's own working day.
import Domain

/// How a deadline is shown.
package struct DueWords: Sendable, Equatable {
    package enum Tone: Sendable { case calm, soon, late }

    /// "Còn 1 giờ 08 phút"
    package let left: String
    /// "09:50 hôm nay"
    package let moment: String
    package let tone: Tone
}

extension Vi {
    package static func due(_ dueAt: Instant?, now: Instant, calendar: WorkingCalendar) -> DueWords {
        guard let dueAt else { return DueWords(left: "Không có hạn", moment: "", tone: .calm) }
        let seconds = calendar.workingSeconds(from: now, to: dueAt)
        let day = workingDay(calendar)
        if dueAt < now {
            let late = duration(-seconds, day: day)
            return DueWords(left: "Quá hạn \(late)", moment: "hạn \(moment(dueAt, now: now))", tone: .late)
        }
        return DueWords(
            left: "Còn \(duration(seconds, day: day))", moment: moment(dueAt, now: now),
            tone: seconds <= soon ? .soon : .calm)
    }

    /// "Sắp đến hạn" begins this many working seconds before.
    static let soon = 4 * 3600

    /// `2 ngày 3 giờ`, `1 giờ 08 phút`, `48 phút`, `dưới 1 phút`
    package static func duration(_ seconds: Int, day: Int = 8 * 3600) -> String {
        let minutes = max(0, seconds) / 60
        let dayMinutes = max(60, day / 60)
        let (days, rest) = (minutes / dayMinutes, minutes % dayMinutes)
        let (hours, left) = (rest / 60, rest % 60)
        if days > 0 { return hours > 0 ? "\(days) ngày \(hours) giờ" : "\(days) ngày" }
        if hours > 0 { return left > 0 ? "\(hours) giờ \(two(left)) phút" : "\(hours) giờ" }
        return left > 0 ? "\(left) phút" : "dưới 1 phút"
    }

    /// The masthead's second line: how much of this half day is left.
    package static func workingClock(_ now: Instant, calendar: WorkingCalendar) -> (
        lead: String, time: String
    ) {
        guard calendar.isWorkingDay(now.officeDate) else { return ("Hôm nay cơ quan nghỉ", "") }
        let minute = now.minuteOfDay
        guard let session = calendar.sessions.first(where: { minute < $0.to }) else {
            return ("Đã hết giờ làm việc", "")
        }
        let name = session.from < 720 ? "Buổi sáng" : "Buổi chiều"
        if minute < session.from {
            return ("\(name) bắt đầu lúc", two(session.from / 60) + ":" + two(session.from % 60))
        }
        return ("\(name) còn", duration((session.to - minute) * 60))
    }

    static func workingDay(_ calendar: WorkingCalendar) -> Int {
        calendar.sessions.reduce(0) { $0 + $1.minutes } * 60
    }
}
