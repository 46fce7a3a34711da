import Foundation
import Testing

@testable import PDFSignatures

/// Every kind of file that others write: a table of cross-references, a stream of them, object streams, and
/// both kinds in one file; each initialled, signed, filled and sealed, with pyHanko
/// as judge.
@Suite struct FileKindsTests {
    /// The same letter, written by qpdf in the ways it knows, and the hybrid files of the corpus.
    private func kinds() throws -> [(name: String, pdf: [UInt8], layout: SignatureLayout)] {
        var kinds = [("table", SmallLetter.pdf(), SmallLetter.layout)]
        if let qpdf = Outside.program("qpdf") {
            try Outside.withFolder { folder in
                let source = folder.appendingPathComponent("a.pdf")
                try Data(SmallLetter.pdf()).write(to: source)
                for (name, arguments) in [
                    ("object streams", ["--object-streams=generate"]),
                    ("linearised", ["--linearize"]),
                    ("linearised object streams", ["--linearize", "--object-streams=generate"]),
                ] {
                    let target = folder.appendingPathComponent("b.pdf")
                    try Outside.run(qpdf, arguments + [source.path, target.path])
                    kinds.append((name, try Outside.read(target), SmallLetter.layout))
                }
            }
        }
        let small = SignatureLayout(
            signer: Place(page: 0, rect: Rect(x: 80, y: 20, width: 60, height: 30)),
            seal: Place(page: 0, rect: Rect(x: 50, y: 10, width: 50, height: 50)))
        for url in Outside.files(in: "corpora/pyhanko-pdf")
        where ["minimal-hybrid-xref.pdf", "minimal-xref.pdf"].contains(url.lastPathComponent) {
            kinds.append((url.lastPathComponent, try Outside.read(url), small))
        }
        return kinds
    }

    @Test(
        "D1 D2: every kind of file is prepared, initialled, signed, filled and sealed, and stays its kind"
    )
    func everyKind() throws {
        for (name, pdf, layout) in try kinds() {
            let before = try PDFFile(pdf)
            let prepared = try Preparation.prepare(pdf, layout: layout, font: SmallLetter.font)
            let initials = try PAdES.sign(
                prepared, SmallLetter.request("KyNhay", TestKeys.agency), with: TestKeys.agency)
            let signed = try SmallLetter.signed(initials)
            let filled = layout.number == nil ? signed : try SmallLetter.filled(signed)
            let sealed = try SmallLetter.sealed(filled)
            #expect(sealed.starts(with: pdf), "\(name)")
            let verdicts = try SmallLetter.verify(sealed)
            #expect(verdicts.map(\.indication) == [.totalPassed, .totalPassed, .totalPassed], "\(name)")
            #expect(verdicts.last?.coversWholeFile == true, "\(name)")
            let after = try PDFFile(sealed)
            let wasStream = before.reader.sections.first?.kind == .stream
            #expect((after.reader.sections.first?.kind == .stream) == wasStream, "\(name)")
            try judge(sealed, name)
        }
    }

    private func judge(_ pdf: [UInt8], _ name: String) throws {
        guard let python = Outside.python else { return }
        try Outside.withFolder { folder in
            let (file, root) = (
                folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("root.der")
            )
            try Data(pdf).write(to: file)
            try Data(TestKeys.root.certificate).write(to: root)
            let judged = try Outside.run(
                python,
                [
                    "-m", "pyhanko", "sign", "validate", "--no-strict-syntax", "--trust-replace", "--trust",
                    root.path, "--pretty-print", file.path,
                ])
            #expect(
                judged.output.components(separatedBy: "judged VALID").count == 4, "\(name): \(judged.output)")
        }
    }
}
