// The two public addresses of the signing program: it fetches one file and brings it back signed. It has no session; the
// token in the address is for one file and one time, and whoever has none learns nothing: 404 (decision 14).
import BlobStorage
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Pages

struct HandoverRoutes: Sendable {
    let server: OfficeServer

    func add(to router: Router<OfficeContext>) {
        router.get("/ky-so/:token/van-ban.pdf", use: fetch)
        router.post("/ky-so/:token/nop", use: bringBack)
    }

    private var counter: HandoverCounter { HandoverCounter(office: server.office) }

    @Sendable private func fetch(_ request: Request, _ context: OfficeContext) async throws -> Response {
        let address = context.address(of: request, server.settings)
        guard let token = context.parameters.get("token"),
            let file = try await counter.fetch(token, address: address), let path = server.blobPath(file.hash)
        else { throw HTTPError(.notFound) }
        var response = try await Downloads.response(
            path: path, name: file.name, mediaType: "application/pdf")
        response.headers[.cacheControl] = "no-store"
        return response
    }

    @Sendable private func bringBack(_ request: Request, _ context: OfficeContext) async throws -> Response {
        let address = context.address(of: request, server.settings)
        guard let token = context.parameters.get("token"),
            let expected = try await counter.expected(token, address: address)
        else { return try answer(ToolAnswer(message: "Không có tệp nào chờ ở địa chỉ này."), .notFound) }
        let blob: BlobReference?, hold = server.office.blobs.hold()
        do {
            blob = try await Self.body(
                of: request, into: server.office.blobs, under: hold, limit: expected.limit)
        } catch is MultipartError {
            return try answer(ToolAnswer(message: "Không đọc được tệp gửi lên."), .badRequest)
        }
        guard let back = try await counter.bringBack(expected.id, blob, under: hold, address: address)
        else {
            return try answer(ToolAnswer(message: "Không có tệp nào chờ ở địa chỉ này."), .notFound)
        }
        switch back {
        case .taken(let file):
            server.wakeWorker()
            return try answer(
                ToolAnswer(status: true, fileName: file.name, fileServer: expected.id.description))
        case .refused(let fault, let detail):
            let words = Vi.refusal(.handoverRefused(fault, detail: detail)).text
            return try answer(ToolAnswer(message: words))
        }
    }

    private func answer(_ answer: ToolAnswer, _ status: HTTPResponse.Status = .ok) throws -> Response {
        .json(try APIJSON.encode(answer), status)
    }

    // MARK: What is sent

    /// The file of a multipart form (the program names it `uploadfile`), or the whole body. Nil when it is too large; what
    /// is too large is read on to the same bound and thrown away.
    private static func body(
        of request: Request, into blobs: LocalBlobs, under hold: BlobHold, limit: Int
    ) async throws -> BlobReference? {
        let type = request.headers[.contentType] ?? ""
        guard let boundary = MultipartReader.boundary(of: type) else {
            let writer = try blobs.writer(limit: limit, under: hold)
            defer { writer.cancel() }
            for try await buffer in request.body {
                do { try writer.append(Array(buffer.readableBytesView)) } catch BlobError.tooLarge {
                    return nil
                }
            }
            return try writer.finish()
        }
        var reader = MultipartReader(boundary: boundary), writer: BlobWriter?, found: BlobReference?
        var isInFile = false, isTooLarge = false, size = 0
        defer { writer?.cancel() }
        for try await buffer in request.body {
            size += buffer.readableBytes
            if size > limit + 1_048_576 { return nil }
            try reader.feed(buffer.readableBytesView) { event in
                switch event {
                case .field: break
                case .fileBegins(let name, _):
                    // One file is expected; where there are several, the program's own name says which.
                    isInFile = found == nil || name.lowercased() == "uploadfile"
                    if isInFile { writer = try blobs.writer(limit: limit, under: hold) }
                case .fileBytes(let bytes):
                    guard isInFile, !isTooLarge else { return }
                    do { try writer?.append(Array(bytes)) } catch BlobError.tooLarge { isTooLarge = true }
                case .fileEnds:
                    if isInFile, !isTooLarge { found = try writer?.finish() }
                    (writer, isInFile) = (nil, false)
                }
            }
        }
        try reader.finish()
        if isTooLarge { return nil }
        guard let found else { throw MultipartError.malformed }
        return found
    }
}
