import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// What a crash, a failing write or a change of mind leaves half way, on both databases.
struct IssuingResumeTests {
    @Test(
        "decision 3: whichever write fails, the next press finishes with the same number, date and recipients",
        arguments: DatabaseKind.available)
    func everyWriteFails(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let clerk = try await world.position("vt.tuphap")
            let service = IssuingService(office: world.office)
            let faults = FaultInjection()
            var failed = 0
            for n in 1...200 {
                let draft = try await world.signedDraft(enclosure: nil)
                let wish = try await world.issuingWish(draft)
                world.office.database.faults = faults
                faults.failWrite(number: n)
                let outcome = try? await service.issue(wish, as: clerk)
                let hasFired = faults.hasFired
                world.office.database.faults = nil
                if !hasFired {
                    #expect(outcome != nil)
                    break
                }
                failed += 1
                #expect(outcome == nil)
                let taken = try await world.office.read { try $0.issuances.inUse(of: draft.id) }
                let other = IssuingWish(
                    code: wish.code, date: wish.date, recipients: taken == nil ? wish.recipients : [],
                    pin: wish.pin)
                guard case .done(let issued) = try await service.issue(other, as: clerk) else { continue }
                if let taken {
                    #expect(issued.issuance.number == taken.number && issued.issuance.date == taken.date)
                }
                #expect(issued.issuance.number == n)
                try await world.expectOneDocument(of: draft, numbers: 1)
            }
            #expect(failed > 20)
        }
    }

    @Test(
        "decision 3: a number given up stays as void with its reason, and the draft gets the next one",
        arguments: DatabaseKind.available)
    func void(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let clerk = try await world.actor("vt.tuphap")
            let signed = try await world.signedDraft(enclosure: nil)
            let numbered = try await world.number(signed)
            #expect(numbered.number == 1)
            var draft = try await world.reread(signed)
            #expect(draft.state == .numbered)
            await #expect(throws: Refused(.alreadyNumbered)) {
                _ = try await world.runner.run(
                    ReturnByClerk(SeenDraft(draft), reason: "Sai thể thức"), as: clerk)
            }
            await #expect(throws: Refused(.missing(.reason))) {
                _ = try await world.runner.run(VoidNumber(SeenDraft(draft), reason: "  "), as: clerk)
            }
            await #expect(throws: Refused(.stale)) {
                _ = try await world.runner.run(
                    VoidNumber(SeenDraft(signed), reason: "Cấp nhầm sổ"), as: clerk)
            }
            try await world.runner.run(VoidNumber(SeenDraft(draft), reason: "Cấp nhầm sổ"), as: clerk)
            draft = try await world.reread(draft)
            #expect(draft.state == .signed)
            #expect(try await world.issue(draft).issuance.number == 2)
            let rows = try await world.office.read {
                try $0.issuanceLists.page(of: signed.agency, limit: 10)
            }
            #expect(rows.map(\.issuance.state) == [.issued, .void])
            #expect(rows.last?.voidReason == "Cấp nhầm sổ")
        }
    }

    @Test(
        "D17: the clerk returns a signed draft with a reason; its signature is void and its drafter has it",
        arguments: DatabaseKind.available)
    func returned(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let head = try await world.actor("tp.tuphap")
            await #expect(throws: Refused(.notForYourRole)) {
                _ = try await world.runner.run(ReturnByClerk(SeenDraft(draft), reason: "Sai"), as: head)
            }
            let back = try await world.runner.run(
                ReturnByClerk(SeenDraft(draft), reason: "Thiếu địa danh ở dòng ngày tháng"),
                as: try await world.actor("vt.tuphap"))
            #expect(back.state == .drafting)
            let officer = try await world.position("cv1.tuphap")
            let facts = try await world.office.read { tables in
                (
                    try tables.signedFiles.valid(of: draft.id),
                    try tables.desk.queue(of: officer.id, kind: .rework, limit: 5),
                    try tables.routing.decisions(of: draft.id).last
                )
            }
            #expect(facts.0 == nil)
            #expect(facts.1.count == 1)
            #expect(facts.2?.act == .returnedByClerk)
            await #expect(throws: Refused(.notSigned)) { _ = try await world.issue(draft) }
        }
    }

    @Test(
        "D3: when a seal fails nothing is issued, and the number waits for the next press",
        arguments: DatabaseKind.available)
    func sealFails(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft()
            try await world.office.database.write { connection in
                try connection.execute("UPDATE signing_key SET picture = \([UInt8](repeating: 7, count: 9))")
            }
            await #expect(throws: Refused(.sealingFailed)) { _ = try await world.issue(draft) }
            #expect(try await world.reread(draft).state == .numbered)
            let clerk = try await world.position("vt.tuphap")
            let desk = try await world.office.read { try $0.desk.queue(of: clerk.id, kind: nil, limit: 5) }
            #expect(desk.map(\.kind) == [.resume])
            try await world.issueKeys([], seals: ["phong-tu-phap"])
            #expect(try await world.issue(draft).issuance.number == 1)
            try await world.expectOneDocument(of: draft, numbers: 1)
        }
    }
}
