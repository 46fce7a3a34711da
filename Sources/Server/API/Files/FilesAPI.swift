// Files for machines: sent up as they are, staged for a day until an act uses them; and the files of a
// document that the position may read.
import BlobStorage
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Store

enum FilesAPI {
    static let routes: [APIRoute] = [
        APIRoute(
            method: .post, path: "/staged-files", operationID: "stageFile",
            summary: "Tệp tạm: gửi một tệp lên, giữ 24 giờ cho vị trí này",
            parameters: [
                APIParameter(
                    name: "purpose", schema: .choice(of: Uploads.Purpose.self),
                    note: "What it will be; decides which kinds of files are taken.", isRequired: true)
            ],
            input: .file, answer: .json(StagedFileAnswer.self), creates: true
        ) { call in try APIRoute.reply(try await stage(call), creates: true) },
        APIRoute(
            method: .get, path: "/documents/{id}/files/{n}", operationID: "readDocumentFile",
            summary: "Tệp của một văn bản", input: .none, answer: .file
        ) { call in
            let number = call.parameters.get("n").flatMap { Int($0) } ?? 0
            return try call.download(
                try await DocumentReading(office: call.office).file(
                    number, of: try call.id(), as: call.position))
        },
    ]

    private static func stage(_ call: APICall) async throws -> Landed<StagedFileAnswer> {
        guard let name = call.request.headers[.fileName]?.removingPercentEncoding, !name.isEmpty else {
            throw APIRejection.malformed(["X-File-Name: required, percent-encoded UTF-8"])
        }
        if let earlier = try await earlier(call) { return earlier }
        let hold = call.office.blobs.hold()
        let blob = try await RawBody(request: call.request).store(in: call.office.blobs, under: hold)
        let staged = try await Uploads(office: call.office).stage(
            blob, name: UploadedFile.cleaned(name), purpose: call.choice("purpose") ?? .supporting,
            as: call.position, under: hold)
        let landing = Landing(collection: .stagedFiles, id: staged.id, isRepeat: false)
        try await remember(landing, call)
        return landing.with(StagedFileAnswer(staged))
    }

    /// What the same key staged before, if it is still there.
    private static func earlier(_ call: APICall) async throws -> Landed<StagedFileAnswer>? {
        guard let actID = try call.actID() else { return nil }
        let position = call.position
        let location = try await call.office.read {
            try $0.acts.location(of: actID, account: position.account)
        }
        guard let location else { return nil }
        let landing: Landing<StagedFile> = try call.landing(at: location, .stagedFiles)
        let staged = try await call.office.read {
            try $0.stagedFiles.find(landing.id, account: position.account, agency: position.agency)
        }
        guard let staged else { throw Refused(.fileGone) }
        return landing.with(StagedFileAnswer(staged))
    }

    private static func remember(_ landing: Landing<StagedFile>, _ call: APICall) async throws {
        guard let actID = try call.actID() else { return }
        let (account, now) = (call.position.account, call.office.clock.now)
        let location = "\(landing.collection.path(landing.id))#\(call.fingerprint)"
        try await call.office.database.write { connection in
            let acts = Tables(connection).acts
            if try acts.claim(actID, account: account, at: now) { try acts.setLocation(location, of: actID) }
        }
    }
}

/// A request's body that is a file, written to the store as it comes.
struct RawBody {
    let request: Request

    /// A body over the limit is read on to twice the limit, so that the sender hears the answer; nothing of it is kept.
    func store(in blobs: LocalBlobs, under hold: BlobHold) async throws -> BlobReference {
        let writer = try blobs.writer(limit: Form.fileLimit, under: hold)
        var size = 0
        do {
            for try await buffer in request.body {
                size += buffer.readableBytes
                if size > 2 * Form.fileLimit { break }
                if size <= Form.fileLimit { try buffer.withUnsafeReadableBytes { try writer.append($0) } }
            }
        } catch {
            writer.cancel()
            throw error
        }
        guard size <= Form.fileLimit else {
            writer.cancel()
            throw Refused(.fileTooLarge(limitMegabytes: Form.fileLimit / 1_048_576))
        }
        return try writer.finish()
    }
}

struct StagedFileAnswer: APIObject {
    let id: ID<StagedFile>
    let name: String
    let mediaType: String
    let size: Int
    let pages: Int

    init(_ record: StagedFileRecord) {
        (id, name, mediaType) = (record.id, record.file.name, record.file.mediaType)
        (size, pages) = (record.file.size, record.file.pages)
    }

    static let schema = ObjectSchema(
        "StagedFile",
        [
            .always("id", .uuid), .always("name", .text),
            .always("mediaType", .text, "Told from the content."),
            .always("size", .count, "In bytes."), .always("pages", .count, "0 where pages do not apply."),
        ])

    static let example = StagedFileAnswer(
        StagedFileRecord(
            id: Example.id(),
            file: FileReference(
                hash: "", size: 48_211, name: "cong-van.pdf", mediaType: "application/pdf", pages: 2)))
}

extension Uploads.Purpose: EnglishNamed {
    package static let choices: [Uploads.Purpose] = [.letter, .draftText, .enclosure, .supporting]
}

extension HTTPField.Name {
    static let fileName = HTTPField.Name("X-File-Name") ?? .contentDisposition
}

extension APICall {
    func download(_ file: FileReference) throws -> APIReply {
        guard let path = server.blobPath(file.hash) else { throw Refused(.notFound) }
        return .download(path: path, name: file.name, mediaType: file.mediaType)
    }
}
