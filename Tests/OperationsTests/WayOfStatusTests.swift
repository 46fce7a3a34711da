import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Trạng thái theo đường của văn bản: who may tell of a letter that went, and ask about one that came; on both databases.
struct WayOfStatusTests {
    private static let first = Route(.vanthu, "tho"), second = Route(.vanthu, "tinh-ban")

    @Test(
        "E2, E5: a status is taken by the way its letter went and by no other, whatever the catalogue says by then",
        arguments: DatabaseKind.available)
    func statuses(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { plain in
            let outside = plain.knowing(Self.first, Self.second)
            let sent = try await outside.sendThere(by: Self.first)
            let otherWays = "được gửi bằng đường khác"
            #expect(try await outside.says("01", of: sent, by: Route(.axis)).error.contains(otherWays))
            #expect(
                try await outside.says("01", of: sent, by: Self.second).error
                    == "Nơi gửi dùng mã định danh của cơ quan khác.")
            #expect(try await outside.status(of: sent) == .sent)
            #expect(try await outside.says("01", of: sent, by: Self.first).state == .done)
            #expect(try await outside.status(of: sent) == .arrived)

            // Both systems are partners, and the agency has gone over to the second: it has not got that letter.
            try await outside.isReached(by: Self.second)
            #expect(try await outside.says("06", of: sent, by: Self.second).error.contains(otherWays))
            #expect(try await outside.says("03", of: sent, by: Self.first).state == .done)
            try await outside.isReached(by: Route(.axis))
            #expect(try await outside.says("06", of: sent, by: Route(.axis)).error.contains(otherWays))
            #expect(try await outside.says("04", of: sent, by: Self.first).state == .done)
            #expect(try await outside.status(of: sent) == .assigned)
        }
    }

    @Test(
        "E2: a letter that went by the axis is reported on by the axis after its recipient has become a partner",
        arguments: DatabaseKind.available)
    func fromTheAxis(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { plain in
            let outside = plain.knowing(Self.first, Self.second)
            let sent = try await outside.sendThere(by: Route(.axis))
            try await outside.isReached(by: Self.first)
            #expect(try await outside.says("06", of: sent, by: Self.first).state == .failed)
            #expect(try await outside.says("03", of: sent, by: Route(.axis)).state == .done)
            #expect(try await outside.status(of: sent) == .accepted)
            #expect(try await outside.wayOfRecall(of: sent) == Route(.axis))
        }
    }

    @Test(
        "E2: a partner whose name in the settings has changed is known by its name in the catalogue",
        arguments: DatabaseKind.available)
    func renamed(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { plain in
            let sent = try await plain.knowing(Self.first).sendThere(by: Self.first)
            let new = Route(.vanthu, "ten-moi"), outside = plain.knowing(new, Self.second)
            #expect(try await outside.says("01", of: sent, by: new).state == .failed)
            try await outside.isReached(by: new)
            #expect(try await outside.says("01", of: sent, by: Self.second).state == .failed)
            #expect(try await outside.says("01", of: sent, by: new).state == .done)
            #expect(try await outside.status(of: sent) == .arrived)
            #expect(try await outside.wayOfRecall(of: sent) == new)
        }
    }

    @Test(
        "E3, E5: a letter is asked back by the way it came and by no other", arguments: DatabaseKind.available
    )
    func requests(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { plain in
            let outside = plain.knowing(Self.first, Self.second)
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first).id
            func asked() async throws -> Int {
                try await outside.world.office.read { try $0.receiptRequests.all(of: receipt).count }
            }
            let recall = outside.recall("Gửi nhầm.")
            #expect(
                try await outside.comes(recall, by: Route(.axis)).error.contains("đã đến bằng đường khác"))
            #expect(
                try await outside.comes(.document(outside.document(.update)), by: Route(.axis)).state
                    == .failed)
            #expect(try await asked() == 0)
            // Its own system may ask after the catalogue has it reached otherwise.
            try await outside.isReached(by: Route(.axis))
            #expect(try await outside.comes(recall, by: Self.first).state == .done)
            #expect(try await asked() == 1)
        }
    }

    @Test(
        "E2: deliveries from before the way was kept get it from their message, or from the catalogue",
        arguments: DatabaseKind.available)
    func older(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { plain in
            let outside = plain.knowing(Self.first, Self.second), database = outside.world.office.database
            let waiting = try await outside.sendThere(by: Self.first)
            try await outside.isReached(by: Self.second)
            let gone = try await outside.sendThere(by: Self.second)
            let byAxis = try await outside.sendThere(by: Route(.axis))
            try await outside.isReached(by: Self.second)
            try await database.write { connection in
                try connection.execute("DELETE FROM outbox WHERE delivery_id = \(gone.id)")
                try connection.execute("ALTER TABLE delivery DROP COLUMN partner")
                try connection.execute("DELETE FROM schema_migration WHERE number >= 21")
            }
            try Migrator(OfficeSchema.migrations.filter { $0.number <= 21 }).migrate(database)
            let routes = try await outside.world.office.read { tables in
                try [waiting, gone, byAxis].map { try tables.deliveries.find($0.id)?.route }
            }
            #expect(routes == [Self.first, Self.second, Route(.axis)])
        }
    }
}

extension OutsideOffice {
    /// The same installation with these partners in its settings.
    fileprivate func knowing(_ partners: Route...) -> OutsideOffice {
        let known = partners.map { route in
            (
                route.partner,
                VanThuPartner(address: "https://127.0.0.1:9", roots: "/khong-co", certificates: ["00"])
            )
        }
        let office = world.office
        let settings = ExchangeSettings(
            vanthu: VanThuSettings(
                identity: "", passphrase: "", partners: Dictionary(uniqueKeysWithValues: known)))
        return OutsideOffice(
            world: StoryWorld(
                office: Office(
                    database: office.database, blobs: office.blobs, clock: office.clock,
                    serverKey: office.serverKey, exchange: settings)))
    }

    /// A letter of the Phòng Tư pháp to it.
    fileprivate func sendThere(by route: Route) async throws -> Delivery {
        let issuance = try await world.issueDirectly(
            from: "vt.tuphap", to: [try await isReached(by: route)])
        return try #require(try await world.office.read { try $0.deliveries.all(of: issuance.id).first })
    }

    fileprivate func says(_ code: String, of sent: Delivery, by route: Route) async throws -> InboundMessage {
        var status = StatusMessage()
        status.from = Organization(organID: self.code, name: name)
        status.responseFor = ResponseFor(
            organID: Self.codes["phong-tu-phap"], documentID: sent.messageKey)
        status.statusCode = code
        status.timestamp = "2026/05/12 07:\(code):00"
        return try await comes(.status(status), by: route)
    }

    /// What became of the message.
    fileprivate func comes(_ message: EdXMLMessage, by route: Route) async throws -> InboundMessage {
        let folder = FileManager.default.temporaryDirectory, name = UUID().uuidString
        let path = folder.appending(path: "\(name).edxml").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MessageWriter.write(message, toFile: path)
        #expect(
            try await Inbox(office: world.office, route: route).take(
                name, file: path, from: route.channel == .axis ? code : ""))
        #expect(
            try await InboundReader(office: world.office, life: WorkerLife(world.office)).readNext()
                != .nothing)
        return try #require(try await inbound().first { $0.externalID == name })
    }

    fileprivate func status(of sent: Delivery) async throws -> DeliveryStatus? {
        try await world.office.read { try $0.deliveries.find(sent.id)?.status }
    }

    /// By which way its recipient is asked to give it back.
    fileprivate func wayOfRecall(of sent: Delivery) async throws -> Route? {
        try await world.office.database.write { connection in
            try connection.execute("DELETE FROM outbox WHERE delivery_id = \(sent.id)")
        }
        _ = try await world.runner.run(
            AskRecipients(
                .recall, issuance: sent.issuance, deliveries: [sent.id], note: "Gửi nhầm.",
                partners: world.office.exchange.partnerNames),
            as: try await world.actor("vt.tuphap"))
        return try await world.office.read { try $0.outbox.waiting(for: sent.id).first?.route }
    }
}
