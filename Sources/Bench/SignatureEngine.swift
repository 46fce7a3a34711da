// The signature engine on one processor: signing and judging a letter of ten pages, a volume of 200 MB from file to file, and
// volumes of growing size, beside pyHanko and `openssl speed` in the same run.
import Foundation
import PDFSignatures

struct SignatureEngine {
    let seconds: Double
    let python: String?
    let script: String?

    private let moment = Date(timeIntervalSince1970: 1_778_546_400)

    func run() throws {
        let root = try CertificateFactory.makeRoot(name: "Gốc đo tốc độ")
        let p12 = try CertificateFactory.issue(.init(commonName: "Người ký"), from: root, passphrase: "do")
        let bench = SignedLetters(
            key: try PKCS12Key(p12, passphrase: "do"), trust: TrustStore(roots: [root.certificate]),
            moment: moment)
        let letter = BenchVolume.bytes(pages: 10, pageBytes: 22_000)
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "vanthu-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let others = try pyHanko(letter, p12: p12, in: folder)
        try speeds(bench, letter: FileBytes(letter), raw: try opensslRate(), others: others)
        try growth(bench)
        try largeVolume(bench, in: folder)
    }

    // MARK: A letter

    private func speeds(
        _ bench: SignedLetters, letter: FileBytes, raw: Double, others: [String: Double]
    ) throws {
        let picture = try SignaturePicture(png: BenchVolume.signaturePNG())
        let once = try bench.sign(letter, "Mot", picture)
        let twice = try bench.sign(once, "Hai", picture)
        func beside(_ name: String, _ rate: Double) -> String {
            others[name].map { " (pyHanko \(Report.number($0, decimals: 1)), × \(Report.number(rate / $0)))" }
                ?? ""
        }
        Report.line("`openssl speed rsa2048`, signatures/s", Report.number(raw))
        let signing = try rate { _ = try bench.sign(letter, "Mot", picture) }
        Report.line(
            "visible B-B, \(letter.count / 1_000) KB, 10 pages, /s",
            Report.number(signing) + beside("sign", signing),
            aim: "≥ 1,200", met: signing >= 1_200)
        Report.line(
            "the same, of the raw rate", Report.percent(signing / raw), aim: "≥ 25 %",
            met: signing / raw >= 0.25)
        let one = try rate { try bench.judge(once, expecting: 1) }
        Report.line(
            "one signature judged, /s", Report.number(one) + beside("one", one), aim: "≥ 1,000",
            met: one >= 1_000)
        let two = try rate { try bench.judge(twice, expecting: 2) }
        Report.line(
            "two signatures judged with what changed between, /s", Report.number(two) + beside("two", two),
            aim: "≥ 200", met: two >= 200)
    }

    /// Times a second of processor time of this thread's process, which neighbours on the machine hardly change.
    private func rate(_ act: () throws -> Void) rethrows -> Double {
        try act()
        let start = Processor.seconds()
        var count = 0
        while Processor.seconds() - start < seconds {
            try act()
            count += 1
        }
        return Double(count) / (Processor.seconds() - start)
    }

    // MARK: Size

    private func growth(_ bench: SignedLetters) throws {
        var costs: [Double] = []
        for pages in [125, 250, 500] {
            let volume = try bench.sign(
                FileBytes(BenchVolume.bytes(pages: pages, pageBytes: 100_000)), "Mot", nil)
            let start = Processor.seconds()
            try bench.judge(volume, expecting: 1)
            let cost = Processor.seconds() - start
            costs.append(cost / Double(volume.count))
            Report.line("\(pages) pages, \(volume.count / 1_000_000) MB judged", Report.milliseconds(cost))
        }
        let ratio = (costs.last ?? 0) / max(costs.first ?? 1, 1e-12)
        Report.line(
            "time a byte, 500 pages against 125", Report.number(ratio, decimals: 2), aim: "≤ 1.3",
            met: ratio <= 1.3)
    }

    private func largeVolume(_ bench: SignedLetters, in folder: URL) throws {
        let (input, output) = (folder.appending(path: "a.pdf").path, folder.appending(path: "b.pdf").path)
        try Data(BenchVolume.bytes(pages: 200, pageBytes: 1 << 20)).write(to: URL(filePath: input))
        let meter = MemoryMeter()
        let start = ContinuousClock.now
        try PAdES.sign(file: input, to: output, bench.request("Mot", nil), with: bench.key)
        let taken = (ContinuousClock.now - start).inSeconds
        let grown = meter.stop()
        Report.line("210 MB signed from file to file", Report.milliseconds(taken))
        Report.line(
            "own memory beyond the start", "\(grown >> 20) MB", aim: "< 64 MB", met: grown < 64 << 20)
    }

    // MARK: Others

    private func opensslRate() throws -> Double {
        let output = try BenchProgram.run("/usr/bin/openssl", ["speed", "-seconds", "2", "rsa2048"])
        let line = output.split(separator: "\n").last { $0.hasPrefix("rsa 2048") } ?? ""
        guard let rate = line.split(separator: " ").dropLast().last.flatMap({ Double($0) }) else {
            throw Unmeasurable("openssl speed said: \(output)")
        }
        return rate
    }

    /// Rates by name; empty without a python that has pyHanko.
    private func pyHanko(_ letter: [UInt8], p12: [UInt8], in folder: URL) throws -> [String: Double] {
        guard let python, let script else { return [:] }
        let (pdf, key) = (folder.appending(path: "l.pdf"), folder.appending(path: "k.p12"))
        try Data(letter).write(to: pdf)
        try Data(p12).write(to: key)
        let output = try BenchProgram.run(python, [script, pdf.path, key.path, "do"])
        var rates: [String: Double] = [:]
        for line in output.split(separator: "\n") {
            let parts = line.split(separator: " ")
            if parts.count == 2, let rate = Double(parts[1]) { rates[String(parts[0])] = rate }
        }
        return rates
    }
}

/// Signing and judging with one key.
struct SignedLetters {
    let key: PKCS12Key
    let trust: TrustStore
    let moment: Date

    func request(_ field: String, _ picture: SignaturePicture?) -> SigningRequest {
        SigningRequest(
            field: field,
            place: picture.map { _ in Place(page: 9, rect: Rect(x: 300, y: 120, width: 134, height: 67)) },
            appearance: picture.map { .picture($0) } ?? .none, key: key, signingTime: moment)
    }

    func sign(_ pdf: FileBytes, _ field: String, _ picture: SignaturePicture?) throws -> FileBytes {
        try PAdES.sign(pdf, request(field, picture), with: key)
    }

    func judge(_ pdf: FileBytes, expecting count: Int) throws {
        let report = try Verification.verify(pdf, trust: trust, at: moment)
        guard report.signatures.count == count, report.isSound else {
            throw Unmeasurable("the signatures are not valid: \(report)")
        }
    }
}
