// A page of the delivery board put together: who received, refused, works on it; what would not go; what was asked.
import Domain
import Operations
import Pages
import Store

struct BoardPart {
    let tables: Tables
    let issuance: Issuance
    let filter: BoardFilter
    let position: Position
    let now: Instant
    var acts: BoardActs?

    var board: DeliveryBoard {
        get throws {
            let agency = issuance.agency
            let after = filter.after.flatMap(Self.key)
            var rows = try tables.deliveryLists.board(
                issuance.id, of: agency, part: filter.part, at: now, after: after?.key,
                limit: IncomingRoutes.pageSize + 1)
            let hasMore = rows.count > IncomingRoutes.pageSize
            if hasMore { rows.removeLast() }
            let ids = rows.map(\.delivery.id)
            let messages = try tables.outboxLists.of(ids, from: agency)
            let requests = try tables.deliveryRequests.all(of: ids)
            let answers = try tables.deliveryAnswers.of(ids)
            let holds = try tables.exchangeConditions.holds()
            let papers = Dictionary(
                try tables.papers.of(issuance.id, to: rows.map(\.delivery.recipient)).map {
                    ($0.recipient, $0.state)
                }, uniquingKeysWith: { first, _ in first })
            let shown = rows.enumerated().map { index, row in
                DeliveryRow(
                    row, ordinal: (after?.ordinal ?? 0) + index + 1,
                    messages: messages[row.delivery.id] ?? [], requests: requests[row.delivery.id] ?? [],
                    paper: papers[row.delivery.recipient], answers: answers[row.delivery.id] ?? [],
                    holds: holds, position: position, now: now)
            }
            let last = rows.last.map { Self.text($0.key, ordinal: shown.last?.ordinal ?? 0) }
            return DeliveryBoard(
                rows: shown, counts: try tables.deliveryLists.parts(of: issuance.id, in: agency, at: now),
                filter: filter, next: hasMore ? last : nil, held: try held(holds), acts: acts)
        }
    }

    /// Of all that stops something of this letter, on whatever page of the board.
    private func held(_ holds: [ExchangeHold]) throws -> [HeldChannel] {
        if holds.isEmpty { return [] }
        let routes = try tables.outboxLists.routes(of: issuance.id, from: issuance.agency)
        return try holds.filter { hold in routes.contains(where: hold.covers) }.map {
            try HeldChannel($0, tables)
        }
    }

    private static func text(_ key: BoardKey, ordinal: Int) -> String {
        "\(ordinal)_\(key.recipient)_\(key.sortKey)"
    }

    private static func key(_ text: String) -> (ordinal: Int, key: BoardKey)? {
        let parts = text.split(separator: "_", maxSplits: 2).map(String.init)
        guard parts.count == 3, let ordinal = Int(parts[0]), ordinal >= 0,
            let recipient = ID<Agency>(parts[1])
        else { return nil }
        return (ordinal % 1_000_000, BoardKey(sortKey: parts[2], recipient: recipient))
    }
}

extension DeliveryRow {
    init(
        _ row: BoardRow, ordinal: Int, messages: [WaitingMessage], requests: [ExchangeRequest],
        paper: PaperState?, answers: [AnsweringLetter], holds: [ExchangeHold], position: Position,
        now: Instant
    ) {
        let delivery = row.delivery
        let document = messages.first { $0.envelope.kind == .document }
        let hasLeft =
            delivery.channel == .paper
            ? paper == .posted : document.map { $0.isOnItsWay(at: now) } ?? true
        self.init(
            ordinal: ordinal, id: delivery.id, recipientName: row.recipientName, channel: delivery.channel,
            status: delivery.status, at: delivery.statusAt, note: delivery.note, carriedAt: row.carriedAt,
            acceptDueAt: delivery.acceptDueAt, recalledAt: delivery.recalledAt,
            unsent: messages.map { UnsentMessage($0, holds: holds, now: now) }, requests: requests,
            canAsk: RequestRules.mayAsk(position, delivery, earlier: requests, hasLeft: hasLeft).isEmpty,
            medium: delivery.channel == .paper ? .paper : paper == nil ? .electronic : .electronicAndPaper,
            paper: paper, answer: AnswerShown(delivery, answers),
            canResend: SendingAgainRules.mayResend(position, delivery, requests: requests).isEmpty,
            sending: delivery.sending,
            canNote: ToldRules.mayNote(
                position, delivery,
                hasLeft: delivery.channel == .paper ? paper == .posted : row.carriedAt != nil
            ).isEmpty, toldOn: delivery.toldOn)
    }
}

extension AnswerShown {
    /// Nil where no answer is asked for and none has come.
    init?(_ delivery: Delivery, _ answers: [AnsweringLetter]) {
        if delivery.answerBy == nil, answers.isEmpty { return nil }
        self.init(
            askedBy: delivery.answerBy,
            letters: answers.map { answer in
                Letter(
                    words: "\(answer.numberAndNotation) ngày \(Vi.date(answer.date))",
                    address: answer.arrival.map {
                        .arrival(RegisterNumber(year: $0.year, number: $0.number))
                    } ?? .receipt(answer.receipt))
            }, isOver: delivery.recalledAt != nil || delivery.status == .refused)
    }
}

extension AnswerShown.Letter {
    /// A letter of this agency's own, by its number.
    static func issued(_ id: ID<Issuance>, _ tables: Tables) throws -> AnswerShown.Letter? {
        guard let issuance = try tables.issuances.find(id), let number = try IssuedNumber(issuance, tables)
        else { return nil }
        return AnswerShown.Letter(
            words: "\(issuance.numberAndNotation) ngày \(Vi.date(issuance.date))",
            address: .issued(number, BoardFilter()))
    }
}

extension UnsentMessage {
    init(_ message: WaitingMessage, holds: [ExchangeHold], now: Instant) {
        let envelope = message.envelope
        self.init(
            id: envelope.id, kind: envelope.kind, status: envelope.status, since: envelope.at,
            attempts: envelope.attempts, error: message.error, nextAttempt: message.nextAttempt,
            isDead: message.deadAt != nil, isOnItsWay: message.isOnItsWay(at: now),
            held: holds.first { $0.covers(envelope.route) }?.reason)
    }
}

extension HeldChannel {
    init(_ hold: ExchangeHold, _ tables: Tables) throws {
        self.init(
            channel: hold.route.channel, partner: hold.route.partner, reason: hold.reason, since: hold.heldAt,
            by: try tables.positions.find(hold.heldBy)?.personName ?? "")
    }
}
