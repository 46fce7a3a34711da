import Domain
import Foundation
import Testing

@testable import Pages

private func path(_ inside: OfficeAddress) -> String { Address.office(slug: "phong-tu-phap", inside).path }

@Suite struct AddressTests {
    private static let number = RegisterNumber(year: 2026, number: 117)
    private static let issued = IssuedNumber(year: 2026, register: "bao-cao", number: 54)

    static let printed: [(OfficeAddress, String)] = [
        (.desk(nil), "viec"),
        (.desk(.direct), "viec?loai=chi-dao"),
        (.desk(nil, after: "3|2026"), "viec?sau=3%7C2026"),
        (.search("báo cáo", after: nil), "tim?q=b%C3%A1o%20c%C3%A1o"),
        (
            .arrivals(ArrivalFilter(state: .working, words: "a&b", after: "67")),
            "van-ban-den?trang-thai=dang-xu-ly&tim=a%26b&sau=67"
        ),
        (.registerArrival(staged: "0f-1"), "van-ban-den/dang-ky?tep=0f-1"),
        (.receiveList(), "van-ban-den/tiep-nhan"),
        (
            .receiptAct(SampleOffice.receipt, .refuse),
            "van-ban-den/tiep-nhan/03020304-0506-0708-090a-0b0c0d0e0f10/tu-choi"
        ),
        (.arrival(number), "van-ban-den/2026/117"),
        (.arrivalAct(number, .direct), "van-ban-den/2026/117/chi-dao"),
        (.newDraft(answering: number), "du-thao/lap?tra-loi=2026-117"),
        (.draftAct(268, .submitOnward), "du-thao/268/trinh-tiep"),
        (.draftVersion(268, ordinal: 4), "du-thao/268/phien-ban/4"),
        (.removeDraftFile(268, id: "a/../b"), "du-thao/268/tep/a%2F..%2Fb/xoa"),
        (.issuedList(IssuedFilter(register: "cong-van")), "van-ban-di?so=cong-van"),
        (.issuingAct(268, .issue), "van-ban-di/phat-hanh/268/phat-hanh"),
        (.issued(issued, BoardFilter(part: .needsLook)), "van-ban-di/2026/bao-cao/54?trang-thai=can-xem"),
        (.file(.arrival(number), 2), "van-ban-den/2026/117/tep/2"),
        (
            .sheet(.issuing(268), file: 1, page: 3, width: 1100),
            "van-ban-di/phat-hanh/268/tep/1/trang/3.png?rong=1100"
        ),
        (.stagedSheet(id: "x", page: 1, width: 800), "tep-tam/x/trang/1.png?rong=800"),
    ]

    @Test("Addresses are Vietnamese, begin with the agency and carry their filter", arguments: printed)
    func printing(_ address: OfficeAddress, _ expected: String) {
        #expect(path(address) == "/phong-tu-phap/" + expected)
    }

    @Test("Kinds, states and urgency are read back from the word they have in an address")
    func slugs() {
        for kind in DeskKind.allCases { #expect(DeskKind(slug: kind.slug) == kind) }
        for state in ArrivalState.allCases { #expect(ArrivalState(slug: state.slug) == state) }
        for state in DraftState.allCases { #expect(DraftState(slug: state.slug) == state) }
        for urgency in Urgency.allCases { #expect(Urgency(slug: urgency.slug) == urgency) }
        for kind in StepKind.allCases { #expect(StepKind(slug: kind.slug) == kind) }
        for kind in DraftFileKind.allCases { #expect(DraftFileKind(slug: kind.slug) == kind) }
        #expect(DeskKind(slug: "direct") == nil)
    }

    @Test("A number in a register is read from “2026-117” and from nothing else")
    func numbers() {
        #expect(RegisterNumber("2026-117") == Self.number)
        for wrong in [
            "", "2026", "2026-", "2026-0", "-1-2", "2026-117-1", "a-b", "2026-99999999999999999999",
        ] {
            #expect(RegisterNumber(wrong) == nil)
        }
    }

    @Test("Every part of the delivery board has an address of its own, and is found by it")
    func board() {
        for part in DeliveryPart.allCases { #expect(DeliveryPart(slug: part.slug) == part) }
        #expect(Set(DeliveryPart.allCases.map(\.slug)).count == DeliveryPart.allCases.count)
        #expect(DeliveryPart(slug: "khac") == nil)
    }

    @Test("Each asset is there, is named by its content, and is found by that name only")
    func assets() {
        for asset in Assets.all {
            #expect(!asset.bytes.isEmpty)
            #expect(Assets.named(asset.file)?.bytes == asset.bytes)
        }
        #expect(Assets.named("vanthu.css") == nil)
        #expect(Assets.named("../vanthu.css") == nil)
    }
}
