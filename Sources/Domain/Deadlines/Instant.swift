// A moment, and a day of the office. Moments are microseconds since 1970 UTC; a day is the day in Vietnam, which has
// been UTC+07:00 without daylight saving since 1975, so no time-zone table is asked.
import Foundation

package struct Instant: Hashable, Comparable, Sendable, Codable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    package init(_ date: Date) {
        self.microseconds = Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    }

    /// The moment a wall clock in the office shows this day and time.
    package init(_ day: OfficeDate, hour: Int, minute: Int = 0, second: Int = 0) {
        let seconds = Int64(day.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - Self.offset
        self.microseconds = seconds * 1_000_000
    }

    package var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }

    package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    package func adding(seconds: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    /// Whole seconds from the other moment to this one.
    package func seconds(since other: Instant) -> Int {
        Int((microseconds - other.microseconds) / 1_000_000)
    }

    package var officeDate: OfficeDate { OfficeDate(dayNumber: Int(Self.floorDivide(officeSeconds, 86_400))) }

    /// Minutes after midnight on the office's clock.
    package var minuteOfDay: Int {
        Int(officeSeconds - Self.floorDivide(officeSeconds, 86_400) * 86_400) / 60
    }

    package var secondOfDay: Int { Int(officeSeconds - Self.floorDivide(officeSeconds, 86_400) * 86_400) }

    private static let offset: Int64 = 7 * 3600

    private var officeSeconds: Int64 { Self.floorDivide(microseconds, 1_000_000) + Self.offset }

    private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
        a >= 0 ? a / b : -((-a + b - 1) / b)
    }
}

/// A calendar day in the office, stored as ISO 8601 text.
package struct OfficeDate: Hashable, Comparable, Sendable, Codable {
    package let year: Int, month: Int, day: Int

    /// Nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, year: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// From `2026-05-12`.
    package init?(_ iso: String) {
        let parts = iso.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let y = parts[0], let m = parts[1], let d = parts[2] else { return nil }
        self.init(year: y, month: m, day: d)
    }

    /// From what people type: `12/5/2026`, `12-05-2026`, `12.5.2026`, or the ISO form of a date field.
    package init?(typed text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        if let iso = OfficeDate(trimmed), iso.year > 31 { self = iso; return }
        let parts = trimmed.split(whereSeparator: { "/-. ".contains($0) }).map { Int($0) }
        guard parts.count == 3, let d = parts[0], let m = parts[1], let y = parts[2] else { return nil }
        self.init(year: y < 100 ? 2000 + y : y, month: m, day: d)
    }

    /// Days since 1970-01-01 (proleptic Gregorian; days-from-civil arithmetic on 400-year eras).
    package init(dayNumber: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        self.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
    }

    package var dayNumber: Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package var iso: String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        let y = String(year)
        return String(repeating: "0", count: max(0, 4 - y.count)) + y + "-" + two(month) + "-" + two(day)
    }

    package enum Weekday: Int, Sendable, Codable, CaseIterable {
        case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday
    }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let index = ((dayNumber + 3) % 7 + 7) % 7
        return Weekday(rawValue: index + 1) ?? .monday
    }

    package func adding(days: Int) -> OfficeDate { OfficeDate(dayNumber: dayNumber + days) }

    package static func < (a: OfficeDate, b: OfficeDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
