import Foundation
import Testing

@testable import PDFSignatures

/// What we sign, judged by others: pyHanko (integrity, trust, permitted changes), pdfsig (integrity, trust)
/// and qpdf. What pyHanko signs, judged by us.
@Suite struct JudgesTests {
    private func letter() throws -> [UInt8] {
        try SmallLetter.sealed(SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared())))
    }

    private func write(_ bytes: [UInt8], to url: URL) throws { try Data(bytes).write(to: url) }

    /// The certificate as text, which some programs want.
    private func pem(_ der: [UInt8]) -> [UInt8] {
        Array("-----BEGIN CERTIFICATE-----\n".utf8)
            + Array(
                Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed]).utf8)
            + Array("\n-----END CERTIFICATE-----\n".utf8)
    }

    @Test("D1 D2: pyHanko finds both signatures of a letter valid and trusted")
    func pyHanko() throws {
        guard let python = Outside.python else { return }
        try Outside.withFolder { folder in
            let (pdf, root) = (
                folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("root.pem")
            )
            try write(letter(), to: pdf)
            try write(pem(TestKeys.root.certificate), to: root)
            let judged = try Outside.run(
                python,
                [
                    "-m", "pyhanko", "sign", "validate", "--trust-replace", "--trust", root.path,
                    "--pretty-print", pdf.path,
                ])
            #expect(judged.output.components(separatedBy: "judged VALID").count == 3, "\(judged.output)")
        }
    }

    @Test("D1: pdfsig finds both signatures valid and trusted, qpdf finds nothing wrong")
    func pdfsig() throws {
        guard let pdfsig = Outside.program("pdfsig"), let qpdf = Outside.program("qpdf") else { return }
        try Outside.withFolder { folder in
            let pdf = folder.appendingPathComponent("a.pdf")
            try write(letter(), to: pdf)
            #expect(try Outside.run(qpdf, ["--check", pdf.path]).status == 0)
            guard let certutil = Outside.program("certutil") else { return }
            let (root, database) = (folder.appendingPathComponent("root.der"), "sql:" + folder.path)
            try write(TestKeys.root.certificate, to: root)
            try Outside.run(certutil, ["-N", "-d", database, "--empty-password"])
            try Outside.run(certutil, ["-A", "-d", database, "-n", "root", "-t", "CT,C,C", "-i", root.path])
            let judged = try Outside.run(pdfsig, ["-nssdir", database, pdf.path]).output
            #expect(judged.components(separatedBy: "Signature is Valid").count == 3, "\(judged)")
            #expect(judged.components(separatedBy: "Certificate is Trusted").count == 3, "\(judged)")
        }
    }

    @Test("D1: what pyHanko signs passes with us")
    func signedByPyHanko() throws {
        guard let python = Outside.python else { return }
        try Outside.withFolder { folder in
            let (source, target) = (
                folder.appendingPathComponent("in.pdf"), folder.appendingPathComponent("out.pdf")
            )
            let (p12, pass) = (folder.appendingPathComponent("k.p12"), folder.appendingPathComponent("pass"))
            try write(SmallLetter.pdf(), to: source)
            try write(
                CertificateFactory.issue(
                    .init(commonName: "Người ký"), from: TestKeys.root, passphrase: "abc"), to: p12)
            try write(Array("abc".utf8), to: pass)
            for arguments in [["--use-pades"], []] {
                let done = try Outside.run(
                    python,
                    ["-m", "pyhanko", "sign", "addsig", "--field", "Sig1"] + arguments
                        + ["pkcs12", "--passfile", pass.path, source.path, target.path, p12.path])
                #expect(done.status == 0, "\(done.output)")
                let verdict = try #require(
                    try Verification.verify(Outside.read(target), trust: TestKeys.trust).signatures.first)
                #expect(verdict.indication == .totalPassed && verdict.modifications == .none, "\(verdict)")
                #expect(verdict.level == (arguments.isEmpty ? nil : .basic))
            }
        }
    }

    @Test("D2: number and day can be read back from the page as text")
    func extractedText() throws {
        guard let program = Outside.program("pdftotext") else { return }
        try Outside.withFolder { folder in
            let pdf = folder.appendingPathComponent("a.pdf")
            try write(letter(), to: pdf)
            let text = try Outside.run(program, ["-layout", pdf.path, "-"]).output
            #expect(text.contains("54/UBND-VP") || text.contains("54 /UBND-VP"), "\(text)")
        }
    }
}
