// Keys on tokens of their own, as the Ban Cơ yếu hands them out: the office knows the certificate only, and what the
// signing program on somebody's desk does with a file is done here with the key itself.
import BlobStorage
import Domain
import Foundation
import Operations
import PDFSignatures
import Store

extension StoryWorld {
    /// The certificates of these people and seals are known; their private keys are not here.
    package func issueTokens(_ logins: [String], seals slugs: [String]) async throws {
        let authority = Actor.system(name: "Cài đặt ban đầu", agency: nil)
        for login in logins {
            guard case .position(let person) = try await actor(login) else { throw Refused(.notFound) }
            let file = try StoryKeys.file(
                for: login, name: person.personName, organisation: try await agencyName(person.agency))
            try await runner.run(
                IssueKey(
                    key: try onToken(
                        file, .person(person.account), person.personName,
                        picture: Ink.signature(name: person.personName))), as: authority)
        }
        for slug in slugs {
            let agency = try await agency(slug)
            let file = try StoryKeys.file(for: slug, name: agency.name, organisation: agency.superiorLine)
            try await runner.run(
                IssueKey(
                    key: try onToken(
                        file, .agency(agency.id), agency.name, picture: Ink.seal(text: agency.name))),
                as: authority)
        }
    }

    private func onToken(
        _ file: IssuingAuthority.KeyFile, _ owner: KeyOwner, _ name: String, picture: [UInt8]
    ) throws -> SigningKeyRecord {
        SigningKeyRecord(
            id: ID(UUIDv7.make(at: office.clock.now)), owner: owner,
            certificate: try PKCS12Key(file.bytes, passphrase: file.passphrase).certificate,
            subjectName: name, picture: picture, expiresAt: file.expiresAt, place: .handOver)
    }

    /// The key on somebody's token: a login or an agency's slug, after `issueTokens` or `issueKeys`.
    package func tokenKey(_ identifier: String) throws -> PKCS12Key {
        let file = try StoryKeys.file(for: identifier, name: identifier, organisation: "")
        return try PKCS12Key(file.bytes, passphrase: file.passphrase)
    }

    private func agencyName(_ id: ID<Agency>) async throws -> String {
        try await office.read { try $0.agencies.find(id)?.name ?? "" }
    }

    // MARK: What the signing program does

    /// Fetches with the token it was given.
    package func fetch(_ tokens: HandoverTokens) async throws -> [UInt8] {
        guard
            let file = try await HandoverCounter(office: office).fetch(
                tokens.download, address: "127.0.0.1"),
            let hash = BlobHash(hex: file.hash)
        else { throw Refused(.notFound) }
        return try office.blobs.read(hash)
    }

    /// Brings something back; nil where the address is worth nothing.
    package func bringBack(_ bytes: [UInt8], _ tokens: HandoverTokens) async throws -> BroughtBack? {
        let counter = HandoverCounter(office: office)
        guard let expected = try await counter.expected(tokens.upload, address: "127.0.0.1") else {
            return nil
        }
        let hold = office.blobs.hold()
        return try await counter.bringBack(
            expected.id, try office.blobs.put(bytes, under: hold), under: hold, address: "127.0.0.1")
    }

    /// Signs as a token does: in the prepared field where there is one, else in a new one.
    package func signed(
        _ pdf: [UInt8], by identifier: String, field: String = FieldName.signer
    ) throws -> [UInt8] {
        let key = try tokenKey(identifier)
        let request = SigningRequest(
            field: field, appearance: .image(png: Ink.signature(name: "Ký")), key: key,
            signingTime: office.clock.now.date)
        return try PAdES.sign(pdf, request, with: key)
    }
}
