// Keys, signed drafts and issued documents of the story. The certification authority and the key files are
// made once a process, because making a key takes long; Word files are converted once for the same reason.
import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import PDFSignatures
import Store
import Synchronization

/// The story's own certification authority, which only the demo and the tests trust.
package enum StoryKeys {
    package static let authority = Result { try IssuingAuthority.make(name: "VanThu Demo CA") }
    private static let files = Mutex<[String: IssuingAuthority.KeyFile]>([:])

    package static func trust() throws -> TrustRoots {
        TrustRoots(certificates: [try authority.get().certificate])
    }

    /// `identifier` is a login or an agency's slug.
    package static func file(
        for identifier: String, name: String, organisation: String
    ) throws -> IssuingAuthority.KeyFile {
        try files.withLock { files in
            if let known = files[identifier] { return known }
            let file = try authority.get().keyFile(
                name: name, organisation: organisation, identifier: identifier, at: StoryWorld.morning)
            files[identifier] = file
            return file
        }
    }
}

/// PDFs of the world's Word files, made by LibreOffice once a process.
package actor StoryPDFs {
    package static let shared = StoryPDFs()
    private var made: [String: Task<ConvertedPDF, any Error>] = [:]

    package func pdf(of path: String) async throws -> ConvertedPDF {
        if let known = made[path] { return try await known.value }
        let task = Task {
            let bytes = try WorldFiles.bytes(path)
            let file = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
                .path()
            defer { try? FileManager.default.removeItem(atPath: file) }
            try Data(bytes).write(to: URL(filePath: file))
            return try await WordConversion.convert(file, kind: FileKind.detect(bytes: bytes).kind)
        }
        made[path] = task
        return try await task.value
    }
}

extension StoryWorld {
    // MARK: Keys

    /// Certificates for these people and the seals of these agencies, all under the story's PIN.
    package func issueKeys(_ logins: [String], seals slugs: [String], as actor: Actor? = nil) async throws {
        let authority = actor ?? .system(name: "Cài đặt ban đầu", agency: nil)
        for login in logins {
            let key = try await personKey(login)
            try await runner.run(IssueKey(key: key), as: authority)
        }
        for slug in slugs {
            let agency = try await agency(slug)
            let file = try StoryKeys.file(for: slug, name: agency.name, organisation: agency.superiorLine)
            let key = try await SigningKeys(office: office).lockAway(
                file.bytes, passphrase: file.passphrase, pin: Self.pin, picture: Ink.seal(text: agency.name),
                for: .agency(agency.id), named: agency.name, expiresAt: file.expiresAt)
            try await runner.run(IssueKey(key: key), as: authority)
        }
    }

    /// Locked away, not yet issued.
    package func personKey(_ login: String, pin: String = pin) async throws -> SigningKeyRecord {
        guard case .position(let person) = try await actor(login) else { throw Refused(.notFound) }
        let agency = try await office.read { try $0.agencies.find(person.agency)?.name ?? "" }
        let file = try StoryKeys.file(for: login, name: person.personName, organisation: agency)
        return try await SigningKeys(office: office).lockAway(
            file.bytes, passphrase: file.passphrase, pin: pin,
            picture: Ink.signature(name: person.personName),
            for: .person(person.account), named: person.personName, expiresAt: file.expiresAt)
    }

    // MARK: Drafts

    /// The officer's draft of the story (or another of the world's), converted and on the signer's desk.
    package func draftForSignature(
        _ file: String = "01-cong-van-cung-cap-so-lieu-ho-tich.docx", type: String = "cong-van",
        notation: String = "PTP", enclosure: String? = "01-danh-sach-so-lieu-kem-theo.xlsx",
        answers: [ID<Arrival>] = [], sending: DraftSending? = nil, by drafter: String = "cv1.tuphap",
        to signer: String = "tp.tuphap"
    ) async throws -> Draft {
        let officer = try await actor(drafter)
        var draft = try await runner.run(
            OpenDraft(
                facts: DraftParticulars(
                    type: type, abstract: "cung cấp số liệu đăng ký hộ tịch, chứng thực quý I năm 2026",
                    urgency: .urgent, notation: notation), answers: answers), as: officer)
        if let sending {
            draft = try await runner.run(SetDraftSending(SeenDraft(draft), sending), as: officer)
        }
        let letter = try await stageWorldFile("drafts/" + file, for: officer)
        draft = try await runner.run(AddDraftVersion(SeenDraft(draft), file: letter), as: officer)
        if let enclosure {
            let table = try await stageWorldFile("drafts/" + enclosure, for: officer)
            draft = try await runner.run(
                AddDraftFile(SeenDraft(draft), kind: .enclosure, file: table), as: officer)
        }
        try await convert(draft, letter: "drafts/" + file, enclosure: enclosure.map { "drafts/" + $0 })
        let head = try await position(signer)
        return try await runner.run(
            SubmitDraft(SeenDraft(draft), route: [ChosenStep(head.id, .sign)]), as: officer)
    }

    /// The wish to sign the version that waits.
    package func signingWish(_ draft: Draft, pin: String = pin) async throws -> SigningWish {
        let version = try await office.read {
            try $0.draftVersions.find(draft.id, ordinal: draft.currentVersion)
        }
        return SigningWish(
            code: draft.code, version: draft.currentVersion, revision: draft.version,
            pdfHash: version?.pdf?.hash ?? "", pin: pin)
    }

    /// As `draftForSignature`, signed by its signer.
    package func signedDraft(
        _ file: String = "01-cong-van-cung-cap-so-lieu-ho-tich.docx", type: String = "cong-van",
        notation: String = "PTP", enclosure: String? = "01-danh-sach-so-lieu-kem-theo.xlsx",
        answers: [ID<Arrival>] = [], sending: DraftSending? = nil
    ) async throws -> Draft {
        let draft = try await draftForSignature(
            file, type: type, notation: notation, enclosure: enclosure, answers: answers, sending: sending)
        _ = try await SignDraftService(office: office).sign(
            try await signingWish(draft), as: try await position("tp.tuphap"))
        return try await reread(draft)
    }

    package func reread(_ draft: Draft) async throws -> Draft {
        guard let found = try await office.read({ try $0.drafts.find(draft.id) }) else {
            throw Refused(.notFound)
        }
        return found
    }

    private func stageWorldFile(_ path: String, for actor: Actor) async throws -> ID<StagedFile> {
        let bytes = try WorldFiles.bytes(path)
        return try await stage(
            bytes, name: (path as NSString).lastPathComponent,
            mediaType: FileKind.detect(bytes: bytes).mediaType,
            pages: 0, for: actor)
    }

    /// What the worker does, with a PDF that was made before.
    private func convert(_ draft: Draft, letter: String, enclosure: String?) async throws {
        let main = try await converted(letter)
        let table = if let enclosure { try await converted(enclosure) } else { nil as FileReference? }
        try await office.database.write { connection in
            let tables = Tables(connection)
            if let version = try tables.draftVersions.find(draft.id, ordinal: draft.currentVersion) {
                try tables.draftVersions.setConverted(main, of: version.id)
            }
            guard let table else { return }
            for file in try tables.draftFiles.all(of: draft.id) {
                try tables.draftFiles.setConverted(table, of: file.id)
            }
        }
    }

    private func converted(_ path: String) async throws -> FileReference {
        let pdf = try await StoryPDFs.shared.pdf(of: path)
        let blob = try office.blobs.put(pdf.bytes)
        return FileReference(
            hash: blob.hash.hex, size: blob.size, name: "x.pdf", mediaType: "application/pdf",
            pages: pdf.pages)
    }
}
