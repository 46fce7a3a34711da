// Rạch Giá on the morning of 12 May 2026: an office with real tables and real files, filled from the story's files. The
// demo and every test stand on it; a neighbouring agency must never see another's papers.
import BlobStorage
import Crypto
import Domain
import DualSQL
import Foundation
import Operations
import Store

package struct StoryWorld: Sendable {
    package let office: Office
    package let runner: OperationRunner

    package static let morning = Instant(OfficeDate(dayNumber: 20_585), hour: 7, minute: 30)
    package static let password = "rachgia-2026"
    package static let pin = "246810"

    package init(office: Office) {
        self.office = office
        self.runner = OperationRunner(office: office)
    }

    /// Fills an empty installation; `slugs` keeps tests to the agencies they need.
    package func install(only slugs: Set<String>? = nil) async throws {
        let installer = Actor.system(name: "Cài đặt ban đầu", agency: nil)
        try await runner.run(LoadDocumentTypes(types: try WorldFiles.documentTypes()), as: installer)
        var agencies: [String: ID<Agency>] = [:]
        for line in try WorldFiles.agencies(makeID: { ID(UUIDv7.make(at: office.clock.now)) })
        where slugs?.contains(line.agency.slug) ?? true {
            agencies[line.agency.slug] = try await runner.run(AddAgency(agency: line.agency), as: installer)
                .id
        }
        // One hash for all: everybody in the story has the same password, and 155 hashes would only take time.
        let hash = Passwords.hash(Self.password)
        var accounts: [String: ID<Account>] = [:]
        for person in try WorldFiles.people() {
            guard let agency = agencies[person.agencySlug] else { continue }
            let account = try await runner.run(
                AddPerson(
                    login: person.login, name: person.name, passwordHash: hash, mustChangePassword: false),
                as: installer)
            accounts[person.login] = account
            try await runner.run(
                AddPosition(account: account, agency: agency, role: person.role, title: person.title),
                as: installer)
        }
        for extra in try WorldFiles.positions() {
            guard let agency = agencies[extra.agencySlug], let account = accounts[extra.login] else {
                continue
            }
            try await runner.run(
                AddPosition(account: account, agency: agency, role: extra.role, title: extra.title),
                as: installer)
        }
    }

    /// Who acts when this login signs in: the first position, or the one in the named agency.
    package func actor(_ login: String, in slug: String? = nil) async throws -> Actor {
        let position = try await office.read { tables -> Position? in
            guard let account = try tables.accounts.find(login: login) else { return nil }
            let positions = try tables.positions.ofAccount(account.id)
            guard let slug else { return positions.first }
            let agency = try tables.agencies.find(slug: slug)
            return positions.first { $0.agency == agency?.id }
        }
        guard let position else { throw Refused(.notFound) }
        return .position(position)
    }

    package func agency(_ slug: String) async throws -> Agency {
        guard let agency = try await office.read({ try $0.agencies.find(slug: slug) }) else {
            throw Refused(.notFound)
        }
        return agency
    }

    /// A file as an upload would leave it: stored, and staged for the person.
    package func stage(
        _ bytes: [UInt8], name: String, mediaType: String = "application/pdf", pages: Int = 1,
        for actor: Actor
    ) async throws -> ID<StagedFile> {
        guard case .position(let position) = actor else { throw Refused(.notYours) }
        let blob = try office.blobs.put(bytes)
        let id = ID<StagedFile>(UUIDv7.make(at: office.clock.now))
        let file = FileReference(
            hash: blob.hash.hex, size: blob.size, name: name, mediaType: mediaType, pages: pages)
        let now = office.clock.now
        try await office.database.write { connection in
            try Tables(connection).stagedFiles.insert(
                id, file, account: position.account, agency: position.agency, at: now)
        }
        return id
    }
}
