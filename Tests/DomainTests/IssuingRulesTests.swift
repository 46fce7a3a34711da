import Domain
import Foundation
import Testing

/// The rules of signing and issuing, without a database.
struct IssuingRulesTests {
    private let sender = ID<Agency>(UUID()), recipient = ID<Agency>(UUID())
    private let today = OfficeDate(dayNumber: 20_585)

    private func facts(
        state: DraftState = .signed, to recipients: [ID<Agency>]? = nil, on date: OfficeDate? = nil,
        last: OfficeDate? = nil, printed: PrintedParts = PrintedParts()
    ) -> IssuingFacts {
        IssuingFacts(
            state: state, sender: sender, recipients: recipients ?? [recipient], known: [sender, recipient],
            date: date ?? today, today: today, lastDate: last, printed: printed)
    }

    @Test("D2: a signed draft with a recipient and today's date may have its number")
    func good() {
        #expect(IssuingRules.numberingRefusals(facts()).isEmpty)
        #expect(IssuingRules.numberingRefusals(facts(last: today)).isEmpty)
        let printed = PrintedParts(day: "12", month: "05", year: "2026")
        #expect(IssuingRules.numberingRefusals(facts(printed: printed)).isEmpty)
    }

    @Test(
        "A9, E1: agencies that have ended are named with their successors, and nothing is numbered for them")
    func ended() {
        let facts = IssuingFacts(
            state: .signed, sender: sender, recipients: [recipient], known: [],
            ended: [EndedRecipient(name: "Sở Cũ", successor: "Sở Mới")], date: today, today: today,
            lastDate: nil,
            printed: PrintedParts())
        #expect(
            IssuingRules.numberingRefusals(facts) == [.recipientEnded(name: "Sở Cũ", successor: "Sở Mới")])
    }

    @Test("every reason is given at once, and a state that is not signed alone")
    func reasons() {
        let wrong = facts(to: [], on: today.adding(days: 1), printed: PrintedParts(month: "4"))
        #expect(
            IssuingRules.numberingRefusals(wrong) == [
                .noRecipients, .dateInFuture(.date), .printedPartsDiffer(printed: "4", entered: "5"),
            ])
        #expect(IssuingRules.numberingRefusals(facts(state: .climbing, to: [])) == [.notSigned])
        #expect(IssuingRules.numberingRefusals(facts(state: .numbered, to: [])) == [.alreadyNumbered])
        #expect(IssuingRules.numberingRefusals(facts(to: [sender])) == [.recipientUnknown])
        #expect(IssuingRules.numberingRefusals(facts(to: [recipient, ID(UUID())])) == [.recipientUnknown])
    }

    @Test("decision 7: a date may not precede the last number's, nor lie in another year")
    func dates() {
        let yesterday = today.adding(days: -1)
        #expect(IssuingRules.numberingRefusals(facts(on: yesterday)).isEmpty)
        #expect(IssuingRules.numberingRefusals(facts(on: yesterday, last: today)) == [.dateBeforeLast(today)])
        #expect(IssuingRules.numberingRefusals(facts(on: today.adding(days: -200))) == [.malformed(.date)])
    }

    @Test("decision 10: what is printed needs no place, everything else needs one, on the paper")
    func places() {
        let sheet = SheetSize(width: 210, height: 297)
        var places: [Field: MillimetrePlace] = [:]
        for field in SigningPlaces.fields {
            places[field] = MillimetrePlace(page: 1, left: 100, top: 200, width: 40, height: 20)
        }
        #expect(SigningPlaces.refusals(places, printed: PrintedParts(), sheets: [sheet]).isEmpty)
        places[.monthPlace] = nil
        #expect(
            SigningPlaces.refusals(places, printed: PrintedParts(), sheets: [sheet]) == [
                .placeMissing(.monthPlace)
            ])
        #expect(SigningPlaces.refusals(places, printed: PrintedParts(month: "5"), sheets: [sheet]).isEmpty)
        places[.monthPlace] = MillimetrePlace(page: 2, left: 1, top: 1, width: 9, height: 9)
        places[.sealPlace] = MillimetrePlace(page: 1, left: 180, top: 1, width: 36, height: 36)
        places[.signaturePlace] = MillimetrePlace(page: 1, left: .nan, top: 1, width: 36, height: 36)
        #expect(
            SigningPlaces.refusals(places, printed: PrintedParts(), sheets: [sheet]) == [
                .placeOffPage(.monthPlace), .placeOffPage(.signaturePlace), .placeOffPage(.sealPlace),
            ])
    }

    @Test("decision 10: notation, name, month and year are compared before the signature, the number after")
    func printed() {
        let page = PrintedParts(notation: "PTP", month: "05", year: "2026", signer: "HÀ  Minh Đương")
        #expect(
            PrintedRules.signingRefusals(page, notation: "PTP", signer: "Hà Minh Đương", today: today).isEmpty
        )
        #expect(
            PrintedRules.signingRefusals(page, notation: "PTP-HT", signer: "Danh Kim Long", today: today)
                .count
                == 2)
        #expect(
            PrintedRules.signingRefusals(
                PrintedParts(month: "4"), notation: "", signer: "", today: today)
                == [.printedPartsDiffer(printed: "4", entered: "5")])
        #expect(PrintedRules.numberRefusals(PrintedParts(number: "05"), taken: 5).isEmpty)
        #expect(PrintedRules.numberRefusals(PrintedParts(number: "6"), taken: 5).count == 1)
    }

    @Test("D17: only a signed draft goes back, only an unsealed number is given up, and both need a reason")
    func back() {
        #expect(IssuingRules.returningRefusals(.signed, reason: "Sai thể thức").isEmpty)
        #expect(IssuingRules.returningRefusals(.signed, reason: " ") == [.missing(.reason)])
        #expect(IssuingRules.returningRefusals(.numbered, reason: "x") == [.alreadyNumbered])
        #expect(IssuingRules.voidingRefusals(.numbered, reason: "Cấp nhầm sổ").isEmpty)
        #expect(IssuingRules.voidingRefusals(.signed, reason: "x") == [.notNumbered])
        #expect(IssuingRules.voidingRefusals(.issued, reason: "x") == [.notNumbered])
    }
}
