// Trạng thái và đề nghị từ hệ thống khác: found by the name of the document in messages, or, since some systems make up a new
// one, by its number, notation and date (E2, E3).
import Domain
import DualSQL
import EdXML
import Foundation
import Store

struct InboundStatus: Sendable {
    let office: Office
    let message: InboundMessage
    let status: StatusMessage

    func enter() async throws {
        guard let code = DeliveryStatus(code: status.statusCode ?? "") else {
            throw InboundTrouble.never(
                "Gói tin có mã trạng thái không hiểu: \(status.statusCode ?? "trống").",
                sender: status.from.name ?? "")
        }
        if code == .recallAsked {
            try await InboundRequest(office: office, message: message).recall(status)
        } else {
            try await report(code)
        }
    }

    private func report(_ code: DeliveryStatus) async throws {
        let now = office.clock.now, message = message, status = status
        try await office.database.write { connection in
            let tables = Tables(connection)
            let senders = try tables.correspondents.find(code: status.from.organID ?? "", on: now.officeDate)
            let delivery = try delivery(of: status, from: senders, tables)
            let act = Act(
                tables: tables, actor: .system(name: "Liên thông", agency: delivery.agency), now: now)
            let request = code.isState ? nil : try tables.deliveryRequests.all(of: delivery.id).last?.id
            if !code.isState, request == nil { throw InboundTrouble.never("Trả lời một đề nghị không có.") }
            let envelope = Envelope(
                id: DerivedID.make(
                    "status", delivery.id.description, code.code, status.timestamp ?? "",
                    status.description ?? ""),
                kind: .status, from: delivery.recipient, to: delivery.agency, delivery: delivery.id,
                route: message.route, document: nil, request: request, status: code,
                note: String(status.description ?? "", atMost: 1000),
                at: min(Instant(message: status.timestamp) ?? now, now))
            _ = try TakeStatus(envelope: envelope, partners: office.exchange.partnerNames).perform(act)
            try tables.inbound.close(
                message.id, .done, sender: status.from.name ?? "",
                subject: "\(code.code) \(status.responseFor.code ?? "")")
            try act.writeJournal()
        }
    }

    private func delivery(
        of status: StatusMessage, from recipients: [Correspondent], _ tables: Tables
    ) throws -> Delivery {
        let named = status.responseFor
        let ids = recipients.map(\.id)
        let byKey = try tables.deliveries.find(messageKey: named.documentID ?? "", to: ids)
        let found =
            byKey.isEmpty
            ? try tables.deliveries.find(
                numberAndNotation: named.code ?? "", date: OfficeDate(message: named.promulgationDate),
                to: ids)
            : byKey
        let ways = WayRules(partners: office.exchange.partnerNames)
        let own = found.filter { delivery in
            ways.isSame(
                message.route, as: delivery.route, of: recipients.first { $0.id == delivery.recipient })
        }
        guard let delivery = own.last(where: { $0.recalledAt == nil }) ?? own.last else {
            try InboundParties.refuseImpostor(recipients, message.route, status.from.name ?? "")
            if found.isEmpty {
                throw InboundTrouble.later("Chưa tìm thấy văn bản mà trạng thái nói tới.")
            }
            throw InboundTrouble.never(
                "Văn bản mà trạng thái nói tới được gửi bằng đường khác; trạng thái đến bằng đường này không được ghi nhận.",
                sender: status.from.name ?? "", subject: "\(status.statusCode ?? "") \(named.code ?? "")")
        }
        return delivery
    }
}

/// What another system asks about a document it sent.
struct InboundRequest: Sendable {
    let office: Office
    let message: InboundMessage

    func recall(_ status: StatusMessage) async throws {
        try await enter(
            .recall, from: status.from, about: [status.responseFor], to: [status.responseFor.organID ?? ""],
            note: status.description ?? "", stamp: status.timestamp ?? "")
    }

    /// The same, as a document message of business type 1.
    func recall(_ document: DocumentMessage) async throws {
        let header = document.header
        try await enter(
            .recall, from: header.from, about: header.responseFor, to: header.to.compactMap(\.organID),
            note: document.trace.business?.reason ?? "", stamp: document.trace.hops.first?.timestamp ?? "")
    }

    private func enter(
        _ kind: ExchangeRequestKind, from: Organization, about: [ResponseFor], to codes: [String],
        note: String, stamp: String
    ) async throws {
        let now = office.clock.now, message = message
        let words = note.isEmpty ? "Nơi gửi không nêu lý do." : String(note, atMost: RequestRules.noteLimit)
        try await office.database.write { connection in
            let tables = Tables(connection)
            let senders = try tables.correspondents.find(code: from.organID ?? "", on: now.officeDate)
            var recipients: [Correspondent] = []
            for code in Set(codes).sorted() {
                recipients += try tables.correspondents.find(code: code, on: now.officeDate).filter { one in
                    one.isHosted && !recipients.contains { $0.id == one.id }
                }
            }
            let found = try Self.receipts(about, from: senders, at: recipients, tables)
            let receipts = found.filter { isOfThisWay($0, senders) }
            if receipts.isEmpty {
                try InboundParties.refuseImpostor(senders, message.route, from.name ?? "")
                throw found.isEmpty
                    ? InboundTrouble.later("Chưa tìm thấy văn bản mà nơi gửi nói tới.")
                    : Self.otherWay(from, words)
            }
            let acts = try receipts.map { receipt in
                let act = Act(
                    tables: Tables(connection), actor: .system(name: "Liên thông", agency: receipt.agency),
                    now: now)
                let envelope = Self.envelope(
                    kind, receipt, stamp: stamp, at: Instant(message: stamp), note: words, now: now)
                _ = try TakeRequest(envelope: envelope, known: receipt).perform(act)
                return act
            }
            try tables.inbound.close(message.id, .done, sender: from.name ?? "", subject: words)
            try Act.writeJournals(of: acts)
        }
    }

    /// A letter is asked about by the way it came.
    func isOfThisWay(_ receipt: Receipt, _ senders: [Correspondent]) -> Bool {
        WayRules(partners: office.exchange.partnerNames).isSame(
            message.route, as: receipt.origin.route, of: senders.first { $0.id == receipt.sender })
    }

    static func otherWay(_ from: Organization, _ words: String) -> InboundTrouble {
        .never(
            "Văn bản mà nơi gửi nói tới đã đến bằng đường khác; đề nghị đến bằng đường này không được nhận.",
            sender: from.name ?? from.organID ?? "", subject: words)
    }

    /// The request as this installation knows it: the same for the same message.
    static func envelope(
        _ kind: ExchangeRequestKind, _ receipt: Receipt, stamp: String, at: Instant?, note: String,
        now: Instant
    ) -> Envelope {
        Envelope(
            id: DerivedID.make("request", receipt.id.description, kind.rawValue, stamp),
            kind: kind == .recall ? .recall : .update, from: receipt.sender, to: receipt.agency,
            delivery: receipt.delivery, document: nil,
            request: DerivedID.make("request", receipt.id.description, kind.rawValue, stamp),
            status: .recallAsked, note: note, at: min(at ?? now, now))
    }

    /// Of what was sent again, the last.
    static func receipts(
        _ about: [ResponseFor], from senders: [Correspondent], at recipients: [Correspondent],
        _ tables: Tables
    ) throws -> [Receipt] {
        var found: [Receipt] = []
        for sender in senders {
            for recipient in recipients {
                for named in about {
                    let byKey = try tables.receipts.find(
                        messageKey: named.documentID ?? "", from: sender.id, in: recipient.id)
                    let all =
                        byKey.isEmpty
                        ? try tables.receipts.find(
                            numberAndNotation: named.code ?? "",
                            date: OfficeDate(message: named.promulgationDate),
                            from: sender.id, in: recipient.id)
                        : byKey
                    for receipt in all
                    where !all.contains(where: {
                        $0.origin.key == receipt.origin.key && $0.origin.business == receipt.origin.business
                            && $0.origin.sending > receipt.origin.sending
                    }) && !found.contains(where: { $0.id == receipt.id }) {
                        found.append(receipt)
                    }
                }
            }
        }
        return found
    }
}
