// The paper channel's part of the story: agencies on no system, catalogues of media, and what waits to be printed.
import Domain
import Foundation
import Operations
import Store

extension StoryWorld {
    /// An agency of the catalogue that is reached on paper only.
    @discardableResult
    package func addPaperAgency(
        _ name: String = "Hội Người cao tuổi tỉnh Kiên Giang",
        address: String = "Số 6 đường Nguyễn Công Trứ, phường Vĩnh Thanh, Rạch Giá"
    ) async throws -> ID<Agency> {
        let now = office.clock.now, id = ID<Agency>(UUIDv7.make(at: office.clock.now))
        try await office.database.write { connection in
            try Tables(connection).correspondents.put(
                Correspondent(id: id, name: name, kind: .massOrganisation, channel: .paper, address: address),
                at: now)
        }
        return id
    }

    /// As `vanthu admin rules import` does it.
    @discardableResult
    package func importRules(_ catalogue: KnownCatalogue, for slug: String? = nil) async throws
        -> ImportedRules
    {
        var owner: ID<Agency>?
        if let slug { owner = try await agency(slug).id }
        return try await runner.run(
            ImportRules(catalogue.rawValue, for: owner, try RuleCatalogue.read(Array(catalogue.text.utf8))),
            as: .system(name: "Dòng lệnh", agency: nil))
    }

    package func papers(of slug: String, _ state: PaperState = .toPrint) async throws -> [PaperRow] {
        let agency = try await agency(slug).id
        return try await office.read { try $0.paperLists.queue(of: agency, state, limit: 100) }
    }

    /// What waits at an agency gets its copies, certified by its head.
    package func certifyAll(of slug: String, as clerk: String) async throws -> [CertifiedCopy] {
        let agency = try await agency(slug).id
        let waiting = try await papers(of: slug).filter { $0.paper.copy == nil }
        let heads = try await office.read { try $0.positions.holders(of: .head, in: agency) }
        guard let head = heads.first else { throw Refused(.notFound) }
        return try await runner.run(
            CertifyCopy(waiting.map(\.paper.id), signer: head.id), as: try await actor(clerk))
    }
}
