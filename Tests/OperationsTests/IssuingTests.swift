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

/// Cấp số, đóng dấu, phát hành, on both databases, with the world's own letter, enclosure and real keys.
struct IssuingTests {
    @Test(
        "D2, D3, D4, D6, B11: number, date, seals and dispatch; both signatures right; the letter it answers is closed",
        arguments: DatabaseKind.available)
    func whole(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let letter = try await world.register(number: "436", as: try await world.actor("vt.tuphap"))
            try await world.direct(letter, lead: "cv1.tuphap", cooperating: ["cv2.tuphap"], as: "tp.tuphap")
            let draft = try await world.signedDraft(answers: [letter.id])
            let issued = try await world.issue(draft)
            #expect(issued.issuance.numberAndNotation == "01/PTP")
            #expect(issued.path == "van-ban-di/2026/cong-van/1")

            let clerk = try await world.position("vt.tuphap")
            let view = try await IssuedReading(office: world.office).open(
                year: 2026, register: "cong-van", number: 1, as: clerk)
            #expect(view.particulars?.signer == "Hà Minh Đương")
            #expect(view.particulars?.number == "01")
            #expect(view.files.map(\.kind) == [.main, .enclosure, .original])
            #expect(view.row.sent == 2)
            #expect(view.answers.map(\.state) == [.closed])
            #expect(view.history.map(\.verb).suffix(3) == [.draftSigned, .numberTaken, .documentIssued])

            let reports = SignatureReports(office: world.office)
            let main = reports.report(view.files[0].file.hash).signatures
            #expect(main.map(\.field) == [FieldName.signer, FieldName.seal])
            #expect(main.map(\.indication) == [.totalPassed, .totalPassed])
            #expect(main.map(\.modifications) == [.formFilling, .none])
            let enclosure = reports.report(view.files[1].file.hash).signatures
            #expect(enclosure.map(\.indication) == [.totalPassed])

            let text = try await world.text(of: view.files[0].file)
            #expect(text.contains("01"))
            #expect(text.contains("12") && text.contains("05") || text.contains("5"))
            let printed = try await world.text(of: view.files[1].file)
            #expect(printed.contains("Số: 01/PTP"))
            #expect(printed.contains("2026-05-12T07:") && printed.contains("+07:00"))

            let found = try await world.office.read {
                try $0.entryText.find(
                    Folding.words("ho tich 01"), kind: .issuance, agency: clerk.agency, limit: 5)
            }
            #expect(found == [issued.issuance.id.uuid])
            try await world.carry()
            #expect(try await world.waiting(at: "phong-noi-vu").count == 1)
            #expect(try await world.waiting(at: "ubnd-thanh-pho").count == 1)
            let desk = try await world.office.read { try $0.desk.queue(of: clerk.id, kind: nil, limit: 10) }
            #expect(desk.isEmpty)
        }
    }

    @Test(
        "D2: numbers run 1, 2, 3 in each register, and lists show them newest first, paged by key",
        arguments: DatabaseKind.available)
    func numbers(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            for expected in 1...3 {
                let draft = try await world.signedDraft(enclosure: nil)
                #expect(try await world.issue(draft).issuance.number == expected)
            }
            let report = try await world.signedDraft(
                "02-bao-cao-pho-bien-phap-luat.docx", type: "bao-cao", notation: "BC-PTP", enclosure: nil)
            let waiting = try await world.agency("phong-tu-phap").id
            let toIssue = try await world.office.read { try $0.issuanceLists.toIssue(of: waiting, limit: 10) }
            #expect(toIssue.map(\.draftCode) == [report.code])
            #expect(try await world.office.read { try $0.issuanceLists.countToIssue(of: waiting) } == 1)
            let registers = try await world.office.read { try $0.issuanceLists.registers(of: waiting) }
            #expect(registers.map(\.slug) == ["cong-van"] && registers.map(\.count) == [3])
            #expect(try await world.issue(report).issuance.numberAndNotation == "01/BC-PTP")
            let pages = try await world.office.read { tables in
                let first = try tables.issuanceLists.page(of: waiting, limit: 3)
                let key = first.last.flatMap { IssuanceKey($0.key.text) }
                return (
                    first, try tables.issuanceLists.page(of: waiting, after: key, limit: 3),
                    try tables.issuanceLists.page(of: waiting, register: "bao-cao", limit: 3)
                )
            }
            #expect(pages.0.map(\.issuance.number) == [1, 3, 2])
            #expect(pages.1.map(\.issuance.number) == [1])
            #expect(pages.2.map(\.issuance.numberAndNotation) == ["01/BC-PTP"])
            #expect(pages.0.allSatisfy { $0.sent == 2 && $0.accepted == 0 })
        }
    }

    // MARK: Once only

    @Test(
        "E5: two presses on one draft at once give one number and one document",
        arguments: DatabaseKind.available)
    func doublePress(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let wish = try await world.issuingWish(draft)
            let clerk = try await world.position("vt.tuphap")
            let done = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...2 {
                    group.addTask {
                        (try? await IssuingService(office: world.office).issue(wish, as: clerk)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done >= 1)
            try await world.expectOneDocument(of: draft, numbers: 1)
        }
    }

    @Test(
        "a form issues once: pressed again it leads to the issued document", arguments: DatabaseKind.available
    )
    func form(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let wish = try await world.issuingWish(draft)
            let clerk = try await world.position("vt.tuphap")
            let form = FormAct<IssuedDocument>(id: "phat-hanh-1") { "/" + $0.path }
            let service = IssuingService(office: world.office)
            guard case .done(let issued) = try await service.issue(wish, as: clerk, form: form),
                case .already(let location) = try await service.issue(wish, as: clerk, form: form)
            else {
                Issue.record("the first press must issue and the second lead to the result")
                return
            }
            #expect(location == "/" + issued.path)
            try await world.expectOneDocument(of: draft, numbers: 1)
        }
    }

    @Test("D2: several clerks at once take numbers without a gap", arguments: DatabaseKind.available)
    func race(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            var wishes: [IssuingWish] = []
            for _ in 1...4 {
                wishes.append(try await world.issuingWish(try await world.signedDraft(enclosure: nil)))
            }
            let clerk = try await world.position("vt.tuphap")
            let numbers = try await withThrowingTaskGroup(of: Int?.self) { group in
                for wish in wishes {
                    group.addTask {
                        let outcome = try await IssuingService(office: world.office).issue(wish, as: clerk)
                        if case .done(let issued) = outcome { return issued.issuance.number }
                        return nil
                    }
                }
                return try await group.reduce(into: []) { $0.append($1 ?? 0) }
            }
            #expect(numbers.sorted() == [1, 2, 3, 4])
        }
    }
}

/// Two agencies with seals, the city, and a head who signs.
enum IssuingOffice {
    static func with<T: Sendable>(
        _ kind: DatabaseKind, _ body: (StoryWorld) async throws -> T
    ) async throws -> T {
        try await TemporaryOffice.with(kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]) {
            world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap", "phong-noi-vu"])
            return try await body(world)
        }
    }
}

extension StoryWorld {
    func text(of file: FileReference) async throws -> String {
        guard let hash = BlobHash(hex: file.hash) else { return "" }
        return try await PageText.text(pdf: office.blobs.path(of: hash))
    }

    /// One entry in use, one document, a delivery for each recipient, and no gap in the register.
    func expectOneDocument(of draft: Draft, numbers: Int) async throws {
        let counts = try await office.database.read { connection in
            try [
                "SELECT count(*) FROM issuance WHERE draft_id = \(draft.id)",
                "SELECT count(*) FROM issuance WHERE draft_id = \(draft.id) AND state = 'issued'",
                "SELECT count(*) FROM delivery v JOIN issuance i ON i.id = v.issuance_id WHERE i.draft_id = \(draft.id)",
                """
                SELECT max(number) - count(*) FROM issuance WHERE register_id =
                    (SELECT register_id FROM issuance WHERE draft_id = \(draft.id) LIMIT 1)
                """,
            ].map { (sql: SQL) in try connection.first(sql) { try $0[0] as Int } ?? -1 }
        }
        #expect(counts == [numbers, 1, 2, 0])
    }
}
