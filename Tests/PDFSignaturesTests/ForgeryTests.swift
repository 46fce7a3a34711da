import Foundation
import Testing

@testable import PDFSignatures

/// One forged file, made from an honest letter with one signature.
struct Forgery: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () throws -> [UInt8]
    var testDescription: String { name }

    init(_ name: String, _ make: @escaping @Sendable () throws -> [UInt8]) {
        self.name = name
        self.make = make
    }

    /// Refused outright, or the first signature is not what it was.
    func expectSeen(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let pdf = try make()
        do throws(PDFError) {
            let report = try Verification.verify(pdf, trust: TestKeys.trust, at: TestKeys.moment)
            #expect(!report.isSound, "\(name)", sourceLocation: sourceLocation)
            let first = report.signatures.first
            #expect(
                first == nil || first?.indication == .totalFailed
                    || first.map { $0.modifications > .formFilling } == true,
                "\(name): \(first.map { "\($0.indication) \($0.modifications) \($0.findings)" } ?? "")",
                sourceLocation: sourceLocation)
        } catch {
            // A file whose structure contradicts itself is not judged at all.
        }
    }
}

/// The letter that forgeries start from, as text to be written into raw savings.
struct ForgeryGround {
    let pdf: [UInt8]
    let catalog: String
    let page: String
    let form: String
    let formNumber: Int
    let fields: [String: FormField]

    init(_ pdf: [UInt8]) throws {
        self.pdf = pdf
        let file = try PDFFile(pdf)
        func text(_ dictionary: PDFDictionary?) -> String {
            let whole = String(decoding: Serializer.bytes(of: .dictionary(dictionary ?? [:])), as: UTF8.self)
            return String(whole.dropFirst(2).dropLast(2))
        }
        var catalog = file.catalog
        formNumber = try #require(catalog["AcroForm"]?.reference?.number)
        catalog["AcroForm"] = nil
        self.catalog = text(catalog)
        var page = file.pageNodes[0].dictionary
        page["Annots"] = nil
        self.page = text(page)
        var form = try #require(try file.reader.dictionary(file.catalog["AcroForm"]))
        form["Fields"] = nil
        self.form = text(form)
        fields = Dictionary(try file.fields().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        annotations = try file.reader.array(file.pageNodes[0].dictionary["Annots"]) ?? []
        roots = try file.reader.array(try file.reader.dictionary(file.catalog["AcroForm"])?["Fields"]) ?? []
    }

    private let annotations: [PDFObject]
    private let roots: [PDFObject]

    private func list(_ items: [PDFObject], and more: String) -> String {
        "[" + items.map { String(decoding: Serializer.bytes(of: $0), as: UTF8.self) }.joined(separator: " ")
            + " \(more)]"
    }

    func catalogObject(_ more: String) -> (number: Int, text: String) {
        (1, "<<\(catalog) /AcroForm \(formNumber) 0 R \(more)>>")
    }

    func pageObject(annotation: String = "", _ more: String = "") -> (number: Int, text: String) {
        (3, "<<\(page) /Annots \(list(annotations, and: annotation)) \(more)>>")
    }

    func formObject(field: String = "", _ more: String = "") -> (number: Int, text: String) {
        (formNumber, "<<\(form) /Fields \(list(roots, and: field)) \(more)>>")
    }

    /// A new field 500 on the page and in the form.
    func newField(_ entries: String, _ others: [(number: Int, text: String)] = []) -> RawSaving {
        let field = "<</Type /Annot /Subtype /Widget /FT /Sig /T (Moi) /F 132 /P 3 0 R \(entries)>>"
        return RawSaving(
            objects: [pageObject(annotation: "500 0 R"), formObject(field: "500 0 R"), (500, field)] + others)
    }

    /// A field of the form with entries changed.
    func field(_ name: String, _ change: (inout PDFDictionary) -> Void) throws -> (number: Int, text: String)
    {
        let field = try #require(fields[name])
        var dictionary = field.dictionary
        change(&dictionary)
        return (
            field.reference.number,
            String(decoding: Serializer.bytes(of: .dictionary(dictionary)), as: UTF8.self)
        )
    }
}

/// Published attacks, and tricks against the structure of the file, that AttackTests do not have.
@Suite struct ForgeryTests {
    static let letter = Result { try SmallLetter.signed(SmallLetter.prepared()) }
    static let ground = Result { try ForgeryGround(letter.get()) }

    private static func of(_ name: String, _ make: @escaping @Sendable (ForgeryGround) throws -> RawSaving)
        -> Forgery
    {
        Forgery(name) {
            let ground = try ground.get()
            return try make(ground).appended(to: ground.pdf)
        }
    }

    @Test("the ground itself is sound, and an honest new field on it is form filling")
    func honestGround() throws {
        let ground = try Self.ground.get()
        #expect(try SmallLetter.verify(ground.pdf).map(\.modifications) == [.none])
        let honest = try ground.newField("/Rect [0 0 0 0]").appended(to: ground.pdf)
        let verdict = try #require(try SmallLetter.verify(honest).first)
        #expect(verdict.modifications == .formFilling, "\(verdict.findings)")
        #expect(try RawSaving().appended(to: ground.pdf).count > ground.pdf.count)
    }

    static let structure: [Forgery] = [
        of("a trailer with two roots") { _ in
            RawSaving(
                objects: [
                    (600, "<</Type /Catalog /Pages 601 0 R>>"),
                    (601, "<</Type /Pages /Kids [602 0 R] /Count 1>>"),
                    (602, "<</Type /Page /Parent 601 0 R /MediaBox [0 0 595 842] /Contents 603 0 R>>"),
                    (603, RawSaving.forgedText),
                ], trailer: "/Root 1 0 R", trailerStart: "/Root 600 0 R ")
        },
        of("a trailer with two ways back") { _ in RawSaving(objects: [(600, "null")], trailer: "/Prev 0") },
        of("the same object twice in one table, the forged one first") { ground in
            let honest = try #require(try PDFFile(ground.pdf).reader.entries[4])
            guard case .offset(let offset, _) = honest else { throw CocoaError(.featureUnsupported) }
            return RawSaving(objects: [(4, RawSaving.forgedText)], rowsAfter: "4 1\n" + RawSaving.row(offset))
        },
        of("the same object twice in one table, the forged one last") { ground in
            let honest = try #require(try PDFFile(ground.pdf).reader.entries[4])
            guard case .offset(let offset, _) = honest else { throw CocoaError(.featureUnsupported) }
            return RawSaving(
                objects: [(4, RawSaving.forgedText)], rowsBefore: "4 1\n" + RawSaving.row(offset))
        },
        of("an object between trailer and startxref") { _ in
            RawSaving(afterTrailer: "4 0 obj\n\(RawSaving.forgedText)\nendobj\n")
        },
        of("an object between startxref and the end") { _ in
            RawSaving(afterStart: "4 0 obj\n\(RawSaving.forgedText)\nendobj\n")
        },
        of("an object behind a table of its own, its words on lines of their own") { ground in
            RawSaving(
                objects: [try ground.field("So") { $0["M"] = .string(Array("D:2026".utf8)) }],
                beforeTable: "xref\n4\n0\nobj\n\(RawSaving.forgedText)\nendobj\n%%EOF\n")
        },
        of("two ways in before the end") { ground in
            RawSaving(objects: [(600, "null")], afterStart: "%startxref 9\nstartxref\n9\n")
        },
        of("the contents in another generation") { _ in
            RawSaving(objects: [(4, RawSaving.forgedText)], generations: [4: 1])
        },
        of("a way back to itself") { ground in
            RawSaving(trailerStart: "/Root 1 0 R /Prev \(ground.pdf.count) ")
        },
        of("another catalogue") { ground in
            RawSaving(objects: [(600, ground.catalogObject("").text)], trailerStart: "/Root 600 0 R ")
        },
        of("a password added afterwards") { _ in
            RawSaving(objects: [(600, "<</Filter /Standard /V 1 /R 2>>")], trailer: "/Encrypt 600 0 R")
        },
        of("an object of before pointed to twice, first where a hidden one lies") { ground in
            // The hidden one lies in the signed bytes, so nothing in the new saving betrays it.
            let text = Array("\n4 0 obj\n".utf8)
            guard let honest = ground.pdf.firstRange(of: text)?.lowerBound,
                let font = ground.pdf.firstRange(of: Array("\n5 0 obj\n".utf8))?.lowerBound
            else { throw CocoaError(.featureUnsupported) }
            return RawSaving(
                rowsBefore: "4 1\n" + RawSaving.row(font + 1), rowsAfter: "4 1\n" + RawSaving.row(honest + 1))
        },
        of("contents pointed to by a hidden stream of a hybrid saving") { ground in
            // The stream's one row says: object 4 is object 0 of the object stream 610.
            let start = ground.pdf.count
            let packed = RawSaving.stream("4 0 null", "/Type /ObjStm /N 1 /First 4 ")
            let header = "610 0 obj\n\(packed)\nendobj\n"
            let row = "\u{02}\u{02}\u{62}\u{00}"
            return RawSaving(
                objects: [
                    (610, packed),
                    (
                        611,
                        RawSaving.stream(row, "/Type /XRef /W [1 2 1] /Index [4 1] /Size 900 /Root 1 0 R ")
                    ),
                ], trailer: "/XRefStm \(start + header.utf8.count)")
        },
    ]

    static let contents: [Forgery] = [
        of("a script run when the document opens") { ground in
            RawSaving(objects: [ground.catalogObject("/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>")]
            )
        },
        of("scripts among the names") { ground in
            RawSaving(objects: [
                ground.catalogObject("/Names <</JavaScript <</Names [(a) <</S /JavaScript /JS (x)>>]>>>>")
            ])
        },
        of("layers that can be switched") { ground in
            RawSaving(objects: [ground.catalogObject("/OCProperties <</OCGs [] /D <</OFF []>>>>")])
        },
        of("an XFA form") { ground in RawSaving(objects: [ground.formObject("/XFA (<xdp/>)")]) },
        of("a script run when the page opens") { ground in
            RawSaving(objects: [ground.pageObject("/AA <</O <</S /JavaScript /JS (x)>>>>")])
        },
        of("a script on a new signature field") { ground in
            ground.newField("/Rect [0 0 0 0] /AA <</E <</S /JavaScript /JS (x)>>>>")
        },
        of("an action on a new signature field") { ground in
            ground.newField("/Rect [0 0 0 0] /A <</S /URI /URI (http://127.0.0.1/)>>")
        },
        of("a new signature field over the signature it borrows") { ground in
            let value = try #require(ground.fields[FieldName.signer]?.value?.reference?.number)
            return ground.newField(
                "/Rect [0 300 500 700] /V \(value) 0 R /AP <</N 501 0 R>>",
                [
                    (501, RawSaving.stream("0 0 500 400 re f", "/Subtype /Form /BBox [0 0 500 400] "))
                ])
        },
        of("the page's contents among the validation material") { ground in
            RawSaving(objects: [
                (4, RawSaving.forgedText), ground.catalogObject("/DSS 600 0 R"), (600, "<</Certs [4 0 R]>>"),
            ])
        },
        of("the page's contents among the extensions") { ground in
            RawSaving(objects: [(4, RawSaving.forgedText), ground.catalogObject("/Extensions <</X 4 0 R>>")])
        },
        of("the page's contents as metadata") { ground in
            RawSaving(objects: [(4, RawSaving.forgedText), ground.catalogObject("/Metadata 4 0 R")])
        },
        of("the page's contents as what a filled field shows") { ground in
            RawSaving(objects: [
                (4, RawSaving.forgedText),
                try ground.field("So") {
                    $0["V"] = .string(Array("54".utf8))
                    $0["AP"] = .dictionary(["N": .reference(4)])
                },
            ])
        },
        of("the page's font among the form's resources") { ground in
            RawSaving(objects: [
                (5, "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>"),
                ground.formObject("/DR <</Font <</X 5 0 R>>>>"),
            ])
        },
        of("the page's resources widened") { ground in
            RawSaving(objects: [ground.pageObject("/Resources <</Font <</F1 <</Type /Font>>>>>>")])
        },
        of("annotations in another order") { ground in
            let file = try PDFFile(ground.pdf)
            let items = try #require(try file.reader.array(file.pageNodes[0].dictionary["Annots"]))
            let turned = String(decoding: Serializer.bytes(of: .array(items.reversed())), as: UTF8.self)
            return RawSaving(objects: [(3, "<<\(ground.page) /Annots \(turned)>>")])
        },
        of("a page shown twice") { _ in
            RawSaving(objects: [(2, "<</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>>")])
        },
        of("letters that are copied as others") { _ in
            RawSaving(objects: [
                (5, "<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 600 0 R>>"),
                (600, RawSaving.stream("1 beginbfchar <31> <0039> endbfchar")),
            ])
        },
        Forgery("bytes before the header") { try Array("%PDF-1.4\n".utf8) + letter.get() },
        Forgery("bytes before the header that are no header") { try Array("MZ\n".utf8) + letter.get() },
        of("a page turned") { ground in RawSaving(objects: [ground.pageObject("/Rotate 180")]) },
        of("the signature's own dictionary written again") { ground in
            let field = try #require(ground.fields[FieldName.signer])
            let number = try #require(field.value?.reference?.number)
            let value = try PDFFile(ground.pdf).reader.object(PDFReference(number: number, generation: 0))
            return RawSaving(objects: [(number, String(decoding: Serializer.bytes(of: value), as: UTF8.self))]
            )
        },
    ]

    @Test("H2: contents replaced through an array that only others can read")
    func unreadableHolder() throws {
        let draft = SmallLetter.build([
            "<</Type /Catalog /Pages 2 0 R /DSS 7 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R "
                + "/Resources <</Font <</F1 5 0 R>>>>>>",
            RawSaving.stream("BT /F1 13 Tf 120 720 Td (1.000.000) Tj ET"),
            "<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>", "[4 0 R lạ]", "<</Certs [4 0 R]>>",
        ])
        let signed = try PAdES.sign(draft, SmallLetter.request("ChuKy", TestKeys.head), with: TestKeys.head)
        #expect(try SmallLetter.verify(signed).map(\.modifications) == [.none])
        try Forgery("unreadable holder") {
            try RawSaving(objects: [(4, RawSaving.forgedText)]).appended(to: signed)
        }.expectSeen()
    }

    @Test("H2: a trick against the structure is seen", arguments: structure)
    func structuralTrick(_ forgery: Forgery) throws { try forgery.expectSeen() }

    @Test("H2: a change that borrows what is allowed is seen", arguments: contents)
    func borrowedRight(_ forgery: Forgery) throws { try forgery.expectSeen() }
}
