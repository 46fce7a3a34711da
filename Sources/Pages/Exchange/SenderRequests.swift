// Đề nghị của nơi gửi: what the sender asks about a document that is here, with the clerk's two answers. A correction stands
// beside what it corrects; once it was agreed to, what stood before can still be read.
import Domain
import Markup

/// One version of a letter, with the address its files are below.
package struct LetterVersion: Sendable, Equatable {
    package let facts: DocumentParticulars
    package let typeName: String
    package let files: [FileRow]
    package let paper: OfficeAddress

    package init(facts: DocumentParticulars, typeName: String, files: [FileRow], paper: OfficeAddress) {
        self.facts = facts
        self.typeName = typeName
        self.files = files
        self.paper = paper
    }
}

/// What the sender asked about a document that is here, and what was answered.
package struct SenderRequest: Sendable, Equatable {
    package let request: ExchangeRequest
    /// Nobody, where there was nothing to decide.
    package let decidedBy: String
    /// The sender says that this agency is no recipient any more.
    package let isRemoval: Bool
    /// What is here now; nil where the request brings no other version.
    package let present: LetterVersion?
    /// What it corrects to while it is open; what stood before once it was agreed to.
    package let other: LetterVersion?
    /// What was noticed about the files it brings.
    package let checks: [ArrivalCheck]

    package init(
        request: ExchangeRequest, decidedBy: String = "", isRemoval: Bool = false,
        present: LetterVersion? = nil, other: LetterVersion? = nil, checks: [ArrivalCheck] = []
    ) {
        self.request = request
        self.decidedBy = decidedBy
        self.isRemoval = isRemoval
        self.present = present
        self.other = other
        self.checks = checks
    }

    var isOpen: Bool { request.state == .asked }
}

struct SenderRequestPanel {
    let frame: Frame
    let receipt: ID<Receipt>
    let requests: [SenderRequest]
    let decides: Bool
    let entries: Entries
    let refusals: [Refusal]
    let seal: FormSeal

    func html() -> HTML {
        .when(
            !requests.isEmpty,
            Panel(id: "de-nghi", title: "Đề nghị của nơi gửi").html(
                div(.class("in"), .each(requests) { one($0) })))
    }

    private func one(_ line: SenderRequest) -> HTML {
        let request = line.request
        return div(
            .class("say stack"),
            p(
                b(.text(Vi.title(line))), " ",
                Marks.state(line.isOpen ? StateMark(.warn, "Chờ trả lời") : Vi.state(request))),
            p(.text(request.note)), small(.text("Nhận lúc \(Vi.fullMoment(request.askedAt))")),
            .maybe(request.answeredAt) { at in
                small(
                    .text(
                        [line.decidedBy, Vi.fullMoment(at), request.answer].filter { !$0.isEmpty }
                            .joined(separator: ", ")))
            },
            versions(line),
            .when(line.isOpen && decides, doors(line)))
    }

    private func versions(_ line: SenderRequest) -> HTML {
        guard let other = line.other else { return .empty }
        if line.isOpen, let present = line.present {
            return .group(
                VersionTable(frame: frame, present: present, corrected: other).html(),
                .when(
                    !line.checks.isEmpty,
                    ul(
                        .class("checks"),
                        .each(line.checks) { li(span(.text($0.words)), Marks.state($0.mark)) })))
        }
        return FormerVersion(frame: frame, version: other).html()
    }

    private func doors(_ line: SenderRequest) -> HTML {
        let request = line.request, notes = RefusalNotes(refusals: refusals)
        return .group(
            notes.summary(.requestDecided), p(.class("small"), .text(Vi.consequence(line))),
            form(
                .method(.post), .action(frame.path(.requestAct(receipt, request.id, .agree))),
                SealFields.hidden(seal),
                button(
                    .class(request.kind == .recall ? "btn stop" : "btn main"), .type(.submit),
                    .text(Vi.agreeing(line)))),
            details(
                .class("fold-in"), .when(!refusals.isEmpty, .open), summary("Không đồng ý"),
                form(
                    .class("stack"), .method(.post),
                    .action(frame.path(.requestAct(receipt, request.id, .refuse))), SealFields.hidden(seal),
                    label(.for("ly-do-\(request.id)"), .class("need"), "Lý do không đồng ý"),
                    textarea(
                        .id("ly-do-\(request.id)"), .name(FormFields.reason), .rows(2), .required,
                        .text(refusals.isEmpty ? "" : entries[FormFields.reason])),
                    p(.class("hint"), "Nơi gửi đọc được lý do này."),
                    p(.class("btns"), button(.class("btn"), .type(.submit), "Không đồng ý, báo nơi gửi")))))
    }
}

/// What is here beside what the sender corrects it to; what differs is marked.
struct VersionTable {
    let frame: Frame
    let present: LetterVersion
    let corrected: LetterVersion

    func html() -> HTML {
        table(
            .class("grid versions"),
            ListParts.heads("Nội dung", "Bản hiện có", "Bản nơi gửi sửa"),
            tbody(
                .each(rows) { row in
                    tr(
                        th(.scope(.row), .text(row.name)), td(.text(row.before)),
                        td(row.before == row.after ? .text(row.after) : b(.text(row.after))))
                }, files()))
    }

    private struct Row {
        let name: String
        let before: String
        let after: String
    }

    private var rows: [Row] {
        func row(_ name: String, _ words: (LetterVersion) -> String) -> Row {
            Row(name: name, before: words(present), after: words(corrected))
        }
        let always = [
            row("Trích yếu") { $0.facts.abstract }, row("Ngày văn bản") { Vi.date($0.facts.date) },
        ]
        let others = [
            row("Số, ký hiệu") { $0.facts.numberAndNotation }, row("Loại văn bản") { $0.typeName },
            row("Cơ quan ban hành") { $0.facts.issuingAgency }, row("Người ký") { $0.facts.signer },
            row("Mức độ khẩn") { Vi.urgency($0.facts.urgency) },
        ]
        return always + others.filter { $0.before != $0.after }
    }

    private func files() -> HTML {
        func list(_ version: LetterVersion) -> HTML {
            version.files.isEmpty
                ? span(.class("muted"), "Không có tệp")
                : FileList(frame: frame, paper: version.paper, files: version.files).html()
        }
        return tr(th(.scope(.row), "Tệp"), td(list(present)), td(list(corrected)))
    }
}

/// What stood before a correction was agreed to.
struct FormerVersion {
    let frame: Frame
    let version: LetterVersion

    func html() -> HTML {
        div(
            .class("stack"),
            p(
                .class("small"), b("Bản trước khi sửa: "),
                .text(
                    "\(version.facts.numberAndNotation) ngày \(Vi.date(version.facts.date)), \(version.facts.abstract)"
                )),
            FileList(frame: frame, paper: version.paper, files: version.files).html())
    }
}

/// "Văn bản này đã được thay thế bởi …": on everything that stands for the older one.
struct ReplacedNote {
    let frame: Frame
    let papers: [NamedPaper]

    func html() -> HTML {
        .when(
            !papers.isEmpty,
            div(
                .class("note bad"), .role("status"), b("Văn bản này đã được thay thế."),
                .each(papers) { paper in
                    p(
                        "Thay thế bởi ",
                        paper.address.map { a(.href(frame.path($0)), .text(paper.words)) }
                            ?? .text(paper.words), ".")
                }))
    }
}
