// Bản sửa và bản trước (decision 2): beside the version in use, what a sender asks to correct it to, and what stood before a
// correction was agreed to. Whoever may read the letter may read these; of a correction that was refused nothing is left.
import Domain
import Store

package struct OtherVersion: Sendable {
    package let facts: DocumentParticulars
    package let typeName: String
    package let files: [StoredDocumentFile]
    /// What was noticed about the files that are proposed.
    package let findings: [ArrivalFinding]

    /// - Throws: `Refused`: a virus was found in it.
    package func file(_ ordinal: Int) throws -> FileReference {
        guard let file = files.first(where: { $0.ordinal == ordinal })?.file else { throw Refused(.notFound) }
        try ArrivalFinding.refuseInfected(file.name, in: findings)
        return file
    }
}

struct OtherVersions {
    let tables: Tables
    let receipt: Receipt

    /// By the requests they hang on.
    func all() throws -> [ID<ExchangeRequest>: OtherVersion] {
        var found: [ID<ExchangeRequest>: OtherVersion] = [:]
        for request in try tables.receiptRequests.all(of: receipt.id) where receipt.frozenAt == nil {
            let correction = try tables.receiptRequests.correction(of: request.id)
            switch request.state {
            case .asked: found[request.id] = try version(correction.corrected, correction.findings)
            case .agreed: found[request.id] = try version(correction.former, [])
            case .refused: break
            }
        }
        return found
    }

    /// Those that say that this agency is no recipient any more.
    func removals() throws -> Set<ID<ExchangeRequest>> {
        Set(
            try tables.receiptRequests.all(of: receipt.id).map(\.id).filter {
                try tables.receiptRequests.correction(of: $0).isRemoval
            })
    }

    private func version(_ id: ID<Document>?, _ findings: [ArrivalFinding]) throws -> OtherVersion? {
        guard let id, let facts = try tables.documents.particulars(of: id) else { return nil }
        return OtherVersion(
            facts: facts, typeName: try tables.documentTypes.find(facts.type)?.name ?? "",
            files: try tables.documents.files(of: id), findings: findings)
    }
}
