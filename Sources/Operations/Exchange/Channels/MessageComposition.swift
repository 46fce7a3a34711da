// Soạn gói tin: what the office knows becomes a message of QCVN 102 in a file. What the message cannot say is noticed here,
// before anything is sent (E4).
import BlobStorage
import Domain
import EdXML
import Foundation
import Store

/// Why no message can be made of it; Vietnamese, since the clerk reads it.
struct CompositionFailure: Error, Equatable {
    let words: String
}

struct MessageComposition: Sendable {
    let office: Office

    func compose(_ parcel: Parcel, in folder: String) async throws -> WireMessage {
        let material = try await office.read { try MessageMaterial(parcel, $0) }
        let message = try edXML(parcel, material)
        let file = folder + "/goi-tin.edxml"
        if material.route.channel.speaksEdXML {
            if let fault = MessageCheck.check(message).faults.first {
                throw CompositionFailure(words: MessageWords.fault(fault))
            }
            try MessageWriter.write(message, toFile: file)
        }
        return WireMessage(
            id: parcel.messageID,
            kind: parcel.kind == .document || parcel.kind == .update ? .edoc : .status,
            from: material.from, to: material.to, deliveries: parcel.envelopes.map(\.delivery), file: file,
            letter: material.letter(office.blobs))
    }

    private func edXML(_ parcel: Parcel, _ material: MessageMaterial) throws -> EdXMLMessage {
        guard let envelope = parcel.envelopes.first else { throw CompositionFailure(words: "Gói tin rỗng.") }
        switch envelope.kind {
        case .document: return .document(try document(envelope, material, business: nil))
        case .update: return .document(try document(envelope, material, business: .update))
        case .status, .recall: return .status(material.status(envelope))
        }
    }

    private func document(
        _ envelope: Envelope, _ material: MessageMaterial, business: Business.Kind?
    ) throws -> DocumentMessage {
        guard let facts = material.facts else { throw CompositionFailure(words: "Văn bản không còn.") }
        var message = DocumentMessage()
        message.header = material.header(facts)
        // Nothing in it changes from one attempt to the next.
        message.trace = material.trace(envelope, business)
        message.attachments = try material.files.enumerated().map { try attachment($1, $0) }
        return message
    }

    /// For the clerk of the other side.
    private static func words(for kind: DocumentFileKind) -> String {
        switch kind {
        case .main: "Văn bản"
        case .enclosure: "Tài liệu kèm theo"
        case .original: "Tệp gốc của tài liệu kèm theo"
        }
    }

    private func attachment(_ stored: StoredDocumentFile, _ index: Int) throws -> Attachment {
        guard let hash = BlobHash(hex: stored.file.hash), office.blobs.contains(hash) else {
            throw CompositionFailure(words: "Tệp “\(stored.file.name)” không còn trong kho.")
        }
        return Attachment(
            contentID: "cid:\(index + 1)", name: stored.file.name, contentType: stored.file.mediaType,
            description: Self.words(for: stored.kind), file: office.blobs.path(of: hash),
            size: stored.file.size)
    }
}

/// Everything a message is made of, read at one moment.
struct MessageMaterial: Sendable {
    let route: Route
    let from: Correspondent
    let to: [Correspondent]
    /// Of a document, or of the one that is spoken of.
    let facts: DocumentParticulars?
    /// Number with notation, and date, of what a status speaks of.
    let about: (code: String, date: OfficeDate)?
    let typeName: String
    let place: String
    let files: [StoredDocumentFile]
    let key: String
    /// Whose document it is that a status speaks of.
    let owner: Correspondent?
    let answers: [ResponseFor]
    /// An answer is asked for by this day.
    let answerBy: OfficeDate?
    let places: [String]
    /// `Paper`: whether a copy on paper follows; nil where it does for some of them only.
    let paper: String?
    /// The post of whoever signed; `nil` for what was not signed here.
    let signerTitle: String?
    /// Which time it goes to whom it refused, and what is said with it; nil for the first time.
    let again: SentAgain?

    init(_ parcel: Parcel, _ tables: Tables) throws {
        guard let first = parcel.envelopes.first,
            let teller = try tables.correspondents.find(first.from)
        else { throw CompositionFailure(words: "Cơ quan gửi không còn trong danh bạ.") }
        route = first.route
        to = try parcel.envelopes.map { envelope in
            guard let agency = try tables.correspondents.find(envelope.to) else {
                throw CompositionFailure(words: "Nơi nhận không còn trong danh bạ.")
            }
            return agency
        }
        place = try tables.agencies.find(first.from)?.place ?? ""
        switch first.kind {
        case .document, .recall, .update:
            guard let delivery = try tables.deliveries.find(first.delivery),
                let issuance = try tables.issuances.find(delivery.issuance),
                let document = issuance.document
            else { throw CompositionFailure(words: "Văn bản không còn trong sổ văn bản đi.") }
            facts = try tables.documents.particulars(of: document)
            // The axis takes no document message without files, a correction neither.
            files = first.kind == .recall ? [] : try tables.documents.files(of: document)
            key = delivery.messageKey
            again = first.kind == .document ? try SentAgain(delivery, tables) : nil
            (from, owner) = (teller, teller)
            about = facts.map { (code: $0.numberAndNotation, date: $0.date) }
            answers = try Self.answers(issuance, tables)
            answerBy = delivery.answerBy
            places = first.kind == .document ? try tables.deliveryLists.names(of: issuance.id) : []
            let onPaper = try tables.papers.of(issuance.id, to: parcel.envelopes.map(\.to)).count
            paper = onPaper == 0 ? "0" : onPaper == parcel.envelopes.count ? "1" : nil
            signerTitle = try tables.signedFiles.valid(of: issuance.draft).flatMap {
                try tables.positions.find($0.signedBy)?.title
            }
        case .status:
            files = []
            again = nil
            answers = []
            answerBy = nil
            places = []
            paper = nil
            if let unknown = try tables.unknownRecipients.find(first.delivery) {
                // Whoever was meant answers, by the code it was called.
                from = Correspondent(
                    id: first.from, name: unknown.name, code: unknown.code, channel: .loopback)
                facts = nil
                about = (unknown.document, unknown.date)
                key = unknown.key
                owner = try tables.correspondents.find(unknown.sender)
            } else {
                guard let receipt = try tables.receipts.find(delivery: first.delivery) else {
                    throw CompositionFailure(words: "Văn bản nhận không còn.")
                }
                from = teller
                facts = try tables.documents.particulars(of: receipt.document)
                about = facts.map { (code: $0.numberAndNotation, date: $0.date) }
                key = receipt.origin.key
                owner = try tables.correspondents.find(receipt.sender)
            }
            signerTitle = nil
        }
        typeName = try facts.flatMap { try tables.documentTypes.find($0.type)?.name } ?? ""
    }

    /// What of outside letters this one answers (D11).
    private static func answers(_ issuance: Issuance, _ tables: Tables) throws -> [ResponseFor] {
        try tables.drafts.answers(of: issuance.draft).compactMap { id -> ResponseFor? in
            guard let arrival = try tables.arrivals.find(id),
                let receipt = try arrival.receipt.flatMap({ try tables.receipts.find($0) }),
                !receipt.origin.key.isEmpty,
                let sender = try tables.correspondents.find(receipt.sender),
                let facts = try tables.documents.particulars(of: arrival.document)
            else { return nil }
            return ResponseFor(
                organID: sender.messageCode, code: facts.numberAndNotation, documentID: receipt.origin.key,
                promulgationDate: facts.date.messageText)
        }
    }

    func letter(_ blobs: LocalBlobs) -> WireLetter? {
        guard let facts, !files.isEmpty else { return nil }
        return WireLetter(
            facts: facts, typeName: typeName, key: key, answerBy: answerBy, again: again,
            files: files.compactMap { stored in
                BlobHash(hex: stored.file.hash).map { (blobs.path(of: $0), stored.file) }
            })
    }

    // MARK: Parts of the message

    func header(_ facts: DocumentParticulars) -> DocumentHeader {
        var header = DocumentHeader()
        header.from = Organization(from)
        header.to = to.map(Organization.init)
        header.documentID = key
        header.code = DocumentCode(number: facts.number, notation: facts.notation)
        header.promulgation = Promulgation(place: place, date: facts.date.messageText)
        header.type = TypeOfDocument(
            type: "\(AdministrativeType.number(of: typeName) ?? 0)", name: typeName)
        header.subject = facts.abstract
        header.content = facts.abstract
        header.signer = SignerInfo(position: signerTitle, fullName: facts.signer)
        var other = OtherParticulars()
        other.priority = "\(facts.urgency.rawValue)"
        other.promulgationAmount = "1"
        other.pageAmount = "\(facts.pages)"
        header.other = other
        header.dueDate = answerBy?.messageText
        header.responseFor = answers
        header.steeringType = "0"
        header.toPlaces = places
        return header
    }

    func trace(_ envelope: Envelope, _ kind: Business.Kind?) -> TraceHeaderList {
        var trace = TraceHeaderList()
        // By this a recipient tells a second sending from a message that came twice. Stamps are whole seconds, and a later
        // sending bears a later one even within the same second.
        let sentAt = envelope.at.adding(seconds: (again?.sending ?? 1) - 1)
        trace.hops = [TraceHeader(organID: from.messageCode, timestamp: sentAt.messageText)]
        var business = Business()
        business.documentID = key
        business.paper = paper
        let isReplacing = kind == nil && !envelope.note.isEmpty
        let doing = kind ?? (isReplacing ? .replace : .new)
        business.type = "\(doing.rawValue)"
        business.reason =
            switch doing {
            case .new: again?.words ?? "Văn bản điện tử mới"
            case .replace: "Văn bản thay thế" + (again.map { ". \($0.words)" } ?? "")
            case .update, .recall: envelope.note
            }
        if doing == .update {
            var update = DocumentUpdate()
            // What was issued never changes: the files go along as they are, and the words say what to mind.
            (update.documentInfo, update.documentReceiver) = ("0", "0")
            business.update = update
        }
        if isReplacing {
            business.replacements = [Replacement(documentID: envelope.note, organIDs: to.map(\.messageCode))]
        }
        trace.business = business
        return trace
    }

    func status(_ envelope: Envelope) -> StatusMessage {
        var status = StatusMessage()
        status.from = Organization(from)
        // 13 names the receiver, the others the document's sender.
        let other = envelope.kind == .recall ? to.first : owner
        status.responseFor = ResponseFor(
            organID: other?.messageCode, code: about?.code, documentID: key,
            promulgationDate: about?.date.messageText)
        status.statusCode = envelope.status.code
        status.description = envelope.note.isEmpty ? nil : envelope.note
        status.timestamp = envelope.at.messageText
        return status
    }
}

extension Organization {
    init(_ agency: Correspondent) {
        self.init(
            organID: agency.messageCode, name: agency.name,
            inCharge: agency.superiorName.isEmpty ? nil : agency.superiorName)
        address = agency.address.isEmpty ? nil : agency.address
        email = agency.mail.isEmpty ? nil : agency.mail
    }
}

extension OfficeDate {
    init?(message text: String?) {
        guard let text, let date = MessageDate(text) else { return nil }
        self.init(year: date.year, month: date.month, day: date.day)
    }
}

extension Instant {
    /// `yyyy/MM/dd HH:mm:ss`, office time.
    var messageText: String {
        let second = secondOfDay
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(officeDate.messageText) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }

    init?(message text: String?) {
        guard let text, let moment = MessageMoment(text), let day = OfficeDate(message: moment.date.text)
        else {
            return nil
        }
        self.init(day, hour: moment.hour, minute: moment.minute, second: moment.second)
    }
}
