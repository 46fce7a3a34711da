// Nơi nhận in a draft, as the officer fills it in and as the heads see it.
import Domain
import Pages

enum SampleSending {
    static let shown = SendingShown(
        names: RecipientNames(
            paper: ["Hội Người cao tuổi tỉnh Kiên Giang"],
            electronic: ["Ủy ban nhân dân thành phố Rạch Giá", "Phòng Nội vụ", "Phòng Tài chính – Kế hoạch"]),
        answerBy: SampleOffice.day(10), reason: "Kèm bản đồ khổ lớn",
        warnings: ["Hội Người cao tuổi tỉnh Kiên Giang: chưa có địa chỉ"],
        changes: [
            SendingShown.Change(
                by: "Phạm Thị Hồng Vân", at: SampleOffice.at(0, 8, 2),
                words: "thêm Hội Người cao tuổi tỉnh Kiên Giang, bớt Phòng Y tế",
                after: ["Danh Thị Ngọc Hân"])
        ])

    static let instruction = InstructionShown(
        recipients: 4, answerBy: SampleOffice.day(10),
        changes: [Vi.clerksChanges("thêm Phòng Y tế, bớt Phòng Nội vụ", reason: "Theo ý kiến người ký")])

    private static func page(_ refusals: [Refusal], chosen: [String]) -> DraftRecipientsPage {
        var entries = Entries([FormFields.id(.answerBy): "22/5/2026"])
        entries.set(FormFields.recipients, chosen)
        return DraftRecipientsPage(
            frame: SampleOffice.frame(.officer), code: 266, abstract: SampleOffice.longAbstract,
            typeName: "Báo cáo", groups: SamplePages.groups, outside: SampleCatalogue.outside,
            media: MediumChoice(
                rows: chosen.map { id in
                    MediumChoice.Row(
                        id: id, name: "Phòng, ban, đơn vị thứ \(id) thành phố", medium: .electronicAndPaper,
                        decision: MediumDecision(medium: .electronic, ground: .byDefault, rule: nil))
                },
                usual: MediumDecision(medium: .electronic, ground: .byDefault, rule: nil), isTaken: false),
            entries: entries, refusals: refusals, seal: SampleOffice.seal)
    }

    static let pages = [
        SamplePage(name: "du-thao-noi-nhan", html: page([], chosen: ["d2", "d3", "c1"]).html()),
        SamplePage(
            name: "du-thao-noi-nhan-loi",
            html: page([.answerByInPast, .mediumNeedsReason, .recipientUnknown], chosen: ["d2"]).html()),
    ]
}
