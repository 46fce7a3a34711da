// Files that came from outside are never read in the server's own memory: children of the same program do it, without
// network, with bounds on memory and time. When a child crashes or runs too long, that is an answer about the file
// ("chưa kiểm tra được"), nothing else is harmed, and another child takes its place.
import Foundation
import Glibc
import OfficeFiles
import PDFSignatures

package struct FileExaminer: Sendable {
    private enum Place: Sendable {
        case children(ProcessCrew)
        case here
    }

    private let place: Place

    /// Asks children that run `program examine`; that is this very program, or in a test the one built beside it.
    package init(program: String, limits: ProcessLimits = Self.limits) {
        place = .children(
            ProcessCrew(
                LimitedProcess(
                    program: program, arguments: ["examine"], limits: limits,
                    environment: ["SWIFT_BACKTRACE": "enable=no"], readable: Self.readable(program))))
    }

    private init() { place = .here }

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
            case .children(let crew):
                let order = ExaminationOrder(
                    roots: trust.certificates.map { Data($0) }, moment: moment, evidence: evidence)
                return try await ask(crew, "signatures", path, order, as: ExaminedSignatures.self)
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
        case .children(let crew):
            return try await ask(crew, "contents", path, ExaminationOrder(), as: ExaminedContents.self)
        }
    }

    // MARK: The child

    private func ask<Answer: Decodable & Sendable>(
        _ crew: ProcessCrew, _ question: String, _ path: String, _ order: ExaminationOrder,
        as type: Answer.Type
    ) async throws -> Answer {
        let words = [UInt8](try JSONEncoder().encode(order))
        guard access(path, R_OK) == 0 else { throw ExaminationFault.gone }
        let answer = try await crew.ask(
            question,
            [.copy(of: path, as: ExaminationOrder.document), .bytes(words, as: ExaminationOrder.file)])
        switch answer {
        case .line(let line):
            guard let value = try? JSONDecoder().decode(Answer.self, from: Data(line)) else {
                throw ExaminationFault.machine
            }
            return value
        case .timedOut, .ended(.signalled(SIGXCPU)): throw ExaminationFault.timedOut
        case .ended(let status) where status.isCrash: throw ExaminationFault.crashed
        case .ended, .tooMuchOutput: throw ExaminationFault.machine
        }
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

    /// The child's side: reads order and file from the folder it stands in, and answers in one line of JSON.
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
