// Một cơ quan trong danh bạ: its codes and superior, how letters reach it, and — for the clerk — putting mail, address and
// way right. The same page without an agency adds one that is in no catalogue.
import Domain
import Markup

package struct CorrespondentPage: Sendable {
    package let frame: Frame
    /// nil: a new one.
    package let row: CatalogueRow?
    package let channels: [Channel]
    package let mayChange: Bool
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, row: CatalogueRow?, channels: [Channel], mayChange: Bool, entries: Entries,
        refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.row = row
        self.channels = channels
        self.mayChange = mayChange
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        let title = row?.agency.name ?? "Thêm cơ quan ngoài danh bạ"
        let notes = RefusalNotes(refusals: refusals)
        return Shell(frame: frame, title: title, kind: .task, section: .issued(.catalogue)).around(
            PageHead(
                crumb: a(.href(frame.path(.catalogue(CatalogueFilter()))), "Danh bạ cơ quan"), title: title
            )
            .html(),
            div(
                .class("stack narrow-page"),
                notes.summary(row == nil ? .correspondentAdded : .correspondentCorrected),
                .maybe(row, known), .when(mayChange, change(notes))))
    }

    private func known(_ row: CatalogueRow) -> HTML {
        let agency = row.agency
        var facts = Facts()
        facts.add("Loại", Vi.kind(agency.kind))
        facts.add("Mã định danh", CatalogueParts.codes(agency))
        facts.add("Cơ quan chủ quản", agency.superiorName)
        facts.add("Cách gửi", Vi.way(agency.channel))
        facts.add("Nơi kết nối", agency.partner)
        facts.add("Thư điện tử", agency.mail)
        facts.add("Địa chỉ", agency.address)
        if let from = agency.validFrom { facts.add("Hiệu lực từ", Vi.date(from)) }
        if let to = agency.validTo { facts.add("Hiệu lực đến hết", Vi.date(to)) }
        if !row.isValid || agency.isSelfDeclared {
            facts.add("Trạng thái", CatalogueParts.validity(row, frame))
        }
        return Panel(id: "thong-tin", title: "Thông tin").html(
            div(
                .class("in stack"), facts.html(),
                .maybe(agency.successor) { next in
                    p(
                        a(
                            .href(frame.path(.correspondent(next))),
                            .text("Xem cơ quan kế thừa: \(row.successorName ?? "")")))
                },
                .when(
                    agency.isSelfDeclared,
                    p(
                        .class("note"),
                        "Cơ quan này tự khai báo khi gửi văn bản đến, không có trong danh sách nào đã nạp. Chưa xác nhận thì hệ thống chỉ trả lời văn bản của nơi này, không gửi văn bản mới đến. Kiểm tra mã và cách gửi rồi lưu để xác nhận."
                    )),
                .when(
                    agency.isHosted,
                    p(
                        .class("small muted"),
                        "Cơ quan thuộc hệ thống: văn bản đến thẳng, không cần đặt cách gửi."))))
    }

    private func change(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return Panel(id: "cach-gui-toi", title: row == nil ? "Cơ quan, tổ chức" : "Sửa cách gửi").html(
            div(
                .class("in"),
                form(
                    .class("stack"), .method(.post),
                    .action(frame.path(row.map { .correctCorrespondent($0.agency.id) } ?? .newCorrespondent)),
                    SealFields.hidden(seal),
                    div(
                        .class("form"), .when(row == nil, identity(controls)),
                        controls.choice(
                            .channel, 4, channels.map { Option(value: $0.slug, text: Vi.way($0)) },
                            required: true),
                        controls.text(.mail, 8, hint: "Cần khi gửi bằng thư điện tử."),
                        controls.text(.address, 12, hint: "Cần khi gửi bản giấy.")),
                    p(
                        .class("btns"),
                        button(
                            .class("btn main"), .type(.submit),
                            row == nil
                                ? "Thêm vào danh bạ"
                                : row?.agency.isSelfDeclared == true ? "Lưu và xác nhận" : "Lưu cách gửi"),
                        a(
                            .class("btn plain"), .href(frame.path(.catalogue(CatalogueFilter()))),
                            "Không lưu, về danh bạ")))))
    }

    private func identity(_ controls: Controls) -> HTML {
        .group(
            controls.text(.name, 8, required: true),
            controls.choice(
                .kind, 4,
                [CorrespondentKind.outside, .massOrganisation, .party, .state].map {
                    Option(value: $0.slug, text: Vi.kind($0))
                }),
            controls.text(.superior, 12))
    }
}
