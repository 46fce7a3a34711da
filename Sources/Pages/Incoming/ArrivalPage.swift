// One văn bản đến: the sheet on the left; on the right what the head directed, who does what and how far they are, the
// drafts that answer it, signatures, particulars and history.
import Domain
import Markup

package struct ArrivalPage: Sendable {
    package let frame: Frame
    package let number: RegisterNumber
    package let particulars: DocumentParticulars
    package let typeName: String
    package let state: ArrivalState
    package let arrivedAt: Instant
    package let dueAt: Instant?
    package let director: PositionChoice
    /// "Liên thông từ …" or "Văn thư đăng ký từ tệp".
    package let cameBy: String
    /// Given back to its sender: its sheet and files are gone.
    package let takenBack: TakenBack?
    /// The card of what came through the exchange.
    package let receipt: ID<Receipt>?
    package let sheet: Sheet?
    package let files: [FileRow]
    package let signatures: SignatureReport?
    package let directive: DirectiveShown?
    package let assignments: [AssignmentRow]
    /// The form of the person who was asked to direct; nil for everyone else.
    package let directForm: DirectForm?
    package let start: Door
    package let complete: Door
    package let answer: Door
    package let stamp: StampPanel
    package let drafts: [LinkedDraft]
    /// What of ours it answers.
    package let answering: [AnswerShown.Letter]
    package let history: [HistoryLine]
    /// Of an act on this page that was refused, and which.
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    package let seal: FormSeal

    package init(
        frame: Frame, number: RegisterNumber, particulars: DocumentParticulars, typeName: String,
        state: ArrivalState,
        arrivedAt: Instant, dueAt: Instant?, director: PositionChoice, cameBy: String,
        takenBack: TakenBack? = nil, receipt: ID<Receipt>? = nil, sheet: Sheet?,
        files: [FileRow] = [], signatures: SignatureReport? = nil, directive: DirectiveShown? = nil,
        assignments: [AssignmentRow] = [], directForm: DirectForm? = nil, start: Door = .hidden,
        complete: Door = .hidden, answer: Door = .hidden,
        stamp: StampPanel = StampPanel(stampedAt: nil, door: .hidden), drafts: [LinkedDraft] = [],
        answering: [AnswerShown.Letter] = [], history: [HistoryLine] = [],
        refusals: [Refusal] = [], refusedVerb: Verb? = nil, seal: FormSeal
    ) {
        self.frame = frame
        self.number = number
        self.particulars = particulars
        self.typeName = typeName
        self.state = state
        self.arrivedAt = arrivedAt
        self.dueAt = dueAt
        self.director = director
        self.cameBy = cameBy
        self.takenBack = takenBack
        self.receipt = receipt
        self.sheet = sheet
        self.files = files
        self.signatures = signatures
        self.directive = directive
        self.assignments = assignments
        self.directForm = directForm
        self.start = start
        self.complete = complete
        self.answer = answer
        self.stamp = stamp
        self.drafts = drafts
        self.answering = answering
        self.history = history
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    package func html() -> HTML {
        Shell(
            frame: frame, title: "Số đến \(number.number) – \(particulars.issuingAgency)", kind: .fit,
            section: .arrivals(.list)
        ).around(
            PageHead(crumb: crumb(), title: particulars.abstract).html(),
            JumpLinks.html([
                ("chi-dao", "Chỉ đạo"), ("tra-loi", "Trả lời"), ("thong-tin", "Thông tin"),
                ("lich-su", "Lịch sử"),
            ]),
            div(.class("split"), sheetView(), sidePanel()),
            acts())
    }

    private func crumb() -> HTML {
        let due = state == .closed ? "" : Marks.dueLine(frame.due(dueAt))
        return .group(
            Marks.stamp(particulars.urgency),
            a(.href(frame.path(.arrivals(ArrivalFilter()))), "Văn bản đến"),
            .text(
                " / Số đến \(number.number) · \(particulars.numberAndNotation) ngày \(Vi.date(particulars.date)) · \(particulars.issuingAgency)"
            ),
            .when(dueAt != nil && !due.isEmpty, .group(" · ", b(.text(due)))))
    }

    private func sheetView() -> HTML {
        .maybe(sheet) { sheet in
            SheetView(
                frame: frame, sheet: sheet, label: "Văn bản",
                status: .maybe(signatures) { Marks.state($0.mark) },
                overlays: [
                    .arrivalStamp(
                        agency: frame.agencyName, number: number.number, date: arrivedAt.officeDate,
                        to: director.words)
                ]
            ).html()
        }
    }

    private func sidePanel() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        return div(
            .class("side-panel stack"),
            .maybe(takenBack) { $0.note(frame, card: receipt.map(OfficeAddress.receipt)) },
            .when(directForm == nil, notes.summary(refusedVerb, withLinks: false)),
            directionPanel(),
            answerPanel(),
            .maybe(signatures) { $0.html(frame) },
            particularsPanel(),
            stamp.html(self, refusedVerb == .arrivalStamped ? notes : RefusalNotes(refusals: [])),
            Trail(frame: frame, lines: history).html())
    }

    private func directionPanel() -> HTML {
        if let directForm {
            return DirectFormView(frame: frame, number: number, form: directForm, seal: seal).html()
        }
        return Panel(
            id: "chi-dao", title: "Ý kiến chỉ đạo",
            note: .when(!assignments.isEmpty, small(.text(AssignmentTree.summary(assignments))))
        ).html(
            div(
                .class("in"),
                .maybe(directive) { directive in
                    div(
                        .class("quote"), p(.text(directive.text)),
                        small(.text("\(directive.author), "), Marks.moment(directive.at, frame)))
                },
                .when(
                    directive == nil,
                    p(
                        .class("empty line"), b(.text("Chưa có ý kiến chỉ đạo.")),
                        .text("Đang chờ \(director.words)."))),
                AssignmentTree(frame: frame, rows: assignments).html()))
    }

    private func answerPanel() -> HTML {
        Panel(id: "tra-loi", title: "Văn bản trả lời").html(
            div(
                .class("in"),
                .when(
                    drafts.isEmpty,
                    p(
                        .class("empty line"), b("Chưa có dự thảo trả lời."),
                        "Dự thảo lập từ đây sẽ gắn với văn bản này; phát hành xong thì văn bản tự kết thúc.",
                        .when(
                            answer.isOpen,
                            .group(
                                " ",
                                a(.href(frame.path(.newDraft(answering: number))), "Soạn dự thảo trả lời")))),
                    else: ul(.class("linked"), .each(drafts, linked)))))
    }

    private func linked(_ draft: LinkedDraft) -> HTML {
        li(
            a(.href(frame.path(.draft(draft.code))), .text("DT-\(draft.code)")), " ", .text(draft.abstract),
            " ",
            Marks.state(Vi.state(draft.state)),
            .when(!draft.issuedAs.isEmpty, .text(" \(draft.issuedAs)")))
    }

    private func particularsPanel() -> HTML {
        var facts = Facts()
        facts.add("Số đến, ngày đến", "\(number.number), ngày \(Vi.date(arrivedAt.officeDate))")
        facts.add("Đường đến", "\(cameBy), \(Vi.fullMoment(arrivedAt))")
        facts.add("Cơ quan ban hành", particulars.issuingAgency)
        facts.add("Số, ký hiệu", particulars.numberAndNotation)
        facts.add("Ngày văn bản", Vi.date(particulars.date))
        facts.add("Loại văn bản", typeName)
        facts.add("Người ký", particulars.signer)
        facts.add("Mức độ khẩn", Vi.urgency(particulars.urgency))
        facts.add("Số trang", particulars.pages > 0 ? Vi.number(particulars.pages) : "")
        facts.add("Chuyển đến", director.words)
        for letter in answering {
            facts.add("Trả lời văn bản đi", a(.href(frame.path(letter.address)), .text(letter.words)))
        }
        if !files.isEmpty {
            facts.add("Tệp", FileList(frame: frame, paper: .arrival(number), files: files).html())
        }
        return Panel(id: "thong-tin", title: "Thông tin đăng ký", note: Marks.state(Vi.state(state)))
            .html(div(.class("in"), facts.html()))
    }

    private func acts() -> HTML {
        let reasons = start.reasons + complete.reasons + answer.reasons
        return div(
            .class("acts"), .role("group"), .aria(.label, "Việc có thể làm"),
            .when(
                directForm != nil,
                button(
                    .class("btn main"), .type(.submit), .form("form-chi-dao"), "Ghi ý kiến và phân công ",
                    kbd("Ctrl"), " ", kbd("Enter"))),
            act(start, .start, "Bắt đầu xử lý", look: "main"),
            act(complete, .complete, "Báo hoàn thành phần việc", look: start.isOpen ? "" : "main"),
            DoorButton(door: answer, words: "Soạn dự thảo trả lời", reasonsID: "vi-sao")
                .link(frame.path(.newDraft(answering: number))),
            .when(
                !reasons.isEmpty,
                span(
                    .class("small muted"), .id("vi-sao"),
                    .text(Set(reasons).map { Vi.refusal($0).why }.sorted().joined(separator: " ")))),
            a(.class("btn plain later push"), .href(frame.path(.arrivals(ArrivalFilter()))), "Về danh sách"))
    }

    private func act(_ door: Door, _ act: ArrivalAct, _ words: String, look: String) -> HTML {
        .when(
            !door.isHidden,
            form(
                .class("inline"), .method(.post), .action(frame.path(.arrivalAct(number, act))),
                SealFields.hidden(seal),
                DoorButton(door: door, words: words, look: look, reasonsID: "vi-sao").submit()))
    }
}
