// Phát hành (D2–D6, decision 3): number and date, checks, recipients, the PIN of the agency's certificate, and one press
// that numbers, seals and sends. After a fault the page says which number the document has, and one press resumes.
import Domain
import Markup

package struct IssuePage: Sendable {
    package struct Check: Sendable, Equatable {
        package let words: String
        package let mark: StateMark

        package init(words: String, mark: StateMark) { (self.words, self.mark) = (words, mark) }
    }

    package struct Recipient: Sendable, Equatable {
        package let id: String
        package let name: String

        package init(id: String, name: String) { (self.id, self.name) = (id, name) }
    }

    package struct RecipientGroup: Sendable, Equatable {
        package let group: AgencyGroup
        package let recipients: [Recipient]
        /// More than these are chosen by their group.
        package static let shown = 300

        package init(group: AgencyGroup, recipients: [Recipient]) {
            (self.group, self.recipients) = (group, recipients)
        }
    }

    /// Number and date bound to the draft by an earlier press.
    package struct Taken: Sendable, Equatable {
        package let number: Int
        package let date: OfficeDate
        package let at: Instant

        package init(number: Int, date: OfficeDate, at: Instant) {
            (self.number, self.date, self.at) = (number, date, at)
        }
    }

    package let frame: Frame
    package let code: Int
    package let abstract: String
    package let urgency: Urgency
    package let typeName: String
    package let signer: String
    package let signedAt: Instant
    package let dueAt: Instant?
    package let sheet: Sheet
    package let signatures: SignatureReport?
    package let registerName: String
    package let expectedNumber: Int
    package let notation: String
    package let taken: Taken?
    package let checks: [Check]
    package let enclosures: [FileRow]
    package let groups: [RecipientGroup]
    /// By which medium it goes to each of the chosen.
    package let media: MediumChoice?
    package let outside: OutsideRecipients
    /// What the signer signed under; nil where the draft names nobody.
    package let instruction: InstructionShown?
    package let key: SignPage.Key?
    package let issue: Door
    /// Sealing with the program on this machine; hidden where the agency's certificate is not there.
    package let handOver: Door
    /// A file of this letter that is with the program now.
    package let handedOver: ID<Handover>?
    package let returnToSigner: Door
    package let voidNumber: Door
    /// `noi-nhan` and `nhom` hold what is ticked.
    package let entries: Entries
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    /// Channels of chosen recipients that are stopped (H6).
    package let held: [HeldChannel]
    package let seal: FormSeal

    package init(
        frame: Frame, code: Int, abstract: String, urgency: Urgency, typeName: String, signer: String,
        signedAt: Instant, dueAt: Instant?, sheet: Sheet, signatures: SignatureReport?, registerName: String,
        expectedNumber: Int, notation: String, taken: Taken? = nil, checks: [Check],
        enclosures: [FileRow] = [],
        groups: [RecipientGroup], outside: OutsideRecipients = OutsideRecipients(),
        instruction: InstructionShown? = nil, media: MediumChoice? = nil, key: SignPage.Key?, issue: Door,
        handOver: Door = .hidden,
        handedOver: ID<Handover>? = nil, returnToSigner: Door,
        voidNumber: Door = .hidden,
        entries: Entries, refusals: [Refusal] = [], refusedVerb: Verb? = nil,
        held: [HeldChannel] = [], seal: FormSeal
    ) {
        self.held = held
        self.frame = frame
        self.code = code
        self.abstract = abstract
        self.urgency = urgency
        self.typeName = typeName
        self.signer = signer
        self.signedAt = signedAt
        self.dueAt = dueAt
        self.sheet = sheet
        self.signatures = signatures
        self.registerName = registerName
        self.expectedNumber = expectedNumber
        self.notation = notation
        self.taken = taken
        self.checks = checks
        self.enclosures = enclosures
        self.groups = groups
        self.media = media
        self.outside = outside
        self.instruction = instruction
        self.key = key
        self.issue = issue
        self.handOver = handOver
        self.handedOver = handedOver
        self.returnToSigner = returnToSigner
        self.voidNumber = voidNumber
        self.entries = entries
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    package func html() -> HTML {
        let notes = RefusalNotes(
            refusals: refusedVerb == .documentIssued || refusedVerb == .numberTaken ? refusals : [])
        return Shell(frame: frame, title: "Phát hành DT-\(code)", kind: .fit, section: .issued(.toIssue))
            .around(
                PageHead(crumb: crumb(), title: "Phát hành: \(abstract)").html(),
                div(
                    .class("split"),
                    SheetView(
                        frame: frame, sheet: sheet, label: "Văn bản sẽ phát hành",
                        status: .maybe(signatures) { Marks.state($0.mark) }
                    ).html(),
                    div(
                        .class("side-panel stack"),
                        HandedOverNote.html(frame, handedOver),
                        DoorButton.reasons(
                            issue.isHidden ? handOver.reasons : issue.reasons, id: "vi-sao",
                            heading: "Chưa phát hành được, vì:"),
                        half(), HeldChannel.banner(held, frame),
                        notes.summary(refusedVerb ?? .documentIssued),
                        form(
                            .class("stack"), .id("form-phat-hanh"), .method(.post),
                            .action(frame.path(.issuingAct(code, .issue))), SealFields.hidden(seal),
                            NumberPanel(page: self, notes: notes).html(),
                            RecipientsPanel(page: self, notes: notes).html(),
                            .maybe(media) { MediumPanel(page: self, notes: notes, choice: $0).html() },
                            SealPanel(page: self, notes: notes).html()),
                        .maybe(signatures) { $0.html(frame) },
                        .when(!enclosures.isEmpty, enclosurePanel()),
                        TurningBack(page: self).html())),
                acts())
    }

    private func crumb() -> HTML {
        let due = Marks.dueLine(frame.due(dueAt))
        return .group(
            Marks.stamp(urgency), a(.href(frame.path(.toIssue)), "Chờ phát hành"), " / ",
            a(.href(frame.path(.draft(code))), .text("DT-\(code)")),
            .text(" · \(signer) ký lúc \(frame.moment(signedAt))"),
            .when(dueAt != nil && !due.isEmpty, .group(", ", b(.text(due)))))
    }

    /// The crash left it between the acts: what is there, and that nothing is lost.
    private func half() -> HTML {
        .maybe(taken) { taken in
            div(
                .class("note warn"), .role("status"),
                b(.text("Đã cấp số \(Notation.printed(taken.number)), chưa đóng dấu – tiếp tục")),
                .text(
                    "Số \(Notation.printed(taken.number))/\(notation) ngày \(Vi.date(taken.date)) đã cấp lúc \(Vi.time(taken.at)) và giữ cho văn bản này. Bấm “Phát hành tiếp” để đóng dấu và gửi với cùng số, ngày."
                ))
        }
    }

    private func enclosurePanel() -> HTML {
        Panel(id: "kem-theo", title: "Văn bản kèm theo", note: small("ký số cơ quan trên từng tệp")).html(
            div(.class("in"), FileList(frame: frame, paper: .issuing(code), files: enclosures).html()))
    }

    private func acts() -> HTML {
        div(
            .class("acts"), .role("group"), .aria(.label, "Kết thúc phát hành"),
            DoorButton(door: issue, words: issueWords, look: "main", reasonsID: "vi-sao", keys: "Ctrl Enter")
                .submit(.form("form-phat-hanh")),
            DoorButton(
                door: handOver, words: handOverWords, look: issue.isHidden ? "main" : "", reasonsID: "vi-sao"
            ).submit(
                .form("form-phat-hanh"), .formaction(frame.path(.issuingAct(code, .handOver))),
                .formnovalidate),
            .when(!returnToSigner.isHidden, a(.class("btn"), .href("#tra-lai"), "Trả lại người ký")),
            .when(!voidNumber.isHidden, a(.class("btn stop"), .href("#huy-so"), "Hủy số")),
            a(.class("btn plain later"), .href(frame.path(.toIssue)), "Để phát hành sau"),
            .when(taken == nil, span(.class("small muted later"), "Số và ngày chỉ cấp khi bấm nút.")))
    }

    private var handOverWords: String {
        taken == nil ? "Cấp số, đóng dấu bằng phần mềm VGCA" : "Đóng dấu tiếp bằng phần mềm VGCA"
    }

    private var issueWords: String {
        if taken != nil { return "Phát hành tiếp" }
        let count = chosen.count
        return count > 0 ? "Cấp số, đóng dấu và gửi \(Vi.number(count)) nơi" : "Cấp số, đóng dấu và gửi"
    }
}
