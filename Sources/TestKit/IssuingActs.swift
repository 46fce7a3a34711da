// Issuing in the story: the clerk of the Phòng Tư pháp sends to the Phòng Nội vụ and to the city.
import Domain
import Foundation
import Operations
import Store

extension StoryWorld {
    /// Today, to the two recipients, with the right PIN.
    package func issuingWish(_ draft: Draft) async throws -> IssuingWish {
        IssuingWish(
            code: draft.code, date: office.clock.now.officeDate,
            recipients: [try await agency("phong-noi-vu").id, try await agency("ubnd-thanh-pho").id],
            pin: Self.pin)
    }

    package func issue(_ draft: Draft) async throws -> IssuedDocument {
        try await issue(try await issuingWish(draft))
    }

    package func issue(_ wish: IssuingWish) async throws -> IssuedDocument {
        let clerk = try await position("vt.tuphap")
        guard case .done(let issued) = try await IssuingService(office: office).issue(wish, as: clerk) else {
            throw Refused(.stale)
        }
        return issued
    }

    /// Only the first of the three acts, as a crash right after it leaves things.
    package func number(_ draft: Draft) async throws -> Issuance {
        let wish = try await issuingWish(draft)
        return try await runner.run(
            TakeNumber(code: wish.code, date: wish.date, recipients: wish.recipients),
            as: try await actor("vt.tuphap"))
    }
}
