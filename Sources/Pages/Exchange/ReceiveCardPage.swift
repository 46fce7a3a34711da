// One electronic arrival before it is taken: what the sender declared beside what came, what was found in it, what the
// signatures are worth, the files; then two doors: take it into the register, or refuse it with a reason (002 Điều 6; E2,
// E3). Once its sender has taken it back, only that it was here.
import Domain
import Markup

package struct ReceiveCardPage: Sendable {
    /// A figure as the sender declared it and as it came.
    package struct Comparison: Sendable, Equatable {
        package let name: String
        package let declared: String
        package let received: String
        package var agrees: Bool { declared == received }

        package init(name: String, declared: String, received: String) {
            (self.name, self.declared, self.received) = (name, declared, received)
        }
    }

    package let frame: Frame
    package let id: ID<Receipt>
    package let particulars: DocumentParticulars
    package let typeName: String
    package let senderName: String
    package let arrivedAt: Instant
    package let dueAt: Instant?
    package let state: ReceiptState
    /// The arrival it became.
    package let acceptedAs: RegisterNumber?
    package let refusalReason: String
    package let comparisons: [Comparison]
    package let checks: [ArrivalCheck]
    package let scan: Door
    package let requests: [SenderRequest]
    package let takenBack: TakenBack?
    /// An arrival of this year with the same number, notation and agency.
    package let twin: RegisterNumber?
    package let named: [NamedPaper]
    package let replacedBy: [NamedPaper]
    package let cameBy: String
    /// The sender's codes, and what it calls the document.
    package let codes: [String]
    package let messageKey: String
    package let sheet: Sheet?
    package let files: [FileRow]
    package let signatures: SignatureReport?
    package let expectedNumber: Int
    package let directors: [PositionChoice]
    package let accept: Door
    package let refuse: Door
    /// Only for letters that came by mail.
    package let correction: CorrectionPanel?
    package let entries: Entries
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    package let seal: FormSeal

    package init(
        frame: Frame, id: ID<Receipt>, particulars: DocumentParticulars, typeName: String, senderName: String,
        arrivedAt: Instant, dueAt: Instant?, state: ReceiptState, acceptedAs: RegisterNumber? = nil,
        refusalReason: String = "", comparisons: [Comparison], checks: [ArrivalCheck] = [],
        scan: Door = .hidden, requests: [SenderRequest] = [], takenBack: TakenBack? = nil,
        twin: RegisterNumber? = nil, named: [NamedPaper] = [], replacedBy: [NamedPaper] = [],
        cameBy: String = "", codes: [String] = [],
        messageKey: String = "", sheet: Sheet?, files: [FileRow], signatures: SignatureReport? = nil,
        expectedNumber: Int, directors: [PositionChoice], accept: Door,
        refuse: Door, correction: CorrectionPanel? = nil, entries: Entries = Entries(),
        refusals: [Refusal] = [], refusedVerb: Verb? = nil,
        seal: FormSeal
    ) {
        self.frame = frame
        self.id = id
        self.particulars = particulars
        self.typeName = typeName
        self.senderName = senderName
        self.arrivedAt = arrivedAt
        self.dueAt = dueAt
        self.state = state
        self.acceptedAs = acceptedAs
        self.refusalReason = refusalReason
        self.comparisons = comparisons
        self.checks = checks
        self.scan = scan
        self.requests = requests
        self.takenBack = takenBack
        self.twin = twin
        self.named = named
        self.replacedBy = replacedBy
        self.cameBy = cameBy
        self.codes = codes
        self.messageKey = messageKey
        self.sheet = sheet
        self.files = files
        self.signatures = signatures
        self.expectedNumber = expectedNumber
        self.directors = directors
        self.accept = accept
        self.refuse = refuse
        self.correction = correction
        self.entries = entries
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    private var isOpen: Bool { state == .waiting && takenBack == nil }
    private var hasOpenRequest: Bool { requests.contains(where: \.isOpen) }
    private var decides: Bool { Verb.requestDecided.roles.contains(frame.role) }

    package func html() -> HTML {
        Shell(
            frame: frame, title: "Tiếp nhận \(particulars.numberAndNotation)", kind: .fit,
            section: .arrivals(.receive)
        ).around(
            PageHead(crumb: crumb(), title: particulars.abstract).html(),
            div(
                .class("split"),
                .maybe(sheet) { sheet in
                    SheetView(
                        frame: frame, sheet: sheet, label: "Văn bản",
                        status: .maybe(signatures) { Marks.state($0.mark) }
                    ).html()
                },
                div(
                    .class("side-panel stack"),
                    .when(
                        refusedVerb == .arrivalScanned, RefusalNotes(refusals: refusals).summary(refusedVerb)),
                    DoorButton.reasons(
                        takenBack == nil ? accept.reasons : [], id: "vi-sao",
                        heading: "Chưa tiếp nhận được, vì:"),
                    ReplacedNote(frame: frame, papers: replacedBy).html(), outcome(), requestPanel(),
                    .when(takenBack == nil, comparisonPanel()),
                    .when(takenBack == nil && !checks.isEmpty, checksPanel()),
                    .when(isOpen, .maybe(correction) { $0.html(frame, receipt: id, seal: seal) }),
                    .when(isOpen, acceptPanel()),
                    .maybe(signatures) { $0.html(frame) },
                    particularsPanel(),
                    .when(isOpen && !refuse.isHidden, refusePanel()))),
            acts())
    }

    private func crumb() -> HTML {
        let due = isOpen ? Marks.dueLine(frame.due(dueAt)) : ""
        return .group(
            Marks.stamp(particulars.urgency), a(.href(frame.path(.receiveList())), "Chờ tiếp nhận"),
            .text(
                " / \(particulars.numberAndNotation) ngày \(Vi.date(particulars.date)) · \(senderName) · đến \(frame.moment(arrivedAt))"
            ),
            .when(!due.isEmpty, .group(" · ", b(.text(due)))))
    }

    private func requestPanel() -> HTML {
        SenderRequestPanel(
            frame: frame, receipt: id, requests: requests, decides: decides, entries: entries,
            refusals: refusedVerb == .requestDecided ? refusals : [], seal: seal
        ).html()
    }

    private func checksPanel() -> HTML {
        ArrivalChecksPanel(frame: frame, receipt: id, checks: checks, scan: scan, seal: seal).html()
    }

    private func outcome() -> HTML {
        if let takenBack { return takenBack.note(frame, card: acceptedAs.map(OfficeAddress.arrival)) }
        return decided()
    }

    private func decided() -> HTML {
        switch state {
        case .waiting: .empty
        case .accepted:
            p(
                .class("note good"), "Đã tiếp nhận. ",
                .maybe(acceptedAs) { number in
                    a(.href(frame.path(.arrival(number))), .text("Xem số đến \(number.number)"))
                })
        case .refused: p(.class("note bad"), b("Đã từ chối tiếp nhận."), .text("Lý do: \(refusalReason)"))
        }
    }

    private func comparisonPanel() -> HTML {
        let same = comparisons.allSatisfy(\.agrees)
        return Panel(
            id: "doi-chieu", title: "Nơi gửi khai và nhận được",
            note: Marks.state(same ? StateMark(.ok, "Khớp") : StateMark(.warn, "Có chỗ không khớp"))
        ).html(
            table(
                .class("grid"), ListParts.heads("Nội dung", "Nơi gửi khai", "Nhận được", "Kết quả"),
                tbody(
                    .each(comparisons) { row in
                        tr(
                            th(.scope(.row), .text(row.name)), td(.text(row.declared)),
                            td(.text(row.received)),
                            td(
                                Marks.state(
                                    row.agrees ? StateMark(.ok, "Khớp") : StateMark(.warn, "Không khớp"))))
                    })))
    }

    private func acceptPanel() -> HTML {
        let notes = RefusalNotes(refusals: refusedVerb == .receiptAccepted ? refusals : [])
        let controls = Controls(entries: entries, notes: notes)
        return Panel(
            id: "tiep-nhan", title: "Tiếp nhận vào sổ", note: small("số đến dự kiến \(expectedNumber)")
        ).html(
            form(
                .class("in stack"), .id("form-tiep-nhan"), .method(.post),
                .action(frame.path(.receiptAct(id, .accept))), SealFields.hidden(seal),
                notes.summary(.receiptAccepted),
                div(
                    .class("form"),
                    controls.choice(
                        .director, 7, directors.map(\.option), required: true, empty: "Chọn người cho ý kiến"),
                    controls.text(.deadline, 5, hint: "Để trống nếu văn bản không nêu", numeric: true)),
                .when(
                    twin != nil,
                    Controls.check(
                        FormFields.notTheTwin, value: "1", id: FormFields.notTheTwin,
                        checked: entries.has(FormFields.notTheTwin, "1"),
                        .text("Đây là văn bản khác với số đến \(twin?.number ?? 0), vẫn tiếp nhận vào sổ")))))
    }

    private func refusePanel() -> HTML {
        let isRefused = refusedVerb == .receiptRefused
        let notes = RefusalNotes(refusals: isRefused ? refusals : [])
        let controls = Controls(entries: entries, notes: notes)
        return details(
            .class("panel fold"), .id("tu-choi"), .when(isRefused, .open),
            summary("Từ chối tiếp nhận"),
            form(
                .class("in stack"), .method(.post), .action(frame.path(.receiptAct(id, .refuse))),
                SealFields.hidden(seal), notes.summary(.receiptRefused),
                controls.paragraph(
                    .reason, 12, rows: 2, required: true,
                    hint: "Nơi gửi đọc được lý do này ở bảng theo dõi gửi."),
                p(
                    .class("btns"),
                    DoorButton(
                        door: refuse, words: "Từ chối và báo nơi gửi", look: "stop", reasonsID: "vi-sao"
                    ).submit())))
    }

    private func particularsPanel() -> HTML {
        var facts = Facts()
        facts.add("Cơ quan ban hành", particulars.issuingAgency)
        facts.add("Loại văn bản", typeName)
        facts.add("Người ký", particulars.signer)
        facts.add("Mức độ khẩn", Vi.urgency(particulars.urgency))
        for paper in named {
            facts.add(
                paper.name,
                paper.address.map { a(.href(frame.path($0)), .text(paper.words)) } ?? .text(paper.words))
        }
        facts.add("Đường đến", cameBy)
        facts.add("Mã định danh nơi gửi", codes.joined(separator: ", "))
        facts.add("Mã gói tin", messageKey)
        if !files.isEmpty {
            facts.add("Tệp", FileList(frame: frame, paper: .receipt(id), files: files).html())
        }
        return Panel(id: "thong-tin", title: "Thông tin văn bản").html(div(.class("in"), facts.html()))
    }

    private func acts() -> HTML {
        .when(
            isOpen || (decides && hasOpenRequest),
            div(
                .class("acts"), .role("group"), .aria(.label, "Việc có thể làm"),
                .when(
                    decides && hasOpenRequest,
                    a(.class("btn main"), .href("#de-nghi"), "Trả lời đề nghị của nơi gửi")),
                .when(isOpen, acceptDoor()),
                .when(
                    isOpen && !refuse.isHidden, a(.class("btn stop"), .href("#tu-choi"), "Từ chối tiếp nhận")),
                a(.class("btn plain later push"), .href(frame.path(.receiveList())), "Để lại sau")))
    }

    private func acceptDoor() -> HTML {
        let answersFirst = decides && hasOpenRequest
        return DoorButton(
            door: accept, words: "Tiếp nhận vào sổ", look: answersFirst ? "" : "main", reasonsID: "vi-sao",
            keys: answersFirst ? "" : "Ctrl Enter"
        ).submit(.form("form-tiep-nhan"))
    }
}
