// One page of each kind as it looks on a usual day, with the cases that are easily forgotten: nothing there, refused,
// half done, very many.
import Domain
import Markup
import Testing

@testable import Pages

struct SamplePage: Sendable, CustomTestStringConvertible {
    let name: String
    let html: HTML
    var testDescription: String { name }
}

enum SamplePages {
    static let all: [SamplePage] =
        thresholds + checks + desk + incoming + requests + exchange + drafting + signing + outgoing + rest
        + signingTogether
        + certificates + paper + SampleCatalogue.pages + SampleExchange.pages + SampleSending.pages

    private static let thresholds = [
        SamplePage(
            name: "dang-nhap", html: SignInPage(installationName: "THÀNH PHỐ RẠCH GIÁ", csrf: "k").html()),
        SamplePage(
            name: "dang-nhap-sai",
            html: SignInPage(
                installationName: "THÀNH PHỐ RẠCH GIÁ", login: "duyen.ttm", refusals: [.wrongCredentials],
                csrf: "k",
                formIsKept: true
            ).html()),
        SamplePage(
            name: "chon-vi-tri",
            html: ChoosePositionPage(
                installationName: "THÀNH PHỐ RẠCH GIÁ", personName: "Lê Hoàng Minh",
                choices: [
                    .init(
                        id: "a", title: "Chánh Văn phòng", agencyName: "Văn phòng HĐND và UBND thành phố",
                        waiting: 23, isCurrent: true),
                    .init(
                        id: "b", title: "Ủy viên", agencyName: "Ủy ban nhân dân thành phố Rạch Giá",
                        waiting: 0),
                ], csrf: "k"
            ).html()),
        SamplePage(
            name: "doi-mat-khau",
            html: ChangePasswordPage(
                installationName: "THÀNH PHỐ RẠCH GIÁ", personName: "Lê Hoàng Minh", isForced: true,
                refusals: [.passwordTooShort, .passwordRepeatDiffers], csrf: "k", back: "/phong-tu-phap/viec"
            ).html()),
    ]

    static let queue: [DeskItem] = [
        SampleOffice.item(
            .direct, .flash, SampleOffice.at(0, 9, 30),
            "Công điện về việc chủ động ứng phó áp thấp nhiệt đới có khả năng mạnh lên thành bão trên vùng biển Cà Mau – Kiên Giang",
            "Số đến 121 · 07/CĐ-UBND · UBND tỉnh Kiên Giang"),
        SampleOffice.item(
            .direct, .veryUrgent, SampleOffice.at(0, 9, 50),
            "Tăng cường các biện pháp phòng, chống dịch bệnh sốt xuất huyết trong mùa mưa năm 2026",
            "Số đến 120 · 1190/SYT-NVY · Sở Y tế tỉnh Kiên Giang"),
        SampleOffice.item(
            .sign, .urgent, SampleOffice.at(2, 10), SampleOffice.longAbstract,
            "Dự thảo DT-266 · Phạm Thị Hồng Vân"),
        SampleOffice.item(
            .approve, .normal, SampleOffice.at(-1, 15),
            "Báo cáo tình hình thực hiện nhiệm vụ tháng 4 năm 2026", "Dự thảo DT-268 · Đỗ Minh Khang"),
        SampleOffice.item(
            .direct, .normal, SampleOffice.at(0, 11),
            "Giấy mời họp trực tuyến giao ban công tác cải cách hành chính quý II",
            "Số đến 119 · 88/GM-SNV · Sở Nội vụ"),
        SampleOffice.item(
            .handle, .normal, SampleOffice.at(0, 17), "Chuẩn bị tài liệu kỳ họp thường lệ giữa năm",
            "Số đến 98 · 36/HĐND"),
        SampleOffice.item(
            .cooperate, .normal, SampleOffice.at(3, 17), "Tổng hợp số liệu chấm điểm thi đua 6 tháng",
            "Số đến 91 · 57/BC-PNV"),
        SampleOffice.item(
            .inform, .normal, nil, "Lịch tiếp công dân định kỳ tháng 5", "Số đến 90 · 351/TB-VP"),
    ]

    private static let desk = [
        SamplePage(
            name: "viec",
            html: DeskPage(
                frame: SampleOffice.frame(
                    .head,
                    notice: Notice(
                        .good, "Đã ký số DT-265 và chuyển văn thư phát hành.",
                        link: "/phong-tu-phap/du-thao/265", linkText: "Xem dự thảo")),
                items: queue,
                counts: [.direct: 11, .approve: 4, .sign: 3, .handle: 2, .cooperate: 2, .inform: 1],
                next: "k8"
            ).html()),
        SamplePage(
            name: "viec-trong",
            html: DeskPage(frame: SampleOffice.frame(counts: WaitingCounts()), items: [], counts: [:]).html()),
        SamplePage(
            name: "viec-50",
            html: DeskPage(
                frame: SampleOffice.frame(.head), items: (0..<50).map { queue[$0 % queue.count] },
                counts: [.direct: 2000],
                next: "k50"
            ).html()),
    ]

    static let arrivals = (0..<50).map { index in
        ArrivalRow(
            number: RegisterNumber(year: 2026, number: 117 - index), arrivedOn: SampleOffice.day(-index / 8),
            issuingAgency: index % 3 == 0
                ? "Ban Bồi thường giải phóng mặt bằng và Hỗ trợ tái định cư thành phố"
                : "Sở Xây dựng tỉnh Kiên Giang",
            numberAndNotation: "\(482 - index)/SXD-QLN", date: SampleOffice.day(-4),
            abstract: index % 2 == 0 ? SampleOffice.longAbstract : "Báo cáo công tác tiếp công dân tháng 4",
            urgency: Urgency(rawValue: max(0, 3 - index)) ?? .normal,
            holder: SampleOffice.people[index % 5].personName,
            dueAt: index % 4 == 3 ? nil : SampleOffice.at(index % 5 - 1, 11),
            state: ArrivalState.allCases[index % 4],
            signature: Vi.signatureMark(index % 7 == 6 ? nil : LegalValue.allCases[index % 6]))
    }

    static let typed = Entries([
        FormFields.issuingAgency: "Sở Xây dựng tỉnh Kiên Giang", FormFields.type: "cong-van",
        FormFields.number: "482",
        FormFields.notation: "SXD-QLN", FormFields.date: "08/5/2026",
        FormFields.abstract: SampleOffice.longAbstract,
        FormFields.urgency: "khan", FormFields.pages: "3", FormFields.deadline: "15/5",
        FormFields.signer: "Nguyễn Hoàng Nam",
    ])

    private static func register(_ refusals: [Refusal]) -> HTML {
        RegisterArrivalPage(
            frame: SampleOffice.frame(),
            sheet: Sheet(source: .staged(id: "t1"), name: "QUET-0512-032.pdf", pages: 3), stagedID: "t1",
            expectedNumber: 122, registerName: "Sổ văn bản đến 2026", types: SampleOffice.types,
            directors: SampleOffice.people,
            knownAgencies: ["Sở Xây dựng tỉnh Kiên Giang", "Sở Nội vụ tỉnh Kiên Giang"],
            signatures: SignatureReport(signatures: [], checkedAt: SampleOffice.now), entries: typed,
            refusals: refusals,
            seal: SampleOffice.seal
        ).html()
    }

    private static let assignments = [
        AssignmentRow(
            kind: .lead, personName: "Phạm Thị Hồng Vân", title: "Chuyên viên", state: .working,
            dueAt: SampleOffice.at(2, 10),
            isMine: true),
        AssignmentRow(
            kind: .cooperate, personName: "Đỗ Minh Khang", title: "Chuyên viên", state: .assigned,
            dueAt: SampleOffice.at(-1, 14, 42)),
        AssignmentRow(
            kind: .inform, personName: "Danh Thị Ngọc Hân", title: "Phó Trưởng phòng", state: .done,
            dueAt: nil),
    ]

    static func arrival(direct: Bool) -> HTML {
        ArrivalPage(
            frame: SampleOffice.frame(direct ? .head : .officer), number: SampleOffice.number,
            particulars: SampleOffice.particulars, typeName: "Công văn",
            state: direct ? .registered : .working,
            arrivedAt: SampleOffice.at(-1, 7, 31), dueAt: SampleOffice.at(3, 17),
            director: SampleOffice.people[0],
            cameBy: "Liên thông từ Sở Xây dựng tỉnh Kiên Giang",
            sheet: SampleOffice.sheet(.arrival(SampleOffice.number)),
            files: SampleOffice.files, signatures: SampleOffice.signatures,
            directive: direct
                ? nil
                : DirectiveShown(
                    author: "Nguyễn Văn Phúc, Trưởng phòng", at: SampleOffice.at(-1, 10, 20),
                    text:
                        "Giao đồng chí Vân chủ trì, phối hợp đồng chí Khang tham mưu báo cáo gửi Sở Xây dựng. Trình tôi dự thảo trước 10 giờ ngày 14/5."
                ),
            assignments: direct ? [] : assignments,
            directForm: direct
                ? DirectForm(
                    candidates: SampleOffice.people, entries: Entries(),
                    refusals: [.noLead, .missing(.directive)]) : nil,
            start: direct ? .hidden : .closed([.alreadyDirected]), complete: direct ? .hidden : .open,
            answer: direct ? .hidden : .open,
            paper: PaperPanel(
                expected: SampleOffice.paper, cameOn: direct ? nil : SampleOffice.now.officeDate,
                recordedBy: direct ? "" : "Đỗ Phương Uyên", mayRecord: direct,
                difference: direct ? "" : "Bản giấy thiếu Phụ lục 2"),
            drafts: direct
                ? [] : [LinkedDraft(code: 266, abstract: "Báo cáo tiến độ bồi thường", state: .climbing)],
            history: SampleOffice.history, seal: SampleOffice.seal
        ).html()
    }

    private static let incoming = [
        SamplePage(
            name: "van-ban-den",
            html: ArrivalListPage(
                frame: SampleOffice.frame(), rows: arrivals, filter: ArrivalFilter(),
                counts: [.registered: 12, .assigned: 31, .working: 41, .closed: 2900], next: "67"
            ).html()),
        SamplePage(
            name: "van-ban-den-loc",
            html: ArrivalListPage(
                frame: SampleOffice.frame(), rows: [],
                filter: ArrivalFilter(state: .closed, words: "bao cao quy"), counts: [:]
            ).html()),
        SamplePage(
            name: "dang-ky-buoc-1",
            html: UploadArrivalPage(
                frame: SampleOffice.frame(), refusals: [.fileEncrypted], seal: SampleOffice.seal
            ).html()),
        SamplePage(name: "dang-ky", html: register([])),
        SamplePage(name: "dang-ky-trung", html: register([.twin(year: 2026, number: 117)])),
        SamplePage(name: "dang-ky-sai", html: register([.malformed(.deadline), .missing(.director)])),
        SamplePage(name: "so-den", html: arrival(direct: false)),
        SamplePage(name: "so-den-chi-dao", html: arrival(direct: true)),
    ]

    private static let exchange = [
        SamplePage(
            name: "cho-tiep-nhan",
            html: ReceiveListPage(
                frame: SampleOffice.frame(),
                rows: (0..<4).map { index in
                    ReceiptRow(
                        id: SampleOffice.receipt, arrivedAt: SampleOffice.at(0, 7, 31 + index),
                        senderName: "Ủy ban nhân dân thành phố Rạch Giá",
                        numberAndNotation: "\(54 + index)/UBND-VP", abstract: SampleOffice.longAbstract,
                        urgency: index == 0 ? .flash : .normal, pages: 3, files: 2,
                        signature: SampleOffice.signatures.mark,
                        dueAt: SampleOffice.at(0, 9, 31 + index))
                }, counts: .init(waiting: 4, refused: 2, takenBack: 1)
            ).html()),
        SamplePage(
            name: "cho-tiep-nhan-trong",
            html: ReceiveListPage(frame: SampleOffice.frame(), rows: [], counts: .init(waiting: 0)).html()),
        SamplePage(
            name: "tiep-nhan",
            html: ReceiveCardPage(
                frame: SampleOffice.frame(), id: SampleOffice.receipt, particulars: SampleOffice.particulars,
                typeName: "Công văn", senderName: "Sở Xây dựng tỉnh Kiên Giang",
                arrivedAt: SampleOffice.at(0, 7, 31),
                dueAt: SampleOffice.at(0, 9, 31), state: .waiting,
                comparisons: [
                    .init(name: "Số trang", declared: "3", received: "3"),
                    .init(name: "Số tệp", declared: "3", received: "2"),
                ],
                checks: [
                    ArrivalCheck(
                        words: Vi.paper(SampleOffice.paper),
                        mark: StateMark(.warn, Vi.paperState(.electronicAndPaper)),
                        advice: Vi.paperAdvice(.electronicAndPaper))
                ], sheet: SampleOffice.sheet(.receipt(SampleOffice.receipt)), files: SampleOffice.files,
                signatures: SampleOffice.signatures, expectedNumber: 122, directors: SampleOffice.people,
                accept: .open,
                refuse: .open, seal: SampleOffice.seal
            ).html()),
    ]

    private static let rest = [
        SamplePage(
            name: "tim",
            html: SearchPage(
                frame: SampleOffice.frame(), words: "bao cao",
                hits: (0..<6).map { index in
                    SearchHit(
                        kind: index % 2 == 0 ? .arrival : .issued, address: .arrival(SampleOffice.number),
                        title: SampleOffice.longAbstract, detail: "Số đến 117 · 482/SXD-QLN · Sở Xây dựng",
                        date: SampleOffice.day(-index), mark: Vi.state(ArrivalState.working))
                }, next: "n"
            ).html()),
        SamplePage(
            name: "tim-khong-thay",
            html: SearchPage(frame: SampleOffice.frame(), words: "<script>", hits: []).html()),
        SamplePage(name: "loi-404", html: ErrorPage(fault: .notFound, frame: SampleOffice.frame()).html()),
        SamplePage(
            name: "loi-409",
            html: ErrorPage(
                fault: .refused([.arrivalClosed, .stale], .assignmentCompleted), frame: SampleOffice.frame(),
                back: "/x"
            ).html()),
        SamplePage(
            name: "loi-500",
            html: ErrorPage(fault: .failed(reference: "7F3K-21"), installationName: "THÀNH PHỐ RẠCH GIÁ")
                .html()),
    ]
}
