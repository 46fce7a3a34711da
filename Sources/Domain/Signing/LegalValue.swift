// What the digital signatures on a document make of it (D10; Kiên Giang, Điều 4; Nghị định 30/2020, Điều 5): signed by
// the competent person and by the agency, it is worth as much as the paper original; anything else is for information
// only, and the reader is told why.
import Foundation

/// How one signature stands after it was examined.
package struct SignatureStanding: Sendable, Equatable {
    package enum Soundness: Sendable, Equatable {
        case sound
        /// Whole as far as can be seen, but its certificate or its time could not be established.
        case open
        /// Wrong, or the document was changed after it.
        case broken
    }

    package let soundness: Soundness
    package let isAgency: Bool

    package init(_ soundness: Soundness, isAgency: Bool) {
        (self.soundness, self.isAgency) = (soundness, isAgency)
    }
}

package enum LegalValue: String, Sendable, Codable, CaseIterable {
    /// A person and an agency signed, both soundly.
    case original
    /// Every signature is sound, but only a person or only an agency signed.
    case partlySigned
    /// No signature is wrong, and at least one could not be established.
    case unverified
    case broken
    case unsigned
    /// The file could not be examined.
    case unchecked

    /// Stands for the paper original.
    package var replacesPaper: Bool { self == .original }

    /// Timestamps over the whole document are not signatures of anybody and do not count here.
    package static func of(_ signatures: [SignatureStanding]) -> LegalValue {
        if signatures.isEmpty { return .unsigned }
        if signatures.contains(where: { $0.soundness == .broken }) { return .broken }
        if signatures.contains(where: { $0.soundness == .open }) { return .unverified }
        let isComplete = signatures.contains(where: \.isAgency) && signatures.contains { !$0.isAgency }
        return isComplete ? .original : .partlySigned
    }
}

/// Whether a certificate was given to a person or to an agency. Vietnamese certificates name their holder in one field and
/// have no mark for the kind, so the first words of the name decide: an agency's name begins with what it is. Marks count,
/// because Trương is a family and Trường a school.
package enum CertificateHolder {
    package static func isAgency(_ name: String) -> Bool {
        let words = name.precomposedStringWithCanonicalMapping.lowercased().split(separator: " ")
        return beginnings.contains { words.starts(with: $0) }
    }

    private static let beginnings: [[Substring]] = [
        "ủy ban", "uỷ ban", "ubnd", "hội đồng", "hđnd", "văn phòng", "chính phủ", "sở", "bộ", "phòng", "ban",
        "cục",
        "chi cục", "tổng cục", "vụ", "thanh tra", "tòa án", "toà án", "viện", "công an", "đồn",
        "bảo hiểm xã hội",
        "trung tâm", "trường", "bệnh viện", "trạm", "công ty", "tổng công ty", "tập đoàn", "ngân hàng",
        "kho bạc",
        "hải quan", "thuế", "chi nhánh", "hội", "liên hiệp", "liên đoàn", "mặt trận", "đoàn", "đảng ủy",
        "đảng uỷ",
        "tỉnh ủy", "tỉnh uỷ", "thành ủy", "thành uỷ", "huyện ủy", "huyện uỷ", "quỹ", "đài", "báo", "học viện",
    ].map { $0.precomposedStringWithCanonicalMapping.split(separator: " ") }
}
