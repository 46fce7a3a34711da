// Finds the printed secrecy marks MẬT, TỐI MẬT, TUYỆT MẬT in the text of a document (requirement B4; Nghị định
// 30/2020/NĐ-CP, Phụ lục I: degree of secrecy under the number). A mark is a stamp: it stands alone on its line or
// in its column, in capitals. The words of a sentence (bí mật, mật độ) are no mark, in capitals or not.

import Foundation

public enum SecrecyDegree: String, Sendable, Codable, CaseIterable {
    case secret, highSecret, topSecret

    /// As printed.
    public var vietnamese: String {
        switch self {
        case .secret: "MẬT"
        case .highSecret: "TỐI MẬT"
        case .topSecret: "TUYỆT MẬT"
        }
    }
}

public enum SecrecyMarks {
    public struct Mark: Sendable, Equatable {
        public let degree: SecrecyDegree
        /// The line of the text it was found in, from 1.
        public let line: Int
    }

    /// Stamps only: on these the document is refused.
    public static func find(in text: String) -> [Mark] {
        var marks: [Mark] = []
        var previous = ""
        for (index, line) in lines(of: text).enumerated() {
            let cells = cells(of: line)
            for cell in cells {
                guard var degree = degree(cell) else { continue }
                // A stamp broken over two lines: TUYỆT above, MẬT below.
                if degree == .secret, previous == "TỐI" { degree = .highSecret }
                if degree == .secret, previous == "TUYỆT" { degree = .topSecret }
                marks.append(Mark(degree: degree, line: index + 1))
            }
            if let last = cells.last { previous = last }
        }
        return marks
    }

    private static func lines(of text: String) -> [Substring] {
        text.precomposedStringWithCanonicalMapping.split(omittingEmptySubsequences: false) { $0.isNewline }
    }

    /// Columns on one line are parted by a tab, a bar or at least two spaces.
    private static func cells(of line: Substring) -> [String] {
        var spread = line.replacingOccurrences(of: "\t", with: "  ").replacingOccurrences(of: "|", with: "  ")
        spread = spread.replacingOccurrences(of: "\u{00A0}", with: " ")
        let frame = CharacterSet(charactersIn: "[](){}*-–—_.:;\"“”'").union(.whitespaces)
        return spread.components(separatedBy: "  ").map { $0.trimmingCharacters(in: frame) }.filter {
            !$0.isEmpty
        }
    }

    private static func degree(_ cell: String) -> SecrecyDegree? {
        let letters = cell.split(separator: " ")
        // M Ậ T: letters set apart.
        let isSpaced = letters.count > 2 && letters.allSatisfy { $0.count == 1 }
        if isSpaced {
            return SecrecyDegree.allCases.first { $0.vietnamese.filter { $0 != " " } == letters.joined() }
        }
        let words = letters.joined(separator: " ")
        if let degree = SecrecyDegree.allCases.first(where: { $0.vietnamese == words }) { return degree }
        let lowered = words.lowercased()
        guard lowered.hasPrefix("độ mật") else { return nil }
        let named = lowered.dropFirst(6).trimmingCharacters(in: CharacterSet(charactersIn: " :.…-"))
        return SecrecyDegree.allCases.first { $0.vietnamese.lowercased() == named }
    }
}
