// Ghi tình trạng do nơi nhận báo: by telephone, by the receipt that was signed, by the envelope that came back.
import Domain
import Markup

struct NotePanel {
    let frame: Frame
    let number: IssuedNumber
    let row: DeliveryRow
    let acts: BoardActs

    func html() -> HTML {
        let isRefused = acts.refusedVerb == .statusNoted && !acts.refusals.isEmpty
        let notes = RefusalNotes(refusals: isRefused ? acts.refusals : [])
        let controls = Controls(entries: acts.entries, notes: notes)
        let isMail = row.channel == .mail
        return details(
            .class("panel fold"), .id("ghi-tinh-trang"), .when(isRefused, .open),
            summary("Ghi tình trạng do nơi nhận báo"),
            form(
                .class("in stack"), .method(.post), .action(frame.path(.issuedAct(number, .noteStatus))),
                SealFields.hidden(acts.seal), SealFields.field(FormFields.chosen, row.id.description),
                notes.summary(.statusNoted),
                p(
                    .text(
                        isMail
                            ? "Thư điện tử không tự báo về. Nơi nhận gọi điện hoặc trả lời là đã nhận, hay không nhận, thì ghi ở đây."
                            : "Bản giấy không tự báo về. Có giấy báo phát, nơi nhận gọi điện, hoặc bì thư bị trả lại thì ghi ở đây."
                    )),
                div(
                    .class("form"),
                    controls.choice(
                        .outcome, 7,
                        ToldRules.statuses.map { Option(value: $0.code, text: Vi.told($0, byMail: isMail)) },
                        required: true, empty: "Chọn tình trạng"),
                    controls.text(.toldOn, 5, required: true, hint: "Ngày/tháng/năm", numeric: true),
                    controls.paragraph(
                        .toldNote, 12, rows: 2,
                        hint: "Bắt buộc khi không nhận hoặc bị trả lại. Lời này hiện ở bảng theo dõi gửi.")),
                p(.class("btns"), button(.class("btn"), .type(.submit), "Ghi tình trạng"))))
    }
}
