import BlobStorage
import Domain
import Foundation
import OfficeFiles
import Operations
import Store
import TestKit
import Testing

/// Files from outside are looked into by a child of the program itself; whatever happens to the child is an answer about the
/// file and harms nothing else.
@Suite(.serialized) struct ExaminerTests {
    private static func program() -> String? {
        if Program.vanthu == nil { print("*** vanthu is not beside the tests: the child is NOT tested ***") }
        return Program.vanthu
    }

    @Test("The child finds in an issued letter what this process would find, and nothing active")
    func same() async throws {
        guard let program = Self.program() else { return }
        try await TemporaryOffice.with(.sqlite, agencies: FullOffice.agencies) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let letter = try await world.issuedLetter(
                try await world.issue(try await world.signedDraft(enclosure: nil)))
            let path = world.office.blobs.path(of: try #require(BlobHash(hex: letter.hash)))
            let moment = world.office.clock.now.date
            let child = await FileExaminer(program: program).signatures(
                of: path, trust: world.office.trust, at: moment)
            let here = await FileExaminer.inThisProcess.signatures(
                of: path, trust: world.office.trust, at: moment)
            #expect(child == here)
            #expect(child.findings.legalValue == .original)
            #expect(try await FileExaminer(program: program).activeContent(ofPDF: path).active == [])
            let unnamed = await FileExaminer(program: program).signatures(of: path, trust: .none, at: moment)
            #expect(unnamed.findings.legalValue == .unverified)
        }
    }

    @Test("A child that runs too long, needs too much memory or cannot start is a verdict with its reason")
    func limits() async throws {
        guard let program = Self.program() else { return }
        let path = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 0x20, count: 48 << 20).write(to: URL(filePath: path))
        func fault(_ limits: ProcessLimits, _ program: String) async -> ExaminationFault? {
            await FileExaminer(program: program, limits: limits)
                .signatures(of: path, trust: .none, at: Date()).findings.fault
        }
        var short = FileExaminer.limits
        short.wallSeconds = 0
        #expect(await fault(short, program) == .timedOut)
        var small = FileExaminer.limits
        small.memoryBytes = 96 << 20
        // The end of a program without memory has many faces, and none of them is a verdict on signatures.
        #expect([.crashed, .machine].contains(await fault(small, program)))
        #expect(await fault(FileExaminer.limits, "/usr/bin/true") == .machine)
        #expect(await fault(FileExaminer.limits, "/nonexistent/vanthu") == .machine)
        let gone = await FileExaminer(program: program).signatures(
            of: "/nonexistent.pdf", trust: .none, at: Date())
        #expect(gone.findings.fault == .gone)
        #expect(gone.findings.legalValue == .unchecked)
    }

    @Test(
        "The worker keeps a failed examination as such after three attempts, and the page says why",
        arguments: DatabaseKind.available)
    func worker(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let broken = world.changed(examiner: FileExaminer(program: "/usr/bin/false"))
            let letter = try WorldFiles.bytes("letters/" + StoryWorld.storyLetter)
            _ = try await world.stage(letter, name: "den.pdf", for: try await world.actor("vt.tuphap"))
            let hash = try world.office.blobs.put(letter).hash.hex
            // Each attempt waits a little longer; the story's clock moves on with every look.
            for _ in 0..<60 where try await world.verdict(hash) == nil {
                _ = try await VerdictWorker(office: broken.office).runOnce()
            }
            let verdict = try #require(try await world.verdict(hash))
            #expect(verdict.findings.fault == .machine)
            #expect(verdict.value == .unchecked)
        }
    }
}
