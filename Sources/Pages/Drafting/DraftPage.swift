// One dự thảo with its phiếu trình: the way it goes as a strip at the top, the sheet on the left, and on the right why
// something is not possible yet, what was said on the way, versions, files, and the choice of handlers.
import Domain
import Markup

package struct DraftPage: Sendable {
    package let frame: Frame
    package let code: Int
    package let abstract: String
    package let typeName: String
    package let notation: String
    package let urgency: Urgency
    package let state: DraftState
    package let dueAt: Instant?
    package let drafter: PositionChoice
    package let answers: [AnsweredLetter]
    package let route: [RouteStop]
    /// Newest first.
    package let versions: [VersionRow]
    /// The ordinal of the version on the sheet; 0 before the first.
    package let shownVersion: Int
    /// Nil while there is no PDF of that version.
    package let sheet: Sheet?
    package let files: [DraftFileRow]
    package let opinions: [Opinion]
    package let signatures: SignatureReport?
    package let sending: SendingShown
    /// "54/PTP, ngày 14/5/2026" and where, once it has a number.
    package let issuedAs: String
    package let issuedAt: IssuedNumber?
    package let doors: DraftDoors
    package let routeForm: RouteForm?
    package let decision: DecisionForm?
    package let history: [HistoryLine]
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    package let seal: FormSeal

    package init(
        frame: Frame, code: Int, abstract: String, typeName: String, notation: String, urgency: Urgency,
        state: DraftState, dueAt: Instant?, drafter: PositionChoice, answers: [AnsweredLetter] = [],
        route: [RouteStop], versions: [VersionRow] = [], shownVersion: Int = 0, sheet: Sheet? = nil,
        files: [DraftFileRow] = [], opinions: [Opinion] = [], signatures: SignatureReport? = nil,
        sending: SendingShown = .nothing,
        issuedAs: String = "", issuedAt: IssuedNumber? = nil, doors: DraftDoors, routeForm: RouteForm? = nil,
        decision: DecisionForm? = nil, history: [HistoryLine] = [], refusals: [Refusal] = [],
        refusedVerb: Verb? = nil, seal: FormSeal
    ) {
        self.frame = frame
        self.code = code
        self.abstract = abstract
        self.typeName = typeName
        self.notation = notation
        self.urgency = urgency
        self.state = state
        self.dueAt = dueAt
        self.drafter = drafter
        self.answers = answers
        self.route = route
        self.versions = versions
        self.shownVersion = shownVersion
        self.sheet = sheet
        self.files = files
        self.opinions = opinions
        self.signatures = signatures
        self.sending = sending
        self.issuedAs = issuedAs
        self.issuedAt = issuedAt
        self.doors = doors
        self.routeForm = routeForm
        self.decision = decision
        self.history = history
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    package func html() -> HTML {
        let someConversionWaits =
            versions.first?.conversion == .waiting || files.contains { $0.conversion == .waiting }
        return Shell(
            frame: frame, title: "DT-\(code) – \(abstract)", kind: .fit, section: .drafts(.list),
            refreshAfter: someConversionWaits && refusals.isEmpty ? 5 : nil
        ).around(
            PageHead(crumb: crumb(), title: abstract).html(),
            .when(route.count > 1, RouteStrip(stops: route).html()),
            JumpLinks.html([
                ("y-kien-trinh", "Ý kiến"), ("noi-nhan", "Nơi nhận"), ("phien-ban", "Phiên bản"),
                ("tep-kem", "Tệp"),
                ("lich-su", "Lịch sử"),
            ]),
            div(.class("split"), DraftSheet(page: self).html(), sidePanel()),
            DraftActs(page: self).html())
    }

    private func crumb() -> HTML {
        let due = state == .issued ? "" : Marks.dueLine(frame.due(dueAt))
        return .group(
            Marks.stamp(urgency), a(.href(frame.path(.drafts(DraftFilter()))), "Dự thảo – Phiếu trình"),
            .text(" / DT-\(code) · \(typeName)"),
            .each(answers) { letter in
                .group(
                    " · Trả lời ",
                    a(.href(frame.path(.arrival(letter.number))), .text("số đến \(letter.number.number)")))
            },
            .when(dueAt != nil && !due.isEmpty, .group(", ", b(.text(due)))))
    }

    private func sidePanel() -> HTML {
        let notes = RefusalNotes(refusals: DecisionForm.aboutComment(refusals))
        return div(
            .class("side-panel stack"),
            DoorButton.reasons(doors.blocking, id: "vi-sao", heading: blockedWords),
            notes.summary(refusedVerb),
            issuedNote(),
            .when(versions.isEmpty, VersionsPanel(page: self).html()),
            .maybe(routeForm) { RouteFormView(page: self, form: $0, notes: notes).html() },
            .maybe(decision) { DecisionFormView(page: self, form: $0, notes: notes).html() },
            SendingPanel(frame: frame, code: code, shown: sending, edit: doors.edit).html(),
            opinionsPanel(),
            .when(!versions.isEmpty, VersionsPanel(page: self).html()),
            DraftFilesPanel(page: self).html(),
            .maybe(signatures) { $0.html(frame) },
            particularsPanel(),
            Trail(frame: frame, lines: history).html())
    }

    private var blockedWords: String {
        switch state {
        case .drafting: "Chưa trình được, vì:"
        default: "Chưa ký được phiên bản \(versions.first?.ordinal ?? 0), vì:"
        }
    }

    private func issuedNote() -> HTML {
        .when(
            !issuedAs.isEmpty,
            p(
                .class(state == .issued ? "note good" : "note warn"),
                .text(state == .issued ? "Đã phát hành: " : "Đã cấp số, chưa đóng dấu: "),
                .maybe(issuedAt) { number in
                    a(.href(frame.path(.issued(number, BoardFilter()))), .text(issuedAs))
                },
                .when(issuedAt == nil, .text(issuedAs))))
    }

    private func opinionsPanel() -> HTML {
        Panel(id: "y-kien-trinh", title: "Ý kiến trên đường trình").html(
            div(
                .class("in"),
                .when(
                    opinions.isEmpty, p(.class("muted"), "Chưa có ý kiến nào."),
                    else: .each(opinions) { opinion in
                        div(
                            .class("say"),
                            b(.text(Vi.routing(opinion.act))), .text(" từ \(opinion.author), "),
                            Marks.moment(opinion.at, frame), .text(", phiên bản \(opinion.version)"),
                            .when(!opinion.comment.isEmpty, p(.text(opinion.comment))))
                    })))
    }

    private func particularsPanel() -> HTML {
        var facts = Facts()
        facts.add("Loại văn bản", typeName)
        facts.add("Ký hiệu", notation)
        facts.add("Mức độ khẩn", Vi.urgency(urgency))
        facts.add("Người soạn", drafter.words)
        facts.add("Hạn", dueAt.map(frame.moment) ?? "")
        for letter in answers {
            facts.add(
                "Trả lời",
                .group(
                    a(.href(frame.path(.arrival(letter.number))), .text("số đến \(letter.number.number)")),
                    .text(": \(letter.words)")))
        }
        return Panel(
            id: "thong-tin", title: "Thông tin dự thảo",
            note: doors.edit.isOpen
                ? a(.class("small"), .href(frame.path(.draftAct(code, .edit))), "Sửa thông tin") : .empty
        ).html(div(.class("in"), facts.html()))
    }
}
