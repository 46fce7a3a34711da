import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import Store
import TestKit
import Testing

/// Lấy lại, cập nhật between two agencies of one installation, on both databases.
struct RecallTests {
    private static let reason = "Phụ lục 2 ghi sai số liệu quý I."

    @Test(
        "E3: what has not left is taken back at once; the recipient never learns of it, and the books agree",
        arguments: DatabaseKind.available)
    func beforeItLeft(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            #expect(try await world.parts(of: issuance)[.unsent] == 1)
            let outcome = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            #expect(outcome.takenBack == 1)
            #expect(outcome.asked == 0)
            try await world.carry()
            #expect(try await world.waiting(at: "phong-tu-phap").isEmpty)
            let counts = try await world.parts(of: issuance)
            #expect(counts[.takenBack] == 1)
            #expect(counts[.unsent] + counts[.notAccepted] + counts[.needsLook] == 0)
            let agency = try await world.agency("phong-tu-phap").id
            #expect(try await world.office.read { try $0.receiptLists.count(of: agency, .waiting) } == 0)
            let clerk = try await world.position("vt.tuphap")
            #expect(try await world.office.read { try $0.desk.counts(of: clerk.id) }.isEmpty)
            await #expect(throws: Refused(.deliveryOver)) {
                try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            }
            try await world.expectClean()
        }
    }

    @Test(
        "E3: 13 then 15: the received copy is gone for everybody there, the entry stays, the sender's bytes stay",
        arguments: DatabaseKind.available)
    func agreed(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let (arrival, receipt) = try await world.takenInHand(issuance)
            let outcome = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            #expect(outcome.asked == 1)
            #expect(outcome.takenBack == 0)
            await #expect(throws: Refused(.requestOpen)) {
                try await world.ask(.update, about: issuance, Self.reason, as: "vt.noivu")
            }
            try await world.carry()
            let clerk = try await world.position("vt.tuphap")
            let asked = try await world.office.read {
                try $0.desk.queue(of: clerk.id, kind: .answer, limit: 9)
            }
            #expect(asked.map(\.path) == ["van-ban-den/tiep-nhan/\(receipt)"])
            let request = try #require(try await world.openRequest(of: receipt))
            #expect(request.note == Self.reason)

            _ = try await world.decide(request, agrees: true, as: "vt.tuphap")
            try await world.expectGone(arrival, receipt, "vt.tuphap", "tp.tuphap", "cv1.tuphap")
            await #expect(throws: Refused(.requestAnswered)) {
                try await world.decide(request, agrees: true, as: "vt.tuphap")
            }
            await #expect(throws: Refused(.recalled)) {
                try await StampingService(office: world.office).stamp(
                    arrival.id, pin: StoryWorld.pin, as: clerk)
            }
            try await world.carry()
            #expect(try await world.reported(on: issuance).taken.last == "15")
            #expect(try await world.parts(of: issuance)[.takenBack] == 1)
            let files = try await world.office.read { try $0.documents.files(of: arrival.document) }
            for file in files {
                let hash = try #require(BlobHash(hex: file.file.hash))
                #expect(world.office.blobs.contains(hash), "the sender keeps its own")
            }
            #expect(!files.isEmpty)
            let agency = clerk.agency
            let list = try await world.office.read {
                try $0.receiptLists.takenBack(of: agency, after: nil, limit: 9).map(\.receipt.id)
            }
            #expect(list == [receipt])
            try await world.expectClean()
        }
    }

    @Test(
        "E3: the copy that was stamped goes with what was taken back: for nobody to open, its bytes destroyed before 15 is sent",
        arguments: DatabaseKind.available)
    func stampedCopy(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys([], seals: ["phong-tu-phap"])
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let (arrival, receipt) = try await world.takenInHand(issuance)
            let stamping = StampingService(office: world.office)
            let clerk = try await world.position("vt.tuphap")
            _ = try await stamping.stamp(arrival.id, pin: StoryWorld.pin, as: clerk)
            let stamped = try #require(BlobHash(hex: try await stamping.copy(of: arrival).hash))
            _ = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            try await world.carry()
            let request = try #require(try await world.openRequest(of: receipt))
            _ = try await world.decide(request, agrees: true, as: "vt.tuphap")
            await #expect(throws: Refused(.notFound)) { try await stamping.copy(of: arrival) }
            #expect(world.office.blobs.contains(stamped))
            try await world.carry()
            #expect(try await world.reported(on: issuance).taken.last == "15")
            #expect(!world.office.blobs.contains(stamped))
            #expect(try await world.office.read { try $0.arrivalStamps.find(arrival.id) } == nil)
            try await world.expectClean()
        }
    }

    @Test(
        "E3: 13 then 16 needs a reason; nothing changes there, the sender reads why and may ask again",
        arguments: DatabaseKind.available)
    func refused(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let (arrival, receipt) = try await world.takenInHand(issuance)
            _ = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            try await world.carry()
            let request = try #require(try await world.openRequest(of: receipt))
            await #expect(throws: Refused(.missing(.reason))) {
                try await world.decide(request, agrees: false, as: "vt.tuphap")
            }
            _ = try await world.decide(
                request, agrees: false, reason: "Đã giao việc theo văn bản này.", as: "vt.tuphap")
            try await world.carry()
            #expect(try await world.reported(on: issuance).taken.last == "16")
            let view = try await ArrivalReading(office: world.office).open(
                arrival.id, as: try await world.position("cv1.tuphap"))
            #expect(!view.detail.files.isEmpty)
            #expect(view.detail.arrival.state != .closed)
            let row = try #require(try await world.rows(of: issuance).first)
            let answers = try await world.office.read {
                try $0.deliveryRequests.all(of: row.delivery.id)
            }
            #expect(answers.map(\.state) == [.refused])
            #expect(answers.first?.answer.hasPrefix("Đã giao việc theo văn bản này.") == true)
            #expect(row.delivery.recalledAt == nil)
            #expect(try await world.ask(.update, about: issuance, "Sửa điểm 2.", as: "vt.noivu").asked == 1)
            try await world.carry()
            try await world.expectClean()
        }
    }

    @Test(
        "E3: what is finished stays: the machine answers 16 by itself, and after 06 nothing is asked",
        arguments: DatabaseKind.available)
    func finished(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let (arrival, receipt) = try await world.takenInHand(issuance)
            try await world.runner.run(
                StartAssignment(arrival: arrival.id), as: try await world.actor("cv1.tuphap"))
            try await world.runner.run(
                CompleteAssignment(arrival: arrival.id, note: "Đã dự họp."),
                as: try await world.actor("cv1.tuphap"))
            _ = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            try await world.carry()
            #expect(try await world.openRequest(of: receipt) == nil)
            let taken = try await world.reported(on: issuance).taken
            #expect(taken.contains("06"))
            #expect(taken.contains("16"))
            await #expect(throws: Refused(.deliveryOver)) {
                try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            }
            try await world.expectClean()
        }
    }

    @Test(
        "E2, E3: an answer that comes twice, or after the other one, is written down and changes nothing",
        arguments: DatabaseKind.available)
    func doubled(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let (_, receipt) = try await world.takenInHand(issuance)
            _ = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            try await world.carry()
            let request = try #require(try await world.openRequest(of: receipt))
            _ = try await world.decide(request, agrees: false, reason: "Không trả.", as: "vt.tuphap")
            try await world.carry()
            for status in [DeliveryStatus.changeAgreed, .changeRefused, .accepted] {
                try await world.sayAgain(status, about: issuance, request)
            }
            try await world.carry()
            let reported = try await world.reported(on: issuance)
            #expect(reported.setAside.sorted() == ["03", "15", "16"])
            #expect(try await world.parts(of: issuance)[.takenBack] == 0)
        }
    }

    @Test(
        "A2, E3: nobody but the two offices' own clerks asks or answers", arguments: DatabaseKind.available)
    func whoMayNot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let (_, receipt) = try await world.takenInHand(issuance)
            for (login, refusal) in [
                ("tp.noivu", Refusal.notForYourRole), ("cv1.noivu", .notForYourRole),
                ("vt.tuphap", .notFound),
            ] {
                for wish in ExchangeRequestKind.allCases {
                    await #expect(throws: Refused(refusal), "\(login)") {
                        try await world.ask(wish, about: issuance, Self.reason, as: login)
                    }
                }
            }
            await #expect(throws: Refused(.missing(.reason))) {
                try await world.ask(.recall, about: issuance, "  ", as: "vt.noivu")
            }
            _ = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.noivu")
            try await world.carry()
            let request = try #require(try await world.openRequest(of: receipt))
            for (login, refusal) in [
                ("tp.tuphap", Refusal.notForYourRole), ("cv1.tuphap", .notForYourRole),
                ("vt.noivu", .notFound),
            ] {
                for agrees in [true, false] {
                    await #expect(throws: Refused(refusal), "\(login)") {
                        try await world.decide(request, agrees: agrees, reason: "Không", as: login)
                    }
                }
            }
            #expect(try await world.openRequest(of: receipt) != nil)
        }
    }

    @Test(
        "B7: what is infected is never taken, what no scanner saw only where none is asked for; scanning again needs one",
        arguments: DatabaseKind.available)
    func viruses(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let id = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt.id
            let clerk = try await world.position("vt.tuphap")
            try await world.find([.infected(file: "cong-van.pdf", virus: "Eicar-Test")], in: id)
            await #expect(throws: Refused(.arrivalInfected("Eicar-Test"))) {
                try await world.accept(id, as: "vt.tuphap", director: "tp.tuphap")
            }
            let view = try await ReceiptReading(office: world.office).open(id, as: clerk)
            #expect(view.accept == [.arrivalInfected("Eicar-Test")])
            #expect(view.refuse == [])
            await #expect(throws: Refused(.noVirusScanner)) {
                try await ArrivalScanning(office: world.office).operation(id, as: clerk)
            }

            let silent = world.changed(
                outgoingScan: OutgoingScan(scanner: .init(.unix("/nonexistent")), isScannerRequired: true))
            for login in ["tp.tuphap", "vt.noivu"] {
                await #expect(throws: Refused.self, "\(login)") {
                    try await ArrivalScanning(office: silent.office).operation(
                        id, as: try await silent.position(login))
                }
            }
            let scan = try await ArrivalScanning(office: silent.office).operation(id, as: clerk)
            _ = try await silent.runner.run(scan, as: .position(clerk))
            let findings = try await world.office.read { try $0.receipts.findings(of: id) }
            #expect(
                findings == [
                    .infected(file: "cong-van.pdf", virus: "Eicar-Test"), .notScanned(file: "cong-van.pdf"),
                ], "a silent scanner takes nothing back")
            try await world.find([.notScanned(file: "cong-van.pdf")], in: id)
            await #expect(throws: Refused(.arrivalNotScanned)) {
                try await silent.accept(id, as: "vt.tuphap", director: "tp.tuphap")
            }
            // Where nobody asks for a scanner, the clerk decides.
            #expect(try await world.accept(id, as: "vt.tuphap", director: "tp.tuphap").number == 1)
        }
    }
}

extension StoryWorld {
    func rows(of issuance: Issuance) async throws -> [BoardRow] {
        try await office.read { try $0.deliveryLists.board(issuance.id, of: issuance.agency) }
    }

    func parts(of issuance: Issuance, at now: Instant? = nil) async throws -> DeliveryCounts {
        let now = now ?? office.clock.now
        return try await office.read {
            try $0.deliveryLists.parts(of: issuance.id, in: issuance.agency, at: now)
        }
    }

    func ask(
        _ kind: ExchangeRequestKind, about issuance: Issuance, _ reason: String, as login: String
    ) async throws -> AskRecipients.Outcome {
        let deliveries = try await rows(of: issuance).map(\.delivery.id)
        return try await runner.run(
            AskRecipients(kind, issuance: issuance.id, deliveries: deliveries, note: reason),
            as: try await actor(login))
    }

    func decide(
        _ request: ExchangeRequest, agrees: Bool, reason: String = "", as login: String
    ) async throws -> Receipt {
        try await runner.run(
            DecideRequest(request: request.id, agrees: agrees, reason: reason), as: try await actor(login))
    }

    func openRequest(of receipt: ID<Receipt>) async throws -> ExchangeRequest? {
        try await office.read { try $0.receiptRequests.all(of: receipt).first { $0.state == .asked } }
    }

    /// Carried, taken into the register and given to an officer, all of it reported back.
    fileprivate func takenInHand(_ issuance: Issuance) async throws -> (Arrival, ID<Receipt>) {
        try await carry()
        let receipt = try #require(try await waiting(at: "phong-tu-phap").first).receipt.id
        let arrival = try await accept(receipt, as: "vt.tuphap", director: "tp.tuphap")
        try await direct(arrival, lead: "cv1.tuphap", as: "tp.tuphap")
        try await carry()
        return (arrival, receipt)
    }

    fileprivate func find(_ findings: [ArrivalFinding], in receipt: ID<Receipt>) async throws {
        try await office.database.write { try Tables($0).receipts.setFindings(findings, of: receipt) }
    }

    /// The recipient's machine says something once more.
    fileprivate func sayAgain(
        _ status: DeliveryStatus, about issuance: Issuance, _ request: ExchangeRequest
    ) async throws {
        let row = try #require(try await rows(of: issuance).first), now = office.clock.now
        let envelope = Envelope(
            id: ID(UUID()), kind: .status, from: row.delivery.recipient, to: row.delivery.agency,
            delivery: row.delivery.id, document: nil, request: status.isState ? nil : request.id,
            status: status, note: "", at: now)
        try await office.database.write { try Tables($0).outbox.insert([envelope]) }
    }

    /// No file, no work, no search result of it is left for any of these people.
    fileprivate func expectGone(_ arrival: Arrival, _ receipt: ID<Receipt>, _ logins: String...) async throws
    {
        for login in logins {
            let person = try await position(login)
            await #expect(throws: Refused.self, "\(login)") {
                try await DocumentReading(office: office).file(1, of: arrival.document, as: person)
            }
            let view = try await ArrivalReading(office: office).open(arrival.id, as: person)
            #expect(view.detail.files.isEmpty)
            #expect(view.detail.arrival.state == .closed)
            #expect(view.detail.assignments.map(\.assignment.state) == [.done])
            #expect(view.detail.assignments.map(\.note) == ["Nơi gửi đã lấy lại văn bản"])
            #expect(try await office.read { try $0.desk.counts(of: person.id) }.isEmpty, "\(login)")
        }
        let clerk = try await position(logins[0]), words = Folding.words("giao ban")
        for kind in [EntryKind.arrival, .receipt] {
            let agency = clerk.agency
            let found = try await office.read {
                try $0.entryText.find(words, kind: kind, agency: agency, limit: 5)
            }
            #expect(found.isEmpty)
        }
        #expect(try await ReceiptReading(office: office).open(receipt, as: clerk).card.files.isEmpty)
    }

    func expectClean() async throws {
        let findings = try await OfficeVerification(office).run()
        #expect(findings.faults == [])
    }
}
