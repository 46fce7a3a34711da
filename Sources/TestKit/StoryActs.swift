// The acts of the story with their usual values, so that a test says only what matters to it.
import Domain
import Foundation
import Operations
import Store

extension StoryWorld {
    /// A letter of the Sở Tư pháp, staged and ready to be registered.
    package func registration(
        number: String, date: OfficeDate? = OfficeDate(year: 2026, month: 5, day: 8),
        abstract: String = "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
        urgency: Urgency = .normal, deadline: OfficeDate? = nil, twinSeen: Bool = false,
        as clerk: Actor
    ) async throws -> RegisterIncoming {
        let letter = try WorldFiles.bytes("letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf")
        let staged = try await stage(letter, name: "cong-van.pdf", for: clerk)
        guard let agency = clerk.agency else { throw Refused(.notFound) }
        let heads = try await office.read { try $0.positions.holders(of: .head, in: agency) }
        guard let head = heads.first else { throw Refused(.notFound) }
        return RegisterIncoming(
            facts: DocumentParticulars(
                issuingAgency: "Sở Tư pháp tỉnh Kiên Giang", number: number, notation: "STP-HCTP",
                date: date ?? office.clock.now.officeDate, type: "cong-van", abstract: abstract,
                urgency: urgency,
                pages: 1, signer: "Trịnh Công Luận"),
            deadline: deadline, director: head.id, files: [staged], twinSeen: twinSeen)
    }

    package func register(
        number: String, date: OfficeDate? = OfficeDate(year: 2026, month: 5, day: 8),
        abstract: String = "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
        urgency: Urgency = .normal, deadline: OfficeDate? = nil, twinSeen: Bool = false, as clerk: Actor
    ) async throws -> Arrival {
        let operation = try await registration(
            number: number, date: date, abstract: abstract, urgency: urgency, deadline: deadline,
            twinSeen: twinSeen,
            as: clerk)
        return try await runner.run(operation, as: clerk)
    }
}
