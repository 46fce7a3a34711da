import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Nơi nhận không có ở đây: what a message from elsewhere names and nobody here is, on both databases.
struct UnknownRecipientTests {
    private static let here = "H31.12.05", other = "H01.7", ghost = "H01.99", sender = "H99.1"

    @Test(
        "E3, E5: of several recipients the unknown ones are refused, once, whatever message the document comes in",
        arguments: DatabaseKind.available)
    func refusedOnce(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.hasCodes(["phong-tu-phap": Self.here, "phong-noi-vu": Self.other])
            let partner = Route(.vanthu, "tinh-ban")
            try await world.takeIn(["1": [Self.here, Self.ghost]], by: partner)
            try await world.takeIn(
                ["2": [Self.ghost, Self.here], "3": [Self.ghost, Self.other]], by: partner)
            let said = try await world.statuses()
            let arrived = said.filter { $0.status == .arrived }
            let refused = said.filter { $0.status == .refused }
            #expect(arrived.count == 2, "each agency that is here has it")
            #expect(refused.count == 1)
            #expect(refused.first?.note == "Hệ thống nơi nhận không có cơ quan mang mã H01.99.")
            #expect(refused.first?.route == partner)
            let entries = try await world.office.database.read { connection in
                try connection.rows("SELECT verb FROM journal WHERE verb = 'recipientUnknown'") {
                    try $0[0] as String
                }
            }
            #expect(entries.count == 1)
            try await world.expectClean()
        }
    }

    @Test(
        "E4: on an axis a message names everybody: only those it was given to this system for are refused",
        arguments: DatabaseKind.available)
    func onAnAxis(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.hasCodes(["phong-tu-phap": Self.here])
            try await world.takeIn(["1": [Self.here, Self.ghost, "H17.1"]], by: Route(.axis))
            #expect(try await world.statuses().map(\.status) == [.arrived])
            try await world.takeIn(
                ["2": [Self.here, Self.ghost, "H17.1"]], by: Route(.axis), listedFor: [Self.ghost])
            #expect(
                try await world.statuses().map(\.status).sorted { $0.rawValue < $1.rawValue } == [
                    .arrived, .refused,
                ])
        }
    }

    @Test(
        "E5: a message for nobody here stays as it came, for a person to look at",
        arguments: DatabaseKind.available)
    func allUnknown(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeIn(["1": [Self.ghost, "H01.98"]], by: Route(.vanthu, "tinh-ban"))
            #expect(try await world.statuses().isEmpty)
            let failed = try await world.office.read { try $0.inbound.failed(limit: 9) }
            #expect(failed.map(\.error) == ["Gói tin không gửi cho cơ quan nào của hệ thống này."])
        }
    }
}

extension StoryWorld {
    fileprivate func hasCodes(_ codes: [String: String]) async throws {
        let now = office.clock.now
        for (slug, code) in codes {
            let id = try await agency(slug).id
            try await office.database.write { connection in
                let catalogue = Tables(connection).correspondents
                var entry = try #require(try catalogue.find(id))
                entry.code = code
                try catalogue.put(entry, at: now)
            }
        }
    }

    /// The same document in messages of these names, to these codes, read one after the other.
    fileprivate func takeIn(
        _ messages: [String: [String]], by route: Route, listedFor codes: [String] = []
    ) async throws {
        let inbox = Inbox(office: office, route: route), folder = FileManager.default.temporaryDirectory
        for (name, to) in messages.sorted(by: { $0.key < $1.key }) {
            let file = folder.appending(path: "vanthu-\(UUID().uuidString).edxml")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(Self.message(to: to).utf8).write(to: file)
            #expect(try await inbox.take(name, file: file.path(), for: codes))
            #expect(try await InboundReader(office: office, life: WorkerLife(office)).readNext() != .nothing)
        }
    }

    /// What is on its way to the sender.
    fileprivate func statuses() async throws -> [Envelope] {
        let now = office.clock.now
        return try await office.read { tables in
            try [Channel.vanthu, .axis].flatMap { channel in
                let receipts = try tables.outbox.due(channel, at: now, limit: 99)
                return receipts.filter { $0.kind == .status }
            }
        }
    }

    private static func message(to codes: [String]) -> String {
        func organ(_ tag: String, _ code: String) -> String {
            "<edXML:\(tag)><edXML:OrganId>\(code)</edXML:OrganId><edXML:OrganName>Cơ quan \(code)</edXML:OrganName></edXML:\(tag)>"
        }
        let key = "H99.1,2026/05/12,7/CV-THU"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope \
            xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader><edXML:MessageHeader>
            \(organ("From", "H99.1"))\(codes.map { organ("To", $0) }.joined())
            <edXML:DocumentId>\(key)</edXML:DocumentId>
            <edXML:Code><edXML:CodeNumber>7</edXML:CodeNumber><edXML:CodeNotation>CV-THU</edXML:CodeNotation></edXML:Code>
            <edXML:PromulgationInfo><edXML:Place>Rạch Giá</edXML:Place>\
            <edXML:PromulgationDate>2026/05/12</edXML:PromulgationDate></edXML:PromulgationInfo>
            <edXML:DocumentType><edXML:Type>0</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
            <edXML:Subject>Văn bản thử</edXML:Subject>
            <edXML:SignerInfo><edXML:FullName>Nguyễn Văn Thử</edXML:FullName></edXML:SignerInfo>
            <edXML:OtherInfo><edXML:Priority>0</edXML:Priority></edXML:OtherInfo></edXML:MessageHeader>
            <edXML:TraceHeaderList><edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType>\
            </edXML:Bussiness></edXML:TraceHeaderList></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>
            """
    }
}
