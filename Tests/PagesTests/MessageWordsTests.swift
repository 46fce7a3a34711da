import Domain
import Foundation
import Markup
import Pages
import Testing

/// What the clerk reads of a message before it is sent, and of subjects nobody has ruled on.
struct MessageWordsTests {
    @Test("E4: every part of a message has words of its own; a warning says both lengths and that it goes")
    func parts() {
        #expect(Set(MessagePart.allCases.map(Vi.messagePart)).count == MessagePart.allCases.count)
        let long = Vi.messageDoubt(.tooLong(.subject, count: 1620, limit: 500))
        #expect(long.words.contains("trích yếu dài 1.620 ký tự, Phụ lục VI cho 500"))
        #expect(long.words.contains("vẫn gửi được"))
        #expect(Vi.messageDoubt(.oddCode("vxp.saas.03")).words.contains("vxp.saas.03"))
        for part in MessagePart.allCases {
            let words = Vi.refusal(.messageIncomplete(part))
            #expect(words.why.contains(Vi.messagePart(part)))
            #expect(words.remedy.hasPrefix("Số chưa cấp."))
        }
    }

    @Test("D8: a subject that no rule in force speaks of is offered with these words, the others without")
    func subjects() {
        let ruled = Self.page(ruled: [.finance]), open = Self.page(ruled: Set(SubjectClass.allCases))
        #expect(ruled.contains("Quy hoạch (không có quy định riêng)"))
        #expect(!ruled.contains("Tài chính (không có quy định riêng)"))
        #expect(!open.contains("không có quy định riêng"))
    }

    private static func page(ruled: Set<SubjectClass>) -> String {
        String(decoding: html(ruled: ruled).rendered(), as: UTF8.self)
    }

    private static func html(ruled: Set<SubjectClass>) -> HTML {
        let usual = MediumDecision(medium: .electronic, ground: .byDefault, rule: nil)
        return DraftRecipientsPage(
            frame: SampleOffice.frame(.officer), code: 266, abstract: "Báo cáo", typeName: "Báo cáo",
            groups: SamplePages.groups, outside: SampleCatalogue.outside,
            media: MediumChoice(rows: [], usual: usual, isTaken: false, ruled: ruled), entries: Entries(),
            refusals: [], seal: SampleOffice.seal
        ).html()
    }
}
