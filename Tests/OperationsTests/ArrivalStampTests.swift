import BlobStorage
import Domain
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Đóng dấu đến có chữ ký số, on both databases, upon a letter that came with two signatures and upon one with none.
struct ArrivalStampTests {
    /// A sealed letter that came from the Phòng Tư pháp and was accepted by the Phòng Nội vụ.
    private func arrived(_ world: StoryWorld) async throws -> Arrival {
        try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap", "phong-noi-vu"])
        _ = try await world.issue(try await world.signedDraft(enclosure: nil))
        try await world.carry()
        guard let waiting = try await world.waiting(at: "phong-noi-vu").first else {
            throw Refused(.notFound)
        }
        return try await world.accept(waiting.receipt.id, as: "vt.noivu", director: "tp.noivu")
    }

    private static let agencies: Set<String> = ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]

    @Test(
        "B1, D10: the agency's own copy gets the stamp; head's and sender's signatures stay right, the letter as it came",
        arguments: DatabaseKind.available)
    func stamps(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            let arrival = try await arrived(world)
            let clerk = try await world.position("vt.noivu")
            let before = try await world.office.read { try $0.documents.files(of: arrival.document) }
            guard
                case .done(let stamp) = try await StampingService(office: world.office).stamp(
                    arrival.id, pin: StoryWorld.pin, as: clerk)
            else { throw Refused(.stale) }
            let verdicts = SignatureReports(office: world.office).report(stamp.file.hash).signatures
            #expect(verdicts.count == 3)
            for verdict in verdicts {
                #expect(verdict.indication == .totalPassed && verdict.modifications <= .formFilling)
            }
            let hash = try #require(BlobHash(hex: stamp.file.hash)), source = BlobHash(hex: stamp.source)
            let came = try world.office.blobs.read(try #require(source))
            #expect(try world.office.blobs.read(hash).starts(with: came))
            try await expectFrame(world, stamp, over: came)
            let after = try await world.office.read { try $0.documents.files(of: arrival.document) }
            #expect(after.map(\.file) == before.map(\.file))
            let entry = try await world.office.read {
                try $0.journal.history(of: [arrival.id.uuid], in: clerk.agency).last?.entry
            }
            #expect(entry?.verb == .arrivalStamped && entry?.particulars["stamped"] == stamp.file.hash)
            await #expect(throws: Refused(.alreadyStamped)) {
                _ = try await StampingService(office: world.office).stamp(
                    arrival.id, pin: StoryWorld.pin, as: clerk)
            }
        }
    }

    /// Phụ lục IV: its words stand in a frame of 50 × 35 mm in which the letter has none.
    private func expectFrame(_ world: StoryWorld, _ stamp: ArrivalStamp, over came: [UInt8]) async throws {
        let hash = try #require(BlobHash(hex: stamp.file.hash)),
            source = try #require(BlobHash(hex: stamp.source))
        let printed = try await PrintedWords.read(world.office.blobs.path(of: source))
        let page = try #require(try PDFFile(came).pages.first)
        let frame = SignatureLayout.arrival(on: page, words: printed)
        // Smaller where the page is full, never of another shape.
        #expect(frame.rect.width <= ArrivalMark.width + 0.1)
        #expect(frame.rect.width >= ArrivalMark.width * 0.7 - 0.1)
        #expect(abs(frame.rect.width / frame.rect.height - ArrivalMark.width / ArrivalMark.height) < 0.01)
        #expect(!printed.contains { $0.page == 0 && $0.rect.intersection(frame.rect) != nil })
        let inFrame = try await PrintedWords.read(world.office.blobs.path(of: hash)).filter {
            $0.page == 0 && frame.rect.intersection($0.rect) != nil
        }.map(\.text)
        #expect(inFrame.contains("ĐẾN") && inFrame.contains("Số:") && inFrame.contains("Ngày:"), "\(inFrame)")
    }

    @Test(
        "H5: neither the head, nor an officer, nor another agency's clerk stamps it, nor a wrong PIN",
        arguments: DatabaseKind.available)
    func notByOthers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            let arrival = try await arrived(world), service = StampingService(office: world.office)
            let refusals: [(String, Refusal)] = [
                ("tp.noivu", .notForYourRole), ("cv1.noivu", .notForYourRole), ("vt.tuphap", .notFound),
            ]
            for (login, refusal) in refusals {
                let person = try await world.position(login)
                await #expect(throws: Refused(refusal), "\(login)") {
                    _ = try await service.stamp(arrival.id, pin: StoryWorld.pin, as: person)
                }
            }
            let clerk = try await world.position("vt.noivu")
            await #expect(throws: Refused(.wrongPIN(attemptsLeft: 4))) {
                _ = try await service.stamp(arrival.id, pin: "135790", as: clerk)
            }
            #expect(try await world.office.read { try $0.arrivalStamps.find(arrival.id) } == nil)
        }
    }
}
