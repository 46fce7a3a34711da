// Why something was not done and what to do about it: the second and third of the three things an error says. The first
// comes from the act (`Vi.notDone`), so one reason serves every act that can meet it.
import Domain

/// The reason, and the next step.
package struct RefusalWords: Sendable, Equatable {
    package let why: String
    package let remedy: String

    init(_ why: String, _ remedy: String) { (self.why, self.remedy) = (why, remedy) }

    package var text: String { remedy.isEmpty ? why : "\(why) \(remedy)" }
}

extension Vi {
    /// What did not happen, why, what to do.
    package static func sentence(_ refusal: Refusal, doing verb: Verb? = nil) -> String {
        "\(notDone(verb)) \(words(refusal).text)"
    }

    package static func refusal(_ refusal: Refusal) -> RefusalWords { words(refusal) }

    private static func words(_ refusal: Refusal) -> RefusalWords {
        switch refusal {
        case .notYours, .notForYourRole, .notFound, .stale, .changedSinceShown, .busy: ofPerson(refusal)
        case .missing, .malformed, .tooLong, .dateInFuture, .deadlineInPast: ofTyping(refusal)
        case .noFile, .fileEmpty, .fileTooLarge, .fileNotPDF, .fileEncrypted, .fileDamaged,
            .fileKindNotAllowed,
            .fileGone, .stateSecret:
            ofFile(refusal)
        case .twin, .arrivalClosed, .notDirectedToYou, .noLead, .leadTwice, .alreadyDirected,
            .notRefusableNow,
            .alreadyAccepted, .alreadyStamped, .stampWouldHarm:
            ofArrival(refusal)
        case .recalled, .senderHasNoCode, .messageIncomplete, .requestOpen, .requestAnswered,
            .channelHasNoAnswers, .deliveryOver, .notReturned, .returnedToPaper, .recipientHasIt,
            .statusComesByItself, .notGoneYet,
            .arrivalInfected, .arrivalNotScanned,
            .messageGone, .replacedUnknown, .noneChosen:
            ofExchange(refusal)
        case .recipientOnPaperOnly, .unsignedNeedsPaper, .mediumNeedsReason, .nothingChosen, .copyNotMade,
            .paperNotPrinted, .changeNeedsReason, .answerBeforeDate, .tooManyRecipients, .answerByInPast:
            ofPaper(refusal)
        case .listEmpty, .listShrinks, .agencyHosted, .codeTaken, .agencyKnown, .recipientEnded:
            ofCatalogue(refusal)
        case .draftNotEditable, .noVersion, .conversionWaiting, .conversionFailed, .enclosureNotConverted,
            .noSteps,
            .lastStepMustSign, .signerNotLast, .stepNotYours, .stepOpened, .selfStep, .stepMayNotSign:
            ofDraft(refusal)
        case .initialsOfOlderVersion, .placeMissing, .placeOffPage, .noKey, .wrongPIN, .keyLocked,
            .keyExpired,
            .keyOfSomeoneElse:
            ofSigning(refusal)
        case .notSigned, .alreadyNumbered, .dateBeforeLast, .printedPartsDiffer, .noRecipients,
            .recipientUnknown,
            .notNumbered, .sealingFailed, .numberTaken:
            ofIssuing(refusal)
        case .noDraftChosen, .tooManyDrafts, .signingInterrupted, .signingCancelled, .signingFailed,
            .keyNotAtHand:
            ofBatch(refusal)
        case .tokenUnreachable, .tokenWrongPIN, .tokenLocked, .signingServiceUnreachable,
            .signingServiceRefused, .remoteCodeWrong, .confirmationRefused, .confirmationExpired,
            .signatureAlreadyAsked,
            .certificateRevoked, .timestampUnavailable, .signatureAwaitsTimestamp, .requestOpenAlready:
            ofKeysElsewhere(refusal)
        case .wrongCredentials, .slowDown, .accountLocked, .passwordTooShort, .passwordSame,
            .passwordRepeatDiffers:
            ofSigningIn(refusal)
        case .keySignsHere, .handoverHeld, .handoverClosed, .handoverRefused: ofHandover(refusal)
        case .activeContent, .notScannable, .infected, .tooLargeForScanner, .virusScannerSilent,
            .noVirusScanner:
            ofLeaving(refusal)
        }
    }
}
