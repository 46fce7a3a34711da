/// A day as messages write it: `yyyy/MM/dd`. The forms `yyyy-MM-dd` and `dd/MM/yyyy` are read as well, and a time of day
/// behind it is stepped over.
public struct MessageDate: Sendable, Equatable {
    public let year: Int
    public let month: Int
    public let day: Int

    public init?(year: Int, month: Int, day: Int) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1900...2999).contains(year), (1...12).contains(month), (1...days[month - 1]).contains(day)
        else {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    public init?(_ text: String) {
        let parts = Self.day(text).split(whereSeparator: { "/-".contains($0) }).map { Int($0) }
        guard parts.count == 3, let first = parts[0], let month = parts[1], let last = parts[2] else {
            return nil
        }
        if first > 31 {
            self.init(year: first, month: month, day: last)
        } else {
            self.init(year: last, month: month, day: first)
        }
    }

    /// What stands before `T` or a blank with a clock behind it.
    private static func day(_ text: String) -> Substring {
        guard let end = text.firstIndex(where: { $0 == " " || $0 == "T" }) else { return text[...] }
        let rest = text[end...].dropFirst()
        return rest.first?.isNumber == true && rest.contains(":") ? text[..<end] : text[...]
    }

    public var text: String { "\(year)/\(Self.two(month))/\(Self.two(day))" }

    static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

/// A moment as messages write it: `yyyy/MM/dd HH:mm:ss` by the clocks of Việt Nam (+07:00).
public struct MessageMoment: Sendable, Equatable {
    public let date: MessageDate
    public let hour: Int
    public let minute: Int
    public let second: Int

    public init?(date: MessageDate, hour: Int, minute: Int, second: Int) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else {
            return nil
        }
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    public init?(_ text: String) {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard parts.count == 2, let date = MessageDate(String(parts[0])) else { return nil }
        let clock = parts[1].prefix { $0 != "." && $0 != "+" }.split(separator: ":").map { Int($0) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2] else {
            return nil
        }
        self.init(date: date, hour: hour, minute: minute, second: second)
    }

    public var text: String {
        "\(date.text) " + [hour, minute, second].map(MessageDate.two).joined(separator: ":")
    }
}
