// Sample pages of drafting, signing and issuing.
import Domain
import Markup

@testable import Pages

extension SamplePages {
    private static let route: [RouteStop] = [
        RouteStop(
            part: .drafting, personName: "Phạm Thị Hồng Vân", title: "Chuyên viên",
            mark: StateMark(.ok, "Trình 09:10, 12/5"), place: .done),
        RouteStop(
            part: .step(.approve), personName: "Đỗ Minh Khang", title: "Chuyên viên",
            mark: StateMark(.signed, "Ký nháy phiên bản 4"), place: .done),
        RouteStop(
            part: .step(.approve), personName: "Danh Thị Ngọc Hân", title: "Phó Trưởng phòng",
            mark: StateMark(.warn, "Ký nháy phiên bản 3"), place: .outdated),
        RouteStop(
            part: .step(.sign), personName: "Nguyễn Văn Phúc", title: "Trưởng phòng",
            mark: StateMark(.busy, "Đang ở đây"), place: .here),
        RouteStop(
            part: .issuing, personName: "Trương Thị Mỹ Duyên", title: "Văn thư",
            mark: StateMark(.ring, "Chưa đến lượt"), place: .waiting),
    ]

    private static func version(_ ordinal: Int, _ conversion: ConversionState, _ fault: String = "")
        -> VersionRow
    {
        VersionRow(
            ordinal: ordinal, author: "Phạm Thị Hồng Vân",
            note: ordinal == 1 ? "" : "sửa theo ý kiến trả lại",
            at: SampleOffice.at(0, 7, 10 + ordinal),
            initials: ordinal > 2 ? [.init(personName: "Danh Thị Ngọc Hân", isCurrent: ordinal == 4)] : [],
            conversion: conversion, fault: fault, sourceName: "Bao cao tien do.docx")
    }

    private static func draft(
        _ state: DraftState, versions: [VersionRow], files: [DraftFileRow] = [], doors: DraftDoors,
        routeForm: RouteForm? = nil, decision: DecisionForm? = nil, refusals: [Refusal] = [],
        verb: Verb? = nil
    ) -> HTML {
        let ready = versions.first?.conversion == .done
        return DraftPage(
            frame: SampleOffice.frame(decision == nil ? .officer : .head), code: 266,
            abstract: SampleOffice.longAbstract,
            typeName: "Báo cáo", notation: "BC-PTP", urgency: .urgent, state: state,
            dueAt: SampleOffice.at(2, 10),
            drafter: SampleOffice.people[2], answers: [SampleOffice.answered],
            route: state == .drafting ? Array(route.prefix(1)) : route, versions: versions,
            shownVersion: versions.first?.ordinal ?? 0,
            sheet: ready
                ? Sheet(
                    source: .paper(.draftVersion(266, ordinal: versions[0].ordinal), file: 1),
                    name: "Báo cáo", pages: 2) : nil,
            files: files,
            opinions: state == .drafting
                ? []
                : [
                    Opinion(
                        act: .returned, author: "Danh Thị Ngọc Hân", at: SampleOffice.at(0, 8, 5), version: 2,
                        comment:
                            "Số liệu mục I chưa khớp báo cáo của Ban bồi thường (412 hộ, không phải 421)."),
                    Opinion(
                        act: .submitted, author: "Phạm Thị Hồng Vân", at: SampleOffice.at(0, 7, 40),
                        version: 1,
                        comment: "Kính trình Trưởng phòng báo cáo gửi Sở Xây dựng."),
                ],
            sending: state == .drafting ? .nothing : SampleSending.shown, doors: doors, routeForm: routeForm,
            decision: decision, history: SampleOffice.history,
            refusals: refusals,
            refusedVerb: verb, seal: SampleOffice.seal
        ).html()
    }

    private static let attached = [
        DraftFileRow(
            id: "f1", number: 2, name: "Phụ lục 1.xlsx", kind: .enclosure, size: 24_000, pages: 0,
            conversion: .failed, fault: "Bảng có 1 trang tràn lề."),
        DraftFileRow(
            id: "f2", number: 3, name: "Biên bản họp.pdf", kind: .supporting, size: 524_000, pages: 4,
            conversion: .done),
    ]

    static let drafting = [
        SamplePage(
            name: "du-thao-ds",
            html: DraftListPage(
                frame: SampleOffice.frame(.officer),
                rows: (0..<8).map { index in
                    DraftRow(
                        code: 266 - index, abstract: SampleOffice.longAbstract,
                        urgency: index == 0 ? .urgent : .normal,
                        typeName: "Báo cáo", drafterName: "Phạm Thị Hồng Vân", holder: "Nguyễn Văn Phúc",
                        version: index,
                        dueAt: SampleOffice.at(index - 1, 10), state: DraftState.allCases[index % 5])
                }, filter: DraftFilter(), counts: [.drafting: 2, .climbing: 3]
            ).html()),
        SamplePage(
            name: "lap-du-thao",
            html: DraftEditPage(
                frame: SampleOffice.frame(.officer), code: nil, types: SampleOffice.types,
                answers: [SampleOffice.answered],
                entries: Entries([FormFields.abstract: "Báo cáo tiến độ"]), refusals: [.missing(.type)],
                seal: SampleOffice.seal
            ).html()),
        SamplePage(
            name: "du-thao-moi",
            html: draft(
                .drafting, versions: [],
                doors: DraftDoors(
                    edit: .open, addVersion: .open, addFile: .open, submit: .closed([.noVersion])),
                routeForm: RouteForm(candidates: SampleOffice.people, entries: Entries()))),
        SamplePage(
            name: "du-thao-dang-chuyen",
            html: draft(
                .drafting, versions: [version(1, .waiting)], files: attached,
                doors: DraftDoors(
                    edit: .open, addVersion: .open, addFile: .open, submit: .closed([.conversionWaiting])),
                routeForm: RouteForm(
                    candidates: SampleOffice.people,
                    entries: Entries([
                        FormFields.step(1): "p2", FormFields.step(2): "p1", FormFields.stepKind(2): "nk",
                    ])))),
        SamplePage(
            name: "du-thao-loi-chuyen",
            html: draft(
                .drafting, versions: [version(1, .failed, "Tệp có mật khẩu mở.")],
                doors: DraftDoors(
                    edit: .open, addVersion: .open, addFile: .open, convertAgain: .open,
                    submit: .closed([.conversionFailed])),
                routeForm: RouteForm(candidates: SampleOffice.people, entries: Entries()),
                refusals: [.lastStepMustSign],
                verb: .draftSubmitted)),
        SamplePage(
            name: "du-thao-ky",
            html: draft(
                .climbing, versions: (1...4).reversed().map { version($0, .done) }, files: attached,
                doors: DraftDoors(
                    submitOnward: .open, giveBack: .open,
                    sign: .closed([
                        .initialsOfOlderVersion(["Danh Thị Ngọc Hân"]),
                        .enclosureNotConverted("Phụ lục 1.xlsx"),
                    ])),
                decision: DecisionForm(
                    onwardCandidates: SampleOffice.people, returnTargets: Array(SampleOffice.people[1...3])),
                refusals: [.missing(.reason)], verb: .draftReturned)),
    ]

    private static let key = SignPage.Key(
        holder: "Nguyễn Văn Phúc", serial: "54:0A:91:77:C2:10", validUntil: SampleOffice.day(300))

    static let signing = [
        SamplePage(
            name: "ky",
            html: SignPage(
                frame: SampleOffice.frame(.head), code: 266, abstract: SampleOffice.longAbstract, version: 4,
                revision: 7, versionHash: "ab12",
                sheet: Sheet(
                    source: .paper(.draftVersion(266, ordinal: 4), file: 1), name: "Báo cáo", pages: 2),
                places: [
                    .init(
                        field: .numberPlace, place: PagePlace(page: 1, x: 52, y: 33, width: 12, height: 6),
                        origin: .found("Số:")),
                    .init(
                        field: .dayPlace, place: PagePlace(page: 1, x: 140, y: 40, width: 9, height: 6),
                        origin: .found("ngày")),
                    .init(
                        field: .monthPlace, place: nil, origin: .notFound("Trang không chừa chỗ cho tháng"),
                        isPrinted: true),
                    .init(
                        field: .signaturePlace,
                        place: PagePlace(page: 1, x: 115, y: 200, width: 50, height: 24), origin: .byHand),
                    .init(
                        field: .sealPlace, place: nil,
                        origin: .notFound("Không tìm thấy chữ in chức danh người ký")),
                ],
                key: key, sign: .closed([.placeMissing(.sealPlace)]), outdatedInitials: ["Danh Thị Ngọc Hân"],
                sending: SampleSending.shown, entries: Entries(),
                refusals: [.wrongPIN(attemptsLeft: 3)], seal: SampleOffice.seal
            ).html())
    ]

    static let groups = [
        IssuePage.RecipientGroup(
            group: .city, recipients: [.init(id: "c1", name: "Ủy ban nhân dân thành phố Rạch Giá")]),
        IssuePage.RecipientGroup(
            group: .department,
            recipients: (1...18).map { .init(id: "d\($0)", name: "Phòng, ban, đơn vị thứ \($0) thành phố") }),
        IssuePage.RecipientGroup(
            group: .ward,
            recipients: (1...12).map { .init(id: "w\($0)", name: "UBND phường Vĩnh Thanh Vân \($0)") }),
    ]

    private static func issue(_ taken: IssuePage.Taken?, _ refusals: [Refusal] = []) -> HTML {
        var entries = Entries([FormFields.date: "12/5/2026"])
        entries.set(FormFields.recipientGroup, ["phuong-xa"])
        entries.set(FormFields.recipients, ["d2", "d3", "c1"])
        return IssuePage(
            frame: SampleOffice.frame(), code: 266, abstract: SampleOffice.longAbstract, urgency: .urgent,
            typeName: "Báo cáo",
            signer: "Nguyễn Văn Phúc", signedAt: SampleOffice.at(0, 8, 20), dueAt: SampleOffice.at(1, 11),
            sheet: Sheet(source: .paper(.issuing(266), file: 1), name: "Báo cáo", pages: 2),
            signatures: SampleOffice.signatures, registerName: "Báo cáo 2026", expectedNumber: 54,
            notation: "BC-PTP", taken: taken,
            checks: [
                .init(
                    words: "Số và ngày nằm trong ô chừa sẵn, chữ ký giữ nguyên", mark: StateMark(.ok, "Đạt")),
                .init(words: "Ký hiệu in trên trang khớp thông tin", mark: StateMark(.ok, "Khớp")),
            ], enclosures: [SampleOffice.files[1]], groups: groups,
            outside: SampleCatalogue.outside, instruction: SampleSending.instruction, media: media, key: key,
            issue: .open,
            returnToSigner: taken == nil ? .open : .closed([.alreadyNumbered]),
            voidNumber: taken == nil ? .hidden : .open,
            entries: entries, refusals: refusals, refusedVerb: refusals.isEmpty ? nil : .documentIssued,
            seal: SampleOffice.seal
        ).html()
    }

    private static func board(_ count: Int) -> DeliveryBoard {
        DeliveryBoard(
            rows: (0..<min(count, 50)).map { index in
                SampleExchange.row(index)
            },
            counts: DeliveryCounts(
                total: count,
                parts: [
                    .returned: 1, .notAccepted: 3, .inWork: count - 4, .failing: 2, .late: 1, .needsLook: 4,
                    .takenBack: 1,
                ]), filter: BoardFilter(),
            next: count > 50 ? "50" : nil, held: [SampleExchange.held],
            acts: BoardActs(seal: SampleOffice.seal))
    }

    private static func issued(_ recipients: Int) -> HTML {
        let number = IssuedNumber(year: 2026, register: "bao-cao", number: 54)
        return IssuedPage(
            frame: SampleOffice.frame(), number: number, registerName: "Báo cáo 2026", notation: "BC-PTP",
            date: SampleOffice.today,
            typeName: "Báo cáo", abstract: SampleOffice.longAbstract, urgency: .normal,
            signer: "Nguyễn Văn Phúc", state: .issued,
            issuedAt: SampleOffice.at(0, 8, 30), draftCode: 266, answers: [SampleOffice.answered],
            sheet: SampleOffice.sheet(.issued(number, BoardFilter())), files: SampleOffice.files,
            signatures: SampleOffice.signatures,
            checkCode: CheckCode("7K2M-9QXA-0F3D-HN5T").map {
                CheckCodeShown(code: $0, publicAddress: "https://vanban.example.vn")
            },
            changes: SampleSending.instruction.changes, answerBy: SampleOffice.day(10),
            board: board(recipients), history: SampleOffice.history
        ).html()
    }

    static let outgoing = [
        SamplePage(
            name: "cho-phat-hanh",
            html: ToIssueListPage(
                frame: SampleOffice.frame(),
                rows: [
                    ToIssueRow(
                        code: 266, signedAt: SampleOffice.at(0, 8, 20), signer: "Nguyễn Văn Phúc",
                        typeName: "Báo cáo", abstract: SampleOffice.longAbstract, urgency: .urgent,
                        dueAt: SampleOffice.at(1, 11)),
                    ToIssueRow(
                        code: 260, signedAt: SampleOffice.at(-1, 16), signer: "Nguyễn Văn Phúc",
                        typeName: "Công văn", abstract: "Trả lời kiến nghị", urgency: .normal, dueAt: nil,
                        takenNumber: 9),
                ]
            ).html()),
        SamplePage(name: "phat-hanh", html: issue(nil)),
        SamplePage(
            name: "phat-hanh-tiep",
            html: issue(
                .init(number: 54, date: SampleOffice.today, at: SampleOffice.at(0, 8, 31)), [.sealingFailed])),
        SamplePage(
            name: "van-ban-di",
            html: IssuedListPage(
                frame: SampleOffice.frame(),
                rows: (0..<20).map { index in
                    IssuedRow(
                        number: IssuedNumber(year: 2026, register: "bao-cao", number: 54 - index),
                        notation: "BC-PTP",
                        date: SampleOffice.day(-index), typeName: "Báo cáo",
                        abstract: SampleOffice.longAbstract,
                        urgency: .normal, signer: "Nguyễn Văn Phúc", accepted: 27, recipients: 30,
                        refused: index == 0 ? 1 : 0,
                        state: index == 3 ? .void : .issued)
                }, filter: IssuedFilter(),
                registers: [
                    .init(slug: "bao-cao", name: "Báo cáo", count: 54),
                    .init(slug: "cong-van", name: "Công văn", count: 1200),
                ],
                next: "34"
            ).html()),
        SamplePage(name: "van-ban-di-54", html: issued(30)),
        SamplePage(name: "van-ban-di-5000", html: issued(5000)),
    ]
}
