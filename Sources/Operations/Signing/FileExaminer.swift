// Files that came from outside are never read in the server's own memory: a child of the same program does it, without
// network, with bounds on memory and time. When the child crashes or runs too long, that is an answer about the file
// ("chưa kiểm tra được") and nothing else is harmed.
import Foundation
import Glibc
import OfficeFiles
import PDFSignatures

package struct FileExaminer: Sendable {
    private enum Place: Sendable {
        case child(program: String)
        case here
    }

    private let place: Place
    private let limits: ProcessLimits
    private let turnstile = Turnstile(limit: 2)

    /// Runs `program examine …` for every file; that is this very program, or in a test the one built beside it.
    package init(program: String, limits: ProcessLimits = Self.limits) {
        place = .child(program: program)
        self.limits = limits
    }

    private init() {
        place = .here
        limits = Self.limits
    }

    /// For tests of everything else, which need no child.
    package static let inThisProcess = FileExaminer()

    /// A letter of a hundred pages takes some tens of milliseconds; a scanned file of a hundred megabytes some seconds.
    package static let limits = ProcessLimits(
        wallSeconds: 60, cpuSeconds: 60, memoryBytes: 2 << 30, fileBytes: 1 << 20, outputBytes: 16 << 20)

    // MARK: What is asked

    /// Never fails: what could not be examined says why.
    package func signatures(
        of path: String, trust: TrustRoots, at moment: Date, evidence: [EvidenceAnswer] = []
    ) async -> ExaminedSignatures {
        do {
            switch place {
            case .here:
                let bytes = try Self.bytes(path)
                return await OwnThread.run {
                    Examination.signatures(bytes, trust: trust, at: moment, evidence: evidence)
                }
            case .child(let program):
                let order = ExaminationOrder(
                    roots: trust.certificates.map { Data($0) }, moment: moment, evidence: evidence)
                return try await run(program, "signatures", path, order, as: ExaminedSignatures.self)
            }
        } catch {
            return ExaminedSignatures(
                findings: SignatureFindings(signatures: [], fault: error as? ExaminationFault ?? .machine))
        }
    }

    /// What a PDF carries that acts by itself.
    package func activeContent(ofPDF path: String) async throws -> ExaminedContents {
        switch place {
        case .here:
            let bytes = try Self.bytes(path)
            return await OwnThread.run { ExaminedContents(bytes) }
        case .child(let program):
            return try await run(program, "contents", path, ExaminationOrder(), as: ExaminedContents.self)
        }
    }

    // MARK: The child

    private func run<Answer: Decodable & Sendable>(
        _ program: String, _ question: String, _ path: String, _ order: ExaminationOrder, as type: Answer.Type
    ) async throws -> Answer {
        let result = try await turnstile.pass {
            let work = try WorkFolder(owner: Isolation.detected.user)
            do { try work.copy(path, as: ExaminationOrder.document) } catch { throw ExaminationFault.gone }
            try work.write([UInt8](try JSONEncoder().encode(order)), as: ExaminationOrder.file)
            return try await LimitedProcess(
                program: program, arguments: ["examine", question], limits: limits,
                environment: ["SWIFT_BACKTRACE": "enable=no"], readable: Self.readable(program)
            ).run(in: work)
        }
        if result.timedOut || result.status == .signalled(SIGXCPU) { throw ExaminationFault.timedOut }
        if result.crashed { throw ExaminationFault.crashed }
        guard result.succeeded, !result.outputCut,
            let answer = try? JSONDecoder().decode(Answer.self, from: Data(result.stdout))
        else { throw ExaminationFault.machine }
        return answer
    }

    private static func bytes(_ path: String) throws -> FileBytes {
        do { return try FileBytes(contentsOf: path) } catch { throw ExaminationFault.gone }
    }

    /// The program itself and the folders of the libraries it runs with, where they are not the system's.
    private static func readable(_ program: String) -> [String] {
        let real = URL(filePath: program).resolvingSymlinksInPath().path()
        return Set([program, real]).sorted() + libraryFolders
    }

    private static let libraryFolders: [String] = {
        let folders = ownMaps().split(separator: "\n").compactMap { line -> String? in
            guard let start = line.firstIndex(of: "/") else { return nil }
            let path = String(line[start...])
            let isSystem = ["/usr/", "/lib", "/dev/", "/proc/"].contains { path.hasPrefix($0) }
            return path.contains(".so") && !isSystem ? (path as NSString).deletingLastPathComponent : nil
        }
        return Set(folders).sorted()
    }()

    /// The kernel hands this file out a page at a time, which a reader that asks for its size takes for its end.
    private static func ownMaps() -> String {
        let file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(file, &piece, piece.count)
            if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}

/// What the child is given beside the file.
package struct ExaminationOrder: Sendable, Codable {
    package var roots: [Data] = []
    package var moment = Date(timeIntervalSince1970: 0)
    package var evidence: [EvidenceAnswer] = []

    package static let document = "in.pdf"
    package static let file = "order.json"

    /// The child's side: reads order and file from the folder it stands in, and answers in JSON.
    package static func answer(_ question: String) throws -> Data {
        let order = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(filePath: file)))
        let bytes = try FileBytes(contentsOf: document)
        switch question {
        case "contents": return try JSONEncoder().encode(ExaminedContents(bytes))
        default:
            let trust = TrustRoots(certificates: order.roots.map { [UInt8]($0) })
            return try JSONEncoder().encode(
                Examination.signatures(bytes, trust: trust, at: order.moment, evidence: order.evidence))
        }
    }
}

package struct ExaminedContents: Sendable, Codable, Equatable {
    package let active: [ActiveContent]
    package let unreadable: UnreadableFile?

    init(_ pdf: FileBytes) {
        do throws(PDFError) {
            (active, unreadable) = (try ActiveContent.find(in: pdf), nil)
        } catch {
            (active, unreadable) = ([], UnreadableFile(error))
        }
    }
}
