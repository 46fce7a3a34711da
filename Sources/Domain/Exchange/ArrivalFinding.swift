// Điều văn thư cần biết trước khi tiếp nhận (B7): what was noticed about a message from another system. Nothing here decides;
// the clerk does.

/// Files are called by their names, which are unique within a message.
package enum ArrivalFinding: Hashable, Sendable, Codable {
    /// The sender's code stands in no catalogue.
    case unknownSender(code: String)
    /// The message names no type this office has; it is shown as công văn.
    case unknownType(String)
    case infected(file: String, virus: String)
    /// No scanner, or none that answered.
    case notScanned(file: String)
    case activeContent(file: String, [ActivePart])
    /// It could not be looked through for what acts by itself.
    case notLookedThrough(file: String)
    /// The file does not open.
    case unreadable(file: String)
    /// Listed in the message, and not there.
    case missing(file: String)
    /// By e-mail nobody says what is what: number, notation, date were read from the letter, and the clerk compares.
    case readFromLetter
    /// A correction to a document that never came here.
    case updateOfUnknown
    /// By e-mail anybody can write any address, and no server that is believed vouches for this one.
    case senderNotVerified(address: String)
    /// What the message itself has odd about it, by its code.
    case odd(String, detail: String)
    /// `DocumentId` of the document that it answers.
    case answers(code: String)
    /// Its sender says that it comes on paper too.
    case paperFollows
    /// An answer is asked for by this day (`yyyy-MM-dd`).
    case answerBy(String)
    /// It was here before, and its sender sent it again with these words.
    case sentAgain(String)

    /// About its files, and gone with them when others take their place.
    package var isOfFiles: Bool {
        switch self {
        case .infected, .notScanned, .activeContent, .notLookedThrough, .unreadable, .missing: true
        default: false
        }
    }

    /// What is infected gets onto nobody's machine from here.
    ///
    /// - Throws: `Refused`: a virus was found in the file of this name.
    package static func refuseInfected(_ file: String, in findings: [ArrivalFinding]) throws {
        for case .infected(file, let virus) in findings { throw Refused(.arrivalInfected(virus)) }
    }

    /// The virus that keeps the document from being taken.
    package static func virus(in findings: [ArrivalFinding]) -> String? {
        for case .infected(_, let virus) in findings { return virus }
        return nil
    }

    package static func isUnscanned(_ findings: [ArrivalFinding]) -> Bool {
        findings.contains { if case .notScanned = $0 { true } else { false } }
    }
}
