// How a catalogue names what it speaks of: "Quyết định" is a type, "Quyết định giao dự toán NSNN" a type and a subject,
// "Các văn bản giải quyết đơn thư, KNTC" a subject of every type. A name that is neither is a type of its own.

import Foundation

package struct RuleName: Sendable, Equatable {
    package let type: String?
    package let subject: SubjectClass?

    package init(type: String?, subject: SubjectClass?) { (self.type, self.subject) = (type, subject) }

    /// - Parameter name: As the regulation words it.
    package init(_ name: String) {
        let folded = Folding.fold(name)
        if let known = Self.subjects[folded] {
            self = known
            return
        }
        for (words, subject) in Self.qualified {
            guard let range = folded.range(of: words) else { continue }
            let type = folded[..<range.lowerBound].trimmed
            self.init(type: type.isEmpty ? nil : Self.slug(type), subject: subject)
            return
        }
        // "Nghị quyết (cá biệt)": the one that is no legal document.
        let plain = folded.hasSuffix(" ca biet") ? String(folded.dropLast(8)) : folded
        self.init(type: Self.slug(plain), subject: nil)
    }

    private static func slug(_ folded: String) -> String { folded.replacing(" ", with: "-") }

    private static let subjects: [String: RuleName] = [
        "cac van ban giai quyet don thu kntc": RuleName(type: nil, subject: .complaints),
        "van ban quy pham phap luat": RuleName(type: nil, subject: .legal),
        "tat ca": RuleName(type: nil, subject: nil),
    ]

    /// Words after the type that make it a matter of their own.
    private static let qualified: [(String, SubjectClass)] = [
        (" giao du toan", .budgetEstimate),
        (" cua hdnd cap", .legal),
        (" cua ubnd cap", .legal),
    ]
}

extension Substring {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
