import Foundation
import Testing

@testable import PDFSignatures

/// A letter's life on paper: prepared, signed by the head, numbered and dated, sealed by the agency.
@Suite struct LetterLifeTests {
    @Test("D1 D2: the head signs, the clerk fills number and date and seals, and both signatures pass")
    func wholeLife() throws {
        let sealed = try SmallLetter.sealed(SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared())))
        let verdicts = try SmallLetter.verify(sealed)
        #expect(verdicts.map(\.field) == [FieldName.signer, FieldName.seal])
        #expect(verdicts.map(\.indication) == [.totalPassed, .totalPassed])
        #expect(verdicts.map(\.modifications) == [.formFilling, .none])
        #expect(verdicts.map(\.coversWholeFile) == [false, true])
        #expect(verdicts.map(\.level) == [.basic, .basic])
        #expect(verdicts.map(\.signer) == ["Lâm Khánh Toàn", "UBND xã Bình Hà"])
        #expect(verdicts[0].claimedTime == "2026-05-12T07:40:00+07:00")
        #expect(verdicts[0].findings.contains(Finding(.fieldFilled, "So")))
    }

    @Test(
        "every digital letter of the shared documents carries both signatures, on tables and on streams",
        arguments: Outside.letters)
    func realLetters(letter: URL) throws {
        let original = try Outside.read(letter)
        for pdf in try [original] + packed(letter) {
            let file = try PDFFile(pdf)
            let finding = LayoutFinder.find(
                words: try Outside.words(of: letter, pages: file.pages), pages: file.pages, signerName: nil)
            let layout = try #require(finding.layout)
            let prepared = try Preparation.prepare(pdf, layout: layout, font: SmallLetter.font)
            let signed = try SmallLetter.signed(prepared)
            var values: [String: String] = [:]
            for (name, blank) in [("So", layout.number), ("Ngay", layout.day), ("Thang", layout.month)]
            where blank != nil {
                values[name] = "12"
            }
            let filled =
                values.isEmpty ? signed : try FormFilling.fill(signed, values: values, font: SmallLetter.font)
            let sealed = try SmallLetter.sealed(filled)
            #expect(sealed.starts(with: pdf))
            #expect(try SmallLetter.verify(sealed).map(\.indication) == [.totalPassed, .totalPassed])
        }
    }

    /// The same letter with object streams and a cross-reference stream.
    private func packed(_ letter: URL) throws -> [[UInt8]] {
        guard let qpdf = Outside.program("qpdf") else { return [] }
        return try Outside.withFolder { folder in
            let target = folder.appendingPathComponent("packed.pdf")
            try Outside.run(qpdf, ["--object-streams=generate", letter.path, target.path])
            return [try Outside.read(target)]
        }
    }

    @Test("D3: a separate enclosure carries the agency's signature as text at the top right of page 1")
    func enclosure() throws {
        let pdf = SmallLetter.pdf()
        let place = SignatureLayout.enclosure(on: try PDFFile(pdf).pages[0])
        let lines = EnclosureMark.lines(numberAndNotation: "54/UBND-VP", signingTime: TestKeys.moment)
        #expect(lines == ["54/UBND-VP", "12/05/2026 07:40:00 +07:00"])
        let request = SmallLetter.request(
            FieldName.seal, TestKeys.agency, .text(lines: lines, font: SmallLetter.font), place: place)
        let sealed = try PAdES.sign(pdf, request, with: TestKeys.agency)
        #expect(try SmallLetter.verify(sealed).map(\.indication) == [.totalPassed])
        #expect(place.rect.maxX > 560 && place.rect.maxY > 810)
    }

    @Test("signing in two phases: a digest goes out, a signature value comes back")
    func twoPhases() throws {
        let letter = FileBytes(try SmallLetter.prepared())
        let prepared = try PAdES.prepare(letter, SmallLetter.request(FieldName.signer, TestKeys.head))
        let kept = try JSONDecoder().decode(PreparedSignature.self, from: JSONEncoder().encode(prepared))
        #expect(kept.digest.count == 32 && kept.toBeSigned.first == 0x31)
        let value = try TestKeys.head.sign(kept.toBeSigned)
        let signed = try kept.embed(signatureValue: value, into: letter)
        #expect(try signed == FileBytes(prepared.embed(signatureValue: value)))
        #expect(throws: SigningError.notThePreparedDocument) { try kept.embed(signatureValue: value) }
        var other = [UInt8](letter)
        other[20] ^= 1
        #expect(throws: SigningError.notThePreparedDocument) {
            try kept.embed(signatureValue: value, into: FileBytes(other))
        }
        #expect(try SmallLetter.verify([UInt8](signed)).map(\.indication) == [.totalPassed])
    }

    @Test("a signature value by another key is not handed on")
    func wrongKey() throws {
        let prepared = try PAdES.prepare(SmallLetter.pdf(), SmallLetter.request("ChuKy", TestKeys.head))
        let foreign = try TestKeys.agency.sign(prepared.toBeSigned)
        #expect(throws: SigningError.self) { try prepared.embed(signatureValue: foreign) }
    }

    @Test("what cannot be done is refused by name, and nothing comes out")
    func refusals() throws {
        let prepared = try SmallLetter.prepared()
        let signed = try SmallLetter.signed(prepared)
        let filled = try SmallLetter.filled(signed)
        let sealed = try SmallLetter.sealed(filled)
        #expect(throws: SigningError.alreadyPrepared) { try SmallLetter.prepared(prepared) }
        #expect(throws: SigningError.alreadySigned) { try SmallLetter.prepared(signed) }
        #expect(throws: SigningError.fieldAlreadySigned(FieldName.signer)) { try SmallLetter.signed(signed) }
        #expect(throws: SigningError.fieldAlreadyFilled("So")) {
            try FormFilling.fill(filled, values: ["So": "55"], font: SmallLetter.font)
        }
        #expect(throws: SigningError.fieldLocked("So")) {
            try FormFilling.fill(sealed, values: ["So": "55"], font: SmallLetter.font)
        }
        #expect(throws: SigningError.noSuchField("Nam")) {
            try FormFilling.fill(signed, values: ["Nam": "2026"], font: SmallLetter.font)
        }
        #expect(throws: SigningError.missingGlyph("U+732B")) {
            try FormFilling.fill(signed, values: ["So": "猫"], font: SmallLetter.font)
        }
        #expect(throws: SigningError.rectangleOutsidePage) {
            var layout = SmallLetter.layout
            layout.seal.rect.x = 560
            _ = try Preparation.prepare(SmallLetter.pdf(), layout: layout, font: SmallLetter.font)
        }
        #expect(throws: SigningError.unreadable(.notPDF)) { try SmallLetter.prepared([1, 2, 3]) }
    }

    @Test("a certified letter stays certified when prepared fields are filled and sealed")
    func certified() throws {
        var request = SmallLetter.request(FieldName.signer, TestKeys.head)
        request.certification = .formFilling
        let signed = try PAdES.sign(SmallLetter.prepared(), request, with: TestKeys.head)
        let sealed = try SmallLetter.sealed(SmallLetter.filled(signed))
        #expect(try SmallLetter.verify(sealed).map(\.indication) == [.totalPassed, .totalPassed])
        let stranger = SmallLetter.request(
            "Khac", TestKeys.agency, .image(png: TinyPicture.red),
            place: Place(page: 0, rect: Rect(x: 10, y: 10, width: 50, height: 50)))
        #expect(throws: SigningError.self) { try PAdES.sign(signed, stranger, with: TestKeys.agency) }
    }
}
