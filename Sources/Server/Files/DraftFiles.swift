// Files of a draft: the letter as it stands (the signed one once there is a signature), older versions, enclosures, and the
// Word files they were made from.
import Domain
import Hummingbird
import Operations
import Pages
import Store

enum DraftFiles {
    static let all: [PageRoute] = [
        .get("du-thao/:code/tep/:file", { try $0.download(try await file($0)) }),
        .get("du-thao/:code/tep/:file/trang/:page", { try await $0.picture(of: try await file($0)) }),
        .get("du-thao/:code/phien-ban/:version/tep/:file", { try $0.download(try await versionFile($0)) }),
        .get(
            "du-thao/:code/phien-ban/:version/tep/:file/trang/:page",
            { try await $0.picture(of: try await versionFile($0)) }),
        .get("du-thao/:code/phien-ban/:version/goc", { try $0.download(try await version($0).source) }),
        .get("du-thao/:code/goc", { try $0.download(try await original($0)) }),
    ]

    /// 1 is the letter; enclosures and supporting papers follow in their order.
    private static func file(_ visit: Visit) async throws -> FileReference {
        let number = try visit.parameter("file", as: Int.self), detail = try await detail(visit)
        if number == 1 {
            let signed = try await visit.office.read { try $0.signedFiles.valid(of: detail.draft.id) }
            if let signed { return signed.file.named("DT-\(detail.draft.code)-da-ky.pdf") }
            guard let pdf = detail.bundle.newest?.pdf else { throw Refused(.notFound) }
            return pdf.named("DT-\(detail.draft.code).pdf")
        }
        guard let file = detail.files.first(where: { $0.ordinal + 1 == number }) else {
            throw Refused(.notFound)
        }
        let isPicture = visit.request.uri.path.contains("/trang/")
        return isPicture ? file.pdf ?? file.source : file.source
    }

    private static func versionFile(_ visit: Visit) async throws -> FileReference {
        guard let pdf = try await version(visit).pdf else { throw Refused(.notFound) }
        return pdf
    }

    private static func version(_ visit: Visit) async throws -> DraftVersion {
        let ordinal = try visit.parameter("version", as: Int.self)
        guard let version = try await detail(visit).versions.first(where: { $0.ordinal == ordinal }) else {
            throw Refused(.notFound)
        }
        return version
    }

    private static func original(_ visit: Visit) async throws -> FileReference {
        guard let newest = try await detail(visit).bundle.newest else { throw Refused(.notFound) }
        return newest.source
    }

    private static func detail(_ visit: Visit) async throws -> DraftDetail {
        try await visit.office.draft(visit.parameter("code", as: Int.self), as: visit.position)
    }
}

extension FileReference {
    func named(_ name: String) -> FileReference {
        FileReference(hash: hash, size: size, name: name, mediaType: mediaType, pages: pages)
    }
}
