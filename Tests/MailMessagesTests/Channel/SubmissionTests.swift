import Foundation
import Testing
import WebTransfers

/// Messages handed in at a real server.
@Suite(.enabled(if: MailWorld.isThere)) struct SubmissionTests {
    let world: MailWorld
    let sender = MailWorld.sender, receiver = MailWorld.receiver

    init() throws { world = try MailWorld() }

    private let letter = "Subject: a\nMessage-ID: <1@rachgia.example>\n\nmot\n"

    @Test(
        "E6: a message is taken in each way that a server may be reached", arguments: MailProtection.allCases)
    func taken(_ protection: MailProtection) throws {
        let submission = world.submission(protection)
        let file = try world.put(letter)
        for _ in 0..<2 {
            let sent = try submission.send(messageFile: file, from: sender, to: [receiver])
            #expect(sent.taken == [receiver] && sent.refused == [])
            #expect(sent.answer?.code == 250 && sent.answer?.text.hasPrefix("OK id=") == true)
        }
        #expect(try world.inbox(holding: 2).count == 2)
    }

    @Test("E6: recipients who are refused are told apart from those taken, each in the server's own words")
    func recipients() throws {
        let submission = world.submission()
        let file = try world.put(letter)
        try world.tell("refuse khong@tuphap.example")
        try world.tell("refuse ban@tuphap.example 451 4.7.1 come again")
        let sent = try submission.send(
            messageFile: file, from: sender,
            to: ["khong@tuphap.example", receiver, "ban@tuphap.example", "theodoi@rachgia.example"])
        #expect(sent.taken == [receiver, "theodoi@rachgia.example"])
        let never = MailAnswer(
            code: 550, reason: "5.1.1", text: "no such person here", isPermanent: true)
        let later = MailAnswer(code: 451, reason: "4.7.1", text: "come again", isPermanent: false)
        #expect(
            sent.refused == [
                RefusedRecipient(address: "khong@tuphap.example", answer: never),
                RefusedRecipient(address: "ban@tuphap.example", answer: later),
            ])
        let none = try submission.send(
            messageFile: file, from: sender, to: ["ban@tuphap.example", "khong@tuphap.example"])
        #expect(none.taken == [] && none.refused.map(\.answer) == [later, never] && none.answer == nil)
        try world.tell("accept khong@tuphap.example")
        #expect(
            try submission.send(messageFile: file, from: sender, to: ["khong@tuphap.example"]).taken
                == ["khong@tuphap.example"])
    }

    @Test("E6: a message that the server does not want, now or ever, is refused with its words")
    func content() throws {
        let submission = world.submission()
        let file = try world.put(letter)
        for (said, answer) in [
            (
                "554 5.7.1 the message holds a virus",
                MailAnswer(code: 554, reason: "5.7.1", text: "the message holds a virus", isPermanent: true)
            ),
            ("452 no room", MailAnswer(code: 452, text: "no room", isPermanent: false)),
        ] {
            try world.tell("refuse-content \(said)")
            let failure = mailFailure { () throws(MailFailure) in
                try submission.send(messageFile: file, from: sender, to: [receiver])
            }
            #expect(failure == .refused(.content, answer) && failure?.isPassing == !answer.isPermanent)
        }
        try world.tell("accept-content")
        #expect(try submission.send(messageFile: file, from: sender, to: [receiver]).taken == [receiver])
    }

    @Test("E6: a wrong password, a server that is away and one that is slow are told apart")
    func troubles() throws {
        let file = try world.put(letter)
        var server = world.smtp(.startTLS)
        server.login?.password = "wrong"
        let denied = mailFailure { () throws(MailFailure) in
            try MailSubmission(server, settings: world.settings).send(
                messageFile: file, from: sender, to: [receiver])
        }
        guard case .refused(.login, let answer) = denied else {
            throw MailWorld.Trouble(text: "\(denied as Any)")
        }
        #expect(answer.code == 535 && answer.isPermanent && denied?.isPassing == false)

        let submission = world.submission()
        try world.tell("slow 5")
        let slow = mailFailure { () throws(MailFailure) in
            try submission.send(messageFile: file, from: sender, to: [receiver], patience: 0.5)
        }
        #expect(slow == .transfer(.timedOut) && slow?.isPassing == true)
        try world.tell("slow 0")
        try world.tell("down smtp")
        let away = mailFailure { () throws(MailFailure) in
            try submission.send(messageFile: file, from: sender, to: [receiver])
        }
        guard case .transfer(.unreachable) = away else { throw MailWorld.Trouble(text: "\(away as Any)") }
        #expect(away?.isPassing == true)
        try world.tell("up smtp")
        #expect(try submission.send(messageFile: file, from: sender, to: [receiver]).taken == [receiver])
    }

    @Test(
        "E6, H2: a server that is another, or offers no TLS, is told nothing; a password never goes in the clear"
    )
    func trust() throws {
        let file = try world.put(letter)
        func failure(_ server: MailServer, _ settings: TransferSettings) -> MailFailure? {
            mailFailure { () throws(MailFailure) in
                try MailSubmission(server, settings: settings).send(
                    messageFile: file, from: sender, to: [receiver])
            }
        }
        func isUntrusted(_ failure: MailFailure?) -> Bool {
            if case .transfer(.untrusted) = failure { true } else { false }
        }
        for protection in [MailProtection.tls, .startTLS] {
            #expect(isUntrusted(failure(world.smtp(protection, host: "127.0.0.1"), world.settings)))
            var settings = world.settings
            settings.trustedRoots = nil
            #expect(isUntrusted(failure(world.smtp(protection), settings)))
            settings = world.settings
            settings.policy = AddressPolicy()
            guard case .transfer(.addressRefused) = failure(world.smtp(protection), settings) else {
                throw MailWorld.Trouble(text: "an address inside the house was reached")
            }
        }
        var stripped = world.smtp(.startTLS)
        stripped.port = world.plainPort
        #expect(isUntrusted(failure(stripped, world.settings)))
        var clear = world.smtp(.none)
        clear.login = world.login()
        guard case .transfer(.badSettings) = failure(clear, world.settings) else {
            throw MailWorld.Trouble(text: "a password went in the clear")
        }
    }

    @Test("E6: addresses that would be another command, or are none, are not sent")
    func addresses() throws {
        let file = try world.put(letter)
        let submission = world.submission()
        for bad in [
            "", "a", "@b", "a@", "a@b>\r\nRCPT TO:<c@d", "a b@c", "a@b c", "<a@b>", "a@b,c@d", "a@b@c",
            "tên@rachgia.example", "\"a b\"@c", String(repeating: "a", count: 65) + "@b",
        ] {
            for (from, to) in [(bad, [receiver]), (sender, [receiver, bad])] {
                let failure = mailFailure { () throws(MailFailure) in
                    try submission.send(messageFile: file, from: from, to: to)
                }
                #expect(
                    failure == .transfer(.badRequest("addresses that cannot be sent, or none")), "\(bad)")
            }
        }
        let absent = mailFailure { () throws(MailFailure) in
            try submission.send(messageFile: world.place("absent"), from: sender, to: [receiver])
        }
        guard case .transfer(.fileFailed) = absent else { throw MailWorld.Trouble(text: "\(absent as Any)") }
    }
}
