// Files from the store, streamed, always as attachments and never run by the browser in our name.
import Foundation
import Hummingbird
import NIOCore

enum Downloads {
    static func response(path: String, name: String, mediaType: String) async throws -> Response {
        let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        let body = ResponseBody(contentLength: size) { writer in
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            while let piece = try handle.read(upToCount: 256 * 1024), !piece.isEmpty {
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: mediaType, .contentDisposition: Response.disposition(name),
                .contentSecurityPolicy: "sandbox; default-src 'none'",
            ], body: body)
    }

    static func table(_ bytes: [UInt8], name: String) -> Response {
        made(bytes, name: name, mediaType: "text/csv; charset=utf-8")
    }

    static func made(_ bytes: [UInt8], name: String, mediaType: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: mediaType, .contentDisposition: Response.disposition(name),
                .contentSecurityPolicy: "sandbox; default-src 'none'",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
