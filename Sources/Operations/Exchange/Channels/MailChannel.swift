// Thư điện tử công vụ (E6): a letter goes out from the agency's official mailbox as an e-mail with the sealed PDF, one to each
// recipient, so that what the mail servers say of it later is said of one delivery. Each mailbox is a way of its own: one
// whose servers do not answer, or that is held, keeps nobody else's mail.
import Domain
import Foundation
import Logging
import MailMessages
import Store
import WebTransfers

struct MailChannel: WireLink {
    fileprivate static let badAddress = "Địa chỉ thư không đúng dạng; sửa trong danh bạ rồi gửi lại."

    let channel = Channel.mail
    private let accounts: [String: MailAccount]
    private let submissions: [String: MailSubmission]
    private let collections: [String: MailCollection]
    private let office: Office

    init(_ accounts: [String: MailAccount], _ office: Office) {
        self.accounts = accounts
        self.office = office
        submissions = accounts.mapValues {
            MailSubmission($0.submission.server, settings: $0.submission.settings)
        }
        collections = accounts.compactMapValues { account in
            account.mailbox.map { MailCollection(account, $0, office) }
        }
    }

    /// By the slugs of the agencies.
    var partners: [String] { collections.keys.sorted() }
    var lanes: [String] { accounts.keys.sorted() }
    var collectEvery: Duration? { accounts.values.map(\.every).min().map { .seconds($0) } }
    var recipientLimit: Int { 1 }
    /// One after the other over one connection: a server counts how often it is logged in to.
    var atOnce: Int { 1 }

    func collectEvery(of partner: String) -> Duration? { accounts[partner].map { .seconds($0.every) } }

    // MARK: Out

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        guard let letter = message.letter, let delivery = message.deliveries.first,
            let recipient = message.to.first
        else { throw .permanent("Thư điện tử chỉ gửi được văn bản.") }
        guard recipient.mail.contains("@") else {
            throw .permanent("Danh bạ chưa có địa chỉ thư điện tử của \(recipient.name).")
        }
        let (account, submission) = try await mailbox(of: message.from)
        let name = message.from.name, sentAt = office.clock.now.date
        let result = await OwnThread.run {
            Result { () throws(CarryingFailure) in
                let file = message.file + ".eml"
                let mail = MailLetter(
                    letter: letter, from: MessageAddress(account.address, name: name), to: recipient,
                    delivery: delivery, sentAt: sentAt)
                do throws(MailMessageError) { _ = try MailWriter.write(mail.message, toFile: file) } catch {
                    throw .permanent(
                        error == .unwritable("To") ? Self.badAddress : MessageWords.unwritable(error))
                }
                try Self.submit(file, account.address, submission, to: recipient.mail)
            }
        }
        do throws(CarryingFailure) { try result.get() } catch {
            // Of before mailboxes were ways of their own: letters of several agencies wait there together.
            guard partner.isEmpty, error.isOfPartner else { throw error }
            throw error.leavesDoubt ? .passing(error.words) : .declined(error.words)
        }
    }

    private func mailbox(of agency: Correspondent) async throws(CarryingFailure) -> (
        MailAccount, MailSubmission
    ) {
        let slug: String?
        do { slug = try await office.read { try $0.agencies.find(agency.id)?.slug } } catch {
            office.log.error("a mailbox could not be looked up: \(error)")
            throw .declined(
                "Máy chủ chưa tra được hộp thư công vụ và sẽ thử lại; báo quản trị nếu còn lặp lại.")
        }
        guard let slug, let account = accounts[slug], let submission = submissions[slug] else {
            throw .permanent("Chưa khai báo hộp thư công vụ của \(agency.name) trong cấu hình máy chủ.")
        }
        return (account, submission)
    }

    private static func submit(
        _ file: String, _ from: String, _ submission: MailSubmission, to address: String
    ) throws(CarryingFailure) {
        let sent: SubmittedMessage
        do { sent = try submission.send(messageFile: file, from: from, to: [address]) } catch {
            throw CarryingFailure(error)
        }
        guard let refused = sent.refused.first else { return }
        let words = "Máy chủ thư không nhận địa chỉ \(address): \(refused.answer.text)"
        throw refused.answer.isPermanent ? .permanent(words) : .declined(words)
    }

    // MARK: In

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int {
        guard let collection = collections[partner] else { return 0 }
        return try await collection.collect(into: inbox)
    }
}

extension Route {
    /// How a letter of an agency reaches a recipient. By mail it goes from the agency's own mailbox.
    package static func from(_ slug: String, to recipient: Correspondent) -> Route {
        recipient.channel == .mail ? .mailbox(of: slug) : recipient.route
    }

    /// A mailbox is called by its agency's slug.
    package static func mailbox(of slug: String) -> Route { Route(.mail, slug) }
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
            if step == .sender, Self.isAboutSize(answer) {
                self = .permanent("Thư lớn hơn mức máy chủ thư nhận. \(words)")
            } else if [.recipient, .content].contains(step) {
                self = answer.isPermanent ? .permanent(words) : .declined(words)
            } else {
                self = .unreachable(words)
            }
        case .unanswered: self = .passing("Máy chủ thư chưa xác nhận đã nhận thư.")
        case .transfer(.badRequest):
            self = .permanent(MailChannel.badAddress)
        case .transfer(.fileFailed):
            self = .passing("Máy chủ chưa đọc, ghi được tệp thư; kiểm tra dung lượng đĩa và quyền ghi.")
        case .transfer(let transfer):
            let words = Self.words(transfer)
            self =
                switch transfer {
                case .untrusted, .loginDenied, .unreachable, .badSettings: .unreachable(words)
                default: .partnerDown(words)
                }
        }
    }

    /// RFC 1870: the length is told with the sender, and is the message's.
    private static func isAboutSize(_ answer: MailAnswer) -> Bool {
        answer.code == 552 || ["5.3.4", "5.2.3"].contains(answer.reason)
    }

    private static func words(_ failure: TransferFailure) -> String {
        switch failure {
        case .timedOut: "Máy chủ thư không trả lời kịp."
        case .untrusted: "Chứng thư của máy chủ thư không được tin cậy hoặc hết hạn."
        case .loginDenied: "Máy chủ thư không nhận tên đăng nhập và mật khẩu trong cấu hình."
        case .brokenOff: "Kết nối với máy chủ thư bị ngắt."
        case .badSettings: "Cấu hình máy chủ thư không dùng được; hộp thư cần tên đăng nhập và TLS."
        default: "Không kết nối được máy chủ thư (\(failure.words))."
        }
    }
}
