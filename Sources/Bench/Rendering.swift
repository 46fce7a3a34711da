// The list page made of plain values: what the pages themselves cost, without a server or a database.
import Domain
import Foundation
import Markup
import Pages

struct Rendering {
    private let turns = 4000

    func run() async throws {
        let page = Self.page()
        let size = page.html().rendered().count
        for _ in 0..<200 { _ = page.html().rendered() }
        let clock = ContinuousClock()
        var begin = clock.now
        for _ in 0..<turns { _ = page.html().rendered() }
        let one = Double(turns) / (clock.now - begin).inSeconds
        begin = clock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { for _ in 0..<turns { _ = page.html().rendered() } } }
        }
        let two = Double(2 * turns) / (clock.now - begin).inSeconds
        Report.line(
            "list of 50 from plain values (\(size / 1024) KB), one processor", Report.number(one) + " pages/s"
        )
        Report.line("the same, two processors", Report.number(two) + " pages/s")
    }

    private static func page() -> ArrivalListPage {
        let now = Instant(OfficeDate(dayNumber: 20_585), hour: 9)
        let rows = (0..<50).map { index in
            ArrivalRow(
                number: RegisterNumber(year: 2026, number: 1000 - index), arrivedOn: now.officeDate,
                issuingAgency: "Sở Tư pháp tỉnh Kiên Giang", numberAndNotation: "\(900 - index)/STP-HCTP",
                date: now.officeDate.adding(days: -3),
                abstract: "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
                urgency: index == 3 ? .urgent : .normal, holder: "Nguyễn Văn Trưởng",
                dueAt: now.adding(seconds: 86_400 * (index % 5)), state: .registered,
                signature: Vi.signatureMark(.original))
        }
        let frame = Frame(
            slug: "phong-tu-phap", agencyName: "PHÒNG TƯ PHÁP",
            superiorLine: "ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ",
            personName: "Nguyễn Văn Trưởng", positionTitle: "Trưởng phòng", role: .head,
            hasOtherPositions: false,
            now: now, calendar: WorkingCalendar(), counts: WaitingCounts(desk: 300),
            seal: FormSeal(csrf: "a", actID: "b", positionID: "c", version: nil))
        return ArrivalListPage(
            frame: frame, rows: rows, filter: ArrivalFilter(), counts: [.registered: 300, .closed: 1001],
            next: "2026-950")
    }
}
