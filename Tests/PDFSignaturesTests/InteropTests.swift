import Foundation
import Testing

@testable import PDFSignatures

/// Every kind of key on every kind of file, signed here and judged by pyHanko, OpenSSL and qpdf; and every level signed by
/// pyHanko and judged here. One process of pyHanko for many files.
@Suite struct InteropTests {
    static let keys = ["rsa2048", "rsa3072", "rsa4096", "pss", "p256", "p384"]

    /// The small letter in every form that a file can have.
    private func kinds(in folder: URL) throws -> [String: [UInt8]] {
        var kinds = ["classic": SmallLetter.pdf()]
        guard let qpdf = Outside.program("qpdf") else { return kinds }
        let plain = folder.appendingPathComponent("plain.pdf")
        try Data(SmallLetter.pdf()).write(to: plain)
        for (name, options) in [
            "streams": ["--object-streams=generate"], "linear": ["--linearize"],
            "linear-streams": ["--linearize", "--object-streams=generate"],
        ] {
            let made = folder.appendingPathComponent("\(name).pdf")
            try Outside.run(qpdf, ["--static-id"] + options + [plain.path, made.path])
            kinds[name] = try Outside.read(made)
        }
        kinds["hybrid"] = try hybrid()
        return kinds
    }

    /// A file whose newest saving has a table for old readers and a stream for the rest (ISO 32000-2, 7.5.8.4).
    private func hybrid() throws -> [UInt8] {
        let base = SmallLetter.pdf()
        // Object 20 is the only object of object stream 21, and so the stream 22 says.
        let packed = RawSaving.stream("20 0 (ẩn)", "/Type /ObjStm /N 1 /First 5 ")
        let row = "\u{02}\u{00}\u{15}\u{00}"
        let rows = RawSaving.stream(row, "/Type /XRef /W [1 2 1] /Index [20 1] /Size 23 /Root 1 0 R ")
        let place = base.count + "21 0 obj\n\(packed)\nendobj\n".utf8.count
        return try RawSaving(objects: [(21, packed), (22, rows)], trailer: "/XRefStm \(place)").appended(
            to: base)
    }

    private struct Judged: Decodable {
        struct Signature: Decodable {
            var field: String
            var isTimestamp: Bool
            var isSound: Bool
            var isIntact: Bool
            var change: String?
            var hasTimestamp: Bool
            var isTimestampSound: Bool
            var summary: String
        }
        var file: String
        var signatures: [Signature]
        var problem: String?
    }

    private func judge(_ files: [URL], _ world: TestWorld, _ python: String) throws -> [Judged] {
        let program = Outside.tests("PKI/pyhanko_hand.py")
        return try Outside.lines(python, [program, "judge", world.roots] + files.map(\.path)).map {
            try JSONDecoder().decode(Judged.self, from: Data($0.utf8))
        }
    }

    @Test(
        "D1: every key on every kind of file, signed twice, is valid and trusted to pyHanko, and whole to qpdf"
    )
    func ours() throws {
        guard let world = TestWorld.shared, let python = Outside.python else { return }
        try Outside.withFolder { folder in
            var files: [URL] = []
            for (kind, pdf) in try kinds(in: folder) {
                for name in Self.keys {
                    let key = try world.key(name, pss: name == "pss")
                    let agency = try world.key("agency")
                    let once = try PAdES.sign(pdf, SmallLetter.request("Mot", key), with: key)
                    let twice = try PAdES.sign(once, SmallLetter.request("Hai", agency), with: agency)
                    files.append(folder.appendingPathComponent("\(kind)-\(name)-signed.pdf"))
                    try Data(twice).write(to: files[files.count - 1])
                }
            }
            if let qpdf = Outside.program("qpdf") {
                for file in files {
                    #expect(
                        try Outside.run(qpdf, ["--check", file.path]).status == 0, "\(file.lastPathComponent)"
                    )
                }
            }
            let judged = try judge(files, world, python)
            #expect(judged.count == files.count)
            for one in judged {
                #expect(one.problem == nil, "\(one.file): \(one.problem ?? "")")
                #expect(one.signatures.map(\.isSound) == [true, true], "\(one.file): \(one.signatures)")
                #expect(
                    one.signatures.map(\.change) == ["FORM_FILLING", "NONE"], "\(one.file): \(one.signatures)"
                )
            }
        }
    }

    @Test("D1: every key's signature is CAdES to OpenSSL", arguments: keys)
    func openSSL(name: String) throws {
        guard let world = TestWorld.shared, let openssl = Outside.program("openssl") else { return }
        let key = try world.key(name, pss: name == "pss")
        let signed = try PAdES.sign(SmallLetter.pdf(), SmallLetter.request("ChuKy", key), with: key)
        try Outside.withFolder { folder in
            let (content, signature) = (
                folder.appendingPathComponent("content"), folder.appendingPathComponent("signature")
            )
            let start = try #require(signed.firstRange(of: Array("/Contents <".utf8))).upperBound
            let end = try #require(signed[start...].firstIndex(of: 0x3E))
            try Data(signed[..<(start - 1)] + signed[(end + 1)...]).write(to: content)
            let digits = signed[start..<end].compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
            let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            try Data(BERNode.first(in: bytes[...]).encoded).write(to: signature)
            let said = try Outside.run(
                openssl,
                [
                    "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature.path,
                    "-content",
                    content.path, "-CAfile", world.roots + "/root.pem", "-purpose", "any", "-out",
                    "/dev/null",
                ])
            #expect(
                said.status == 0 && said.output.contains("CAdES Verification successful"), "\(said.output)")
        }
    }

    @Test("D1: what pyHanko signs at any level, with any kind of key, is whole with us")
    func theirs() throws {
        guard let world = TestWorld.shared, let python = Outside.python else { return }
        try Outside.withFolder { folder in
            let plain = folder.appendingPathComponent("plain.pdf")
            try Data(SmallLetter.pdf()).write(to: plain)
            let wishes =
                Self.keys.map { "\($0):B-B" } + ["rsa2048:B-T", "p256:B-T", "rsa2048:B-LT", "p256:B-LT"]
                + ["rsa2048:B-LTA", "pss:B-LTA", "p384:B-LTA"]
            _ = try Outside.lines(
                python,
                [
                    Outside.tests("PKI/pyhanko_hand.py"), "sign", world.folder + "/world.json", plain.path,
                    folder.path,
                ]
                    + wishes)
            for wish in wishes {
                let file = folder.appendingPathComponent(wish.replacing(":", with: "-") + ".pdf")
                let signatures = try Verification.verify(Outside.read(file), trust: world.trust()).signatures
                let first = try #require(signatures.first, "\(wish)")
                #expect(first.indication != .totalFailed, "\(wish): \(first)")
                #expect(first.modifications <= .formFilling, "\(wish): \(first)")
                #expect(signatures.count == (wish.hasSuffix("LTA") ? 2 : 1))
            }
        }
    }
}
