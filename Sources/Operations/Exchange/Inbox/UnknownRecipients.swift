// Nơi nhận không có ở đây: a message names several recipients, and some are nobody in this installation. Whoever sent it is told
// so of each of them (02, with the code), once, while the others have their document (E2, E3, E5). Of very many, the most are
// told in transactions of their own before the document is entered, so that none takes long.
import Domain
import DualSQL
import EdXML
import Foundation
import Store

struct UnknownRecipients {
    /// In one transaction.
    static let batch = 500

    let parties: InboundParties
    let letter: InboundLetter
    let origin: MessageOrigin

    /// The acts of what was not said before.
    func refuse(_ connection: Connection, _ route: Route, at now: Instant) throws -> [Act] {
        // The one in whose name it is said: the first of those who have it, the same each time.
        guard origin.channel.reportsStatus, let teller = parties.recipients.first else { return [] }
        return try parties.unknown.compactMap { organization in
            let code = organization.organID ?? ""
            let act = Act(
                tables: Tables(connection), actor: .system(name: "Liên thông", agency: teller.id), now: now)
            let unknown = UnknownRecipient(
                delivery: parties.delivery(of: origin, to: "code:\(code)"), agency: teller.id,
                sender: parties.sender.id, code: code,
                name: organization.name ?? code, key: origin.key,
                document: letter.facts.numberAndNotation, date: letter.facts.date)
            guard try act.tables.unknownRecipients.insert(unknown, at: now) else { return nil }
            try tell(unknown, act, route)
            return act
        }
    }

    /// All but those that the last transaction has room for.
    ///
    /// - Parameter parties: As they are in that transaction.
    /// - Returns: How many were told, from the beginning.
    static func refuseMany(
        _ office: Office, _ letter: InboundLetter, _ origin: MessageOrigin, _ route: Route, at now: Instant,
        parties: @escaping @Sendable (Tables) throws -> InboundParties
    ) async throws -> Int {
        var told = 0
        while true {
            let start = told
            let count = try await office.database.write { connection in
                let parties = try parties(Tables(connection))
                guard parties.unknown.count - start > batch else { return 0 }
                let some = parties.of(Array(parties.unknown.dropFirst(start).prefix(batch)))
                let acts = try UnknownRecipients(parties: some, letter: letter, origin: origin)
                    .refuse(connection, route, at: now)
                try Act.writeJournals(of: acts)
                return batch
            }
            if count == 0 { return told }
            told += count
        }
    }

    private func tell(_ unknown: UnknownRecipient, _ act: Act, _ route: Route) throws {
        let reason = "Hệ thống nơi nhận không có cơ quan mang mã \(unknown.code)."
        try act.tables.outbox.insert([
            Envelope(
                id: act.newID(), kind: .status, from: unknown.agency, to: unknown.sender,
                delivery: unknown.delivery, route: route, document: nil, status: .refused, note: reason,
                at: act.now)
        ])
        act.record(
            .recipientUnknown, unknown.delivery,
            [
                "code": unknown.code, "name": unknown.name, "document": unknown.document,
                "from": parties.sender.name,
            ])
    }
}
