// Why bytes could not be stored or fetched. The caller turns these into Vietnamese sentences; the code keeps
// the operating system's error number for the log.

import Foundation

public enum BlobError: Error, Equatable, Sendable {
    /// More bytes came than the limit the caller set; nothing was kept.
    case tooLarge(limit: Int)
    case missing(BlobHash)
    /// The writer was already finished or cancelled.
    case closed
    /// `step` names the system call, `code` is errno (28 = the disk is full).
    case system(step: String, path: String, code: Int32)

    static func now(_ step: String, _ path: String) -> BlobError {
        .system(step: step, path: path, code: errno)
    }
}

/// What re-reading a stored file says.
public enum BlobCheck: Equatable, Sendable {
    case sound(size: Int)
    case missing
    /// The bytes on disk have another digest than the name they are kept under.
    case altered(actual: BlobHash, size: Int)
    case unreadable(code: Int32)
}
