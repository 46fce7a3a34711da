// Everything that can be done to the office's papers. A verb is what an operation does, what the journal writes and what
// a right is given for; the compiler finds every place that must know a new one.

package enum Verb: String, Sendable, CaseIterable, Codable {
    // Incoming
    case incomingRegistered, incomingDirected, assignmentStarted, assignmentCompleted, arrivalClosed
    case arrivalStamped, paperReceived
    // Exchange
    case receiptArrived, receiptAccepted, receiptRefused, deliveryStatusChanged
    case recallAsked, updateAsked, requestArrived, requestDecided, receiptCorrected, arrivalScanned
    case letterSentAgain, recipientsAdded, statusNoted, messageFailed, messageRevived, messageGivenUp,
        inboundFailed,
        inboundReopened, inboundDismissed
    case recipientUnknown, channelHeld, channelReleased
    // Danh bạ cơ quan
    case catalogueRefreshed, agencyCodeSet, correspondentRouted, correspondentAdded, correspondentCorrected
    case recipientGroupSaved, recipientGroupRemoved
    // Drafting
    case draftOpened, draftChanged, draftSendingSet, draftVersionAdded, draftFileAdded, draftFileRemoved
    case draftConverted, draftConversionFailed, draftConversionRepeated
    case draftSubmitted, draftInitialled, draftSubmittedOnward, draftReturned, draftStepTakenBack
    // Signing and issuing
    case draftPrepared, draftSigned, draftReturnedByClerk, numberTaken, numberVoided, documentIssued
    case remoteSignatureAsked, remoteSignatureCancelled, remoteSignatureEnded, signatureRaised
    case signingBatchStarted, signingBatchCancelled, signingBatchEnded
    // Certificates
    case keyTested, certificateRequested, certificateRequestWithdrawn, certificateRequestAnswered
    // Which way documents go, and the paper channel
    case mediumRulesImported, recipientDutySet, copyCertified, paperPrinted, paperPosted
    // Files given out to a signing program
    case handoverOpened, handoverFetched, handoverReturned, handoverRefused, handoverCancelled
    case handoverTimedOut
    // Administration
    case agencyAdded, personAdded, positionAdded, positionEnded, passwordReset, passwordChanged
    case accountLocked, accountUnlocked
    case keyIssued, keyEnded, focalAppointed, focalEnded, tokenIssued, tokenRevoked
    case installationAdministratorAppointed, installationAdministratorEnded

    /// The roles that may do it at all; each operation still checks the row (whose step, whose assignment).
    package var roles: Set<Role> {
        switch self {
        case .incomingRegistered, .arrivalStamped, .paperReceived, .receiptAccepted, .receiptRefused,
            .draftReturnedByClerk,
            .recallAsked, .updateAsked, .requestDecided, .receiptCorrected, .arrivalScanned, .messageRevived,
            .messageGivenUp, .letterSentAgain, .recipientsAdded, .statusNoted,
            .numberTaken,
            .numberVoided, .documentIssued:
            [.clerk]
        case .copyCertified, .paperPrinted, .paperPosted: [.clerk]
        case .mediumRulesImported, .recipientDutySet: [.administrator]
        case .recipientGroupSaved, .recipientGroupRemoved: [.clerk]
        case .correspondentAdded, .correspondentCorrected: [.clerk, .administrator]
        case .catalogueRefreshed, .agencyCodeSet, .correspondentRouted: [.administrator]
        case .incomingDirected:
            [.head, .deputyHead, .officeHead, .deputyOfficeHead]
        case .draftSigned, .draftPrepared, .remoteSignatureAsked, .remoteSignatureCancelled,
            .signingBatchStarted,
            .signingBatchCancelled:
            Self.signers
        case .handoverOpened, .handoverFetched, .handoverReturned, .handoverRefused, .handoverCancelled:
            Self.signers.union([.clerk])
        case .assignmentStarted, .assignmentCompleted, .draftOpened, .draftChanged, .draftSendingSet,
            .draftVersionAdded, .draftFileAdded, .draftFileRemoved, .draftConversionRepeated, .draftSubmitted,
            .draftInitialled,
            .draftSubmittedOnward, .draftReturned, .draftStepTakenBack:
            Set(Role.allCases.filter(\.handles))
        case .channelHeld, .channelReleased, .inboundReopened, .inboundDismissed, .agencyAdded, .personAdded,
            .positionAdded, .positionEnded, .passwordReset, .accountLocked,
            .accountUnlocked, .keyIssued, .keyEnded, .focalAppointed, .focalEnded, .tokenIssued,
            .tokenRevoked:
            [.administrator]
        case .passwordChanged, .keyTested, .certificateRequested, .certificateRequestWithdrawn,
            .certificateRequestAnswered:
            Set(Role.allCases)
        case .arrivalClosed, .receiptArrived, .deliveryStatusChanged, .requestArrived, .messageFailed,
            .inboundFailed, .recipientUnknown, .draftConverted, .draftConversionFailed,
            .signingBatchEnded, .remoteSignatureEnded, .signatureRaised, .handoverTimedOut:
            []
        // On the command line only: nobody makes oneself one.
        case .installationAdministratorAppointed, .installationAdministratorEnded: []
        }
    }

    private static let signers: Set<Role> = [
        .head, .deputyHead, .officeHead, .deputyOfficeHead, .unitHead, .deputyUnitHead,
    ]
}
