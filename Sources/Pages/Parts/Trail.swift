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

/// What people did, and folded below it what came back from the recipients: thirty agencies report a hundred times.
struct Trail {
    let frame: Frame
    let lines: [HistoryLine]

    private static let reportsShown = 60

    func html() -> HTML {
        let reports = lines.filter { $0.verb == .deliveryStatusChanged }
        return Panel(id: "lich-su", title: "Lịch sử").html(
            div(
                .class("in stack"),
                .when(
                    lines.isEmpty, p(.class("muted"), "Chưa có việc nào được ghi."),
                    else: list(lines.filter { $0.verb != .deliveryStatusChanged })),
                .when(!reports.isEmpty, folded(reports))))
    }

    private func folded(_ reports: [HistoryLine]) -> HTML {
        details(
            .class("fold-in"),
            summary(.text("Nơi nhận báo về \(Vi.number(reports.count)) lần")),
            list(reports.prefix(Self.reportsShown)),
            .when(
                reports.count > Self.reportsShown,
                p(.class("small muted"), "Các lần trước đó xem ở bảng theo dõi gửi và nhật ký.")))
    }

    private func list(_ lines: some Sequence<HistoryLine>) -> HTML {
        ol(
            .class("trail"),
            .each(Array(lines)) { line in li(Marks.moment(line.at, frame), span(.text(line.sentence))) })
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
