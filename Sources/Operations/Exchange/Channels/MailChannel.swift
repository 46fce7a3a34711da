// Thư điện tử công vụ (E6): a letter goes out from the agency's official mailbox as an e-mail with the sealed PDF, one to each
// recipient, so that what the mail servers say of it later is said of one delivery. What comes in is fetched, kept here, and
// only then moved out of the way in the mailbox.
import Domain
import Foundation
import MailMessages
import Store
import WebTransfers

struct MailChannel: WireLink {
    static let messageLimit = 200 << 20

    let channel = Channel.mail
    private let accounts: [String: MailAccount]
    private let office: Office

    init(_ accounts: [String: MailAccount], _ office: Office) {
        self.accounts = accounts
        self.office = office
    }

    var partners: [String] { accounts.filter { $0.value.mailbox != nil }.keys.sorted() }
    var collectEvery: Duration? { accounts.values.map(\.every).min().map { .seconds($0) } }
    var recipientLimit: Int { 1 }

    // MARK: Out

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        guard let letter = message.letter, let delivery = message.deliveries.first,
            let recipient = message.to.first
        else { throw .permanent("Thư điện tử chỉ gửi được văn bản.") }
        guard recipient.mail.contains("@") else {
            throw .permanent("Danh bạ chưa có địa chỉ thư điện tử của \(recipient.name).")
        }
        let account = try await account(of: message.from)
        let name = message.from.name, sentAt = office.clock.now.date
        let result = await OwnThread.run {
            Result { () throws(CarryingFailure) in
                let file = message.file + ".eml"
                let mail = MailLetter(
                    letter: letter, from: MessageAddress(account.address, name: name), to: recipient,
                    delivery: delivery, sentAt: sentAt)
                do { _ = try MailWriter.write(mail.message, toFile: file) } catch {
                    throw .permanent("Không soạn được thư: \(error)")
                }
                try Self.submit(file, account, to: recipient.mail)
            }
        }
        try result.get()
    }

    private func account(of agency: Correspondent) async throws(CarryingFailure) -> MailAccount {
        let slug: String?
        do { slug = try await office.read { try $0.agencies.find(agency.id)?.slug } } catch {
            throw .passing("\(error)")
        }
        guard let account = slug.flatMap({ accounts[$0] }) else {
            throw .permanent("Chưa khai báo hộp thư công vụ của \(agency.name) trong cấu hình máy chủ.")
        }
        return account
    }

    private static func submit(
        _ file: String, _ account: MailAccount, to address: String
    ) throws(CarryingFailure) {
        let place = account.submission
        let sent: SubmittedMessage
        do {
            sent = try MailSubmission(place.server, settings: place.settings).send(
                messageFile: file, from: account.address, to: [address])
        } catch { throw CarryingFailure(error) }
        guard let refused = sent.refused.first else { return }
        let words = "Máy chủ thư không nhận địa chỉ \(address): \(refused.answer.text)"
        throw refused.answer.isPermanent ? .permanent(words) : .passing(words)
    }

    // MARK: In

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int {
        guard let account = accounts[partner], let place = account.mailbox else { return 0 }
        do {
            let folder = try TemporaryFolder()
            let waiting = try await OwnThread.run {
                try Self.listed(place, account.folder)
            }
            var count = 0
            for message in waiting {
                let id = "\(message.validity).\(message.uid)"
                if try await !inbox.isKnown(id) {
                    let file = "\(folder.path)/\(message.uid).eml"
                    let isThere = try await OwnThread.run {
                        try Self.open(place, account.folder).fetch(
                            message.uid, toFile: file, limit: Self.messageLimit) != nil
                    }
                    if !isThere { continue }
                    if try await inbox.take(id, file: file) { count += 1 }
                    try? FileManager.default.removeItem(atPath: file)
                }
                try await OwnThread.run {
                    try Self.open(place, account.folder).move(message.uid, to: account.takenFolder)
                }
            }
            return count
        } catch let failure as MailFailure {
            throw CarryingFailure(failure)
        } catch {
            throw .passing("Chưa ghi được thư nhận về: \(error)")
        }
    }

    private struct Listed: Sendable {
        let validity: UInt32
        let uid: UInt32
    }

    private static func open(_ place: MailPlace, _ folder: String) throws(MailFailure) -> OpenFolder {
        try Mailbox(place.server, settings: place.settings).open(folder)
    }

    private static func listed(_ place: MailPlace, _ name: String) throws(MailFailure) -> [Listed] {
        let folder = try open(place, name)
        return try folder.messages(limit: 200).filter { !$0.isDeleted }.map {
            Listed(validity: folder.uidValidity, uid: $0.uid)
        }
    }
}

extension MailPlace {
    var server: MailServer {
        let protection: MailProtection =
            switch self.protection {
            case "none": .none
            case "startTLS": .startTLS
            default: .tls
            }
        let login = user.map { MailLogin(user: $0, password: password ?? "") }
        return MailServer(host: host, port: port, protection: protection, login: login)
    }

    var settings: TransferSettings {
        TransferSettings(
            policy: AddressPolicy(allowed: [AllowedHost(host, port: port)], reachesInternet: false),
            trustedRoots: roots, idleLimit: 1)
    }
}

extension CarryingFailure {
    init(_ failure: MailFailure) {
        switch failure {
        case .refused(let step, let answer):
            let words = "Máy chủ thư từ chối (\(answer.code.map { "\($0) " } ?? "")\(answer.text))."
            let isOfMessage = [.recipient, .content].contains(step)
            self = answer.isPermanent && isOfMessage ? .permanent(words) : .partnerDown(words)
        case .unanswered: self = .passing("Máy chủ thư chưa xác nhận đã nhận thư.")
        case .transfer(let transfer): self = .partnerDown("Không kết nối được máy chủ thư (\(transfer)).")
        }
    }
}

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
