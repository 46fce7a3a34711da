// Cùng một văn bản đến nhiều lần (E5): the key of a document says which one it is, what it carries says whether it is the same
// letter, and its sender's first stamp when it was sent. After a refusal, or once it was given back, other content under the same
// key is the sender's new attempt and a receipt of its own; after a refusal so is the very same, sent at a later moment (decision
// 28). Everything else is a repetition, to which only the last answer is said again.
import Crypto
import Domain
import DualSQL
import EdXML
import Foundation
import Store

struct LetterAgain {
    /// A sender that goes on repeating is told no more than this often.
    static let answersToRepetitions = 3

    enum Meaning {
        /// 1 for the first time.
        case letter(sending: Int)
        case repetition(Receipt)
    }

    let sender: ID<Agency>
    let recipient: ID<Agency>
    let origin: MessageOrigin
    /// By the sender's own clock; nil where the message does not say, or is a correction.
    var sentAt: Instant?

    func meaning(of content: String, _ tables: Tables) throws -> Meaning {
        let earlier = try tables.receipts.find(messageKey: origin.key, from: sender, in: recipient)
            .filter { $0.origin.business == origin.business }
        guard let last = earlier.max(by: { $0.origin.sending < $1.origin.sending }) else {
            return .letter(sending: 1)
        }
        guard last.state == .refused || last.frozenAt != nil else { return .repetition(last) }
        // Whatever came before may come again late.
        let isKnown = try earlier.contains { receipt in
            let had = try Self.content(of: receipt, tables)
            return had.isEmpty || had == content
        }
        if isKnown, try !isSentLater(than: earlier, last, tables) { return .repetition(last) }
        return .letter(sending: last.origin.sending + 1)
    }

    /// Whoever refused may be sent the same once more, and the sender says so by a later stamp: a message that is only carried
    /// twice bears the one it had. What was given back stays away.
    private func isSentLater(than earlier: [Receipt], _ last: Receipt, _ tables: Tables) throws -> Bool {
        guard let sentAt, last.frozenAt == nil else { return false }
        return try earlier.allSatisfy { receipt in
            // Receipts that are older than this rule have no stamp: whoever answers a refusal does so after it.
            guard
                let before = try tables.receipts.sentAt(of: receipt.id)
                    ?? tables.receipts.decidedAt(of: receipt.id)
            else { return false }
            return sentAt > before
        }
    }

    /// The last status once more, for a sender that may have lost it; statuses that come twice change nothing there.
    static func answer(_ receipt: Receipt, _ tables: Tables, at now: Instant) throws {
        guard try tables.receipts.noteRepetition(of: receipt.id) <= answersToRepetitions else { return }
        let act = Act(tables: tables, actor: .system(name: "Liên thông", agency: receipt.agency), now: now)
        try StatusReport.sendAgain(act, receipt)
    }

    /// SHA-256 over what stands in it and over its files.
    static func content(_ facts: DocumentParticulars, _ files: [StoredDocumentFile]) -> String {
        let words = [
            facts.issuingAgency, facts.numberAndNotation, facts.date.iso, facts.type, facts.abstract,
            facts.signer, "\(facts.urgency.rawValue)",
        ]
        let all = words + files.map(\.file.hash).sorted()
        let bytes = all.map { "\($0.utf8.count):\($0)" }.joined().utf8
        return SHA256.hash(data: Data(bytes)).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    /// Receipts that are older than this rule are judged by what is here of them; of one that was given back nothing is.
    private static func content(of receipt: Receipt, _ tables: Tables) throws -> String {
        let known = try tables.receipts.content(of: receipt.id)
        guard known.isEmpty, receipt.frozenAt == nil,
            let facts = try tables.documents.particulars(of: receipt.document)
        else { return known }
        return content(facts, try tables.documents.files(of: receipt.document))
    }
}

extension TraceHeaderList {
    /// When the sender says it sent it: its own hop, or the first, which others only add to (QCVN 102, 1.4).
    func sentAt(by sender: Organization) -> Instant? {
        let own = hops.first { $0.organID != nil && $0.organID == sender.organID } ?? hops.first
        return Instant(message: own?.timestamp)
    }
}
