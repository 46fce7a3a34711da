// The two registers of paper: of certified copies, and of what was posted, with the columns of Nghị định 30/2020, Phụ lục IV.
// Both are printed and bound (Điều 16, khoản 2).
import Domain
import Markup

package struct CopyLine: Sendable, Equatable {
    package let copy: CertifiedCopy
    package let document: String
    package let date: OfficeDate
    package let abstract: String
    package let recipients: [String]

    package init(
        copy: CertifiedCopy, document: String, date: OfficeDate, abstract: String, recipients: [String]
    ) {
        self.copy = copy
        self.document = document
        self.date = date
        self.abstract = abstract
        self.recipients = recipients
    }
}

/// Head, years and paging that both registers share.
struct PaperRegister {
    let frame: Frame
    let title: String
    let year: Int
    let path: (Int) -> String
    let next: String?

    func html(_ table: HTML) -> HTML {
        Shell(frame: frame, title: "\(title) \(year)", kind: .list, section: .issued(.paper)).around(
            letterhead(),
            PageHead(
                crumb: a(.class("noprint"), .href(frame.path(.paperQueue(PaperFilter()))), "Gửi bản giấy"),
                title: "\(title) \(year)",
                sub: span(.class("noprint"), .text(frame.agencyName))
            ).html(),
            div(
                .class("stack gap-top ngang"),
                p(
                    .class("btns noprint"), a(.href(path(year - 1)), .text("Năm \(year - 1)")),
                    .when(
                        year < frame.now.officeDate.year, a(.href(path(year + 1)), .text("Năm \(year + 1)"))),
                    span(.class("small muted"), "In trang này bằng lệnh in của trình duyệt, khổ A4 ngang.")),
                table,
                .maybe(next) { p(.class("more noprint"), a(.href($0), "Hiện thêm")) }))
    }

    /// On paper only: whose register it is, as Nghị định 30/2020, Phụ lục IV begins one.
    private func letterhead() -> HTML {
        div(
            .class("onpaper"), .when(!frame.superiorLine.isEmpty, p(.text(frame.superiorLine))),
            p(b(.text(frame.agencyName.uppercased()))))
    }
}

package struct CopyRegisterPage: Sendable {
    package let frame: Frame
    package let year: Int
    package let lines: [CopyLine]
    package let next: Int?

    package init(frame: Frame, year: Int, lines: [CopyLine], next: Int?) {
        self.frame = frame
        self.year = year
        self.lines = lines
        self.next = next
    }

    package func html() -> HTML {
        PaperRegister(
            frame: frame, title: "Sổ bản sao", year: year, path: { frame.path(.copyRegister($0)) },
            next: next.map { frame.path(.copyRegister(year)) + "?sau=\($0)" }
        ).html(lines.isEmpty ? ListParts.empty("Năm \(year) chưa lập bản sao nào.", "") : table())
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Sổ bản sao năm \(year)"),
            ListParts.heads(
                "Số, ký hiệu bản sao", "Ngày sao", "Văn bản được sao", "Người ký bản sao", "Số bản",
                "Nơi nhận",
                "Bản in"),
            tbody(
                .each(lines) { line in
                    tr(
                        .class("line"),
                        th(.scope(.row), .class("num"), .text(line.copy.numberAndNotation)),
                        td(.class("num"), .text(Vi.date(line.copy.date))),
                        td(
                            .class("full wide"), .text("\(line.document) ngày \(Vi.date(line.date))"),
                            small(.class("under"), .text(line.abstract))),
                        td(.class("full"), .text(line.copy.signer)),
                        td(.class("num"), .dataLabel("Số bản"), .text("\(line.copy.count)")),
                        td(.class("full wide"), .text(line.recipients.joined(separator: "; "))),
                        td(
                            .class("noprint nowrap"),
                            a(
                                .href(frame.path(.copyFile(line.copy.id))), "Tải PDF",
                                Marks.unseen(" của bản sao \(line.copy.numberAndNotation)"))))
                }))
    }
}

package struct PostingRegisterPage: Sendable {
    package let frame: Frame
    package let year: Int
    package let lines: [PaperLine]
    package let next: Int?

    package init(frame: Frame, year: Int, lines: [PaperLine], next: Int?) {
        self.frame = frame
        self.year = year
        self.lines = lines
        self.next = next
    }

    package func html() -> HTML {
        PaperRegister(
            frame: frame, title: "Sổ gửi văn bản đi bưu điện", year: year,
            path: { frame.path(.postingRegister($0)) },
            next: next.map { frame.path(.postingRegister(year)) + "?sau=\($0)" }
        ).html(lines.isEmpty ? ListParts.empty("Năm \(year) chưa gửi bản giấy nào.", "") : table())
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Sổ gửi văn bản đi bưu điện năm \(year)"),
            ListParts.heads(
                "TT", "Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Số lượng bì",
                "Ký nhận và dấu bưu điện", "Ghi chú"),
            tbody(
                .each(lines) { line in
                    let posting = line.posting
                    return tr(
                        .class("line"),
                        th(.scope(.row), .class("num"), .text(posting.map { "\($0.number)" } ?? "")),
                        td(.class("num"), .text(posting.map { Vi.date($0.day) } ?? "")),
                        td(.class("num"), .text(line.numberAndNotation)),
                        td(
                            .class("full wide"), .text(line.recipientName),
                            small(.class("under"), .text(line.address))),
                        td(
                            .class("num"), .dataLabel("Số bì"), .text(posting.map { "\($0.envelopes)" } ?? "")
                        ),
                        td(.class("full wideonly"), .text("")),
                        td(.class("full"), .text(Self.note(posting))))
                }))
    }

    private static func note(_ posting: Posting?) -> String {
        guard let posting else { return "" }
        return [Vi.way(posting.way), posting.carrier, posting.note].filter { !$0.isEmpty }.joined(
            separator: "; ")
    }
}
