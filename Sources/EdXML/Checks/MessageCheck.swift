/// What is wrong with a message: what keeps it from being sent, and what may trouble its readers (QCVN 102:2016; lengths
/// of Nghị định 30/2020, Phụ lục VI).
public enum MessageCheck {
    public struct Result: Sendable, Equatable {
        /// Must be put right before the message can be sent.
        public var faults: [MessageFinding] = []
        /// May be sent as it is.
        public var warnings: [MessageFinding] = []

        public var maySend: Bool { faults.isEmpty }
    }

    public static func check(_ message: EdXMLMessage) -> Result {
        var checking = Checking()
        switch message {
        case .document(let document): checking.run(document)
        case .status(let status): checking.run(status)
        }
        checking.result.faults += MessageWriter.unwritable(in: message).map {
            MessageFinding(.badCharacters, $0)
        }
        return checking.result
    }
}

private struct Checking {
    var result = MessageCheck.Result()

    mutating func run(_ document: DocumentMessage) {
        let header = document.header
        agency(header.from, "From")
        if header.to.isEmpty { result.faults.append(MessageFinding(.missing, "To")) }
        for recipient in header.to { agency(recipient, "To") }
        need(header.documentID, "DocumentId")
        need(header.code.number, "CodeNumber", atMost: 11)
        need(header.code.notation, "CodeNotation", atMost: 30)
        need(header.promulgation.place, "Place")
        need(header.promulgation.date, "PromulgationDate")
        date(header.promulgation.date, "PromulgationDate")
        number(header.type.type, "Type")
        number(header.type.detail, "TypeDetail")
        need(header.type.name, "TypeName", atMost: 100)
        need(header.subject, "Subject", atMost: 500)
        need(header.signer?.fullName, "FullName", atMost: 50)
        limit(header.signer?.position, "Position", 100)
        date(header.dueDate, "DueDate")
        other(header.other)
        number(header.steeringType, "SteeringType")
        limit(header.toPlaces.joined(), "ToPlaces", 1_000)
        for reference in header.responseFor {
            date(reference.promulgationDate, "ResponseFor/PromulgationDate")
        }
        for hop in document.trace.hops { moment(hop.timestamp, "TraceHeader/Timestamp") }
        business(document)
        attachments(document.attachments)
    }

    mutating func run(_ status: StatusMessage) {
        agency(status.from, "From")
        need(status.responseFor.organID, "ResponseFor/OrganId")
        need(status.responseFor.documentID ?? status.responseFor.code, "ResponseFor/DocumentId")
        need(status.statusCode, "StatusCode")
        need(status.timestamp, "Timestamp")
        date(status.responseFor.promulgationDate, "ResponseFor/PromulgationDate")
        moment(status.timestamp, "Timestamp")
        if let code = status.statusCode, !Self.statusCodes.contains(code) {
            result.faults.append(MessageFinding(.unknownCode, "StatusCode \(code)"))
        }
        if let code = status.statusCode, ["02", "13", "16"].contains(code) {
            need(status.description, "Description", atMost: 1_000)
        }
    }

    private static let statusCodes: Set<String> = ["01", "02", "03", "04", "05", "06", "13", "15", "16"]

    // MARK: Parts

    private mutating func business(_ document: DocumentMessage) {
        guard let business = document.trace.business else { return }
        guard let kind = business.kind else {
            result.faults.append(MessageFinding(.unknownCode, "BussinessDocType \(business.type ?? "")"))
            return
        }
        switch kind {
        case .new: break
        case .recall:
            if document.header.responseFor.isEmpty {
                result.faults.append(MessageFinding(.missing, "ResponseFor"))
            }
        case .update: need(business.documentID, "Bussiness/DocumentId")
        case .replace:
            if business.replacements.isEmpty {
                result.faults.append(MessageFinding(.missing, "ReplacementInfoList"))
            }
        }
        one(of: ["0", "1"], business.paper, "Paper")
        one(of: ["0", "1"], business.update?.documentInfo, "DocumentInfo")
        one(of: ["0", "1"], business.update?.documentReceiver, "DocumentReceiver")
        for receiver in business.update?.receivers ?? [] {
            one(of: ["0", "1"], receiver.receiverType, "ReceiverType")
        }
    }

    private mutating func other(_ other: OtherParticulars?) {
        guard let other else { return }
        for (name, text) in [
            ("PromulgationAmount", other.promulgationAmount), ("PageAmount", other.pageAmount),
        ] {
            number(text, name)
            limit(text, name, 3)
        }
        one(of: ["0", "1", "2", "3", "4"], other.priority, "Priority")
        one(of: ["true", "false"], other.direction, "Direction")
    }

    private mutating func attachments(_ attachments: [Attachment]) {
        if attachments.isEmpty { result.faults.append(MessageFinding(.missing, "Attachment")) }
        var keys: Set<String> = []
        for attachment in attachments {
            need(attachment.name, "AttachmentName")
            need(attachment.contentID, "ContentId")
            if let key = attachment.contentID, !keys.insert(key).inserted {
                result.faults.append(MessageFinding(.repeatedElement, "ContentId \(key)"))
            }
            if let fault = attachment.fault {
                result.faults.append(MessageFinding(.attachmentDamaged, attachment.name, fault))
            } else if attachment.file == nil {
                result.faults.append(MessageFinding(.attachmentMissing, attachment.name))
            }
        }
    }

    private mutating func agency(_ agency: Organization, _ place: String) {
        need(agency.organID, "\(place)/OrganId", atMost: 35)
        need(agency.name, "\(place)/OrganName", atMost: 200)
        if let code = agency.organID, OrganIdentifier(code).form == nil {
            result.warnings.append(MessageFinding(.badIdentifier, code))
        }
    }

    // MARK: Values

    private mutating func need(_ text: String?, _ name: String, atMost most: Int? = nil) {
        guard let text, !text.isEmpty else {
            result.faults.append(MessageFinding(.missing, name))
            return
        }
        if let most { limit(text, name, most) }
    }

    private mutating func limit(_ text: String?, _ name: String, _ most: Int) {
        if let text, text.count > most {
            result.warnings.append(.tooLong(name, text.count, most))
        }
    }

    /// The axis reads no other form than its own (`MessageDate.text`).
    private mutating func date(_ text: String?, _ name: String) {
        if let text, MessageDate(text)?.text != text {
            result.faults.append(MessageFinding(.badDate, "\(name) \(text)"))
        }
    }

    private mutating func moment(_ text: String?, _ name: String) {
        if let text, MessageMoment(text)?.text != text {
            result.faults.append(MessageFinding(.badDate, "\(name) \(text)"))
        }
    }

    /// As the axis' reader takes them: up to nine digits.
    private mutating func number(_ text: String?, _ name: String) {
        if let text,
            !(1...9).contains(text.utf8.count) || !text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            result.faults.append(MessageFinding(.badNumber, "\(name) \(text)"))
        }
    }

    private mutating func one(of codes: Set<String>, _ text: String?, _ name: String) {
        if let text, !codes.contains(text) {
            result.faults.append(MessageFinding(.unknownCode, "\(name) \(text)"))
        }
    }
}
