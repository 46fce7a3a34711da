// Gửi thêm nơi nhận: somebody is looked up in the catalogue and ticked, with the reason; by which medium it goes, the rules say.
import Domain
import Markup

package struct MoreRecipientsPage: Sendable {
    package let frame: Frame
    package let number: IssuedNumber
    package let printed: String
    package let abstract: String
    /// What was looked for; empty before the first search.
    package let words: String
    package let found: [CatalogueRow]
    /// There were more than are shown.
    package let hasMore: Bool
    /// Who has got it.
    package let known: Set<ID<Agency>>
    /// In whose place; nil where nobody has refused it.
    package let instead: Instead?
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package struct Instead: Sendable, Equatable {
        package let delivery: ID<Delivery>
        package let name: String
        /// Why it was refused.
        package let reason: String

        package init(delivery: ID<Delivery>, name: String, reason: String) {
            (self.delivery, self.name, self.reason) = (delivery, name, reason)
        }

        package var words: String {
            "Gửi thay cho \(name) đã từ chối" + (reason.isEmpty ? "." : ": \(reason.endedSentence)")
        }
    }

    package init(
        frame: Frame, number: IssuedNumber, printed: String, abstract: String, words: String = "",
        found: [CatalogueRow] = [], hasMore: Bool = false, known: Set<ID<Agency>> = [],
        instead: Instead? = nil, entries: Entries = Entries(), refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.number = number
        self.printed = printed
        self.abstract = abstract
        self.words = words
        self.found = found
        self.hasMore = hasMore
        self.known = known
        self.instead = instead
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        let title = "Gửi thêm nơi nhận"
        return Shell(frame: frame, title: "\(title) – \(printed)", kind: .list, section: .issued(.list))
            .around(
                PageHead(crumb: crumb(), title: title, sub: .text("\(printed), \(abstract)")).html(),
                div(
                    .class("stack narrow-page"), RefusalNotes(refusals: refusals).summary(.recipientsAdded),
                    .maybe(instead) { p(.class("note warn"), .text($0.words)) }, search(), results()))
    }

    private func crumb() -> HTML {
        .group(
            a(.href(frame.path(.issuedList(IssuedFilter()))), "Văn bản đi"), " / ",
            a(.href(frame.path(.issued(number, BoardFilter())) + "#theo-doi"), .text(printed)))
    }

    private func search() -> HTML {
        ListParts.search(
            frame.path(.moreRecipients(number)), words: words, label: "Tên hoặc mã định danh", action: "Tìm",
            hidden: [("thay", instead?.delivery.description)])
    }

    private func results() -> HTML {
        if words.allSatisfy(\.isWhitespace) {
            return ListParts.empty(
                "Tìm nơi cần gửi thêm.",
                "Nhập tên có dấu hoặc không dấu, mã định danh, hoặc cơ quan chủ quản.")
        }
        if found.isEmpty {
            return ListParts.empty(
                "Danh bạ không có nơi nào khớp “\(words)”.", "Thử ít từ hơn, hoặc mã định danh.")
        }
        return form(
            .class("panel"), .method(.post),
            .action(frame.path(.moreRecipients(number, words: words, instead: instead?.delivery))),
            SealFields.hidden(seal),
            div(
                .class("in stack"),
                ul(.class("ticks"), .id(FormFields.recipients), .each(found) { tick($0) }),
                .when(hasMore, p(.class("small muted"), "Còn nơi khác; gõ rõ hơn để thấy.")),
                div(
                    .class("form"),
                    Controls(entries: entries, notes: RefusalNotes(refusals: refusals)).paragraph(
                        .reason, 12, rows: 2, required: true,
                        hint:
                            "Nêu ý kiến chỉ đạo cho gửi thêm. Lý do được ghi vào nhật ký và hiện ở trang văn bản."
                    )),
                p(
                    .class("hint"),
                    "Gửi điện tử hay bản giấy theo quy định về hình thức gửi đang áp dụng; bản giấy vào hàng chờ in."
                ),
                p(.class("btns"), button(.class("btn main"), .type(.submit), "Gửi thêm nơi đã chọn"))))
    }

    private func tick(_ row: CatalogueRow) -> HTML {
        let agency = row.agency, has = known.contains(agency.id)
        let details = [agency.messageCode, agency.superiorName, Vi.way(agency.channel)]
        return li(
            label(
                .class("pick"),
                input(
                    .type(.checkbox), .name(FormFields.recipients), .value(agency.id.description),
                    .when(entries.has(FormFields.recipients, agency.id.description), .checked),
                    .when(has || !row.isValid, .disabled)),
                span(
                    .text(agency.name),
                    small(
                        .class("under"), .text(details.filter { !$0.isEmpty }.joined(separator: " · "))),
                    .when(has, small(.class("under"), Marks.state(StateMark(.ok, "Đã là nơi nhận")))),
                    .when(!row.isValid, CatalogueParts.validity(row, frame)))))
    }
}
