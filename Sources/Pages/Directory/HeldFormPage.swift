// After a session that ended in mid-form: what was typed is shown again and can be sent as it is (decision 21). Secrets
// were never kept, so a PIN is asked for again where the form needs one.
import Domain
import Foundation
import Markup

package struct HeldFormPage: Sendable {
    package let installationName: String
    package let personName: String
    package let path: String
    package let fields: [String: [String]]
    package let csrf: String
    package let actID: String
    package let home: String

    package init(
        installationName: String, personName: String, path: String, fields: [String: [String]], csrf: String,
        actID: String, home: String
    ) {
        self.installationName = installationName
        self.personName = personName
        self.path = path
        self.fields = fields
        self.csrf = csrf
        self.actID = actID
        self.home = home
    }

    package func html() -> HTML {
        let kept = [FormFields.version, FormFields.position]
        let sent = fields.filter { !$0.key.hasPrefix("_") || kept.contains($0.key) }
            .sorted { $0.key < $1.key }
        let shown = sent.filter { FieldWords.isKnown($0.key) && !$0.value.joined().isEmpty }
        return Threshold(title: "Nội dung giữ lại", installationName: installationName).around(
            h1("Nội dung ông/bà vừa nhập còn đây"),
            p(
                .class("muted"),
                "Phiên đăng nhập trước đã hết khi gửi, nên chưa có gì được ghi. Gửi lại bây giờ, hoặc bỏ."),
            dl(
                .class("facts"),
                .each(shown) { name, values in
                    .group(dt(.text(FieldWords.label(name))), dd(.text(FieldWords.values(values))))
                }),
            form(
                .class("btns"), .method(.post), .action(path), SealFields.field(FormFields.csrf, csrf),
                SealFields.field(FormFields.act, actID),
                .each(sent) { name, values in .each(values) { SealFields.field(name, $0) } },
                button(.class("btn main"), "Gửi lại"),
                a(.class("btn plain"), .href(home), "Bỏ, về Việc của tôi")))
    }
}

/// The name of a field on paper, for fields that are shown outside their form.
enum FieldWords {
    static func isKnown(_ name: String) -> Bool { Field.allCases.contains { FormFields.id($0) == name } }

    static func label(_ name: String) -> String {
        guard let field = Field.allCases.first(where: { FormFields.id($0) == name }) else { return name }
        return Vi.field(field)
    }

    /// A choice in a list was sent as its number, which says nothing to a reader.
    static func values(_ values: [String]) -> String {
        values.map { value in
            if UUID(uuidString: value) != nil { return "đã chọn" }
            return Urgency(slug: value).map(Vi.urgency) ?? value
        }.joined(separator: ", ")
    }
}
