// What a clerk does with the recipients of an issued document – takes it back, asks for a correction – and the page of one
// recipient (E2, E3).
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum DeliveryHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-di/:year/:register/:number/noi-nhan/:delivery") {
            try await show($0, try $0.id("delivery"))
        },
        .post("van-ban-di/:year/:register/:number/gui-lai", sendAgain),
        .post("van-ban-di/:year/:register/:number/ghi-tinh-trang", noteStatus),
        .post("van-ban-di/:year/:register/:number/lay-lai") { try await ask($0, .recall) },
        .post("van-ban-di/:year/:register/:number/cap-nhat") { try await ask($0, .update) },
    ]

    private static func ask(_ visit: Visit, _ kind: ExchangeRequestKind) async throws -> Reply {
        let form = try await visit.form()
        guard Verb.recallAsked.roles.contains(visit.position.role) else { throw Refused(.notForYourRole) }
        let view = try await IssuedHandlers.open(visit), issuance = view.row.issuance
        do {
            let deliveries = try await chosen(visit, form, issuance)
            let operation = AskRecipients(
                kind, issuance: issuance.id, deliveries: deliveries, note: form.text(FormFields.reason),
                partners: visit.office.exchange.partnerNames)
            let number = IssuedNumber(
                year: issuance.year, register: view.row.register, number: issuance.number)
            let path = visit.path(.issued(number, BoardFilter()))
            return try await visit.act(operation, form) { outcome in
                DoneNotice.at(
                    path, kind == .recall ? .recallAsked : .updateAsked, number: outcome.asked,
                    more: [outcome.takenBack, outcome.left.count]) + "#theo-doi"
            }
        } catch let refused as Refused {
            let verb: Verb = kind == .recall ? .recallAsked : .updateAsked
            return try await IssuedHandlers.page(
                visit, entries: form.entries, refusals: refused.reasons, of: verb)
        }
    }

    private static func chosen(_ visit: Visit, _ form: Form, _ issuance: Issuance) async throws
        -> [ID<Delivery>]
    {
        if form.isSet(FormFields.allRecipients) {
            let all = try await visit.office.read {
                try $0.deliveryLists.open(issuance.id, of: issuance.agency)
            }
            if all.isEmpty { throw Refused(.deliveryOver) }
            return all
        }
        let chosen = form.list(FormFields.chosen).compactMap { ID<Delivery>($0) }
        if chosen.isEmpty { throw Refused(.noneChosen) }
        return chosen
    }

    // MARK: One recipient

    /// One recipient at a time: each refusal has a reason of its own.
    private static func sendAgain(_ visit: Visit) async throws -> Reply {
        try await onOne(visit, .letterSentAgain, .letterSentAgain) { issuance, delivery, form in
            SendAgain(
                issuance: issuance, deliveries: [delivery], note: form.text(FormFields.id(.mended)))
        }
    }

    private static func noteStatus(_ visit: Visit) async throws -> Reply {
        try await onOne(visit, .statusNoted, .statusNoted) { issuance, delivery, form in
            let status = DeliveryStatus(code: form.text(FormFields.id(.outcome)))
            let typed = form.text(FormFields.id(.toldOn)), day = OfficeDate(typed: typed)
            guard let status, let day else {
                throw Refused(
                    (status == nil ? [.missing(.outcome)] : [])
                        + (day == nil ? [typed.isEmpty ? .missing(.toldOn) : .malformed(.toldOn)] : []))
            }
            return NoteStatus(
                status, of: delivery, in: issuance, on: day, note: form.text(FormFields.id(.toldNote)))
        }
    }

    /// An act on the one recipient that the form names; refused, it is shown on that recipient's page.
    private static func onOne<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ done: DoneNotice.Kind,
        _ operation: (ID<Issuance>, ID<Delivery>, Form) throws -> O
    ) async throws -> Reply {
        let form = try await visit.form()
        guard verb.roles.contains(visit.position.role) else { throw Refused(.notForYourRole) }
        let row = try await IssuedHandlers.open(visit).row
        guard let delivery = form.list(FormFields.chosen).first.flatMap({ ID<Delivery>($0) }) else {
            throw Refused(.noneChosen)
        }
        let number = IssuedNumber(
            year: row.issuance.year, register: row.register, number: row.issuance.number)
        let path = DoneNotice.at(visit.path(.delivery(number, delivery)), done)
        do {
            return try await visit.act(try operation(row.issuance.id, delivery, form), form) { _ in path }
        } catch let refused as Refused {
            return try await show(visit, delivery, entries: form.entries, refusals: refused.reasons, of: verb)
        }
    }

    private static func show(
        _ visit: Visit, _ id: ID<Delivery>, entries: Entries? = nil, refusals: [Refusal] = [],
        of verb: Verb? = nil
    ) async throws -> Reply {
        let view = try await DeliveryReading(office: visit.office).open(id, as: visit.position)
        let issuance = view.issuance.issuance
        let number = IssuedNumber(
            year: issuance.year, register: view.issuance.register, number: issuance.number)
        guard try visit.parameter("year", as: Int.self) == number.year,
            try visit.parameter("register") == number.register,
            try visit.parameter("number", as: Int.self) == number.number
        else { throw Refused(.notFound) }
        var typed = entries ?? Entries()
        if entries == nil { typed.set(FormFields.id(.toldOn), [Vi.date(visit.now.officeDate)]) }
        let acts = BoardActs(entries: typed, refusals: refusals, refusedVerb: verb, seal: visit.seal())
        return .page(
            try await visit.office.read { tables in
                try page(visit, view, number, acts, tables).html()
            }, refusing: refusals)
    }

    private static func page(
        _ visit: Visit, _ view: DeliveryView, _ number: IssuedNumber, _ acts: BoardActs, _ tables: Tables
    ) throws -> DeliveryPage {
        let holds = try tables.exchangeConditions.holds(), issuance = view.issuance.issuance
        let isClerk = Verb.recallAsked.roles.contains(visit.position.role)
        let waiting = view.messages.map(\.envelope.route)
        let paper = try tables.papers.of(issuance.id, to: [view.row.delivery.recipient]).first
        return DeliveryPage(
            frame: try visit.frame(tables), number: number,
            printed: "\(Notation.printed(issuance.number))/\(issuance.notation)",
            abstract: view.issuance.abstract, issuedAt: view.issuance.key.numberedAt,
            messageKey: view.row.delivery.messageKey, partner: view.recipient?.partner ?? "",
            row: DeliveryRow(
                view.row, ordinal: 1, messages: view.messages, requests: view.requests,
                paper: paper?.state,
                answers: try tables.deliveryAnswers.of([view.row.delivery.id]).values.flatMap { $0 },
                holds: holds, position: visit.position, now: visit.now),
            posting: paper?.posting,
            events: view.events.map {
                DeliveryPage.Event(
                    status: $0.status, at: $0.at, note: $0.note, taken: $0.taken, notedBy: $0.notedBy)
            },
            held: try holds.filter { hold in waiting.contains(where: hold.covers) }.map {
                try HeldChannel($0, tables)
            },
            acts: isClerk ? acts : nil,
            resendings: try tables.deliverySendings.all(of: view.row.delivery.id), recipient: view.recipient)
    }
}
