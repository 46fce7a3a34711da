import Foundation
import Testing
import WebTransfers

/// A mailbox on a real server.
@Suite(.enabled(if: MailWorld.isThere)) struct MailboxTests {
    let world: MailWorld
    let receiver = MailWorld.receiver

    init() throws { world = try MailWorld() }

    private func deliver(_ text: String) throws {
        try world.tell("deliver \(receiver) \(try world.put(text, "d\(UUID().uuidString)"))")
    }

    @Test(
        "E6: new messages are listed from the lowest number, with their sizes and marks",
        arguments: [MailProtection.tls, .startTLS])
    func list(_ protection: MailProtection) throws {
        let empty = try world.inbox(of: receiver, protection)
        #expect(empty.count == 0 && empty.isWritable && empty.uidValidity > 0)
        #expect(try empty.messages() == [])
        for number in 1...3 {
            try deliver("Subject: \(number)\n\n\(String(repeating: "x", count: number))\n")
        }
        let inbox = try world.inbox(of: receiver, protection)
        #expect(inbox.uidValidity == empty.uidValidity)
        let all = try inbox.messages()
        #expect(
            all.map(\.uid) == [1, 2, 3] && all.map(\.size) == [17, 18, 19] && all.allSatisfy { !$0.isSeen })
        #expect(try inbox.messages(after: 1).map(\.uid) == [2, 3])
        #expect(try inbox.messages(after: 1, limit: 1).map(\.uid) == [2])
        #expect(try inbox.messages(after: 3) == [] && inbox.messages(after: .max) == [])
        try inbox.markSeen(2)
        #expect(try inbox.messages().map(\.isSeen) == [false, true, false])
    }

    @Test("E6: a message is fetched as it lies there, of exactly the limit and not longer, and stays unread")
    func fetch() throws {
        let text = "Subject: a\n\n.\n..hai\n{5}\n" + String(repeating: "é\t )\n", count: 50_000)
        try deliver(text)
        let bytes = Array(text.replacing("\n", with: "\r\n").utf8)
        let inbox = try world.inbox()
        let message = try #require(try inbox.messages().first)
        #expect(message.size == bytes.count)
        #expect(try inbox.fetch(1, toFile: world.place(), limit: bytes.count) == bytes.count)
        #expect(try world.read(world.place()) == bytes)
        #expect(try inbox.messages().first?.isSeen == false)
        #expect(try inbox.fetch(2, toFile: world.place("none"), limit: 1 << 20) == nil)
        #expect(!FileManager.default.fileExists(atPath: world.place("none")))
        let long = mailFailure { () throws(MailFailure) in
            try inbox.fetch(1, toFile: world.place("long"), limit: bytes.count - 1)
        }
        #expect(
            long == .transfer(.answerTooLong) && !FileManager.default.fileExists(atPath: world.place("long")))
        let over = mailFailure { () throws(MailFailure) in try inbox.messages() }
        #expect(over == .transfer(.brokenOff("the connection was given up before")))
    }

    @Test(
        "E6: a message is moved to a folder with a Vietnamese name, made when missing; numbers never return")
    func move() throws {
        for number in 1...2 { try deliver("Subject: \(number)\n\n") }
        let inbox = try world.inbox()
        try inbox.move(1, to: "Đã nhận & \"lưu\"/Tháng 5\\6")
        try inbox.move(2, to: "Đã nhận & \"lưu\"/Tháng 5\\6")
        try inbox.move(2, to: "Đã nhận & \"lưu\"/Tháng 5\\6")
        try inbox.markSeen(2)
        #expect(try inbox.messages() == [])
        let moved = try Mailbox(world.imap(), settings: world.settings).open("Đã nhận & \"lưu\"/Tháng 5\\6")
        #expect(try moved.messages().count == 2)
        try deliver("Subject: 3\n\n")
        #expect(try world.inbox().messages().map(\.uid) == [3])
    }

    @Test("E6: after a restored backup the folder says that its numbers mean nothing any more")
    func validity() throws {
        try deliver("Subject: 1\n\n")
        let before = try world.inbox().uidValidity
        try world.tell("renumber \(receiver)")
        #expect(try world.inbox().uidValidity != before)
    }

    @Test("E6: a folder that is not there, a wrong password and a server that is away are told apart")
    func troubles() throws {
        let absent = mailFailure { () throws(MailFailure) in
            try Mailbox(world.imap(), settings: world.settings).open("Không có")
        }
        guard case .refused(.folder, let answer) = absent else {
            throw MailWorld.Trouble(text: "\(absent as Any)")
        }
        #expect(answer.isPermanent && !answer.text.isEmpty)
        var server = world.imap()
        server.login?.password = "wrong"
        let denied = mailFailure { () throws(MailFailure) in
            try Mailbox(server, settings: world.settings).open()
        }
        guard case .refused(.login, let words) = denied else {
            throw MailWorld.Trouble(text: "\(denied as Any)")
        }
        #expect(words.reason == "AUTHENTICATIONFAILED" && denied?.isPassing == false)
        var settings = world.settings
        settings.trustedRoots = nil
        let untrusted = mailFailure { () throws(MailFailure) in
            try Mailbox(world.imap(), settings: settings).open()
        }
        guard case .transfer(.untrusted) = untrusted else {
            throw MailWorld.Trouble(text: "\(untrusted as Any)")
        }
        let inbox = try world.inbox()
        try world.tell("down imap")
        let cut = mailFailure { () throws(MailFailure) in try inbox.messages() }
        guard case .transfer(.brokenOff) = cut else { throw MailWorld.Trouble(text: "\(cut as Any)") }
        let away = mailFailure { () throws(MailFailure) in
            try Mailbox(world.imap(), settings: world.settings).open()
        }
        guard case .transfer(.unreachable) = away else { throw MailWorld.Trouble(text: "\(away as Any)") }
    }

    @Test("E6: more messages than one command names are listed all")
    func many() throws {
        let file = try world.put("Subject: a\n\n")
        for _ in 0..<450 { try world.tell("deliver \(receiver) \(file)") }
        let inbox = try world.inbox()
        #expect(try inbox.messages().map(\.uid) == Array(1...450))
    }
}
