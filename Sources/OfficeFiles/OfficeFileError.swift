// Why a child program could not do its work at all. What a program found out about a document is not an error:
// that is the outcome of an inspection or the failure of a conversion, each with its own cases.

public enum OfficeFileError: Error, Equatable, Sendable {
    /// The program is not installed; `Installed.programs()` names the Debian package that brings it.
    case programMissing(String)
    /// The program is there and could not be started; `code` is errno.
    case cannotStart(program: String, code: Int32)
    /// The private folder for the work could not be made, filled or read; `code` is errno.
    case workFolder(step: String, code: Int32)
    /// The document to be worked on could not be read.
    case unreadable(path: String, code: Int32)
    /// The program ran longer than it may.
    case timedOut(program: String)
    /// The program ended badly where it has no reason to; `detail` is for the log, not for the page.
    case failed(program: String, detail: String)
    /// The program gave more than the caller wanted to take.
    case tooMuchOutput(program: String)
}
