// Nơi nhận ngoài hệ thống: agencies of the catalogue, found by name or code and ticked. What is ticked stays through every
// further search, with or without the script.
import Domain
import Markup

package struct OutsideRecipients: Sendable, Equatable {
    /// What was looked for; nil before the first search.
    package let words: String?
    package let found: [CatalogueRow]
    /// There were more than are shown.
    package let hasMore: Bool
    package let chosen: [CatalogueRow]
    /// To whom letters went lately.
    package let recent: [CatalogueRow]
    package let groups: [RecipientGroupLine]
    /// The group that was just kept.
    package let saved: String?

    package init(
        words: String? = nil, found: [CatalogueRow] = [], hasMore: Bool = false, chosen: [CatalogueRow] = [],
        recent: [CatalogueRow] = [], groups: [RecipientGroupLine] = [], saved: String? = nil
    ) {
        self.words = words
        self.found = found
        self.hasMore = hasMore
        self.chosen = chosen
        self.recent = recent
        self.groups = groups
        self.saved = saved
    }
}

struct OutsidePanel {
    let page: any ChoosesRecipients
    private var outside: OutsideRecipients { page.outside }

    static let id = "ngoai-he-thong"

    func html() -> HTML {
        let chosen = Set(outside.chosen.map(\.agency.id))
        let recent = outside.recent.filter { !chosen.contains($0.agency.id) }
        return fieldset(
            .class("recipients"), .id(Self.id), legend(.class("sr"), "Cơ quan ngoài hệ thống"),
            p(b("Cơ quan ngoài hệ thống")),
            .when(
                !outside.chosen.isEmpty, ul(.class("ticks"), .each(outside.chosen) { tick($0, isOn: true) })),
            .when(!page.isDecided, .group(search(), results(chosen))),
            .when(
                !page.isDecided && outside.words == nil && !recent.isEmpty,
                details(
                    .class("fold-in"), summary("Gần đây đã gửi"),
                    ul(.class("ticks"), .each(recent) { tick($0, isOn: false) }))),
            .when(!page.isDecided && (page.saveGroupAddress != nil || !outside.groups.isEmpty), groups()))
    }

    /// Groups to tick at once, and keeping what is ticked as one.
    private func groups() -> HTML {
        let refused = page.refusedVerb == .recipientGroupSaved
        let name = FormFields.groupName
        return details(
            .class("fold-in"), .when(refused || outside.saved != nil, .open), summary("Nhóm nơi nhận"),
            .when(
                refused, RefusalNotes(refusals: page.refusals).summary(.recipientGroupSaved, withLinks: false)
            ),
            .maybe(outside.saved) { p(.class("small"), .role("status"), .text("Đã lưu nhóm “\($0)”.")) },
            .when(
                !outside.groups.isEmpty,
                ul(
                    .each(outside.groups) { group in
                        li(
                            button(
                                .class("btn tiny seek"), .type(.submit), .formnovalidate,
                                .name(FormFields.addGroup),
                                .value(group.id.description), .formaction(place(page.searchAddress)),
                                .text("Chọn \(Vi.number(group.members)) nơi của nhóm “\(group.name)”")))
                    })),
            .maybe(page.saveGroupAddress) { address in
                div(
                    .class("lookup"), label(.class("sr"), .for(name), "Tên nhóm mới"),
                    input(
                        .id(name), .name(name), .type(.text), .value(refused ? page.entries[name] : ""),
                        .placeholder("Tên nhóm"), .autocomplete("off")),
                    button(
                        .class("btn seek"), .type(.submit), .formnovalidate, .formaction(place(address)),
                        "Lưu nơi đang chọn"))
            })
    }

    private func place(_ address: OfficeAddress) -> String { page.frame.path(address) + "#" + Self.id }

    private func search() -> HTML {
        let name = FormFields.recipientSearch
        return div(
            .class("lookup"), label(.class("sr"), .for(name), "Tìm trong danh bạ cơ quan"),
            input(
                .id(name), .name(name), .type(.search), .value(outside.words ?? ""),
                .placeholder("Tên hoặc mã định danh"), .autocomplete("off")),
            button(
                .class("btn seek"), .type(.submit), .formnovalidate,
                .formaction(place(page.searchAddress)), "Tìm"))
    }

    private func results(_ chosen: Set<ID<Agency>>) -> HTML {
        guard let words = outside.words else { return .empty }
        if words.allSatisfy(\.isWhitespace) {
            return p(.class("small muted"), "Nhập tên, mã định danh hoặc cơ quan chủ quản để tìm.")
        }
        let rows = outside.found.filter { !chosen.contains($0.agency.id) }
        if rows.isEmpty {
            return p(
                .class("small muted"), .role("status"),
                .text(
                    outside.found.isEmpty
                        ? "Danh bạ không có nơi nào khớp “\(words)”."
                        : "Các nơi khớp “\(words)” đã được chọn."))
        }
        return .group(
            p(.class("small muted"), .role("status"), .text("Kết quả tìm “\(words)”: chọn nơi cần gửi.")),
            ul(.class("ticks"), .each(rows) { tick($0, isOn: false) }),
            .when(outside.hasMore, p(.class("small muted"), "Còn nơi khác; gõ rõ hơn để thấy.")))
    }

    private func tick(_ row: CatalogueRow, isOn: Bool) -> HTML {
        let agency = row.agency
        let code = agency.messageCode
        let missing = row.isValid ? CatalogueParts.missing(agency) : nil
        return li(
            label(
                .class("pick"),
                input(
                    .type(.checkbox), .name(FormFields.recipients), .value(agency.id.description),
                    .when(isOn, .checked), .when(!row.isValid && !isOn, .disabled)),
                span(
                    .text(agency.name),
                    small(
                        .class("under"),
                        .text(
                            [code, agency.superiorName, Vi.way(agency.channel)].filter { !$0.isEmpty }.joined(
                                separator: " · "))),
                    .maybe(missing) { small(.class("under"), Marks.state(StateMark(.warn, $0))) },
                    .when(!row.isValid, CatalogueParts.validity(row, page.frame)))))
    }
}
