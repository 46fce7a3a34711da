import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// An office on another system, as far as this installation sees it: what it sends lands in the inbox, what is answered to it
/// is read from its own lane.
struct OutsideOffice: Sendable {
    static let codes = ["phong-tu-phap": "H31.12.05", "phong-noi-vu": "H31.12.06"]
    static let letter = "letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf"
    static let other = "letters/06-so-noi-vu-giay-moi-hoi-nghi.pdf"

    let world: StoryWorld
    let link = KeptAnswers()
    var code = "H31.90"
    var name = "Sở Xây dựng"

    /// Two agencies with codes, and this office beside them.
    static func with(_ kind: DatabaseKind, _ body: @Sendable (OutsideOffice) async throws -> Void)
        async throws
    {
        try await TemporaryOffice.with(kind) { world in
            let now = world.office.clock.now
            for (slug, code) in codes {
                let agency = try await world.agency(slug).id
                try await world.office.database.write { connection in
                    let table = Tables(connection).correspondents
                    var entry = try #require(try table.find(agency))
                    entry.code = code
                    try table.put(entry, at: now)
                }
            }
            try await body(OutsideOffice(world: world))
        }
    }

    /// By this way, as the catalogue has it from now on; who it is there.
    @discardableResult
    func isReached(by route: Route) async throws -> ID<Agency> {
        let now = world.office.clock.now, code = code, name = name
        return try await world.office.database.write { connection in
            let table = Tables(connection).correspondents
            var entry =
                try table.find(code: code, on: now.officeDate).first
                ?? Correspondent(id: ID(UUIDv7.make(at: now)), name: name, code: code, channel: .axis)
            (entry.channel, entry.partner, entry.isSelfDeclared) = (route.channel, route.partner, false)
            try table.put(entry, at: now)
            return entry.id
        }
    }

    // MARK: Sending

    /// A letter to the Phòng Tư pháp, as most of it always is.
    func document(_ kind: Business.Kind, files: [String] = [letter]) throws -> DocumentMessage {
        var message = DocumentMessage(), business = Business()
        message.header.from = Organization(organID: code, name: name)
        message.header.to = [Organization(organID: Self.codes["phong-tu-phap"], name: "Phòng Tư pháp")]
        message.header.documentID = "\(code),2026/05/11,12/SXD"
        message.header.code = DocumentCode(number: "12", notation: "SXD")
        message.header.promulgation = Promulgation(place: "Rạch Giá", date: "2026/05/11")
        message.header.type = TypeOfDocument(type: "18", name: "Công văn")
        message.header.subject = "báo cáo số liệu quý I"
        message.header.signer = SignerInfo(fullName: "Nguyễn Văn Thử")
        message.header.other = OtherParticulars()
        message.header.other?.priority = "0"
        message.header.other?.pageAmount = "1"
        message.trace.hops = [TraceHeader(organID: code, timestamp: "2026/05/11 08:00:00")]
        business.type = "\(kind.rawValue)"
        business.documentID = message.header.documentID
        business.reason = kind == .update ? "Sửa trích yếu và phụ lục." : "Văn bản điện tử mới"
        message.trace.business = business
        message.attachments = try files.enumerated().map { try Self.attachment($1, $0) }
        return message
    }

    static func attachment(_ file: String, _ index: Int) throws -> EdXML.Attachment {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf").path()
        let bytes = file.hasPrefix("letters/") ? try WorldFiles.bytes(file) : Array(file.utf8)
        try Data(bytes).write(to: URL(filePath: path))
        return EdXML.Attachment(
            contentID: "cid:\(index)", name: index == 0 ? "cong-van.pdf" : "phu-luc-\(index).pdf",
            contentType: "application/pdf", file: path, size: Int(bytes.count))
    }

    /// Lets it arrive, be read, and what it causes be carried.
    func send(_ message: DocumentMessage) async throws { try await send(.document(message)) }

    func send(_ message: EdXMLMessage) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).edxml").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MessageWriter.write(message, toFile: path)
        try await Inbox(office: world.office, route: Route(.vanthu, "tho")).take(
            UUID().uuidString, file: path)
        try await work()
    }

    func work() async throws {
        try await ExchangeWorker(office: world.office, links: [link]).runOnce()
    }

    /// 13, about its letter.
    func recall(_ note: String) -> EdXMLMessage {
        var status = StatusMessage()
        status.from = Organization(organID: code, name: name)
        status.responseFor = ResponseFor(
            organID: Self.codes["phong-tu-phap"], code: "12/SXD", documentID: "\(code),2026/05/11,12/SXD",
            promulgationDate: "2026/05/11")
        status.statusCode = "13"
        status.description = note
        status.timestamp = "2026/05/11 09:00:00"
        return .status(status)
    }

    // MARK: What became of it

    func receipts(at slug: String = "phong-tu-phap") async throws -> [Receipt] {
        let agency = try await world.agency(slug).id
        return try await world.office.read { tables in
            let ids: [ID<Receipt>] = try tables.connection.rows(
                "SELECT id FROM receipt WHERE agency_id = \(agency) ORDER BY arrived_at, id"
            ) { try $0[0] }
            return try ids.compactMap { try tables.receipts.find($0) }
        }
    }

    func view(_ receipt: ID<Receipt>) async throws -> ReceiptView {
        try await ReceiptReading(office: world.office).open(
            receipt, as: try await world.position("vt.tuphap"))
    }

    func inbound() async throws -> [InboundMessage] {
        try await world.office.read { tables in
            let ids: [ID<InboundMessage>] = try tables.connection.rows(
                "SELECT id FROM inbound_message ORDER BY received_at, id"
            ) { try $0[0] }
            return try ids.compactMap { try tables.inbound.find($0) }
        }
    }

    func hash(of file: String) throws -> BlobHash {
        BlobHash(of: try WorldFiles.bytes(file))
    }
}

/// The far end: keeps the codes of what is answered, in their order.
final class KeptAnswers: WireLink, @unchecked Sendable {
    let channel = Channel.vanthu
    let partners = ["tho"]
    let collectEvery: Duration? = nil
    private let lock = NSLock()
    private var said: [(code: String, words: String)] = []

    var codes: [String] { lock.withLock { said.map(\.code) } }
    var words: [String] { lock.withLock { said.map(\.words) } }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        do {
            let folder = FileManager.default.temporaryDirectory.path()
            let read = try MessageReader.read(file: message.file, attachmentsInto: folder)
            guard case .status(let status) = read.message else { return }
            lock.withLock { said.append((status.statusCode ?? "", status.description ?? "")) }
        } catch { throw .permanent("\(error)") }
    }

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int { 0 }
}

extension StoryWorld {
    func refuse(_ receipt: ID<Receipt>, _ reason: String, as login: String) async throws {
        _ = try await runner.run(
            RefuseReceipt(receipt: receipt, reason: reason), as: try await actor(login))
    }
}
