/// Mã định danh: an agency's code in one of its two forms. A code is looked up in the catalogue, never made; what does
/// not follow the grammar is still used on the wire, so that a breach of it is a warning only.
public struct OrganIdentifier: Sendable, Equatable {
    public enum Form: String, Sendable, Codable {
        /// QCVN 102:2016: `000.00.00.H41`, the highest level at the right.
        case qcvn102 = "qcvn-102"
        /// Quyết định 20/2020/QĐ-TTg: `H41.02`, the highest level at the left, 35 characters at most.
        case qd20 = "qd-20"
    }

    public let code: String
    /// `nil` for codes outside both grammars.
    public let form: Form?

    public init(_ code: String) {
        self.code = code
        let groups = code.split(separator: ".", omittingEmptySubsequences: false)
        if groups.map(\.count) == [3, 2, 2, 3],
            groups.dropLast().allSatisfy({ $0.allSatisfy(Self.isAllowed) }),
            Self.isHighest(groups[3])
        {
            form = .qcvn102
        } else if code.utf8.count <= 35, let first = groups.first, Self.isHighest(first),
            groups.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isAllowed) })
        {
            form = .qd20
        } else {
            form = nil
        }
    }

    private static func isAllowed(_ letter: Character) -> Bool {
        letter.isASCII && (letter.isNumber || letter.isUppercase)
    }

    /// A letter and two digits.
    private static func isHighest(_ group: Substring) -> Bool {
        group.count == 3 && group.first.map { $0.isASCII && $0.isUppercase } == true
            && group.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
}
