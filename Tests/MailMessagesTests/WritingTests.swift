import Foundation
import Testing

@testable import MailMessages

/// What is written reads back the same, here and in Python's reader, and no value becomes another line.
@Suite struct WritingTests {
    let folder: LetterFolder

    init() throws { folder = try LetterFolder() }

    private func written(_ message: OutgoingMessage) throws -> [UInt8] {
        let path = folder.path + "/out.eml"
        let size = try MailWriter.write(message, toFile: path)
        let bytes = try folder.bytes(path)
        #expect(size == bytes.count)
        return bytes
    }

    private func isRefused(_ field: String, _ change: (inout OutgoingMessage) -> Void) -> Bool {
        var message = OutgoingMessage.letter
        change(&message)
        do throws(MailMessageError) {
            try MailWriter.write(message, toFile: folder.path + "/refused.eml")
            return false
        } catch {
            let isLeft = FileManager.default.subpaths(atPath: folder.path)?.contains {
                $0.hasPrefix("refused")
            }
            return error == .unwritable(field) && isLeft == false
        }
    }

    @Test("E6: a letter with Vietnamese names, subject, text and files comes back as it was")
    func roundTrip() throws {
        var message = OutgoingMessage.letter
        message.cc = [
            MessageAddress("a.b-c@x.example"), MessageAddress("d@x.example", name: "O'Brien, \"J\" \\ (x)"),
            MessageAddress("e@x.example", name: "Van thu"),
        ]
        message.replyTo = [MessageAddress("tra.loi@rachgia.example", name: "Trả lời")]
        message.inReplyTo = ["1@a.example"]
        message.references = ["0@a.example", "1@a.example"]
        message.headers = [
            MailHeader("X-VanThu-Document", "000.00.15.H51,2026/05/12,54/UBND-VP"),
            MailHeader("X-Note", "Độ mật: không"), MailHeader("Auto-Submitted", "auto-generated"),
        ]
        message.text =
            "Dòng một = \u{0111}\n.\n..hai  \n\tba\t\nFrom bốn\n\n"
            + String(repeating: "rất dài ", count: 100)
        let contents: [(String, [UInt8])] = [
            (
                "Công văn 54 (bản ký số) — 100% & \"đủ\".pdf",
                (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            ),
            ("a.txt", []), ("b.bin", [0]), ("c;d=e'f*.bin", Array(repeating: 0x2D, count: 57)),
            (String(repeating: "Phụ lục ", count: 15) + ".xlsx", Array("\r\n.\r\n--x\r\n".utf8)),
        ]
        for (number, (name, bytes)) in contents.enumerated() {
            message.attachments.append(
                OutgoingAttachment(
                    path: try folder.put(bytes, "a\(number)"), name: name, contentType: "application/x-a"))
        }
        let bytes = try written(message)
        let read = try MailReader.read(folder.path + "/out.eml", into: folder.newFolder())
        #expect(read.findings == [])
        #expect(
            read.messageID == message.messageID && read.subject == message.subject
                && read.date == message.date)
        #expect(read.from == [message.from] && read.to == message.to && read.cc == message.cc)
        #expect(read.replyTo == message.replyTo && read.inReplyTo == message.inReplyTo)
        #expect(read.references == message.references)
        for header in message.headers { #expect(read.header(header.name) == header.value) }
        #expect(read.text == message.text, "\(read.text)")
        #expect(read.parts.map(\.name) == contents.map { $0.0.trimmingCharacters(in: .whitespaces) })
        #expect(read.parts.allSatisfy { $0.role == .attachment && $0.contentType == "application/x-a" })
        for (part, (_, content)) in zip(read.parts, contents) {
            #expect(try folder.bytes(part.path) == content && part.size == content.count)
        }
        #expect(bytes.allSatisfy { $0 < 0x7F })
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(
            lines.allSatisfy {
                $0.utf8.count <= 78 && !$0.contains("\n") && !$0.contains("\r") && !$0.hasPrefix(".")
            })
    }

    @Test("E6: another reader (Python's) finds the same names, subject, text and files")
    func judge() throws {
        var message = OutgoingMessage.letter
        let name = "Công văn 54 về việc cung cấp số liệu hộ tịch sáu tháng đầu năm 2026.pdf"
        message.attachments = [
            OutgoingAttachment(
                path: try folder.put(Array("%PDF-1.7".utf8), "a"), name: name, contentType: "application/pdf")
        ]
        _ = try written(message)
        let script = """
            import email, email.policy, email.header, json, sys
            message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
            old = email.message_from_binary_file(open(sys.argv[1], "rb"))
            text, file = message.iter_parts()
            type = old.get_payload()[1].get_params()
            name = str(email.header.make_header(email.header.decode_header(dict(type)["name"])))
            print(json.dumps([message["Subject"], str(email.header.make_header(email.header.decode_header(old["From"]))),
                message["Date"].datetime.isoformat(), text.get_content(), file.get_filename(), name,
                file.get_content().decode(), old.get_payload()[1].get_filename(),
                str(len(message.defects) + len(text.defects) + len(file.defects))]))
            """
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", script, folder.path + "/out.eml"]
        process.standardOutput = output
        try process.run()
        let told = try JSONDecoder().decode(
            [String].self, from: output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        #expect(
            told == [
                message.subject, "\(message.from.name) <\(message.from.address)>",
                "2026-05-12T07:40:00+07:00", message.text, name, name,
                "%PDF-1.7",
                name, "0",
            ])
    }

    @Test("E6: a letter without files is one plain text")
    func plain() throws {
        let bytes = try written(.letter)
        let read = try folder.read(bytes)
        #expect(read.text == "Kính gửi Sở Tư pháp,\n\nXin gửi công văn kèm theo." && read.parts == [])
        #expect(read.header("content-type") == "text/plain; charset=utf-8")
        var nobody = OutgoingMessage.letter
        nobody.to = []
        nobody.text = ""
        #expect(try folder.read(written(nobody)).to == [])
    }

    @Test("E6: no value can become another header, another address or another part")
    func injection() throws {
        for bad in ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{7F}"] {
            #expect(isRefused("Subject") { $0.subject = bad }, "\(bad)")
            #expect(isRefused("From") { $0.from.name = bad }, "\(bad)")
            #expect(isRefused("To") { $0.to[0].name = bad }, "\(bad)")
            #expect(isRefused("X-Note") { $0.headers = [MailHeader("X-Note", bad)] }, "\(bad)")
            #expect(
                isRefused("filename") {
                    $0.attachments = [OutgoingAttachment(path: "/dev/null", name: bad)]
                }, "\(bad)")
        }
        for bad in [
            "", "a", "a@b>", "a@b\r\nX: y", "a b@c", "a@b,c@d", "<a@b>", "tên@b", "a@", "@b", "a@b@c",
        ] {
            #expect(isRefused("To") { $0.to = [MessageAddress(bad)] }, "\(bad)")
            #expect(isRefused("Message-ID") { $0.messageID = bad }, "\(bad)")
            #expect(isRefused("References") { $0.references = ["a@b", bad] }, "\(bad)")
        }
        for bad in ["Subject", "X Note", "X-Note:", "X-\r\nBcc", "", "Bcc", "X-Đ", "Content-Type"] {
            #expect(isRefused(bad) { $0.headers = [MailHeader(bad, "a")] }, "\(bad)")
        }
        for bad in ["", "pdf", "a/b; c=d", "a/b\r\nX: y", "/", "a/", "đ/b"] {
            #expect(
                isRefused("Content-Type") {
                    $0.attachments = [OutgoingAttachment(path: "/dev/null", name: "a", contentType: bad)]
                }, "\(bad)")
        }
        #expect(
            isRefused("filename") { $0.attachments = [OutgoingAttachment(path: "/dev/null", name: "../a")] })
        #expect(isRefused("text") { $0.text = "a\0b" })
        #expect(isRefused("Date") { $0.date = .distantPast })
    }

    @Test("E6: texts that would be lost or taken for something else are encoded")
    func encoded() throws {
        for text in [
            "=?UTF-8?Q?a?=", " a ", "a  b", "", "a", String(repeating: "a", count: 2_000),
            String(repeating: "a ", count: 600) + "b",
            String(repeating: "👨‍👩‍👧‍👦", count: 30), "a\u{300}\u{301}", "Đ", String(repeating: "ệ", count: 500),
        ] {
            var message = OutgoingMessage.letter
            message.subject = text
            message.headers = [MailHeader("X-VanThu-A-Very-Long-Name-Of-A-Header-Field", text)]
            let bytes = try written(message)
            let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 998 })
            let read = try folder.read(bytes)
            let composed = text.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespaces)
            #expect(read.subject == composed, "\(text.prefix(20))")
            #expect(read.headers.first { $0.name.hasPrefix("X-") }?.value == composed, "\(text.prefix(20))")
        }
    }

    @Test("E6: a file that is not there leaves no message")
    func absent() throws {
        var message = OutgoingMessage.letter
        message.attachments = [OutgoingAttachment(path: folder.path + "/absent", name: "a")]
        let path = folder.path + "/none.eml"
        #expect(throws: MailMessageError.self) { try MailWriter.write(message, toFile: path) }
        #expect(FileManager.default.subpaths(atPath: folder.path)?.contains { $0.hasPrefix("none") } == false)
        #expect(throws: MailMessageError.self) {
            try MailWriter.write(.letter, toFile: self.folder.path + "/no/folder")
        }
    }

    @Test("E6: a file of 20 MB goes out and comes in through a few megabytes of memory")
    func large() async {
        await #expect(processExitsWith: .success) {
            let folder = try LetterFolder()
            let size = 20 << 20
            let path = try folder.put([UInt8](), "large")
            try #require(truncate(path, off_t(size)) == 0)
            var message = OutgoingMessage.letter
            _ = try MailWriter.write(message, toFile: folder.path + "/small.eml")
            _ = try MailReader.read(folder.path + "/small.eml", into: folder.newFolder())
            let before = try Memory.most()
            message.attachments = [OutgoingAttachment(path: path, name: "Lớn.bin")]
            let written = try MailWriter.write(message, toFile: folder.path + "/large.eml")
            #expect(written > size / 57 * 78)
            let read = try MailReader.read(folder.path + "/large.eml", into: folder.newFolder())
            #expect(read.parts.first?.size == size && read.findings == [])
            #expect(try Memory.most() - before < 8 << 20)
        }
    }
}

enum Memory {
    /// The most resident memory that this process ever had, in bytes.
    static func most() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) << 10
    }
}
