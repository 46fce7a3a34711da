import BlobStorage
import Domain
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Đóng dấu bằng phần mềm ký: the letter and its enclosure go out one after the other, on both databases.
struct HandoverSealingTests {
    private func press(_ world: StoryWorld, _ draft: Draft) async throws -> SealingHandover {
        let acted = try await HandoverOpening(office: world.office).openForSealing(
            try await world.issuingWish(draft), as: try await world.position("vt.tuphap"))
        guard case .done(let result) = acted else { throw Refused(.stale) }
        return result
    }

    private func waiting(_ pressed: SealingHandover) throws -> Handover {
        guard case .waiting(let handover) = pressed else { throw Refused(.stale) }
        return handover
    }

    /// The program seals what is out now.
    private func seal(
        _ world: StoryWorld, _ handover: Handover, by key: String = "phong-tu-phap"
    ) async throws -> BroughtBack? {
        let clerk = try await world.position("vt.tuphap")
        let tokens = try await HandoverDesk(office: world.office).giveTokens(handover.id, as: clerk)
        let served = try await world.fetch(tokens)
        return try await world.bringBack(try world.signed(served, by: key, field: FieldName.seal), tokens)
    }

    private func signedElsewhere(_ world: StoryWorld, enclosure: Bool) async throws -> Draft {
        try await world.issueTokens(["tp.tuphap"], seals: ["phong-tu-phap"])
        let draft =
            try await
            (enclosure
            ? world.draftForSignature() : world.draftForSignature(enclosure: nil))
        let head = try await world.position("tp.tuphap")
        let acted = try await HandoverOpening(office: world.office).openForSignature(
            try await world.signingWish(draft, pin: ""), as: head)
        guard case .done(let handover) = acted else { throw Refused(.stale) }
        let tokens = try await HandoverDesk(office: world.office).giveTokens(handover.id, as: head)
        // A program that makes a field of its own instead of using the prepared one.
        let returned = try world.signed(try await world.fetch(tokens), by: "tp.tuphap", field: "Signature1")
        guard case .taken? = try await world.bringBack(returned, tokens) else { throw Refused(.stale) }
        return try await world.reread(draft)
    }

    @Test(
        "D2, D3, D6: letter and enclosure come back sealed one after the other, and the document is issued",
        arguments: DatabaseKind.available)
    func issues(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(
            kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
        ) { world in
            let draft = try await signedElsewhere(world, enclosure: true)
            let letter = try waiting(try await press(world, draft))
            #expect(letter.subject.purpose == .sealLetter)
            #expect(try await world.reread(draft).state == .numbered)
            guard case .taken? = try await seal(world, letter) else {
                Issue.record("the letter must be taken")
                return
            }
            let clerk = try await world.position("vt.tuphap"), desk = HandoverDesk(office: world.office)
            guard case .handover(let next) = try await desk.look(letter.id, as: clerk).next else {
                Issue.record("the enclosure must be out")
                return
            }
            let enclosure = try await desk.look(next, as: clerk).handover
            #expect(enclosure.subject.purpose == .sealEnclosure)
            guard case .taken? = try await seal(world, enclosure),
                case .issued(let issued) = try await desk.look(next, as: clerk).next
            else {
                Issue.record("the document must be issued")
                return
            }
            #expect(try await world.reread(draft).state == .issued)
            let files = try await world.office.read { try $0.documents.files(of: issued.document) }
            #expect(files.map(\.kind) == [.main, .enclosure, .original])
            let reports = SignatureReports(office: world.office)
            let verdicts = files.prefix(2).map { reports.report($0.file.hash).signatures }
            #expect(verdicts.map(\.count) == [2, 1])
            for verdict in verdicts.joined() {
                #expect(verdict.indication == .totalPassed && verdict.modifications <= .formFilling)
            }
        }
    }

    @Test(
        "decision 3: cancelled after the letter, the next press goes on with the enclosure and the same number",
        arguments: DatabaseKind.available)
    func resumes(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(
            kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
        ) { world in
            let draft = try await signedElsewhere(world, enclosure: true)
            let clerk = try await world.position("vt.tuphap")
            _ = try await seal(world, try waiting(try await press(world, draft)))
            let numbered = try await world.office.read { try $0.issuances.inUse(of: draft.id) }
            let out = try await world.office.read { try $0.handovers.open(draft: draft.id) }
            if let out {
                _ = try await world.runner.run(CancelHandover(id: out.id), as: .position(clerk))
            }
            #expect(try await world.reread(draft).state == .numbered)
            let again = try waiting(try await press(world, try await world.reread(draft)))
            #expect(again.subject.purpose == .sealEnclosure)
            let back = try await seal(world, again)
            guard case .taken? = back else {
                Issue.record("\(String(describing: back))")
                return
            }
            let issued = try await world.office.read { try $0.issuances.inUse(of: draft.id) }
            #expect(issued?.state == .issued && issued?.number == numbered?.number)
        }
    }

    @Test(
        "D2: the head's certificate instead of the agency's is no seal, and a voided number's seals are not used",
        arguments: DatabaseKind.available)
    func notASeal(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(
            kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
        ) { world in
            let draft = try await signedElsewhere(world, enclosure: false)
            let wrong = try await seal(
                world, try waiting(try await press(world, draft)), by: "tp.tuphap")
            guard case .refused(.otherCertificate, _)? = wrong else {
                Issue.record("\(String(describing: wrong))")
                return
            }
            #expect(try await world.reread(draft).state == .numbered)
            let letter = try waiting(try await press(world, try await world.reread(draft)))
            let clerk = try await world.position("vt.tuphap")
            let tokens = try await HandoverDesk(office: world.office).giveTokens(letter.id, as: clerk)
            let served = try await world.fetch(tokens)
            _ = try await world.runner.run(
                VoidNumber(SeenDraft(try await world.reread(draft)), reason: "Nhầm sổ"), as: .position(clerk))
            let late = try await world.bringBack(
                try world.signed(served, by: "phong-tu-phap", field: FieldName.seal), tokens)
            guard case .refused(.moved, _)? = late else {
                Issue.record("\(String(describing: late))")
                return
            }
            #expect(try await world.reread(draft).state == .signed)
        }
    }

    @Test("H5: the head, an officer and another agency's clerk cannot have the letter sealed")
    func notByOthers() async throws {
        try await TemporaryOffice.with(
            .sqlite, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
        ) { world in
            let draft = try await signedElsewhere(world, enclosure: false)
            let wish = try await world.issuingWish(draft)
            for login in ["tp.tuphap", "cv1.tuphap", "vt.noivu"] {
                let person = try await world.position(login)
                await #expect(throws: Refused.self, "\(login)") {
                    _ = try await HandoverOpening(office: world.office).openForSealing(wish, as: person)
                }
            }
            #expect(try await world.reread(draft).state == .signed)
        }
    }
}
