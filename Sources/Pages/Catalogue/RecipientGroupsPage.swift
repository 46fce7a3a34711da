// Nhóm nơi nhận: what the agency's clerk has kept; a group is made on the issuing page, from those ticked there.
import Domain
import Markup

/// A group with how many are in it.
package struct RecipientGroupLine: Sendable, Equatable {
    package let id: ID<RecipientGroup>
    package let name: String
    package let members: Int

    package init(id: ID<RecipientGroup>, name: String, members: Int) {
        (self.id, self.name, self.members) = (id, name, members)
    }
}

package struct RecipientGroupsPage: Sendable {
    package let frame: Frame
    package let groups: [RecipientGroupLine]
    package let seal: FormSeal

    package init(frame: Frame, groups: [RecipientGroupLine], seal: FormSeal) {
        (self.frame, self.groups, self.seal) = (frame, groups, seal)
    }

    package func html() -> HTML {
        Shell(frame: frame, title: "Nhóm nơi nhận", kind: .list, section: .issued(.catalogue)).around(
            PageHead(
                crumb: a(.href(frame.path(.catalogue(CatalogueFilter()))), "Danh bạ cơ quan"),
                title: "Nhóm nơi nhận"
            ).html(),
            groups.isEmpty
                ? ListParts.empty(
                    "Chưa có nhóm nào.",
                    "Ở trang phát hành, chọn các nơi nhận rồi lưu thành nhóm để lần sau chọn một lần.")
                : table())
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards lines"), caption(.class("sr"), "Nhóm nơi nhận theo tên"),
            ListParts.heads("Tên nhóm", "Số nơi", "Việc tiếp theo"),
            tbody(
                .each(groups) { group in
                    tr(
                        th(.scope(.row), .class("full wide"), .text(group.name)),
                        td(.class("num"), .dataLabel("Số nơi"), .text(Vi.number(group.members))),
                        td(
                            .class("full"),
                            form(
                                .method(.post), .action(frame.path(.removeRecipientGroup(group.id))),
                                SealFields.hidden(seal),
                                button(
                                    .class("btn tiny"), .type(.submit), "Xóa nhóm",
                                    Marks.unseen(" \(group.name)")))))
                }))
    }
}
