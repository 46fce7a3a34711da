// Days and moments as the office writes them: days 01–09 and the months 01 and 02 with a leading zero (Nghị định
// 30/2020, Phụ lục I, II.4), "hôm nay", "hôm qua" and "ngày mai" where they are nearer than a date.
import Domain

extension Vi {
    /// `08/5/2026`
    package static func date(_ day: OfficeDate) -> String { "\(dayAndMonth(day))/\(day.year)" }

    /// `08/5`
    package static func dayAndMonth(_ day: OfficeDate) -> String {
        "\(Notation.printedDay(day.day))/\(Notation.printedMonth(day.month))"
    }

    /// `ngày 12 tháng 5 năm 2026`
    package static func paperDate(_ day: OfficeDate) -> String {
        "ngày \(Notation.printedDay(day.day)) tháng \(Notation.printedMonth(day.month)) năm \(day.year)"
    }

    /// `08:42`
    package static func time(_ moment: Instant) -> String {
        let minute = moment.minuteOfDay
        return two(minute / 60) + ":" + two(minute % 60)
    }

    /// `09:50 hôm nay`, `15:00 hôm qua`, `17:00 thứ Tư, 13/5`, `17:00, 02/01/2027`
    package static func moment(_ moment: Instant, now: Instant) -> String {
        let day = moment.officeDate, today = now.officeDate
        let near: String
        switch day.dayNumber - today.dayNumber {
        case 0: near = " hôm nay"
        case -1: near = " hôm qua"
        case 1: near = " ngày mai"
        case 2...6: near = " \(weekday(day.weekday)), \(dayAndMonth(day))"
        default: near = ", " + (day.year == today.year ? dayAndMonth(day) : date(day))
        }
        return time(moment) + near
    }

    /// `07:31, 11/5/2026`: a moment that will be read later as well.
    package static func fullMoment(_ moment: Instant) -> String {
        "\(time(moment)), \(date(moment.officeDate))"
    }

    /// As a machine reads it, in `<time datetime>`.
    package static func machine(_ moment: Instant) -> String {
        moment.officeDate.iso + "T" + time(moment) + "+07:00"
    }

    package static func weekday(_ weekday: OfficeDate.Weekday) -> String {
        switch weekday {
        case .monday: "thứ Hai"
        case .tuesday: "thứ Ba"
        case .wednesday: "thứ Tư"
        case .thursday: "thứ Năm"
        case .friday: "thứ Sáu"
        case .saturday: "thứ Bảy"
        case .sunday: "Chủ nhật"
        }
    }

    /// `Thứ Ba, 12/5/2026`
    package static func today(_ now: Instant) -> String {
        let day = now.officeDate
        let name = weekday(day.weekday)
        return name.prefix(1).uppercased() + name.dropFirst() + ", " + date(day)
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
