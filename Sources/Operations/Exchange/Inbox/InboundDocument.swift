// Văn bản từ hệ thống khác: its files are looked into outside any transaction – what they are, how many pages, marks of state
// secrets, viruses – and then document, receipts and the end of the message are written together. It arrives once at each
// agency it names, however often it comes and in whatever company (E5: document, organisation, business).
import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import Store

struct InboundDocument: Sendable {
    let office: Office
    let message: InboundMessage
    let document: DocumentMessage
    let oddities: [MessageFinding]

    var header: DocumentHeader { document.header }
    private var subject: String { header.subject ?? header.content ?? "" }
    private var key: String { header.documentID ?? "" }

    func enter() async throws {
        switch document.trace.business?.kind {
        case .recall: try await InboundRequest(office: office, message: message).recall(document)
        case .update: try await InboundUpdate(source: self).enter()
        case .new, .replace, nil: try await enterDocument()
        }
    }

    private func enterDocument() async throws {
        guard !key.isEmpty else { throw trouble("Gói tin không có mã văn bản (DocumentId).") }
        let examination = InboundFiles(office: office)
        let files = try await examination.examine(document.attachments)
        let now = office.clock.now
        try await examination.keep(files) {
            let letter = try await office.read { try facts($0, files: files, at: now) }
            let message = message, origin = origin
            let named = { @Sendable [header] (tables: Tables) in
                try InboundParties(tables: tables, header: header, from: message, at: now)
            }
            // Hardly any letter has so many.
            let told =
                header.to.count <= UnknownRecipients.batch
                ? 0
                : try await UnknownRecipients.refuseMany(
                    office, letter, origin, message.route, at: now, parties: named)
            office.killPoints.pass(.inboundBeforeEntry)
            return try await office.database.write { connection in
                let all = try named(Tables(connection))
                let parties = all.of(Array(all.unknown.dropFirst(told)))
                return try InboundEntry(
                    parties: parties, letter: letter, files: files, origin: origin,
                    responses: header.responseFor,
                    findings: findings(letter, parties, files),
                    replacements: document.trace.business?.replacements ?? [],
                    sentAt: document.trace.sentAt(by: header.from),
                    said: String((document.trace.business?.reason ?? "").prefix(RequestRules.noteLimit))
                ).end(message, connection, at: now)
            }
        }
    }

    private func trouble(_ words: String) -> InboundTrouble {
        .never(
            words, sender: header.from.name ?? header.from.organID ?? "",
            subject: String(subject, atMost: 200)
        )
    }

    private var origin: MessageOrigin {
        let business = document.trace.business
        return MessageOrigin(
            channel: message.route.channel, partner: message.route.partner, key: key,
            business: business?.kind == .replace ? .replace : .new)
    }

    // MARK: What it says

    func facts(_ tables: Tables, files: InboundFiles.Examined, at now: Instant) throws
        -> InboundLetter
    {
        guard let date = OfficeDate(message: header.promulgation.date) else {
            throw trouble("Gói tin không có ngày văn bản đọc được.")
        }
        let number = header.code.number ?? "", notation = header.code.notation ?? ""
        guard !(number + notation).isEmpty else { throw trouble("Gói tin không có số, ký hiệu.") }
        if subject.isEmpty { throw trouble("Gói tin không có trích yếu.") }
        let name = Folding.fold(header.type.name ?? "")
        let type = try tables.documentTypes.all().first { Folding.fold($0.name) == name }
        let declaredPages = header.other?.pageAmount.flatMap(Int.init) ?? 0
        let facts = DocumentParticulars(
            issuingAgency: header.from.name ?? header.from.organID ?? "", number: String(number, atMost: 20),
            notation: String(notation, atMost: 60), date: date, type: type?.slug ?? "cong-van",
            abstract: files.isSecret
                ? "Văn bản có dấu độ mật, không được lưu trên hệ thống" : String(subject, atMost: 500),
            urgency: Urgency(rawValue: min(max(Int(header.other?.priority ?? "") ?? 0, 0), 3)) ?? .normal,
            pages: max(1, files.letterPages ?? declaredPages),
            signer: String(header.signer?.fullName ?? "", atMost: 100))
        return InboundLetter(
            facts: facts, isTypeKnown: type != nil, declaredFiles: document.attachments.count,
            declaredPages: declaredPages > 0 ? declaredPages : facts.pages)
    }

    func findings(
        _ letter: InboundLetter, _ parties: InboundParties, _ files: InboundFiles.Examined
    ) -> [ArrivalFinding] {
        var found = files.findings
        if parties.sender.isSelfDeclared { found.append(.unknownSender(code: header.from.organID ?? "")) }
        if !letter.isTypeKnown { found.append(.unknownType(header.type.name ?? "")) }
        for reference in header.responseFor {
            if let code = reference.code { found.append(.answers(code: code)) }
        }
        if document.trace.business?.paper == "1" { found.append(.paperFollows) }
        if let day = OfficeDate(message: header.dueDate) { found.append(.answerBy(day.iso)) }
        // The constant placeholder of every sender's software is not worth a word; what is missing or damaged has one.
        let told: Set<MessageFinding.Code> = [.signatureNotChecked, .attachmentMissing, .attachmentDamaged]
        found += oddities.filter { !told.contains($0.code) }.prefix(20).map {
            .odd($0.code.rawValue, detail: String($0.detail ?? "", atMost: 100))
        }
        return found
    }
}

/// What a message says of its document.
struct InboundLetter: Sendable {
    let facts: DocumentParticulars
    let isTypeKnown: Bool
    let declaredFiles: Int
    let declaredPages: Int
}

/// Who sent it, and for whom of this installation it is.
struct InboundParties: Sendable {
    let sender: Correspondent
    let recipients: [Correspondent]
    /// Whom the message meant to reach here besides, by codes that no agency here has.
    let unknown: [Organization]

    init(sender: Correspondent, recipients: [Correspondent], unknown: [Organization] = []) {
        self.sender = sender
        self.recipients = recipients
        self.unknown = unknown
    }

    /// A sender that is in no catalogue is put down as it calls itself, so that it can be answered.
    init(tables: Tables, header: DocumentHeader, from message: InboundMessage, at now: Instant) throws {
        let code = header.from.organID ?? "", route = message.route
        let who = header.from.name ?? code
        let known = try tables.correspondents.find(code: code, on: now.officeDate)
        try Self.refuseImpostor(known, route, who)
        if let sender = known.first {
            self.sender = sender
        } else {
            guard !code.isEmpty else {
                throw InboundTrouble.never("Gói tin không có mã định danh nơi gửi.", sender: who)
            }
            let isOldForm = OrganIdentifier(code).form == .qcvn102
            let sender = Correspondent(
                id: DerivedID.make("agency", code), name: who,
                code: isOldForm ? "" : code,
                codeQCVN102: isOldForm ? code : "", channel: route.channel, partner: route.partner,
                isSelfDeclared: true)
            try tables.correspondents.put(sender, at: now)
            self.sender = sender
        }
        var recipients: [ID<Agency>: Correspondent] = [:], unknown: [String: Organization] = [:]
        // Another VanThu sends each partner a message of its own, for its agencies only. On an axis one message names
        // everybody, most of them elsewhere: there only those count whom the axis itself says it is for.
        let listed = Set(message.addressedTo)
        for named in header.to {
            guard let code = named.organID, !code.isEmpty else { continue }
            let hosted = try tables.correspondents.find(code: code, on: now.officeDate).first(
                where: \.isHosted)
            if let hosted {
                recipients[hosted.id] = hosted
            } else if route.channel == .vanthu || listed.contains(code) {
                unknown[code] = named
            }
        }
        if recipients.isEmpty {
            throw Self.forNobody(who, header.subject ?? "")
        }
        self.recipients = recipients.values.sorted { $0.id.description < $1.id.description }
        self.unknown = unknown.sorted { $0.key < $1.key }.map(\.value)
    }

    static func forNobody(_ sender: String, _ subject: String) -> InboundTrouble {
        .never("Gói tin không gửi cho cơ quan nào của hệ thống này.", sender: sender, subject: subject)
    }

    /// The same, but for whom it means to reach besides.
    func of(_ unknown: [Organization]) -> InboundParties {
        InboundParties(sender: sender, recipients: recipients, unknown: unknown)
    }

    /// The same whenever the same document comes for the same recipient.
    func delivery(of origin: MessageOrigin, to recipient: String) -> ID<Delivery> {
        let sender = sender.id.description, business = origin.business.rawValue
        if origin.sending == 1 { return DerivedID.make("delivery", sender, origin.key, business, recipient) }
        return DerivedID.make("delivery", sender, origin.key, business, recipient, "\(origin.sending)")
    }

    /// Nobody outside speaks for an agency of this installation, and another installation only for agencies that the
    /// catalogue says are reached through it: whoever else they are reached by knows them better.
    static func refuseImpostor(_ known: [Correspondent], _ route: Route, _ who: String) throws {
        let isHosted = known.contains(where: \.isHosted)
        let isOthers =
            route.channel == .vanthu && !known.isEmpty
            && !known.contains { $0.channel == .vanthu && $0.partner == route.partner }
        if isHosted || isOthers {
            throw InboundTrouble.never("Nơi gửi dùng mã định danh của cơ quan khác.", sender: who)
        }
    }
}

/// Document and receipts, written together.
struct InboundEntry: Sendable {
    let parties: InboundParties
    let letter: InboundLetter
    let files: InboundFiles.Examined
    let origin: MessageOrigin
    /// What it says that it answers.
    var responses: [ResponseFor] = []
    /// Our deliveries that a mail is a reply to.
    var replied: [ID<Delivery>] = []
    let findings: [ArrivalFinding]
    /// What it replaces, and for whom.
    var replacements: [Replacement] = []
    /// By the sender's own clock.
    var sentAt: Instant?
    /// What the sender says of this time.
    var said = ""

    /// With the message's own end. False when every recipient has had it before.
    func end(_ message: InboundMessage, _ connection: Connection, at now: Instant) throws -> Bool {
        let entered = try enter(connection, at: now)
        let refused = try UnknownRecipients(parties: parties, letter: letter, origin: origin)
            .refuse(connection, message.route, at: now)
        try Tables(connection).inbound.close(
            message.id, .done, sender: parties.sender.name, subject: letter.facts.abstract)
        try Act.writeJournals(of: entered + refused)
        return !entered.isEmpty
    }

    /// For those who have not had it; who has, is told once more how it stands.
    func enter(_ connection: Connection, at now: Instant) throws -> [Act] {
        let tables = Tables(connection), content = LetterAgain.content(letter.facts, files.stored)
        var waiting: [(recipient: Correspondent, origin: MessageOrigin)] = []
        for recipient in parties.recipients {
            let origin = try self.origin(for: recipient, tables, at: now)
            switch try LetterAgain(
                sender: parties.sender.id, recipient: recipient.id, origin: origin, sentAt: sentAt
            ).meaning(of: content, tables) {
            case .letter(let sending): waiting.append((recipient, origin.sent(sending)))
            case .repetition(let receipt): try LetterAgain.answer(receipt, tables, at: now)
            }
        }
        if waiting.isEmpty { return [] }
        let document = ID<Document>(UUIDv7.make(at: now))
        try tables.documents.insert(
            document, letter.facts, issuedBy: nil, files: files.isSecret ? [] : files.stored, at: now)
        return try waiting.map { recipient, origin in
            let act = Act(
                tables: Tables(connection), actor: .system(name: "Liên thông", agency: recipient.id), now: now
            )
            let receipt = try ReceiptEntry(
                agency: recipient.id, sender: parties.sender, delivery: delivery(of: origin, to: recipient),
                document: document, facts: letter.facts, origin: origin, declaredFiles: letter.declaredFiles,
                declaredPages: letter.declaredPages,
                findings: findings + (origin.sending > 1 && !said.isEmpty ? [.sentAgain(said)] : []),
                answered: try answered(act.tables, by: recipient), content: content, sentAt: sentAt
            ).enter(act)
            if files.isSecret { try refuseSecret(receipt, act) }
            return act
        }
    }

    /// By the name messages know our document by, or by what stands on it where the sender's software made up a new name.
    private func answered(_ tables: Tables, by recipient: Correspondent) throws -> [Delivery] {
        let byMail = try replied.prefix(Self.mostAnswered).compactMap { try tables.deliveries.find($0) }
        return try byMail.filter { $0.agency == recipient.id }
            + responses.prefix(Self.mostAnswered).flatMap { one in
                var found = try tables.deliveries.find(
                    messageKey: one.documentID ?? "", to: [parties.sender.id])
                if found.isEmpty {
                    found = try tables.deliveries.find(
                        numberAndNotation: one.code ?? "", date: OfficeDate(message: one.promulgationDate),
                        to: [parties.sender.id])
                }
                return found.filter { $0.agency == recipient.id }
            }
    }

    /// A letter that claims to answer more than these is not looked after further.
    private static let mostAnswered = 50

    private func delivery(of origin: MessageOrigin, to recipient: Correspondent) -> ID<Delivery> {
        parties.delivery(of: origin, to: recipient.id.description)
    }

    /// To those whom the message does not name beside a document that it replaces, it is a new one.
    private func origin(
        for recipient: Correspondent, _ tables: Tables, at now: Instant
    ) throws -> MessageOrigin {
        if replacements.isEmpty { return origin }
        let names = try replacements.filter { replacement in
            try replacement.organIDs.isEmpty
                || replacement.organIDs.contains { code in
                    try tables.correspondents.find(code: code, on: now.officeDate).contains {
                        $0.id == recipient.id
                    }
                }
        }.compactMap(\.documentID).filter { !$0.isEmpty }
        return MessageOrigin(
            channel: origin.channel, partner: origin.partner, key: origin.key,
            business: names.isEmpty ? .new : .replace, replaces: names)
    }

    static let secretRefusal = "Văn bản có dấu độ mật. Không gửi, nhận văn bản mật qua hệ thống này."

    /// B4: nothing of it is kept, and its sender learns why.
    private func refuseSecret(_ receipt: Receipt, _ act: Act) throws {
        let reason = Self.secretRefusal
        try act.tables.receipts.decide(.refused, receipt.id, by: nil, reason: reason, at: act.now)
        try act.tables.desk.clear(subject: receipt.id.uuid)
        act.record(.receiptRefused, receipt.id, ["reason": reason])
        try StatusReport.send(act, receipt, .refused, note: reason)
    }
}
