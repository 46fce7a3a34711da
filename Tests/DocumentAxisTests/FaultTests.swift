import Foundation
import Testing

@testable import DocumentAxis

/// A partner in trouble, on both façades.
struct FaultTests {
    private func send(_ link: any AxisLink, _ file: String) -> AxisFailure? {
        failure { () throws(AxisFailure) in
            try link.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        }
    }

    @Test(
        "E5: a partner that falters before it took the message is tried again, and has it once",
        arguments: ["reset", "status", "refuse"], [0, 1])
    func before(_ fault: String, _ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let link = standIn.links()[which]
        let file = try Letter.file(in: folder)
        try standIn.fault(fault, ["status": 503, "code": "20", "count": 2])
        for _ in 0..<2 {
            let failed = send(link, file)
            #expect(
                failed?.isPassing == true && failed?.isOfMessage == false, "\(String(describing: failed))")
        }
        #expect(send(link, file) == nil)
        #expect(try standIn.messages().count == 1)
    }

    @Test(
        "E5: an answer that is lost after the message was kept, cut off or mere noise is no answer; sent again, the message is there twice under one DocumentId",
        arguments: ["lose", "cut", "body"], [0, 1])
    func after(_ fault: String, _ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let link = standIn.links()[which]
        let file = try Letter.file(in: folder)
        try standIn.fault(fault, ["body": "\u{0}\u{1}<html>"])
        #expect(send(link, file)?.isPassing == true)
        #expect(send(link, file) == nil)
        let messages = try standIn.messages()
        #expect(messages.count == (fault == "body" ? 1 : 2))
        #expect(Set(messages.compactMap { $0["document_id"] as? String }).count == 1)
    }

    @Test("E5: a partner that says yes twice, in one answer or in two, has said it once", arguments: [0, 1])
    func twiceYes(_ which: Int) throws {
        let standIn = try StandIn()
        let id = try #require(AxisDocID("x"))
        let refusal = #"{"status":"FAIL","ErrorCode":"23","ErrorDesc":"x"}"#
        let folder = try Folder()
        let link = standIn.links()[which]
        let file = try Letter.file(in: folder)
        for fault in ["okTwice", "replyTwice"] {
            try standIn.fault(fault)
            #expect(send(link, file) == nil)
            // Nor is the second yes taken for the answer to the next question.
            try standIn.fault(
                "body", ["path": which == 0 ? "/updateStatus" : "/v1/updateStatus", "body": refusal])
            let failed = failure { () throws(AxisFailure) in try link.acknowledge(id, .done) }
            #expect(failed == .refused(code: "23", words: "x"))
            #expect(try link.received(.document).entries.isEmpty)
        }
        #expect(try standIn.messages().count == 2)
    }

    @Test("E5: lists in another order and with lines twice are handed on as they are", arguments: [0, 1])
    func lists(_ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        for number in 1...3 {
            #expect(send(standIn.national(), try Letter.file(in: folder, number: "\(number)")) == nil)
        }
        let link: any AxisLink =
            which == 0 ? standIn.national("tu-phap", secret: "khóa-hai") : standIn.provincial()
        let usual = try link.received(.document).entries.map(\.docID)
        #expect(Set(usual).count == 3)
        try standIn.fault("reverse")
        #expect(try link.received(.document).entries.map(\.docID) == usual.reversed())
        try standIn.fault("twice")
        try standIn.fault("reverse")
        let doubled = try link.received(.document).entries.map(\.docID)
        #expect(doubled == usual.reversed().flatMap { [$0, $0] })
    }

    @Test("E5: a slow partner is waited for as long as is set, and no longer", arguments: [0, 1])
    func slow(_ which: Int) throws {
        let standIn = try StandIn()
        let link: any AxisLink =
            which == 0 ? standIn.national { $0.patience = 0.3 } : standIn.provincial { $0.patience = 0.3 }
        try standIn.fault("slow", ["seconds": 3])
        #expect(failure { () throws(AxisFailure) in try link.received(.document) } == .noAnswer("timed out"))
        try standIn.fault("slow", ["seconds": 0.5])
        #expect(try standIn.links()[which].received(.document).entries.isEmpty)
    }

    @Test("E5: a clock that is wrong, theirs or ours, is told as such and not as a wrong key")
    func clock() throws {
        let standIn = try StandIn()
        for seconds in [900, -900] {
            try standIn.fault("clock", ["seconds": seconds])
            let failed = failure { () throws(AxisFailure) in try standIn.national().received(.document) }
            guard case .clockWrong(let difference) = failed else {
                Issue.record("\(String(describing: failed))")
                continue
            }
            #expect(abs(difference - seconds) < 100)
            #expect(failed?.isPassing == true && failed?.isOfMessage == false)
        }
        let right = AxisSettings().now
        let late = standIn.national { $0.now = { right() - 3_600_000 } }
        guard
            case .clockWrong(let difference) = failure(of: { () throws(AxisFailure) in
                try late.received(.status)
            })
        else {
            Issue.record("a clock an hour late was not noticed")
            return
        }
        #expect(abs(difference - 3_600) < 100)
        // A little off is no matter.
        try standIn.fault("clock", ["seconds": 60])
        #expect(try standIn.national().received(.document).entries.isEmpty)
    }

    @Test("E5: a message that is cut off, garbled or too long leaves no file", arguments: [0, 1, 2])
    func fetching(_ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        #expect(send(standIn.national(), try Letter.file(in: folder)) == nil)
        func link(_ limit: Int) -> any AxisLink {
            switch which {
            case 0: standIn.national("tu-phap", secret: "khóa-hai") { $0.messageLimit = limit }
            case 1:
                standIn.national("tu-phap", secret: "khóa-hai") {
                    $0.messageLimit = limit
                    $0.fetching = .plain
                }
            default: standIn.provincial { $0.messageLimit = limit }
            }
        }
        let id = try #require(try link(1 << 20).received(.document).entries.first?.docID)
        let target = folder.path("den")
        func why(_ limit: Int = 1 << 20) -> AxisFailure? {
            failure { () throws(AxisFailure) in try link(limit).fetch(id, into: target) }
        }
        try standIn.fault("cut")
        #expect(why()?.isPassing == true)
        #expect(why(100) == .answerTooLong)
        if which != 1 {
            for body in [
                "", "{", "[]", #"{"ErrorCode":"0","success":true}"#,
                #"{"ErrorCode":"0","success":true,"data":null}"#,
                #"{"ErrorCode":"0","success":true,"data":""}"#,
                #"{"ErrorCode":"0","success":true,"data":"A"}"#,
                #"{"ErrorCode":"0","success":true,"data":"AAAA=AAA"}"#,
                #"{"ErrorCode":"0","success":true,"data":"!!!!"}"#,
                #"{"ErrorCode":"0","success":true,"data":"QUJD"#,
                #"{"ErrorCode":"0","success":true,"data":{"edxml":["QUJD"]}}"#,
            ] {
                try standIn.fault("body", ["body": body])
                guard case .garbage = why() else {
                    Issue.record("\(body) was taken for a message")
                    continue
                }
            }
            try standIn.fault(
                "body", ["body": #"{"success":false,"data":{"errorCode":"20"},"ErrorCode":"20"}"#])
            #expect(why() == .refused(code: "20", words: ""))
        }
        #expect(!(try folder.names()).contains { $0.hasPrefix("den") })
        try link(1 << 20).fetch(id, into: target)
        #expect(try folder.names().filter { $0.hasPrefix("den") } == ["den"])
    }

    @Test("E5: base 64 with escapes, line breaks and padding, and XML as it is, come out of JSON whole")
    func wrapping() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let id = try #require(AxisDocID("x"))
        for (data, expected) in [
            ("QQ\\u003d\\u003d", "A"), ("QUI=", "AB"), ("Q\\r\\nUJD\\n", "ABC"),
            ("\\/\\/8=", "\u{FFFD}\u{FFFD}"),
            ("<edXML a=\\\"\\u1ed1\\\"/>", "<edXML a=\"ố\"/>"),
            ("\u{FEFF}<a>\\ud83d\\ude00</a>", "\u{FEFF}<a>😀</a>"),
        ] {
            try standIn.fault("body", ["body": "{\"data\":\"\(data)\",\"ErrorCode\":0,\"status\":\"OK\"}"])
            try standIn.national().fetch(id, into: folder.path("a"))
            #expect(String(decoding: try bytes(of: folder.path("a")), as: UTF8.self) == expected)
            try standIn.fault(
                "body", ["body": "{\"data\":{\"docId\":\"x\",\"edxml\":\"\(data)\"},\"success\":true}"])
            try standIn.provincial().fetch(id, into: folder.path("b"))
            #expect(try bytes(of: folder.path("b")) == bytes(of: folder.path("a")))
        }
    }

    @Test(
        "E5: a partner that is killed between two letters keeps every one that it said yes to, and every yes of ours"
    )
    func killed() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        var sent: Set<String> = []
        for number in 1...12 {
            let file = try Letter.file(in: folder, number: "\(number)")
            if number % 4 == 0 {
                // It dies with the message kept and the answer not given.
                try standIn.fault("lose")
                #expect(send(standIn.links()[number % 2], file) != nil)
                standIn.kill()
                guard case .unreachable = send(standIn.national(), file) else {
                    Issue.record("the dead answered")
                    return
                }
                try standIn.start()
            }
            let id = try standIn.links()[number % 2].send(
                file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
            sent.insert(id.text)
        }
        standIn.kill()
        try standIn.start()
        let kept = try standIn.messages()
        #expect(Set(kept.compactMap { $0["doc_id"] as? String }).isSuperset(of: sent))
        #expect(kept.count == 15)
        #expect(Set(kept.compactMap { $0["document_id"] as? String }).count == 12)
        let receiver = standIn.provincial()
        let waiting = try receiver.received(.document).entries
        #expect(waiting.count == 15)
        for entry in waiting {
            try receiver.fetch(entry.docID, into: folder.path("den"))
            try receiver.acknowledge(entry.docID, .done)
            standIn.kill()
            try standIn.start()
        }
        #expect(try receiver.received(.document).entries.isEmpty)
    }

    @Test("E5: what the network says is told apart")
    func network() throws {
        struct Broken: AxisTransport {
            let failure: AxisTransportFailure
            func perform(_ request: AxisRequest) throws(AxisTransportFailure) -> AxisReply { throw failure }
        }
        for (cause, expected, isPassing) in [
            (AxisTransportFailure.unreachable("k"), AxisFailure.unreachable("•••"), true),
            (.timedOut, .noAnswer("timed out"), true), (.brokenOff("x\ny"), .noAnswer("x y"), true),
            (.untrusted("hết hạn"), .untrusted("hết hạn"), true), (.answerTooLong, .answerTooLong, false),
            (.file("a"), .file("a"), true),
        ] {
            let axis = NationalAxis(
                endpoint: "https://truc.example.vn/", system: "a", secret: AxisSecret("k"),
                transport: Broken(failure: cause))
            let failed = failure { () throws(AxisFailure) in try axis.received(.document) }
            #expect(failed == expected)
            #expect(failed?.isPassing == isPassing)
        }
    }
}
