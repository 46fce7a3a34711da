// Messages of a form that was refused: all reasons at the top with links to the controls, and each again under its own.
import Domain
import Markup

extension Refusal {
    /// The control the message belongs to.
    package var field: Field? {
        switch self {
        case .missing(let field), .malformed(let field), .tooLong(let field, _), .dateInFuture(let field),
            .placeMissing(let field), .placeOffPage(let field):
            field
        case .deadlineInPast: .deadline
        case .noFile, .fileEmpty, .fileTooLarge, .fileNotPDF, .fileEncrypted, .fileDamaged,
            .fileKindNotAllowed,
            .fileGone, .stateSecret:
            .file
        case .twin: .number
        case .noLead, .leadTwice: .lead
        case .noSteps, .lastStepMustSign, .signerNotLast, .selfStep, .stepMayNotSign: .steps
        case .wrongPIN, .keyLocked, .noKey, .keyExpired, .keyOfSomeoneElse: .pin
        case .dateBeforeLast, .answerBeforeDate: .date
        case .noRecipients, .recipientUnknown, .recipientEnded, .tooManyRecipients: .recipients
        case .changeNeedsReason: .changeReason
        case .answerByInPast: .answerBy
        case .replacedUnknown: .replaces
        case .senderHasNoCode: .recipients
        case .mediumNeedsReason, .recipientOnPaperOnly, .unsignedNeedsPaper: .mediumReason
        case .agencyKnown: .name
        case .wrongCredentials: .password
        case .passwordTooShort, .passwordSame: .newPassword
        case .passwordRepeatDiffers: .repeatPassword
        default: nil
        }
    }
}

struct RefusalNotes {
    let refusals: [Refusal]

    /// At the top: what did not happen, and every reason. Takes the focus when the page comes back.
    func summary(_ verb: Verb?, withLinks: Bool = true) -> HTML {
        .when(
            !refusals.isEmpty,
            div(
                .class("note bad"), .id("loi"), .tabindex(-1), .autofocus, .role("alert"),
                b(.text(Vi.notDone(verb))),
                ul(.each(refusals) { item($0, withLinks) })))
    }

    private func item(_ refusal: Refusal, _ withLinks: Bool) -> HTML {
        let words = Vi.refusal(refusal)
        guard withLinks, let field = refusal.field else { return li(.text(words.text)) }
        return li(a(.href("#\(FormFields.id(field))"), .text(words.why)), " ", .text(words.remedy))
    }

    func concerns(_ field: Field) -> Bool { refusals.contains { $0.field == field } }

    /// Under the control.
    func under(_ field: Field) -> HTML {
        .when(
            concerns(field),
            p(
                .class("wrong"), .id("\(FormFields.id(field))-loi"),
                .each(refusals.filter { $0.field == field }) { refusal in
                    span(.text(Vi.refusal(refusal).text))
                }))
    }
}
