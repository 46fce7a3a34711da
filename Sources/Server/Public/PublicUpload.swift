// A file that somebody without a name sends to be examined: written to a private temporary folder as it comes, never into the
// store, and removed with its folder when the answer is made.
import Foundation
import Hummingbird
import NIOCore
import Pages

final class PublicUpload {
    private(set) var csrf = ""
    private(set) var name = ""
    /// Nil when no file was sent.
    private(set) var path: String?
    private(set) var isTooLarge = false

    private let folder: String
    private var sink: FileHandle?
    private var size = 0

    static let fileLimit = CheckPage.fileLimitMegabytes << 20
    /// A body beyond this is not even read to its end.
    private static let bodyLimit = fileLimit * 2

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "vanthu-kiem-tra-\(UUID().uuidString)"
        ).path()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { delete() }

    func delete() {
        try? sink?.close()
        sink = nil
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// - Throws: `MultipartError` for what is no form with a file.
    static func read(_ request: Request) async throws -> PublicUpload {
        guard let boundary = MultipartReader.boundary(of: request.headers[.contentType] ?? "") else {
            throw MultipartError.malformed
        }
        let upload = try PublicUpload()
        var reader = MultipartReader(boundary: boundary), total = 0
        for try await buffer in request.body {
            total += buffer.readableBytes
            if total > bodyLimit { throw MultipartError.bodyTooLarge }
            try reader.feed(buffer.readableBytesView) { try upload.take($0) }
        }
        try reader.finish()
        return upload
    }

    private func take(_ event: MultipartEvent) throws {
        switch event {
        case .field(FormFields.csrf, let bytes): csrf = String(decoding: bytes.prefix(200), as: UTF8.self)
        case .field: break
        case .fileBegins(_, let fileName):
            // One file is examined; further ones are read and thrown away.
            guard path == nil, !fileName.isEmpty else { return }
            name = UploadedFile.cleaned(fileName)
            let place = folder + "/in.pdf"
            guard
                FileManager.default.createFile(
                    atPath: place, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            path = place
            sink = FileHandle(forWritingAtPath: place)
        case .fileBytes(let bytes):
            guard let sink else { return }
            size += bytes.count
            if size > Self.fileLimit { isTooLarge = true }
            if !isTooLarge { try sink.write(contentsOf: bytes) }
        case .fileEnds:
            try sink?.close()
            sink = nil
        }
    }
}
