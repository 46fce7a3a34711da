import Domain
import DualSQL
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// How lasting signatures are made in the office, with authorities that tell the truth, lie, or do not answer.
struct LevelTests {
    @Test(
        "D1, D2: with a timestamp authority the head's signature and the seal are B-LT when the letter is issued",
        arguments: DatabaseKind.available)
    func longTerm(_ kind: DatabaseKind) async throws {
        guard let pki = try PKIWorld.shared?.get() else { return }
        try await TemporaryOffice.with(kind, agencies: FullStory.agencies) { plain in
            let world = try plain.signing(in: pki, pki.settings(timestamp: "good"))
            let (draft, head) = try await Self.waiting(world, pki)
            try await world.issueKey(
                of: "agency", in: pki, for: .agency(head.agency), named: "Phòng Tư pháp thành phố")
            _ = try await SignDraftService(office: world.office).sign(
                try await world.signingWish(draft), as: head)
            let signed = try #require(try await world.office.read { try $0.signedFiles.valid(of: draft.id) })
            #expect(signed.level == "B-LT" && signed.raiseTo.isEmpty)
            let issued = try await world.issue(draft)
            let files = try await world.office.read { try $0.documents.files(of: issued.document) }
            let report = SignatureReports(office: world.office).report(files[0].file.hash).signatures
            let people = report.filter { $0.kind == .signature }
            #expect(people.map(\.field) == [FieldName.signer, FieldName.seal])
            #expect(people.map(\.indication) == [.totalPassed, .totalPassed])
            let entry = try await world.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: head.agency).last?.entry
            }
            #expect(entry?.verb == .documentIssued && entry?.particulars["level"] == "B-LT")
        }
    }

    @Test(
        "D1: without an answer of the timestamp authority nothing is signed, when the settings say so",
        arguments: DatabaseKind.available)
    func refused(_ kind: DatabaseKind) async throws {
        guard let pki = try PKIWorld.shared?.get() else { return }
        try await TemporaryOffice.with(kind) { plain in
            for mode in [nil, "wrong-imprint", "http-500"] {
                let world = try plain.signing(in: pki, pki.settings(timestamp: mode))
                let (draft, head) = try await Self.waiting(world, pki)
                let wish = try await world.signingWish(draft)
                await #expect(throws: Refused(.timestampUnavailable), "\(mode ?? "nobody")") {
                    _ = try await SignDraftService(office: world.office).sign(wish, as: head)
                }
                #expect(try await world.reread(draft).state == .climbing)
            }
        }
    }

    @Test(
        "D1: signed lower instead, it is raised while it waits for its number, journalled; what has a number stays",
        arguments: DatabaseKind.available)
    func raised(_ kind: DatabaseKind) async throws {
        guard let pki = try PKIWorld.shared?.get() else { return }
        try await TemporaryOffice.with(kind, agencies: FullStory.agencies) { plain in
            let down = try plain.signing(in: pki, pki.settings(timestamp: nil, withoutTimestamp: .signLower))
            let (draft, head) = try await Self.waiting(down, pki)
            _ = try await SignDraftService(office: down.office).sign(
                try await down.signingWish(draft), as: head)
            let low = try #require(try await down.office.read { try $0.signedFiles.valid(of: draft.id) })
            #expect(low.level == "B-B" && low.raiseTo == "B-LT")
            let up = try plain.signing(in: pki, pki.settings(timestamp: "good", withoutTimestamp: .signLower))
            #expect(try await LevelRaising(office: up.office).runOnce())
            let high = try #require(try await up.office.read { try $0.signedFiles.valid(of: draft.id) })
            #expect(high.level == "B-LT" && high.raiseTo.isEmpty && high.hash != low.hash)
            let report = SignatureReports(office: up.office).report(high.hash).signatures
            #expect(report.first { $0.field == FieldName.signer }?.indication == .totalPassed)
            let entry = try await up.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: head.agency).last?.entry
            }
            #expect(entry?.verb == .signatureRaised && entry?.particulars["before"] == low.hash)
            #expect(try await LevelRaising(office: up.office).runOnce() == false)

            let (second, _) = try await Self.waiting(down, pki)
            _ = try await SignDraftService(office: down.office).sign(
                try await down.signingWish(second), as: head)
            try await up.issueKeys([], seals: ["phong-tu-phap"])
            _ = try await up.number(second)
            let before = try await up.office.read { try $0.signedFiles.valid(of: second.id)?.hash }
            _ = try await LevelRaising(office: up.office).runOnce()
            let after = try #require(try await up.office.read { try $0.signedFiles.valid(of: second.id) })
            #expect(after.hash == before && after.raiseTo.isEmpty)
        }
    }

    @Test(
        "H5: a certificate that its authority has revoked signs nothing, also where lower levels are allowed")
    func revoked() async throws {
        guard let pki = try PKIWorld.shared?.get() else { return }
        try await TemporaryOffice.with(.sqlite) { plain in
            let world = try plain.signing(
                in: pki, pki.settings(timestamp: "good", withoutTimestamp: .signLower))
            let (draft, head) = try await Self.waiting(world, pki, signer: "revoked")
            let wish = try await world.signingWish(draft)
            await #expect(throws: Refused(.certificateRevoked)) {
                _ = try await SignDraftService(office: world.office).sign(wish, as: head)
            }
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    private static func waiting(
        _ world: StoryWorld, _ pki: PKIWorld, signer: String = "rsa2048"
    ) async throws -> (Draft, Position) {
        let head = try await world.position("tp.tuphap")
        try await world.issueKey(of: signer, in: pki, for: .person(head.account), named: head.personName)
        return (try await world.draftForSignature(enclosure: nil), head)
    }
}

private enum FullStory {
    static let agencies: Set<String> = ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
}
