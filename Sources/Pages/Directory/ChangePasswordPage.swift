// Changing one's password: asked for at the first sign-in, possible at any time.
import Domain
import Markup

package struct ChangePasswordPage: Sendable {
    package let installationName: String
    package let personName: String
    /// The password was set by somebody else and has to be changed now.
    package let isForced: Bool
    package let refusals: [Refusal]
    package let csrf: String
    /// Where "Để lại sau" leads, where it is allowed.
    package let back: String

    package init(
        installationName: String, personName: String, isForced: Bool, refusals: [Refusal] = [], csrf: String,
        back: String
    ) {
        self.installationName = installationName
        self.personName = personName
        self.isForced = isForced
        self.refusals = refusals
        self.csrf = csrf
        self.back = back
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        let controls = Controls(entries: Entries(), notes: notes)
        return Threshold(title: "Đổi mật khẩu", installationName: installationName).around(
            h1("Đổi mật khẩu"),
            .when(
                isForced,
                p(
                    .class("note"),
                    "Mật khẩu hiện tại do người quản trị đặt. Ông/bà đổi sang mật khẩu của riêng mình rồi mới dùng hệ thống."
                )),
            notes.summary(.passwordChanged),
            form(
                .class("form"), .method(.post), .action(Address.changePassword.path),
                SealFields.field(FormFields.csrf, csrf),
                controls.secret(.password, 12, label: "Mật khẩu hiện tại", autocomplete: "current-password"),
                controls.secret(
                    .newPassword, 12, hint: "Ít nhất 8 ký tự. Một câu dài dễ nhớ tốt hơn nhiều ký hiệu.",
                    autocomplete: "new-password"),
                controls.secret(.repeatPassword, 12, autocomplete: "new-password"),
                p(
                    .class("c12 btns"), button(.class("btn main"), "Đổi mật khẩu"),
                    .when(!isForced, a(.class("btn plain"), .href(back), "Giữ mật khẩu cũ")))))
    }
}
