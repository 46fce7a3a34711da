// Liên thông: clerks decide about messages of their agency that did not go; administrators about messages that came into its
// mailbox and could not be read, and those of the installation about all of these and about the channels (decision 35).
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum TroubleHandlers {
    static let all: [PageRoute] = [
        .get("lien-thong") { try await page($0) },
        .post("lien-thong/goi-tin/:id/gui-lai", revive),
        .get("lien-thong/goi-tin/:id/thoi-gui") { try await giveUpPage($0) },
        .post("lien-thong/goi-tin/:id/thoi-gui", giveUp),
        .post("lien-thong/goi-den/:id/doc-lai", reopen),
        .post("lien-thong/goi-den/:id/bo-qua", dismiss),
        .post("lien-thong/kenh/tam-dung", hold),
        .post("lien-thong/kenh/mo-lai", release),
    ]

    /// Each has two forms.
    private static let inboundShown = 40
    /// Where the installation's own part stands before them.
    private static let outgoingShown = 10

    // MARK: Messages of one's own agency

    private static func revive(_ visit: Visit) async throws -> Reply {
        try await onMessage(visit, .messageRevived, .messageRevived) { id, _ in ReviveMessage(message: id) }
    }

    private static func giveUp(_ visit: Visit) async throws -> Reply {
        try await onMessage(visit, .messageGivenUp, .messageGivenUp) { id, form in
            GiveUpMessage(
                message: id, reason: form.text(FormFields.reason),
                sendsPaper: form.isSet(FormFields.sendsPaper))
        }
    }

    /// The form for it; the message's own people only.
    private static func giveUpPage(
        _ visit: Visit, entries: Entries = Entries(), refusals: [Refusal] = []
    ) async throws -> Reply {
        guard Verb.messageGivenUp.roles.contains(visit.position.role) else { throw Refused(.notFound) }
        let id: ID<Envelope> = try visit.id("id")
        let html = try await visit.office.read { tables in
            guard let row = try tables.outboxLists.find(id, of: visit.agency.id) else {
                throw Refused(.messageGone)
            }
            let delivery = try tables.deliveries.find(row.message.envelope.delivery)
            let papers = try delivery.map { try tables.papers.of($0.issuance, to: [$0.recipient]) } ?? []
            return GiveUpPage(
                frame: try visit.frame(tables), place: MessagePlace(rawValue: visit.query("tu")) ?? .troubles,
                outgoing: ExchangePage.Outgoing(
                    row, holds: try tables.exchangeConditions.holds(), now: visit.now),
                hasPaper: !papers.isEmpty, entries: entries, refusals: refusals, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func onMessage<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ done: DoneNotice.Kind, _ operation: (ID<Envelope>, Form) -> O
    ) async throws -> Reply where O.Outcome == Void {
        let form = try await visit.form(), id: ID<Envelope> = try visit.id("id")
        let agency = visit.agency.id
        do {
            let row = try await visit.office.read { try $0.outboxLists.find(id, of: agency) }
            let path = DoneNotice.at(back(visit, row), done) + anchor(visit)
            return try await visit.act(operation(id, form), form) { _ in path }
        } catch let refused as Refused {
            if refused.reasons.contains(where: { $0.field == .reason }) {
                return try await giveUpPage(visit, entries: form.entries, refusals: refused.reasons)
            }
            return try await page(visit, entries: form.entries, refusals: refused.reasons, of: verb)
        }
    }

    /// The page on which the button stood.
    private static func back(_ visit: Visit, _ row: OutboxRow?) -> String {
        let place = MessagePlace(rawValue: visit.query("tu")) ?? .troubles
        guard case .issued(let year, let register, let number) = row?.paper, place != .troubles, let row
        else {
            return visit.path(.exchange())
        }
        let issued = IssuedNumber(year: year, register: register, number: number)
        return visit.path(
            place == .board
                ? .issued(issued, BoardFilter()) : .delivery(issued, row.message.envelope.delivery))
    }

    private static func anchor(_ visit: Visit) -> String {
        visit.query("tu") == MessagePlace.board.rawValue ? "#theo-doi" : ""
    }

    // MARK: Messages that came

    private static func reopen(_ visit: Visit) async throws -> Reply {
        try await administer(visit, .inboundReopened, .inboundReopened) { _ in
            ReopenInbound(message: try visit.id("id"))
        }
    }

    private static func dismiss(_ visit: Visit) async throws -> Reply {
        try await administer(visit, .inboundDismissed, .inboundDismissed) { form in
            DismissInbound(message: try visit.id("id"), reason: form.text(FormFields.reason))
        }
    }

    // MARK: Channels

    private static func hold(_ visit: Visit) async throws -> Reply {
        try await administer(visit, .channelHeld, .channelHeld) { form in
            HoldChannel(route: try route(form), reason: form.text(FormFields.reason))
        }
    }

    private static func release(_ visit: Visit) async throws -> Reply {
        try await administer(visit, .channelReleased, .channelReleased) { form in
            ReleaseChannel(route: try route(form))
        }
    }

    private static func route(_ form: Form) throws -> Route {
        guard let channel = Channel(rawValue: form.text(FormFields.channel)), channel != .loopback,
            channel != .paper
        else { throw Refused(.stale) }
        return Route(channel, String(form.text(FormFields.partner).prefix(200)))
    }

    private static func administer<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ done: DoneNotice.Kind, _ operation: (Form) throws -> O
    ) async throws -> Reply where O.Outcome == Void {
        let form = try await visit.form()
        do {
            let path = DoneNotice.at(visit.path(.exchange()), done)
            return try await visit.act(try operation(form), form) { _ in path }
        } catch let refused as Refused {
            return try await page(visit, entries: form.entries, refusals: refused.reasons, of: verb)
        }
    }

    // MARK: The page

    private static func page(
        _ visit: Visit, entries: Entries = Entries(), refusals: [Refusal] = [], of verb: Verb? = nil
    ) async throws -> Reply {
        let role = visit.position.role
        guard Verb.messageRevived.roles.contains(role) || Verb.channelHeld.roles.contains(role) else {
            throw Refused(refusals.contains(.notForYourRole) ? .notForYourRole : .notFound)
        }
        let html = try await visit.office.read { tables in
            try page(visit, tables, entries, refusals, verb).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func page(
        _ visit: Visit, _ tables: Tables, _ entries: Entries, _ refusals: [Refusal], _ verb: Verb?
    ) throws -> ExchangePage {
        let agency = visit.agency.id, duty = try ExchangeDuty(visit.position, tables)
        let filter = ExchangeFilter(
            failing: [ExchangeFilter.failingSlug: true, ExchangeFilter.waitingSlug: false][
                visit.query("xem")],
            after: visit.query("sau").isEmpty ? nil : visit.query("sau"),
            incomingAfter: visit.query("den-sau").isEmpty ? nil : visit.query("den-sau"))
        let size = duty.isOfInstallation ? outgoingShown : IncomingRoutes.pageSize
        var rows = try tables.outboxLists.page(
            of: agency, failing: filter.failing, after: filter.after.flatMap(OutboxKey.init),
            limit: size + 1)
        let hasMore = rows.count > size
        if hasMore { rows.removeLast() }
        let holds = try tables.exchangeConditions.holds(), inbound = try duty.inbound(tables)
        let came =
            try inbound.map {
                try tables.inbound.failed(
                    $0, after: filter.incomingAfter.flatMap(MomentKey<InboundMessage>.init),
                    limit: inboundShown + 1)
            } ?? []
        return ExchangePage(
            frame: try visit.frame(tables), scope: try scope(duty, tables), filter: filter,
            outgoing: rows.map { ExchangePage.Outgoing($0, holds: holds, now: visit.now) },
            failing: try tables.outboxLists.count(of: agency, failing: true),
            waiting: try tables.outboxLists.count(of: agency, failing: false),
            next: hasMore ? rows.last?.key.text : nil,
            lines: try lines(visit, tables, holds).filter { duty.sees($0, of: visit.agency) },
            held: try holds.map { try HeldChannel($0, tables) },
            incoming: came.prefix(inboundShown).map(ExchangePage.Incoming.init),
            incomingNext: came.dropLast(came.count > inboundShown ? 1 : came.count).last.map {
                MomentKey(at: $0.receivedAt, id: $0.id).text
            },
            incomingCount: try inbound.map { try tables.inbound.failedCount($0) } ?? 0, entries: entries,
            refusals: refusals, refusedVerb: verb, seal: visit.seal())
    }

    private static func scope(_ duty: ExchangeDuty, _ tables: Tables) throws -> ExchangePage.Scope {
        if duty.isOfInstallation { return .installation }
        return .agency(
            keepers: try tables.installationAdministrators.all().map { "\($0.name), \($0.agency)" })
    }

    /// Every way out that is set up, was used, or is stopped.
    private static func lines(_ visit: Visit, _ tables: Tables, _ holds: [ExchangeHold]) throws
        -> [ExchangePage.Line]
    {
        let health = try tables.exchangeConditions.health()
        var routes = visit.office.exchangeRoutes
        for route in health.map(\.route) + holds.map(\.route) where !routes.contains(route) {
            routes.append(route)
        }
        return try routes.sorted { ($0.channel.rawValue, $0.partner) < ($1.channel.rawValue, $1.partner) }.map
        {
            route in
            let hold = holds.first { $0.route == route }
            return ExchangePage.Line(
                channel: route.channel, partner: route.partner,
                talks: health.filter { $0.route == route }.map(ExchangePage.Talk.init).sorted {
                    $0.direction == .send && $1.direction == .receive
                },
                held: try hold.map { try HeldChannel($0, tables) })
        }
    }
}

extension ExchangeDuty {
    /// The state of a channel is the installation's, that of its mailbox an agency's own.
    fileprivate func sees(_ line: ExchangePage.Line, of agency: Agency) -> Bool {
        isOfInstallation || Route(line.channel, line.partner) == .mailbox(of: agency.slug)
    }
}

extension ExchangePage.Outgoing {
    init(_ row: OutboxRow, holds: [ExchangeHold], now: Instant) {
        let paper: OfficeAddress? =
            switch row.paper {
            case .issued(let year, let register, let number):
                .delivery(
                    IssuedNumber(year: year, register: register, number: number),
                    row.message.envelope.delivery)
            case .receipt(let id): .receipt(id)
            case nil: nil
            }
        self.init(
            message: UnsentMessage(row.message, holds: holds, now: now), recipientName: row.recipientName,
            numberAndNotation: row.numberAndNotation, abstract: row.abstract, paper: paper)
    }
}

extension ExchangePage.Talk {
    init(_ health: ExchangeHealth) {
        self.init(
            health.direction, goodAt: health.goodAt, badAt: health.badAt,
            error: health.error, failures: health.failures)
    }
}

extension ExchangePage.Incoming {
    init(_ message: InboundMessage) {
        let route = message.route
        self.init(
            id: message.id.uuid, receivedAt: message.receivedAt,
            channel: Vi.channel(route.channel) + (route.partner.isEmpty ? "" : " – \(route.partner)"),
            sender: message.sender, subject: message.subject, error: message.error, size: message.size)
    }
}
