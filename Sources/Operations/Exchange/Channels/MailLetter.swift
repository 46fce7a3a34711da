// Thư gửi đi: how a letter reads as an e-mail, and by what its returned mail is known again.
import Domain
import Foundation
import MailMessages
import Store

/// The letter as an e-mail reads.
struct MailLetter {
    let letter: WireLetter
    let from: MessageAddress
    let to: Correspondent
    let delivery: ID<Delivery>
    let sentAt: Date

    var message: OutgoingMessage {
        let facts = letter.facts
        var mail = OutgoingMessage(
            messageID: MailDelivery(id: delivery, sending: letter.again?.sending ?? 1)
                .messageID(from: from.address),
            from: from,
            to: [MessageAddress(to.mail, name: to.name)],
            subject: oneLine("[\(facts.numberAndNotation)] \(facts.abstract)"), date: sentAt, text: text)
        mail.headers = [MailHeader("X-VanThu-Document", facts.numberAndNotation)]
        mail.attachments = letter.files.map { path, file in
            OutgoingAttachment(
                path: path, name: oneLine(file.name).replacing("/", with: "-").replacing("\\", with: "-"),
                contentType: file.mediaType)
        }
        return mail
    }

    /// A header is one line, whatever was typed into the abstract.
    private func oneLine(_ words: String) -> String {
        String(
            String.UnicodeScalarView(
                words.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    private static func written(_ day: OfficeDate) -> String {
        "\(Notation.printedDay(day.day))/\(Notation.printedMonth(day.month))/\(day.year)"
    }

    private var text: String {
        let facts = letter.facts
        var lines = [
            "Kính gửi: \(to.name)", "",
            "\(facts.issuingAgency) gửi văn bản điện tử:", "",
            "Số, ký hiệu: \(facts.numberAndNotation)",
            "Ngày văn bản: \(Self.written(facts.date))",
            "Loại văn bản: \(letter.typeName)", "Trích yếu: \(facts.abstract)",
        ]
        if !facts.signer.isEmpty { lines.append("Người ký: \(facts.signer)") }
        if let answerBy = letter.answerBy {
            lines.append("Đề nghị trả lời trước ngày: \(Self.written(answerBy))")
        }
        if let again = letter.again { lines += ["", again.words] }
        lines += [
            "", "Tệp kèm theo (\(letter.files.count)):",
        ]
        lines += letter.files.map { "- \($0.file.name)" }
        lines += [
            "", "Văn bản có chữ ký số. Mở tệp PDF bằng phần mềm đọc PDF để kiểm tra chữ ký.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The delivery stands in the Message-ID, so that a returned mail tells which one it was. A letter that is sent again has a name
/// of its own: mail programs throw away what bears one they have had.
struct MailDelivery: Equatable {
    let id: ID<Delivery>
    let sending: Int

    init(id: ID<Delivery>, sending: Int) { (self.id, self.sending) = (id, sending) }

    func messageID(from address: String) -> String {
        let domain = address.split(separator: "@").last.map(String.init) ?? "vanthu"
        return sending == 1 ? "\(id).gui@\(domain)" : "\(id).\(sending).gui@\(domain)"
    }

    /// Nil for a message that is none of ours.
    init?(_ messageID: String) {
        guard let end = messageID.range(of: ".gui@") else { return nil }
        let parts = messageID[..<end.lowerBound].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let id = ID<Delivery>(String(first)) else {
            return nil
        }
        guard parts.count == 2 else {
            self.init(id: id, sending: 1)
            return
        }
        guard let sending = Int(parts[1]), sending > 1 else { return nil }
        self.init(id: id, sending: sending)
    }
}
