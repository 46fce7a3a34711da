import Foundation
import Testing

@testable import PDFSignatures

/// The levels that last, between us and pyHanko in both directions, with the test world answering over real sockets.
@Suite struct LevelInteropTests {
    private func services(_ world: TestWorld, mode: String = "good", clock: Date? = nil) throws
        -> LongTermServices
    {
        let authority = TimestampAuthority(url: try #require(world.timestamps[mode]), patience: 2)
        return LongTermServices(
            timestampAuthority: authority, exchange: LoopbackExchange(), roots: try world.trust().roots,
            clock: { clock ?? Date() })
    }

    private func signed(_ world: TestWorld, _ name: String, _ level: SignatureLevel) throws -> [UInt8] {
        let key = try world.key(name, pss: name == "pss")
        var request = SmallLetter.request("ChuKy", key)
        request.level = level
        request.signingTime = Date()
        return try PAdES.sign(SmallLetter.pdf(), request, with: key, services: services(world))
    }

    @Test(
        "D9: our B-T, B-LT, B-LTA and their renewal are valid, timestamped and trusted to pyHanko; the file says it alone"
    )
    func ours() throws {
        guard let world = TestWorld.shared, let python = Outside.python else { return }
        try Outside.withFolder { folder in
            var files: [URL] = []
            func keep(_ name: String, _ pdf: [UInt8]) throws {
                files.append(folder.appendingPathComponent(name + ".pdf"))
                try Data(pdf).write(to: files[files.count - 1])
            }
            for name in ["rsa2048", "pss", "p256"] {
                for level in [SignatureLevel.timestamped, .longTerm, .archival] {
                    let pdf = try signed(world, name, level)
                    try keep("\(name)-\(level.rawValue)", pdf)
                    let exchange = level == .timestamped ? LoopbackExchange() : nil
                    let report = try Verification.verify(pdf, trust: world.trust(), exchange: exchange)
                    #expect(report.isSound && report.signatures.first?.level == level, "\(report)")
                }
            }
            let archived = try signed(world, "p384", .archival)
            let renewed = try PAdES.extend(archived, to: .archival, services: services(world, mode: "ec"))
            #expect(renewed.count > archived.count && renewed.starts(with: archived))
            try keep("renewed", renewed)
            let program = Outside.tests("PKI/pyhanko_hand.py")
            let lines = try Outside.lines(python, [program, "judge", world.roots] + files.map(\.path))
            #expect(lines.count == files.count)
            for line in lines {
                let judged = try JSONDecoder().decode(Judged.self, from: Data(line.utf8))
                #expect(judged.problem == nil && !judged.signatures.isEmpty, "\(line)")
                #expect(!judged.signatures.map(\.isSound).contains(false), "\(line)")
                #expect(judged.signatures.first?.isTimestampSound == true, "\(line)")
                let stamps = judged.signatures.filter(\.isTimestamp).count
                #expect(
                    stamps == (judged.file == "renewed.pdf" ? 2 : judged.file.hasSuffix("LTA.pdf") ? 1 : 0))
            }
        }
    }

    private struct Judged: Decodable {
        struct Signature: Decodable {
            var isTimestamp: Bool
            var isSound: Bool
            var isTimestampSound: Bool
        }
        var file: String
        var signatures: [Signature]
        var problem: String?
    }

    @Test("D9: pyHanko's levels are the same levels with us, from B-LT on without any network")
    func theirs() throws {
        guard let world = TestWorld.shared, let python = Outside.python else { return }
        try Outside.withFolder { folder in
            let plain = folder.appendingPathComponent("plain.pdf")
            try Data(SmallLetter.pdf()).write(to: plain)
            let wishes = [
                "rsa2048:B-B", "p256:B-T", "pss:B-T", "rsa4096:B-LT", "p384:B-LT", "pss:B-LTA", "p256:B-LTA",
            ]
            _ = try Outside.lines(
                python,
                [
                    Outside.tests("PKI/pyhanko_hand.py"), "sign", world.folder + "/world.json", plain.path,
                    folder.path,
                ]
                    + wishes)
            for wish in wishes {
                let level = String(wish.split(separator: ":")[1])
                let pdf = try Outside.read(
                    folder.appendingPathComponent(wish.replacing(":", with: "-") + ".pdf"))
                let exchange = level == "B-B" || level == "B-T" ? LoopbackExchange() : nil
                let report = try Verification.verify(pdf, trust: world.trust(), exchange: exchange)
                #expect(report.isSound, "\(wish): \(report)")
                #expect(report.signatures.first?.level?.rawValue == level, "\(wish): \(report)")
            }
        }
    }

    @Test("D9: OpenSSL finds our timestamps to be over the signature value")
    func openSSL() throws {
        guard let world = TestWorld.shared, let openssl = Outside.program("openssl") else { return }
        let pdf = try signed(world, "p256", .timestamped)
        let field = try #require(try PDFFile(pdf).fields().first { $0.name == "ChuKy" })
        let dictionary = try #require(try PDFFile(pdf).reader.dictionary(field.value))
        let record = try CMSSignature(try #require(dictionary["Contents"]?.string))
        let token = try #require(record.signer.unsignedAttributes["1.2.840.113549.1.9.16.2.14"]?.first)
        try Outside.withFolder { folder in
            let (value, stamp, above) = (
                folder.appendingPathComponent("value"), folder.appendingPathComponent("token"),
                world.folder + "/certificates/intermediate-rsa.pem"
            )
            try Data(record.signer.signature).write(to: value)
            try Data(token.encoded).write(to: stamp)
            let said = try Outside.run(
                openssl,
                [
                    "ts", "-verify", "-data", value.path, "-in", stamp.path, "-token_in", "-CAfile",
                    world.roots + "/root.pem", "-untrusted", above,
                ])
            #expect(said.status == 0 && said.output.contains("Verification: OK"), "\(said.output)")
        }
    }

    @Test("D9: a timestamp authority that lies, is slow or is down makes signing fail; nothing is handed on")
    func lyingAuthorities() throws {
        guard let world = TestWorld.shared else { return }
        let key = try world.key("rsa2048")
        var request = SmallLetter.request("ChuKy", key)
        request.level = .timestamped
        for mode in world.timestamps.keys.sorted() where mode != "good" && mode != "ec" {
            #expect(throws: SigningError.self, "\(mode)") {
                try PAdES.sign(SmallLetter.pdf(), request, with: key, services: services(world, mode: mode))
            }
        }
        let nobody = LongTermServices(
            timestampAuthority: TimestampAuthority(url: world.refused), exchange: LoopbackExchange())
        #expect(throws: SigningError.self) {
            try PAdES.sign(SmallLetter.pdf(), request, with: key, services: nobody)
        }
    }

    @Test(
        "D9: a certificate revoked after signing passes where a clock proves the time, and is left open where none does"
    )
    func revokedLater() throws {
        let then = Date(timeIntervalSince1970: 1_772_323_200)  // 2026-03-01
        guard let running = try TestWorld.start(clock: "2026-03-01T00:00:00Z") else { return }
        let world = running.world
        let key = try world.key("revoked-later")
        var request = SmallLetter.request("ChuKy", key)
        request.signingTime = then
        let plain = try PAdES.sign(SmallLetter.pdf(), request, with: key)
        var files: [SignatureLevel: [UInt8]] = [.basic: plain]
        for level in [SignatureLevel.timestamped, .longTerm, .archival] {
            request.level = level
            files[level] = try PAdES.sign(
                SmallLetter.pdf(), request, with: key, services: services(world, clock: then))
        }
        _ = try LoopbackExchange().send(WebRequest(method: "POST", url: world.url + "/clock"))
        for (level, pdf) in files {
            let report = try Verification.verify(pdf, trust: world.trust(), exchange: LoopbackExchange())
            let verdict = try #require(report.signatures.first)
            if level == .basic {
                #expect(verdict.indication == .indeterminate, "\(verdict)")
                #expect(verdict.findings.contains { $0.code == .certificateRevoked }, "\(verdict)")
            } else {
                #expect(verdict.indication == .totalPassed, "\(level): \(verdict)")
                #expect(verdict.provenTime == "2026-03-01T07:00:00+07:00", "\(level): \(verdict)")
            }
        }
    }
}
