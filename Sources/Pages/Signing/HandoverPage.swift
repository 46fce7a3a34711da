// Ký bằng phần mềm trên máy: what was given out, to be signed with which certificate, and how it stands. The script speaks
// to the program and shows where it is; without script the page says what is needed, and cancelling works all the same.
import Domain
import Markup

package struct HandoverPage: Sendable {
    package let frame: Frame
    package let id: ID<Handover>
    package let purpose: HandoverPurpose
    package let state: HandoverState
    package let fault: HandoverFault?
    package let detail: String
    /// The paper it belongs to, as one calls it: `DT-268`.
    package let paperName: String
    package let paper: OfficeAddress
    /// Where it is signed anew.
    package let again: OfficeAddress
    package let title: String
    package let sheet: Sheet
    package let certificateOf: String
    package let expiresAt: Instant
    /// Which file of how many, where the clerk seals several.
    package let place: String
    /// `wss://127.0.0.1:8987/SignApproved`
    package let tool: String
    package let seal: FormSeal

    package init(
        frame: Frame, id: ID<Handover>, purpose: HandoverPurpose, state: HandoverState, fault: HandoverFault?,
        detail: String, paperName: String, paper: OfficeAddress, again: OfficeAddress, title: String,
        sheet: Sheet, certificateOf: String, expiresAt: Instant, place: String = "", tool: String,
        seal: FormSeal
    ) {
        self.frame = frame
        self.id = id
        self.purpose = purpose
        self.state = state
        self.fault = fault
        self.detail = detail
        self.paperName = paperName
        self.paper = paper
        self.again = again
        self.title = title
        self.sheet = sheet
        self.certificateOf = certificateOf
        self.expiresAt = expiresAt
        self.place = place
        self.tool = tool
        self.seal = seal
    }

    package func html() -> HTML {
        Shell(
            frame: frame, title: "Ký bằng phần mềm \(paperName)", kind: .fit,
            section: purpose == .signDraft ? .drafts(.list) : .issued(.toIssue),
            script: Assets.signingTool
        ).around(
            PageHead(crumb: crumb(), title: title).html(),
            div(
                .class("split"),
                SheetView(
                    frame: frame, sheet: sheet, label: "Tệp giao ký",
                    status: b("Tệp giao cho phần mềm ký số")
                ).html(),
                div(.class("side-panel stack"), panel(), help())),
            acts())
    }

    private func crumb() -> HTML {
        .group(
            a(.href(frame.path(paper)), .text(paperName)),
            .text(" / \(Vi.purpose(purpose))\(place.isEmpty ? "" : ", \(place)")"))
    }

    // MARK: How it stands

    private func panel() -> HTML {
        Panel(id: "phan-mem-ky", title: "Ký bằng phần mềm VGCA").html(
            div(.class("in stack"), standing(), facts()))
    }

    /// One part for each state; the script shows the one that holds. A closed hand-over needs no script.
    private func standing() -> HTML {
        div(
            .id("tinh-trang"), .role("status"), .aria(.live, "polite"),
            .each(HandoverMoment.allCases, part))
    }

    private func part(_ moment: HandoverMoment) -> HTML {
        let words = Vi.moment(moment)
        return div(
            .classes("note", words.tone), .id("luc-\(moment.rawValue)"),
            .when(moment != HandoverMoment(state), .hidden), b(.text(words.title)),
            .text(words.text),
            .when(moment == .toolFailed, span(.id("phan-mem-bao"))),
            .when(moment == .refused, span(.id("ly-do"), .text(reason))),
            .when(
                moment == .waiting,
                p(
                    .class("small"), "Tệp chờ đến ",
                    b(.id("het-luc"), .text(Vi.time(expiresAt))), ".")))
    }

    private var reason: String {
        fault.map { Vi.refusal(.handoverRefused($0, detail: detail)).text } ?? ""
    }

    private func facts() -> HTML {
        var facts = Facts()
        facts.add("Việc", Vi.purpose(purpose))
        facts.add("Tệp", sheet.name)
        facts.add("Chứng thư số của", certificateOf)
        return facts.html()
    }

    private func help() -> HTML {
        Panel(id: "cach-ky", title: "Cách ký").html(
            div(
                .class("in"),
                ol(
                    .class("steps-told"),
                    li("Cắm USB Token và mở phần mềm VGCA Sign Service trên máy này."),
                    li("Cửa sổ ký hiện ra: xem lại văn bản, đặt chữ ký, nhập mã PIN của USB Token."),
                    li(.text(Vi.whatNotToPrint(purpose))))))
    }

    // MARK: Acts

    private func acts() -> HTML {
        div(
            .class("acts"), .role("group"), .aria(.label, "Việc có thể làm"),
            .when(
                state.isOpen,
                .group(
                    button(
                        .class("btn main"), .id("nut-thu-lai"), .type(.button), .hidden, "Thử lại"),
                    form(
                        .class("inline"), .id("form-giao-ky"), .method(.post),
                        .action(frame.path(.handoverAct(id, .cancel))), SealFields.hidden(seal),
                        SealFields.field("phan-mem", tool), SealFields.field("tinh-trang", state.rawValue),
                        button(.class("btn"), .type(.submit), .id("nut-huy"), "Hủy, chưa ký")))),
            a(
                .class("btn main"), .id("ky-lai"), .href(frame.path(again)),
                .when(state.isOpen || state == .returned, .hidden), "Ký lại"),
            a(.class("btn plain later"), .href(frame.path(paper)), .text("Về \(paperName)")))
    }
}

/// What is shown of a hand-over, in the order in which it happens; the raw value is part of the element's id.
package enum HandoverMoment: String, Sendable, CaseIterable {
    case scriptNeeded = "can-script"
    case looking = "tim"
    case toolMissing = "khong-thay"
    case waiting = "cho"
    case checking = "kiem-tra"
    case signed = "da-ky"
    case toolFailed = "phan-mem-loi"
    case refused = "tu-choi"
    case cancelled = "huy"
    case timedOut = "het-gio"
    case connectionLost = "mat-noi"

    /// What can be said without the script.
    init(_ state: HandoverState) {
        switch state {
        case .opened, .fetched: self = .scriptNeeded
        case .returned: self = .signed
        case .refused: self = .refused
        case .cancelled: self = .cancelled
        case .timedOut: self = .timedOut
        }
    }
}

/// On the page a file was given out from: it is still out, and this is where it is waited for.
enum HandedOverNote {
    static func html(_ frame: Frame, _ id: ID<Handover>?) -> HTML {
        .maybe(id) { id in
            p(
                .class("note warn"), b("Tệp đang giao cho phần mềm ký số."),
                a(.href(frame.path(.handover(id))), "Mở trang ký để theo dõi hoặc hủy"))
        }
    }
}
