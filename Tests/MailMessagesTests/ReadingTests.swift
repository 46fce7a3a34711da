import Foundation
import Testing

@testable import MailMessages

/// Messages as others write them.
@Suite struct ReadingTests {
    let folder: LetterFolder

    init() throws { folder = try LetterFolder() }

    @Test(
        "E6: subjects come in all the ways that programs write them",
        arguments: [
            ("=?UTF-8?B?Q8O0bmcgdsSDbiA1NA==?=", "Công văn 54"),
            ("=?utf-8?q?C=C3=B4ng_v=C4=83n_54?=", "Công văn 54"),
            ("Công văn 54", "Công văn 54"),
            ("=?UTF-8*vi?Q?C=C3=B4ng?= =?UTF-8?Q?_v=C4=83n?= 54", "Công văn 54"),
            // A letter cut in two, which the standard forbids and many do.
            ("=?UTF-8?Q?C=C3?=\n =?UTF-8?Q?=B4ng v=C4?= =?UTF-8?B?g24gNTQ=?=", "Công văn 54"),
            ("=?windows-1258?Q?C=F4ng_v=E3n?= 54", "Công văn 54"),
            ("=?windows-1258?Q?Ti=EA=ECng_Vi=EA=F2t?=", "Tiếng Việt"),
            ("=?iso-8859-1?Q?d=E9j=E0_vu?=", "déjà vu"), ("=?x-unknown?B?YWJj?=", "abc"),
            ("=?UTF-8?B?YWJj", "=?UTF-8?B?YWJj"),
            ("=?UTF-8?Z?abc?=", "=?UTF-8?Z?abc?="), ("a =?UTF-8?Q?b?= c", "a b c"),
            ("=?UTF-8?Q?a?==?UTF-8?Q?b?=", "ab"),
            ("(=?UTF-8?Q?a?=)", "(a)"), ("=?UTF-8?Q?a=0D=0AX:_y?=", "a  X: y"), ("=??Q?a?=", "=??Q?a?="),
            ("=?", "=?"),
            ("=?UTF-16?B?/v8AQwD0AG4AZw==?=", "Công"), ("\u{202E}fdp.exe", "fdp.exe"),
            ("dòng\n\t\thai", "dòng hai"),
        ])
    func subjects(_ written: String, _ expected: String) throws {
        #expect(try folder.read("Subject: \(written)\nFrom: a@b.example\n\nx\n").subject == expected)
    }

    @Test("E6: raw bytes that are no UTF-8 are read as the letters of Windows for Vietnamese")
    func rawBytes() throws {
        let subject: [UInt8] =
            Array("Subject: Ti".utf8) + [0xEA, 0xEC] + Array("ng Vi".utf8) + [0xEA, 0xF2, 0x74]
        #expect(try folder.read(subject + Array("\n\nx".utf8)).subject == "Tiếng Việt")
    }

    @Test("E6: addresses come with names, without, in groups, in the old way and broken")
    func addresses() throws {
        func to(_ text: String) throws -> [MessageAddress] {
            try folder.read("To: \(text)\n\nx").to
        }
        #expect(try to("a@b.example") == [MessageAddress("a@b.example")])
        #expect(
            try to("\"Sở, Tư pháp\" <a@b>, =?UTF-8?B?VsSDbiB0aMaw?= <c@d>,\n e@f (Người cũ)") == [
                MessageAddress("a@b", name: "Sở, Tư pháp"), MessageAddress("c@d", name: "Văn thư"),
                MessageAddress("e@f", name: "Người cũ"),
            ])
        #expect(
            try to("Nhóm: a@b, \"=?UTF-8?Q?=C4=90?=\" <c@d>;") == [
                MessageAddress("a@b"), MessageAddress("c@d", name: "Đ"),
            ])
        #expect(try to("undisclosed-recipients:;") == [])
        #expect(try to("<a@b") == [MessageAddress("a@b")])
        #expect(try to("\"never closed <a@b>") == [MessageAddress("a@b", name: "never closed")])
        #expect(try to(",,;;,()<>\"\"") == [])
        #expect(try to(String(repeating: "a@b,", count: 50_000)).count == 2_000)
    }

    @Test("E6: dates in their common shapes are read, and what is none is not")
    func dates() throws {
        let moment = Date(timeIntervalSince1970: 1_778_546_400)
        for text in [
            "Tue, 12 May 2026 07:40:00 +0700", "12 May 26 00:40 GMT", "Tue, 12 May 2026 00:40:00 -0000 (UTC)",
            "Tue,  12  may 2026  02:40:00 +0200", "Mon, 11 May 2026 19:10:00 -0530",
        ] { #expect(MailDate.read(text) == moment, "\(text)") }
        for text in [
            "", "yesterday", "May", "12 May", "99 May 2026 00:00", "12 May 2026 25:00", "12 May 99999 00:00",
            "12 May 2026",
        ] {
            #expect(MailDate.read(text) == nil, "\(text)")
        }
        #expect(MailDate.write(moment, zone: -19_800) == "Mon, 11 May 2026 19:10:00 -0530")
    }

    @Test(
        "E6: names of files come in all the ways that programs write them, and lead nowhere",
        arguments: [
            ("Content-Disposition: attachment; filename*=UTF-8''C%C3%B4ng%20v%C4%83n.pdf", "Công văn.pdf"),
            (
                "Content-Disposition: attachment; filename*0*=UTF-8'vi'C%C3; filename*1*=%B4ng%20; filename*2=\"van.pdf\"",
                "Công van.pdf"
            ),
            ("Content-Disposition: attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
            ("Content-Disposition: attachment; filename*1=b.pdf; filename=c.pdf", "c.pdf"),
            (
                "Content-Disposition: attachment; filename=\"=?UTF-8?B?Q8O0bmcgdsSDbi5wZGY=?=\"",
                "Công văn.pdf"
            ),
            ("Content-Disposition: attachment; filename=Công văn 54.pdf", "Công văn 54.pdf"),
            ("Content-Disposition: attachment; filename=\"Công văn; 54.pdf\"; size=5", "Công văn; 54.pdf"),
            (
                "Content-Type: application/pdf; name=\"=?UTF-8?Q?C=C3=B4ng?=\n =?UTF-8?Q?_v=C4=83n.pdf?=\"",
                "Công văn.pdf"
            ),
            ("Content-Disposition: attachment; filename=\"..\\..\\C:\\Windows\\a.pdf\"", "a.pdf"),
            ("Content-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd"),
            ("Content-Disposition: attachment; filename=\"..\"", ""),
            ("Content-Disposition: attachment; filename*=UTF-8''a%00b%0D%0A%E2%80%AEfdp.exe", "a b  fdp.exe"),
            ("Content-Disposition: attachment; filename*=x-none''a%C3%B4.pdf", "aô.pdf"),
            ("Content-Disposition: attachment", ""),
            ("Content-Disposition: attachment; filename*=windows-1258''Ti%EA%ECng.pdf", "Tiếng.pdf"),
            ("Content-Disposition: attachment; filename=\" . a.pdf. . \"", "a.pdf"),
        ])
    func names(_ header: String, _ expected: String) throws {
        let message = try folder.read(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\(header)\nX: y\n\n%PDF\n--b--\n")
        #expect(message.parts.map(\.name) == [expected])
        #expect(try folder.text(message.parts[0]) == "%PDF")
        #expect(message.parts[0].path.hasSuffix("/part-1"))
    }

    @Test("E6: text comes in its letters and encodings, and files as they were")
    func encodings() throws {
        func text(_ type: String, _ encoding: String, _ bytes: [UInt8]) throws -> (String, [MailFinding]) {
            let head = "Content-Type: \(type)\nContent-Transfer-Encoding: \(encoding)\n\n"
            let message = try folder.read(Array(head.utf8) + bytes)
            return (message.text, message.findings)
        }
        let vietnamese = "Tiếng Việt\nđủ dấu"
        #expect(try text("text/plain; charset=utf-8", "8bit", Array(vietnamese.utf8)) == (vietnamese, []))
        #expect(
            try text(
                "text/plain; charset=\"UTF-8\"", "BASE64",
                Array(Data(vietnamese.utf8).base64EncodedString().utf8)) == (vietnamese, []))
        #expect(
            try text(
                "text/plain; charset=utf-8", "quoted-printable (x)",
                Array("Ti=E1=BA=BFng Vi=\n=e1=bb=87t  \n=C4=91=\t\n=E1=BB=A7 d=E1=BA=A5u".utf8)) == (
                    vietnamese, []
                ))
        #expect(
            try text("text/plain; charset=windows-1258", "8bit", [0x54, 0x69, 0xEA, 0xEC, 0x6E, 0x67]) == (
                "Tiếng", []
            ))
        #expect(
            try text("text/plain; charset=utf-16", "base64", Array("/v8AVABpHr8AbgBn".utf8)) == ("Tiếng", []))
        #expect(
            try text("text/plain; charset=utf-16le", "base64", Array("VABpAL8ebgBnAA==".utf8)) == (
                "Tiếng", []
            ))
        #expect(try text("text/plain; charset=iso-8859-1", "8bit", [0xE9, 0x80]) == ("é€", []))
        #expect(try text("text/plain", "8bit", Array("Đủ".utf8)) == ("Đủ", []))
        #expect(
            try text("text/plain; charset=tcvn", "8bit", Array("Đủ".utf8)) == (
                "Đủ", [MailFinding(.badCharset, "tcvn")]
            ))
        #expect(
            try text("text/plain; charset=utf-8", "8bit", [0xEA, 0xEC, 0xEA, 0xF2]) == (
                "ếệ", [MailFinding(.badCharset, "utf-8")]
            ))
        #expect(
            try text("text/plain; charset=utf-8", "x-uuencode", [0x61]) == (
                "a", [MailFinding(.unknownEncoding, "x-uuencode")]
            ))
        #expect(
            try text("text/plain", "base64", Array("YW*JjZ".utf8)) == (
                "abc", [MailFinding(.badEncoding, "text/plain")]
            ))
        #expect(try text("text/plain", "base64", Array("YQ==YmM=\nZA==".utf8)) == ("abcd", []))
        #expect(
            try text("text/plain", "quoted-printable", Array("a=ZZ=4".utf8)) == (
                "a=ZZ=4", [MailFinding(.badEncoding, "text/plain")]
            ))
        #expect(
            try text("text/plain", "7bit", Array("a\0b".utf8)) == ("ab", [MailFinding(.zeroBytes, "text")]))
    }

    @Test("E6: parts within parts, a forwarded message and its file, HTML and pictures each have their place")
    func nested() throws {
        let message = try folder.read(
            """
            From: a@b.example
            Subject: ngoài
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="m;1"

            Phần mở đầu không ai đọc.
            --m;1
            Content-Type: multipart/alternative; boundary=m

            --m
            Content-Type: text/plain; charset=utf-8

            Chữ
            --m
            Content-Type: multipart/related; boundary="r"

            --r
            Content-Type: text/html

            <p>Chữ</p>
            --r
            Content-Type: image/png; name=logo.png
            Content-ID: <logo@x>
            Content-Transfer-Encoding: base64

            AAEC
            --r--
            --m--
            giữa
            --m;1
            Content-Type: message/rfc822

            Message-ID: <trong@x>
            Subject: trong
            From: c@d.example
            Content-Type: multipart/mixed; boundary=i

            --i

            Chữ trong
            --i
            Content-Type: application/pdf
            Content-Disposition: attachment; filename=a.pdf

            %PDF

            --i--
            --m;1
            Content-Type: application/pkcs7-signature; name=smime.p7s
            Content-Transfer-Encoding: base64

            AA==
            --m;1
            Content-Type: application/ms-tnef; name="winmail.dat"

            x
            --m;1--
            sau
            """)
        #expect(message.findings == [] && message.text == "Chữ" && message.subject == "ngoài")
        #expect(message.parts.map(\.name) == ["", "logo.png", "a.pdf", "smime.p7s", "winmail.dat"])
        #expect(message.parts.map(\.role) == [.body, .related, .attachment, .attachment, .attachment])
        #expect(message.parts.map(\.embedded) == [nil, nil, 0, nil, nil])
        #expect(message.parts[1].contentID == "logo@x")
        #expect(try message.parts.map { try folder.bytes($0.path).count } == [12, 3, 6, 1, 1])
        #expect(try folder.text(message.parts[2]) == "%PDF\r\n")
        let inner = try #require(message.embedded.first)
        #expect(inner.messageID == "trong@x" && inner.subject == "trong" && inner.text == "Chữ trong")
        #expect(message.embedded.count == 1 && !inner.isHeaderOnly && message.report == nil)
    }

    @Test("E6: of a message that is HTML only, the words are the text, and nothing of what it would do")
    func html() throws {
        func text(_ html: String, charset: String = "utf-8") throws -> String {
            let head = "Content-Type: text/html; charset=\(charset)\n\n"
            let message = try folder.read(head + html)
            #expect(message.isTextFromHTML == !message.text.isEmpty && message.parts.map(\.role) == [.body])
            return message.text
        }
        #expect(
            try text(
                "<html><head><title>x</title><style>p {}</style></head><body><p>K&iacute;nh g&#7917;i&nbsp;<b>Sở</b> &amp;amp; &#x111;</p><script>alert('<p>')</script><br/>hai<!-- <p>không</p> --></body>"
            ) == "Kính gửi Sở &amp; đ\n\nhai")
        for (html, words) in [
            ("<p", ""), ("<", ""), ("a<!--", "a"), ("a & b &", "a & b &"),
            ("&bacute;&Ocirc;&;", "&bacute;Ô&;"),
            ("&#0;&#x110000;&#55296;a", "&#x110000;&#55296;a"),
            ("<script>a", ""), ("<style></script>a</style>b", "b"), ("a <b>b</b>c", "a bc"),
            (String(repeating: "<p>", count: 100_000), ""),
        ] { #expect(try text(html) == words, "\(html.prefix(30))") }
        let both = try folder.read(
            "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nchữ\n--b\nContent-Type: text/html\n\n<p>khác</p>\n--b--\n"
        )
        #expect(both.text == "chữ" && !both.isTextFromHTML)
    }

    @Test("E6: a boundary that begins like another, ends in blanks or stands in a longer line is told apart")
    func boundaries() throws {
        let message = try folder.read(
            "Content-Type: multipart/mixed; boundary=b\n\n--b  \nContent-Type: multipart/mixed; boundary=b-\n\n--b-\n\n--bc\n--b-c\n -b-\n--b-\n\n2\n--b---\t\n--b\n\n3\n--b--x\n--b--\n"
        )
        #expect(message.text == "--bc\n--b-c\n -b-\n2\n3\n--b--x" && message.findings == [])
    }
}
