// Gửi bản giấy (D6): one line a recipient, from the copy to the post. The clerk ticks, and makes copies, notes what is printed,
// notes what is posted; every step stands in its register.
import Domain
import Markup

package struct PaperFilter: Hashable, Sendable {
    package var state: PaperState
    package var after: String?

    package init(state: PaperState = .toPrint, after: String? = nil) {
        (self.state, self.after) = (state, after)
    }

    package var query: String {
        Query().adding("trang-thai", state == .toPrint ? nil : state.rawValue).adding("sau", after).text
    }
}

package struct PaperLine: Sendable, Equatable {
    package let id: ID<PaperDispatch>
    package let number: IssuedNumber
    package let numberAndNotation: String
    package let abstract: String
    package let recipientName: String
    package let address: String
    /// `02/SY-PTP`; empty before it is made.
    package let copy: String
    package let copyID: ID<CertifiedCopy>?
    package let posting: Posting?

    package init(
        id: ID<PaperDispatch>, number: IssuedNumber, numberAndNotation: String, abstract: String,
        recipientName: String, address: String, copy: String, copyID: ID<CertifiedCopy>?, posting: Posting?
    ) {
        self.id = id
        self.number = number
        self.numberAndNotation = numberAndNotation
        self.abstract = abstract
        self.recipientName = recipientName
        self.address = address
        self.copy = copy
        self.copyID = copyID
        self.posting = posting
    }
}

package struct PaperQueuePage: Sendable {
    package let frame: Frame
    package let filter: PaperFilter
    package let lines: [PaperLine]
    package let counts: [PaperState: Int]
    package let next: String?
    /// Who may sign copies.
    package let signers: [PositionChoice]
    package let entries: Entries
    package let refusals: [Refusal]
    package let refusedVerb: Verb?
    package let seal: FormSeal

    package init(
        frame: Frame, filter: PaperFilter, lines: [PaperLine], counts: [PaperState: Int], next: String?,
        signers: [PositionChoice], entries: Entries, refusals: [Refusal] = [], refusedVerb: Verb? = nil,
        seal: FormSeal
    ) {
        self.frame = frame
        self.filter = filter
        self.lines = lines
        self.counts = counts
        self.next = next
        self.signers = signers
        self.entries = entries
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        return Shell(frame: frame, title: "Gửi bản giấy", kind: .list, section: .issued(.paper)).around(
            PageHead(
                crumb: a(.href(frame.path(.issuedList(IssuedFilter()))), "Văn bản đi"), title: "Gửi bản giấy",
                sub:
                    "Bản sao y in từ văn bản điện tử, cho nơi chưa kết nối hệ thống hoặc quy định có bản giấy"
            ).html(),
            notes.summary(refusedVerb), tabs(),
            lines.isEmpty ? nothing() : work(notes))
    }

    private func tabs() -> HTML {
        ListParts.tabs(
            "Trạng thái bản giấy",
            PaperState.allCases.map { state in
                Tab(
                    words: Vi.state(state).word, path: frame.path(.paperQueue(PaperFilter(state: state))),
                    count: counts[state, default: 0], isCurrent: filter.state == state)
            })
    }

    private func work(_ notes: RefusalNotes) -> HTML {
        let inside = HTML.group(
            links(), .when(filter.state != .posted, everyLine()), table(),
            ListParts.more(
                next.map { frame.path(.paperQueue(PaperFilter(state: filter.state, after: $0))) },
                shown: lines.count, total: counts[filter.state]))
        if filter.state == .posted { return div(.class("stack gap-top"), inside) }
        return form(
            .class("stack gap-top"), .method(.post),
            .action(frame.path(.paperAct(filter.state == .toPrint ? .certify : .post))),
            SealFields.hidden(seal),
            inside, filter.state == .toPrint ? copying(notes) : posting(notes))
    }

    private func links() -> HTML {
        p(
            .class("btns noprint"),
            a(.class("btn"), .href(frame.path(.paperAddresses(filter.state))), "Tải danh sách địa chỉ (CSV)"),
            registers())
    }

    private func registers() -> HTML {
        .group(
            a(.href(frame.path(.copyRegister(year))), "Sổ bản sao"), " ",
            a(.href(frame.path(.postingRegister(year))), "Sổ gửi văn bản đi bưu điện"))
    }

    private var year: Int { frame.now.officeDate.year }

    // MARK: Lines

    /// Shown by keys.js, which is what ticks the lines.
    private func everyLine() -> HTML {
        p(
            .id("chon-tat-ca"), .hidden,
            label(
                .class("pick"), input(.type(.checkbox), .value(FormFields.papers)),
                span(.text("Chọn tất cả \(Vi.number(lines.count)) nơi trong trang này"))))
    }

    private func table() -> HTML {
        let posted = filter.state == .posted
        return Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Bản giấy theo từng nơi nhận"),
            posted
                ? ListParts.heads(
                    "Số gửi", "Ngày gửi", "Văn bản", "Nơi nhận, địa chỉ", "Bản sao", "Cách gửi", "Ghi chú")
                : ListParts.heads("Chọn", "Văn bản", "Nơi nhận, địa chỉ", "Bản sao"),
            tbody(.each(lines) { posted ? sent($0) : waiting($0) }))
    }

    private func waiting(_ line: PaperLine) -> HTML {
        let id = "giay-\(line.id)"
        return tr(
            .class("line"),
            td(
                input(
                    .type(.checkbox), .id(id), .name(FormFields.papers), .value(line.id.description),
                    .aria(.label, "Chọn \(line.numberAndNotation) gửi \(line.recipientName)"),
                    .when(entries.has(FormFields.papers, line.id.description), .checked))),
            document(line),
            td(.class("full wide"), label(.for(id), b(.text(line.recipientName))), address(line)),
            td(.class("num"), .dataLabel("Bản sao"), copy(line)))
    }

    private func sent(_ line: PaperLine) -> HTML {
        tr(
            .class("line"),
            td(.class("num"), .dataLabel("Số gửi"), .text(line.posting.map { "\($0.number)" } ?? "")),
            td(.class("num"), .dataLabel("Ngày gửi"), .text(line.posting.map { Vi.date($0.day) } ?? "")),
            document(line),
            td(.class("full wide"), b(.text(line.recipientName)), address(line)),
            td(.class("num"), .dataLabel("Bản sao"), copy(line)),
            td(
                .class("full"), .text(line.posting.map { Vi.way($0.way) } ?? ""),
                .maybe(line.posting) { small(.class("under"), .text($0.carrier)) }),
            td(.class("full"), .text(line.posting?.note ?? "")))
    }

    private func document(_ line: PaperLine) -> HTML {
        td(
            .class("full wide"),
            a(
                .class("plain-abs"), .href(frame.path(.issued(line.number, BoardFilter()))),
                .text(line.numberAndNotation)),
            small(.class("under"), .text(line.abstract)))
    }

    private func address(_ line: PaperLine) -> HTML {
        small(.class("under"), .text(line.address.isEmpty ? "Danh bạ chưa có địa chỉ" : line.address))
    }

    private func copy(_ line: PaperLine) -> HTML {
        line.copyID.map { id in
            .group(
                .text(line.copy),
                small(
                    .class("under noprint"),
                    a(
                        .href(frame.path(.copyFile(id))), "Tải bản in (PDF)",
                        Marks.unseen(" của bản sao \(line.copy)"))))
        } ?? span(.class("muted"), "Chưa lập")
    }

    // MARK: Acts

    private func copying(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return Panel(id: "viec-giay", title: "Với những nơi đã chọn").html(
            div(
                .class("in stack"),
                div(
                    .class("form"),
                    controls.choice(
                        .signer, 6, signers.map { Option(value: $0.id, text: $0.words) },
                        label: "Người ký bản sao",
                        hint:
                            "Mỗi văn bản lấy một số bản sao trong năm. In bản tải về, trình ký, đóng dấu, rồi ghi đã in."
                    )),
                p(
                    .class("btns"), button(.class("btn main"), .type(.submit), "Lập bản sao y"),
                    button(
                        .class("btn"), .type(.submit), .formaction(frame.path(.paperAct(.print))), "Ghi đã in"
                    ))))
    }

    private func posting(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return Panel(id: "viec-giay", title: "Với những nơi đã chọn").html(
            div(
                .class("in stack"),
                div(
                    .class("form"),
                    controls.field(.postedOn, 3, required: true) { attributes in
                        input(
                            attributes, .type(.text), .inputmode("numeric"),
                            .value(entries[FormFields.id(.postedOn)]),
                            .autocomplete("off"))
                    },
                    controls.choice(
                        .way, 3, PostingWay.allCases.map { Option(value: $0.rawValue, text: Vi.way($0)) }),
                    controls.text(.carrier, 4), controls.text(.envelopes, 2, numeric: true),
                    controls.text(.postingNote, 12)),
                p(
                    .class("btns"), button(.class("btn main"), .type(.submit), "Ghi đã gửi"),
                    span(.class("small muted"), "Mỗi nơi nhận lấy một số trong sổ gửi văn bản."))))
    }

    private func nothing() -> HTML {
        switch filter.state {
        case .toPrint: ListParts.empty("Không có bản giấy nào chờ in.", registers())
        case .printed: ListParts.empty("Không có bản giấy nào chờ gửi.", registers())
        case .posted: ListParts.empty("Chưa gửi bản giấy nào.", registers())
        }
    }
}
