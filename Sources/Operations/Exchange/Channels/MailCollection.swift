// Đọc hộp thư công vụ (E6): what lies there is brought here, kept, and only then moved out of the way in the mailbox. The mailbox
// is open to people and to strangers: there may be very much in it, and any single mail may be one that the server cannot hand
// out, that is too large, or that cannot be moved. None of them keeps those behind it.
import Domain
import Foundation
import Logging
import Synchronization
import WebTransfers

/// One agency's mailbox, over all the times that it is looked at.
final class MailCollection: Sendable {
    /// In bytes.
    static let messageLimit = 200 << 20

    private let account: MailAccount
    private let place: MailPlace
    private let office: Office
    private let memory = Mutex(MailMemory())

    init(_ account: MailAccount, _ place: MailPlace, _ office: Office) {
        self.account = account
        self.place = place
        self.office = office
    }

    /// Everything that lies there now; how many mails are new.
    func collect(into inbox: Inbox) async throws(CarryingFailure) -> Int {
        let session = MailboxSession(
            Mailbox(place.server, settings: place.settings), folder: account.folder)
        var round = MailRound(
            session: session, account: account, inbox: inbox, office: office,
            memory: memory.withLock { $0 })
        let failure: CarryingFailure?
        do {
            try await round.run()
            failure = round.trouble
        } catch let error as MailFailure {
            failure = CarryingFailure(error)
        } catch {
            office.log.error("a mail could not be written down: \(error)")
            failure = .passing(
                "Máy chủ chưa ghi được thư nhận về và sẽ thử lại; báo quản trị xem nhật ký nếu còn lặp lại.")
        }
        let (after, count) = (round.memory, round.count)
        memory.withLock { $0 = after }
        if let failure { throw failure }
        return count
    }
}

/// What is remembered from one look to the next; without it, more is asked again and nothing else.
struct MailMemory: Sendable {
    /// Of the folder; with another one all numbers are of other mails.
    var validity: UInt32 = 0
    var looks = 0
    /// Up to this number everything is kept here.
    var keptUpTo: UInt32 = 0
    /// Those that could not be fetched: the others come first, and they themselves ever more rarely.
    var unfetched: [UInt32: Rest] = [:]
    var fetchWords = ""
    /// Those that could not be moved, and when that is tried again.
    var stuck: Set<UInt32> = []
    var moving = Rest()
    /// Until then no other is moved either.
    var isStopped = false
    /// What is kept here and still lies there, and what the server said of it.
    var unmoved: Set<UInt32> = []
    var words = ""
}

/// How long something is left alone after it failed, counted in looks: 1, 2, 4 … 64.
struct Rest: Sendable {
    private var failures = 0
    private var until = 0

    mutating func lengthen(after look: Int) {
        failures += 1
        until = look + 1 << min(failures - 1, 6)
    }

    func isOver(at look: Int) -> Bool { look >= until }
}
