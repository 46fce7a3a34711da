import Foundation
import Testing

@testable import PDFSignatures

/// From a file to a file: large ones in little memory, and nothing in place that is not whole.
@Suite struct LargeFileTests {
    @Test("a volume of more than 100 MB is signed twice and judged with 64 MB of memory")
    func boundedMemory() async {
        await #expect(processExitsWith: .success) {
            try Outside.withFolder { folder in
                let (volume, once, twice) = (
                    folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("b.pdf"),
                    folder.appendingPathComponent("c.pdf")
                )
                try ScannedVolume.write(pages: 110, pageBytes: 1 << 20, to: volume)
                let requests = [
                    SmallLetter.request("Mot", TestKeys.head), SmallLetter.request("Hai", TestKeys.agency),
                ]
                // Pages of mapped files are the system's own; everything else counts.
                try Memory.allow(64 << 20)
                try PAdES.sign(file: volume.path, to: once.path, requests[0], with: TestKeys.head)
                try PAdES.sign(file: once.path, to: twice.path, requests[1], with: TestKeys.agency)
                let report = try Verification.verify(
                    FileBytes(contentsOf: twice.path), trust: TestKeys.trust, at: TestKeys.moment)
                #expect(report.signatures.map(\.indication) == [.totalPassed, .totalPassed])
            }
        }
    }

    @Test("prepared, signed, filled and sealed from file to file, in place: the same as in memory")
    func inPlace() throws {
        try Outside.withFolder { folder in
            let path = folder.appendingPathComponent("a.pdf").path
            try Data(SmallLetter.pdf()).write(to: URL(filePath: path))
            try Preparation.prepare(
                file: path, to: path, layout: SmallLetter.layout, font: SmallLetter.font)
            let head = SmallLetter.request(FieldName.signer, TestKeys.head, .image(png: TinyPicture.blue))
            try PAdES.sign(file: path, to: path, head, with: TestKeys.head)
            try FormFilling.fill(
                file: path, to: path, values: ["So": "54", "Ngay": "12", "Thang": "5"], font: SmallLetter.font
            )
            let agency = SmallLetter.request(FieldName.seal, TestKeys.agency, .image(png: TinyPicture.red))
            let prepared = try PAdES.prepare(FileBytes(contentsOf: path), agency)
            try prepared.embed(
                signatureValue: TestKeys.agency.sign(prepared.toBeSigned), file: path, to: path)
            let inMemory = try SmallLetter.sealed(
                SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared())))
            #expect(try Outside.read(URL(filePath: path)) == inMemory)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.pdf"])
        }
    }

    @Test("what cannot be signed leaves the output as it was, and nothing beside it")
    func refused() throws {
        struct Foreign: SigningKey {
            let certificate = TestKeys.head.certificate
            let chain = TestKeys.head.chain
            let algorithm = TestKeys.head.algorithm
            func sign(_ toBeSigned: [UInt8]) throws -> [UInt8] { try TestKeys.agency.sign(toBeSigned) }
        }
        try Outside.withFolder { folder in
            let (input, output) = (
                folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("b.pdf")
            )
            try Data(SmallLetter.pdf()).write(to: input)
            try Data("cũ".utf8).write(to: output)
            #expect(throws: SigningError.self) {
                try PAdES.sign(
                    file: input.path, to: output.path, SmallLetter.request("ChuKy", Foreign()),
                    with: Foreign())
            }
            #expect(throws: FileProblem(step: "open", code: ENOENT)) {
                try FormFilling.fill(
                    file: folder.path + "/khong-co.pdf", to: output.path, values: [:], font: SmallLetter.font)
            }
            #expect(throws: FileProblem(step: "create", code: ENOENT)) {
                try PAdES.sign(
                    file: input.path, to: folder.path + "/khong-co/b.pdf",
                    SmallLetter.request("ChuKy", TestKeys.head), with: TestKeys.head)
            }
            #expect(try String(contentsOf: output, encoding: .utf8) == "cũ")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                    "a.pdf", "b.pdf",
                ])
        }
    }

    @Test("bytes read, bytes mapped and parts of them are the same bytes at the same places")
    func places() throws {
        try Outside.withFolder { folder in
            let url = folder.appendingPathComponent("a")
            var content = [UInt8](repeating: 7, count: FileBytes.mappedFrom + 5_000)
            content.replaceSubrange(9_000..<9_003, with: [1, 2, 3])
            try Data(content).write(to: url)
            let mapped = try FileBytes(contentsOf: url.path)
            let held = FileBytes(content)
            #expect(mapped.isMapped && !held.isMapped && mapped == held)
            let part = mapped[8_999..<9_004]
            #expect(part.startIndex == 8_999 && part[9_001] == 2 && Array(part) == [7, 1, 2, 3, 7])
            #expect(part != held[8_998..<9_003])
            mapped.release()
            #expect(DigestAlgorithm.sha256.hash([mapped]) == DigestAlgorithm.sha256.hash(content))
            #expect(FileBytes(part, then: [9]).map { $0 } == [7, 1, 2, 3, 7, 9])
            #expect(FileBytes([]).isEmpty && FileBytes([]).firstRange(of: "a", from: 0, to: 9) == nil)
        }
    }
}

/// The memory that this process may still take for itself; asking for more brings it down.
private enum Memory {
    static func allow(_ more: Int) throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmData:") } ?? ""
        let taken = try #require(line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) })
        let bound = rlim_t(taken << 10 + more)
        var limit = rlimit(rlim_cur: bound, rlim_max: bound)
        try #require(setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0)
        try #require(malloc(more + 1 << 20) == nil)
    }
}
