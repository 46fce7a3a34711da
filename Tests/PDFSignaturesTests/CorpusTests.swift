import Foundation
import Testing

@testable import PDFSignatures

/// The files of others: each opens or is refused with a reason, and verdicts agree with pyHanko's but where
/// we say why.
@Suite struct CorpusTests {
    @Test("every file of the corpus opens or is refused with a reason")
    func corpus() throws {
        var opened = 0
        var refused: [String: PDFError] = [:]
        for url in Outside.files(in: "corpora/pyhanko-pdf") {
            let bytes = try Outside.read(url)
            do throws(PDFError) {
                _ = try Verification.verify(bytes)
                opened += 1
            } catch { refused[url.lastPathComponent] = error }
        }
        guard opened > 0 else { return }
        print("corpus: \(opened) opened, \(refused.count) refused")
        #expect(opened >= 90)
        #expect(refused["circular-page-tree.pdf"] == .damaged("circular page tree"))
        #expect(refused["form-tree-circular-ref-input.pdf"] == .damaged("circular form"))
        #expect(refused["minimal-rc4.pdf"] == .encrypted)
    }

    /// What pyHanko 0.38 says of changes after the first signature. Two files differ on purpose: in them the
    /// catalogue or the trailer also points to the field's *former* appearance, which is not touched; pyHanko
    /// refuses them, we see that nothing shown has changed. One differs because a document timestamp is no change
    /// (ISO 32000-2, 12.8.2.2.2).
    private static let firstSignature: [(String, Modifications)] = [
        ("certified-with-indirect-refs-in-dir.pdf", .none), ("sig-with-ski-sid.pdf", .none),
        ("sig-no-signed-attrs.pdf", .none), ("ed448-shake256-nolen.pdf", .none),
        ("pades-with-old-style-signing-cert-attr.pdf", .none),
        ("extensions-direct.pdf", .formFilling), ("extensions-indirect.pdf", .formFilling),
        ("extensions-indirect-not-all-paths.pdf", .forbidden), ("extensions-update-direct.pdf", .formFilling),
        ("extensions-update-indirect.pdf", .formFilling),
        ("form-update-ap-indirect-sneaky-trailer.pdf", .formFilling),
        ("form-update-no-override-appearance-stream-ap-indirect-sneaky.pdf", .formFilling),
        ("form-update-no-override-appearance-stream-ap-indirect.pdf", .formFilling),
        ("form-update-original-ap-type-wrong.pdf", .formFilling),
        ("form-update-override-appearance-stream-ap-indirect-sneaky.pdf", .forbidden),
        ("form-update-override-appearance-stream-ap-indirect.pdf", .formFilling),
        ("form-update-override-appearance-stream-sneaky.pdf", .forbidden),
        ("form-update-override-appearance-stream.pdf", .formFilling),
        ("minimal-signed-twice-both-created.pdf", .formFilling),
        ("minimal-signed-twice-second-created.pdf", .formFilling),
        ("minimal-two-fields-signed-twice.pdf", .formFilling),
        ("separate-annots-kids-indir.pdf", .formFilling),
        ("pades-lta-dss-indirect-arrs-test.pdf", .none),
        ("coverage-anomalies/one-byterange.pdf", .unknown),
        ("coverage-anomalies/weird-byterange.pdf", .unknown),
        ("coverage-anomalies/signature-gap-too-big.pdf", .unknown),
        ("coverage-anomalies/tail-uncovered.pdf", .forbidden),
    ]

    @Test(
        "what changed after the first signature is what pyHanko says, or the difference is explained",
        arguments: firstSignature)
    func changes(name: String, expected: Modifications) throws {
        guard let url = Outside.shared?.appendingPathComponent("corpora/pyhanko-pdf/" + name),
            FileManager.default.fileExists(atPath: url.path)
        else { return }
        let first = try #require(try Verification.verify(Outside.read(url)).signatures.first)
        #expect(first.modifications == expected, "\(first.findings)")
        #expect(first.indication == (expected >= .unknown ? .totalFailed : .indeterminate))
    }

    @Test("the spoiled files of the shared documents are refused for the right reason")
    func spoiled() throws {
        guard let folder = Outside.shared?.appendingPathComponent("documents") else { return }
        func reason(_ name: String) throws -> PDFError? {
            do throws(PDFError) {
                _ = try PDFFile((try? Outside.read(folder.appendingPathComponent(name))) ?? [])
            } catch { return error }
            return nil
        }
        #expect(try reason("15-pdf-co-mat-khau.pdf") == .encrypted)
        #expect(try reason("18-anh-png-doi-duoi.pdf") == .notPDF)
        guard case .damaged? = try reason("16-pdf-bi-cat.pdf") else {
            Issue.record("a file that is cut off was opened")
            return
        }
    }
}

/// Signing whatever opens: hybrid and linearised files, odd forms, turned pages.
@Suite struct CorpusSigningTests {
    @Test(
        "H2: every unsigned file of the corpus that opens can be signed twice, and both signatures stay whole"
    )
    func signTwice() throws {
        var signed = 0
        for url in Outside.files(in: "corpora/pyhanko-pdf") {
            let pdf = try Outside.read(url)
            guard let report = try? Verification.verify(pdf), report.signatures.isEmpty else { continue }
            let verdicts = try SmallLetter.verify(signTwice(pdf))
            #expect(verdicts.map(\.indication) == [.totalPassed, .totalPassed], "\(url.lastPathComponent)")
            #expect(verdicts.map(\.modifications) == [.formFilling, .none], "\(url.lastPathComponent)")
            signed += 1
        }
        #expect(signed == 0 || signed > 60)
    }

    @Test("D1: a linearised letter is signed like any other", arguments: Outside.letters)
    func linearised(letter: URL) throws {
        guard let qpdf = Outside.program("qpdf") else { return }
        try Outside.withFolder { folder in
            let target = folder.appendingPathComponent("linear.pdf")
            for packing in ["disable", "generate"] {
                try Outside.run(
                    qpdf, ["--linearize", "--object-streams=\(packing)", letter.path, target.path])
                let verdicts = try SmallLetter.verify(signTwice(Outside.read(target)))
                #expect(verdicts.map(\.indication) == [.totalPassed, .totalPassed])
            }
        }
    }

    private func signTwice(_ pdf: [UInt8]) throws -> [UInt8] {
        let box = try PDFFile(pdf).pages[0]
        let place = Place(
            page: 0,
            rect: box.userSpace(
                Rect(
                    x: 0, y: 0, width: box.displayedWidth / 3, height: box.displayedHeight / 5)))
        let first = try PAdES.sign(
            pdf, SmallLetter.request("Mot", TestKeys.head, .image(png: TinyPicture.blue), place: place),
            with: TestKeys.head)
        return try PAdES.sign(first, SmallLetter.request("Hai", TestKeys.agency), with: TestKeys.agency)
    }
}
