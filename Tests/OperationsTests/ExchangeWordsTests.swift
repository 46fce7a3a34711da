import Domain
import EdXML
import MailMessages
import Testing
import WebTransfers

@testable import DocumentAxis
@testable import Operations

/// What people read of the exchange is their language, whatever the network, the standard or this program call it.
struct ExchangeWordsTests {
    private static let transfers: [TransferFailure] = [
        .badRequest("no URL"), .addressRefused("10.0.0.1"), .unreachable("Couldn't connect to server"),
        .untrusted("SSL peer certificate or SSH remote key was not OK"), .revoked,
        .listUnusable("certificate revocation list has expired"), .otherKey, .timedOut, .answerTooLong,
        .brokenOff("Server returned nothing"), .tooManyRedirects, .badSettings("option 10065: bad"),
        .fileFailed("Permission denied"), .loginDenied("Login denied"),
    ]

    private func isVietnamese(_ words: String) -> Bool {
        let english = [
            "ould", "onnect", "ertificate", "erver", "ption", "enied", "(\"", "Place", "limit", "header",
            "base",
            "password", "unreach", "expired", "Swift", "unwritable", "overLimit", "notAMessage", "-length",
        ]
        return !english.contains { words.contains($0) }
    }

    @Test(
        "E5: no note of the network reaches a person: the axis, a partner and the mail", arguments: transfers)
    func network(_ failure: TransferFailure) {
        #expect(isVietnamese(failure.words), "\(failure.words)")
        for words in [
            VanThuLink.failure(failure).words, CarryingFailure(MailFailure.transfer(failure)).words,
            CarryingFailure(AxisFailure.unreachable(failure.words), of: .axis).words,
        ] { #expect(isVietnamese(words), "\(words)") }
    }

    @Test("E5: what was not sent certainly did not arrive: nobody could be asked")
    func unreachable() {
        let failure = CarryingFailure(AxisFailure.unreachable("không tra được tên máy chủ"), of: .axis)
        #expect(
            failure
                == .unreachable("Không kết nối được trục liên thông quốc gia (không tra được tên máy chủ)."))
        #expect(!failure.leavesDoubt)
    }

    @Test(
        "E5: what the axis' engine says of itself is told in words of the office",
        arguments: [
            AxisFailure.noAnswer("timed out"), .untrusted("SSL certificate problem"), .garbage("not JSON"),
            .answerTooLong, .file("Permission denied"), .notSendable(.noRecipients),
            .notSendable(.tooManyRecipients), .notSendable(.badIdentifier), .notSendable(.emptyMessage),
            .notSendable(.messageTooLarge), .notSendable(.badAccount), .notSendable(.noLogin),
        ])
    func axis(_ failure: AxisFailure) {
        for channel in [Channel.axis, .lgsp] {
            let words = CarryingFailure(failure, of: channel).words
            #expect(isVietnamese(words) && words.hasSuffix("."), "\(words)")
        }
    }

    @Test("E4: what a message lacks is named as the office calls it")
    func fields() {
        #expect(
            MessageWords.fault(MessageFinding(.missing, "Place"))
                == "Gói tin thiếu địa danh (nơi ban hành) nên chưa gửi được.")
        #expect(
            MessageWords.fault(MessageFinding(.missing, "From/OrganId"))
                == "Gói tin thiếu mã định danh của nơi gửi nên chưa gửi được.")
        #expect(
            MessageWords.fault(MessageFinding(.badDate, "DueDate 12/5/2026"))
                == "Gói tin ghi sai hạn trả lời (12/5/2026) nên chưa gửi được.")
        #expect(
            MessageWords.fault(MessageFinding(.attachmentMissing, "a.pdf"))
                == "Tệp kèm “a.pdf” không đọc được nên gói tin chưa gửi được.")
        #expect(MessageWords.name("") == "gói tin")
    }

    @Test("E5: what cannot be read, of messages and mail, is told in Vietnamese")
    func unreadable() {
        let errors: [MailMessageError] = [
            .notAMessage, .overLimit(.size), .overLimit(.depth), .overLimit(.parts), .unwritable("To"),
            .file("x"),
        ]
        for error in errors {
            #expect(isVietnamese(MessageWords.unreadable(error)))
            #expect(isVietnamese(MessageWords.unwritable(error)))
        }
        for fault in [
            AttachmentFault.missing, .notBase64, .cutOff, .badArchive, .pathInArchive, .encryptedArchive,
            .archiveBomb, .wrongLength, .wrongChecksum,
        ] where fault != .notBase64 { #expect(isVietnamese(MessageWords.fault(fault))) }
        for what in ["nesting", "elements", "text", "tag", "attachments"] {
            #expect(isVietnamese(MessageWords.limit(what)) && MessageWords.limit(what) != what)
        }
        #expect(MessageWords.forbidden("entity lol") == "ký hiệu thay thế &lol;")
    }

    @Test("E5: which revocation list is wrong is said, in Vietnamese")
    func lists() {
        #expect(
            RevocationWords.text("/etc/a.crl is no revocation list")
                == "tệp /etc/a.crl không phải danh sách thu hồi")
        #expect(RevocationWords.text("no folder /etc/crl") == "không có thư mục /etc/crl")
        #expect(RevocationWords.text("CRL has expired") == "thiếu, hỏng hoặc quá hạn")
    }
}
