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
            messageID: MailDelivery.messageID(of: delivery, from: from.address), from: from,
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

/// The delivery stands in the Message-ID, so that a returned mail tells which one it was.
enum MailDelivery {
    static func messageID(of delivery: ID<Delivery>, from address: String) -> String {
        let domain = address.split(separator: "@").last.map(String.init) ?? "vanthu"
        return "\(delivery).gui@\(domain)"
    }

    static func delivery(of messageID: String) -> ID<Delivery>? {
        guard let end = messageID.range(of: ".gui@") else { return nil }
        return ID(String(messageID[..<end.lowerBound]))
    }
}
