import Foundation
import Testing

@testable import PDFSignatures

/// Things that lie in a file when it is signed and are shown by nobody, and fields that only seem to be empty
/// places: brought to light or slipped in afterwards, they are named and refused (shadow attacks; sneaky
/// signatures).
@Suite struct HiddenPlaceTests {
    private static let drawing =
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 60]/Length 2>>\nstream\nn \nendstream"

    /// A letter with a filled field that no page shows.
    private func letterWithHiddenField() -> [UInt8] {
        let text = "BT /F1 13 Tf 120 720 Td (So 54) Tj ET"
        return SmallLetter.build([
            "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(An)/V(9.000.000)/Rect[100 400 400 460]/F 4/AP<</N 7 0 R>>>>",
            Self.drawing,
        ])
    }

    private func saving(
        on pdf: [UInt8], _ change: (inout IncrementalUpdate, PDFFile) throws -> Void
    ) throws -> VerificationReport {
        let file = try PDFFile(pdf)
        var update = try IncrementalUpdate(file)
        try change(&update, file)
        return try Verification.verify(update.finished().bytes, trust: TestKeys.trust, at: TestKeys.moment)
    }

    private func expectRefused(
        _ report: VerificationReport, _ code: Finding.Code, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(!report.isSound, sourceLocation: sourceLocation)
        let first = report.signatures.first
        #expect(first?.modifications == .forbidden, "\(report)", sourceLocation: sourceLocation)
        #expect(
            first?.changes.contains { $0.code == code } == true, "\(report)", sourceLocation: sourceLocation)
    }

    @Test(
        "H2: a filled field that no page showed when it was signed is put on the page (shadow attack: hide)")
    func hiddenFieldShown() throws {
        let signed = try PAdES.sign(
            letterWithHiddenField(), SmallLetter.request("ChuKy", TestKeys.head), with: TestKeys.head)
        let report = try saving(on: signed) { update, _ in
            try update.addAnnotations([PDFReference(number: 6, generation: 0)], toPage: 0)
        }
        expectRefused(report, .annotationAdded)
    }

    @Test("H2: an unsigned field with a drawing whose edges stand elsewhere, or one that acts when touched")
    func disguisedFields() throws {
        let signed = try PAdES.sign(
            SmallLetter.pdf(), SmallLetter.request("ChuKy", TestKeys.head), with: TestKeys.head)
        for acts in [false, true] {
            let report = try saving(on: signed) { update, _ in
                let edges = [100, 400, 400, 460].map { update.add(.integer($0)) }
                let drawing = update.add(
                    .stream(PDFStream(dictionary: ["Subtype": .name("Form")], raw: Array("n".utf8)[...])))
                var entries: PDFDictionary = [
                    "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"),
                    "T": .string(Array("Moi".utf8)), "Rect": .array(edges.map { .reference($0) }),
                    "AP": .dictionary(["N": .reference(drawing)]),
                ]
                if acts {
                    entries["Rect"] = .array([.integer(0), .integer(0), .integer(0), .integer(0)])
                    entries["AA"] = .dictionary(["E": .dictionary(["S": .name("Named")])])
                }
                let field = update.add(.dictionary(entries))
                try update.addFields([field], signatures: true)
                try update.addAnnotations([field], toPage: 0)
            }
            expectRefused(report, .fieldAdded)
        }
    }

    @Test("D9: security store and document timestamps are no changes, even of a letter certified against all")
    func archivedCertified() throws {
        var request = SmallLetter.request("ChuKy", TestKeys.head)
        request.certification = .noChanges
        let signed = try PAdES.sign(SmallLetter.pdf(), request, with: TestKeys.head)
        let stamped = try saving(on: signed) { update, file in
            let store = update.add(.dictionary(["Certs": .array([])]))
            var catalog = file.catalog
            catalog["DSS"] = .reference(store)
            update.set(file.catalogReference, .dictionary(catalog))
            let value = update.add(
                .dictionary([
                    "Type": .name("DocTimeStamp"), "SubFilter": .name("ETSI.RFC3161"),
                    "Contents": .string([0]),
                    "ByteRange": .array([.integer(0), .integer(1), .integer(2), .integer(3)]),
                ]))
            let field = update.add(
                .dictionary([
                    "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"),
                    "T": .string(Array("Dau".utf8)), "V": .reference(value),
                    "Rect": .array([.integer(0), .integer(0), .integer(0), .integer(0)]),
                ]))
            try update.addAnnotations([field], toPage: 0)
            try update.addFields([field], signatures: true)
        }
        let first = try #require(stamped.signatures.first { $0.field == "ChuKy" })
        #expect(first.modifications == .none, "\(first)")
        #expect(first.changes.contains { $0.code == .documentTimestampAdded })
        // The stamp itself is empty, and found to be.
        #expect(stamped.signatures.contains { $0.field == "Dau" && $0.indication == .totalFailed })
    }
}
