/// Times as the axis writes and shows them.
enum AxisTime {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    struct Parts { let year, month, day, hour, minute, second, millisecond: Int }

    /// Office time (+07:00) of milliseconds since 1970 UTC.
    static func office(_ milliseconds: Int64) -> Parts {
        let local = milliseconds &+ 25_200_000
        let day = Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000)
        let rest = Int(local) - day * 86_400_000
        let (year, month, date) = civil(day)
        return Parts(
            year: year, month: month, day: date, hour: rest / 3_600_000, minute: rest / 60_000 % 60,
            second: rest / 1_000 % 60, millisecond: rest % 1_000)
    }

    /// `ddMMyyyy'T'HHmmss+SSSS`, where SSSS are milliseconds and no offset.
    static func timestamp(_ milliseconds: Int64) -> String {
        let at = office(milliseconds)
        return padded(at.day, 2) + padded(at.month, 2) + padded(at.year, 4) + "T" + padded(at.hour, 2)
            + padded(at.minute, 2) + padded(at.second, 2) + "+" + padded(at.millisecond, 4)
    }

    /// `yyyy/MM/dd`.
    static func date(_ milliseconds: Int64) -> String {
        let at = office(milliseconds)
        return "\(padded(at.year, 4))/\(padded(at.month, 2))/\(padded(at.day, 2))"
    }

    /// Seconds since 1970 of a `Date` header (RFC 9110, 5.6.7): `Tue, 12 May 2026 00:30:00 GMT`.
    static func seconds(ofHTTPDate text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), (1...31).contains(day),
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
            (1970...9999).contains(year)
        else { return nil }
        let clock = words[4].split(separator: ":").map { Int($0) ?? -1 }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]),
            (0...60).contains(clock[2])
        else { return nil }
        let days = days(year, month + 1, day)
        return Int64(days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2])
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // Days since 1970-01-01 and dates of the Gregorian calendar, in years that begin in March.

    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let marched = (5 * ofYear + 2) / 153
        let month = marched < 10 ? marched + 3 : marched - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * marched + 2) / 5 + 1)
    }

    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
