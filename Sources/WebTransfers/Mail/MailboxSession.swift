// One conversation for many messages: logging in costs more than most messages do, and a server counts how often it is
// asked. A message that costs the connection does not cost the messages behind it.
import Synchronization

/// A folder that is opened when it is first asked, stays open, and is opened again after a failure of the transfer. Asked from
/// any thread, by one at a time; an act waits on the thread that calls it.
public final class MailboxSession: Sendable {
    public let mailbox: Mailbox
    public let folder: String

    private struct State {
        var folder: OpenFolder?
        var validity: UInt32?
        var openings = 0
        var isRenumbered = false
    }
    private let state: Mutex<State>

    public init(_ mailbox: Mailbox, folder: String) {
        self.mailbox = mailbox
        self.folder = folder
        state = Mutex(State())
    }

    /// How often the server was connected to.
    public var openings: Int { state.withLock { $0.openings } }

    /// Whether the folder was given new numbers since it was first opened: nothing can be asked any more.
    public var isRenumbered: Bool { state.withLock { $0.isRenumbered } }

    /// - Throws: What the act throws, or opening the folder; `TransferFailure.brokenOff` when it was given new numbers since
    ///   it was first opened, for then those that the caller knows are of other messages.
    public func ask<T: Sendable>(_ act: (OpenFolder) throws(MailFailure) -> T) throws(MailFailure) -> T {
        try state.withLock { (state) throws(MailFailure) -> T in
            if let folder = state.folder, folder.isOpen { return try act(folder) }
            state.folder = nil
            state.openings += 1
            let folder = try mailbox.open(self.folder)
            if let known = state.validity, known != folder.uidValidity {
                state.isRenumbered = true
                throw .transfer(.brokenOff("the folder was numbered anew"))
            }
            state.validity = folder.uidValidity
            state.folder = folder
            return try act(folder)
        }
    }
}
