// Documents a minute with two conversions side by side, confined as in service, beside LibreOffice alone with a profile
// that it keeps.
import Foundation
import OfficeFiles
import TestKit

struct WordToPDF {
    let count: Int

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "vanthu-bench-\(UUID().uuidString)"
        ).path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = folder + "/cong-van.docx"
        try Data(try WorldFiles.bytes("drafts/01-cong-van-cung-cap-so-lieu-ho-tich.docx")).write(
            to: URL(filePath: source))
        for lane in 0..<2 { try await Self.alone(source, folder, lane) }
        let bare = try await twoAtATime { lane in try await Self.alone(source, folder, lane) }
        let ours = try await twoAtATime { _ in _ = try await WordConversion.convert(source, kind: .docx) }
        Report.line(
            "LibreOffice alone, two at a time", Report.number(bare, decimals: 1) + " documents a minute")
        Report.line("VanThu, two at a time", Report.number(ours, decimals: 1) + " documents a minute")
        Report.line("share of LibreOffice alone", Report.percent(ours / bare))
    }

    private func twoAtATime(_ convert: @escaping @Sendable (Int) async throws -> Void) async throws -> Double
    {
        let turns = Turns(count), clock = ContinuousClock(), begin = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<2 {
                group.addTask { while turns.next() != nil { try await convert(lane) } }
            }
            try await group.waitForAll()
        }
        return Double(count) * 60 / (clock.now - begin).inSeconds
    }

    private static func alone(_ source: String, _ folder: String, _ lane: Int) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "soffice", "-env:UserInstallation=file://\(folder)/profile-\(lane)", "--headless", "--convert-to",
            "pdf",
            "--outdir", folder + "/out-\(lane)", source,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do { try process.run() } catch { done.resume(throwing: error) }
        }
        guard process.terminationStatus == 0 else {
            throw Unmeasurable("LibreOffice could not convert the document")
        }
    }
}
