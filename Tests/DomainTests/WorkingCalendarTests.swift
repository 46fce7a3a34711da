import Domain
import Testing

private func day(_ iso: String) throws -> OfficeDate { try #require(OfficeDate(iso)) }

/// Working time: Monday to Friday, 07:00–11:00 and 13:00–17:00, with holidays and swapped days from a table.
struct WorkingCalendarTests {
    private let calendar = WorkingCalendar()

    @Test("B6: two working hours are counted over noon, over night and over the weekend")
    func twoHours() throws {
        let tuesday = try day("2026-05-12"), friday = try day("2026-05-15"), monday = try day("2026-05-18")
        for (start, end) in [
            (Instant(tuesday, hour: 7, minute: 30), Instant(tuesday, hour: 9, minute: 30)),
            (Instant(tuesday, hour: 10), Instant(tuesday, hour: 14)),
            (Instant(tuesday, hour: 16), Instant(try day("2026-05-13"), hour: 8)),
            (Instant(friday, hour: 16, minute: 30), Instant(monday, hour: 8, minute: 30)),
            (Instant(try day("2026-05-16"), hour: 9), Instant(monday, hour: 9)),
        ] {
            #expect(calendar.adding(workingMinutes: 120, to: start) == end)
            #expect(calendar.workingSeconds(from: start, to: end) == 7200)
            #expect(calendar.workingSeconds(from: end, to: start) == -7200)
        }
    }

    @Test("B6: an arrival is directed by the end of the next working morning, holidays and swapped days counted")
    func nextMorning() throws {
        var calendar = calendar
        calendar.holidays = [try day("2026-05-13")]
        calendar.workedDaysOff = [try day("2026-05-16")]
        let tuesday = Instant(try day("2026-05-12"), hour: 15), friday = Instant(try day("2026-05-15"), hour: 15)
        #expect(calendar.endOfNextWorkingMorning(after: tuesday) == Instant(try day("2026-05-14"), hour: 11))
        #expect(calendar.endOfNextWorkingMorning(after: friday) == Instant(try day("2026-05-16"), hour: 11))
    }

    @Test("B5: the more urgent, the sooner it must be directed")
    func urgency() throws {
        let received = Instant(try day("2026-05-12"), hour: 8)
        let times = Urgency.allCases.map { calendar.directingTime(for: $0, receivedAt: received) }
        #expect(times == times.sorted(by: >))
        #expect(times.last == received.adding(seconds: 900))
    }

    @Test("a deadline given as a day means the end of work on that day")
    func endOfDay() throws {
        #expect(calendar.endOfWork(on: try day("2026-05-12")) == Instant(try day("2026-05-12"), hour: 17))
    }
}

struct OfficeDateTests {
    @Test("days count through leap years and centuries, there and back")
    func dayNumbers() throws {
        for (iso, number) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-05-12", 20_585), ("1969-12-31", -1)] {
            let date = try day(iso)
            #expect(date.dayNumber == number)
            #expect(OfficeDate(dayNumber: number) == date)
            #expect(date.iso == iso)
        }
        #expect(try day("2026-05-12").weekday == .tuesday)
    }

    @Test("what people type is read; what is no day is not", arguments: ["12/5/2026", "12-05-2026", "12.5.26", "2026-05-12"])
    func typed(_ text: String) throws {
        #expect(OfficeDate(typed: text) == (try day("2026-05-12")))
    }

    @Test("no such day", arguments: ["31/4/2026", "29/2/2025", "0/1/2026", "hôm nay", "12/5", "", "2026-13-01"])
    func impossible(_ text: String) { #expect(OfficeDate(typed: text) == nil) }

    @Test("the office's day begins at midnight in Vietnam: the last second of the year there is another year than in UTC")
    func yearsEnd() throws {
        let last = Instant(try day("2026-12-31"), hour: 23, minute: 59, second: 59)
        #expect(last.officeDate.year == 2026)
        #expect(last.adding(seconds: 1).officeDate == (try day("2027-01-01")))
        #expect(last.minuteOfDay == 23 * 60 + 59)
    }
}
