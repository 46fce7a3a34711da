import EdXML
import Foundation
import Testing

@testable import DocumentAxis

/// What the partner says no to, and how it is told apart.
struct RefusalTests {
    @Test(
        "E4: each code is permanent or passing, and blames the message or the link, on both façades",
        arguments: [
            ("10", false, true), ("15", false, false), ("18", false, true), ("19", false, true),
            ("20", true, false),
            ("21", true, true), ("22", false, true), ("23", false, true), ("100", true, false),
            ("xyz", true, false),
        ])
    func codes(_ code: String, isPassing: Bool, isOfMessage: Bool) throws {
        let standIn = try StandIn()
        for link in standIn.links() {
            try standIn.fault("refuse", ["code": code, "words": "Không\nđược  \u{202E}đâu"])
            let failed = failure { () throws(AxisFailure) in try link.received(.document) }
            #expect(failed == .refused(code: code, words: "Không được đâu"))
            #expect(failed?.isPassing == isPassing)
            #expect(failed?.isOfMessage == isOfMessage)
        }
    }

    @Test(
        "E4: a wrong key, an unknown system, a foreign sender, an unknown or locked recipient are told as such"
    )
    func reasons() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        func code(_ link: any AxisLink, from: String = "000.00.15.H51", to: String = "H36.12") throws
            -> String?
        {
            var message = Letter.document(to: [to])
            message.header.from.organID = from
            let file = try Letter.file(.document(message), in: folder)
            let failed = failure { () throws(AxisFailure) in
                try link.send(file: file, kind: .document, from: from, to: [to])
            }
            if case .refused(let code, let words)? = failed, !words.isEmpty { return code }
            return failed.map { "\($0)" }
        }
        #expect(try code(standIn.national(secret: "khoa-sai")) == "15")
        #expect(try code(standIn.provincial(secret: "khoa-sai")) == "15")
        #expect(try code(standIn.national("khong-co")) == "15")
        #expect(try code(standIn.provincial("khong-co")) == "15")
        for link in standIn.links() {
            #expect(try code(link, from: "H36.12") == "19")
            #expect(try code(link, to: "H77") == "18")
            #expect(try code(link, to: "H99") == "23")
            #expect(try code(link) == nil)
        }
        #expect(try standIn.messages().count == 2)
    }

    @Test("E4: a message without the literal prefix is refused by the strict parser, in its words")
    func prefix() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let good = String(decoding: try bytes(of: try Letter.file(in: folder)), as: UTF8.self)
        let bare = good.replacing("edXML:", with: "").replacing(" xmlns:edXML=", with: " xmlns=")
        #expect(try MessageReader.read(Array(bare.utf8), attachmentsInto: folder.path("")).findings.isEmpty)
        let other = good.replacing("edXML:", with: "ed:").replacing("xmlns:edXML", with: "xmlns:ed")
        for text in [bare, other, good + "<", "x" + good, good.replacing(">18<", with: ">mười tám<")] {
            let file = try folder.put(Array(text.utf8), "hong.edxml")
            for link in standIn.links() {
                let failed = failure { () throws(AxisFailure) in
                    try link.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
                }
                #expect(failed?.isPassing == false && failed?.isOfMessage == true)
                switch failed {
                case .refused("22", let words)?:
                    #expect(words.hasPrefix("There is an error in XML document ("))
                case .declined(let words)?:
                    // A province hands on what the parser said, without a code.
                    #expect(words.hasPrefix("Lỗi gửi gói tin: There is an error in XML document ("))
                default: Issue.record("\(String(describing: failed))")
                }
            }
        }
        #expect(try standIn.messages().isEmpty)
    }

    @Test("E4: statuses of HTTP are passing or permanent", arguments: [0, 1])
    func statuses(_ which: Int) throws {
        let standIn = try StandIn()
        let link = standIn.links()[which]
        for (status, isPassing) in [
            (500, true), (502, true), (503, true), (429, true), (408, true), (301, true), (400, false),
            (401, false),
            (403, false), (404, false), (413, false),
        ] {
            try standIn.fault("status", ["status": status])
            let failed = failure { () throws(AxisFailure) in try link.received(.document) }
            #expect(failed?.isPassing == isPassing, "\(status)")
            #expect(failed?.isOfMessage == (status == 413), "\(status)")
        }
        // A code inside a bad status counts.
        try standIn.fault(
            "status",
            ["status": 500, "body": #"{"status":"FAIL","ErrorCode":"22","ErrorDesc":"sai","code":500}"#])
        #expect(
            failure { () throws(AxisFailure) in try link.received(.document) }
                == .refused(code: "22", words: "sai"))
        #expect(try link.received(.document).entries.isEmpty)
    }

    @Test(
        "E5, decision 18: a no to what is handed over, in a code nobody has described, is said to the message and passes; to a list, and of the link, it is not",
        arguments: [
            ("refuse", "-1", true), ("refuse", "99", true), ("refuse", "404", true), ("status", "400", true),
            ("status", "404", true), ("status", "415", true), ("status", "422", true),
            ("refuse", "15", false), ("refuse", "20", false), ("refuse", "401", false),
            ("refuse", "503", false),
            ("status", "401", false), ("status", "403", false), ("status", "429", false),
            ("status", "500", false),
        ])
    func unexplained(_ fault: String, _ code: String, isOfMessage: Bool) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let file = try Letter.file(in: folder)
        let more: [String: Any] =
            fault == "refuse" ? ["code": code, "words": "Không"] : ["status": Int(code) ?? 0]
        for link in standIn.links() {
            func sent() -> AxisFailure? {
                failure { () throws(AxisFailure) in
                    try link.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
                }
            }
            try standIn.fault(fault, more)
            let failed = sent()
            #expect(failed?.isOfMessage == isOfMessage, "\(String(describing: failed))")
            if isOfMessage {
                guard case .unexplained? = failed else {
                    Issue.record("\(String(describing: failed))")
                    return
                }
                #expect(failed?.isPassing == true)
            }
            try standIn.fault(fault, more)
            let asked = failure { () throws(AxisFailure) in try link.received(.document) }
            #expect(asked?.isOfMessage == false)
            // Another clock explains it.
            try standIn.fault("clock", ["seconds": 7200])
            try standIn.fault(fault, more)
            if isOfMessage, case .clockWrong? = sent() {
            } else if isOfMessage {
                Issue.record("the clock was not blamed")
            } else {
                _ = sent()
            }
        }
    }

    @Test("E4: what an answer repeats without end is told once and in bounds")
    func manyWords() throws {
        let standIn = try StandIn()
        let words = (0..<20_000).map { "\"message\":\"Lỗi \($0)\"" }.joined(separator: ",")
        try standIn.fault("body", ["body": "{\"status\":\"FAIL\",\"ErrorCode\":\"20\",\(words)}"])
        let failed = failure { () throws(AxisFailure) in try standIn.national().received(.document) }
        #expect(failed == .refused(code: "20", words: "Lỗi 0: Lỗi 1: Lỗi 2"))
    }

    @Test("E4: a province's other way to say no is understood")
    func errorDetail() throws {
        let standIn = try StandIn()
        let link = standIn.provincial()
        let refusals = [
            (
                #"{"code":500,"message":"Lỗi","errorDetail":[{"exception":"(1, 40)"}],"data":null}"#, "500",
                "Lỗi: (1, 40)"
            ),
            (#"{"success":false,"message":"Lỗi"}"#, "?", "Lỗi"),
            (
                #"{"code":200,"message":"M","data":{"status":"FAIL","errorCode":"21","errorDesc":"D"}}"#,
                "21", "M: D"
            ),
            (#"{"code":200,"message":"","errorDetail":["x"],"data":[]}"#, "200", ""),
        ]
        for (body, code, words) in refusals {
            try standIn.fault("body", ["body": body])
            let failed = failure { () throws(AxisFailure) in try link.received(.document) }
            #expect(failed == .refused(code: code, words: words))
        }
        for body in [
            #"{"success":true,"data":[]}"#, #"{"code":"200","data":null}"#, #"{"errorCode":0,"data":[]}"#,
        ] {
            try standIn.fault("body", ["body": body])
            #expect(try link.received(.document) == AxisInbox())
        }
    }

    @Test(
        "E4, E5: a no without a code is said to the message that was handed over, unless it is about the link",
        arguments: [
            (200, #"{"code":500,"message":"Lỗi","errorDetail":[{"exception":"(1, 40)"}],"data":null}"#, true),
            (200, #"{"success":false,"message":"Lỗi: (1, 40)"}"#, true),
            (200, #"{"success":false,"message":"Lỗi: (1, 40)","data":{"errorCode":null}}"#, true),
            (400, #"{"code":400,"message":"Lỗi: (1, 40)"}"#, true),
            (
                500,
                #"{"code":500,"message":"Lỗi","errorDetail":[{"exception":"error in XML document (1, 40)"}]}"#,
                true
            ),
            (500, #"{"code":500,"message":"Lỗi: (1, 40)"}"#, false),
            (503, #"{"success":false,"message":"Lỗi: (1, 40)"}"#, false),
            (200, #"{"code":503,"message":"Lỗi: (1, 40)"}"#, false),
            (200, #"{"success":false,"message":"Lỗi: (1, 40)","data":{"errorCode":"20"}}"#, false),
        ])
    func uncoded(_ status: Int, _ body: String, isOfMessage: Bool) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let link = standIn.provincial("rach-gia", secret: "khóa của Rạch Giá")
        try standIn.fault("status", ["status": status, "body": body])
        let file = try Letter.file(in: folder)
        let failed = failure { () throws(AxisFailure) in
            try link.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        }
        #expect(
            failed?.isOfMessage == isOfMessage && failed?.isPassing == !isOfMessage,
            "\(String(describing: failed))")
        #expect("\(String(describing: failed))".contains("(1, 40)"))
        // What is asked of a list is no message's fault.
        try standIn.fault("status", ["status": status, "body": body])
        let asked = failure { () throws(AxisFailure) in try link.received(.document) }
        #expect(asked?.isOfMessage == false)
    }
}
