import Domain
import Foundation
import Pages
import Testing

/// What is said of recipients before anything is sent.
struct SendingWordsTests {
    private func agency(_ channel: Channel, mail: String = "", address: String = "") -> Correspondent {
        Correspondent(
            id: ID(UUID()), name: "Hội Người cao tuổi", channel: channel, mail: mail, address: address)
    }

    @Test(
        "D6: who has no address, or a channel this server has not, is named with the reason; others are not")
    func reach() {
        func words(_ agency: Correspondent, _ medium: Medium = .electronic) -> String? {
            Vi.cannotBeReached(agency, by: medium, missing: [.axis])
        }
        #expect(words(agency(.mail)) == "Hội Người cao tuổi: chưa có địa chỉ thư")
        #expect(words(agency(.mail, mail: "a@b.example")) == nil)
        #expect(words(agency(.paper), .paper) == "Hội Người cao tuổi: chưa có địa chỉ")
        #expect(words(agency(.axis))?.contains("máy chủ chưa khai báo kênh gửi") == true)
        #expect(words(agency(.axis), .electronicAndPaper) != nil)
        #expect(words(agency(.axis), .paper) == nil, "on paper nobody needs the channel")
        #expect(words(agency(.loopback)) == nil)
    }

    @Test("D22: changes are told by what was done, long lists are cut")
    func changes() {
        #expect(
            Vi.recipientChanges(added: ["A", "B"], leftOut: ["C"], rerouted: [])
                == "thêm A; B, bớt C")
        #expect(Vi.recipientChanges(added: [], leftOut: [], rerouted: []) == "")
        let many = (1...12).map { "N\($0)" }
        #expect(
            Vi.recipientChanges(added: [], leftOut: [], rerouted: many).hasSuffix("N10 và 2 nơi khác"))
        #expect(
            Vi.clerksChanges("bớt C", reason: "Gửi nhầm")
                == "Văn thư bớt C so với bản người ký duyệt. Lý do: Gửi nhầm")
    }
}
