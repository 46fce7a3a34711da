// What the people do with what came: each act is done to everything there is, or to the one letter that goes by the key, and says
// how many there were.
import Domain
import DualSQL
import Operations
import Store

extension ExchangePeople {
    /// Into the register.
    package func acceptAll(at slug: String, about key: String = "") async throws -> Int {
        let head = try await holder(.head, slug), waiting = try await waiting(at: slug, about: key)
        for row in waiting {
            try await runner.run(
                AcceptReceipt(
                    receipt: row.receipt.id, director: head.id, deadline: nil, twinSeen: true,
                    requiresScan: office.outgoingScan.isScannerRequired),
                as: .position(try await holder(.clerk, slug)))
        }
        return waiting.count
    }

    package func refuseAll(at slug: String, about key: String = "", reason: String) async throws -> Int {
        let waiting = try await waiting(at: slug, about: key)
        for row in waiting {
            try await runner.run(
                RefuseReceipt(receipt: row.receipt.id, reason: reason),
                as: .position(try await holder(.clerk, slug)))
        }
        return waiting.count
    }

    /// The head gives everything that is registered to an officer.
    package func directAll(at slug: String, about key: String = "") async throws -> Int {
        let head = try await holder(.head, slug), officer = try await holder(.officer, slug)
        let arrivals = try await arrivals(.registered, at: slug, about: key)
        for arrival in arrivals {
            try await runner.run(
                DirectArrival(
                    arrival: arrival.id, version: arrival.version,
                    directive: DirectiveText(
                        text: "Chủ trì tham mưu.", lead: Assignee(officer.id, by: nil), cooperating: [],
                        informed: [])), as: .position(head))
        }
        return arrivals.count
    }

    package func startAll(at slug: String, about key: String = "") async throws -> Int {
        let officer = try await holder(.officer, slug),
            arrivals = try await arrivals(.assigned, at: slug, about: key)
        for arrival in arrivals {
            try await runner.run(StartAssignment(arrival: arrival.id), as: .position(officer))
        }
        return arrivals.count
    }

    package func finishAll(at slug: String, about key: String = "") async throws -> Int {
        let officer = try await holder(.officer, slug),
            arrivals = try await arrivals(.working, at: slug, about: key)
        for arrival in arrivals {
            try await runner.run(
                CompleteAssignment(arrival: arrival.id, note: "Đã thực hiện."), as: .position(officer))
        }
        return arrivals.count
    }

    /// Answers everything that senders ask.
    package func decideAll(
        at slug: String, about key: String = "", agrees: Bool, reason: String
    ) async throws -> Int {
        let agency = try await world.agency(slug).id
        let open = try await office.read { tables in
            try tables.receiptRequests.open(in: agency).filter { open in
                try key.isEmpty || tables.receipts.find(open.receipt)?.origin.key == key
            }.map(\.request.id)
        }
        for request in open {
            try await runner.run(
                DecideRequest(request: request, agrees: agrees, reason: reason, requiresScan: false),
                as: .position(try await holder(.clerk, slug)))
        }
        return open.count
    }

    /// The administrator has everything read again that could not be.
    package func reopenAll() async throws -> Int {
        let failed = try await office.read { try $0.inbound.failed(limit: 10_000).map(\.id) }
        for message in failed {
            try await runner.run(
                ReopenInbound(message: message), as: .system(name: "Quản trị", agency: nil))
        }
        return failed.count
    }

    private func waiting(at slug: String, about key: String) async throws -> [ReceiptRow] {
        try await world.waiting(at: slug).filter { key.isEmpty || $0.receipt.origin.key == key }
    }

    private func arrivals(
        _ state: ArrivalState, at slug: String, about key: String
    ) async throws -> [Arrival] {
        let agency = try await world.agency(slug).id
        return try await office.read { tables in
            let ids: [ID<Arrival>] = try tables.connection.rows(
                """
                SELECT a.id FROM arrival a LEFT JOIN receipt r ON r.id = a.receipt_id
                WHERE a.agency_id = \(agency) AND a.state = \(state) AND (\(key) = '' OR r.message_key = \(key))
                ORDER BY a.number
                """
            ) { try $0[0] }
            return try ids.compactMap { try tables.arrivals.find($0) }
        }
    }
}
