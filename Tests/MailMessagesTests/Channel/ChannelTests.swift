import Foundation
import MailMessages
import Testing
import WebTransfers

/// The whole way: a letter is written, handed in, delivered, fetched and read, and a returned one is understood.
@Suite(.enabled(if: MailWorld.isThere)) struct ChannelTests {
    let world: MailWorld

    init() throws { world = try MailWorld() }

    private func letter(_ id: String, attachment: [UInt8]) throws -> OutgoingMessage {
        var message = OutgoingMessage(
            messageID: id, from: MessageAddress(MailWorld.sender, name: "Văn thư Rạch Giá"),
            to: [MessageAddress(MailWorld.receiver, name: "Sở Tư pháp")], subject: "Công văn 54",
            date: Date(timeIntervalSince1970: 1_778_546_400), text: ".\n..\nKính gửi\n")
        message.headers = [MailHeader("X-VanThu-Document", "54/UBND-VP")]
        message.attachments = [
            OutgoingAttachment(
                path: try world.put(attachment, "a.pdf"), name: "Công văn 54.pdf",
                contentType: "application/pdf")
        ]
        return message
    }

    private func fetch(_ address: String) throws -> MailMessage {
        let inbox = try world.inbox(of: address, holding: 1)
        let waiting = try #require(try inbox.messages().first)
        let path = world.place("\(UUID().uuidString).eml")
        #expect(try inbox.fetch(waiting.uid, toFile: path, limit: 64 << 20) == waiting.size)
        let parts = world.place("parts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(atPath: parts, withIntermediateDirectories: false)
        return try MailReader.read(path, into: parts)
    }

    @Test("E6: a letter with 5 MB of files reaches the other office byte for byte")
    func delivered() throws {
        let bytes = (0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }
        let message = try letter("54.2026@rachgia.example", attachment: bytes)
        let file = world.place("out.eml")
        try MailWriter.write(message, toFile: file)
        let sent = try world.submission().send(
            messageFile: file, from: MailWorld.sender, to: [MailWorld.receiver])
        #expect(sent.taken == [MailWorld.receiver])
        let read = try fetch(MailWorld.receiver)
        #expect(
            read.messageID == message.messageID && read.subject == message.subject
                && read.from == [message.from])
        #expect(read.header("X-VanThu-Document") == "54/UBND-VP" && read.text == ".\n..\nKính gửi")
        #expect(read.parts.map(\.name) == ["Công văn 54.pdf"] && read.findings == [])
        #expect(try world.read(read.parts[0].path) == bytes)
    }

    @Test("E6: a message that comes back is known by its Message-ID, its recipient and the reason")
    func returned() throws {
        let file = world.place("out.eml")
        try MailWriter.write(try letter("55.2026@rachgia.example", attachment: [1]), toFile: file)
        let nobody = "khong-co@tuphap.example"
        let sent = try world.submission().send(messageFile: file, from: MailWorld.sender, to: [nobody])
        #expect(sent.taken == [nobody])
        let report = try #require(try fetch(MailWorld.sender).report)
        #expect(report.originalMessageID == "55.2026@rachgia.example" && report.isFromOriginal)
        #expect(
            report.recipients.map(\.address) == [nobody] && report.recipients.map(\.outcome) == [.permanent])
    }
}
