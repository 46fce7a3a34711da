// Một lượt hỏi trục: what it lists is fetched, kept, and only then acknowledged. A message that it lists and cannot hand over –
// destroyed, too large, refused – keeps none of the others: after a few vain looks an administrator has a line of it, and it
// is asked for ever more rarely (E5).
import Domain
import DocumentAxis
import Foundation
import Logging
import Store

struct AxisLook {
    private let channel: AxisChannel
    private let inbox: Inbox
    /// New ones.
    private(set) var count = 0
    /// What went wrong first.
    private(set) var first: CarryingFailure?

    private var losses = 0
    /// So many calls may get no answer before it is the axis' trouble and not that of single messages.
    private static let lossLimit = 10

    init(of channel: AxisChannel, into inbox: Inbox) { (self.channel, self.inbox) = (channel, inbox) }

    mutating func run(_ kind: AxisKind) async throws {
        let entries = try await list(kind)
        if !entries.isEmpty { inbox.office.killPoints.pass(.axisListed) }
        var codes: [AxisDocID: [String]] = [:], order: [AxisEntry] = []
        for entry in entries {
            if codes[entry.docID] == nil { order.append(entry) }
            codes[entry.docID, default: []] += entry.recipients
        }
        let before = channel.memory.vain(kind)
        var vain = before.filter { codes[$0.key] != nil }
        defer { channel.memory.setVain(vain, kind) }
        let known = try await inbox.listed(order.map(\.docID.text))
        // Those that gave no trouble before come first.
        for entry in order.filter({ before[$0.docID] == nil }) + order.filter({ before[$0.docID] != nil }) {
            let found = known[entry.docID.text], listed = Listed(entry, codes[entry.docID] ?? [])
            do {
                if try await take(listed, found, after: vain[entry.docID] ?? 0) { count += 1 }
                vain[entry.docID] = nil
            } catch let trouble as Vain {
                vain[entry.docID] = trouble.times
                first = first ?? trouble.failure
                if losses > Self.lossLimit { throw trouble.failure }
            } catch let failure as AxisFailure {
                let carrying = CarryingFailure(failure, of: channel.channel)
                // No other could be had either.
                if failure.neverGotThere { throw carrying }
                first = first ?? carrying
            } catch { first = first ?? Self.notWritten(error, inbox) }
        }
    }

    static func notWritten(_ error: any Error, _ inbox: Inbox) -> CarryingFailure {
        inbox.office.log.error("a message of an axis could not be written down: \(error)")
        return .passing(
            "Máy chủ chưa ghi được gói tin nhận về và sẽ thử lại; báo quản trị xem nhật ký nếu còn lặp lại.")
    }

    private func list(_ kind: AxisKind) async throws(CarryingFailure) -> [AxisEntry] {
        do throws(AxisFailure) {
            let entries = try await channel.ask { (axis) throws(AxisFailure) in
                try axis.received(kind).entries
            }
            channel.memory.isDeaf = false
            return entries
        } catch {
            channel.memory.isDeaf = true
            throw CarryingFailure(error, of: channel.channel)
        }
    }

    // MARK: One

    private struct Listed {
        let id: AxisDocID, from: String, codes: [String], hasHeard: Bool

        init(_ entry: AxisEntry, _ codes: [String]) {
            (id, self.codes, hasHeard) = (entry.docID, codes, entry.isAcknowledged)
            from = entry.from ?? ""
        }
    }

    /// It could not be fetched, so many looks in a row.
    private struct Vain: Error {
        let times: Int, failure: CarryingFailure
    }

    private mutating func take(_ listed: Listed, _ known: ListedMessage?, after vain: Int) async throws
        -> Bool
    {
        guard let known else { return try await takeNew(listed, after: vain) }
        if known.isHere || known.state == .dismissed {
            if listed.hasHeard || channel.memory.acknowledged.contains(listed.id) { return false }
            // What somebody has put aside without its ever being here did not arrive.
            try await acknowledge(listed.id, known.isHere ? .done : .fail)
            return false
        }
        guard known.state == .failed, known.dueAt <= inbox.office.clock.now else { return false }
        return try await takeAgain(listed, known)
    }

    private mutating func takeNew(_ listed: Listed, after vain: Int) async throws -> Bool {
        let folder = try TemporaryFolder(), file = folder.path + "/goi-tin.edxml"
        do throws(AxisFailure) { try await fetch(listed.id, file) } catch {
            if error.neverGotThere { throw error }
            let words = error.words(of: listed.id, on: channel.channel)
            guard vain + 1 >= error.mostVainLooks else {
                throw Vain(times: vain + 1, failure: .passing(words))
            }
            _ = try await inbox.refuse(
                listed.id.text, size: 0, sender: listed.from, subject: "", because: words,
                until: nextLook(after: error, times: 1))
            return false
        }
        let isNew = try await inbox.take(listed.id.text, file: file, for: listed.codes, from: listed.from)
        try await acknowledge(listed.id, .done)
        return isNew
    }

    private mutating func takeAgain(_ listed: Listed, _ known: ListedMessage) async throws -> Bool {
        let folder = try TemporaryFolder(), file = folder.path + "/goi-tin.edxml"
        do throws(AxisFailure) { try await fetch(listed.id, file) } catch {
            if error.neverGotThere { throw error }
            try await inbox.leave(
                known.id, until: nextLook(after: error, times: known.attempts + 1),
                because: error.words(of: listed.id, on: channel.channel))
            return false
        }
        // Somebody may have put it aside at this moment; the next look tells the axis so.
        guard try await inbox.bring(known.id, file: file, for: listed.codes) else { return false }
        try await acknowledge(listed.id, .done)
        return true
    }

    private mutating func fetch(_ id: AxisDocID, _ file: String) async throws(AxisFailure) {
        do throws(AxisFailure) {
            try await channel.ask { (axis) throws(AxisFailure) in try axis.fetch(id, into: file) }
            inbox.office.killPoints.pass(.axisFetched)
        } catch {
            if case .noAnswer = error { losses += 1 }
            throw error
        }
    }

    private func acknowledge(_ id: AxisDocID, _ outcome: AxisOutcome) async throws(AxisFailure) {
        try await channel.ask { (axis) throws(AxisFailure) in try axis.acknowledge(id, outcome) }
        inbox.office.killPoints.pass(.axisConfirmed)
        channel.memory.acknowledged.note(id)
    }

    /// 10 minutes, 20, 40 … a day. What is too large stays so; a person can have it asked for all the same.
    private func nextLook(after failure: AxisFailure, times: Int) -> Instant {
        let now = inbox.office.clock.now
        if failure == .answerTooLong { return now.adding(seconds: 365 * 86_400) }
        return now.adding(seconds: min(86_400, 600 << min(max(0, times - 1), 8)))
    }
}

extension AxisEntry {
    /// Whom the axis lists it for; some write one code, some a list as in the header of sending.
    fileprivate var recipients: [String] {
        let marks: Set<Character> = [".", "-", "_"]
        let codes = (to ?? "").split { !$0.isLetter && !$0.isNumber && !marks.contains($0) }
        return codes.prefix(200).map { String($0.prefix(100)) }
    }

    /// Whether the axis has heard what became of it here, and lists it all the same.
    fileprivate var isAcknowledged: Bool {
        [AxisOutcome.done, .fail].map(\.rawValue).contains(status?.lowercased())
    }
}

extension AxisFailure {
    /// How often in a row a message is asked for in vain before it is a person's. What came and is no message will hardly
    /// be one the next time; what did not come may have met a bad hour.
    fileprivate var mostVainLooks: Int {
        switch self {
        case .answerTooLong: 1
        case .garbage, .declined, .unexplained: 3
        case .refused: isOfMessage || !isPassing ? 3 : CarryingPace.attemptLimit
        case .unreachable, .noAnswer, .untrusted, .trouble, .signInRefused, .clockWrong, .notSendable, .file:
            CarryingPace.attemptLimit
        }
    }
}
