// Bản giấy của văn bản đến điện tử (D7, D14): by which rule it comes, whether it has come, and for the clerk the form that
// says so.
import Domain
import Markup

package struct PaperPanel: Sendable {
    package let expected: ExpectedPaper
    package let cameOn: OfficeDate?
    package let recordedBy: String
    package let mayRecord: Bool
    /// In what it differs from the electronic letter; empty where it is the same.
    package let difference: String
    package let entries: Entries

    package init(
        expected: ExpectedPaper, cameOn: OfficeDate? = nil, recordedBy: String = "", mayRecord: Bool,
        difference: String = "", entries: Entries = Entries()
    ) {
        self.difference = difference
        self.expected = expected
        self.cameOn = cameOn
        self.recordedBy = recordedBy
        self.mayRecord = mayRecord
        self.entries = entries
    }

    func html(_ page: ArrivalPage, _ notes: RefusalNotes) -> HTML {
        let came =
            difference.isEmpty
            ? StateMark(.ok, "Đã nhận bản giấy") : StateMark(.warn, "Đã nhận, khác bản điện tử")
        let mark = cameOn == nil ? StateMark(.warn, "Chờ bản giấy") : came
        return Panel(id: "ban-giay", title: "Bản giấy", note: Marks.state(mark)).html(
            div(
                .class("in"), p(.text("\(Vi.paper(expected)).")),
                .maybe(cameOn) { day in
                    p(
                        .class("small muted"),
                        .text("Nhận ngày \(Vi.date(day))\(recordedBy.isEmpty ? "" : ", \(recordedBy) ghi")."))
                },
                .when(
                    !difference.isEmpty,
                    p(.class("note warn"), b("Khác bản điện tử: "), .text(difference.endedSentence)))),
            .when(cameOn == nil && mayRecord, form(page, notes)))
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
                },
                Controls(entries: entries, notes: notes).paragraph(
                    .difference, 12, rows: 2,
                    hint: "So bản giấy với bản điện tử; để trống nếu giống nhau. Có khác thì báo nơi gửi.")),
            p(.class("btns"), button(.class("btn"), .type(.submit), "Ghi đã nhận bản giấy")))
    }
}
