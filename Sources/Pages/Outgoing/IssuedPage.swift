// One văn bản đi: the sealed sheet, what its signatures are worth, what it answers, and below the board of deliveries.
import Domain
import Markup

/// Another document of the same agency, with the way to it.
package struct OtherIssued: Sendable, Equatable {
    package let number: IssuedNumber
    package let notation: String
    package let date: OfficeDate
    package let abstract: String

    package init(number: IssuedNumber, notation: String, date: OfficeDate, abstract: String) {
        self.number = number
        self.notation = notation
        self.date = date
        self.abstract = abstract
    }

    private func link(_ frame: Frame) -> HTML {
        a(
            .href(frame.path(.issued(number, BoardFilter()))),
            .text("\(Notation.printed(number.number))/\(notation)"))
    }

    func html(_ frame: Frame) -> HTML {
        .group(link(frame), .text(" ngày \(Vi.date(date)): \(abstract)"))
    }

    func note(_ frame: Frame) -> HTML {
        p(
            .class("note warn"),
            b("Đã được thay thế bởi ", link(frame), .text(" ngày \(Vi.date(date)).")), .text(abstract))
    }
}

package struct IssuedPage: Sendable {
    package let frame: Frame
    package let number: IssuedNumber
    package let registerName: String
    package let notation: String
    package let date: OfficeDate
    package let typeName: String
    package let abstract: String
    package let urgency: Urgency
    package let signer: String
    package let state: IssuanceState
    package let issuedAt: Instant?
    /// Why the number was given up.
    package let voidReason: String
    package let draftCode: Int?
    package let answers: [AnsweredLetter]
    package let replaces: [OtherIssued]
    package let replacedBy: [OtherIssued]
    /// Nil for a void number.
    package let sheet: Sheet?
    package let files: [FileRow]
    package let signatures: SignatureReport?
    package let checkCode: CheckCodeShown?
    package let recipients: RecipientNames?
    /// What the clerk did otherwise than the signer saw, in words.
    package let changes: [String]
    /// An answer is asked for by this day.
    package let answerBy: OfficeDate?
    package let board: DeliveryBoard?
    package let history: [HistoryLine]

    package init(
        frame: Frame, number: IssuedNumber, registerName: String, notation: String, date: OfficeDate,
        typeName: String, abstract: String, urgency: Urgency, signer: String, state: IssuanceState,
        issuedAt: Instant?, voidReason: String = "", draftCode: Int? = nil, answers: [AnsweredLetter] = [],
        replaces: [OtherIssued] = [], replacedBy: [OtherIssued] = [], sheet: Sheet?, files: [FileRow] = [],
        signatures: SignatureReport? = nil,
        checkCode: CheckCodeShown? = nil, recipients: RecipientNames? = nil,
        changes: [String] = [], answerBy: OfficeDate? = nil, board: DeliveryBoard?,
        history: [HistoryLine] = []
    ) {
        self.frame = frame
        self.number = number
        self.registerName = registerName
        self.notation = notation
        self.date = date
        self.typeName = typeName
        self.abstract = abstract
        self.urgency = urgency
        self.signer = signer
        self.state = state
        self.issuedAt = issuedAt
        self.voidReason = voidReason
        self.draftCode = draftCode
        self.answers = answers
        self.replaces = replaces
        self.replacedBy = replacedBy
        self.sheet = sheet
        self.files = files
        self.signatures = signatures
        self.checkCode = checkCode
        self.recipients = recipients
        self.changes = changes
        self.answerBy = answerBy
        self.board = board
        self.history = history
    }

    private var printed: String { "\(Notation.printed(number.number))/\(notation)" }

    package func html() -> HTML {
        Shell(frame: frame, title: "\(printed) – \(abstract)", kind: .task, section: .issued(.list)).around(
            PageHead(crumb: crumb(), title: abstract).html(),
            JumpLinks.html([("theo-doi", "Theo dõi gửi"), ("chu-ky", "Chữ ký"), ("lich-su", "Lịch sử")]),
            div(
                .class("split"),
                .maybe(sheet) { sheet in
                    SheetView(
                        frame: frame, sheet: sheet, label: "Văn bản",
                        status: .maybe(signatures) { Marks.state($0.mark) }
                    ).html()
                },
                div(
                    .class("side-panel stack"), halfWay(),
                    .maybe(signatures) { $0.html(frame) },
                    particularsPanel(), .maybe(recipients) { $0.html(changes: changes) },
                    .maybe(checkCode) { CheckCodePanel(shown: $0).html() },
                    Trail(frame: frame, lines: history).html())),
            .maybe(board) { DeliveryBoardView(frame: frame, number: number, board: $0).html() })
    }

    private func crumb() -> HTML {
        .group(
            Marks.stamp(urgency), a(.href(frame.path(.issuedList(IssuedFilter()))), "Văn bản đi"),
            .text(" / \(printed) ngày \(Vi.date(date)) · \(typeName)"),
            .maybe(board) { .group(" · ", a(.href("#theo-doi"), b(.text($0.summary)))) })
    }

    private func halfWay() -> HTML {
        switch state {
        case .issued: .each(replacedBy) { $0.note(frame) }
        case .numbered:
            p(
                .class("note warn"), b(.text("Đã cấp số \(Notation.printed(number.number)), chưa đóng dấu.")),
                .maybe(draftCode) { code in
                    .when(
                        frame.role == .clerk, a(.href(frame.path(.issuing(code))), "Phát hành tiếp"),
                        else: "Văn thư đang giữ văn bản này.")
                })
        case .void:
            p(.class("note bad"), b("Số này đã hủy, không cấp lại."), .text("Lý do: \(voidReason)"))
        }
    }

    private func particularsPanel() -> HTML {
        var facts = Facts()
        facts.add("Số, ký hiệu", printed)
        facts.add("Ngày văn bản", Vi.date(date))
        facts.add("Sổ", registerName)
        facts.add("Loại văn bản", typeName)
        facts.add("Người ký", signer)
        facts.add("Mức độ khẩn", Vi.urgency(urgency))
        facts.add("Phát hành lúc", issuedAt.map(frame.moment) ?? "")
        facts.add("Đề nghị trả lời trước", answerBy.map(Vi.date) ?? "")
        for letter in answers {
            facts.add(
                "Trả lời",
                .group(
                    a(.href(frame.path(.arrival(letter.number))), .text("số đến \(letter.number.number)")),
                    .text(": \(letter.words)")))
        }
        for other in replaces { facts.add("Thay thế", other.html(frame)) }
        if let draftCode {
            facts.add("Dự thảo", a(.href(frame.path(.draft(draftCode))), .text("DT-\(draftCode)")))
        }
        if !files.isEmpty {
            facts.add(
                "Tệp", FileList(frame: frame, paper: .issued(number, BoardFilter()), files: files).html())
        }
        return Panel(id: "thong-tin", title: "Thông tin văn bản", note: Marks.state(Vi.state(state)))
            .html(div(.class("in"), facts.html()))
    }
}
