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

    @Test("E6: what people have thrown away and left lying is not listed, however much of it there is")
    func thrownAway() throws {
        try world.tell("fill \(receiver) 450 \(try world.put("Subject: %n%\n\n"))")
        #expect(try world.inbox().count == 450)
        try world.tell("throw-away \(receiver)")
        try deliver("Subject: a\n\n")
        let inbox = try world.inbox()
        #expect(try inbox.count == 451 && inbox.numbers() == [451] && inbox.numbers(after: 451) == [])
        #expect(try inbox.messages(limit: 1).map(\.uid) == [451])
        #expect(try inbox.messages([452, 451]).map(\.uid) == [451] && inbox.messages([]) == [])
    }

    @Test("E6: of 10,000 messages the numbers come by one command, and what is known of some by another")
    func tenThousand() throws {
        try world.tell("fill \(receiver) 10000 \(try world.put("Subject: %n%\n\n"))")
        let inbox = try world.inbox()
        #expect(try inbox.numbers() == Array(1...10_000))
        #expect(try inbox.numbers(after: 9_998) == [9_999, 10_000])
        #expect(try inbox.messages([9_999, 3]).map(\.uid) == [9_999, 3])
    }

    @Test("E6: from whom a message is and about what can be had without the message")
    func outline() throws {
        try deliver(
            "From: a@b.example\nTo: c@d.example\nSubject: =?utf-8?q?B=C3=A1o?=\n c\u{E1}o\n\n"
                + String(repeating: "x", count: 200_000))
        let inbox = try world.inbox()
        let text = String(decoding: try #require(try inbox.outline(1)), as: UTF8.self)
        #expect(text.contains("From: a@b.example\r\n") && text.contains("Subject: =?utf-8?q?B=C3=A1o?="))
        #expect(!text.contains("c@d.example") && !text.contains("xxx"))
        #expect(try inbox.outline(2) == nil)
    }

    @Test(
        "E6: a message that costs the connection does not cost those behind it; the folder is opened once more"
    )
    func session() throws {
        for number in 1...2 { try deliver("Subject: \(number)\n\n\(String(repeating: "x", count: 5_000))\n") }
        let session = MailboxSession(
            Mailbox(world.imap(), settings: world.settings), folder: "INBOX")
        #expect(try session.ask { (folder) throws(MailFailure) in try folder.numbers() } == [1, 2])
        let long = mailFailure { () throws(MailFailure) in
            try session.ask { (folder) throws(MailFailure) in
                try folder.fetch(1, toFile: world.place("long"), limit: 10)
            }
        }
        #expect(long == .transfer(.answerTooLong) && session.openings == 1)
        let size = try session.ask { (folder) throws(MailFailure) in
            try folder.fetch(2, toFile: world.place("second"), limit: 10_000)
        }
        #expect(size != nil && session.openings == 2)
    }

    @Test("E6: a folder that was numbered anew meanwhile is not gone on with")
    func renumbered() throws {
        try deliver("Subject: 1\n\n")
        let session = MailboxSession(
            Mailbox(world.imap(), settings: world.settings), folder: "INBOX")
        _ = try session.ask { (folder) throws(MailFailure) in try folder.numbers() }
        try world.tell("down imap")
        try world.tell("renumber \(receiver)")
        try world.tell("up imap")
        let cut = mailFailure { () throws(MailFailure) in
            try session.ask { (folder) throws(MailFailure) in try folder.numbers() }
        }
        guard case .transfer(.brokenOff) = cut else { throw MailWorld.Trouble(text: "\(cut as Any)") }
        let anew = mailFailure { () throws(MailFailure) in
            try session.ask { (folder) throws(MailFailure) in try folder.numbers() }
        }
        #expect(anew == .transfer(.brokenOff("the folder was numbered anew")))
    }

    @Test(
        "E6: a message that the server cannot read, and a folder it cannot write to, are told apart from a cut"
    )
    func spoilt() throws {
        for number in 1...2 { try deliver("Subject: \(number)\n\nx\n") }
        #expect(try world.inbox().messages().count == 2)
        try world.tell("spoil \(receiver) Subject: 1")
        try world.tell("shut \(receiver) VanThu")
        let session = MailboxSession(
            Mailbox(world.imap(), settings: world.settings), folder: "INBOX")
        let spoilt = mailFailure { () throws(MailFailure) in
            try session.ask { (folder) throws(MailFailure) in
                try folder.fetch(1, toFile: world.place("first"), limit: 10_000)
            }
        }
        #expect(spoilt != nil)
        #expect(
            try session.ask { (folder) throws(MailFailure) in
                try folder.fetch(2, toFile: world.place("second"), limit: 10_000)
            } != nil)
        let shut = mailFailure { () throws(MailFailure) in
            try session.ask { (folder) throws(MailFailure) in try folder.move(2, to: "VanThu") }
        }
        guard case .refused(.move, _) = shut else { throw MailWorld.Trouble(text: "\(shut as Any)") }
        #expect(try session.ask { (folder) throws(MailFailure) in try folder.numbers() } == [1, 2])
    }
}
