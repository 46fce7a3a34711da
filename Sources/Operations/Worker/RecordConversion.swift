// What became of a conversion, written down by the machine in the agency's journal. The lease of a job may
// have run out and the work been done twice: what is recorded already is left alone.
import Domain
import Foundation
import Store

package struct RecordConversion: OfficeOperation {
    package static let verb = Verb.draftConverted

    package let source: ConversionSource
    package let pdf: FileReference

    package func perform(_ act: Act) throws {
        guard try source.takeFromQueue(act) else { return }
        switch source.kind {
        case .convertVersion: try act.tables.draftVersions.setConverted(pdf, of: ID(source.subject))
        case .convertFile: try act.tables.draftFiles.setConverted(pdf, of: ID(source.subject))
        }
        act.record(
            .draftConverted, source.draft,
            ["file": source.file.name, "hash": source.file.hash, "pdf": pdf.hash, "pages": "\(pdf.pages)"])
    }
}

package struct RecordConversionFailure: OfficeOperation {
    package static let verb = Verb.draftConversionFailed

    package let source: ConversionSource
    package let fault: ConversionFault

    package func perform(_ act: Act) throws {
        guard try source.takeFromQueue(act) else { return }
        switch source.kind {
        case .convertVersion: try act.tables.draftVersions.setUnconverted(fault, of: ID(source.subject))
        case .convertFile: try act.tables.draftFiles.setUnconverted(fault, of: ID(source.subject))
        }
        act.record(
            .draftConversionFailed, source.draft,
            ["file": source.file.name, "hash": source.file.hash, "fault": fault.rawValue])
    }
}

/// The version or enclosure whose PDF is wanted.
package struct ConversionSource: Sendable {
    package let kind: JobKind
    package let subject: UUID
    package let draft: ID<Draft>
    package let file: FileReference

    /// nil when it is gone, or has its PDF.
    static func of(_ job: Job, _ tables: Tables) throws -> ConversionSource? {
        let found: (ID<Draft>, FileReference, ConversionState?)? =
            switch job.kind {
            case .convertVersion:
                try tables.draftVersions.find(ID(job.subject)).map { ($0.draft, $0.source, $0.conversion) }
            case .convertFile:
                try tables.draftFiles.find(ID(job.subject)).map { ($0.draft, $0.source, $0.conversion) }
            }
        guard let (draft, file, state) = found, state == .waiting else { return nil }
        return ConversionSource(kind: job.kind, subject: job.subject, draft: draft, file: file)
    }

    /// The job is over. False when somebody has recorded it, or removed the file, meanwhile. The draft is locked
    /// first, as in every other act on it.
    fileprivate func takeFromQueue(_ act: Act) throws -> Bool {
        let owner = try act.tables.drafts.lock(draft)?.agency
        try act.tables.jobs.remove(kind, subject: subject)
        guard owner == act.actor.agency else { return false }
        return switch kind {
        case .convertVersion: try act.tables.draftVersions.find(ID(subject))?.conversion == .waiting
        case .convertFile: try act.tables.draftFiles.find(ID(subject))?.conversion == .waiting
        }
    }
}
