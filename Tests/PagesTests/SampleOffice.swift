// An office to draw pages of: Phòng Tư pháp of Rạch Giá on the morning of 12 May 2026. Long names are as long as they
// are in life.
import Domain
import Foundation

@testable import Pages

enum SampleOffice {
    static let today = OfficeDate(dayNumber: 20_585)
    static let now = Instant(today, hour: 8, minute: 42)
    static let calendar = WorkingCalendar()

    static func day(_ offset: Int) -> OfficeDate { today.adding(days: offset) }
    static func at(_ offset: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
        Instant(day(offset), hour: hour, minute: minute)
    }

    static let paper = ExpectedPaper(
        medium: .electronicAndPaper, ruleName: "Các văn bản giải quyết đơn thư, KNTC",
        basis: "Quyết định số 648/QĐ-UBND ngày 26/4/2019 của UBND huyện Lục Nam, Phụ lục II, số 5")
    static let seal = FormSeal(
        csrf: "k3Hf0s", actID: "0197b2aa-7c1e-7d9b-9f11-5b7f2f1f9d10", positionID: "vt-1", version: 4)

    static func frame(_ role: Role = .clerk, notice: Notice? = nil, counts: WaitingCounts? = nil) -> Frame {
        let (person, title) =
            switch role {
            case .clerk: ("Trương Thị Mỹ Duyên", "Văn thư")
            case .head: ("Nguyễn Văn Phúc", "Trưởng phòng")
            default: ("Phạm Thị Hồng Vân", "Chuyên viên")
            }
        return Frame(
            slug: "phong-tu-phap", agencyName: "PHÒNG TƯ PHÁP", superiorLine: "UBND THÀNH PHỐ RẠCH GIÁ",
            personName: person, positionTitle: title, role: role, hasOtherPositions: role == .head, now: now,
            calendar: calendar,
            counts: counts ?? WaitingCounts(desk: 23, toReceive: 4, drafts: 5, toIssue: 2),
            seal: seal, notice: notice)
    }

    static let people = [
        PositionChoice(id: "p1", personName: "Nguyễn Văn Phúc", title: "Trưởng phòng"),
        PositionChoice(id: "p2", personName: "Danh Thị Ngọc Hân", title: "Phó Trưởng phòng"),
        PositionChoice(id: "p3", personName: "Phạm Thị Hồng Vân", title: "Chuyên viên"),
        PositionChoice(id: "p4", personName: "Đỗ Minh Khang", title: "Chuyên viên"),
        PositionChoice(id: "p5", personName: "Trương Thị Mỹ Duyên", title: "Văn thư"),
    ]

    static let types = [
        TypeChoice(slug: "cong-van", name: "Công văn"), TypeChoice(slug: "quyet-dinh", name: "Quyết định"),
        TypeChoice(slug: "bao-cao", name: "Báo cáo"), TypeChoice(slug: "giay-moi", name: "Giấy mời"),
    ]

    static let longAbstract =
        "Rà soát, báo cáo tiến độ bồi thường, hỗ trợ, tái định cư các dự án chỉnh trang đô thị ven biển trên địa bàn thành phố Rạch Giá"

    static let particulars = DocumentParticulars(
        issuingAgency: "Sở Xây dựng tỉnh Kiên Giang", number: "482", notation: "SXD-QLN", date: day(-4),
        type: "cong-van", abstract: longAbstract, urgency: .urgent, pages: 3, signer: "Nguyễn Hoàng Nam")

    static let signatures = SignatureReport(
        signatures: [
            signature("Nguyễn Hoàng Nam", .person, at(-4, 15, 12)) { signature in
                signature.wasCompleted = true
                signature.changes = ["điền ô số", "điền ô ngày", "ký thêm của cơ quan"]
            }, signature("Sở Xây dựng tỉnh Kiên Giang", .agency, at(-4, 15, 40)),
        ], checkedAt: at(-1, 7, 35))

    /// Sound, with a timestamp and a chain to a trusted root.
    static func signature(
        _ signer: String, _ holder: SignatureReport.Holder, _ signedAt: Instant?,
        verdict: SignatureReport.Verdict = .valid, problem: SignatureProblem? = nil,
        _ change: (inout SignatureReport.Signature) -> Void = { _ in }
    ) -> SignatureReport.Signature {
        var signature = SignatureReport.Signature(
            signer: signer, holder: holder, signedAt: signedAt, verdict: verdict, problem: problem)
        signature.degree = .longTerm
        signature.provenAt = signedAt?.adding(seconds: 4)
        signature.timestampAuthority = "Dịch vụ dấu thời gian Ban Cơ yếu"
        signature.chain = [
            .init(name: signer, isTrusted: false, revocation: RevocationState.good.words("15:12, 08/5/2026")),
            .init(name: "Cơ quan chứng thực số Chính phủ (RootCA)", isTrusted: true),
        ]
        change(&signature)
        return signature
    }

    static let number = RegisterNumber(year: 2026, number: 117)

    static func sheet(_ paper: OfficeAddress) -> Sheet {
        Sheet(source: .paper(paper, file: 1), name: "482-SXD-QLN.pdf", pages: 3)
    }

    static let files = [
        FileRow(number: 1, name: "482-SXD-QLN.pdf", kind: .main, size: 128_400, pages: 3),
        FileRow(
            number: 2, name: "Phu luc 1 - Danh sach ho dan.pdf", kind: .enclosure, size: 1_928_400, pages: 12,
            signature: StateMark(.ok, "Ký số hợp lệ")),
    ]

    static let history = [
        HistoryLine(at: at(0, 8, 5), actor: "Phạm Thị Hồng Vân, Chuyên viên", verb: .assignmentStarted),
        HistoryLine(
            at: at(-1, 10, 20), actor: "Nguyễn Văn Phúc, Trưởng phòng", verb: .incomingDirected,
            detail: "chủ trì Phạm Thị Hồng Vân"),
        HistoryLine(
            at: at(-1, 7, 38), actor: "Trương Thị Mỹ Duyên, Văn thư", verb: .receiptAccepted,
            detail: "số đến 117"),
    ]

    static let answered = AnsweredLetter(
        number: number, words: "482/SXD-QLN ngày 08/5/2026, Sở Xây dựng tỉnh Kiên Giang")

    static let position = ID<Position>(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)))
    static let agency = ID<Agency>(UUID(uuid: (2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)))
    static let receipt = ID<Receipt>(UUID(uuid: (3, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)))

    static func item(
        _ kind: DeskKind, _ urgency: Urgency, _ due: Instant?, _ title: String, _ detail: String,
        path: String = "van-ban-den/2026/117"
    ) -> DeskItem {
        DeskItem(
            position: position, agency: agency, kind: kind, urgency: urgency, dueAt: due,
            subject: position.uuid,
            title: title, detail: detail, path: path)
    }
}
