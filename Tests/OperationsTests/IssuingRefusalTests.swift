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

/// Why a draft cannot be issued, and who may not, on both databases.
struct IssuingRefusalTests {
    @Test("everything is checked before a number is taken", arguments: DatabaseKind.available)
    func refusals(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let good = try await world.issuingWish(draft)
            let today = good.date, own = draft.agency
            let stranger = ID<Agency>(UUIDv7.make(at: world.office.clock.now))
            let cases: [([ID<Agency>], OfficeDate, String, [Refusal])] = [
                ([], today.adding(days: 1), good.pin, [.noRecipients, .dateInFuture(.date)]),
                ([own], today, good.pin, [.recipientUnknown]),
                ([stranger], today, good.pin, [.recipientUnknown]),
                (good.recipients, today.adding(days: -200), good.pin, [.malformed(.date)]),
                (good.recipients, today, "111111", [.wrongPIN(attemptsLeft: 4)]),
            ]
            for (recipients, date, pin, reasons) in cases {
                let refused = await #expect(throws: Refused.self) {
                    _ = try await world.issue(
                        IssuingWish(code: draft.code, date: date, recipients: recipients, pin: pin))
                }
                #expect(
                    refused?.reasons.filter { reason in
                        if case .printedPartsDiffer = reason { return false }
                        return true
                    } == reasons)
            }
            #expect(try await world.reread(draft).state == .signed)
            #expect(try await world.issue(draft).issuance.number == 1)
            let next = try await world.signedDraft(enclosure: nil)
            let wish = try await world.issuingWish(next)
            await #expect(throws: Refused(.dateBeforeLast(today))) {
                _ = try await world.issue(
                    IssuingWish(
                        code: next.code, date: today.adding(days: -1), recipients: wish.recipients,
                        pin: wish.pin))
            }
        }
    }

    @Test(
        "A2, H5: an officer, the head, and a clerk of another agency cannot issue it; nor read its issuing page",
        arguments: DatabaseKind.available)
    func notByOthers(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let wish = try await world.issuingWish(draft)
            let service = IssuingService(office: world.office)
            let refusals: [(String, Refusal)] = [
                ("cv1.tuphap", .notForYourRole), ("tp.tuphap", .notForYourRole), ("vt.noivu", .notFound),
            ]
            for (login, refusal) in refusals {
                let person = try await world.position(login)
                await #expect(throws: Refused(refusal), "\(login)") {
                    _ = try await service.issue(wish, as: person)
                }
                await #expect(throws: Refused(.notFound)) {
                    _ = try await IssuingReading(office: world.office).matter(draft.code, as: person)
                }
            }
            _ = try await world.issue(draft)
            let neighbour = try await world.position("vt.noivu")
            await #expect(throws: Refused(.notFound)) {
                _ = try await IssuedReading(office: world.office).open(
                    year: 2026, register: "cong-van", number: 1, as: neighbour)
            }
        }
    }

    @Test(
        "decision 10: a date in another month than the page prints is refused, as is a signed file that was altered",
        arguments: DatabaseKind.available)
    func printedAndAltered(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let wish = try await world.issuingWish(draft)
            let april = wish.date.adding(days: -20)
            await #expect(throws: Refused(.printedPartsDiffer(printed: "5", entered: "4"))) {
                _ = try await world.issue(
                    IssuingWish(code: wish.code, date: april, recipients: wish.recipients, pin: wish.pin))
            }
            let signed = try await world.office.read { try $0.signedFiles.valid(of: draft.id) }
            guard let hash = BlobHash(hex: signed?.hash ?? "") else { return }
            var bytes = try world.office.blobs.read(hash)
            let middle = bytes.count / 8
            bytes[middle] ^= 1
            try Data(bytes).write(to: URL(filePath: world.office.blobs.path(of: hash)))
            await #expect(throws: Refused(.notSigned)) { _ = try await world.issue(draft) }
            #expect(try await world.reread(draft).state == .signed)
        }
    }
}
