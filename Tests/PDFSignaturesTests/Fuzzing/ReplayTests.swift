import Foundation
import Testing

@testable import PDFSignatures

/// Every input that a fuzzer ever brought the engine down with, or learned much from, pushed in once more.
@Suite struct ReplayTests {
    static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Corpus")

    private func letter() throws -> SignedLetter {
        let folder = Self.corpus.appendingPathComponent("letter")
        return try SignedLetter(
            Outside.read(folder.appendingPathComponent("letter.pdf")),
            root: Outside.read(folder.appendingPathComponent("root.cer")), moment: TestKeys.moment)
    }

    @Test(
        "H2: what fuzzing found is answered with a reason, and fools nobody", arguments: FuzzTarget.allCases)
    func replay(target: FuzzTarget) throws {
        let (letter, folder) = (try letter(), Self.corpus.appendingPathComponent(target.rawValue))
        let inputs = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(inputs.count >= 3)
        for input in inputs {
            let wrong = target.push(try Outside.read(input), at: letter)
            #expect(wrong == nil, "\(input.lastPathComponent): \(wrong ?? "")")
        }
    }

    @Test("the letter that inputs are put behind is signed and passes, so that a fooled verdict would show")
    func soundLetter() throws {
        let letter = try letter()
        let report = try Verification.verify(letter.bytes, trust: letter.trust, at: letter.moment)
        #expect(report.signatures.first?.indication != .totalFailed)
        #expect(report.signatures.first?.modifications == Modifications.none)
        // Field "So" filled by a saving made of fuzzer's bytes is still judged, as filled.
        let field = try #require(try PDFFile(letter.bytes).fields().first { $0.name == "So" })
        var entries = field.dictionary
        entries["V"] = .string(Array("54".utf8))
        let bytes =
            [UInt8(field.reference.number)] + Serializer.bytes(of: .dictionary(entries))
        let filled = letter.bytes + FuzzSaving(bytes).written(after: letter)
        #expect(try Verification.verify(filled).signatures.first?.modifications == .formFilling)
    }
}
