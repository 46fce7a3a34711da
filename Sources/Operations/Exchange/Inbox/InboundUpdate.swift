// Cập nhật văn bản đã gửi (QCVN 102, nghiệp vụ 2): where the document is, its clerks are asked, and what the message brings waits
// with the request as the corrected version. Where it never was, or was refused or given back, a correction that brings the
// files is the document. Who is named as no recipient any more is told so, and nothing more.
import Domain
import DualSQL
import EdXML
import Foundation
import Store

struct InboundUpdate: Sendable {
    /// So often it waits for a document that it may have overtaken on the way.
    static let patience = 2

    let source: InboundDocument
    private var document: DocumentMessage { source.document }
    private var business: Business? { document.trace.business }

    func enter() async throws {
        let office = source.office, now = office.clock.now
        let known = try await office.read { try reach($0, at: now) }
        if known.isUnknown, document.attachments.isEmpty || source.message.attempts < Self.patience {
            throw InboundTrouble.later("Chưa tìm thấy văn bản mà nơi gửi nói tới.")
        }
        let examination = InboundFiles(office: office)
        let files = try await examination.examine(document.attachments)
        try await examination.keep(files) {
            let told = try await refuseMany(files, at: now)
            office.killPoints.pass(.inboundBeforeEntry)
            return try await office.database.write { try enter(files, $0, after: told, at: now) }
        }
    }

    // MARK: Whom it is about

    private struct Reach {
        /// Who has it, and is to decide.
        var live: [Receipt] = []
        /// Who refused it or gave it back.
        var over: [Receipt] = []
        /// Who has no copy of it.
        var without: [Correspondent] = []
        var removed: Set<ID<Agency>> = []

        var isUnknown: Bool { live.isEmpty && over.isEmpty }
    }

    private func reach(_ tables: Tables, at now: Instant) throws -> Reach {
        let from = source.header.from, day = now.officeDate
        let senders = try tables.correspondents.find(code: from.organID ?? "", on: day)
        let request = InboundRequest(office: source.office, message: source.message)
        var cameOtherwise = false
        var reach = Reach(), recipients: [ID<Agency>: Correspondent] = [:]
        func hosted(_ code: String?) throws -> Correspondent? {
            try tables.correspondents.find(code: code ?? "", on: day).first(where: \.isHosted)
        }
        for named in source.header.to {
            if let agency = try hosted(named.organID) { recipients[agency.id] = agency }
        }
        for named in business?.update?.receivers ?? [] {
            guard let agency = try hosted(named.organID) else { continue }
            recipients[agency.id] = agency
            if named.receiverType == "0" { reach.removed.insert(agency.id) }
        }
        let about = [subject]
        for agency in recipients.values.sorted(by: { $0.id.description < $1.id.description }) {
            let found = try InboundRequest.receipts(about, from: senders, at: [agency], tables)
            let receipts = found.filter { request.isOfThisWay($0, senders) }
            if receipts.isEmpty, !found.isEmpty {
                cameOtherwise = true
                continue
            }
            let live = receipts.filter { $0.state != .refused && $0.frozenAt == nil }
            reach.live += live
            if live.isEmpty {
                reach.over += receipts
                reach.without.append(agency)
            }
        }
        if reach.isUnknown {
            try InboundParties.refuseImpostor(senders, source.message.route, from.name ?? "")
            if cameOtherwise, reach.without.isEmpty { throw InboundRequest.otherWay(from, words) }
            if reach.without.isEmpty {
                throw InboundParties.forNobody(from.name ?? from.organID ?? "", source.header.subject ?? "")
            }
        }
        return reach
    }

    private var subject: ResponseFor {
        let code = source.header.code
        return ResponseFor(
            code: [code.number, code.notation].compactMap { $0 }.joined(separator: "/"),
            documentID: business?.documentID ?? source.header.documentID,
            promulgationDate: source.header.promulgation.date)
    }

    // MARK: What it brings

    /// - Parameter told: So many of those whom nobody here is have been told so.
    private func enter(
        _ files: InboundFiles.Examined, _ connection: Connection, after told: Int, at now: Instant
    ) throws -> Bool {
        let tables = Tables(connection), whom = try reach(tables, at: now)
        var versions = Versions(said: try said(files, tables, at: now), files: files)
        var acts: [Act] = []
        for receipt in whom.live {
            let correction = try versions.correction(for: receipt, whom.removed, tables, at: now)
            acts.append(try ask(receipt, correction, files, connection, now))
        }
        var isKept = versions.isKept
        if document.attachments.isEmpty {
            acts += try whom.over.map { try ask($0, Correction(), files, connection, now) }
        } else {
            let entered = try enterAnew(whom, files, connection, after: told, at: now)
            isKept = isKept || !entered.isEmpty
            acts += entered
            // Who is sent once more what they refused or gave back is not asked; whoever asked is told so all the same.
            let anew = Set(entered.compactMap(\.actor.agency))
            for receipt in whom.over where !anew.contains(receipt.agency) {
                acts.append(
                    try ask(receipt, Correction(), files, connection, now, refusal: Self.refusedBefore))
            }
        }
        let sender = source.header.from.name ?? source.header.from.organID ?? ""
        try tables.inbound.close(source.message.id, .done, sender: sender, subject: words)
        try Act.writeJournals(of: acts)
        return isKept
    }

    /// Nil where the message does not say enough to stand by itself.
    private func said(_ files: InboundFiles.Examined, _ tables: Tables, at now: Instant) throws
        -> DocumentParticulars?
    {
        do { return try source.facts(tables, files: files, at: now).facts } catch is InboundTrouble {
            return nil
        }
    }

    private var words: String {
        let reason = business?.reason ?? ""
        return reason.isEmpty ? "Nơi gửi không nêu lý do." : String(reason, atMost: RequestRules.noteLimit)
    }

    private func ask(
        _ receipt: Receipt, _ correction: Correction, _ files: InboundFiles.Examined,
        _ connection: Connection, _ now: Instant, refusal: String = ""
    ) throws -> Act {
        let act = Act(
            tables: Tables(connection), actor: .system(name: "Liên thông", agency: receipt.agency), now: now)
        let hop = document.trace.hops.first?.timestamp ?? ""
        // Two corrections of one second differ in what they bring.
        let brings = files.stored.map(\.file.hash).sorted().joined(separator: " ")
        let stamp = "\(hop) \(source.header.subject ?? "") \(brings)"
        let envelope = InboundRequest.envelope(
            .update, receipt, stamp: stamp, at: Instant(message: hop), note: words, now: now)
        _ = try TakeRequest(
            envelope: envelope, known: receipt, correction: correction,
            refusal: files.isSecret ? InboundEntry.secretRefusal : refusal
        ).perform(act)
        return act
    }

    private static let refusedBefore = "Nơi nhận đã từ chối tiếp nhận văn bản này."

    /// To whom it is the document itself.
    private func anew(_ whom: Reach) -> [Correspondent] {
        whom.without.filter { !whom.removed.contains($0.id) }
    }

    private func parties(_ whom: Reach, _ tables: Tables, at now: Instant) throws -> InboundParties {
        let named = try InboundParties(tables: tables, header: source.header, from: source.message, at: now)
        return InboundParties(sender: named.sender, recipients: anew(whom), unknown: named.unknown)
    }

    private var origin: MessageOrigin {
        let route = source.message.route
        return MessageOrigin(channel: route.channel, partner: route.partner, key: subject.documentID ?? "")
    }

    /// Of very many whom nobody here is, most; the others with the entry.
    private func refuseMany(_ files: InboundFiles.Examined, at now: Instant) async throws -> Int {
        guard !document.attachments.isEmpty, source.header.to.count > UnknownRecipients.batch else {
            return 0
        }
        let letter = try await source.office.read { tables in
            try anew(try reach(tables, at: now)).isEmpty
                ? nil : try source.facts(tables, files: files, at: now)
        }
        guard let letter else { return 0 }
        return try await UnknownRecipients.refuseMany(
            source.office, letter, origin, source.message.route, at: now
        ) { tables in try parties(try reach(tables, at: now), tables, at: now) }
    }

    private func enterAnew(
        _ whom: Reach, _ files: InboundFiles.Examined, _ connection: Connection, after told: Int,
        at now: Instant
    ) throws -> [Act] {
        if anew(whom).isEmpty { return [] }
        let tables = Tables(connection), letter = try source.facts(tables, files: files, at: now)
        let all = try parties(whom, tables, at: now)
        let parties = all.of(Array(all.unknown.dropFirst(told)))
        let entered = try InboundEntry(
            parties: parties, letter: letter, files: files, origin: origin,
            responses: source.header.responseFor,
            findings: (whom.isUnknown ? [.updateOfUnknown] : [])
                + source.findings(letter, parties, files)
        ).enter(connection, at: now)
        return try entered
            + UnknownRecipients(parties: parties, letter: letter, origin: origin)
            .refuse(connection, source.message.route, at: now)
    }
}

/// The corrected versions of what is here, each written down once.
private struct Versions {
    let said: DocumentParticulars?
    let files: InboundFiles.Examined
    private var made: [ID<Document>: ID<Document>] = [:]
    /// The message's own files have rows now.
    private(set) var isKept = false

    init(said: DocumentParticulars?, files: InboundFiles.Examined) { (self.said, self.files) = (said, files) }

    mutating func correction(
        for receipt: Receipt, _ removed: Set<ID<Agency>>, _ tables: Tables, at now: Instant
    ) throws -> Correction {
        if removed.contains(receipt.agency) { return Correction(isRemoval: true) }
        guard !files.isSecret, let corrected = try version(of: receipt.document, tables, at: now) else {
            return Correction()
        }
        let stored = try tables.documents.files(of: corrected)
        let missing = files.findings.count { if case .missing = $0 { true } else { false } }
        let pages = stored.filter { $0.kind == .main }.reduce(0) { $0 + $1.file.pages }
        return Correction(
            corrected: corrected, declaredFiles: stored.count + missing, declaredPages: pages,
            findings: files.findings)
    }

    /// Nil where nothing is different.
    private mutating func version(of document: ID<Document>, _ tables: Tables, at now: Instant) throws
        -> ID<Document>?
    {
        if let made = made[document] { return made }
        guard let before = try tables.documents.particulars(of: document) else { return nil }
        let had = try tables.documents.files(of: document)
        let stored = files.stored.isEmpty ? had : files.stored
        var facts = said ?? before
        facts.pages = files.letterPages ?? before.pages
        if facts == before, Set(stored.map(\.file.hash)) == Set(had.map(\.file.hash)) { return nil }
        let id = ID<Document>(UUIDv7.make(at: now))
        try tables.documents.insert(id, facts, issuedBy: nil, files: stored, at: now)
        made[document] = id
        isKept = isKept || !files.stored.isEmpty
        return id
    }
}
