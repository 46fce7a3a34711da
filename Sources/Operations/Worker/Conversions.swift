// The worker that makes PDFs of Word and Excel files (decision 22, 25): it takes a job under a lease, lets
// LibreOffice work outside any transaction, stores the PDF, and only then writes what became of it. If the
// machine dies anywhere in between, the lease runs out and the job is taken again.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import OfficeFiles
import Store

package struct ConversionWorker: Sendable {
    /// Longer than a conversion may take.
    static let leaseSeconds = 180
    static let attemptLimit = 3
    static let pause = Duration.milliseconds(300)

    private let office: Office
    private let runner: OperationRunner
    private let convert: Convert

    /// Makes the PDF of the file at the path, and counts its pages.
    package typealias Convert =
        @Sendable (_ path: String, _ kind: FileKind) async throws -> (bytes: [UInt8], pages: Int)

    package init(office: Office, convert: @escaping Convert = Self.byLibreOffice) {
        self.office = office
        self.runner = OperationRunner(office: office)
        self.convert = convert
    }

    package static let byLibreOffice: Convert = { path, kind in
        let pdf = try await WordConversion.convert(path, kind: kind)
        return (pdf.bytes, pdf.pages)
    }

    /// Until cancelled, two documents side by side.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<2 { group.addTask { await loop() } }
        }
    }

    private func loop() async {
        while !Task.isCancelled {
            do {
                if try await runOnce() { continue }
            } catch {
                office.log.error("conversion worker", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// One job, if there is one; false when nothing waits.
    package func runOnce() async throws -> Bool {
        try await office.conversions.pass {
            guard let job = try await take() else { return false }
            guard let source = try await office.read({ try ConversionSource.of(job, $0) }) else {
                try await office.database.write { try Tables($0).jobs.remove(job.id) }
                return true
            }
            try await work(job, source)
            return true
        }
    }

    private func take() async throws -> Job? {
        let now = office.clock.now
        guard try await office.read({ try $0.jobs.isAnyReady(at: now) }) else { return nil }
        return try await office.database.write {
            try Tables($0).jobs.take(at: now, leasedUntil: now.adding(seconds: Self.leaseSeconds))
        }
    }

    private func work(_ job: Job, _ source: ConversionSource) async throws {
        let machine = Actor.system(name: "Chuyển đổi PDF", agency: job.agency)
        // A document that brought the whole machine down more than once is not tried for ever.
        if job.attempts > Self.attemptLimit {
            try await runner.run(RecordConversionFailure(source: source, fault: .crashed), as: machine)
            return
        }
        do {
            let hold = office.blobs.hold()
            let pdf = try await makePDF(of: source.file, under: hold)
            try await runner.run(RecordConversion(source: source, pdf: pdf), as: machine)
            hold.release()
        } catch let fault as ConversionFault {
            try await runner.run(RecordConversionFailure(source: source, fault: fault), as: machine)
        } catch is CancellationError {
            try await putBack(job, afterSeconds: 0, error: "stopped")
        } catch  where job.attempts >= Self.attemptLimit {
            office.log.error("conversion given up", metadata: ["job": "\(job.id)", "error": "\(error)"])
            try await runner.run(RecordConversionFailure(source: source, fault: .machine), as: machine)
        } catch {
            office.log.warning("conversion put back", metadata: ["job": "\(job.id)", "error": "\(error)"])
            try await putBack(job, afterSeconds: 10 * job.attempts, error: "\(error)")
        }
    }

    private func makePDF(of file: FileReference, under hold: BlobHold) async throws -> FileReference {
        guard let hash = BlobHash(hex: file.hash), office.blobs.contains(hash) else {
            throw ConversionFault.sourceUnreadable
        }
        guard let kind = DraftUploads.kind(of: file) else { throw ConversionFault.notConvertible }
        let converted: (bytes: [UInt8], pages: Int)
        do {
            converted = try await convert(office.blobs.path(of: hash), kind)
        } catch let failure as ConversionFailure {
            throw ConversionFault(failure)
        } catch OfficeFileError.programMissing {
            throw ConversionFault.programMissing
        }
        let stored = try office.blobs.put(converted.bytes, under: hold)
        return FileReference(
            hash: stored.hash.hex, size: stored.size, name: file.name, mediaType: FileKind.pdf.mediaType,
            pages: converted.pages)
    }

    private func putBack(_ job: Job, afterSeconds seconds: Int, error: String) async throws {
        let until = office.clock.now.adding(seconds: seconds)
        try await office.database.write { try Tables($0).jobs.putBack(job.id, until: until, error: error) }
    }
}

extension ConversionFault {
    init(_ failure: ConversionFailure) {
        self =
            switch failure {
            case .timeout: .timeout
            case .crashed: .crashed
            case .notConvertible: .notConvertible
            case .noOutput: .noOutput
            case .encrypted: .encrypted
            }
    }
}
