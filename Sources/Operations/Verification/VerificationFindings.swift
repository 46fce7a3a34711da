// What a check of the whole office found: faults, which must not be; notes, which may be but are worth knowing; and how
// much was looked at, so that "nothing found" says something (H2).

/// One thing that is not as it must be.
package struct VerificationFault: Sendable, Equatable, Codable {
    package enum Code: String, Sendable, Codable, CaseIterable {
        // Nhật ký
        case journalEntryAltered, journalEntryUnreadable, journalEntryMissing, journalLinkBroken,
            journalHeadDiffers
        // Sổ đăng ký
        case numberMissing, numberDoubled, numberOutsideSeries, entryMisplaced
        // Tệp
        case fileMissing, fileAltered, fileUnreadable, fileNameMalformed
        // Việc của tôi and search
        case deskItemMissing, deskItemStray, deskItemDiffers, searchTextDiffers, searchTextStray
        // Liên thông
        case deliveryLost, receiptUnsent, deliveryStatusDiffers
        // States kept twice
        case draftApartFromIssuance, signedFileMissing, draftAtNoStep, arrivalApartFromParts
    }

    package let code: Code
    /// Whose; nil for what belongs to the whole installation.
    package let agency: String?
    /// What exactly, as people name it: a number, an entry, a file.
    package let subject: String
}

/// Worth knowing, and no fault.
package struct VerificationNote: Sendable, Equatable, Codable {
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// Stored files that nothing points to; they may be swept.
        case unusedFiles
        /// Numbered for longer than an hour and not issued.
        case numberedNotIssued
        /// Messages of the exchange that could not be carried yet.
        case messagesFailing
    }

    package let code: Code
    package let agency: String?
    package let subject: String
}

/// How much was looked at.
package struct VerificationExtent: Sendable, Equatable, Codable {
    package var journalChains = 0
    package var journalEntries = 0
    package var numberSeries = 0
    package var numbers = 0
    package var files = 0
    package var bytes = 0
    package var deskItems = 0
    package var searchEntries = 0
    package var deliveries = 0
}

package struct VerificationFindings: Sendable, Equatable, Codable {
    /// Of each kind the first hundred; `faultCount` counts all.
    package private(set) var faults: [VerificationFault] = []
    package private(set) var faultCount = 0
    package private(set) var notes: [VerificationNote] = []
    package var extent = VerificationExtent()

    package init() {}

    package var isClean: Bool { faultCount == 0 }

    static let shownOfAKind = 100

    mutating func add(_ code: VerificationFault.Code, agency: String? = nil, _ subject: String) {
        faultCount += 1
        guard faults.count(where: { $0.code == code }) < Self.shownOfAKind else { return }
        faults.append(VerificationFault(code: code, agency: agency, subject: subject))
    }

    mutating func note(_ code: VerificationNote.Code, agency: String? = nil, _ subject: String) {
        notes.append(VerificationNote(code: code, agency: agency, subject: subject))
    }

    mutating func add(_ other: VerificationFindings) {
        faults += other.faults
        faultCount += other.faultCount
        notes += other.notes
    }
}
