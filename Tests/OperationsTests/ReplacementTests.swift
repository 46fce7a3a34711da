import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// A new document takes the place of one that was issued before.
struct ReplacementTests {
    private static let agencies: Set<String> = [
        "phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho", "phong-tai-chinh-ke-hoach",
    ]

    @Test(
        "E3: those who have the earlier document are told that the new one replaces it, others get a new one",
        arguments: DatabaseKind.available)
    func replaced(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let first = try await world.issue(try await world.signedDraft(enclosure: nil)).issuance
            try await world.carry()
            let had = try await world.office.read { try $0.deliveries.all(of: first.id).map(\.recipient) }
            let usual = try await world.issuingWish(try await world.signedDraft(enclosure: nil))
            let newcomer = try await world.agency("phong-tai-chinh-ke-hoach").id
            let second = try await world.issue(
                IssuingWish(
                    code: usual.code, date: usual.date, recipients: had + [newcomer],
                    replaces: " \(first.number) / \(first.notation)", pin: usual.pin)
            ).issuance
            try await world.carry()
            let origins = try await world.office.read { tables in
                try tables.deliveries.all(of: second.id).compactMap { delivery in
                    try tables.receipts.find(delivery: delivery.id).map { ($0.agency, $0.origin) }
                }
            }
            for agency in had {
                let (older, clerk) = try await world.office.read { tables in
                    let delivery = try tables.deliveries.all(of: first.id).first { $0.recipient == agency }
                    return (
                        try delivery.flatMap { try tables.receipts.find(delivery: $0.id) },
                        try tables.positions.holders(of: .clerk, in: agency).first
                    )
                }
                let view = try await ReceiptReading(office: world.office).open(
                    try #require(older).id, as: try #require(clerk))
                #expect(view.replacedBy.map(\.words) == [second.numberAndNotation])
            }
            let clerk = try await world.position("vt.tuphap"), reading = IssuedReading(office: world.office)
            let (earlier, later) = (
                try await reading.open(
                    year: first.year, register: "cong-van", number: first.number, as: clerk),
                try await reading.open(
                    year: second.year, register: "cong-van", number: second.number, as: clerk)
            )
            #expect(earlier.replacedBy.map(\.issuance.id) == [second.id] && earlier.replaces.isEmpty)
            #expect(later.replaces.map(\.issuance.id) == [first.id] && later.replacedBy.isEmpty)
            let marked = try await world.office.read {
                try $0.replacements.replaced(among: [first.id, second.id])
            }
            #expect(marked == [first.id])
            #expect(origins.count == had.count + 1)
            for (agency, origin) in origins {
                #expect(origin.business == (agency == newcomer ? .new : .replace))
                #expect(
                    origin.replaces.contains { $0.hasSuffix(first.numberAndNotation) } == (agency != newcomer)
                )
            }
        }
    }

    @Test(
        "E3, D2: no number is taken to replace a document that was never issued, or by another agency",
        arguments: DatabaseKind.available)
    func unknown(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: Self.agencies) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let others = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let draft = try await world.signedDraft(enclosure: nil)
            let usual = try await world.issuingWish(draft)
            for words in ["77/PTP", "54", others.numberAndNotation] {
                await #expect(throws: Refused(.replacedUnknown(words))) {
                    _ = try await world.issue(
                        IssuingWish(
                            code: usual.code, date: usual.date, recipients: usual.recipients, replaces: words,
                            pin: usual.pin))
                }
            }
            let taken = try await world.office.read { try $0.issuances.inUse(of: draft.id) }
            #expect(taken == nil)
        }
    }
}
