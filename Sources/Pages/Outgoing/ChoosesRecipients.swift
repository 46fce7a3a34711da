// Choosing recipients and the medium for each: the same panels on the officer's page of a draft and on the clerk's issuing page.
import Domain
import Markup

protocol ChoosesRecipients {
    var frame: Frame { get }
    /// `noi-nhan` and `nhom` hold what is ticked.
    var entries: Entries { get }
    var groups: [IssuePage.RecipientGroup] { get }
    var outside: OutsideRecipients { get }
    var typeName: String { get }
    var refusals: [Refusal] { get }
    var refusedVerb: Verb? { get }
    /// Nothing can be changed any more.
    var isDecided: Bool { get }
    var recipientsTitle: String { get }
    var mediaTitle: String { get }
    var searchAddress: OfficeAddress { get }
    var mediaAddress: OfficeAddress { get }
    /// Nil where whoever looks keeps no groups.
    var saveGroupAddress: OfficeAddress? { get }
    func aboveRecipients(_ notes: RefusalNotes) -> HTML
}

extension ChoosesRecipients {
    /// Everybody ticked, one by one or by their group.
    var chosen: Set<String> {
        let groupNames = Set(entries.all(FormFields.recipientGroup))
        let byGroup = groups.filter { groupNames.contains($0.group.rawValue) }.flatMap(\.recipients).map(\.id)
        return Set(byGroup).union(entries.all(FormFields.recipients).filter { !$0.isEmpty })
    }
}

extension IssuePage: ChoosesRecipients {
    var isDecided: Bool { taken != nil }
    var recipientsTitle: String { "2. Nơi nhận" }
    var mediaTitle: String { "3. Hình thức gửi" }
    var searchAddress: OfficeAddress { .issuingAct(code, .findRecipients) }
    var mediaAddress: OfficeAddress { .issuingAct(code, .media) }
    var saveGroupAddress: OfficeAddress? { .issuingAct(code, .saveGroup) }

    func aboveRecipients(_ notes: RefusalNotes) -> HTML {
        .maybe(instruction) { $0.html(page: self, notes: notes) }
    }
}

/// What the signer signed under, on the clerk's page: what is done otherwise so far, and why.
package struct InstructionShown: Sendable, Equatable {
    package let recipients: Int
    package let answerBy: OfficeDate?
    /// Of those chosen so far, whom nothing reaches as things are.
    package let warnings: [String]
    /// What is done otherwise, in words.
    package let changes: [String]

    package init(recipients: Int, answerBy: OfficeDate?, warnings: [String] = [], changes: [String]) {
        (self.recipients, self.answerBy, self.changes) = (recipients, answerBy, changes)
        self.warnings = warnings
    }

    private static let mostWarnings = 20

    func html(page: IssuePage, notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: page.entries, notes: notes)
        let isOpen = !changes.isEmpty || notes.concerns(.changeReason)
        return .group(
            .when(
                recipients > 0,
                p(
                    .class("small"),
                    .text("Điền sẵn \(Vi.number(recipients)) nơi theo bản người ký duyệt."))),
            .maybe(answerBy) {
                p(.class("small"), .text("Đề nghị nơi nhận trả lời trước ngày \(Vi.date($0))."))
            },
            .each(warnings.prefix(Self.mostWarnings)) {
                p(.class("small"), Marks.state(StateMark(.warn, $0)))
            },
            .each(changes) { p(.class("note warn"), .text($0)) },
            .when(
                recipients > 0 && !page.isDecided,
                details(
                    .class("fold-in"), .when(isOpen, .open), summary("Gửi khác bản người ký duyệt"),
                    div(
                        .class("form"),
                        controls.paragraph(
                            .changeReason, 12, rows: 2,
                            hint: "Bắt buộc khi thêm, bớt nơi nhận hoặc đổi hình thức; được ghi vào nhật ký.")
                    ))))
    }
}
