// Một lượt đọc hộp thư: over one connection, those that gave no trouble first; what costs the connection costs no other mail.
import Domain
import Foundation
import MailMessages
import Store
import WebTransfers

/// One look at a mailbox, over one connection.
struct MailRound {
    let session: MailboxSession
    let account: MailAccount
    let inbox: Inbox
    let office: Office
    var memory: MailMemory
    /// New ones.
    var count = 0

    private var losses = 0
    private var refusedFetches = 0
    private var refusedMoves = 0
    /// What could not be moved is left alone this time.
    private var isResting = false

    private static let atOnce = 200
    /// How many of those that could not be fetched are tried again at one look.
    private static let unfetchedAtOnce = 50
    /// So many single mails may be refused, or cost the connection, before it is the server's trouble and not theirs.
    private static let refusedLimit = 200, lossLimit = 10
    /// A server that refuses to move that many says the same of all others.
    private static let refusalLimit = 3
    /// Seconds; for what comes slower than 64 KB in a second there is the next look.
    private static let patience = 60.0, bytesInSecond = 64 << 10

    init(
        session: MailboxSession, account: MailAccount, inbox: Inbox, office: Office, memory: MailMemory
    ) {
        (self.session, self.account, self.inbox) = (session, account, inbox)
        (self.office, self.memory) = (office, memory)
    }

    // MARK: All

    mutating func run() async throws {
        let (validity, isWritable) = try await ask { ($0.uidValidity, $0.isWritable) }
        if validity != memory.validity {
            memory = MailMemory()
            memory.validity = validity
        }
        memory.looks += 1
        isResting = !memory.moving.isOver(at: memory.looks)
        if !isResting { (memory.unmoved, memory.words, memory.isStopped) = ([], "", false) }
        if !isResting, !isWritable { stopMoving("hộp thư chỉ cho đọc") }
        do {
            try await look()
        } catch {
            noteMoving()
            throw error
        }
        noteMoving()
    }

    private mutating func look() async throws {
        // What is kept and could not be moved is only looked at again to be moved.
        let start = isResting ? memory.keptUpTo : 0
        let numbers = try await ask { (folder) throws(MailFailure) in try folder.numbers(after: start) }
        let lying = Set(numbers)
        memory.unfetched = memory.unfetched.filter { lying.contains($0.key) }
        if !isResting { memory.stuck.formIntersection(lying) }
        guard try await takeAll(numbers) else { return }
        guard let last = numbers.last else { return }
        memory.keptUpTo = memory.unfetched.keys.min().map { min(last, $0 - 1) } ?? last
    }

    private mutating func noteMoving() {
        if refusedMoves > 0 {
            memory.moving.lengthen(after: memory.looks)
        } else if memory.unmoved.isEmpty {
            memory.moving = Rest()
        }
    }

    /// Those that gave no trouble before come first.
    private mutating func takeAll(_ numbers: [UInt32]) async throws -> Bool {
        let (unfetched, stuck, now) = (memory.unfetched, memory.stuck, memory.looks)
        let order =
            numbers.filter { !stuck.contains($0) && unfetched[$0] == nil }
            + numbers.filter { stuck.contains($0) && unfetched[$0] == nil }
        for first in stride(from: 0, to: order.count, by: Self.atOnce) {
            let some = Array(order[first..<min(first + Self.atOnce, order.count)])
            guard try await take(some) else { return false }
        }
        let again = numbers.filter { unfetched[$0]?.isOver(at: now) == true }
        for number in again.shuffled().prefix(Self.unfetchedAtOnce) where losses < Self.lossLimit {
            guard try await take([number]) else { return false }
        }
        return true
    }

    /// False: the mailbox was held meanwhile (H6).
    private mutating func take(_ numbers: [UInt32]) async throws -> Bool {
        let names = numbers.map(name)
        let known = try await inbox.known(among: names)
        let fresh = numbers.filter { !known.contains(name($0)) }
        let messages = try await listed(fresh)
        for number in numbers {
            if try await isHeld() { return false }
            if known.contains(name(number)) {
                try await putAway(number)
            } else if let message = messages[number], !message.isDeleted {
                try await bring(message)
            }
        }
        return true
    }

    private mutating func listed(_ numbers: [UInt32]) async throws -> [UInt32: WebTransfers.WaitingMessage] {
        var found: [WebTransfers.WaitingMessage] = []
        do {
            found = try await ask { (folder) throws(MailFailure) in try folder.messages(numbers) }
        } catch let failure as MailFailure {
            guard numbers.count > 1 else {
                if let only = numbers.first { try noteUnfetched(only, failure) }
                return [:]
            }
            if case .refused(.list, _) = failure {} else { try noteLoss(failure) }
            // One of them may be the reason.
            for number in numbers {
                for message in try await listed([number]).values { found.append(message) }
            }
        }
        return Dictionary(found.map { ($0.uid, $0) }) { first, _ in first }
    }

    private func isHeld() async throws -> Bool {
        let route = inbox.route
        return try await office.read { try $0.exchangeConditions.holds().contains { $0.covers(route) } }
    }

    /// What a person has to know of this look.
    var trouble: CarryingFailure? {
        if !memory.unfetched.isEmpty {
            let why = memory.fetchWords.isEmpty ? "" : " (\(memory.fetchWords))"
            return .passing(
                "Máy chủ thư chưa giao được \(memory.unfetched.count) thư\(why); các thư khác vẫn nhận.")
        }
        if !memory.unmoved.isEmpty {
            return .passing(
                "Đã nhận nhưng chưa chuyển được \(memory.unmoved.count) thư vào thư mục “\(account.takenFolder)” của hộp thư (\(memory.words))."
            )
        }
        return nil
    }

    // MARK: One

    private func name(_ number: UInt32) -> String { "\(memory.validity).\(number)" }

    private mutating func bring(_ message: WebTransfers.WaitingMessage) async throws {
        guard message.size <= MailCollection.messageLimit else { return try await refuse(message) }
        let folder = try TemporaryFolder()
        let file = folder.path + "/thu.eml"
        let patience = Self.patience + Double(message.size / Self.bytesInSecond)
        do {
            let size = try await ask { (folder) throws(MailFailure) in
                try folder.fetch(
                    message.uid, toFile: file, limit: MailCollection.messageLimit, patience: patience)
            }
            guard size != nil else { return try await noteEmpty(message.uid) }
        } catch MailFailure.transfer(.answerTooLong) {
            try noteLoss(.transfer(.answerTooLong))
            return try await refuse(message)
        } catch let failure as MailFailure {
            return try noteUnfetched(message.uid, failure)
        }
        memory.unfetched[message.uid] = nil
        if try await inbox.take(name(message.uid), file: file) { count += 1 }
        try await putAway(message.uid)
        office.killPoints.pass(.mailMoved)
    }

    /// Somebody took it away meanwhile, or the server names it and gives nothing.
    private mutating func noteEmpty(_ number: UInt32) async throws {
        if try await listed([number]).isEmpty {
            memory.unfetched[number] = nil
            return
        }
        memory.fetchWords = "máy chủ không đưa nội dung thư"
        leave(number)
    }

    private mutating func noteUnfetched(_ number: UInt32, _ failure: MailFailure) throws {
        switch failure {
        case .refused(let step, let answer) where [.list, .fetch].contains(step):
            memory.fetchWords = answer.text
            refusedFetches += 1
            if refusedFetches > Self.refusedLimit { throw failure }
        default:
            memory.fetchWords = "kết nối bị ngắt khi tải"
            try noteLoss(failure)
        }
        leave(number)
    }

    private mutating func leave(_ number: UInt32) {
        memory.unfetched[number, default: Rest()].lengthen(after: memory.looks)
    }

    /// The folder is opened again for the next mail.
    private mutating func noteLoss(_ failure: MailFailure) throws {
        guard case .transfer(let loss) = failure, loss.isOfConnection, !session.isRenumbered else {
            throw failure
        }
        losses += 1
        if losses > Self.lossLimit { throw failure }
    }

    /// A person is told of it in its place, and looks at it in the mailbox.
    private mutating func refuse(_ message: WebTransfers.WaitingMessage) async throws {
        let outline = try await outline(of: message.uid)
        let limit = MailCollection.messageLimit >> 20
        let isNew = try await inbox.refuse(
            name(message.uid), size: message.size, sender: outline?.from.first?.address ?? "",
            subject: outline?.subject ?? "",
            because:
                "Thư lớn hơn \(limit) MB nên không tải về. Mở hộp thư, thư mục “\(account.takenFolder)”, để xem."
        )
        if isNew { count += 1 }
        try await putAway(message.uid)
    }

    private func outline(of number: UInt32) async throws -> MailMessage? {
        let folder = try TemporaryFolder()
        let bytes = try? await ask { (folder) throws(MailFailure) in try folder.outline(number) }
        guard let bytes else { return nil }
        let path = folder.path + "/dau-thu.eml"
        return try? await OwnThread.run {
            try Data(bytes).write(to: URL(filePath: path))
            return try MailReader.read(path, into: folder.path)
        }
    }

    // MARK: Out of the way

    private mutating func putAway(_ number: UInt32) async throws {
        guard !memory.isStopped, !isResting || !memory.stuck.contains(number) else {
            memory.unmoved.insert(number)
            return
        }
        let target = account.takenFolder
        do {
            try await ask { (folder) throws(MailFailure) in try folder.move(number, to: target) }
            memory.stuck.remove(number)
        } catch let failure as MailFailure {
            refusedMoves += 1
            memory.unmoved.insert(number)
            memory.stuck.insert(number)
            if refusedMoves >= Self.refusalLimit { memory.isStopped = true }
            guard case .refused(.move, let answer) = failure else {
                memory.words = "kết nối bị ngắt khi chuyển"
                return try noteLoss(failure)
            }
            memory.words = answer.text
        }
    }

    /// A server that copies and cannot remove would copy at each look.
    private mutating func stopMoving(_ words: String) {
        (memory.isStopped, memory.words) = (true, words)
        refusedMoves += 1
    }

    private func ask<T: Sendable>(
        _ act: @escaping @Sendable (OpenFolder) throws(MailFailure) -> T
    ) async throws -> T {
        let session = session
        return try await OwnThread.run { try session.ask(act) }
    }
}

extension TransferFailure {
    /// It was there, and a mail may have cost it.
    fileprivate var isOfConnection: Bool {
        switch self {
        case .timedOut, .brokenOff, .answerTooLong: true
        default: false
        }
    }
}
