import EdXML
import Foundation
import Testing

@testable import DocumentAxis

/// From one office to another and back, over each façade.
struct ConversationTests {
    @Test(
        "E4: a document goes out, lies ready at its recipient's, is fetched, acknowledged and gone",
        arguments: [0, 1])
    func document(_ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let sender = standIn.links()[which]
        let file = try Letter.file(in: folder)
        let sent = try sender.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        #expect(try sender.received(.document).entries.isEmpty)
        for link in [standIn.national("tu-phap", secret: "khóa-hai"), standIn.provincial()] as [any AxisLink]
        {
            let inbox = try link.received(.document)
            let entry = try #require(inbox.entries.first)
            #expect(inbox.entries.count == 1 && inbox.unreadable == 0)
            #expect(entry.docID != sent && entry.kind == .document)
            #expect(entry.from == "000.00.15.H51" && entry.to == "H36.12" && entry.status == "initial")
            #expect(try link.received(.status).entries.isEmpty)
            let target = folder.path("den-\(UUID().uuidString)")
            try link.fetch(entry.docID, into: target)
            #expect(try bytes(of: target) == standIn.inside("messages/\(sent)"))
        }
        let receiver = standIn.national("tu-phap", secret: "khóa-hai")
        let id = try #require(try receiver.received(.document).entries.first?.docID)
        try receiver.acknowledge(id, .processing)
        #expect(try receiver.received(.document).entries.map(\.status) == ["processing"])
        try standIn.provincial().acknowledge(id, .done)
        #expect(try receiver.received(.document).entries.isEmpty)
        #expect(try receiver.waiting(.document) == 0)
        #expect(try folder.names().filter { $0.hasSuffix(".part") || $0.hasSuffix(".answer") } == [])
    }

    @Test("E4: a status goes back the same way", arguments: [0, 1])
    func status(_ which: Int) throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let receiver: any AxisLink =
            which == 0 ? standIn.national("tu-phap", secret: "khóa-hai") : standIn.provincial()
        let message = Letter.status(of: "000.00.15.H51,2026/05/12,54/UBND-VP")
        let file = try Letter.file(.status(message), in: folder)
        _ = try receiver.send(file: file, kind: .status, from: "H36.12", to: ["000.00.15.H51"])
        let sender = standIn.national()
        #expect(try sender.waiting(.status) == 1)
        #expect(try sender.waiting(.document) == 0)
        let entry = try #require(try sender.received(.status).entries.first)
        #expect(entry.kind == .status)
        let target = folder.path("trang-thai")
        try sender.fetch(entry.docID, into: target)
        let back = try MessageReader.read(file: target, attachmentsInto: folder.path("")).message
        #expect(back == .status(message))
        try sender.acknowledge(entry.docID, .done)
        #expect(try sender.received(.status).entries.isEmpty)
    }

    @Test(
        "E4: a message reaches every system that serves its recipients, in either form of their identifiers")
    func routes() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let file = try Letter.file(in: folder, to: ["000.00.12.H36", "H51.02", "H98"])
        let axis = standIn.national()
        _ = try axis.send(
            file: file, kind: .document, from: "H51.15", to: ["H36.12", "H51.02", "H98"])
        #expect(
            try standIn.national("tu-phap", secret: "khóa-hai").received(.document).entries.map(\.to) == [
                "H36.12"
            ])
        let province = try standIn.national("tinh", secret: "khoa-ba").received(.document).entries
        #expect(Set(province.map(\.to)) == ["H36.12", "H51.02"])
        let listed = try axis.sent(.document)
        #expect(listed.count == 4)
        #expect(Set(listed.map(\.senderDocID)).count == 1)
        #expect(listed.allSatisfy { $0.notation == "54/UBND-VP" && $0.receiveStatus == "initial" })
        #expect(try axis.sent(.status).isEmpty)
    }

    @Test(
        "E4: a message goes as the body or as a form, as is set; an axis that takes only the other refuses it",
        arguments: AxisSettings.Sending.allCases)
    func bodies(_ sending: AxisSettings.Sending) throws {
        let systems = StandIn.systems.replacing(
            "\"traceOrgan\"", with: "\"bodies\": [\"\(sending.rawValue)\"], \"traceOrgan\"")
        let standIn = try StandIn(systems: systems)
        let folder = try Folder()
        let file = try Letter.file(in: folder)
        for other in AxisSettings.Sending.allCases {
            let axis = standIn.national { $0.sending = other }
            let failed = failure { () throws(AxisFailure) in
                try axis.send(file: file, kind: .document, from: "000.00.15.H51", to: ["H36.12"])
            }
            #expect(
                failed
                    == (other == sending ? nil : .refused(code: "10", words: "Thân gói tin không đúng cách")))
        }
        let receiver = standIn.national("tu-phap", secret: "khóa-hai")
        let id = try #require(try receiver.received(.document).entries.first?.docID)
        try receiver.fetch(id, into: folder.path("den"))
        let name = try #require(try standIn.messages().first?["doc_id"] as? String)
        #expect(try bytes(of: folder.path("den")) == standIn.inside("messages/\(name)"))
        #expect(!(try folder.names()).contains { $0.hasSuffix(".raw") || $0.hasSuffix(".form") })
    }

    @Test("E4: a message is fetched as it is, too, and nothing stands there when there is none")
    func plain() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let sent = try standIn.national().send(
            file: try Letter.file(in: folder), kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        let axis = standIn.national("tu-phap", secret: "khóa-hai") { $0.fetching = .plain }
        let id = try #require(try axis.received(.document).entries.first?.docID)
        try axis.fetch(id, into: folder.path("den"))
        #expect(try bytes(of: folder.path("den")) == standIn.inside("messages/\(sent)"))
        let nobody = try #require(AxisDocID("../../etc/passwd"))
        let empty = folder.path("khong")
        let missing = failure { () throws(AxisFailure) in try axis.fetch(nobody, into: empty) }
        #expect(missing == .garbage("the answer brings no message"))
        let wrapped = failure { () throws(AxisFailure) in try standIn.national().fetch(nobody, into: empty) }
        #expect(wrapped == .refused(code: "100", words: "Không tìm thấy gói tin"))
        // Another's message is nobody's.
        let other = failure { () throws(AxisFailure) in try standIn.national().fetch(id, into: empty) }
        #expect(other == .refused(code: "100", words: "Không tìm thấy gói tin"))
        // Words where the message should be are not taken for it.
        let stranger = standIn.national("tu-phap", secret: "khoa-sai") { $0.fetching = .plain }
        let wrongKey = failure { () throws(AxisFailure) in try stranger.fetch(id, into: empty) }
        #expect(wrongKey == .refused(code: "15", words: "hash-header không khớp"))
        try standIn.fault("body", ["body": " {\"status\":\"OK\",\"ErrorCode\":\"0\"}"])
        let idle = failure { () throws(AxisFailure) in try axis.fetch(id, into: empty) }
        #expect(idle == .garbage("the answer brings no message"))
        #expect(!(try folder.names()).contains { $0.hasPrefix("khong") })
    }

    @Test("E4: agencies in their forms, registered, listed as units and given up")
    func agencies() throws {
        let standIn = try StandIn()
        let axis = standIn.national()
        let qd20 = try axis.agencies(.qd20)
        #expect(qd20.unreadable == 0)
        let justice = try #require(qd20.agencies.first { $0.code == "H36.12" })
        #expect(
            justice
                == AxisAgency(
                    id: "2", parentID: "1", code: "H36.12", name: "Sở Tư pháp", mail: "stp@example.gov.vn",
                    oldCode: "12.H36", code102: "000.00.12.H36"))
        #expect(try axis.agencies(.current).agencies.contains { $0.code == "000.00.12.H36" })
        let new = AgencyRegistration(
            id: "9", parentCode: "H36.12", code: "H36.12.05", name: "Phòng \"Hộ tịch\" & quốc tịch")
        try axis.register(new)
        #expect(try axis.agencies(.qd20).agencies.contains { $0.code == new.code && $0.name == new.name })
        let unit = try #require(try axis.units(level: 3).first { $0.agency.code == new.code })
        #expect(unit.isAgency && !unit.isDeleted && unit.centerCode == "H36")
        try axis.deleteAgency(new.code)
        #expect(!(try axis.agencies(.qd20).agencies.contains { $0.code == new.code }))
        #expect(try axis.units(level: 3).first { $0.agency.code == new.code }?.isDeleted == true)
        let orphan = AgencyRegistration(id: "8", parentCode: "X", code: "X.1", name: "Không có cấp trên")
        let refused = failure { () throws(AxisFailure) in try axis.register(orphan) }
        #expect(refused == .refused(code: "18", words: "Không có đơn vị cấp trên X"))
    }

    @Test("E4: a catalogue of 120,000 agencies is read whole")
    func catalogue() throws {
        let systems = StandIn.systems.replacing(
            "\"traceOrgan\"", with: "\"generatedAgencies\": 120000, \"traceOrgan\"")
        let standIn = try StandIn(systems: systems)
        let catalogue = try standIn.national().agencies(.qd20)
        #expect(catalogue.agencies.count == 120_004 && catalogue.unreadable == 0)
        #expect(Set(catalogue.agencies.map(\.code)).count == 120_004)
        let small = standIn.national { $0.catalogueLimit = 1 << 20 }
        #expect(failure { () throws(AxisFailure) in try small.agencies(.qd20) } == .answerTooLong)
    }

    @Test("E4: what cannot be sent is not sent, and says why")
    func notSendable() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let file = try Letter.file(in: folder)
        let empty = try folder.put([], "rong")
        let many = (0..<81).map { "H01.\($0)" }
        for link in standIn.links() {
            func why(_ path: String, _ from: String, _ to: [String]) -> AxisFailure? {
                failure { () throws(AxisFailure) in
                    try link.send(file: path, kind: .document, from: from, to: to)
                }
            }
            #expect(why(file, "H51.15", []) == .notSendable(.noRecipients))
            #expect(why(file, "H51.15", many) == .notSendable(.tooManyRecipients))
            for wrong in ["", "H 36", "H36\r\nX: y", "Hà", String(repeating: "H", count: 65)] {
                #expect(
                    why(file, "H51.15", [wrong])
                        == .notSendable(.badIdentifier))
            }
            #expect(why(empty, "H51.15", ["H36.12"]) == .notSendable(.emptyMessage))
            let gone = why(folder.path("khong-co"), "H51.15", ["H36.12"])
            #expect(gone?.isPassing == true && gone?.isOfMessage == false)
        }
        let longest = (0..<AxisSettings().recipientLimit).map { _ in String(repeating: "H", count: 35) }
        let headers = SignedHeaders.make(
            system: String(repeating: "s", count: 35), secret: AxisSecret("k"), at: 0,
            [
                ("from", longest[0]), ("to", Wire.json(longest)),
                ("hash-file", String(repeating: "f", count: 64)),
            ])
        #expect(headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } < 8_000)
        let narrow = standIn.national { $0.messageLimit = 100 }
        let large = failure { () throws(AxisFailure) in
            try narrow.send(file: file, kind: .document, from: "H51.15", to: ["H36.12"])
        }
        #expect(large == .notSendable(.messageTooLarge))
        #expect(try standIn.calls().isEmpty)
    }
}
