// Lịch làm việc: holidays and swapped days; the working hours are the usual ones until an agency sets its own.
import Domain
import DualSQL

package struct CalendarTable {
    let connection: Connection

    package func load() throws -> WorkingCalendar {
        var calendar = WorkingCalendar()
        for row in try connection.rows("SELECT day, works FROM calendar_day") {
            let day: OfficeDate = try row[0]
            if try row[1] as Bool {
                calendar.workedDaysOff.insert(day)
            } else {
                calendar.holidays.insert(day)
            }
        }
        return calendar
    }

    package func set(_ day: OfficeDate, works: Bool, name: String) throws {
        try connection.execute(
            """
            INSERT INTO calendar_day (day, works, name) VALUES (\(day), \(works), \(name))
            ON CONFLICT (day) DO UPDATE SET works = excluded.works, name = excluded.name
            """)
    }
}
