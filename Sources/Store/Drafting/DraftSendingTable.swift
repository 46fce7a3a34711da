// Nơi nhận of a draft: written by its drafter, settled with the signature. What was changed after the draft had been submitted
// is kept, so that later heads see it (D22).
import Domain
import DualSQL
import Foundation

/// One change of what a draft says about its sending.
package struct DraftSendingChange: Sendable, Equatable {
    package let by: ID<Position>
    package let at: Instant
    package let added: [ID<Agency>]
    package let leftOut: [ID<Agency>]
    package let rerouted: [ID<Agency>]
    package let answerBefore: OfficeDate?
    package let answerAfter: OfficeDate?

    package init(
        by: ID<Position>, at: Instant, _ changes: [RecipientChange], answerBefore: OfficeDate?,
        answerAfter: OfficeDate?
    ) {
        self.by = by
        self.at = at
        added = changes.filter(\.isAdded).map(\.agency)
        leftOut = changes.filter(\.isLeftOut).map(\.agency)
        rerouted = changes.filter { !$0.isAdded && !$0.isLeftOut }.map(\.agency)
        self.answerBefore = answerBefore
        self.answerAfter = answerAfter
    }

    fileprivate init(_ row: Row) throws {
        let before: String = try row[5], after: String = try row[6]
        (by, at) = (try row[0], try row[1])
        (added, leftOut) = (try Self.agencies(try row[2]), try Self.agencies(try row[3]))
        rerouted = try Self.agencies(try row[4])
        (answerBefore, answerAfter) = (OfficeDate(before), OfficeDate(after))
    }

    fileprivate static func text(_ agencies: [ID<Agency>]) throws -> String {
        String(decoding: try JSONEncoder().encode(agencies), as: UTF8.self)
    }

    private static func agencies(_ text: String) throws -> [ID<Agency>] {
        try JSONDecoder().decode([ID<Agency>].self, from: Data(text.utf8))
    }
}

package struct DraftSendingTable {
    let connection: Connection

    package func find(_ draft: ID<Draft>) throws -> DraftSending {
        let recipients = try connection.rows(
            "SELECT recipient_id, chosen, signed FROM draft_recipient WHERE draft_id = \(draft) ORDER BY ordinal"
        ) { row in
            let chosen: String = try row[1], signed: String = try row[2]
            return DraftRecipient(
                agency: try row[0], chosen: Medium(rawValue: chosen), signed: Medium(rawValue: signed))
        }
        return try connection.first(
            "SELECT subject, reason, answer_by FROM draft_sending WHERE draft_id = \(draft)"
        ) { row in
            let subject: String = try row[0], answerBy: String = try row[2]
            return DraftSending(
                recipients: recipients, subject: SubjectClass(rawValue: subject), reason: try row[1],
                answerBy: OfficeDate(answerBy))
        } ?? DraftSending(recipients: recipients)
    }

    package func answerBy(of draft: ID<Draft>) throws -> OfficeDate? {
        let day: String? = try connection.first(
            "SELECT answer_by FROM draft_sending WHERE draft_id = \(draft)"
        ) { try $0[0] }
        return day.flatMap { OfficeDate($0) }
    }

    /// All of it anew. The caller holds the draft's lock, here and below.
    package func put(_ sending: DraftSending, of draft: ID<Draft>) throws {
        try connection.execute("DELETE FROM draft_recipient WHERE draft_id = \(draft)")
        try connection.execute("DELETE FROM draft_sending WHERE draft_id = \(draft)")
        try connection.execute(
            """
            INSERT INTO draft_sending (draft_id, subject, reason, answer_by)
            VALUES (\(draft), \(sending.subject?.rawValue ?? ""), \(sending.reason),
                \(sending.answerBy?.iso ?? ""))
            """)
        try connection.insert(
            "draft_recipient (draft_id, recipient_id, ordinal, chosen)",
            Array(sending.recipients.enumerated())
        ) { ordinal, one in
            "(\(draft), \(one.agency), \(ordinal), \(one.chosen?.rawValue ?? ""))"
        }
    }

    /// By which medium the signer saw it go to each recipient.
    package func settle(_ recipients: [SettledRecipient], of draft: ID<Draft>) throws {
        for medium in Medium.allCases {
            var rest = recipients.filter { $0.medium == medium }.map(\.agency)[...]
            while !rest.isEmpty {
                let some = Array(rest.prefix(DeliveryTable.rowsAtOnce))
                try connection.execute(
                    """
                    UPDATE draft_recipient SET signed = \(medium)
                    WHERE draft_id = \(draft) AND recipient_id IN (\(list: some))
                    """)
                rest = rest.dropFirst(DeliveryTable.rowsAtOnce)
            }
        }
    }

    /// The signature is void, and nothing is settled any more.
    package func unsettle(_ draft: ID<Draft>) throws {
        try connection.execute("UPDATE draft_recipient SET signed = '' WHERE draft_id = \(draft)")
    }

    package func append(_ change: DraftSendingChange, to draft: ID<Draft>) throws {
        let last: Int =
            try connection.first(
                "SELECT coalesce(max(ordinal), 0) FROM draft_sending_change WHERE draft_id = \(draft)"
            ) { try $0[0] } ?? 0
        try connection.execute(
            """
            INSERT INTO draft_sending_change (draft_id, ordinal, changed_by, changed_at, added, left_out, rerouted,
                answer_before, answer_after)
            VALUES (\(draft), \(last + 1), \(change.by), \(change.at),
                \(try DraftSendingChange.text(change.added)), \(try DraftSendingChange.text(change.leftOut)),
                \(try DraftSendingChange.text(change.rerouted)), \(change.answerBefore?.iso ?? ""),
                \(change.answerAfter?.iso ?? ""))
            """)
    }

    /// Oldest first.
    package func changes(of draft: ID<Draft>) throws -> [DraftSendingChange] {
        try connection.rows(
            """
            SELECT changed_by, changed_at, added, left_out, rerouted, answer_before, answer_after
            FROM draft_sending_change WHERE draft_id = \(draft) ORDER BY ordinal
            """, DraftSendingChange.init)
    }
}

extension Tables {
    package var draftSending: DraftSendingTable { DraftSendingTable(connection: connection) }
}
