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

/// Ký số, on both databases, with the world's own letter and real keys.
struct SigningTests {
    @Test(
        "D1, D5: the head signs the waiting version; it becomes the clerk's, and the signature is right",
        arguments: DatabaseKind.available)
    func signs(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature()
            let head = try await world.position("tp.tuphap"), clerk = try await world.position("vt.tuphap")
            let form = FormAct<SignedFileRecord>(id: "ky-1") { _ in "/da-ky" }
            let service = SignDraftService(office: world.office)
            let wish = try await world.signingWish(draft)
            guard case .done(let signed) = try await service.sign(wish, as: head, form: form),
                case .already(let location) = try await service.sign(wish, as: head, form: form)
            else {
                Issue.record("the first press must sign and the second lead to the result")
                return
            }
            #expect(location == "/da-ky")
            let report = SignatureReports(office: world.office).report(signed.hash)
            #expect(report.signatures.map(\.field) == [FieldName.signer])
            #expect(report.signatures.map(\.indication) == [.totalPassed])
            #expect(report.signatures.first?.signer == head.personName)
            #expect(try await world.reread(draft).state == .signed)
            let desks = try await world.office.read { tables in
                (
                    try tables.desk.queue(of: head.id, kind: nil, limit: 10),
                    try tables.desk.queue(of: clerk.id, kind: .issue, limit: 10)
                )
            }
            #expect(desks.0.isEmpty)
            #expect(desks.1.map(\.path) == ["van-ban-di/phat-hanh/\(draft.code)"])
            let entry = try await world.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: head.agency).last?.entry
            }
            #expect(entry?.verb == .draftSigned)
            #expect(entry?.particulars["certificate"] == signed.certificateHash)
        }
    }

    @Test(
        "H5: an officer, a clerk, a deputy and the head of another agency cannot sign it",
        arguments: DatabaseKind.available)
    func notByOthers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(
                ["tp.tuphap", "pp.tuphap", "tp.noivu", "vt.tuphap", "cv1.tuphap"], seals: [])
            let draft = try await world.draftForSignature()
            let wish = try await world.signingWish(draft)
            let service = SignDraftService(office: world.office)
            let refusals: [(String, Refusal)] = [
                ("cv1.tuphap", .notForYourRole), ("vt.tuphap", .notForYourRole), ("pp.tuphap", .notFound),
                ("tp.noivu", .notFound),
            ]
            for (login, refusal) in refusals {
                let person = try await world.position(login)
                await #expect(throws: Refused(refusal), "\(login)") {
                    _ = try await service.sign(wish, as: person)
                }
            }
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    @Test(
        "C4: signing an older version, or other bytes than were shown, is refused as stale",
        arguments: DatabaseKind.available)
    func stale(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature()
            let head = try await world.position("tp.tuphap")
            let seen = try await world.signingWish(draft)
            let service = SignDraftService(office: world.office)
            let other = SigningWish(
                code: seen.code, version: seen.version, revision: seen.revision,
                pdfHash: String(repeating: "0", count: 64), pin: seen.pin)
            await #expect(throws: Refused(.stale)) { _ = try await service.sign(other, as: head) }
            let letter = try await world.stage(
                try await StoryPDFs.shared.pdf(of: "drafts/02-bao-cao-pho-bien-phap-luat.docx").bytes,
                name: "moi.pdf",
                pages: 2, for: .position(head))
            _ = try await world.runner.run(
                AddDraftVersion(SeenDraft(draft), file: letter), as: .position(head))
            await #expect(throws: Refused(.stale)) { _ = try await service.sign(seen, as: head) }
        }
    }

    @Test("three presses at once sign once", arguments: DatabaseKind.available)
    func once(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature()
            let head = try await world.position("tp.tuphap")
            let wish = try await world.signingWish(draft)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...3 {
                    group.addTask {
                        (try? await SignDraftService(office: world.office).sign(wish, as: head)) != nil
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 }.count == 1)
            let valid = try await world.office.read { try $0.signedFiles.valid(of: draft.id) }
            #expect(valid != nil)
        }
    }

    @Test("a wrong PIN signs nothing and says how many are left", arguments: DatabaseKind.available)
    func wrongPIN(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature()
            let head = try await world.position("tp.tuphap")
            let wish = try await world.signingWish(draft, pin: "135790")
            await #expect(throws: Refused(.wrongPIN(attemptsLeft: 4))) {
                _ = try await SignDraftService(office: world.office).sign(wish, as: head)
            }
            #expect(try await world.reread(draft).state == .climbing)
        }
    }

    @Test(
        "decision 10: places are found on the page, a hand-placed one counts instead, and none may leave the page"
    )
    func places() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let draft = try await world.draftForSignature()
            let head = try await world.position("tp.tuphap")
            let wish = try await world.signingWish(draft)
            let proposal = try await SigningPreparation(office: world.office).propose(
                pdf: wish.pdfHash, signer: head.personName)
            #expect(Set(proposal.places.keys).isSuperset(of: [.numberPlace, .signaturePlace, .sealPlace]))
            #expect(proposal.finding.reasons.isEmpty)
            #expect(proposal.printed.notation == "PTP")
            #expect(proposal.printed.signer == head.personName)
            let layout = try proposal.layout(
                byHand: [
                    .signaturePlace: MillimetrePlace(page: 1, left: 100, top: 200, width: 50, height: 20)
                ],
                notation: "PTP", signer: head.personName, today: world.office.clock.now.officeDate)
            #expect(abs(layout.signer.rect.width - 50 * 72 / 25.4) < 0.01)
            let off = SigningWish(
                code: wish.code, version: wish.version, revision: wish.revision, pdfHash: wish.pdfHash,
                places: [
                    .signaturePlace: MillimetrePlace(page: 1, left: 190, top: 200, width: 50, height: 20)
                ],
                pin: wish.pin)
            await #expect(throws: Refused([.placeOffPage(.signaturePlace)])) {
                _ = try await SignDraftService(office: world.office).sign(off, as: head)
            }
        }
    }

    @Test("decision 10: a printed notation, month or name other than entered cannot be signed")
    func printedParts() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            try await world.issueKeys(["tp.tuphap", "pp.tuphap"], seals: [])
            let service = SignDraftService(office: world.office)
            let other = try await world.draftForSignature(notation: "PTP-HT", enclosure: nil)
            let head = try await world.position("tp.tuphap")
            let wish = try await world.signingWish(other)
            await #expect(throws: Refused(.printedPartsDiffer(printed: "PTP", entered: "PTP-HT"))) {
                _ = try await service.sign(wish, as: head)
            }
            let deputys = try await world.draftForSignature(enclosure: nil, to: "pp.tuphap")
            let deputy = try await world.position("pp.tuphap")
            let theirs = try await world.signingWish(deputys)
            let refusal = await #expect(throws: Refused.self) {
                _ = try await service.sign(theirs, as: deputy)
            }
            #expect(
                refusal?.reasons.contains(
                    .printedPartsDiffer(printed: head.personName, entered: deputy.personName)) == true)
        }
    }

    @Test("a report never throws: a file that is no PDF, and one that is not there")
    func reports() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            let reports = SignatureReports(office: world.office)
            let text = try world.office.blobs.put(Array("không phải PDF".utf8)).hash.hex
            #expect(reports.report(text).unreadable == .notPDF)
            #expect(reports.report(text).signatures.isEmpty)
            #expect(reports.report(String(repeating: "a", count: 64)).fault == .gone)
        }
    }
}
