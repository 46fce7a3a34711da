// Reading a mailbox: what is new, how large it is, and each message into a file. Which messages were read already the
// office knows itself, by their numbers; the marks are for the people who look into the same mailbox.

/// A mailbox on a server of IMAP (RFC 3501).
///
///     let inbox = try Mailbox(server).open("INBOX")
///     for message in try inbox.messages(after: last) where message.size <= limit {
///         _ = try inbox.fetch(message.uid, toFile: path, limit: limit)
///         try inbox.move(message.uid, to: "Đã nhận")
///     }
public final class Mailbox: Sendable {
    public let server: MailServer
    public let settings: TransferSettings

    public init(_ server: MailServer, settings: TransferSettings = TransferSettings()) {
        self.server = server
        self.settings = settings
    }

    /// Connects, logs in and opens a folder, which stays open for as long as the value lives.
    ///
    /// - Parameters:
    ///   - folder: Its name in any letters, with the server's own sign between levels.
    ///   - patience: In seconds, for this, and for each act on the folder that names none of its own.
    public func open(_ folder: String = "INBOX", patience: Double = 60) throws(MailFailure) -> OpenFolder {
        guard patience > 0, server.login != nil, server.protection != .none else {
            throw .transfer(.badSettings("a mailbox needs a login, and that TLS"))
        }
        let end = ContinuousClock.now + .seconds(min(patience, 86_400))
        let connection = try connect(until: end)
        return try OpenFolder(IMAPSession(connection, patience: patience), folder)
    }

    private func connect(until end: ContinuousClock.Instant) throws(MailFailure) -> ServerConnection {
        var heard: [[UInt8]] = []
        do throws(TransferFailure) {
            return try connect("AUTH=PLAIN;AUTH=LOGIN", &heard, until: end)
        } catch {
            guard case .loginDenied = error else { throw .transfer(error) }
            if let answer = heard.last.flatMap(IMAPStatus.init(tagged:))?.refusal {
                throw .refused(.login, answer)
            }
            // One that offers no way at all has the login command of IMAP itself.
            guard !heard.contains(where: { String(decoding: $0, as: UTF8.self).contains("AUTH=") }) else {
                throw .transfer(error)
            }
        }
        do throws(TransferFailure) {
            return try connect(nil, &heard, until: end)
        } catch {
            if case .loginDenied = error, let answer = heard.last.flatMap(IMAPStatus.init(tagged:))?.refusal {
                throw .refused(.login, answer)
            }
            throw .transfer(error)
        }
    }

    private func connect(
        _ methods: String?, _ heard: inout [[UInt8]], until end: ContinuousClock.Instant
    ) throws(TransferFailure) -> ServerConnection {
        let arrivals = Arrivals(limit: 0, mayConnectAnywhere: try settings.judge(server.place))
        defer { heard = arrivals.lines }
        return try ServerConnection(
            server, scheme: "imap", methods: methods, settings, until: end, arrivals: arrivals)
    }
}

/// A message that lies in a folder.
public struct WaitingMessage: Sendable, Equatable {
    /// Its number in the folder, which never returns for as long as `uidValidity` stays the same.
    public var uid: UInt32
    /// In bytes, as the server says.
    public var size: Int
    /// Whether somebody has read it.
    public var isSeen: Bool
    /// Whether somebody has thrown it away, without having emptied the bin.
    public var isDeleted: Bool
}

/// A folder on an open connection. Not to be shared between threads. After a failure of the transfer it answers no more.
public final class OpenFolder {
    public let name: String
    /// When it differs from what it was the last time, all numbers of messages have lost their meaning.
    public let uidValidity: UInt32
    /// How many messages lie there.
    public let count: Int
    /// Whether marks can be set and messages moved.
    public let isWritable: Bool
    /// False after a failure of the transfer.
    public var isOpen: Bool { !session.isOver }
    private let session: IMAPSession
    private let abilities: Set<String>
    private static let listLimit = 8 << 20
    private static let numbersInCommand = 200

    init(_ session: IMAPSession, _ name: String) throws(MailFailure) {
        self.session = session
        self.name = name
        var abilities: Set<String> = []
        try session.run("CAPABILITY", .folder) { abilities.formUnion($0.abilities) }
        self.abilities = abilities
        var validity: UInt32?, count = 0
        let end = try session.run("SELECT \(MailboxName.quoted(name))", .folder) { response in
            if let number = response.status?.number(of: "UIDVALIDITY") { validity = number }
            if let number = response.exists { count = number }
        }
        guard let validity, validity > 0 else {
            throw .transfer(.brokenOff("a folder whose messages have no lasting numbers"))
        }
        uidValidity = validity
        self.count = count
        isWritable = end.code?.uppercased() != "READ-ONLY"
    }

    /// The numbers above `uid` of the messages that nobody has thrown away, the lowest first: one command, however many
    /// there are.
    public func numbers(after uid: UInt32 = 0) throws(MailFailure) -> [UInt32] {
        guard uid < .max else { return [] }
        var found: Set<UInt32> = []
        try session.run("UID SEARCH UID \(uid + 1):* UNDELETED", .list, lineLimit: Self.listLimit) {
            // The star is the last message even when its number is lower.
            found.formUnion($0.searched.filter { $0 > uid })
        }
        return found.sorted()
    }

    /// What is known of some messages, in the order they are named; those that lie there no longer are left out.
    public func messages(_ numbers: [UInt32]) throws(MailFailure) -> [WaitingMessage] {
        let wanted = Set(numbers)
        var messages: [UInt32: WaitingMessage] = [:]
        for start in stride(from: 0, to: numbers.count, by: Self.numbersInCommand) {
            let some = numbers.dropFirst(start).prefix(Self.numbersInCommand)
            let set = some.map(String.init).joined(separator: ",")
            try session.run("UID FETCH \(set) (UID RFC822.SIZE FLAGS)", .list) { response in
                if let message = response.message, wanted.contains(message.uid) {
                    messages[message.uid] = message
                }
            }
        }
        return numbers.compactMap { messages[$0] }
    }

    /// The messages with a number above `uid` that nobody has thrown away, the lowest first.
    ///
    /// - Parameter limit: At most so many; the next call goes on after the last.
    public func messages(after uid: UInt32 = 0, limit: Int = 1_000) throws(MailFailure) -> [WaitingMessage] {
        guard limit > 0 else { return [] }
        return try messages(Array(try numbers(after: uid).prefix(limit)))
    }

    /// The fields that say from whom a message is and about what, as they stand in its header; `nil` when it lies there
    /// no longer. For a message too large to be fetched.
    public func outline(_ uid: UInt32) throws(MailFailure) -> [UInt8]? {
        var found: [UInt8]?
        let fields = "(UID BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)])"
        try session.run("UID FETCH \(uid) \(fields)", .fetch) { response in
            guard response.uid == uid else { return }
            found = response.items?.first { $0.name.hasPrefix("BODY[HEADER") }?.value.text ?? found
        }
        return found
    }

    /// Writes a message into a file, where nothing stands yet, without marking it as read.
    ///
    /// - Parameters:
    ///   - limit: In bytes. A longer message is `TransferFailure.answerTooLong`, after which the folder answers no more.
    ///   - patience: In seconds, for the whole message.
    /// - Returns: Its size in bytes; `nil` when it lies there no longer.
    public func fetch(_ uid: UInt32, toFile path: String, limit: Int, patience: Double? = nil)
        throws(MailFailure) -> Int?
    {
        let file = ArrivalFile(path: path)
        let body = IMAPBody(uid: uid, file: file, limit: limit)
        try session.run("UID FETCH \(uid) (UID BODY.PEEK[])", .fetch, body: body, patience: patience) { _ in }
        guard body.isWhole else { return nil }
        do throws(TransferFailure) { try file.keep() } catch { throw .transfer(error) }
        return file.size
    }

    /// Marks a message as read. One that lies there no longer is no failure.
    public func markSeen(_ uid: UInt32) throws(MailFailure) {
        try session.run("UID STORE \(uid) +FLAGS.SILENT (\\Seen)", .mark) { _ in }
    }

    /// Moves a message into another folder, which is made when it is missing. One that lies there no longer is no
    /// failure. A server that knows neither how to move (RFC 6851) nor how to remove a single message (RFC 4315) is left
    /// with the message marked as thrown away here.
    public func move(_ uid: UInt32, to folder: String) throws(MailFailure) {
        let target = MailboxName.quoted(folder)
        let verb = abilities.contains("MOVE") ? "MOVE" : "COPY"
        do throws(MailFailure) {
            try session.run("UID \(verb) \(uid) \(target)", .move) { _ in }
        } catch {
            guard case .refused(_, let answer) = error, answer.reason == "TRYCREATE" else { throw error }
            try session.run("CREATE \(target)", .move) { _ in }
            // So that people see it; where this is not known, they see it anyway.
            do throws(MailFailure) { try session.run("SUBSCRIBE \(target)", .move) { _ in } } catch {
                guard case .refused = error else { throw error }
            }
            try session.run("UID \(verb) \(uid) \(target)", .move) { _ in }
        }
        guard verb == "COPY" else { return }
        try session.run("UID STORE \(uid) +FLAGS.SILENT (\\Deleted)", .move) { _ in }
        if abilities.contains("UIDPLUS") { try session.run("UID EXPUNGE \(uid)", .move) { _ in } }
    }
}
