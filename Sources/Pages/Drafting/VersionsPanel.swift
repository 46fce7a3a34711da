// Versions never change; initials count only for the version they were put on (decision 5).
import Domain
import Markup

struct VersionsPanel {
    let page: DraftPage

    func html() -> HTML {
        Panel(
            id: "phien-ban", title: "Phiên bản",
            note: small("ký nháy chỉ có giá trị với đúng phiên bản đã ký")
        ).html(
            page.versions.isEmpty ? div(.class("in"), p(.class("muted"), "Chưa có phiên bản nào.")) : table(),
            addForm())
    }

    private func table() -> HTML {
        Markup.table(
            .class("grid cards"), ListParts.heads("Bản", "Người lập, lý do", "Ký nháy", "Lúc"),
            tbody(.each(page.versions, row)))
    }

    private func row(_ version: VersionRow) -> HTML {
        let isShown = version.ordinal == page.shownVersion
        let path = page.frame.path(.draftVersion(page.code, ordinal: version.ordinal))
        return tr(
            th(
                .scope(.row), .dataLabel("Bản"),
                isShown
                    ? b(.number(version.ordinal))
                    : a(.href(path), .number(version.ordinal), Marks.unseen(", xem phiên bản này"))),
            td(
                .class("full"), .text(version.author),
                .when(!version.note.isEmpty, .text(": \(version.note)")),
                .when(version.conversion != .done, .group(" ", Marks.state(Vi.state(version.conversion))))),
            td(
                .when(
                    version.initials.isEmpty, span(.class("muted"), "không"),
                    else: .each(version.initials) { initials in
                        Marks.state(StateMark(initials.isCurrent ? .signed : .warn, initials.personName))
                    })),
            td(.class("num"), Marks.moment(version.at, page.frame)))
    }

    private func addForm() -> HTML {
        let isRefused = page.refusedVerb == .draftVersionAdded
        let notes = RefusalNotes(refusals: isRefused ? page.refusals : [])
        let controls = Controls(entries: Entries(), notes: notes)
        return .when(
            page.doors.addVersion.isOpen,
            details(
                .class("fold"), .when(page.versions.isEmpty || isRefused, .open),
                summary(page.versions.isEmpty ? "Thêm tệp văn bản" : "Thêm phiên bản mới"),
                form(
                    .class("in form"), .method(.post), .enctype("multipart/form-data"),
                    .action(page.frame.path(.draftAct(page.code, .addVersion))), SealFields.hidden(page.seal),
                    controls.field(
                        .file, 12, required: true, label: "Tệp Word (.docx) hoặc PDF",
                        hint: "Tệp Word được chuyển sang PDF ngay sau khi tải lên."
                    ) { input($0, .type(.file), .accept(".docx,.pdf")) },
                    div(
                        .class("field c12"),
                        label(.for(FormFields.changeNote), "Nội dung sửa (không bắt buộc)"),
                        input(
                            .id(FormFields.changeNote), .name(FormFields.changeNote), .type(.text),
                            .autocomplete("off"))),
                    p(.class("c12 btns"), button(.class("btn main"), "Tải lên phiên bản")))))
    }
}

struct DraftFilesPanel {
    let page: DraftPage

    func html() -> HTML {
        Panel(id: "tep-kem", title: "Tệp kèm theo").html(
            .when(
                page.files.isEmpty, div(.class("in"), p(.class("muted"), "Không có tệp kèm theo.")),
                else: ul(.class("in files"), .each(page.files, row))),
            addForm())
    }

    private func row(_ file: DraftFileRow) -> HTML {
        let measure = (file.pages > 0 ? "\(file.pages) trang, " : "") + Vi.size(file.size)
        return li(
            div(
                a(.href(page.frame.path(.file(.draft(page.code), file.number))), .text(file.name)), " ",
                small(.class("muted"), .text("\(Vi.draftFile(file.kind)); \(measure)")),
                .when(
                    file.conversion != .done,
                    p(
                        Marks.state(Vi.state(file.conversion)),
                        .when(!file.fault.isEmpty, .group(" ", small(.text(file.fault))))))),
            div(
                .class("btns"),
                .when(
                    file.conversion == .failed && page.doors.convertAgain.isOpen,
                    fileForm(.draftAct(page.code, .convertAgain), "Chuyển lại", file)),
                .when(
                    page.doors.addFile.isOpen,
                    fileForm(.removeDraftFile(page.code, id: file.id), "Bỏ tệp", file))))
    }

    private func fileForm(_ address: OfficeAddress, _ words: String, _ file: DraftFileRow) -> HTML {
        form(
            .class("inline"), .method(.post), .action(page.frame.path(address)), SealFields.hidden(page.seal),
            SealFields.field(FormFields.file, file.id),
            button(.class("btn tiny"), .text(words), Marks.unseen(" \(file.name)")))
    }

    private func addForm() -> HTML {
        let isRefused = page.refusedVerb == .draftFileAdded
        let notes = RefusalNotes(refusals: isRefused ? page.refusals : [])
        let kinds = DraftFileKind.allCases.map { Option(value: $0.slug, text: Vi.draftFile($0)) }
        return .when(
            page.doors.addFile.isOpen,
            details(
                .class("fold"), .when(isRefused, .open), summary("Thêm tệp kèm theo"),
                form(
                    .class("in form"), .method(.post), .enctype("multipart/form-data"),
                    .action(page.frame.path(.draftAct(page.code, .addFile))), SealFields.hidden(page.seal),
                    div(
                        .class("field c12"),
                        label(.class("need"), .for("tep-kem-moi"), "Tệp PDF, Word hoặc Excel"),
                        input(
                            .id("tep-kem-moi"), .name(FormFields.file), .type(.file),
                            .accept(".pdf,.docx,.xlsx"),
                            .required)),
                    div(
                        .class("field c12"), label(.for(FormFields.fileKind), "Tệp này là"),
                        select(
                            .id(FormFields.fileKind), .name(FormFields.fileKind),
                            Controls.options(kinds, chosen: ""))),
                    notes.under(.file),
                    p(.class("c12 btns"), button(.class("btn main"), "Tải lên tệp kèm theo")))))
    }
}
