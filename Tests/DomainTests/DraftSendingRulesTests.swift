import Domain
import Foundation
import Testing

/// What counts as a change of recipients, and what it asks for.
struct DraftSendingRulesTests {
    private let a = ID<Agency>(UUID()), b = ID<Agency>(UUID()), c = ID<Agency>(UUID())

    @Test("D22: added, by another medium and left out are told apart; the same in another order is no change")
    func between() {
        let before = [SettledRecipient(a, .electronic), SettledRecipient(b, .paper)]
        #expect(RecipientChange.between(before, before.reversed()) == [])
        #expect(
            RecipientChange.between(before, [SettledRecipient(c, .paper), SettledRecipient(a, .paper)]) == [
                RecipientChange(agency: c, former: nil, medium: .paper),
                RecipientChange(agency: a, former: .electronic, medium: .paper),
                RecipientChange(agency: b, former: .paper, medium: nil),
            ])
        #expect(RecipientChange.between([], before).allSatisfy { $0.isAdded })
        #expect(RecipientChange.between(before, []).allSatisfy { $0.isLeftOut })
    }

    @Test("D22: a change wants a reason that says something and is not endless; without one nothing is asked")
    func reasons() {
        let change = RecipientChange(agency: a, former: nil, medium: .paper)
        #expect(SendingRules.changeRefusals([], reason: "") == [])
        #expect(SendingRules.changeRefusals([change], reason: " \n") == [.changeNeedsReason])
        #expect(SendingRules.changeRefusals([change], reason: "Bổ sung") == [])
        #expect(
            SendingRules.changeRefusals([change], reason: String(repeating: "x", count: 2001)) == [
                .tooLong(.changeReason, limit: 2000)
            ])
    }

    @Test("D11: the day of the answer is not before the document's own nor, when it is written, before today")
    func answerBy() {
        let today = OfficeDate(dayNumber: 20_585)
        #expect(SendingRules.answerRefusals(nil, date: today) == [])
        #expect(SendingRules.answerRefusals(today, date: today) == [])
        let yesterday = today.adding(days: -1)
        #expect(SendingRules.answerRefusals(yesterday, date: today) == [.answerBeforeDate(yesterday)])
        func refusals(_ former: OfficeDate?) -> [Refusal] {
            SendingRules.refusals(
                DraftSending(answerBy: yesterday), sender: a, standing: RecipientStanding(valid: []),
                former: former, today: today)
        }
        #expect(refusals(nil) == [.answerByInPast])
        #expect(refusals(yesterday) == [], "it was there before")
    }
}
