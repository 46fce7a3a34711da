// Chứng thư số: who has one, until when, whether it works, which request is open (D12). Whoever owns one, and the
// clerk for the agency's, can try it here.
import Domain
import Markup

package struct CertificateLine: Sendable, Equatable {
    package struct Certificate: Sendable, Equatable {
        package let kind: KeyKind
        package let device: String
        package let expiresAt: Instant
        package let isLocked: Bool
        package let lastTest: KeyTest?

        package init(kind: KeyKind, device: String, expiresAt: Instant, isLocked: Bool, lastTest: KeyTest?) {
            self.kind = kind
            self.device = device
            self.expiresAt = expiresAt
            self.isLocked = isLocked
            self.lastTest = lastTest
        }
    }

    package let name: String
    /// Empty for the agency.
    package let title: String
    package let isAgencys: Bool
    package let isMine: Bool
    /// Whoever signs documents or seals them needs one.
    package let needsOne: Bool
    package let certificate: Certificate?
    package let openRequest: CertificateRequestKind?

    package init(
        name: String, title: String, isAgencys: Bool, isMine: Bool, needsOne: Bool, certificate: Certificate?,
        openRequest: CertificateRequestKind?
    ) {
        self.name = name
        self.title = title
        self.isAgencys = isAgencys
        self.isMine = isMine
        self.needsOne = needsOne
        self.certificate = certificate
        self.openRequest = openRequest
    }
}

package struct CertificatesPage: Sendable {
    package let frame: Frame
    package let lines: [CertificateLine]
    /// Requests that wait, of those this person sees.
    package let openRequests: Int
    /// Whose certificate this person can try; the first is chosen.
    package let testable: [KeySubject]
    package let warnings: [ExpiryWarning]
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, lines: [CertificateLine], openRequests: Int, testable: [KeySubject],
        warnings: [ExpiryWarning] = [], entries: Entries = Entries(), refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.lines = lines
        self.openRequests = openRequests
        self.testable = testable
        self.warnings = warnings
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Chứng thư số", kind: .list, section: .elsewhere).around(
            PageHead(title: "Chứng thư số", sub: .text(subtitle)).html(),
            RefusalNotes(refusals: refusals).summary(.keyTested),
            ExpiryNote(frame: frame, warnings: warnings, linksToPage: false).html(),
            CertificateTabs(frame: frame, openRequests: openRequests, isRequests: false).html(),
            div(.class("stack gap-top"), table(), .when(!testable.isEmpty, testPanel())))
    }

    private var subtitle: String {
        let held = lines.count { $0.certificate != nil }
        return lines.count > 2
            ? "\(Vi.number(held)) trên \(Vi.number(lines.count)) người và cơ quan đã có" : ""
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Chứng thư số của cơ quan và của từng người"),
            ListParts.heads(
                "Người, cơ quan", "Số thiết bị", "Nơi giữ khóa", "Hết hạn", "Trạng thái", "Đề nghị đang mở"),
            tbody(
                .each(lines) { line in
                    tr(
                        th(
                            .scope(.row), .class("full subject"), b(.text(line.name)),
                            .when(!line.title.isEmpty, small(.class("under"), .text(line.title)))),
                        td(.class("num"), .dataLabel("Số thiết bị"), .text(device(line))),
                        td(
                            .dataLabel("Nơi giữ khóa"),
                            .text(line.certificate.map { Vi.keyKind($0.kind) } ?? "")),
                        td(
                            .class("num"), .dataLabel("Hết hạn"),
                            .text(line.certificate.map { Vi.date($0.expiresAt.officeDate) } ?? "")),
                        td(.class("full"), state(line)),
                        td(.dataLabel("Đề nghị"), .text(line.openRequest.map(Vi.request) ?? "")))
                }))
    }

    private func device(_ line: CertificateLine) -> String {
        guard let certificate = line.certificate else { return "" }
        return certificate.device.isEmpty && certificate.kind == .file
            ? "không dùng thiết bị" : certificate.device
    }

    private func state(_ line: CertificateLine) -> HTML {
        let mark = Vi.state(line, now: frame.now)
        return .group(
            Marks.state(mark),
            .maybe(line.certificate?.lastTest) { test in
                small(.class("under"), .text("\(Vi.test(test.result)), \(Vi.fullMoment(test.at))"))
            })
    }

    private func testPanel() -> HTML {
        let controls = Controls(entries: entries, notes: RefusalNotes(refusals: refusals))
        return Panel(id: "tu-kiem-tra", title: "Tự kiểm tra").html(
            div(
                .class("in"),
                form(
                    .class("stack"), .method(.post), .action(frame.path(.testCertificate)),
                    SealFields.hidden(seal),
                    p(
                        .class("hint"),
                        "Hệ thống ký thử một trang trắng rồi kiểm tra chữ ký như với mọi văn bản. Không có văn bản nào bị thay đổi."
                    ),
                    div(
                        .class("form"),
                        controls.choice(
                            .requestSubject, 6, testable.map { Option(value: $0.slug, text: $0.words) },
                            label: "Chứng thư số của"),
                        controls.secret(
                            .pin, 6, label: "Mã PIN", hint: "Sai 5 lần thì chứng thư số bị khóa.",
                            autocomplete: "off")),
                    p(.class("btns"), button(.class("btn main"), .type(.submit), "Kiểm tra chứng thư số")))))
    }
}

/// Whose certificate: one's own, or the agency's.
package enum KeySubject: String, Sendable, CaseIterable {
    case own, agency

    package var slug: String { self == .own ? "toi" : "co-quan" }

    package init?(slug: String) {
        guard let subject = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = subject
    }

    var words: String { self == .own ? "Của tôi" : "Của cơ quan" }
}

/// The two pages of certificates.
struct CertificateTabs {
    let frame: Frame
    let openRequests: Int
    let isRequests: Bool

    func html() -> HTML {
        ListParts.tabs(
            "Chứng thư số và đề nghị",
            [
                Tab(words: "Danh sách", path: frame.path(.certificates), count: nil, isCurrent: !isRequests),
                Tab(
                    words: "Đề nghị", path: frame.path(.certificateRequests()), count: openRequests,
                    isCurrent: isRequests),
            ])
    }
}

/// A certificate that ends soon, or has ended.
package struct ExpiryWarning: Sendable, Equatable {
    package let isAgencys: Bool
    package let expiresAt: Instant
    /// Negative when it has ended.
    package let daysLeft: Int

    package init(isAgencys: Bool, expiresAt: Instant, daysLeft: Int) {
        (self.isAgencys, self.expiresAt, self.daysLeft) = (isAgencys, expiresAt, daysLeft)
    }
}

struct ExpiryNote {
    let frame: Frame
    let warnings: [ExpiryWarning]
    var linksToPage = true

    func html() -> HTML {
        .each(warnings) { warning in
            p(
                .classes("note", "told", warning.daysLeft < 0 ? "bad" : "warn"),
                .text(Vi.expiry(warning) + " "),
                a(.href(frame.path(.certificateRequests())), "Gửi đề nghị gia hạn"),
                .when(linksToPage, .group(" · ", a(.href(frame.path(.certificates)), "Xem chứng thư số"))))
        }
    }
}
