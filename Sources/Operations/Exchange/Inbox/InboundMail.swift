// Thư điện tử đến hộp thư công vụ (E6): a letter in a PDF becomes a receipt like any other; a mail server's report is written on the
// board of the delivery it speaks of; what a machine answers by itself is put aside. Mail names no number and no date, so
// they are read from the subject and the first page, and the clerk compares before taking it.
import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import MailMessages
import OfficeFiles
import Store

struct InboundMail: Sendable {
    let office: Office
    let message: InboundMessage
    let mail: MailMessage

    func enter() async throws {
        if let report = mail.report { return try await take(report) }
        if isAutomatic {
            let (message, subject) = (message, mail.subject)
            let sender = mail.from.first?.address ?? ""
            return try await office.database.write {
                try Tables($0).inbound.close(message.id, .done, sender: sender, subject: subject)
            }
        }
        try await enterLetter()
    }

    /// RFC 3834: "I am out of the office" is no document.
    private var isAutomatic: Bool {
        let marked = mail.header("Auto-Submitted").map { $0.lowercased() != "no" } ?? false
        return marked || ["bulk", "junk", "list"].contains(mail.header("Precedence")?.lowercased() ?? "")
    }

    // MARK: A letter

    private func enterLetter() async throws {
        guard let from = mail.from.first, from.address.contains("@") else {
            throw InboundTrouble.never("Thư không có địa chỉ người gửi.", subject: mail.subject)
        }
        let attached = mail.parts.filter { $0.role == .attachment }.map {
            Attachment(
                name: $0.name.isEmpty ? "tep-kem" : $0.name, contentType: $0.contentType, file: $0.path,
                size: $0.size)
        }
        if attached.isEmpty {
            throw InboundTrouble.never(
                "Thư không có tệp văn bản kèm theo; mở hộp thư để xem.", sender: from.address,
                subject: mail.subject)
        }
        let examination = InboundFiles(office: office)
        var files = try await examination.examine(attached)
        let now = office.clock.now
        let reading = LetterReading(
            subject: mail.subject, page: files.letterText, sentAt: mail.date.map(Instant.init) ?? now)
        files.findings.append(.readFromLetter)
        if !isSenderVerified { files.findings.append(.senderNotVerified(address: from.address)) }
        // Numbers of mails change with their folder; what stands in them does not.
        let examined = files, message = message, key = "mail:\(mail.messageID ?? message.hash)"
        try await examination.keep(examined) {
            office.killPoints.pass(.inboundBeforeEntry)
            return try await office.database.write { connection in
                let tables = Tables(connection)
                guard let agency = try tables.agencies.find(slug: message.route.partner) else {
                    throw InboundTrouble.never("Hộp thư không thuộc cơ quan nào.", sender: from.address)
                }
                let sender = try Self.sender(from, tables, at: now)
                let letter = InboundLetter(
                    facts: reading.facts(
                        from: sender.name, isSecret: examined.isSecret, pages: examined.letterPages),
                    isTypeKnown: true, declaredFiles: attached.count, declaredPages: examined.letterPages ?? 1
                )
                let recipients = try tables.correspondents.find([agency.id])
                return try InboundEntry(
                    parties: InboundParties(sender: sender, recipients: recipients),
                    letter: letter, files: examined, origin: MessageOrigin(channel: .mail, key: key),
                    replied: mail.inReplyTo.compactMap { MailDelivery($0)?.id },
                    findings: examined.findings
                ).end(message, connection, at: now)
            }
        }
    }

    /// Anybody can write any address. Only the office's own server is believed, where it is named, and of what bears that
    /// name only what stands on top.
    private var isSenderVerified: Bool {
        guard let server = office.exchange.mail[message.route.partner]?.verifiedBy?.lowercased(),
            mail.from.count == 1, mail.headers.count(where: { $0.name.lowercased() == "from" }) == 1,
            let domain = mail.from.first?.address.split(separator: "@").last.map(String.init)
        else { return false }
        let said = mail.headers.filter { $0.name.lowercased() == "authentication-results" }
            .compactMap { AuthenticationResults($0.value) }.first { $0.server == server }
        return said?.vouches(for: domain) == true
    }

    private static func sender(_ from: MessageAddress, _ tables: Tables, at now: Instant) throws
        -> Correspondent
    {
        if let known = try tables.correspondents.find(mail: from.address, on: now.officeDate).first {
            return known
        }
        let address = from.address.lowercased()
        let sender = Correspondent(
            id: DerivedID.make("mail", address),
            name: from.name.isEmpty ? address : from.name,
            kind: .outside, channel: .mail, mail: address, isSelfDeclared: true)
        try tables.correspondents.put(sender, at: now)
        return sender
    }

    // MARK: What mail servers say

    private func take(_ report: DeliveryReport) async throws {
        let now = office.clock.now, message = message
        let sender = mail.from.first?.address ?? "", subject = mail.subject
        try await office.database.write { connection in
            let tables = Tables(connection)
            var acts: [Act] = []
            // A report on an earlier time says nothing of the last.
            if let sent = report.originalMessageID.flatMap({ MailDelivery($0) }),
                let delivery = try tables.deliveries.find(sent.id), delivery.channel == .mail,
                delivery.sending == sent.sending,
                try tables.agencies.find(slug: message.route.partner)?.id == delivery.agency,
                let agency = try tables.correspondents.find(delivery.recipient)
            {
                // Anybody can write a report; one about somebody else's mail is not believed.
                for recipient in report.recipients
                where recipient.outcome != .passing && recipient.concerns(agency.mail) {
                    let failed = recipient.outcome == .permanent
                    let words = recipient.diagnostic.isEmpty ? recipient.status ?? "" : recipient.diagnostic
                    let act = Act(
                        tables: Tables(connection),
                        actor: .system(name: "Thư điện tử", agency: delivery.agency),
                        now: now)
                    let envelope = Envelope(
                        id: sent.report(of: recipient.address, failed: failed),
                        kind: .status, from: delivery.recipient, to: delivery.agency, delivery: sent.id,
                        route: Route(.mail), document: nil, status: failed ? .refused : .arrived,
                        note: failed ? "Thư không đến được \(recipient.address): \(words)" : "", at: now)
                    _ = try TakeStatus(envelope: envelope).perform(act)
                    acts.append(act)
                }
            }
            try tables.inbound.close(message.id, .done, sender: sender, subject: subject)
            try Act.writeJournals(of: acts)
        }
    }
}

extension MailDelivery {
    /// The same whenever the same is reported.
    fileprivate func report(of address: String, failed: Bool) -> ID<Envelope> {
        if sending == 1 { return DerivedID.make("mail-report", id.description, address, "\(failed)") }
        return DerivedID.make("mail-report", id.description, address, "\(failed)", "\(sending)")
    }
}

extension ReportedRecipient {
    fileprivate func concerns(_ mail: String) -> Bool {
        [address, originalAddress].compactMap { $0?.lowercased() }.contains(mail.lowercased())
    }
}

extension Office {
    func blobPath(of file: FileReference) -> String? {
        BlobHash(hex: file.hash).map(blobs.path(of:))
    }
}

/// Number, notation, date as they stand in the subject or on the first page; proposals, never more.
struct LetterReading: Sendable {
    let number: String
    let notation: String
    let date: OfficeDate
    let abstract: String

    init(subject: String, page: String, sentAt: Instant) {
        let top = page.prefix(4000)
        let found = Self.code(in: subject) ?? Self.code(in: String(top))
        number = found?.number ?? ""
        notation = found?.notation ?? ""
        date = min(Self.date(in: String(top)) ?? sentAt.officeDate, sentAt.officeDate)
        var words = subject.trimmingCharacters(in: .whitespacesAndNewlines)
        if let bracket = words.firstMatch(of: /^\[[^\]]{1,80}\]\s*/) { words.removeSubrange(bracket.range) }
        abstract = words.isEmpty ? "Văn bản nhận qua thư điện tử" : String(words, atMost: 500)
    }

    func facts(from sender: String, isSecret: Bool, pages: Int?) -> DocumentParticulars {
        DocumentParticulars(
            issuingAgency: String(sender, atMost: 200), number: number, notation: notation, date: date,
            type: "cong-van",
            abstract: isSecret ? "Văn bản có dấu độ mật, không được lưu trên hệ thống" : abstract,
            urgency: .normal, pages: max(1, pages ?? 1))
    }

    /// `482/SXD-QLN`, `Số: 15/QĐ-UBND`.
    private static func code(in text: String) -> (number: String, notation: String)? {
        guard
            let match = text.firstMatch(
                of:
                    /(\d{1,6}[a-z]?)\s?\/\s?((?:\d{4}\/)?\p{Lu}[\p{Lu}\p{L}0-9]*(?:\s?-\s?[\p{Lu}0-9][\p{L}0-9&.]*){0,4})/
            )
        else { return nil }
        return (String(match.1), String(match.2).replacing(" ", with: ""))
    }

    /// `ngày 05 tháng 3 năm 2020`.
    private static func date(in text: String) -> OfficeDate? {
        guard let match = text.firstMatch(of: /ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/),
            let day = Int(match.1), let month = Int(match.2), let year = Int(match.3)
        else { return nil }
        return OfficeDate(year: year, month: month, day: day)
    }
}
