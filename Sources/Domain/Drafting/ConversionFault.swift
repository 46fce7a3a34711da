// Why a draft's Word or Excel file has no PDF. Kept as a word with the version, so that the page can say what
// to do and the drafter can ask for it again (C1).

package enum ConversionFault: String, Error, Sendable, CaseIterable, Codable {
    /// Longer than the limit: too large, too intricate, or made to hang.
    case timeout
    /// The converting program ended by a fault of its own or at a limit of memory.
    case crashed
    /// Damaged, or not what it claims to be.
    case notConvertible
    /// Nothing to print in it.
    case noOutput
    /// Under a password.
    case encrypted
    /// The converting program is not installed on this machine.
    case programMissing
    /// The stored file could not be read.
    case sourceUnreadable
    /// The machine failed several times (disk full, process not started).
    case machine
}
