// A refusal is an answer people can act on: all the reasons at once, as data. Words for each are in Pages/Text.

package enum Refusal: Error, Hashable, Sendable, Codable {
    // Of the person
    case notYours
    case notForYourRole
    case notFound
    /// Someone else acted first.
    case stale
    /// The same PDF, and something else about the draft is not as the page showed it: recipients, the answer asked for,
    /// what goes along.
    case changedSinceShown

    // Of what was typed
    case missing(Field)
    case malformed(Field)
    case tooLong(Field, limit: Int)
    case dateInFuture(Field)
    case deadlineInPast

    // Of files
    case noFile
    case fileEmpty
    case fileTooLarge(limitMegabytes: Int)
    case fileNotPDF
    case fileEncrypted
    case fileDamaged
    case fileKindNotAllowed
    case fileGone
    case stateSecret

    // Incoming
    /// The same (number, notation, agency) this year; the arrival number of the twin.
    case twin(year: Int, number: Int)
    case arrivalClosed
    case notDirectedToYou
    case noLead
    case leadTwice
    case alreadyDirected
    case notRefusableNow
    case alreadyAccepted
    /// The sender took it back.
    case recalled

    // Exchange
    /// Other systems know agencies by their codes, and this agency has none in the catalogue.
    case senderHasNoCode
    /// There can be no message to other systems: this part of it is not there, or cannot be written.
    case messageIncomplete(MessagePart)
    /// An earlier request about this document has not been answered.
    case requestOpen
    case requestAnswered
    /// By e-mail or on paper: nobody there could agree by a message.
    case channelHasNoAnswers
    /// The other side has already finished with it, or refused it.
    case deliveryOver
    /// It is sent again only to whom has refused it.
    case notReturned
    /// Its system tells how it stands; nobody writes that down by hand.
    case statusComesByItself
    case notGoneYet
    /// Who is to get it as well has got it before; the name.
    case recipientHasIt(String)
    /// Whoever refused it is on no system any more.
    case returnedToPaper
    /// The virus that was found in it.
    case arrivalInfected(String)
    case arrivalNotScanned
    case messageGone
    /// No document of this agency was issued under that number and notation.
    case replacedUnknown(String)
    // Danh bạ cơ quan
    /// The list holds no agency.
    case listEmpty
    /// So much is gone from the list that it is more likely cut off.
    case listShrinks(gone: Int, of: Int)
    /// An agency of this installation is not changed as one outside it.
    case agencyHosted
    /// The code is another agency's of this installation.
    case codeTaken(String)
    /// One of this name is in the catalogue already.
    case agencyKnown(String)
    /// Letters go there no more; who does its work now, where that is known.
    case recipientEnded(name: String, successor: String)
    /// No recipient was ticked.
    case noneChosen
    case alreadyStamped
    /// Whose signature on the letter would no longer be right.
    case stampWouldHarm(String)

    // Drafting
    case draftNotEditable
    case noVersion
    case conversionWaiting
    case conversionFailed
    case enclosureNotConverted(String)
    case noSteps
    case lastStepMustSign
    case signerNotLast
    case stepNotYours
    case stepOpened
    case selfStep
    case stepMayNotSign(String)
    case tooManyRecipients(limit: Int)
    /// The day an answer is asked for has passed.
    case answerByInPast

    // Signing and issuing
    case initialsOfOlderVersion([String])
    case placeMissing(Field)
    case placeOffPage(Field)
    case noKey
    case wrongPIN(attemptsLeft: Int)
    case keyLocked
    case keyExpired
    case keyOfSomeoneElse
    case notSigned
    case alreadyNumbered
    case dateBeforeLast(OfficeDate)
    case printedPartsDiffer(printed: String, entered: String)
    case noRecipients
    case recipientUnknown
    case notNumbered
    case sealingFailed
    case numberTaken
    // Which way it goes, and the paper channel
    case recipientOnPaperOnly
    /// Without valid signatures it does not stand in for paper.
    case unsignedNeedsPaper
    case mediumNeedsReason
    /// The clerk sends otherwise than the signer saw.
    case changeNeedsReason
    /// The document would bear a later date than the day its answer is asked for.
    case answerBeforeDate(OfficeDate)
    case nothingChosen
    case copyNotMade
    case paperNotPrinted
    /// The private key is with the server, so no file is given out for it.
    case keySignsHere
    /// The file is with another person's signing program; the name.
    case handoverHeld(String)
    /// The file is no longer out: it came back, was cancelled, or its time is over.
    case handoverClosed
    /// What came back from the signing program was not taken.
    case handoverRefused(HandoverFault, detail: String)
    case noDraftChosen
    case tooManyDrafts(limit: Int)
    /// The server stopped before it came to this draft.
    case signingInterrupted
    case signingCancelled
    /// The machine's failure, which its log explains.
    case signingFailed
    /// The key is on the person's phone or computer, where each paper is confirmed for itself.
    case keyNotAtHand
    case tokenUnreachable
    case tokenWrongPIN
    case tokenLocked
    case signingServiceUnreachable
    case signingServiceRefused
    case remoteCodeWrong
    case confirmationRefused
    case confirmationExpired
    case signatureAlreadyAsked
    case certificateRevoked
    case timestampUnavailable
    /// The leader's signature is still to get its timestamp.
    case signatureAwaitsTimestamp

    // Certificates
    case requestOpenAlready

    // Files that must not leave
    case activeContent(file: String, [ActivePart])
    /// It could not be looked through.
    case notScannable(String)
    case infected(file: String, virus: String)
    case tooLargeForScanner(String)
    case virusScannerSilent
    case noVirusScanner

    // Signing in
    case wrongCredentials
    case slowDown(seconds: Int)
    case accountLocked
    case passwordTooShort
    case passwordSame
    case passwordRepeatDiffers
    case busy
}

/// Something the person fills in; the page puts the message beside it.
package enum Field: String, Sendable, CaseIterable, Codable {
    case file, number, notation, date, issuingAgency, type, abstract, urgency, pages, deadline, director,
        register
    case replaces, mediumReason, changeReason, answerBy, paperCameOn, toldOn, outcome, toldNote, difference,
        mended,
        postedOn,
        carrier, way, envelopes
    case postingNote
    case directive, lead, cooperate, inform, reason, steps, comment, signer
    case login, password, newPassword, repeatPassword, pin
    case numberPlace, dayPlace, monthPlace, yearPlace, signaturePlace, sealPlace, recipients
    case requestKind, requestDetails, requestSubject
    case name, superior, kind, code, mail, address, channel, partner, groupName
}

/// Thrown by an operation: nothing was changed, and this is why.
package struct Refused: Error, Sendable, Equatable {
    package let reasons: [Refusal]
    package init(_ reasons: [Refusal]) { self.reasons = reasons }
    package init(_ reason: Refusal) { self.reasons = [reason] }

    /// Throws when there is any reason to.
    package static func unless(_ reasons: [Refusal]) throws(Refused) {
        if !reasons.isEmpty { throw Refused(reasons) }
    }
}
