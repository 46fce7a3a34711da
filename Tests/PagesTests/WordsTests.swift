import Domain
import Testing

@testable import Pages

@Suite struct WordsTests {
    private func due(_ moment: Instant) -> DueWords {
        Vi.due(moment, now: SampleOffice.now, calendar: SampleOffice.calendar)
    }

    @Test("Time left is counted in working time and stands beside the moment")
    func timeLeft() {
        #expect(
            due(SampleOffice.at(0, 9, 50))
                == DueWords(left: "Còn 1 giờ 08 phút", moment: "09:50 hôm nay", tone: .soon))
        #expect(due(SampleOffice.at(0, 9, 30)).left == "Còn 48 phút")
        #expect(
            due(SampleOffice.at(0, 15, 42))
                == DueWords(left: "Còn 5 giờ", moment: "15:42 hôm nay", tone: .calm))
        #expect(
            due(SampleOffice.at(1, 17))
                == DueWords(left: "Còn 1 ngày 6 giờ", moment: "17:00 ngày mai", tone: .calm))
        #expect(due(SampleOffice.at(3, 17)).moment == "17:00 thứ Sáu, 15/5")
        #expect(
            due(SampleOffice.at(-1, 15))
                == DueWords(left: "Quá hạn 3 giờ 42 phút", moment: "hạn 15:00 hôm qua", tone: .late))
        #expect(Vi.due(nil, now: SampleOffice.now, calendar: SampleOffice.calendar).left == "Không có hạn")
    }

    @Test("Days 01–09 and the months 01 and 02 have a leading zero, the others have none")
    func dates() throws {
        #expect(Vi.date(try #require(OfficeDate(year: 2026, month: 5, day: 8))) == "08/5/2026")
        #expect(Vi.date(try #require(OfficeDate(year: 2026, month: 2, day: 12))) == "12/02/2026")
        #expect(Vi.paperDate(SampleOffice.today) == "ngày 12 tháng 5 năm 2026")
        #expect(Vi.today(SampleOffice.now) == "Thứ Ba, 12/5/2026")
        #expect(Vi.moment(SampleOffice.at(240, 8), now: SampleOffice.now) == "08:00, 07/01/2027")
    }

    @Test("Numbers are grouped by dots, shares have one decimal, counts stop at a thousand")
    func numbers() {
        #expect(Vi.number(2927) == "2.927")
        #expect(Vi.number(1_000_000) == "1.000.000")
        #expect(Vi.number(0) == "0")
        #expect(Vi.number(-12_345) == "-12.345")
        #expect(Vi.share(964, of: 1000) == "96,4 %")
        #expect(Vi.share(2, of: 3) == "66,7 %")
        #expect(Vi.share(0, of: 0) == "không có")
        #expect(Vi.count(1000) == "1.000")
        #expect(Vi.count(1001) == "hơn 1.000")
        #expect(Vi.size(48_700) == "47,6 KB")
    }

    @Test("The working clock knows morning, noon, afternoon, evening and Sunday")
    func clock() {
        func words(_ moment: Instant) -> String {
            let clock = Vi.workingClock(moment, calendar: SampleOffice.calendar)
            return "\(clock.lead) \(clock.time)"
        }
        #expect(words(SampleOffice.now) == "Buổi sáng còn 2 giờ 18 phút")
        #expect(words(SampleOffice.at(0, 12)) == "Buổi chiều bắt đầu lúc 13:00")
        #expect(words(SampleOffice.at(0, 15, 41)) == "Buổi chiều còn 1 giờ 19 phút")
        #expect(words(SampleOffice.at(0, 18)) == "Đã hết giờ làm việc ")
        #expect(words(SampleOffice.at(5, 9)) == "Hôm nay cơ quan nghỉ ")
    }

    static let refusals: [Refusal] =
        [
            .notYours, .notForYourRole, .notFound, .stale, .dateInFuture(.date), .deadlineInPast, .noFile,
            .fileEmpty,
            .fileTooLarge(limitMegabytes: 100), .fileNotPDF, .fileEncrypted, .fileDamaged,
            .fileKindNotAllowed, .fileGone,
            .stateSecret, .twin(year: 2026, number: 117), .arrivalClosed, .notDirectedToYou, .noLead,
            .leadTwice,
            .alreadyDirected, .notRefusableNow, .alreadyAccepted, .draftNotEditable, .noVersion,
            .conversionWaiting,
            .conversionFailed, .enclosureNotConverted("Phụ lục 1"), .noSteps, .lastStepMustSign,
            .signerNotLast,
            .stepNotYours, .stepOpened, .selfStep, .stepMayNotSign("Đỗ Minh Khang"),
            .initialsOfOlderVersion(["Lê Hoàng Minh"]), .placeMissing(.signaturePlace),
            .placeOffPage(.sealPlace), .noKey,
            .wrongPIN(attemptsLeft: 1), .keyLocked, .keyExpired, .keyOfSomeoneElse, .notSigned,
            .alreadyNumbered,
            .dateBeforeLast(SampleOffice.today), .printedPartsDiffer(printed: "/BC-PTP", entered: "/CV-PTP"),
            .noRecipients,
            .recipientUnknown, .notNumbered, .sealingFailed, .numberTaken, .wrongCredentials,
            .slowDown(seconds: 30),
            .accountLocked, .passwordTooShort, .passwordSame, .passwordRepeatDiffers, .busy,
            .activeContent(file: "Bảng lương.xlsx", [.macros, .externalContent]),
            .notScannable("Phụ lục 1.pdf"),
            .infected(file: "Phụ lục 2.docx", virus: "Eicar-Test"), .tooLargeForScanner("Bản vẽ.pdf"),
            .virusScannerSilent, .noVirusScanner,
        ] + Field.allCases.flatMap { [.missing($0), .malformed($0), .tooLong($0, limit: 500)] }

    @Test("Every refusal says what did not happen, why, and what to do, calmly and in words of its own")
    func refusalWords() {
        var seen: [String: Refusal] = [:]
        for refusal in Self.refusals {
            let words = Vi.refusal(refusal)
            #expect(words.why.hasSuffix(".") || words.why.hasSuffix(")."), "\(refusal)")
            #expect(!words.remedy.isEmpty && words.remedy.hasSuffix("."), "\(refusal)")
            #expect(!words.text.contains("!"), "\(refusal)")
            #expect(seen.updateValue(refusal, forKey: words.text) == nil, "\(refusal): \(words.text)")
        }
        #expect(
            Vi.sentence(.twin(year: 2026, number: 117), doing: .incomingRegistered)
                == "Chưa đăng ký được văn bản. Cùng số, ký hiệu và cơ quan ban hành đã có ở số đến 117 năm 2026. Xem số đến 117; nếu đúng là văn bản khác, chọn “Văn bản khác, vẫn đăng ký”."
        )
    }

    @Test("Every verb has its own words in the history")
    func verbs() {
        let words = Verb.allCases.map(Vi.happened)
        #expect(Set(words).count == words.count)
        for verb in Verb.allCases { #expect(Vi.happened(verb) != verb.rawValue) }
    }

    @Test("Every field has a label and a control of its own name")
    func fields() {
        #expect(Set(Field.allCases.map(Vi.field)).count == Field.allCases.count)
        let ids = Field.allCases.map(FormFields.id)
        // A directive and a comment are both "ý kiến", on different pages.
        #expect(Set(ids).count == ids.count - 1)
    }

    @Test("The queue is cut into now, today and later without changing its order")
    func groups() {
        let groups = DeskGroup.sorted(
            SamplePages.queue, now: SampleOffice.now, calendar: SampleOffice.calendar)
        #expect(groups.map(\.kind) == [.now, .today, .later])
        #expect(groups.flatMap(\.items) == SamplePages.queue)
    }
}
