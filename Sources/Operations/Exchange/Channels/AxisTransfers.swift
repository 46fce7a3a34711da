// Gọi trục qua mạng: the engine's requests over this house's transfers.
import DocumentAxis
import Foundation
import WebTransfers

/// The axis' requests over this house's transfers; each on a connection of its own.
struct AxisTransfers: AxisTransport {
    private let transfers: HTTPTransfers

    init(_ account: AxisAccount) {
        transfers = HTTPTransfers(
            TransferSettings(
                policy: AddressPolicy(
                    allowed: Set([AllowedHost(url: account.address)].compactMap { $0 }),
                    reachesInternet: false),
                trustedRoots: account.roots, agent: "VanThu", idleLimit: 0))
    }

    func perform(_ request: AxisRequest) throws(AxisTransportFailure) -> AxisReply {
        var call = HTTPCall(
            method: request.method, url: request.url,
            headers: request.headers.map { HTTPField($0.name, $0.value) }, patience: request.patience)
        var whole: String?
        defer { if let whole { try? FileManager.default.removeItem(atPath: whole) } }
        switch request.body {
        case .none: break
        case .bytes(let bytes): call.body = bytes
        case .multipart(let form) where form.fields.isEmpty:
            call.upload = FileUpload(
                path: form.path,
                formPart: FormPart(name: form.part, fileName: form.fileName, contentType: form.fileType))
        case .multipart(let form):
            let path = form.path + "." + UUID().uuidString
            whole = path
            try form.write(toFile: path)
            call.headers.append(HTTPField("Content-Type", form.contentType))
            call.upload = FileUpload(path: path)
        case .raw(let file):
            let path = file.path + "." + UUID().uuidString
            whole = path
            try file.write(toFile: path)
            call.upload = FileUpload(path: path)
        }
        switch request.answer {
        case .memory(let limit): call.answerLimit = limit
        case .file(let path, let limit): (call.answerFile, call.answerLimit) = (path, limit)
        }
        let reply: HTTPReply
        do { reply = try transfers.perform(call) } catch { throw Self.failure(error) }
        return AxisReply(
            status: reply.status, headers: reply.headers.map { AxisHeader($0.name, $0.value) },
            body: reply.body,
            isInFile: reply.fileSize != nil)
    }

    private static func failure(_ failure: TransferFailure) -> AxisTransportFailure {
        switch failure {
        case .untrusted(let why): .untrusted(why)
        case .timedOut: .timedOut
        case .brokenOff(let why): .brokenOff(why)
        case .answerTooLong: .answerTooLong
        case .fileFailed(let why): .file(why)
        default: .unreachable(failure.words)
        }
    }
}
