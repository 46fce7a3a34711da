import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Cập nhật văn bản đã gửi, from another system, on both databases.
struct InboundUpdateTests {
    @Test(
        "E3: a correction is compared, agreed to (15), and is the letter from then on; what stood before stays readable",
        arguments: DatabaseKind.available)
    func agreed(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            let arrival = try await world.accept(receipt.id, as: "vt.tuphap", director: "tp.tuphap")
            try await world.direct(arrival, lead: "cv1.tuphap", as: "tp.tuphap")
            try await outside.send(try Self.correction(outside))

            let asked = try await outside.view(receipt.id)
            let request = try #require(asked.openRequest)
            let proposed = try #require(asked.versions[request.id])
            #expect(asked.card.facts.abstract == "báo cáo số liệu quý I")
            #expect(proposed.facts.abstract == "báo cáo số liệu quý I, đã sửa")
            #expect(try proposed.file(1).hash == outside.hash(of: OutsideOffice.other).hex)
            #expect(asked.removals.isEmpty)
            for login in ["cv1.tuphap", "tp.tuphap", "vt.noivu"] {
                await #expect(throws: Refused.self, "\(login)") {
                    try await world.decide(request, agrees: true, as: login)
                }
            }
            _ = try await world.decide(request, agrees: true, as: "vt.tuphap")
            try await outside.work()
            #expect(outside.link.codes.last == "15")

            let now = try await ArrivalReading(office: world.office).open(
                arrival.id, as: try await world.position("cv1.tuphap"))
            #expect(now.detail.facts.abstract == "báo cáo số liệu quý I, đã sửa")
            #expect(now.detail.files.map(\.file.hash) == [try outside.hash(of: OutsideOffice.other).hex])
            #expect(now.detail.arrival.number == arrival.number)
            let former = try #require(now.formers.first)
            #expect(former.version.facts.abstract == "báo cáo số liệu quý I")
            #expect(try former.version.file(1).hash == outside.hash(of: OutsideOffice.letter).hex)
            for file in [OutsideOffice.letter, OutsideOffice.other] {
                #expect(world.office.blobs.contains(try outside.hash(of: file)), "\(file)")
            }
            let officer = try await world.position("cv1.tuphap")
            let titles = try await world.office.read {
                try $0.desk.queue(of: officer.id, kind: nil, limit: 9)
            }
            .map(\.title)
            #expect(titles == ["báo cáo số liệu quý I, đã sửa"])
            let found = try await world.office.read {
                try $0.entryText.find(["da", "sua"], kind: .arrival, agency: officer.agency, limit: 5)
            }
            #expect(found == [arrival.id.uuid])
            try await world.expectClean()

            try await Self.recall(outside, receipt.id)
            for file in [OutsideOffice.letter, OutsideOffice.other] {
                #expect(!world.office.blobs.contains(try outside.hash(of: file)), "given back: \(file)")
            }
            #expect(try await outside.view(receipt.id).versions.isEmpty)
            try await world.expectClean()
        }
    }

    /// Everything goes when the letter is taken back, what stood before it too.
    private static func recall(_ outside: OutsideOffice, _ receipt: ID<Receipt>) async throws {
        try await outside.send(outside.recall("Gửi nhầm."))
        let request = try #require(try await outside.world.openRequest(of: receipt))
        _ = try await outside.world.decide(request, agrees: true, as: "vt.tuphap")
        try await outside.work()
        #expect(outside.link.codes.last == "15")
    }

    @Test(
        "E3: a correction that is not agreed to (16) leaves nothing of itself, and the letter as it was",
        arguments: DatabaseKind.available)
    func refused(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            try await outside.send(try Self.correction(outside))
            let request = try #require(try await outside.view(receipt.id).openRequest)
            #expect(world.office.blobs.contains(try outside.hash(of: OutsideOffice.other)))
            _ = try await world.decide(request, agrees: false, reason: "Sai mẫu.", as: "vt.tuphap")
            #expect(try await outside.view(receipt.id).versions.isEmpty)
            try await outside.work()
            #expect(outside.link.codes == ["01", "16"])
            #expect(outside.link.words.last?.hasPrefix("Sai mẫu.") == true)
            #expect(!world.office.blobs.contains(try outside.hash(of: OutsideOffice.other)))
            let view = try await outside.view(receipt.id)
            #expect(view.card.facts.abstract == "báo cáo số liệu quý I")
            #expect(view.card.files.map(\.file.hash) == [try outside.hash(of: OutsideOffice.letter).hex])
            try await world.expectClean()
        }
    }

    @Test(
        "B7: a correction that no scanner has seen is not taken where one is asked for; a waiting letter is corrected too",
        arguments: DatabaseKind.available)
    func unscanned(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            try await outside.send(try Self.correction(outside))
            let request = try #require(try await outside.view(receipt.id).openRequest)
            await #expect(throws: Refused(.arrivalNotScanned)) {
                try await world.runner.run(
                    DecideRequest(request: request.id, agrees: true, reason: "", requiresScan: true),
                    as: try await world.actor("vt.tuphap"))
            }
            _ = try await world.decide(request, agrees: true, as: "vt.tuphap")
            let view = try await outside.view(receipt.id)
            #expect(view.card.facts.abstract == "báo cáo số liệu quý I, đã sửa")
            let clerk = try await world.position("vt.tuphap")
            let titles = try await world.office.read { try $0.desk.queue(of: clerk.id, kind: nil, limit: 9) }
                .map(\.title)
            #expect(titles == ["báo cáo số liệu quý I, đã sửa"])
            try await world.expectClean()
            _ = try await world.accept(receipt.id, as: "vt.tuphap", director: "tp.tuphap")
            try await world.expectClean()
        }
    }

    @Test(
        "E3: who is named as no recipient any more is told so; the same content again is only words",
        arguments: DatabaseKind.available)
    func words(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            var removal = try Self.correction(outside), update = DocumentUpdate()
            update.documentReceiver = "1"
            update.receivers = [UpdatedReceiver(organID: "H31.12.05", receiverType: "0")]
            removal.trace.business?.update = update
            try await outside.send(removal)
            let first = try await outside.view(receipt.id)
            let request = try #require(first.openRequest)
            #expect(first.removals == [request.id])
            #expect(first.versions.isEmpty)
            #expect(!world.office.blobs.contains(try outside.hash(of: OutsideOffice.other)))
            _ = try await world.decide(request, agrees: true, as: "vt.tuphap")
            #expect(try await outside.view(receipt.id).card.facts.abstract == "báo cáo số liệu quý I")

            try await outside.send(try outside.document(.update))
            let second = try await outside.view(receipt.id)
            #expect(second.openRequest?.note == "Sửa trích yếu và phụ lục.")
            #expect(second.versions.isEmpty && second.removals == [request.id])
            try await world.expectClean()
        }
    }

    @Test(
        "E3, B7: a correction of what never came here waits for its document, and then enters with a word about it",
        arguments: DatabaseKind.available)
    func unknown(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let people = ExchangePeople(office: outside.world.office)
            try await outside.send(try Self.correction(outside))
            for _ in 0..<4 {
                try await people.letTimePass()
                try await outside.work()
            }
            #expect(try await outside.inbound().map(\.attempts) == [3], "it was looked for twice")
            let receipt = try #require(try await outside.receipts().first)
            let view = try await outside.view(receipt.id)
            #expect(view.findings.contains(.updateOfUnknown))
            #expect(view.card.facts.abstract == "báo cáo số liệu quý I, đã sửa")
            #expect(try await outside.inbound().map(\.state) == [.done])
            #expect(outside.link.codes == ["01"])
            try await outside.world.expectClean()
        }
    }

    static func correction(_ outside: OutsideOffice) throws -> DocumentMessage {
        var message = try outside.document(.update, files: [OutsideOffice.other])
        message.header.subject = "báo cáo số liệu quý I, đã sửa"
        message.trace.hops = [TraceHeader(organID: outside.code, timestamp: "2026/05/11 10:00:00")]
        return message
    }
}
