// Pictures of staged files. Files of papers hang below their own papers, because who may read the paper may read its
// files; nothing is reached by hash.
import Domain
import Foundation
import Operations
import Store

enum FileRoutes {
    static let all: [PageRoute] = [
        .get("tep-tam/:id/trang/:page", stagedPage)
    ]

    private static func stagedPage(_ visit: Visit) async throws -> Reply {
        let id: ID<StagedFile> = try visit.id("id")
        let (account, agency) = (visit.position.account, visit.agency.id)
        guard
            let staged = try await visit.office.read({
                try $0.stagedFiles.find(id, account: account, agency: agency)
            })
        else { throw Refused(.notFound) }
        return try await visit.picture(of: staged.file)
    }
}

extension Visit {
    /// The file that `…/tep/:file` names, among those of a paper the person may read.
    func chosen(from files: [StoredDocumentFile]) throws -> FileReference {
        let ordinal = try parameter("file", as: Int.self)
        guard let stored = files.first(where: { $0.ordinal == ordinal }) else { throw Refused(.notFound) }
        return stored.file
    }

    /// `…/trang/3.png?rong=1100` of a PDF.
    func picture(of file: FileReference) async throws -> Reply {
        let name: String = try parameter("page")
        guard name.hasSuffix(".png"), let page = Int(name.dropLast(4)), file.mediaType == "application/pdf"
        else {
            throw Refused(.notFound)
        }
        return .picture(
            try await server.pictures.picture(file.hash, page: page, width: Int(query("rong")) ?? 1100))
    }

    func download(_ file: FileReference) throws -> Reply {
        guard let path = server.blobPath(file.hash) else { throw Refused(.notFound) }
        return .download(path: path, name: file.name, mediaType: file.mediaType)
    }
}
