// `Tue, 12 May 2026 07:30:00 +0700` (RFC 5322, 3.3).
import Foundation

enum MailDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    /// - Parameter zone: In seconds east of Greenwich.
    static func write(_ date: Date, zone: Int) -> String {
        let parts = calendar.dateComponents(
            [.year, .month, .day, .weekday, .hour, .minute, .second], from: date + Double(zone))
        let two = { (value: Int?) in (value ?? 0) < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
        let sign = zone < 0 ? "-" : "+"
        let minutes = abs(zone) / 60
        let name = days[max(0, min(6, (parts.weekday ?? 1) - 1))]
        let month = months[max(0, min(11, (parts.month ?? 1) - 1))]
        return
            "\(name), \(parts.day ?? 1) \(month) \(parts.year ?? 1970) \(two(parts.hour)):\(two(parts.minute)):"
            + "\(two(parts.second)) \(sign)\(two(minutes / 60))\(two(minutes % 60))"
    }

    static func read(_ text: String) -> Date? {
        let words = text.prefix(200).split { " ,\t".contains($0) }.map(String.init)
        guard
            let month = words.firstIndex(where: { word in
                months.contains { $0.lowercased() == word.lowercased() }
            }),
            month > 0, month + 2 < words.count,
            let number = months.firstIndex(where: { $0.lowercased() == words[month].lowercased() }),
            let day = Int(words[month - 1]), (1...31).contains(day), var year = Int(words[month + 1])
        else { return nil }
        if (0...49).contains(year) { year += 2_000 } else if (50...99).contains(year) { year += 1_900 }
        guard (1970...9_999).contains(year) else { return nil }
        let clock = words[month + 2].split(separator: ":").map { Int($0) ?? -1 }
        guard (2...3).contains(clock.count), (0...23).contains(clock[0]), (0...59).contains(clock[1]),
            clock.count < 3 || (0...60).contains(clock[2])
        else { return nil }
        let parts = DateComponents(
            year: year, month: number + 1, day: day, hour: clock[0], minute: clock[1],
            second: clock.count > 2 ? clock[2] : 0)
        let zone = month + 3 < words.count ? zone(words[month + 3]) : 0
        return calendar.date(from: parts).map { $0 - Double(zone) }
    }

    private static func zone(_ word: String) -> Int {
        guard word.utf8.count == 5, let sign = word.first, sign == "+" || sign == "-",
            let value = Int(word.dropFirst()), value >= 0, value % 100 < 60
        else { return 0 }
        let seconds = (value / 100 * 60 + value % 100) * 60
        return sign == "-" ? -seconds : seconds
    }
}
