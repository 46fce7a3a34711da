// `DocumentId` of QCVN 102: `{mã định danh},{yyyy/MM/dd},{số}/{ký hiệu}`. Some software makes up names of its own, which are kept
// and compared as they are.
import Foundation

package struct DocumentKey: Sendable, Equatable {
    package let code: String
    package let date: OfficeDate
    package let numberAndNotation: String

    package init(code: String, date: OfficeDate, numberAndNotation: String) {
        self.code = code
        self.date = date
        self.numberAndNotation = numberAndNotation
    }

    package var text: String { "\(code),\(date.messageText),\(numberAndNotation)" }

    /// Nil for a name of another form.
    package init?(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let date = OfficeDate(String(parts[1]).replacing("/", with: "-")),
            !parts[2].isEmpty
        else { return nil }
        (code, self.date, numberAndNotation) = (String(parts[0]), date, String(parts[2]))
    }
}

extension OfficeDate {
    /// `yyyy/MM/dd`, as messages write a day.
    package var messageText: String { iso.replacing("-", with: "/") }
}
