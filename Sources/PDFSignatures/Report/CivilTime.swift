import Foundation

/// Calendar dates without a calendar: days counted in the Gregorian calendar, and Vietnamese office time,
/// which is seven hours ahead of Greenwich all year round.
enum CivilTime {
    static let officeOffset = 7 * 3_600

    static func date(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) -> Date? {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24,
            minute < 60,
            second < 61
        else { return nil }
        let seconds = days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// Days since 1 January 1970, counting the year from March so that the leap day comes last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    struct Parts {
        var year, month, day, hour, minute, second: Int
    }

    static func office(_ date: Date) -> Parts {
        let total = Int(date.timeIntervalSince1970.rounded(.down)) + officeOffset
        let dayCount = Int((Double(total) / 86_400).rounded(.down))
        let rest = total - dayCount * 86_400
        let shifted = dayCount + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return Parts(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * part + 2) / 5 + 1,
            hour: rest / 3_600, minute: rest / 60 % 60, second: rest % 60)
    }

    /// `D:20260512073000+07'00'` (ISO 32000-2, 7.9.4).
    static func pdfDate(_ date: Date) -> String {
        let at = office(date)
        return "D:" + four(at.year) + two(at.month) + two(at.day) + two(at.hour) + two(at.minute)
            + two(at.second)
            + "+07'00'"
    }

    static func readPDFDate(_ text: String) -> Date? {
        let bytes = Array(text.utf8.drop { $0 == 0x44 || $0 == 0x3A })
        let digits = bytes.prefix { Lexer.isDigit($0) }.map { Int($0 - 0x30) }
        guard digits.count >= 4 else { return nil }
        func two(_ index: Int, or missing: Int) -> Int {
            index + 1 < digits.count ? digits[index] * 10 + digits[index + 1] : missing
        }
        let local = date(
            year: two(0, or: 0) * 100 + two(2, or: 0), month: two(4, or: 1), day: two(6, or: 1),
            hour: two(8, or: 0), minute: two(10, or: 0), second: two(12, or: 0))
        let zone = bytes.dropFirst(digits.count)
        let shift = zone.dropFirst().filter { Lexer.isDigit($0) }.prefix(4).map { Int($0 - 0x30) }
        guard let sign = zone.first, sign == 0x2B || sign == 0x2D, shift.count >= 2 else { return local }
        let minutes = (shift[0] * 10 + shift[1]) * 60 + (shift.count == 4 ? shift[2] * 10 + shift[3] : 0)
        return local?.addingTimeInterval(Double(sign == 0x2B ? -minutes : minutes) * 60)
    }

    /// `2026-05-12T07:30:00+07:00` (ISO 8601).
    static func iso(_ date: Date) -> String {
        let at = office(date)
        let day = [four(at.year), two(at.month), two(at.day)].joined(separator: "-")
        let clock = [at.hour, at.minute, at.second].map(two).joined(separator: ":")
        return day + "T" + clock + "+07:00"
    }

    static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func four(_ value: Int) -> String { two(value / 100) + two(value % 100) }
}
