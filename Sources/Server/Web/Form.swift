// What a person sent with a press of a button: fields, and files already stored but not yet anyone's.
import BlobStorage
import Foundation
import Hummingbird
import NIOCore
import Pages

package struct UploadedFile: Sendable {
    package let name: String
    package let blob: BlobReference
    /// Until it is somebody's.
    package let hold: BlobHold
}

package struct Form: Sendable {
    private var values: [String: [String]] = [:]
    private(set) var files: [String: [UploadedFile]] = [:]
    /// A file over the limit was sent: read to a bound and thrown away.
    private(set) var tooLarge = false

    static let fileLimit = 100 * 1_048_576
    /// A body beyond this is not even read to its end.
    static let bodyLimit = 3 * fileLimit

    init() {}

    init(fields: [String: [String]]) { values = fields }

    /// Trimmed, in composed letters; empty when absent.
    package func text(_ name: String) -> String {
        (values[name]?.first ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            .precomposedStringWithCanonicalMapping
    }

    /// As typed: for secrets, where a blank counts.
    package func secret(_ name: String) -> String { values[name]?.first ?? "" }

    package func list(_ name: String) -> [String] { values[name]?.filter { !$0.isEmpty } ?? [] }
    package func isSet(_ name: String) -> Bool { !(values[name]?.first ?? "").isEmpty }
    package func number(_ name: String) -> Int? { Int(text(name)) }
    package func file(_ name: String) -> UploadedFile? { files[name]?.first }
    package var fields: [String: [String]] { values }
    package var fileNames: [String] { files.values.joined().map(\.name) }

    /// What the page shows again after a refusal: everything but secrets.
    package var entries: Entries {
        Entries(values.filter { !FormFields.isSecret($0.key) })
    }

    static func read(_ request: Request, into blobs: LocalBlobs) async throws -> Form {
        let type = request.headers[.contentType] ?? ""
        if let boundary = MultipartReader.boundary(of: type) {
            return try await multipart(request, boundary, blobs)
        }
        let body = try await request.body.collect(upTo: 1_048_576)
        return Form(fields: urlEncoded(String(buffer: body)))
    }

    static func urlEncoded(_ text: String) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decode(parts[0]), value = parts.count > 1 ? decode(parts[1]) : ""
            fields[name, default: []].append(value)
        }
        return fields
    }

    private static func decode(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? ""
    }

    private static func multipart(_ request: Request, _ boundary: String, _ blobs: LocalBlobs) async throws
        -> Form
    {
        var form = Form(), reader = MultipartReader(boundary: boundary), sink: FileSink?
        var size = 0
        defer { sink?.cancel() }
        for try await buffer in request.body {
            size += buffer.readableBytes
            if size > bodyLimit { throw MultipartError.bodyTooLarge }
            try reader.feed(buffer.readableBytesView) { event in
                switch event {
                case .field(let name, let bytes):
                    form.values[name, default: []].append(String(decoding: bytes, as: UTF8.self))
                case .fileBegins(let name, let fileName):
                    sink = try FileSink(field: name, fileName: fileName, blobs)
                case .fileBytes(let bytes):
                    sink?.append(bytes)
                case .fileEnds:
                    if let sink { try form.keep(sink) }
                    sink = nil
                }
            }
        }
        try reader.finish()
        return form
    }

    private mutating func keep(_ sink: FileSink) throws {
        if sink.isOverLimit { tooLarge = true }
        if let file = try sink.finish() { files[sink.field, default: []].append(file) }
    }
}

/// Receives one file; stops writing, but goes on reading, once it is over the limit.
private final class FileSink {
    let field: String
    private let fileName: String
    private let hold: BlobHold
    private let writer: BlobWriter
    private var size = 0
    private(set) var isOverLimit = false
    private var failure: (any Error)?
    private var ended = false

    init(field: String, fileName: String, _ blobs: LocalBlobs) throws {
        (self.field, self.fileName, hold) = (field, fileName, blobs.hold())
        writer = try blobs.writer(under: hold)
    }

    func append(_ bytes: ArraySlice<UInt8>) {
        size += bytes.count
        if size > Form.fileLimit { isOverLimit = true }
        if isOverLimit || failure != nil { return }
        do { try writer.append(Array(bytes)) } catch { failure = error }
    }

    /// Nil for an empty choice and for a file over the limit.
    func finish() throws -> UploadedFile? {
        ended = true
        if let failure { throw failure }
        if isOverLimit || fileName.isEmpty { writer.cancel(); return nil }
        return UploadedFile(
            name: UploadedFile.cleaned(fileName), blob: try writer.finish(), hold: hold)
    }

    func cancel() { if !ended { writer.cancel() } }
}

extension FormFields {
    static func isSecret(_ name: String) -> Bool {
        [password, newPassword, repeatPassword, pin, csrf].contains(name)
    }
}

extension UploadedFile {
    /// The last part of the name it was sent under, without anything a file system could take for a path.
    static func cleaned(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "tep"
        let safe = last.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
        return String(
            String(String.UnicodeScalarView(safe)).precomposedStringWithCanonicalMapping.prefix(150))
    }
}
