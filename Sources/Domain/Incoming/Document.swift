// Văn bản: the particulars a register asks for, and its files. An issued document exists once and never changes; each
// agency that has it points to it with an entry of its own (arrival, issuance).
import Foundation

package enum Document {}

/// What the clerk reads off a letter (B1; Nghị định 30/2020, Phụ lục IV and VI).
package struct DocumentParticulars: Sendable, Equatable {
    package var issuingAgency: String
    /// The number as written, without leading zero rules for outside letters: "482", "15a".
    package var number: String
    /// Ký hiệu, e.g. `SXD-QLN`.
    package var notation: String
    package var date: OfficeDate
    package var type: String
    package var abstract: String
    package var urgency: Urgency
    package var pages: Int
    package var signer: String

    package init(
        issuingAgency: String, number: String, notation: String, date: OfficeDate, type: String,
        abstract: String,
        urgency: Urgency, pages: Int, signer: String = ""
    ) {
        self.issuingAgency = issuingAgency
        self.number = number
        self.notation = notation
        self.date = date
        self.type = type
        self.abstract = abstract
        self.urgency = urgency
        self.pages = pages
        self.signer = signer
    }

    /// `482/SXD-QLN`, as offices quote it.
    package var numberAndNotation: String { number.isEmpty ? notation : "\(number)/\(notation)" }

    /// What is searched: number, notation, abstract, agency (I3).
    package var searchText: String {
        Folding.fold(
            [numberAndNotation, number, notation, abstract, issuingAgency, signer].joined(separator: " "))
    }
}

/// A kind of document in the catalogue: the 29 of Nghị định 30/2020, Điều 7, and others an office adds.
package struct DocumentType: Sendable, Equatable {
    package let slug: String
    package let name: String
    /// Phụ lục III; empty for công văn and thư công, which have none.
    package let abbreviation: String

    package init(slug: String, name: String, abbreviation: String) {
        self.slug = slug
        self.name = name
        self.abbreviation = abbreviation
    }
}

/// What a file is to its document.
package enum DocumentFileKind: String, Sendable, Codable {
    /// The letter itself, PDF.
    case main
    /// Issued together with it, as PDF; carries the agency's text signature.
    case enclosure
    /// The Word or Excel file an enclosure was made from; goes along unsigned.
    case original
}

/// A file by the hash of its bytes.
package struct FileReference: Sendable, Equatable, Codable {
    package let hash: String
    package let size: Int
    package let name: String
    package let mediaType: String
    /// 0 where pages do not apply.
    package let pages: Int

    package init(hash: String, size: Int, name: String, mediaType: String, pages: Int) {
        self.hash = hash
        self.size = size
        self.name = name
        self.mediaType = mediaType
        self.pages = pages
    }
}
