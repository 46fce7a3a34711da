// The history of a paper as this agency's own people may read it, newest first (decision 9).
import Domain
import Markup

package struct HistoryLine: Sendable, Equatable {
    package let at: Instant
    /// As the journal keeps it: "Trương Thị Mỹ Duyên, Văn thư".
    package let actor: String
    package let verb: Verb
    /// Facts of the act, already in words: "số đến 117"; may be empty.
    package let detail: String

    package init(at: Instant, actor: String, verb: Verb, detail: String = "") {
        (self.at, self.actor, self.verb, self.detail) = (at, actor, verb, detail)
    }

    var sentence: String { "\(actor) \(Vi.happened(verb))" + (detail.isEmpty ? "" : ": \(detail)") }
}

struct Trail {
    let frame: Frame
    let lines: [HistoryLine]

    func html() -> HTML {
        Panel(id: "lich-su", title: "Lịch sử").html(
            div(
                .class("in"),
                .when(
                    lines.isEmpty, p(.class("muted"), "Chưa có việc nào được ghi."),
                    else: ol(
                        .class("trail"),
                        .each(lines) { line in li(Marks.moment(line.at, frame), span(.text(line.sentence))) })
                )))
    }
}

/// A file of a paper, in a list of files.
package struct FileRow: Sendable, Equatable {
    /// Its place below the paper's address; 1 is the letter itself.
    package let number: Int
    package let name: String
    package let kind: DocumentFileKind
    package let size: Int
    /// 0 where pages do not apply.
    package let pages: Int
    /// Of its own signatures, where it has any.
    package let signature: StateMark?

    package init(
        number: Int, name: String, kind: DocumentFileKind, size: Int, pages: Int, signature: StateMark? = nil
    ) {
        self.number = number
        self.name = name
        self.kind = kind
        self.size = size
        self.pages = pages
        self.signature = signature
    }

    var measure: String { (pages > 0 ? "\(Vi.number(pages)) trang, " : "") + Vi.size(size) }
}

struct FileList {
    let frame: Frame
    let paper: OfficeAddress
    let files: [FileRow]

    func html() -> HTML {
        ul(
            .class("files"),
            .each(files) { file in
                li(
                    a(.href(frame.path(.file(paper, file.number))), .text(file.name)), " ",
                    small(.class("muted"), .text("\(Vi.documentFile(file.kind)), \(file.measure)")),
                    .maybe(file.signature) { .group(" ", Marks.state($0)) })
            })
    }
}
