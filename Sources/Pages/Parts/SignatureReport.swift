// What the signatures on a document are worth, in words for people: who, when, whether anything changed since, and
// whether the whole has the value of a paper original (Nghị định 30/2020, Điều 5).
import Domain
import Markup

package struct SignatureReport: Sendable, Equatable {
    package enum Verdict: Sendable, Equatable {
        case valid
        /// Whole, but who issued the certificate is not known here.
        case untrusted
        case invalid
    }

    package struct Signature: Sendable, Equatable {
        /// "Nguyễn Văn Phúc, Phó Chủ tịch" or the agency's name.
        package let signer: String
        package let isAgency: Bool
        package let signedAt: Instant?
        package let verdict: Verdict
        /// Anything but permitted changes after this signature.
        package let changedAfterwards: Bool
        /// In Vietnamese, where the verdict is not plain.
        package let reasons: [String]

        package init(
            signer: String, isAgency: Bool, signedAt: Instant?, verdict: Verdict,
            changedAfterwards: Bool = false,
            reasons: [String] = []
        ) {
            self.signer = signer
            self.isAgency = isAgency
            self.signedAt = signedAt
            self.verdict = verdict
            self.changedAfterwards = changedAfterwards
            self.reasons = reasons
        }
    }

    package let signatures: [Signature]
    package let checkedAt: Instant?

    package init(signatures: [Signature], checkedAt: Instant?) {
        (self.signatures, self.checkedAt) = (signatures, checkedAt)
    }

    /// One mark for lists and for the line above the sheet.
    package var mark: StateMark {
        if signatures.isEmpty { return StateMark(.ring, "Không có chữ ký số") }
        if signatures.contains(where: { $0.verdict == .invalid || $0.changedAfterwards }) {
            return StateMark(.late, "Chữ ký số không hợp lệ")
        }
        if signatures.contains(where: { $0.verdict == .untrusted }) {
            return StateMark(.warn, "Chưa xác minh được người ký")
        }
        return StateMark(.ok, signatures.count > 1 ? "Hợp lệ, đủ \(signatures.count) chữ ký" : "Ký số hợp lệ")
    }

    /// A person and an agency have both signed, and both hold.
    package var hasValueOfPaper: Bool {
        !signatures.isEmpty && signatures.allSatisfy { $0.verdict == .valid && !$0.changedAfterwards }
            && signatures.contains(where: \.isAgency) && signatures.contains { !$0.isAgency }
    }

    func html(_ frame: Frame) -> HTML {
        Panel(id: "chu-ky", title: "Chữ ký số", note: Marks.state(summary)).html(
            div(
                .class("in"),
                .when(
                    signatures.isEmpty,
                    p(
                        .class("muted"),
                        "Tệp này không có chữ ký số; giá trị của văn bản theo bản giấy có chữ ký và con dấu."),
                    else: ul(.class("verdict"), .each(signatures) { line($0) }, checked(frame)))))
    }

    private var summary: StateMark {
        hasValueOfPaper ? StateMark(.ok, "Có giá trị như bản giấy") : mark
    }

    private func line(_ signature: Signature) -> HTML {
        li(
            p(Marks.state(Self.mark(signature)), " ", .text(Self.sentence(signature))),
            .each(signature.reasons) { p(.class("muted"), .text($0)) })
    }

    static func mark(_ signature: Signature) -> StateMark {
        switch signature.verdict {
        case _ where signature.changedAfterwards: StateMark(.late, "Bị sửa sau khi ký")
        case .valid: StateMark(.ok, "Hợp lệ")
        case .untrusted: StateMark(.warn, "Chưa xác minh")
        case .invalid: StateMark(.late, "Không hợp lệ")
        }
    }

    /// "Chữ ký hợp lệ của …, ký lúc …; tài liệu không bị sửa sau khi ký."
    static func sentence(_ signature: Signature) -> String {
        let kind = signature.isAgency ? "Chữ ký cơ quan" : "Chữ ký"
        let verdict =
            switch signature.verdict {
            case .valid: "hợp lệ"
            case .untrusted: "toàn vẹn nhưng chưa xác minh được nơi cấp chứng thư"
            case .invalid: "không hợp lệ"
            }
        let time = signature.signedAt.map { ", ký lúc \(Vi.fullMoment($0))" } ?? ""
        let change =
            signature.changedAfterwards
            ? "tài liệu đã bị sửa sau khi ký" : "tài liệu không bị sửa sau khi ký"
        return "\(kind) \(verdict) của \(signature.signer)\(time); \(change)."
    }

    private func checked(_ frame: Frame) -> HTML {
        .maybe(checkedAt) { li(.class("muted"), .text("Kiểm tra lúc \(frame.moment($0)).")) }
    }
}
