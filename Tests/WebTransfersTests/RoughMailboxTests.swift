import Foundation
import Testing

@testable import WebTransfers

/// Mailboxes on servers that lie, dawdle and break off.
@Suite struct RoughMailboxTests {
    let rough: RoughMail

    init() throws { rough = try RoughMail() }

    private func failure<R>(_ body: () throws(MailFailure) -> R) -> MailFailure? {
        do throws(MailFailure) {
            _ = try body()
            return nil
        } catch { return error }
    }

    private func place(_ name: String = "fetched") -> String { rough.folder.appending(path: name).path }
    private func isThere(_ name: String = "fetched") -> Bool {
        FileManager.default.fileExists(atPath: place(name))
    }

    private func fetch(_ said: String, limit: Int = 1_000) throws -> (size: Int?, failure: MailFailure?) {
        let inbox = try rough.mailbox([.read(1), .say(said), .sleep(0.2)]).open(patience: 5)
        var size: Int?
        let failure = failure { () throws(MailFailure) in
            size = try inbox.fetch(5, toFile: place(), limit: limit)
        }
        return (size, failure)
    }

    private func isBrokenOff(_ failure: MailFailure?) -> Bool {
        if case .transfer(.brokenOff) = failure { true } else { false }
    }

    private func isUntrusted(_ failure: MailFailure?) -> Bool {
        if case .transfer(.untrusted) = failure { true } else { false }
    }

    @Test("E6: a message comes in each shape that the protocol knows")
    func shapes() throws {
        for said in [
            "* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n$T OK\r\n",
            "* 1 FETCH (BODY[] {3}\r\nabc UID 5)\r\n$T OK\r\n",
            "* 1 FETCH (UID 5 BODY[] \"abc\")\r\n$T OK\r\n",
            "* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen $x) UID 5 X-GM {2}\r\n)) BODY[] {3}\r\nabc)\r\n* 2 FETCH (FLAGS ())\r\n$T OK\r\n",
            "* 1 fetch (uid 5 body[] {3}\r\nabc)\r\n* OK {5}\r\n$T OK done\r\n",
        ] {
            let (size, failure) = try fetch(said)
            #expect(size == 3 && failure == nil, "\(said)")
            #expect(FileManager.default.contents(atPath: place()) == Data("abc".utf8), "\(said)")
            try? FileManager.default.removeItem(atPath: place())
        }
        for said in ["$T OK\r\n", "* 1 FETCH (UID 5 BODY[] NIL)\r\n$T OK\r\n"] {
            let (size, failure) = try fetch(said)
            #expect(size == nil && failure == nil && !isThere(), "\(said)")
        }
    }

    @Test("E6: another message, two, half a one and nonsense are failures that leave no file")
    func lies() throws {
        for said in [
            "* 1 FETCH (UID 6 BODY[] {3}\r\nabc)\r\n$T OK\r\n", "* 1 FETCH (BODY[] {3}\r\nabc)\r\n$T OK\r\n",
            "* 1 FETCH (UID 5 BODY[] {3}\r\nabc BODY[] {3}\r\nabc)\r\n$T OK\r\n",
            "* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n$T OK\r\n",
            "* 1 FETCH (UID 5 BODY[] {300}\r\nabc", "* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n",
            "* 1 FETCH (UID 5 BODY[] {3}\r\nabc)\r\n* BYE tired\r\n",
            "* 1 FETCH (UID 99999999999999999999 BODY[] {3}\r\nabc)\r\n$T OK\r\n",
        ] {
            let (_, failure) = try fetch(said)
            #expect(isBrokenOff(failure) && !isThere(), "\(said) \(String(describing: failure))")
        }
        for said in [
            "* 1 FETCH (UID 5 BODY[] {1001}\r\nabc", "* 1 FETCH (UID 5 BODY[] {9223372036854775807}\r\nabc",
            "* 1 FETCH (UID 5 X {70000}\r\nabc",
            "* 1 FETCH (UID 5 BODY[] \"" + String(repeating: "a", count: 1_001) + "\")\r\n$T OK\r\n",
        ] {
            let (_, failure) = try fetch(said)
            #expect(failure == .transfer(.answerTooLong) && !isThere(), "\(said.prefix(50))")
        }
        let (_, no) = try fetch("$T NO [UNAVAILABLE] back \u{7}soon\r\n")
        #expect(
            no == .refused(.fetch, MailAnswer(reason: "UNAVAILABLE", text: "back  soon", isPermanent: false)))
        let (_, bad) = try fetch("$T BAD never\r\n")
        #expect(bad == .refused(.fetch, MailAnswer(text: "never", isPermanent: true)))
    }

    @Test("E6: answers without end are given up, and so is a server that says nothing")
    func endless() throws {
        let endless = try rough.mailbox([
            .read(1), .again(String(repeating: "* SEARCH 1 2 3\r\n", count: 500), 100_000),
        ]).open(
            patience: 20)
        #expect(failure { () throws(MailFailure) in try endless.messages() } == .transfer(.answerTooLong))
        let oneLine = try rough.mailbox([
            .read(1), .again(String(repeating: "* SEARCH 1 2 3", count: 500), 100_000),
        ]).open(patience: 20)
        #expect(failure { () throws(MailFailure) in try oneLine.messages() } == .transfer(.answerTooLong))
        let silent = try rough.mailbox([.read(1), .sleep(20)]).open(patience: 0.5)
        #expect(failure { () throws(MailFailure) in try silent.messages() } == .transfer(.timedOut))
    }

    @Test("E6: nothing that a server says makes the reader trap")
    func nonsense() throws {
        for said in [
            "* 1 FETCH\r\n", "* 1 FETCH (\r\n", "* 1 FETCH )\r\n", "* 1 FETCH ((((\r\n", "* 1 FETCH (\"\r\n",
            "* 1 FETCH (\"a\\\r\n",
            "* 1 FETCH {0}\r\n\r\n", "* 1 FETCH (UID)\r\n", "* 1 FETCH (UID (5) BODY[])\r\n",
            "* 1 FETCH (BODY[\r\n", "*\r\n", "* \r\n",
            "\r\n", "+\r\n", "+ go on\r\n", "$T\r\n", "$T MAYBE\r\n", "* SEARCH\r\n",
            "* SEARCH -1 99999999999 x \u{0}\r\n", "* OK [\r\n",
            "* OK []\r\n", "* OK [UIDVALIDITY]\r\n", "* FETCH 1 (UID 5)\r\n",
            "* 1 FETCH (UID 5 RFC822.SIZE -1 FLAGS x)\r\n",
            "\u{FF}\u{FE}\u{0}\r\n", "* 1 FETCH (UID 5 RFC822.SIZE 99999999999999999999)\r\n",
            "* 1 FETCH " + String(repeating: "(", count: 30_000) + "\r\n",
        ] {
            let inbox = try rough.mailbox([.read(1), .say(said), .say("$T OK\r\n"), .sleep(0.2)]).open(
                patience: 5)
            let failure = failure { () throws(MailFailure) in try inbox.messages() }
            #expect(failure == nil, "\(said.prefix(50)) \(String(describing: failure))")
        }
    }

    @Test("E6: a folder without lasting numbers, a refused login and a stripped TLS do not open")
    func opening() throws {
        let hello: RoughMail.Step = .say("* OK hello\r\n")
        func opened(_ protection: MailProtection, _ steps: [RoughMail.Step]) throws -> MailFailure? {
            let mailbox = try rough.mailbox(steps, by: protection, polite: false)
            return failure { () throws(MailFailure) in try mailbox.open(patience: 3) }
        }
        let noNumbers = try opened(
            .tls,
            [
                hello, .read(1), .say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n$T OK\r\n"), .read(1),
                .say("$T OK\r\n"), .read(1), .say("$T OK\r\n"), .read(1), .say("* 3 EXISTS\r\n$T OK\r\n"),
                .sleep(0.2),
            ])
        #expect(isBrokenOff(noNumbers))
        let denied = try opened(
            .tls,
            [
                hello, .read(1), .say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n$T OK\r\n"), .read(1),
                .say("$T NO [AUTHENTICATIONFAILED] not you\r\n"), .sleep(0.2),
            ])
        #expect(
            denied
                == .refused(
                    .login, MailAnswer(reason: "AUTHENTICATIONFAILED", text: "not you", isPermanent: true)))
        let stripped = try opened(
            .startTLS, [hello, .read(1), .say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$T OK\r\n"), .sleep(0.2)])
        #expect(isUntrusted(stripped), "\(String(describing: stripped))")
        let welcome = try opened(
            .startTLS,
            [
                .say("* PREAUTH you are in\r\n"), .read(1),
                .say("* CAPABILITY IMAP4rev1 STARTTLS\r\n$T OK\r\n"), .sleep(0.2),
            ])
        #expect(isUntrusted(welcome), "\(String(describing: welcome))")
        #expect(isBrokenOff(try opened(.tls, [.say("* BYE no\r\n")])))
        #expect(isBrokenOff(try opened(.tls, [.say("HTTP/1.1 400 Bad\r\n\r\n")])))
        #expect(try opened(.tls, [.again(String(repeating: "* OK hello\r\n", count: 500), 100_000)]) != nil)
        #expect(try opened(.tls, [.sleep(20)]) == .transfer(.timedOut))
    }

    @Test("E6: a server that offers no other way is given name and password by its own command")
    func ownLogin() throws {
        let mailbox = try rough.mailbox(
            [
                .say("* OK hello\r\n"), .read(1), .say("* CAPABILITY IMAP4rev1\r\n$T OK\r\n"), .read(1),
                .say("$T OK come in\r\n"), .read(1), .say("$T OK\r\n"), .read(1),
                .say("* OK [UIDVALIDITY 7] x\r\n$T OK [READ-ONLY] open\r\n"), .sleep(0.2),
            ], polite: false)
        let inbox = try mailbox.open(patience: 5)
        #expect(inbox.uidValidity == 7 && !inbox.isWritable)
    }

    @Test("E6: a server that cannot move copies and marks; one that misses the folder is given it")
    func moving() throws {
        let copying = try rough.mailbox([
            .read(1), .say("$T OK\r\n"), .read(1), .say("$T OK\r\n"), .sleep(0.2),
        ]).open(patience: 3)
        try copying.move(5, to: "Khác")
        let making = try rough.mailbox([
            .read(1), .say("$T NO [TRYCREATE] no such folder\r\n"), .read(1), .say("$T OK\r\n"), .read(1),
            .say("$T BAD what\r\n"), .read(1), .say("$T OK\r\n"), .read(1), .say("$T OK\r\n"), .sleep(0.2),
        ]).open(patience: 3)
        try making.move(5, to: "Khác")
        let full = try rough.mailbox([.read(1), .say("$T NO [OVERQUOTA] full\r\n"), .sleep(0.2)]).open(
            patience: 3)
        #expect(
            failure { () throws(MailFailure) in try full.move(5, to: "Khác") }
                == .refused(.move, MailAnswer(reason: "OVERQUOTA", text: "full", isPermanent: false)))
    }

    @Test("folder names are written as the protocol writes them, and cannot begin another command")
    func names() {
        for (name, written) in [
            ("INBOX", "\"INBOX\""), ("Đến", "\"&ARAevw-n\""), ("a&b", "\"a&-b\""), ("a\"\\", "\"a\\\"\\\\\""),
            ("台北", "\"&U,BTFw-\""), ("a\r\nb", "\"a&AA0ACg-b\""), ("", "\"\""), ("😀", "\"&2D3eAA-\""),
        ] {
            #expect(MailboxName.quoted(name) == written, "\(name)")
        }
    }
}
