// The exchange's part of the story: a document that is issued already, carried, taken or refused, directed
// and finished, so that a test of the exchange need not write, sign and seal one first.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store

extension StoryWorld {
    /// The position behind a login.
    package func position(_ login: String) async throws -> Position {
        guard case .position(let position) = try await actor(login) else { throw Refused(.notFound) }
        return position
    }

    /// A letter in the outgoing register and in the outbox, as issuing leaves it.
    package func issueDirectly(
        from clerk: String, to slugs: [String],
        abstract: String = "triệu tập hội nghị giao ban công tác tư pháp",
        urgency: Urgency = .normal
    ) async throws -> Issuance {
        var recipients: [ID<Agency>] = []
        for slug in slugs { recipients.append(try await agency(slug).id) }
        return try await issueDirectly(from: clerk, to: recipients, abstract: abstract, urgency: urgency)
    }

    package func issueDirectly(
        from clerk: String, to recipients: [ID<Agency>],
        abstract: String = "triệu tập hội nghị giao ban công tác tư pháp", urgency: Urgency = .normal
    ) async throws -> Issuance {
        try await issueDirectly(
            as: try await actor(clerk), to: recipients, abstract: abstract, urgency: urgency)
    }

    /// `files` are paths, the letter first; without any it is one of the world's letters.
    package func issueDirectly(
        as clerk: Actor, to recipients: [ID<Agency>], abstract: String, urgency: Urgency = .normal,
        files: [String] = [], replacing: [ID<Agency>: String] = [:], answers: [ID<Arrival>] = [],
        answerBy: OfficeDate? = nil
    ) async throws -> Issuance {
        var stored: [StoredDocumentFile] = []
        for (index, path) in files.enumerated() {
            let blob = try office.blobs.put(contentsOf: path)
            stored.append(
                Self.letterFile(blob, name: (path as NSString).lastPathComponent, ordinal: index + 1))
        }
        if stored.isEmpty {
            let letter = try WorldFiles.bytes("letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf")
            stored = [Self.letterFile(try office.blobs.put(letter), name: "cong-van.pdf", ordinal: 1)]
        }
        return try await runner.run(
            IssuedLetter(
                abstract: abstract, urgency: urgency, files: stored, recipients: recipients,
                replacing: replacing, answers: answers, answerBy: answerBy), as: clerk)
    }

    private static func letterFile(_ blob: BlobReference, name: String, ordinal: Int) -> StoredDocumentFile {
        let isPDF = name.hasSuffix(".pdf")
        return StoredDocumentFile(
            ordinal: ordinal, kind: ordinal == 1 ? .main : isPDF ? .enclosure : .original,
            file: FileReference(
                hash: blob.hash.hex, size: blob.size, name: name,
                mediaType: isPDF ? "application/pdf" : "application/octet-stream", pages: isPDF ? 1 : 0))
    }

    /// Lets the worker carry until nothing is left; the clock of the tests moves on with every look.
    package func carry(batch: Int = 20) async throws {
        let worker = ExchangeWorker(office: office, batch: batch)
        for _ in 0..<200 {
            try await worker.runOnce()
            if try await office.read({ try $0.outbox.waiting().messages }) == 0 { return }
        }
        throw CarryingStuck(error: try await office.read { try $0.outbox.waiting().lastError })
    }

    package func waiting(at slug: String) async throws -> [ReceiptRow] {
        let agency = try await agency(slug).id
        return try await office.read { try $0.receiptLists.waiting(of: agency, after: nil, limit: 100) }
    }

    package func accept(
        _ receipt: ID<Receipt>, as clerk: String, director: String, deadline: OfficeDate? = nil,
        twinSeen: Bool = false
    ) async throws -> Arrival {
        let director = try await position(director).id
        return try await runner.run(
            AcceptReceipt(
                receipt: receipt, director: director, deadline: deadline, twinSeen: twinSeen,
                requiresScan: office.outgoingScan.isScannerRequired),
            as: try await actor(clerk))
    }

    /// The head's directive; people are named by their logins.
    @discardableResult
    package func direct(
        _ arrival: Arrival, version: Int = 1, text: String = "Chủ trì tham mưu văn bản trả lời đúng hạn.",
        lead: String?, cooperating: [String] = [], informed: [String] = [], by deadline: OfficeDate? = nil,
        as director: String
    ) async throws -> Arrival {
        func assignees(_ logins: [String]) async throws -> [Assignee] {
            var found: [Assignee] = []
            for login in logins { found.append(Assignee(try await position(login).id, by: deadline)) }
            return found
        }
        let directive = DirectiveText(
            text: text, lead: try await assignees([lead].compactMap { $0 }).first,
            cooperating: try await assignees(cooperating), informed: try await assignees(informed))
        return try await runner.run(
            DirectArrival(arrival: arrival.id, version: version, directive: directive),
            as: try await actor(director))
    }

    /// What the sender's board says of the one recipient: the statuses taken, in order, and those set aside.
    package func reported(on issuance: Issuance) async throws -> (taken: [String], setAside: [String]) {
        try await office.read { tables in
            let board = try tables.deliveryLists.board(issuance.id, of: issuance.agency)
            let events = try board.flatMap {
                try tables.deliveryLists.history(of: $0.delivery.id, in: issuance.agency)
            }
            return (events.filter(\.taken).map(\.status.code), events.filter { !$0.taken }.map(\.status.code))
        }
    }
}

/// The messages that would not go.
struct CarryingStuck: Error {
    let error: String
}

/// What the whole way of drafting and signing leaves behind, written straight into the tables.
private struct IssuedLetter: OfficeOperation {
    static let verb = Verb.documentIssued

    let abstract: String
    let urgency: Urgency
    let files: [StoredDocumentFile]
    let recipients: [ID<Agency>]
    let replacing: [ID<Agency>: String]
    let answers: [ID<Arrival>]
    let answerBy: OfficeDate?

    func perform(_ act: Act) throws -> Issuance {
        let clerk = try act.position
        guard let agency = try act.tables.agencies.find(clerk.agency),
            let register = try act.tables.registers.forType("cong-van", in: agency.id, .outgoing)
        else { throw Refused(.notFound) }
        let number = try act.tables.registers.takeNumber(
            in: register.id, year: act.today.year, date: act.today)
        let document: ID<Document> = act.newID()
        try act.tables.documents.insert(
            document,
            DocumentParticulars(
                issuingAgency: agency.name, number: Notation.printed(number), notation: agency.abbreviation,
                date: act.today, type: "cong-van", abstract: abstract, urgency: urgency, pages: 1,
                signer: try act.tables.positions.holders(of: .head, in: agency.id).first?.personName ?? ""),
            issuedBy: agency.id, files: files, at: act.now)
        let issuance = Issuance(
            id: act.newID(), agency: agency.id, draft: try draft(act, clerk, number), register: register.id,
            year: act.today.year, number: number, notation: agency.abbreviation, date: act.today,
            state: .issued,
            document: document)
        try act.tables.connection.execute(
            """
            INSERT INTO issuance (id, agency_id, draft_id, register_id, year, number, notation, date, state,
                numbered_by, numbered_at, recipients, issued_at, document_id, search_text)
            VALUES (\(issuance.id), \(agency.id), \(issuance.draft), \(register.id), \(issuance.year), \(number),
                \(issuance.notation), \(issuance.date), \(issuance.state), \(clerk.id), \(act.now), '[]', \(act.now),
                \(document), '')
            """)
        try act.tables.entryText.put(issuance.draft.uuid, kind: .draft, agency: agency.id, folded: "")
        try act.tables.entryText.put(issuance.id.uuid, kind: .issuance, agency: agency.id, folded: "")
        try Dispatch.send(
            act, issuance: issuance, document: document, recipients: recipients, replacing: replacing)
        for arrival in answers {
            try ArrivalClosing.closeByAnswer(act, arrival, answeredBy: issuance.numberAndNotation)
        }
        act.record(.documentIssued, issuance.id, ["number": "\(number)"])
        return issuance
    }

    /// Its code is beyond those that the counter gives.
    private func draft(_ act: Act, _ clerk: Position, _ number: Int) throws -> ID<Draft> {
        let id: ID<Draft> = act.newID(), code = 100_000 + number
        try act.tables.connection.execute(
            """
            INSERT INTO draft (id, agency_id, code, drafter_id, type_slug, abstract, urgency, notation, state,
                search_text, created_at)
            VALUES (\(id), \(clerk.agency), \(code), \(clerk.id), 'cong-van', \(abstract), \(urgency), '',
                \(DraftState.issued), '', \(act.now))
            """)
        if let answerBy { try act.tables.draftSending.put(DraftSending(answerBy: answerBy), of: id) }
        for arrival in answers {
            try act.tables.connection.execute(
                "INSERT INTO draft_answer (draft_id, arrival_id) VALUES (\(id), \(arrival))")
        }
        return id
    }
}
