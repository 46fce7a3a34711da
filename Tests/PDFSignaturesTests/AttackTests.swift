import Foundation
import Testing

@testable import PDFSignatures

/// Files in which a signature is right and the document is not: the published attacks on signed PDFs, made
/// here. None of them may ever be judged unmodified or merely filled in.
@Suite struct AttackTests {
    /// Numbered, dated and sealed.
    static let sealed = try? SmallLetter.sealed(
        SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared())))
    static let signed = try? SmallLetter.signed(SmallLetter.prepared())

    /// One more saving, with any object changed.
    private func saving(
        on pdf: [UInt8]?, _ change: (inout IncrementalUpdate, PDFFile) throws -> Void
    ) throws -> [UInt8] {
        let file = try PDFFile(try #require(pdf))
        var update = try IncrementalUpdate(file)
        try change(&update, file)
        return update.finished().bytes
    }

    private func expectRefused(
        _ pdf: [UInt8], _ code: Finding.Code, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let report = try Verification.verify(pdf, trust: TestKeys.trust, at: TestKeys.moment)
        #expect(!report.isSound, sourceLocation: sourceLocation)
        for verdict in report.signatures {
            #expect(verdict.modifications >= .annotations, "\(verdict)", sourceLocation: sourceLocation)
        }
        let codes = report.signatures.flatMap(\.findings).map(\.code)
        #expect(codes.contains(code), "\(codes)", sourceLocation: sourceLocation)
    }

    private func text(_ content: String) -> PDFObject {
        .stream(
            PDFStream(dictionary: [:], raw: Array("BT /F1 40 Tf 100 400 Td (\(content)) Tj ET".utf8)[...]))
    }

    @Test("H2: the page's contents replaced by a later saving (incremental saving attack)")
    func contentReplaced() throws {
        let forged = try saving(on: Self.sealed) { update, _ in
            update.set(PDFReference(number: 4, generation: 0), text("Giả"))
        }
        try expectRefused(forged, .objectReplaced)
    }

    @Test("H2: the font exchanged, so that other letters are read (shadow attack: replace)")
    func fontReplaced() throws {
        let forged = try saving(on: Self.sealed) { update, _ in
            update.set(
                PDFReference(number: 5, generation: 0),
                .dictionary(["Type": .name("Font"), "Subtype": .name("Type1"), "BaseFont": .name("Symbol")]))
        }
        try expectRefused(forged, .objectReplaced)
    }

    @Test("H2: the page shows contents that were hidden in the signed file (shadow attack: hide and replace)")
    func hiddenContents() throws {
        let objects = SmallLetter.pdf(catalogEntries: "/Hidden 5 0 R")
        let signed = try SmallLetter.signed(SmallLetter.prepared(objects))
        let forged = try saving(on: signed) { update, file in
            var page = file.pageNodes[0].dictionary
            page["Contents"] = .reference(5)
            update.set(file.pageNodes[0].reference, .dictionary(page))
        }
        try expectRefused(forged, .pageChanged)
    }

    @Test("H2: another page tree in the catalogue")
    func pageTreeReplaced() throws {
        let forged = try saving(on: Self.sealed) { update, file in
            let contents = update.add(text("Giả"))
            let tree = update.reserve()
            let page = update.add(
                .dictionary([
                    "Type": .name("Page"), "Parent": .reference(tree), "Contents": .reference(contents),
                ]))
            update.set(
                tree,
                .dictionary([
                    "Type": .name("Pages"), "Kids": .array([.reference(page)]), "Count": .integer(1),
                ]))
            var catalog = file.catalog
            catalog["Pages"] = .reference(tree)
            update.set(file.catalogReference, .dictionary(catalog))
        }
        try expectRefused(forged, .catalogChanged)
    }

    @Test(
        "H2: a free text annotation drawn over the page is named as an annotation",
        arguments: ["FreeText", "Stamp", "Widget"])
    func annotationAdded(kind: String) throws {
        let forged = try saving(on: Self.sealed) { update, file in
            let drawing = update.add(text("9.000.000"))
            let annotation = update.add(
                .dictionary([
                    "Type": .name("Annot"), "Subtype": .name(kind),
                    "Rect": Rect(x: 100, y: 400, width: 300, height: 60).pdf,
                    "AP": .dictionary(["N": .reference(drawing)]),
                ]))
            try update.addAnnotations([annotation], toPage: 0)
        }
        try expectRefused(forged, .annotationAdded)
    }

    @Test("H2: a number that was filled in when the agency sealed is written over")
    func filledValueOverwritten() throws {
        let forged = try overwritten("So") { $0["V"] = .string(Array("99".utf8)) }
        try expectRefused(forged, .filledFieldChanged)
        let verdicts = try SmallLetter.verify(forged)
        #expect(verdicts.last?.findings.contains(Finding(.lockedFieldChanged, "So")) == true)
    }

    @Test("H2: the picture of a filled number is exchanged, its value left alone")
    func filledPictureExchanged() throws {
        let forged = try overwritten("So") { $0["AP"] = .null }
        try expectRefused(forged, .filledFieldChanged)
    }

    @Test("H2: the picture of a signature is exchanged")
    func signaturePictureExchanged() throws {
        let forged = try overwritten(FieldName.seal) { $0["AP"] = .null }
        try expectRefused(forged, .signatureReplaced)
    }

    @Test("H2: a field is moved, or hidden")
    func fieldMoved() throws {
        try expectRefused(
            overwritten("So") { $0["Rect"] = Rect(x: 1, y: 1, width: 9, height: 9).pdf }, .fieldChanged)
        try expectRefused(overwritten("So") { $0["F"] = .integer(2) }, .fieldChanged)
    }

    private func overwritten(_ name: String, _ change: (inout PDFDictionary) -> Void) throws -> [UInt8] {
        try saving(on: Self.sealed) { update, file in
            let field = try #require(try file.fields().first { $0.name == name })
            var dictionary = field.dictionary
            change(&dictionary)
            update.set(field.reference, .dictionary(dictionary))
        }
    }

    @Test("H2: an object replaced in place below a filled field's appearance")
    func appearanceObjectReplaced() throws {
        let forged = try saving(on: Self.sealed) { update, file in
            let field = try #require(try file.fields().first { $0.name == "So" })
            let form = try #require(field.dictionary["AP"]?.dictionary?["N"]?.reference)
            update.set(form, text("99"))
        }
        try expectRefused(forged, .objectReplaced)
    }

    @Test("H2: the signature field is taken out of the form")
    func fieldRemoved() throws {
        let forged = try saving(on: Self.sealed) { update, _ in
            var (reference, form) = try update.form()
            let fields = try #require(try update.resolve(form["Fields"]).array)
            form["Fields"] = .array(Array(fields.suffix(1)))
            update.set(reference, .dictionary(form))
        }
        try expectRefused(forged, .fieldRemoved)
    }

    @Test("H2: a text field added after signing, and an unsigned signature field with a drawing")
    func fieldAdded() throws {
        for kind in ["Tx", "Sig"] {
            let forged = try saving(on: Self.sealed) { update, _ in
                let drawing = update.add(text("Đã duyệt"))
                let field = update.add(
                    .dictionary([
                        "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name(kind),
                        "T": .string(Array("Moi".utf8)),
                        "Rect": Rect(x: 100, y: 400, width: 200, height: 60).pdf,
                        "AP": .dictionary(["N": .reference(drawing)]),
                    ]))
                try update.addFields([field], signatures: true)
                try update.addAnnotations([field], toPage: 0)
            }
            try expectRefused(forged, .fieldAdded)
        }
    }

    @Test("H2: an object that the signed file pointed to before it existed")
    func danglingReferenceDefined() throws {
        let pdf = SmallLetter.pdf(pageEntries: "/Group 400 0 R")
        let signed = try SmallLetter.signed(SmallLetter.prepared(pdf))
        let forged = try saving(on: signed) { update, _ in
            update.set(PDFReference(number: 400, generation: 0), .dictionary(["S": .name("Transparency")]))
        }
        try expectRefused(forged, .objectReplaced)
    }

    @Test("H2: a draft that points to objects yet to come gets nothing of ours under those numbers")
    func trapNumbers() throws {
        let contents = (6...60).map { "\($0) 0 R" }.joined(separator: " ")
        let pdf = SmallLetter.pdf(pageEntries: "/Extra [\(contents)]")
        let sealed = try SmallLetter.sealed(SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared(pdf))))
        #expect(try SmallLetter.verify(sealed).map(\.indication) == [.totalPassed, .totalPassed])
        #expect(try PDFFile(sealed).reader.entries.keys.allSatisfy { $0 <= 5 || $0 > 60 })
    }

    @Test(
        "H2: the signature dictionary written again with an empty byte range or contents (universal forgery)")
    func universalForgery() throws {
        let ranges: [PDFObject?] = [
            nil, .null, .array([]), .array([.integer(0), .integer(-1), .integer(10), .integer(5)]),
            .array([.integer(0), .integer(1 << 62), .integer(1 << 62), .integer(1 << 62)]),
        ]
        for range in ranges {
            let forged = try saving(on: Self.signed) { update, file in
                let field = try #require(try file.fields().first { $0.name == FieldName.signer })
                let value = try #require(field.value?.reference)
                var dictionary = try #require(try file.reader.object(value).dictionary)
                dictionary["ByteRange"] = range
                update.set(value, .dictionary(dictionary))
            }
            try expectRefused(forged, .badByteRange)
        }
    }

    @Test("H2: the signature moved to a new place with the signed bytes elsewhere (signature wrapping)")
    func signatureWrapping() throws {
        let forged = try saving(on: Self.signed) { update, file in
            let field = try #require(try file.fields().first { $0.name == FieldName.signer })
            let value = try #require(field.value?.reference)
            let dictionary = try #require(try file.reader.object(value).dictionary)
            update.set(value, .dictionary(dictionary))
            update.set(PDFReference(number: 4, generation: 0), text("Giả"))
        }
        try expectRefused(forged, .badByteRange)
    }

    @Test("H2: bytes after the last saving, with or without a copied end of file")
    func bytesAppended() throws {
        let signed = try #require(Self.signed)
        let object = Array("4 0 obj\n<</Length 3>>\nstream\nabc\nendstream\nendobj\n".utf8)
        try expectRefused(signed + object, .bytesAfterLastRevision)
        let mark = try #require(signed.lastRange(of: "startxref", from: 0, to: signed.count))
        try expectRefused(signed + object + signed[mark...], .bytesAfterLastRevision)
    }

    @Test("H2: objects hidden between two honest savings")
    func bytesBetween() throws {
        let signed = try #require(Self.signed)
        let hidden = signed + Array("4 0 obj\n<</Length 3>>\nstream\nabc\nendstream\nendobj\n".utf8)
        let patched =
            hidden + signed[try #require(signed.lastRange(of: "startxref", from: 0, to: signed.count))...]
        let forged = try saving(on: patched) { update, file in
            let field = try #require(try file.fields().first { $0.name == "So" })
            var dictionary = field.dictionary
            dictionary["V"] = .string(Array("1".utf8))
            update.set(field.reference, .dictionary(dictionary))
        }
        try expectRefused(forged, .objectUnused)
    }

    @Test("H2: a later saving that passes over the signed one")
    func historyRewritten() throws {
        let original = SmallLetter.pdf()
        let signed = try PAdES.sign(
            original, SmallLetter.request("ChuKy", TestKeys.head), with: TestKeys.head)
        let file = try PDFFile(signed)
        let first = try #require(file.reader.sections.last?.offset)
        var forged = try saving(on: signed) { update, file in
            for (number, entry) in file.reader.entries {
                if case .offset(_, let generation) = entry {
                    let reference = PDFReference(number: number, generation: generation)
                    if number != 4 { update.set(reference, try file.reader.object(reference)) }
                }
            }
        }
        let previous = Array("/Prev \(try #require(file.reader.sections.first?.offset))".utf8)
        let place = try #require(
            (0..<(forged.count - previous.count)).last {
                Array(forged[$0..<($0 + previous.count)]) == previous
            })
        let replacement = Array("/Prev \(first)".utf8)
        forged.replaceSubrange(
            place..<(place + previous.count),
            with: replacement + [UInt8](repeating: 0x20, count: previous.count - replacement.count))
        let report = try Verification.verify(forged, trust: TestKeys.trust, at: TestKeys.moment)
        #expect(!report.isSound)
        #expect(report.signatures.allSatisfy { $0.modifications >= .unknown })
    }

    @Test("H2: an object of the page removed")
    func objectRemoved() throws {
        let signed = try #require(Self.signed)
        let section = try #require(try PDFFile(signed).reader.sections.first?.offset)
        let start = signed.count
        let table = "xref\n4 1\n0000000000 00001 f \ntrailer\n<</Size 30 /Root 1 0 R /Prev \(section)>>\n"
        let tail = table + "startxref\n\(start)\n%%EOF\n"
        try expectRefused(signed + Array(tail.utf8), .objectRemoved)
    }
}
