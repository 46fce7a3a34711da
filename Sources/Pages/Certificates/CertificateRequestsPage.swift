// Đề nghị về chứng thư số: made by a person or by the clerk for the agency, collected and answered by the focal unit
// (D12). The list prints as it stands; the focal unit also takes it away as a table.
import Domain
import Markup

package struct CertificateRequestLine: Sendable, Equatable {
    package let id: ID<CertificateRequest>
    package let requestedAt: Instant
    package let agencyName: String
    package let subjectName: String
    package let requester: String
    package let kind: CertificateRequestKind
    package let details: String
    package let state: CertificateRequestState
    /// What the focal unit wrote last, and when.
    package let answer: String
    package let answeredAt: Instant?
    package let canAnswer: Bool
    package let canWithdraw: Bool

    package init(
        id: ID<CertificateRequest>, requestedAt: Instant, agencyName: String, subjectName: String,
        requester: String, kind: CertificateRequestKind, details: String, state: CertificateRequestState,
        answer: String = "", answeredAt: Instant? = nil, canAnswer: Bool = false, canWithdraw: Bool = false
    ) {
        self.id = id
        self.requestedAt = requestedAt
        self.agencyName = agencyName
        self.subjectName = subjectName
        self.requester = requester
        self.kind = kind
        self.details = details
        self.state = state
        self.answer = answer
        self.answeredAt = answeredAt
        self.canAnswer = canAnswer
        self.canWithdraw = canWithdraw
    }
}

package struct CertificateRequestsPage: Sendable {
    package let frame: Frame
    package let lines: [CertificateRequestLine]
    package let openRequests: Int
    package let filter: CertificateRequestFilter
    package let next: String?
    /// Collects the requests of all agencies.
    package let isFocal: Bool
    /// Where requests go, as the page says it; empty when nobody is named.
    package let focal: String
    package let subjects: [KeySubject]
    package let entries: Entries
    package let refusals: [Refusal]
    /// What was refused: the request, the withdrawal or the answer.
    package let refusedVerb: Verb
    package let seal: FormSeal

    package init(
        frame: Frame, lines: [CertificateRequestLine], openRequests: Int,
        filter: CertificateRequestFilter = CertificateRequestFilter(), next: String? = nil, isFocal: Bool,
        focal: String, subjects: [KeySubject], entries: Entries = Entries(), refusals: [Refusal] = [],
        refusedVerb: Verb = .certificateRequested, seal: FormSeal
    ) {
        self.frame = frame
        self.lines = lines
        self.openRequests = openRequests
        self.filter = filter
        self.next = next
        self.isFocal = isFocal
        self.focal = focal
        self.subjects = subjects
        self.entries = entries
        self.refusals = refusals
        self.refusedVerb = refusedVerb
        self.seal = seal
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        return Shell(frame: frame, title: "Đề nghị về chứng thư số", kind: .list, section: .elsewhere).around(
            PageHead(
                crumb: a(.href(frame.path(.certificates)), "Chứng thư số"), title: "Đề nghị về chứng thư số",
                sub: .text(isFocal ? "Tổng hợp của các cơ quan" : "")
            ).html(),
            notes.summary(refusedVerb, withLinks: refusedVerb == .certificateRequested),
            CertificateTabs(frame: frame, openRequests: openRequests, isRequests: true).html(),
            div(
                .class("stack gap-top"), bar(), lines.isEmpty ? nothing() : table(),
                ListParts.more(
                    next.map {
                        frame.path(.certificateRequests(CertificateRequestFilter(all: filter.all, after: $0)))
                    },
                    shown: lines.count, total: filter.all ? nil : openRequests),
                .when(!subjects.isEmpty, newRequest(notes))))
    }

    private func bar() -> HTML {
        p(
            .class("btns noprint"),
            filter.all
                ? a(.href(frame.path(.certificateRequests())), "Chỉ xem đề nghị chưa xong")
                : a(
                    .href(frame.path(.certificateRequests(CertificateRequestFilter(all: true)))),
                    "Xem cả đề nghị đã xong"),
            .when(
                !lines.isEmpty,
                a(.class("btn"), .href(frame.path(.certificateRequestsFile)), "Tải bảng tổng hợp (CSV)")))
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Đề nghị về chứng thư số, mới nhất trước"),
            ListParts.heads(
                "Gửi lúc", "Người, cơ quan", "Nội dung đề nghị", "Người gửi", "Trạng thái", "Việc tiếp theo"),
            tbody(.each(lines) { line($0) }))
    }

    private func line(_ line: CertificateRequestLine) -> HTML {
        tr(
            td(.class("num"), .dataLabel("Gửi lúc"), Marks.moment(line.requestedAt, frame)),
            th(
                .scope(.row), .class("full subject"), b(.text(line.subjectName)),
                .when(
                    line.agencyName != line.subjectName, small(.class("under"), .text(line.agencyName)))),
            td(
                .class("full wide"), .text(Vi.request(line.kind)),
                .when(!line.details.isEmpty, small(.class("under"), .text(line.details)))),
            td(.dataLabel("Người gửi"), .text(line.requester)),
            td(
                .class("full"), Marks.state(Vi.state(line.state)),
                .when(!line.answer.isEmpty, small(.class("under"), .text(line.answer))),
                .maybe(line.answeredAt) { small(.class("under"), .text(Vi.fullMoment($0))) }),
            td(
                .class("full noprint"), .when(line.canAnswer, answerForm(line)),
                .when(line.canWithdraw, withdrawForm(line))))
    }

    private func answerForm(_ line: CertificateRequestLine) -> HTML {
        let kinds = CertificateAnswerKind.allCases.filter { $0 != .collected || line.state == .open }
        return details(
            summary("Ghi kết quả", Marks.unseen(" cho đề nghị của \(line.subjectName)")),
            form(
                .class("stack"), .method(.post),
                .action(frame.path(.certificateRequestAct(line.id, .answer))),
                SealFields.hidden(seal),
                label(.for("kq-\(line.id)"), "Kết quả"),
                select(
                    .id("kq-\(line.id)"), .name(FormFields.answerKind),
                    .each(kinds) { option(.value($0.rawValue), .text(Vi.answer($0))) }),
                label(.for("yk-\(line.id)"), "Ghi chú cho người gửi"),
                textarea(.id("yk-\(line.id)"), .name(FormFields.comment), .rows(2)),
                p(.class("btns"), button(.class("btn"), .type(.submit), "Ghi kết quả"))))
    }

    private func withdrawForm(_ line: CertificateRequestLine) -> HTML {
        form(
            .method(.post), .action(frame.path(.certificateRequestAct(line.id, .withdraw))),
            SealFields.hidden(seal),
            button(
                .class("btn tiny"), .type(.submit), "Rút đề nghị", Marks.unseen(" của \(line.subjectName)")))
    }

    private func nothing() -> HTML {
        filter.all
            ? ListParts.empty("Chưa có đề nghị nào.", "")
            : ListParts.empty(
                "Không có đề nghị nào chưa xong.",
                a(
                    .href(frame.path(.certificateRequests(CertificateRequestFilter(all: true)))),
                    "Xem cả đề nghị đã xong"))
    }

    private func newRequest(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(
            entries: entries, notes: refusedVerb == .certificateRequested ? notes : RefusalNotes(refusals: [])
        )
        return Panel(id: "gui-de-nghi", title: "Gửi đề nghị").html(
            div(
                .class("in"),
                form(
                    .class("stack"), .method(.post), .action(frame.path(.certificateRequests())),
                    SealFields.hidden(seal),
                    div(
                        .class("form"),
                        controls.choice(
                            .requestSubject, 6, subjects.map { Option(value: $0.slug, text: $0.words) }),
                        controls.choice(
                            .requestKind, 6,
                            CertificateRequestKind.allCases.map {
                                Option(value: $0.rawValue, text: Vi.request($0))
                            },
                            required: true, empty: "Chọn một nội dung"),
                        controls.paragraph(
                            .requestDetails, 12, rows: 3,
                            hint: "Thông tin cần đổi, tình trạng thiết bị, hoặc lý do thu hồi.")),
                    p(
                        .class("btns"), button(.class("btn main"), .type(.submit), "Gửi đề nghị cho đầu mối"),
                        span(.class("small muted"), .text(focalWords))))))
    }

    private var focalWords: String {
        focal.isEmpty
            ? "Chưa cử đầu mối chứng thư số; người quản trị của cơ quan sẽ trả lời."
            : "Đầu mối tổng hợp: \(focal)."
    }
}
