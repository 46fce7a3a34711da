// Whether a recipient has answered (D11): the letters that came in answer, or by when one is asked for.
import Domain
import Markup

package struct AnswerShown: Sendable, Equatable {
    package struct Letter: Sendable, Equatable {
        /// "12/PNV ngày 14/5/2026"
        package let words: String
        package let address: OfficeAddress

        package init(words: String, address: OfficeAddress) { (self.words, self.address) = (words, address) }
    }

    package let askedBy: OfficeDate?
    package let letters: [Letter]
    /// Nobody there is waited for any more: taken back, or refused.
    package let isOver: Bool

    package init(askedBy: OfficeDate?, letters: [Letter], isOver: Bool = false) {
        (self.askedBy, self.letters, self.isOver) = (askedBy, letters, isOver)
    }

    func mark(_ today: OfficeDate) -> StateMark? {
        if !letters.isEmpty { return StateMark(.ok, "Đã trả lời") }
        guard let askedBy, !isOver else { return nil }
        return askedBy < today
            ? StateMark(.late, "Quá hạn trả lời, hạn \(Vi.date(askedBy))")
            : StateMark(.ring, "Chờ trả lời trước ngày \(Vi.date(askedBy))")
    }

    func html(_ frame: Frame) -> HTML {
        .maybe(mark(frame.now.officeDate)) { mark in
            p(
                Marks.state(mark),
                .each(letters) { .group(" ", a(.href(frame.path($0.address)), .text($0.words))) })
        }
    }
}
