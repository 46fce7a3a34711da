import Foundation
import Testing

@testable import WebTransfers

/// Handing messages to servers that lie, dawdle and break off.
@Suite struct RoughSubmissionTests {
    let rough: RoughMail

    init() throws { rough = try RoughMail() }

    private typealias Steps = [RoughMail.Step]

    private func send(
        _ steps: Steps..., by protection: MailProtection = .none, to recipients: [String] = ["c@d"],
        patience: Double = 3
    ) throws -> Result<SubmittedMessage, MailFailure> {
        let file = rough.folder.appending(path: "letter.eml")
        try Data("Subject: a\r\n\r\n.\r\n..b\r\n".utf8).write(to: file)
        let submission = try rough.submission(Array(steps.joined()), by: protection)
        do throws(MailFailure) {
            return .success(
                try submission.send(messageFile: file.path, from: "a@b", to: recipients, patience: patience))
        } catch { return .failure(error) }
    }

    private func kind(_ result: Result<SubmittedMessage, MailFailure>) -> String {
        switch result {
        case .success: "success"
        case .failure(.transfer(let failure)): failure.kind
        case .failure(.refused(let step, let answer)): "\(step) \(answer.code ?? 0) \(answer.text)"
        case .failure(.unanswered): "unanswered"
        }
    }

    private let hello: Steps = [.say("220 hello\r\n"), .read(1), .say("250-me\r\n250 8BITMIME\r\n")]
    private let taken: Steps = [.read(1), .say("250 ok\r\n")]
    private let data: Steps = [.read(1), .say("354 go\r\n"), .until(".")]

    /// Reads a command and answers it.
    private func answer(_ text: String) -> Steps { [.read(1), .say(text + "\r\n")] }
    private let wait: Steps = [.sleep(0.2)]

    @Test("E6: no at each step is a refusal at that step, for now or for ever")
    func steps() throws {
        #expect(kind(try send([.say("554 5.7.0 go away\r\n")], wait)) == "greeting 554 go away")
        #expect(kind(try send([.say("421 busy\r\n")], wait)) == "greeting 421 busy")
        let who = answer("550-who\r\n550 are you")
        #expect(kind(try send(hello, who, wait)) == "sender 550 who are you")
        let closing = answer("421 closing")
        #expect(kind(try send(hello, taken, closing)) == "recipient 421 closing")
        let two = try send(hello, taken, taken, closing, to: ["c@d", "e@f"])
        #expect(kind(two) == "recipient 421 closing")
        let later = answer("451 not now")
        #expect(kind(try send(hello, taken, taken, later, wait)) == "content 451 not now")
        let large: Steps = [.say("552-5.3.4 too\r\n552 5.3.4 large\r\n")]
        #expect(kind(try send(hello, taken, taken, data, large, wait)) == "content 552 too large")
    }

    @Test("E6: a message that was handed over and not answered for may have been taken, and is told so")
    func unanswered() throws {
        #expect(kind(try send(hello, taken, taken, data)) == "unanswered")
        #expect(kind(try send(hello, taken, taken, data, [.sleep(20)], patience: 1)) == "unanswered")
        #expect(kind(try send(hello, taken, taken, [.read(1)])) == "brokenOff")
        #expect(kind(try send(hello, taken)) == "brokenOff")
        // One taken, one refused, and then nothing: that is no answer to the message.
        let two = try send(hello, taken, taken, answer("550 no"), [.read(1)], to: ["c@d", "e@f"])
        #expect(kind(two) == "brokenOff")
    }

    @Test("E6: all refused is a result, with each one's answer")
    func allRefused() throws {
        let no = answer("550 5.1.1 no")
        let later = answer("450 4.2.0 later")
        let sent = try send(hello, taken, no, later, wait, to: ["c@d", "e@f"]).get()
        #expect(sent.taken == [] && sent.refused.map(\.answer.code) == [550, 450] && sent.answer == nil)
    }

    @Test("E6, H2: TLS that is not offered, refused or begun with a trick is not done without")
    func stripped() throws {
        #expect(kind(try send(hello, [.read(5)], by: .startTLS)) == "untrusted")
        let offer: Steps = [.say("220 hello\r\n"), .read(1), .say("250-me\r\n250 STARTTLS\r\n")]
        let refused = try send(offer, answer("454 not today"), wait, by: .startTLS)
        #expect(kind(refused) == "protection 454 not today")
        // An answer slipped in before TLS begins, to be taken for one that came after.
        let tricked = try send(offer, answer("220 go\r\n250 me"), [.startTLS], wait, by: .startTLS)
        #expect(kind(tricked) != "success")
    }

    @Test("E6: a login is refused with the server's words, or not offered")
    func login() throws {
        let offer: Steps = [.say("220 hello\r\n"), .read(1), .say("250-me\r\n250 AUTH PLAIN\r\n")]
        let wrong = try send(offer, answer("334 "), answer("535 5.7.8 wrong"), wait, by: .tls)
        #expect(kind(wrong) == "login 535 wrong")
        let later = try send(offer, answer("334 "), answer("454 4.7.0 later"), wait, by: .tls)
        #expect(kind(later) == "login 454 later")
        let unasked = try send(hello, taken, taken, data, [.say("250 ok\r\n")], wait, by: .tls)
        #expect(kind(unasked) == "success")
    }

    @Test("E6: nothing that a server says makes us trap or wait for ever")
    func nonsense() throws {
        for said in [
            "", "\r\n", "220", "22\r\n", "999 x\r\n", "\u{0}\u{FF}\r\n", "-1 -\r\n", "220-\r\n220-\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
        ] {
            #expect(kind(try send([.say(said)], patience: 0.3)) != "success", "\(said)")
        }
        #expect(kind(try send([.sleep(20)], patience: 1)) == "timedOut")
        let lines: Steps = [.again(String(repeating: "220-hello hello\r\n", count: 500), 100_000)]
        #expect(kind(try send(lines, patience: 20)) == "answerTooLong")
        let line: Steps = [.say("220 "), .again(String(repeating: "hello ", count: 1_000), 100_000)]
        #expect(kind(try send(line, patience: 20)) != "success")
    }
}
