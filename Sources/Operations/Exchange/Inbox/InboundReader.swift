// Đọc gói tin đến: a message that is kept becomes a receipt, a status on the sender's board, or a request before the clerk – in
// one transaction with its own end. What cannot be read stays, with the reason, until a person has decided (E5).
import BlobStorage
import Crypto
import Domain
import DualSQL
import EdXML
import Foundation
import Logging
import MailMessages
import Store

package struct InboundReader: Sendable {
    /// A status may come before its document; after this many looks it is a person's.
    static let attemptLimit = CarryingPace.attemptLimit
    /// So often the machine may stop while it reads a message; then it is left alone, for the sake of all others.
    static let accidentLimit = 6

    private let office: Office
    private let life: WorkerLife

    package init(office: Office, life: WorkerLife) {
        self.office = office
        self.life = life
    }

    /// What one reading came to.
    package enum Reading: Sendable {
        /// Nothing waits.
        case nothing
        /// Somebody's answer to what was sent; hardly ever is there anything to say to it.
        case heard
        /// Something that its sender is told about, or a person is.
        case entered
    }

    /// One message, if there is one.
    package func readNext() async throws -> Reading {
        guard let message = try await take() else { return .nothing }
        office.killPoints.pass(.inboundLeased)
        return try await life.working(on: message.id) { try await take(in: message) }
    }

    private func take(in message: InboundMessage) async throws -> Reading {
        do {
            if message.error.isEmpty, message.attempts >= Self.accidentLimit {
                throw InboundTrouble.accidents
            }
            return try await read(message)
        } catch let trouble as InboundTrouble {
            try await end(message, trouble)
        } catch let error as MailMessageError {
            try await end(message, .never(MessageWords.unreadable(error)))
        } catch let error as EdXMLError {
            try await end(message, InboundTrouble(error))
        } catch  where Room.isMissing(for: error) {
            try await end(message, .noRoom)
        } catch {
            office.log.error("a message that came could not be read: \(error)")
            try await end(message, .later("Máy chủ chưa đọc được gói tin."))
        }
        return .entered
    }

    private func take() async throws -> InboundMessage? {
        let now = office.clock.now
        guard try await office.read({ try $0.inbound.isAnyReady(at: now) }) else { return nil }
        return try await office.database.write { [life] in
            try Tables($0).inbound.take(by: life.id, at: now, leasedUntil: life.leaseEnd(at: now))
        }
    }

    private func read(_ message: InboundMessage) async throws -> Reading {
        guard let hash = BlobHash(hex: message.hash), office.blobs.contains(hash) else {
            // One that was never brought here stays what it was.
            throw InboundTrouble.never(
                message.hash.isEmpty ? message.error : "Tệp của gói tin không còn trong kho.",
                sender: message.sender, subject: message.subject)
        }
        let folder = try TemporaryFolder()
        let path = office.blobs.path(of: hash)
        if message.route.channel == .mail {
            let mail = try await OwnThread.run {
                StrangersWords.cut(try MailReader.read(path, into: folder.path))
            }
            try await InboundMail(office: office, message: message, mail: mail).enter()
            try await Uploads(office: office).discard(hash)
            return .entered
        }
        let received = try await OwnThread.run {
            var received = try MessageReader.read(file: path, attachmentsInto: folder.path)
            received.message = try StrangersWords.cut(received.message)
            return received
        }
        try await ListedSender(office: office, message: message).check(received.message)
        switch received.message {
        case .status(let status):
            office.killPoints.pass(.inboundBeforeEntry)
            try await InboundStatus(office: office, message: message, status: status).enter()
            office.killPoints.pass(.inboundEntered)
        case .document(let document):
            try await InboundDocument(
                office: office, message: message, document: document, oddities: received.findings
            ).enter()
        }
        // What it carried is in files of its own now.
        try await Uploads(office: office).discard(hash)
        if case .status = received.message { return .heard }
        return .entered
    }

    private func end(_ message: InboundMessage, _ trouble: InboundTrouble) async throws {
        office.killPoints.pass(.failureBefore)
        try await note(trouble, of: message)
        office.killPoints.pass(.failureCommitted)
    }

    private func note(_ trouble: InboundTrouble, of message: InboundMessage) async throws {
        let now = office.clock.now
        let isLast = message.attempts + 1 >= Self.attemptLimit
        if trouble.isPassing, !isLast || trouble == .noRoom {
            let until = CarryingPace.nextAttempt(afterAttempts: message.attempts + 1, at: now)
            try await office.database.write {
                try Tables($0).inbound.putBack(message.id, until: until, error: trouble.words)
            }
            return
        }
        try await office.database.write { connection in
            let tables = Tables(connection)
            // When reading took longer than the lease, another reader may have entered it and thrown its bytes away.
            guard try tables.inbound.find(message.id)?.state == .waiting else { return }
            let act = Act(tables: tables, actor: .system(name: "Liên thông", agency: nil), now: now)
            try act.tables.inbound.close(
                message.id, .failed, error: trouble.words,
                sender: ListedSender.kept(message) ?? trouble.sender, subject: trouble.subject)
            let said = [
                "channel": message.route.channel.rawValue, "partner": message.route.partner,
                "external": message.externalID, "reason": trouble.words,
            ]
            act.record(.inboundFailed, message.id, said)
            try act.writeJournal()
        }
    }
}

/// Why a message did not become an entry; Vietnamese, since the administrator reads it.
enum InboundTrouble: Error, Equatable {
    /// It may another time.
    case later(String)
    /// Nor does it ever become a person's: the administrator frees some room.
    case noRoom
    case never(String, sender: String = "", subject: String = "")

    static let accidents = InboundTrouble.never(
        "Máy chủ đã nhiều lần dừng khi đọc gói tin này; cần người quản trị xem trước khi đọc lại.")

    var words: String {
        switch self {
        case .later(let words), .never(let words, _, _): words
        case .noRoom: "Máy chủ chưa ghi được tệp của gói tin; kiểm tra dung lượng đĩa."
        }
    }

    var isPassing: Bool { if case .never = self { false } else { true } }

    var sender: String { if case .never(_, let sender, _) = self { sender } else { "" } }
    var subject: String { if case .never(_, _, let subject) = self { subject } else { "" } }

    init(_ error: EdXMLError) {
        switch error {
        case .notEdXML: self = .never("Tệp nhận được không phải gói tin edXML.")
        case .malformed(let line, _): self = .never("Gói tin sai cú pháp XML ở dòng \(line).")
        case .forbidden(let what):
            self = .never("Gói tin có thành phần không được phép (\(MessageWords.forbidden(what))).")
        case .overLimit(let what): self = .never("Gói tin vượt giới hạn (\(MessageWords.limit(what))).")
        case .attachment(let name, let fault):
            self = .never("Tệp kèm “\(name)” trong gói tin bị hỏng (\(MessageWords.fault(fault))).")
        case .unwritable(let what): self = .never("Gói tin không hợp lệ (\(MessageWords.name(what))).")
        case .file: self = .noRoom
        }
    }
}

/// Identifiers that come out the same whenever the same message is read.
enum DerivedID {
    static func make<Subject>(_ parts: String...) -> ID<Subject> {
        var bytes = [UInt8](SHA256.hash(data: Data(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8)))
        bytes[6] = 0x80 | bytes[6] & 0x0F
        bytes[8] = 0x80 | bytes[8] & 0x3F
        let b = bytes
        return ID(
            UUID(
                uuid: (
                    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
                    b[14], b[15]
                )))
    }
}
