// Bản giấy của văn bản đến điện tử (D7, D14): by which rule it comes, whether it has come, and for the clerk the form that
// says so.
import Domain
import Markup

package struct PaperPanel: Sendable {
    package let expected: ExpectedPaper
    package let cameOn: OfficeDate?
    package let recordedBy: String
    package let mayRecord: Bool
    package let entries: Entries

    package init(
        expected: ExpectedPaper, cameOn: OfficeDate? = nil, recordedBy: String = "", mayRecord: Bool,
        entries: Entries = Entries()
    ) {
        self.expected = expected
        self.cameOn = cameOn
        self.recordedBy = recordedBy
        self.mayRecord = mayRecord
        self.entries = entries
    }

    func html(_ page: ArrivalPage, _ notes: RefusalNotes) -> HTML {
        let mark = cameOn == nil ? StateMark(.warn, "Chờ bản giấy") : StateMark(.ok, "Đã nhận bản giấy")
        return Panel(id: "ban-giay", title: "Bản giấy", note: Marks.state(mark)).html(
            div(
                .class("in"), p(.text("\(Vi.paper(expected)).")),
                .maybe(cameOn) { day in
                    p(
                        .class("small muted"),
                        .text("Nhận ngày \(Vi.date(day))\(recordedBy.isEmpty ? "" : ", \(recordedBy) ghi")."))
                }), .when(cameOn == nil && mayRecord, form(page, notes)))
    }

    private func form(_ page: ArrivalPage, _ notes: RefusalNotes) -> HTML {
        Markup.form(
            .class("in stack"), .method(.post),
            .action(page.frame.path(.arrivalAct(page.number, .paper))), SealFields.hidden(page.seal),
            div(
                .class("form"),
                Controls(entries: entries, notes: notes).field(
                    .paperCameOn, 6, required: true,
                    hint: "Không đăng ký bản giấy lần nữa; ghi số đến này lên bản giấy."
                ) { attributes in
                    input(
                        attributes, .type(.text), .inputmode("numeric"),
                        .value(entries[FormFields.id(.paperCameOn)]), .autocomplete("off"))
                }),
            p(.class("btns"), button(.class("btn"), .type(.submit), "Ghi đã nhận bản giấy")))
    }
}
