import Domain
import Foundation
import HTTPTypes
import Operations
import Pages
import Server
import Store
import TestKit
import Testing

/// Chờ tiếp nhận on a full morning, as a browser without scripts sees it.
struct WaitingLettersTests {
    @Test(
        "B2, B7: more letters wait than a page holds: each is on one of the pages, and whoever decides about one is led to the next",
        arguments: DatabaseKind.available)
    func fullMorning(_ kind: DatabaseKind) async throws {
        try await ServerWorld.with(kind, agencies: FullOffice.agencies) { office in
            let world = office.world, count = 53
            for number in 1...count {
                _ = try await world.issueDirectly(
                    from: "vt.noivu", to: ["phong-tu-phap"], abstract: "việc của buổi sáng \(number)!")
            }
            try await world.carry()
            let clerk = try await office.signedIn("vt.tuphap")
            var next: String? = "/phong-tu-phap/van-ban-den/tiep-nhan", seen = "", pages = 0
            while let path = next {
                let page = try await clerk.get(path)
                #expect(page.status == .ok)
                seen += page.text
                pages += 1
                next = page.text.firstMatch(of: #/href="(/phong-tu-phap/van-ban-den/tiep-nhan\?sau=[^"]+)"/#)
                    .map { String($0.1) }
            }
            #expect(pages == 2)
            for number in 1...count {
                #expect(
                    seen.components(separatedBy: "việc của buổi sáng \(number)!").count == 2, "\(number)")
            }

            let waiting = try await world.waiting(at: "phong-tu-phap").map(\.receipt.id)
            let first = "/phong-tu-phap/van-ban-den/tiep-nhan/\(waiting[0])"
            var form = await clerk.seal(of: try await clerk.get(first))
            form[FormFields.reason] = "Gửi nhầm nơi nhận."
            let refused = try await clerk.post(first + "/tu-choi", form)
            let after = try await clerk.get(refused.location)
            #expect(after.text.contains("Văn bản chờ tiếp theo (còn \(count - 1))"))
            #expect(after.text.contains(#"href="/phong-tu-phap/van-ban-den/tiep-nhan/\#(waiting[1])""#))
            // Nobody else is led there.
            let head = try await office.signedIn("tp.tuphap")
            #expect(!(try await head.get("/phong-tu-phap/viec?xong=tc").text.contains("chờ tiếp theo")))
        }
    }
}
