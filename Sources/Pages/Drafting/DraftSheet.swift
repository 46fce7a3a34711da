// The sheet of a draft, or where its PDF stands: being made, failed and repeatable, or no file yet (C2).
import Domain
import Markup

struct DraftSheet {
    let page: DraftPage

    private var version: VersionRow? { page.versions.first { $0.ordinal == page.shownVersion } }

    func html() -> HTML {
        if let sheet = page.sheet {
            return SheetView(
                frame: page.frame, sheet: sheet, label: "Dự thảo, phiên bản \(page.shownVersion)",
                status: b(.text(versionWords)), tools: tools
            ).html()
        }
        return section(
            .class("doc"), .aria(.label, "Dự thảo"),
            div(
                .class("tools"), b(.text(page.shownVersion > 0 ? versionWords : "Chưa có tệp văn bản")), tools
            ),
            div(.class("view"), .tabindex(0), .role("group"), .aria(.label, "Tình trạng tệp"), stateOfFile()))
    }

    private var versionWords: String {
        let isNewest = page.shownVersion == page.versions.first?.ordinal
        return "Phiên bản \(page.shownVersion)" + (isNewest ? " (mới nhất)" : " (cũ)")
    }

    private var tools: HTML {
        .when(
            page.shownVersion > 0,
            a(
                .href(page.frame.path(.original(.draftVersion(page.code, ordinal: page.shownVersion)))),
                "Tải tệp gốc"))
    }

    private func stateOfFile() -> HTML {
        guard let version else {
            return p(
                .class("note"), "Chưa có tệp để xem. Thêm tệp Word (.docx) hoặc PDF ở mục ",
                a(.href("#phien-ban"), "Phiên bản"), ".")
        }
        switch version.conversion {
        case .done: return .empty
        case .waiting:
            return div(
                .class("note job"), .role("status"), b("Đang chuyển sang PDF"),
                .text(
                    "\(version.sourceName), từ \(Vi.time(version.at)). Thường dưới một phút; trang tự xem lại mỗi 5 giây. Ông/bà có thể sang việc khác, việc chuyển vẫn tiếp tục."
                ))
        case .failed:
            return div(
                .class("note bad"), b("Chưa chuyển được sang PDF"),
                .text(
                    version.fault.isEmpty
                        ? "Chương trình chuyển tệp không đọc được \(version.sourceName)." : version.fault),
                p("Chuyển lại, hoặc sửa tệp rồi thêm phiên bản mới."),
                .when(
                    page.doors.convertAgain.isOpen,
                    form(
                        .class("btns"), .method(.post),
                        .action(page.frame.path(.draftAct(page.code, .convertAgain))),
                        SealFields.hidden(page.seal), button(.class("btn tiny main"), "Chuyển lại"))))
        }
    }
}
