// Signing in, and choosing as which position one acts. Neither says whether a user name exists.
import Domain
import Markup

package struct SignInPage: Sendable {
    package let installationName: String
    /// What was typed as the user name.
    package let login: String
    package let refusals: [Refusal]
    package let csrf: String
    /// The address asked for before signing in, kept in the form.
    package let returnTo: String
    /// A form was being filled when the session ended; its content is kept.
    package let formIsKept: Bool
    package let signedOut: Bool

    package init(
        installationName: String, login: String = "", refusals: [Refusal] = [], csrf: String,
        returnTo: String = "",
        formIsKept: Bool = false, signedOut: Bool = false
    ) {
        self.installationName = installationName
        self.login = login
        self.refusals = refusals
        self.csrf = csrf
        self.returnTo = returnTo
        self.formIsKept = formIsKept
        self.signedOut = signedOut
    }

    package func html() -> HTML {
        let controls = Controls(entries: Entries([FormFields.login: login]))
        return Threshold(title: "Đăng nhập", installationName: installationName).around(
            h1("Đăng nhập"),
            .when(
                formIsKept,
                p(
                    .class("note warn"), .role("status"),
                    "Phiên đăng nhập đã hết. Nội dung ông/bà vừa nhập được giữ 30 phút và hiện lại sau khi đăng nhập."
                )),
            .when(signedOut, p(.class("note good"), .role("status"), "Ông/bà đã đăng xuất.")),
            .when(
                !refusals.isEmpty,
                div(
                    .class("note bad"), .role("alert"), .id("loi"), b("Chưa đăng nhập được."),
                    .each(refusals) { p(.text(Vi.refusal($0).text)) })),
            form(
                .class("form"), .method(.post), .action(Address.signIn.path),
                SealFields.field(FormFields.csrf, csrf),
                .when(!returnTo.isEmpty, SealFields.field(FormFields.returnTo, returnTo)),
                controls.field(.login, 12, required: true) { attributes in
                    input(
                        attributes, .type(.text), .value(login), .autocomplete("username"),
                        .spellcheck("false"),
                        .when(login.isEmpty, .autofocus))
                },
                controls.secret(.password, 12, autocomplete: "current-password"),
                p(.class("c12 btns"), button(.class("btn main wide-btn"), "Đăng nhập"))),
            p(.class("small"), a(.href(Address.check.path), "Kiểm tra văn bản, không cần đăng nhập")))
    }
}

package struct ChoosePositionPage: Sendable {
    package struct Choice: Sendable, Equatable {
        package let id: String
        package let title: String
        package let agencyName: String
        package let waiting: Int
        package let isCurrent: Bool

        package init(id: String, title: String, agencyName: String, waiting: Int, isCurrent: Bool = false) {
            self.id = id
            self.title = title
            self.agencyName = agencyName
            self.waiting = waiting
            self.isCurrent = isCurrent
        }
    }

    package let installationName: String
    package let personName: String
    package let choices: [Choice]
    package let csrf: String
    package let returnTo: String

    package init(
        installationName: String, personName: String, choices: [Choice], csrf: String, returnTo: String = ""
    ) {
        self.installationName = installationName
        self.personName = personName
        self.choices = choices
        self.csrf = csrf
        self.returnTo = returnTo
    }

    package func html() -> HTML {
        Threshold(title: "Chọn vị trí công tác", installationName: installationName).around(
            h1("Chọn vị trí công tác"),
            p(
                .class("muted"), .text(personName),
                " giữ \(choices.count) vị trí. Việc đang chờ và quyền hạn theo vị trí được chọn; đổi lại lúc nào cũng được."
            ),
            form(
                .method(.post), .action(Address.choosePosition.path), SealFields.field(FormFields.csrf, csrf),
                .when(!returnTo.isEmpty, SealFields.field(FormFields.returnTo, returnTo)),
                ul(.class("posts"), .each(choices, item))))
    }

    private func item(_ choice: Choice) -> HTML {
        li(
            button(
                .class("btn posting"), .name(FormFields.choice), .value(choice.id),
                span(
                    b(.text(choice.title)), small(.text(choice.agencyName)),
                    .when(choice.isCurrent, small("đang dùng"))),
                .when(
                    choice.waiting > 0,
                    span(.class("count"), .text(Vi.count(choice.waiting)), Marks.unseen(" việc đang chờ")))))
    }
}
