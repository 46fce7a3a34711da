// Chờ ký: every draft that waits for my signature. Those whose places are found on the page can be ticked and signed
// together with one entry of the PIN; the others say why not and lead to their own signing page.
import Domain
import Markup

package struct ToSignRow: Sendable, Equatable {
    package let code: Int
    package let abstract: String
    package let typeName: String
    package let drafter: String
    package let version: Int
    package let revision: Int
    package let pdfHash: String
    package let urgency: Urgency
    package let dueAt: Instant?
    /// Why it is not signed together with others; none: it can be.
    package let refusals: [Refusal]

    package init(
        code: Int, abstract: String, typeName: String, drafter: String, version: Int, revision: Int,
        pdfHash: String, urgency: Urgency, dueAt: Instant?, refusals: [Refusal]
    ) {
        self.code = code
        self.abstract = abstract
        self.typeName = typeName
        self.drafter = drafter
        self.version = version
        self.revision = revision
        self.pdfHash = pdfHash
        self.urgency = urgency
        self.dueAt = dueAt
        self.refusals = refusals
    }

    /// What a tick stands for: the very bytes that were listed, and the slip they were listed with.
    package var choice: String { "\(code)-\(version)-\(revision)-\(pdfHash)" }
}

package struct ToSignPage: Sendable {
    package let frame: Frame
    package let rows: [ToSignRow]
    package let key: SignPage.Key?
    /// Whether the certificate can sign several at once.
    package let sign: Door
    /// Everything that can be is ticked.
    package let allChosen: Bool
    package let next: String?
    /// A batch of mine that is still being signed.
    package let running: String?
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, rows: [ToSignRow], key: SignPage.Key?, sign: Door, allChosen: Bool = false,
        next: String? = nil, running: String? = nil, entries: Entries = Entries(), refusals: [Refusal] = [],
        seal: FormSeal
    ) {
        self.frame = frame
        self.rows = rows
        self.key = key
        self.sign = sign
        self.allChosen = allChosen
        self.next = next
        self.running = running
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        let ready = rows.filter(\.refusals.isEmpty).count
        return Shell(frame: frame, title: "Chờ ký", kind: .list, section: .drafts(.toSign)).around(
            PageHead(
                crumb: a(.href(frame.path(.drafts(DraftFilter()))), "Dự thảo – Phiếu trình"), title: "Chờ ký",
                sub: .text(subtitle(ready))
            ).html(),
            notes.summary(.signingBatchStarted), runningNote(),
            rows.isEmpty ? nothing() : list(ready, notes))
    }

    private func subtitle(_ ready: Int) -> String {
        if rows.isEmpty { return "" }
        let total = "\(Vi.number(rows.count)) dự thảo\(next == nil ? "" : " đầu tiên")"
        return ready == rows.count ? total : "\(total), \(Vi.number(ready)) ký được cùng một lượt"
    }

    private func runningNote() -> HTML {
        .maybe(running) { id in
            p(
                .class("note"), "Một lượt ký của ông/bà đang chạy. ",
                a(.href(frame.path(.progress(id))), "Xem tiến trình"))
        }
    }

    private func list(_ ready: Int, _ notes: RefusalNotes) -> HTML {
        form(
            .class("stack gap-top"), .method(.post), .action(frame.path(.signSeveral)),
            SealFields.hidden(seal),
            .when(ready > 0, chooseAll(ready)),
            table(),
            ListParts.more(
                next.map { frame.path(.toSign(after: $0)) }, shown: rows.count, total: frame.counts.toSign),
            DoorButton.reasons(
                ready > 0 ? sign.reasons : [], id: "vi-sao",
                heading: "Chưa ký nhiều văn bản một lần được, vì:"),
            .when(ready > 0, signing(notes)))
    }

    private func chooseAll(_ ready: Int) -> HTML {
        p(
            .class("btns"),
            allChosen
                ? a(.class("btn"), .href(frame.path(.toSign())), "Bỏ chọn tất cả")
                : a(
                    .class("btn"), .href(frame.path(.toSign(all: true))),
                    .text("Chọn tất cả \(Vi.number(ready)) dự thảo ký được")),
            span(.class("small muted"), "Mở từng dự thảo để đọc trước khi ký."))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Dự thảo chờ ông/bà ký, việc gấp trước"),
            ListParts.heads(
                "Chọn", "Trích yếu", "Loại", "Người soạn", "Phiên bản", "Hạn", "Vị trí ký trên trang"),
            tbody(.each(rows) { row($0) }))
    }

    private func row(_ row: ToSignRow) -> HTML {
        let canSign = row.refusals.isEmpty
        let address: OfficeAddress = canSign ? .draft(row.code) : .draftAct(row.code, .sign)
        return tr(
            td(
                .class("num"),
                canSign
                    ? Controls.check(
                        FormFields.chosen, value: row.choice, id: "chon-\(row.code)",
                        checked: allChosen || entries.has(FormFields.chosen, row.choice),
                        .group(.text("DT-\(row.code)"), Marks.unseen(" – chọn để ký")))
                    : .text("DT-\(row.code)")),
            th(
                .scope(.row), .class("full wide"),
                a(
                    .class("plain-abs"), .href(frame.path(address)), Marks.stamp(row.urgency),
                    .text(row.abstract))),
            td(.text(row.typeName)), td(.dataLabel("Người soạn"), .text(row.drafter)),
            td(.class("num"), .dataLabel("Phiên bản"), .number(row.version)),
            td(Marks.dueCell(frame.due(row.dueAt))),
            td(.class("full"), canSign ? Marks.state(StateMark(.ok, "Đủ vị trí")) : why(row)))
    }

    private func why(_ row: ToSignRow) -> HTML {
        .group(
            Marks.state(StateMark(.warn, "Ký riêng")),
            ul(.class("reasons"), .each(row.refusals) { li(.text(Vi.refusal($0).why)) }),
            a(
                .href(frame.path(.draftAct(row.code, .sign))), "Xem và ký riêng",
                Marks.unseen(" DT-\(row.code)")))
    }

    private func signing(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return Panel(id: "ky-voi", title: "Ký với").html(
            div(
                .class("in stack"), certificate(),
                div(
                    .class("form"),
                    controls.secret(
                        .pin, 6, label: "Mã PIN",
                        hint: "Nhập một lần cho cả lượt. Sai 5 lần thì chứng thư số bị khóa.",
                        autocomplete: "off")),
                p(
                    .class("btns"),
                    DoorButton(
                        door: sign, words: "Ký số các dự thảo đã chọn", look: "main", reasonsID: "vi-sao"
                    ).submit(),
                    span(
                        .class("small muted"),
                        "Mỗi văn bản được ký và ghi nhật ký riêng; văn bản không ký được không làm dừng các văn bản khác."
                    ))))
    }

    private func certificate() -> HTML {
        guard let key else { return p(Marks.state(StateMark(.late, "Chưa có chứng thư số"))) }
        var facts = Facts()
        facts.add("Chứng thư số của", key.holder)
        facts.add("Còn hạn đến", Vi.date(key.validUntil))
        return facts.html()
    }

    private func nothing() -> HTML {
        ListParts.empty(
            "Không có dự thảo nào chờ ông/bà ký.", a(.href(frame.path(.desk(nil))), "Về Việc của tôi"))
    }
}
