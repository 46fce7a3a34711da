// Lời của người lạ: whatever a message from elsewhere says is cut here to what rows and pages have room for, before anything else
// is done with it. Names and words are shortened; what identifies – codes, keys, whom it is for – is not, since half of it would
// be something else: a message that has too much of that stays for a person, with the reason.
import EdXML
import Foundation
import MailMessages

enum StrangersWords {
    static let name = 300
    static let typeName = 100
    static let words = 2_000
    static let code = 100
    static let key = 255
    static let answers = 50
    static let recipients = 10_000
    /// RFC 5321, 4.5.3.1.
    static let address = 254
    static let reported = 1_000

    /// - Throws: `InboundTrouble`: nobody could take it as it is.
    static func cut(_ message: EdXMLMessage) throws -> EdXMLMessage {
        switch message {
        case .document(let document): .document(try cut(document))
        case .status(let status): .status(try cut(status))
        }
    }

    private static func cut(_ document: DocumentMessage) throws -> DocumentMessage {
        var result = document, header = document.header
        let sender = String(header.from.name ?? header.from.organID ?? "", atMost: name)
        let subject = String(header.subject ?? "", atMost: 200)
        func refuse(unless isFine: Bool, _ what: String) throws {
            if !isFine {
                throw InboundTrouble.never(
                    "Gói tin có \(what) vượt giới hạn của hệ thống này.", sender: sender, subject: subject)
            }
        }
        let business = document.trace.business
        try refuse(unless: fits(header.from.organID, code), "mã định danh nơi gửi")
        try refuse(
            unless: fits(header.documentID, key) && fits(business?.documentID, key), "mã văn bản (DocumentId)"
        )
        try refuse(unless: header.to.count <= recipients, "số nơi nhận")
        try refuse(
            unless: (business?.update?.receivers.count ?? 0) <= recipients, "số nơi nhận được cập nhật")
        let replacing = business?.replacements ?? []
        try refuse(
            unless: replacing.count <= answers && replacing.allSatisfy { fits($0.documentID, key) }
                && replacing.reduce(0) { $0 + $1.organIDs.count } <= recipients,
            "danh sách văn bản được thay thế")
        header.from.shorten()
        header.to = header.to.map { $0.shortened }
        header.code.number.cut(code)
        header.code.notation.cut(code)
        header.promulgation.place.cut(typeName)
        header.promulgation.date.cut(code)
        header.dueDate.cut(code)
        header.type.name.cut(typeName)
        header.subject.cut(words)
        header.content.cut(words)
        header.signer?.fullName.cut(typeName)
        header.other?.priority.cut(code)
        header.other?.pageAmount.cut(code)
        header.responseFor = header.responseFor.prefix(answers).map { $0.shortened }
        result.header = header
        result.trace.hops = document.trace.hops.prefix(answers).map {
            TraceHeader(
                organID: $0.organID.map { String($0, atMost: code) },
                timestamp: $0.timestamp.map { String($0, atMost: code) })
        }
        result.trace.business?.reason.cut(words)
        result.attachments = document.attachments.map { attachment in
            var attachment = attachment
            attachment.name.cut(name)
            return attachment
        }
        return result
    }

    private static func cut(_ status: StatusMessage) throws -> StatusMessage {
        var result = status
        guard fits(status.from.organID, code) else {
            throw InboundTrouble.never(
                "Gói tin có mã định danh nơi gửi vượt giới hạn của hệ thống này.",
                sender: String(status.from.name ?? "", atMost: name))
        }
        result.from.shorten()
        result.responseFor = status.responseFor.shortened
        result.statusCode.cut(code)
        result.description.cut(words)
        result.timestamp.cut(code)
        return result
    }

    static func cut(_ mail: MailMessage) -> MailMessage {
        var result = mail
        result.subject = String(mail.subject, atMost: words)
        // It may be the message's name in several rows; another way to name it is there.
        if !fits(mail.messageID, key) { result.messageID = nil }
        result.from = mail.from.map { from in
            var from = from
            from.name = String(from.name, atMost: name)
            from.address = String(from.address, atMost: address)
            return from
        }
        result.inReplyTo = Array(mail.inReplyTo.prefix(answers))
        result.report?.recipients = (mail.report?.recipients ?? []).prefix(reported).map { recipient in
            var recipient = recipient
            recipient.address = String(recipient.address, atMost: address)
            recipient.diagnostic = String(recipient.diagnostic, atMost: typeName * 5)
            recipient.status.cut(code)
            return recipient
        }
        return result
    }

    fileprivate static func fits(_ text: String?, _ most: Int) -> Bool {
        text.map { $0.unicodeScalars.prefix(most + 1).count <= most } ?? true
    }
}

extension String {
    /// Its beginning, by scalars: one letter may have any number of marks.
    init(_ text: String, atMost most: Int) {
        self.init(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
    }
}

extension String? {
    fileprivate mutating func cut(_ most: Int) { self = map { String($0, atMost: most) } }
}

extension Organization {
    fileprivate mutating func shorten() {
        name.cut(StrangersWords.name)
        // No agency has a longer one; of the sender it was looked at before.
        organID.cut(StrangersWords.code)
    }

    fileprivate var shortened: Organization {
        var result = self
        result.shorten()
        return result
    }
}

extension ResponseFor {
    /// A key that nobody here can have given is left out; then number and date are looked for.
    fileprivate var shortened: ResponseFor {
        var result = self
        result.organID.cut(StrangersWords.code)
        result.code.cut(StrangersWords.code)
        if !StrangersWords.fits(documentID, StrangersWords.key) { result.documentID = nil }
        result.promulgationDate.cut(StrangersWords.code)
        return result
    }
}
