// Signing (D1): the sheet with the places of signature, number, date and seal drawn on it, found by the printed title
// block or placed by hand; as whom one signs; which certificate; the PIN. No key signs by itself.
import Domain
import Markup

package struct SignPage: Sendable {
    /// One rectangle, and how it was found.
    package struct PlaceRow: Sendable, Equatable {
        package enum Origin: Sendable, Equatable {
            /// By these printed words.
            case found(String)
            case byHand
            /// Why not.
            case notFound(String)
        }

        package let field: Field
        package let place: PagePlace?
        package let origin: Origin
        /// Where the page already prints it and no blank is needed.
        package let isPrinted: Bool

        package init(field: Field, place: PagePlace?, origin: Origin, isPrinted: Bool = false) {
            self.field = field
            self.place = place
            self.origin = origin
            self.isPrinted = isPrinted
        }
    }

    /// The certificate that will sign.
    package struct Key: Sendable, Equatable {
        package let holder: String
        package let serial: String
        package let validUntil: OfficeDate
        package let kind: KeyKind

        package init(holder: String, serial: String, validUntil: OfficeDate, kind: KeyKind = .file) {
            (self.holder, self.serial, self.validUntil) = (holder, serial, validUntil)
            self.kind = kind
        }
    }

    package let frame: Frame
    package let code: Int
    package let abstract: String
    package let version: Int
    /// Of the PDF that is signed; another one at the commit is refused.
    /// The draft's row version: what is signed is what was shown, recipients and all.
    package let revision: Int
    package let versionHash: String
    package let sheet: Sheet
    package let places: [PlaceRow]
    package let key: Key?
    package let sign: Door
    /// Giving the prepared file to the signing program on this machine; hidden where the certificate is not there.
    package let handOver: Door
    /// A file of this draft that is with the program now.
    package let handedOver: ID<Handover>?
    /// Who put initials on an older version; signing over them needs a reason.
    package let outdatedInitials: [String]
    /// Whom it will go to, as the draft says.
    package let sending: SendingShown
    package let entries: Entries
    package let refusals: [Refusal]
    package let seal: FormSeal

    package init(
        frame: Frame, code: Int, abstract: String, version: Int, revision: Int, versionHash: String,
        sheet: Sheet,
        places: [PlaceRow], key: Key?, sign: Door, handOver: Door = .hidden,
        handedOver: ID<Handover>? = nil, outdatedInitials: [String] = [],
        sending: SendingShown = .nothing, entries: Entries, refusals: [Refusal] = [], seal: FormSeal
    ) {
        self.frame = frame
        self.code = code
        self.abstract = abstract
        self.version = version
        self.revision = revision
        self.versionHash = versionHash
        self.sheet = sheet
        self.places = places
        self.key = key
        self.sign = sign
        self.handOver = handOver
        self.handedOver = handedOver
        self.outdatedInitials = outdatedInitials
        self.sending = sending
        self.entries = entries
        self.refusals = refusals
        self.seal = seal
    }

    package func html() -> HTML {
        let notes = RefusalNotes(refusals: refusals)
        return Shell(frame: frame, title: "Ký DT-\(code)", kind: .fit, section: .drafts(.list)).around(
            PageHead(crumb: crumb(), title: "Ký số: \(abstract)").html(),
            form(
                .class("split"), .method(.post), .action(frame.path(.draftAct(code, .sign))),
                SealFields.hidden(seal),
                SealFields.field(FormFields.draftRevision, "\(revision)"),
                SealFields.field(FormFields.versionHash, versionHash),
                SheetView(
                    frame: frame, sheet: sheet, label: "Văn bản sẽ ký", status: b("Phiên bản \(version)"),
                    overlays: places.compactMap(Self.overlay)
                ).html(),
                div(
                    .class("side-panel stack"),
                    HandedOverNote.html(frame, handedOver),
                    DoorButton.reasons(
                        sign.isHidden ? handOver.reasons : sign.reasons, id: "vi-sao",
                        heading: "Chưa ký được phiên bản \(version), vì:"),
                    notes.summary(.draftSigned), outdated(),
                    SendingPanel(frame: frame, code: code, shown: sending, edit: .hidden).html(),
                    capacityPanel(notes),
                    PlacesPanel(page: self).html()),
                acts()))
    }

    private func crumb() -> HTML {
        .group(
            a(.href(frame.path(.drafts(DraftFilter()))), "Dự thảo – Phiếu trình"), " / ",
            a(.href(frame.path(.draft(code))), .text("DT-\(code)")), " / Ký số")
    }

    private static func overlay(_ row: PlaceRow) -> PageOverlay? {
        guard let place = row.place else { return nil }
        switch row.field {
        case .signaturePlace: return .place(place, .person, Vi.field(row.field))
        case .sealPlace: return .place(place, .seal, Vi.field(row.field))
        default: return .place(place, .blank, Vi.field(row.field))
        }
    }

    private func outdated() -> HTML {
        .when(
            !outdatedInitials.isEmpty,
            div(
                .class("note warn"), b("Ký nháy phiên bản cũ"),
                .text(
                    "\(outdatedInitials.joined(separator: ", ")) ký nháy phiên bản trước phiên bản \(version)."
                ),
                Controls.check(
                    FormFields.overrideInitials, value: "1", id: FormFields.overrideInitials,
                    checked: entries[FormFields.overrideInitials] == "1",
                    "Vẫn ký phiên bản \(version), với lý do:"),
                label(.class("sr"), .for(FormFields.reason), "Lý do vẫn ký"),
                textarea(
                    .id(FormFields.reason), .name(FormFields.reason), .rows(2),
                    .text(entries[FormFields.reason]))))
    }

    private func capacityPanel(_ notes: RefusalNotes) -> HTML {
        let controls = Controls(entries: entries, notes: notes)
        return Panel(id: "ky-voi", title: "Ký với").html(
            div(
                .class("in stack"), certificate(),
                .when(
                    sign.isHidden,
                    p(
                        .class("small"),
                        "Khóa bí mật nằm trong USB Token của ông/bà; phần mềm VGCA trên máy hỏi mã PIN khi ký."
                    ),
                    else: div(.class("form"), secret(controls)))))
    }

    /// What is asked for here depends on where the key is.
    private func secret(_ controls: Controls) -> HTML {
        switch key?.kind {
        case .remote:
            controls.secret(
                .pin, 6, label: "Mã xác nhận của dịch vụ",
                hint: "Chỉ nhập khi dịch vụ yêu cầu. Sau khi bấm ký, xác nhận trên điện thoại.",
                autocomplete: "off")
        case .token:
            controls.secret(
                .pin, 6, label: "Mã PIN của thiết bị",
                hint: "Thiết bị tự khóa sau một số lần nhập sai liên tiếp.", autocomplete: "off")
        case .file, .handOver, nil:
            controls.secret(
                .pin, 6, label: "Mã PIN", hint: "Sai 5 lần thì chứng thư số bị khóa.", autocomplete: "off")
        }
    }

    private func certificate() -> HTML {
        guard let key else { return p(Marks.state(StateMark(.late, "Chưa có chứng thư số"))) }
        var facts = Facts()
        facts.add("Chứng thư số của", key.holder)
        facts.add("Số hiệu", key.serial)
        facts.add("Còn hạn đến", Vi.date(key.validUntil))
        if key.kind != .file { facts.add("Nơi giữ khóa", Vi.keyKind(key.kind)) }
        return facts.html()
    }

    private func acts() -> HTML {
        div(
            .class("acts"), .role("group"), .aria(.label, "Quyết định"),
            DoorButton(door: sign, words: "Ký số và chuyển phát hành", look: "main", reasonsID: "vi-sao")
                .submit(),
            DoorButton(
                door: handOver, words: "Ký bằng phần mềm VGCA", look: sign.isHidden ? "main" : "",
                reasonsID: "vi-sao"
            ).submit(.formaction(frame.path(.draftAct(code, .handOver))), .formnovalidate),
            a(.class("btn"), .href(frame.path(.draft(code))), "Chưa ký, về dự thảo"),
            span(.class("small muted later"), "Ký xong thì nội dung in trên trang không sửa được nữa."))
    }
}
