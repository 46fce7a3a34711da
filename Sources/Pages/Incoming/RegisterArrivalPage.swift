// Registering a letter (B1; Nghị định 30/2020, Điều 22): first its file, then its particulars beside the picture of the
// sheet. The number is only given when the form is sent; the same letter again in the year warns and shows the twin.
import Domain
import Markup

/// Step 1: the file.
package struct UploadArrivalPage: Sendable {
    package let frame: Frame
    package let refusals: [Refusal]
    package let seal: FormSeal
    package let limitMegabytes: Int

    package init(frame: Frame, refusals: [Refusal] = [], seal: FormSeal, limitMegabytes: Int = 100) {
        self.frame = frame
        self.refusals = refusals
        self.seal = seal
        self.limitMegabytes = limitMegabytes
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        let controls = Controls(entries: Entries(), notes: notes)
        return Shell(
            frame: frame, title: "Đăng ký văn bản đến", kind: .list, section: .arrivals(.register)
        ).around(
            PageHead(title: "Đăng ký văn bản đến", sub: "Bước 1 trong 2: chọn tệp của văn bản").html(),
            div(
                .class("narrow-page stack"),
                notes.summary(.incomingRegistered),
                form(
                    .class("panel"), .method(.post), .enctype("multipart/form-data"),
                    .action(frame.path(.registerArrival(staged: nil))), SealFields.hidden(seal),
                    div(
                        .class("in stack"),
                        controls.field(
                            .file, 12, required: true, label: "Tệp PDF của văn bản",
                            hint: "Bản quét hoặc văn bản điện tử, tối đa \(limitMegabytes) MB."
                        ) { input($0, .type(.file), .accept("application/pdf,.pdf")) },
                        p(.class("btns"), button(.class("btn main"), "Tải lên và nhập thông tin")))),
                p(
                    .class("small muted"),
                    "Không nhận vào hệ thống: văn bản mật, thư gửi đích danh, đơn khiếu nại, tố cáo (Quy chế, Điều 10)."
                )))
    }
}

/// Step 2: the particulars, beside the sheet.
package struct RegisterArrivalPage: Sendable {
    package let frame: Frame
    package let sheet: Sheet
    package let stagedID: String
    /// The number the letter would get now; it is taken when the form is sent.
    package let expectedNumber: Int
    package let registerName: String
    package let types: [TypeChoice]
    /// Who may be asked to direct it.
    package let directors: [PositionChoice]
    /// Agencies whose letters came before, proposed while typing.
    package let knownAgencies: [String]
    package let signatures: SignatureReport?
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, sheet: Sheet, stagedID: String, expectedNumber: Int, registerName: String,
        types: [TypeChoice],
        directors: [PositionChoice], knownAgencies: [String] = [], signatures: SignatureReport? = nil,
        entries: Entries, refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.sheet = sheet
        self.stagedID = stagedID
        self.expectedNumber = expectedNumber
        self.registerName = registerName
        self.types = types
        self.directors = directors
        self.knownAgencies = knownAgencies
        self.signatures = signatures
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals.filter { !$0.isTwin })
        return Shell(
            frame: frame, title: "Đăng ký văn bản đến", kind: .fit, section: .arrivals(.register)
        ).around(
            PageHead(
                title: "Đăng ký văn bản đến", sub: "Bước 2 trong 2: thông tin đăng ký",
                aside: a(
                    .class("btn tiny"), .href(frame.path(.registerArrival(staged: nil))), "Chọn tệp khác")
            ).html(),
            form(
                .class("split reg"), .id("dang-ky"), .method(.post),
                .action(frame.path(.registerArrival(staged: stagedID))), SealFields.hidden(seal),
                SealFields.field(FormFields.file, stagedID),
                SheetView(
                    frame: frame, sheet: sheet, label: "Văn bản", status: b(.text(sheet.name)),
                    tools: .maybe(signatures) { Marks.state($0.mark) }
                ).html(),
                div(
                    .class("side-panel stack"),
                    twin(), notes.summary(.incomingRegistered),
                    div(.class("panel"), div(.class("in"), fields(notes))),
                    p(
                        .class("small muted"),
                        "Không nhận vào hệ thống: văn bản mật, thư gửi đích danh, đơn khiếu nại, tố cáo (Quy chế, Điều 10)."
                    )),
                div(
                    .class("acts"), .role("group"), .aria(.label, "Kết thúc đăng ký"),
                    button(.class("btn main"), "Đăng ký văn bản ", kbd("Ctrl"), " ", kbd("Enter")),
                    span(.class("small muted"), "Số đến được cấp khi bấm Đăng ký."),
                    ul(.class("hints"), li(kbd("Tab"), " ô sau")))))
    }

    private func twin() -> HTML {
        guard case .twin(let year, let number)? = refusals.first(where: \.isTwin) else { return .empty }
        let path = frame.path(.arrival(RegisterNumber(year: year, number: number)))
        return div(
            .class("note warn"), .role("alert"), .id("loi"), .tabindex(-1), .autofocus,
            b(.text("Chưa đăng ký. Có thể trùng với số đến \(number) năm \(year).")),
            "Cùng số, ký hiệu và cơ quan ban hành. Nếu là cùng một văn bản thì không cấp số mới.",
            p(
                .class("btns"),
                a(.class("btn tiny"), .href(path), .text("Xem số đến \(number)")),
                button(
                    .class("btn tiny"), .name(FormFields.notTheTwin), .value("1"), "Văn bản khác, vẫn đăng ký"
                )))
    }

    private func fields(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return div(
            .class("form"),
            div(
                .class("field c8"), span(.class("label"), "Sổ"), p(.class("fixed"), .text(registerName))),
            div(
                .class("field c4"), span(.class("label"), "Số đến dự kiến"),
                p(.class("fixed num"), .number(expectedNumber))),
            controls.text(.issuingAgency, 8, required: true, suggestions: "ds-co-quan"),
            controls.choice(.type, 4, types.map(\.option), required: true, empty: "Chọn loại"),
            controls.text(.number, 3, required: true),
            controls.text(.notation, 5, required: true, hint: "Ví dụ SXD-QLN"),
            controls.text(.date, 4, required: true, hint: "Ví dụ 08/5/2026", numeric: true),
            controls.paragraph(.abstract, 12, rows: 3, required: true),
            controls.choice(.urgency, 4, Option.urgencies),
            controls.text(.pages, 3, numeric: true),
            controls.text(.deadline, 5, hint: "Để trống nếu văn bản không nêu", numeric: true),
            controls.text(.signer, 6),
            controls.choice(
                .director, 6, directors.map(\.option), required: true, empty: "Chọn người cho ý kiến"),
            datalist(.id("ds-co-quan"), .each(knownAgencies) { Markup.option(.value($0)) }))
    }
}

extension Refusal {
    var isTwin: Bool {
        if case .twin = self { return true }
        return false
    }
}
