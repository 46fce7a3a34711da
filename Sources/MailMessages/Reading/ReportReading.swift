// What mail servers report about messages of ours (RFC 3464), and which of them it is about.

struct ReportReading {
    private var isReport = false
    private var recipients: [ReportedRecipient] = []
    private static let limit = 2_000

    /// The blocks of a report: fields, with an empty line between blocks.
    static func blocks(_ bytes: [UInt8]) -> [HeaderBlock] {
        var blocks: [HeaderBlock] = []
        var block = HeaderBlock(limit: 1 << 20)
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else {
                block.add(line, isStart: true)
                continue
            }
            if !block.fields.isEmpty { blocks.append(block) }
            block = HeaderBlock(limit: 1 << 20)
            if blocks.count > limit { return blocks }
        }
        if !block.fields.isEmpty { blocks.append(block) }
        return blocks
    }

    /// The content of a `message/delivery-status`.
    mutating func addFields(_ bytes: [UInt8]) {
        isReport = true
        for block in Self.blocks(bytes) where recipients.count < Self.limit {
            let address = String(Self.afterType(block.text("final-recipient")).prefix(320))
            let original = String(Self.afterType(block.text("original-recipient")).prefix(320))
            guard !address.isEmpty || !original.isEmpty else { continue }
            recipients.append(
                ReportedRecipient(
                    address: address.isEmpty ? original : address,
                    originalAddress: original.isEmpty ? nil : original,
                    action: ReportedRecipient.Action(rawValue: Self.word(block.text("action"))),
                    status: Self.status(block.text("status")),
                    diagnostic: HeaderText.note(Self.afterType(block.text("diagnostic-code")))))
        }
    }

    /// - Parameter message: Everything else that was read of the same message.
    func result(of message: MailMessage) -> DeliveryReport? {
        guard isReport else { return nil }
        var report = DeliveryReport()
        report.recipients = recipients
        if let original = message.embedded.first?.messageID {
            report.originalMessageID = original
            report.isFromOriginal = true
        } else {
            report.originalMessageID = message.inReplyTo.first ?? message.references.last
        }
        return report
    }

    /// `rfc822; a@b`
    private static func afterType(_ text: String) -> String {
        guard let semicolon = text.firstIndex(of: ";") else { return text }
        let rest = text[text.index(after: semicolon)...].drop { $0 == " " }
        return String(rest).trimmingBrackets()
    }

    private static func word(_ text: String) -> String {
        String(text.prefix { $0.isASCII && $0.isLetter }).lowercased()
    }

    private static func status(_ text: String) -> String? {
        let word = text.prefix { $0 == "." || ("0"..."9").contains($0) }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        let isStatus =
            parts.count == 3 && ["2", "4", "5"].contains(parts[0])
            && parts.dropFirst().allSatisfy { (1...3).contains($0.count) }
        return isStatus ? String(word) : nil
    }
}

extension String {
    /// Without the `<` and `>` that some put around an address.
    fileprivate func trimmingBrackets() -> String {
        hasPrefix("<") && hasSuffix(">") && count > 2 ? String(dropFirst().dropLast()) : self
    }
}
