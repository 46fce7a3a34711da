import Foundation
import Testing

@testable import DocumentAxis

/// Answers that nobody in his right mind would give.
struct HostileTests {
    @Test(
        "E4: JSON of any shape is understood or told as garbage, and never anything worse", arguments: [0, 1])
    func shapes(_ which: Int) throws {
        let standIn = try StandIn()
        let link = standIn.links()[which]
        let deep = String(repeating: "[", count: 200_000)
        let garbage = [
            "", " ", "null", "true", "17", "\"OK\"", "[]", "{", "{}", "{]", "{\"a\"}", "{\"a\":}", "{\"a\":1",
            "{a:1}",
            "{\"a\":1,}", "{\"data\":[1,2}", "{\"data\":\(deep)", "{\"x\":\(deep)", deep, "{\"a\":\"\\x\"}",
            "{\"a\":\"\\ud83d\\u00\"}", "{\"a\":tru}", "{\"a\":-}", "{\"a\":1e9999x}", "<html>", "%PDF-1.7",
            "{\"data\":{\"data\":{}}", "{\"data\":[{\"docId\":}]}", "\u{FEFF}{",
            "{\"a\":" + String(repeating: "9", count: 1_000) + "}",
        ]
        for body in garbage {
            try standIn.fault("body", ["body": body])
            let failed = failure { () throws(AxisFailure) in try link.received(.document) }
            guard case .garbage = failed else {
                Issue.record("\(body.prefix(40)): \(String(describing: failed))")
                continue
            }
        }
        let empty = [
            #"{"status":"OK","ErrorCode":"0","code":0,"data":null}"#, #"{"ErrorCode":0,"success":true}"#,
            #"{"ErrorCode":"0","code":"200","data":{}}"#, #"{"ErrorCode":" 0 ","success":true,"data":"x"}"#,
            "\u{FEFF}\n{\"errorcode\":\"0\",\"DATA\":[],\"success\":true,\"z\":[[{\"a\":[]}],\"\\u0000\"]}",
        ]
        for body in empty {
            try standIn.fault("body", ["body": body])
            #expect(try link.received(.document) == AxisInbox(), "\(body)")
        }
    }

    @Test("E4: lines of the wrong types and with hostile names are counted, cleaned or left out")
    func lines() throws {
        let standIn = try StandIn()
        let long = String(repeating: "a", count: 300)
        let data = """
            [1, null, "x", [], {}, {"docId":null}, {"docId":{"a":1}}, {"docId":""}, {"docId":"a\\r\\nX: y"},
             {"docId":"a\\u0000b"}, {"docId":" a"}, {"docId":"\(long)"}, {"docId":["a"]},
             {"docId":"../../../etc/passwd","from":"..\\\\..","to":"H36\\n","messageType":"bogus"},
             {"docId":17,"messageType":"status","from":true,"to":["H1"],"status":{"a":[1]},"createdTime":2026.5},
             {"docId":"H51,2026/05/12,54/UBND-VPĐT","created_time":"\\u202e\\u0007x  y\\t","status":"a","extra":[{}]}]
            """
        for link in standIn.links() {
            try standIn.fault("body", ["body": "{\"ErrorCode\":\"0\",\"success\":true,\"data\":\(data)}"])
            let inbox = try link.received(.document)
            #expect(inbox.unreadable == 13)
            #expect(
                inbox.entries.map(\.docID.text) == [
                    "../../../etc/passwd", "17", "H51,2026/05/12,54/UBND-VPĐT",
                ])
            #expect(inbox.entries.map(\.kind) == [.document, .status, .document])
            #expect(inbox.entries.map(\.from) == ["..\\..", "true", nil])
            #expect(inbox.entries.map(\.to) == [nil, nil, nil])
            #expect(inbox.entries.map(\.createdAt) == [nil, "2026.5", "x y"])
            #expect(inbox.entries.map(\.status) == [nil, nil, "a"])
        }
    }

    @Test("E4: a message's name with letters, signs and path characters finds its message and names no file")
    func names() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        for name in ["../../etc/passwd", "H51,2026/05/12,54/UBND-VPĐT", "a b?c=d&e#f%00", "\"x\\y\"", "😀"] {
            let id = try #require(AxisDocID(name))
            for link in standIn.links() {
                try standIn.fault("body", ["body": #"{"ErrorCode":"0","success":true,"data":"QUJD"}"#])
                try link.fetch(id, into: folder.path("den"))
                #expect(try bytes(of: folder.path("den")) == Array("ABC".utf8))
                // The real thing understands the name, too: it is signed and compared, and then not found.
                let failed = failure { () throws(AxisFailure) in try link.acknowledge(id, .done) }
                #expect(failed == .refused(code: "100", words: "Không tìm thấy gói tin"))
            }
        }
        #expect(try folder.names() == ["den"])
        for name in [
            "", " a", "a ", "a\nb", "a\u{7F}", "a\u{2028}b", "a\u{85}", String(repeating: "ố", count: 90),
        ] {
            #expect(AxisDocID(name) == nil)
        }
    }

    @Test("E4: a list of 100 MB is refused before it is held, and so is one without an end")
    func long() throws {
        let standIn = try StandIn()
        for link in standIn.links() {
            try standIn.fault("body", ["bytes": 100 << 20])
            #expect(failure { () throws(AxisFailure) in try link.received(.document) } == .answerTooLong)
        }
        // Under the limit, but broken at its end.
        try standIn.fault("body", ["bytes": 3 << 20])
        let failed = failure { () throws(AxisFailure) in try standIn.national().received(.document) }
        #expect(failed == .garbage("the answer ends too early"))
    }

    @Test("E4: catalogues and lists of what was sent bear any type, too")
    func catalogues() throws {
        let standIn = try StandIn()
        let axis = standIn.national()
        let body = """
            {"ErrorCode":"0","data":[{"code":"H1 2"},{"code":5,"name":["x"],"oldCode":"Hà","id":{},"pid":7},{"name":"x"},
             {"code":"H1","name":"\(String(repeating: "ố", count: 9_000))\\u0000","deleted":1,"isAgency":"TRUE"}]}
            """
        try standIn.fault("body", ["body": body, "count": 3])
        let catalogue = try axis.agencies(.qd20)
        #expect(catalogue.unreadable == 2)
        #expect(catalogue.agencies.map(\.code) == ["5", "H1"])
        #expect(catalogue.agencies.map(\.parentID) == ["7", nil])
        #expect(catalogue.agencies.map(\.oldCode) == [nil, nil])
        #expect(catalogue.agencies[0].name == "5")
        #expect(catalogue.agencies[1].name.count == 501)
        #expect(try axis.units(level: 1).map(\.isDeleted) == [false, true])
        #expect(try axis.sent(.document).isEmpty)
        for count in ["-1", "1.5", "\"x\"", "[1]", "99999999999999999999"] {
            try standIn.fault("body", ["body": "{\"ErrorCode\":\"0\",\"count\":\(count)}"])
            let failed = failure { () throws(AxisFailure) in try axis.waiting(.document) }
            #expect(failed == .garbage("the answer has no count"))
        }
        for body in [
            #"{"ErrorCode":"0"}"#, #"{"ErrorCode":"0","DocId":" "}"#, #"{"ErrorCode":"0","DocId":[1]}"#,
        ] {
            let folder = try Folder()
            let file = try Letter.file(in: folder)
            try standIn.fault("body", ["body": body])
            let failed = failure { () throws(AxisFailure) in
                try axis.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
            }
            guard case .garbage = failed else {
                Issue.record("\(String(describing: failed))")
                continue
            }
        }
    }

    @Test("E4: any bytes at all, cut and changed anywhere, end the reading and never the program")
    func noise() throws {
        let good = Array(
            #"{"status":"OK","ErrorCode":"0","ErrorDesc":"\u1ed1","data":[{"docId":"a","from":"H1","n":[1,{"x":null}]}]}"#
                .utf8)
        var generator = SeededNumbers(seed: 2026)
        for round in 0..<4_000 {
            var bytes = Array(
                good.prefix(round % 2 == 0 ? good.count : Int.random(in: 0...good.count, using: &generator)))
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            }
            var inbox = AxisInbox()
            _ = failure { () throws(AxisFailure) in
                try AxisAnswer(
                    ByteSource(bytes),
                    .elements({ (reader) throws(JSONFault) in try inbox.take(reader, asked: .document) }))
            }
            #expect(inbox.entries.count <= 4)
        }
    }
}

/// The same numbers every time.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
