// Số và ngày trên văn bản: what was taken from the register stands in the fields that were prepared before the leader
// signed, so that the signature stays right (decision 4; Nghị định 30/2020, Điều 15).
import Domain
import Foundation
import PDFSignatures
import Store

struct FilledLetter: Sendable {
    let office: Office
    let issuance: Issuance
    let signed: SignedFileRecord

    /// The signed file with one more saving, or as it is where the page prints everything already.
    func bytes() throws -> [UInt8] {
        let layout = try LayoutText.decode(signed.layout)
        var values: [String: String] = [:]
        if layout.number != nil { values[FieldName.number] = Notation.printed(issuance.number) }
        if layout.day != nil { values[FieldName.day] = Notation.printedDay(issuance.date.day) }
        if layout.month != nil { values[FieldName.month] = Notation.printedMonth(issuance.date.month) }
        if layout.year != nil { values[FieldName.year] = String(issuance.date.year) }
        let bytes = try office.bytes(ofFile: signed.hash)
        if values.isEmpty { return bytes }
        let fonts = try LetterFonts.load()
        return try FormFilling.fill(bytes, values: values, font: fonts.upright, italicFont: fonts.italic)
    }
}
