import Domain
import Foundation
import Testing

/// What may stand in the catalogue of agencies.
struct CatalogueRulesTests {
    @Test(
        "A9: a mail address is one address, and nothing a letter's head could be broken with",
        arguments: [
            ("vanthu@tinh.gov.example", true), ("a.b+c@x.y", true), ("", false), ("a@b", false),
            ("@x.y", false),
            ("a@x..y", false), ("a@x.y, b@x.y", false), ("a@x.y\r\nBcc: b@x.y", false), ("A <a@x.y>", false),
            ("a@b@c.d", false), ("ă@x.y", false), (String(repeating: "a", count: 300) + "@x.y", false),
        ])
    func addresses(_ text: String, _ isGood: Bool) {
        #expect(CatalogueRules.isMailAddress(text) == isGood)
    }

    @Test("E1: channels between systems need a code, another VanThu a partner, mail an address")
    func reach() {
        for channel in [Channel.axis, .lgsp] {
            #expect(CatalogueRules.refusals(Reach(channel: channel), codes: ["", ""]) == [.missing(.code)])
            #expect(CatalogueRules.refusals(Reach(channel: channel), codes: ["", "000.00.00.H41"]).isEmpty)
        }
        #expect(CatalogueRules.refusals(Reach(channel: .vanthu), codes: ["H41"]) == [.missing(.partner)])
        #expect(CatalogueRules.refusals(Reach(channel: .mail), codes: []) == [.missing(.mail)])
        #expect(CatalogueRules.refusals(Reach(channel: .loopback), codes: ["H41"]) == [.malformed(.channel)])
        #expect(CatalogueRules.channels(for: .clerk, now: .axis) == [.mail, .paper, .axis])
        #expect(CatalogueRules.channels(for: .clerk, now: nil) == [.mail, .paper])
        #expect(!CatalogueRules.channels(for: .administrator, now: nil).contains(.loopback))
    }
}
