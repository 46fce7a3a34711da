/// Why a file could not be read or a step could not be done. Each case is a reason that a person can be told;
/// the text inside a case is a short technical English note for the log.

/// The bytes are not a PDF that this library reads.
public enum PDFError: Error, Equatable, Sendable {
    /// No `%PDF-` header near the start: another kind of file, whatever its name says.
    case notPDF
    /// The file is cut off, or its structure contradicts itself.
    case damaged(String)
    /// The file asks for a password or hides its contents.
    case encrypted
    /// The file is larger, deeper or more tangled than any honest document.
    case overLimit(String)
}

/// A step on a readable PDF could not be done; the file is left as it was.
public enum SigningError: Error, Equatable, Sendable {
    case unreadable(PDFError)
    case noSuchPage(Int)
    case noSuchField(String)
    case fieldAlreadySigned(String)
    case fieldAlreadyFilled(String)
    case fieldIsNotText(String)
    case fieldExists(String)
    case fieldLocked(String)
    case rectangleOutsidePage
    case alreadyPrepared
    case alreadySigned
    case certifiedAgainstChanges
    case badFont(String)
    case missingGlyph(String)
    case badImage(String)
    case badCertificate
    case wrongPassphrase
    case badKeyFile(String)
    case unsupportedKey(String)
    case keyRefused(String)
    /// What was prepared belongs to other bytes than the ones given.
    case notThePreparedDocument
    case signatureTooLarge(Int)
    /// The level needs a timestamp authority, or services at all, and none is given.
    case noTimestampAuthority
    case timestamp(TimestampProblem)
    case evidence(EvidenceProblem)
    /// There is no signature that could be raised to a level.
    case notSigned
    /// The finished file did not pass our own validation, so it is not handed on.
    case resultNotValid(field: String, reason: String)
}
