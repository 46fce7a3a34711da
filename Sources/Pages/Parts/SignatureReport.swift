// What the signatures on a document are worth, in words for people: the legal value first, then each signature in one
// sentence, and folded below it how that is known.
import Domain
import Markup

package struct SignatureReport: Sendable, Equatable {
    package enum Verdict: Sendable, Equatable {
        case valid
        /// Nothing is wrong with it, and yet it could not be established.
        case open
        case invalid
    }

    package enum Holder: Sendable, Equatable {
        case person, agency
        /// A timestamp over the whole document.
        case clock
    }

    package struct Signature: Sendable, Equatable {
        /// "Nguyễn Văn Phúc" or the agency's name.
        package var signer: String
        package var holder: Holder
        /// As the signer's machine says.
        package var signedAt: Instant?
        /// As a trusted clock confirms, and whose.
        package var provenAt: Instant?
        package var timestampAuthority = ""
        package var verdict: Verdict
        package var problem: SignatureProblem?
        package var degree: SignatureDegree?
        /// Anything but permitted changes after this signature.
        package var changedAfterwards = false
        /// Fields were filled or signatures added, as was foreseen.
        package var wasCompleted = false
        /// What was changed after it, each thing by its name.
        package var changes: [String] = []
        /// What else was noticed.
        package var notes: [String] = []
        /// From the signer's certificate up.
        package var chain: [Certificate] = []

        package init(
            signer: String, holder: Holder, signedAt: Instant?, verdict: Verdict,
            problem: SignatureProblem? = nil, changedAfterwards: Bool = false
        ) {
            self.signer = signer
            self.holder = holder
            self.signedAt = signedAt
            self.verdict = verdict
            self.problem = problem
            self.changedAfterwards = changedAfterwards
        }
    }

    package struct Certificate: Sendable, Equatable {
        package let name: String
        package let isTrusted: Bool
        /// What is known of its revocation; empty where there is nothing to say.
        package let revocation: String

        package init(name: String, isTrusted: Bool, revocation: String = "") {
            (self.name, self.isTrusted, self.revocation) = (name, isTrusted, revocation)
        }
    }

    package let signatures: [Signature]
    /// Nil while the file is still being examined.
    package let value: LegalValue?
    package let unchecked: UncheckedReason?
    package let checkedAt: Instant?

    package init(signatures: [Signature], checkedAt: Instant?) {
        self.init(
            signatures: signatures, value: LegalValue.of(signatures.compactMap(\.standing)),
            checkedAt: checkedAt)
    }

    package init(signatures: [Signature], value: LegalValue, checkedAt: Instant?) {
        (self.signatures, self.value, self.checkedAt) = (signatures, value, checkedAt)
        unchecked = nil
    }

    package init(unchecked reason: UncheckedReason, checkedAt: Instant?) {
        (signatures, value, self.checkedAt) = ([], .unchecked, checkedAt)
        unchecked = reason
    }

    private init() { (signatures, value, unchecked, checkedAt) = ([], nil, nil, nil) }

    package static let pending = SignatureReport()

    /// One mark for the line above the sheet.
    package var mark: StateMark { Vi.signatureMark(value) }

    package var hasValueOfPaper: Bool { value?.replacesPaper ?? false }

    func html(_ frame: Frame) -> HTML {
        Panel(id: "chu-ky", title: "Chữ ký số", note: Marks.state(Vi.legalValueMark(value))).html(
            div(.class("in stack"), body, checked(frame)))
    }

    /// The same without a panel, for the public page.
    var body: HTML {
        .group(
            p(.class(noteClass), .text(Vi.legalValue(value))),
            .maybe(unchecked) { p(.text($0.words)) },
            .when(!signatures.isEmpty, ul(.class("verdict"), .each(signatures, Self.line))))
    }

    private var noteClass: String {
        switch value {
        case .original: "note good"
        case .broken: "note bad"
        case .partlySigned, .unverified, .unchecked: "note warn"
        case .unsigned, nil: "note"
        }
    }

    private func checked(_ frame: Frame) -> HTML {
        .maybe(checkedAt) { p(.class("small muted"), .text("Máy kiểm tra lúc \(frame.moment($0)).")) }
    }

    // MARK: One signature

    private static func line(_ signature: Signature) -> HTML {
        li(
            p(Marks.state(mark(signature)), " ", .text(Vi.sentence(signature))),
            .maybe(signature.problem) { p(.class("muted"), .text($0.words)) },
            .when(
                signature.changedAfterwards && !signature.changes.isEmpty,
                p(.text("Thay đổi sau khi ký: \(signature.changes.joined(separator: "; ")).")),
                else: .empty),
            details(.class("fold-in"), summary("Vì sao biết"), facts(signature)))
    }

    static func mark(_ signature: Signature) -> StateMark {
        switch signature.verdict {
        case _ where signature.changedAfterwards: StateMark(.late, "Bị sửa sau khi ký")
        case .valid: StateMark(.ok, "Hợp lệ")
        case .open: StateMark(.warn, "Chưa kết luận")
        case .invalid: StateMark(.late, "Không hợp lệ")
        }
    }

    private static func facts(_ signature: Signature) -> HTML {
        var facts = Facts()
        facts.add("Mức", signature.degree.map(Vi.degree) ?? "")
        facts.add("Thời điểm", time(signature))
        for (index, certificate) in signature.chain.enumerated() {
            let trust = certificate.isTrusted ? " (nơi cấp tin cậy)" : ""
            let revocation = certificate.revocation.isEmpty ? "" : ". \(certificate.revocation)"
            facts.add(index == 0 ? "Chứng thư" : "Do", "\(certificate.name)\(trust)\(revocation)")
        }
        if !signature.changedAfterwards, !signature.changes.isEmpty {
            facts.add("Sau khi ký", "\(signature.changes.joined(separator: "; ")) (được phép)")
        }
        if !signature.notes.isEmpty { facts.add("Ghi nhận", signature.notes.joined(separator: "; ")) }
        return facts.html()
    }

    private static func time(_ signature: Signature) -> String {
        if let proven = signature.provenAt {
            let whose = signature.timestampAuthority.isEmpty ? "" : " của \(signature.timestampAuthority)"
            return "Dấu thời gian\(whose) xác nhận lúc \(Vi.fullMoment(proven))."
        }
        return signature.signedAt == nil
            ? "Tệp không ghi giờ ký." : "Giờ ký do máy của người ký ghi, không có dấu thời gian xác nhận."
    }
}

extension SignatureReport.Signature {
    var standing: SignatureStanding? {
        if holder == .clock { return nil }
        let soundness: SignatureStanding.Soundness =
            switch verdict {
            case _ where changedAfterwards: .broken
            case .valid: .sound
            case .open: .open
            case .invalid: .broken
            }
        return SignatureStanding(soundness, isAgency: holder == .agency)
    }
}
