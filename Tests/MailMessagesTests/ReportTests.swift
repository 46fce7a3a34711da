import Testing

@testable import MailMessages

/// What servers report about messages of ours.
@Suite struct ReportTests {
    let folder: LetterFolder

    init() throws { folder = try LetterFolder() }

    private func report(_ fields: String, original: String = "message/rfc822", _ beyond: String = "") throws
        -> MailMessage
    {
        try folder.read(
            """
            From: Mail Delivery System <MAILER-DAEMON@mx.example>
            To: vanthu@rachgia.example
            Subject: Undelivered Mail Returned to Sender
            References: <khac@rachgia.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary="r"
            \(beyond)
            --r

            This is the mail system at host mx.example.
            --r
            Content-Type: message/delivery-status

            \(fields)
            --r
            Content-Type: \(original)

            Message-ID: <54.2026@rachgia.example>
            Subject: =?UTF-8?B?Q8O0bmcgdsSDbg==?=
            X-VanThu: 1

            Nội dung
            --r--
            """)
    }

    @Test("E6: a returned message tells which one it was, for whom, for ever or for now, and in whose words")
    func failed() throws {
        let message = try report(
            """
            Reporting-MTA: dns; mx.example
            Arrival-Date: Tue, 12 May 2026 07:40:00 +0700

            Original-Recipient: rfc822;khong@tuphap.example
            Final-Recipient: RFC822; <khong-co@tuphap.example>
            Action: FAILED (x)
            Status: 5.1.1 (bad)
            Remote-MTA: dns; mx
            Diagnostic-Code: smtp; 550 5.1.1 <khong@tuphap.example>:
             Recipient address rejected

            Final-Recipient: rfc822; ban@tuphap.example
            Action: delayed
            Status: 4.2.2

            Final-Recipient: rfc822; duoc@tuphap.example
            Action: relayed
            Status: 2.0.0
            """)
        let report = try #require(message.report)
        #expect(report.originalMessageID == "54.2026@rachgia.example" && report.isFromOriginal)
        #expect(
            report.recipients == [
                ReportedRecipient(
                    address: "khong-co@tuphap.example", originalAddress: "khong@tuphap.example",
                    action: .failed,
                    status: "5.1.1",
                    diagnostic: "550 5.1.1 <khong@tuphap.example>: Recipient address rejected"),
                ReportedRecipient(address: "ban@tuphap.example", action: .delayed, status: "4.2.2"),
                ReportedRecipient(address: "duoc@tuphap.example", action: .relayed, status: "2.0.0"),
            ])
        #expect(report.recipients.map(\.outcome) == [.permanent, .passing, .success])
        #expect(
            message.embedded.first?.subject == "Công văn" && message.embedded.first?.isHeaderOnly == false)
        #expect(message.text == "This is the mail system at host mx.example." && message.parts == [])
    }

    @Test("E6: a report with only the header of the message, or without it, is still one")
    func headersOnly() throws {
        let message = try report(
            "Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.0.0", original: "text/rfc822-headers")
        #expect(message.report?.originalMessageID == "54.2026@rachgia.example")
        #expect(message.embedded.first?.isHeaderOnly == true && message.embedded.first?.text == "")
        let without = try report(
            "Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.0.0", original: "text/plain")
        #expect(
            without.report?.originalMessageID == "khac@rachgia.example"
                && without.report?.isFromOriginal == false)
    }

    @Test("E6: a report that says nonsense is read as far as it goes")
    func nonsense() throws {
        let message = try report(
            "Final-Recipient: a@b\nAction: exploded\nStatus: five\n\n\n\nAction: failed\n\nStatus 5.1.1\nFinal-Recipient: rfc822;\n\nFinal-Recipient: rfc822; c@d\nStatus: 4.1.1\n\nFinal-Recipient: x; e@f\nStatus: 9.9.9999\nDiagnostic-Code: \u{7}smtp;\u{0}550\u{202E} no"
        )
        #expect(
            message.report?.recipients == [
                ReportedRecipient(address: "a@b", action: nil, status: nil),
                ReportedRecipient(address: "c@d", action: nil, status: "4.1.1"),
                ReportedRecipient(address: "e@f", action: nil, status: nil, diagnostic: "550 no"),
            ])
        #expect(message.report?.recipients.map(\.outcome) == [.permanent, .passing, .permanent])
        let many = try report(String(repeating: "Final-Recipient: rfc822; a@b\n\n", count: 5_000))
        #expect(many.report?.recipients.count == 2_000)
    }

    @Test("E6: an ordinary letter is no report, also when it speaks of one")
    func none() throws {
        #expect(
            try folder.read("Subject: Undelivered Mail\nContent-Type: text/plain\n\nStatus: 5.1.1\n").report
                == nil)
    }
}
