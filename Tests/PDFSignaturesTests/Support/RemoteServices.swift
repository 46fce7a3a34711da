import Foundation
import WebTransfers

@testable import PDFSignatures

/// The engine's way to a server on this machine, through the real client.
struct LoopbackWeb: WebExchange {
    private let transfers = HTTPTransfers(
        TransferSettings(policy: AddressPolicy(allowed: [AllowedHost("127.0.0.1")], reachesInternet: false)))

    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        let call = HTTPCall(
            method: request.method, url: request.url,
            headers: request.headers.map { HTTPField($0.name, $0.value) }, body: request.body,
            answerLimit: request.answerLimit, patience: request.patience)
        do throws(TransferFailure) {
            let reply = try transfers.perform(call)
            return WebAnswer(status: reply.status, body: reply.body)
        } catch {
            throw error == .timedOut ? .timedOut : .unreachable("\(error)")
        }
    }
}

/// The signing services of remote_services.py, with keys of this test under its root.
final class RemoteServices: @unchecked Sendable {
    static let shared: RemoteServices? = {
        guard let python = Outside.python else { return nil }
        do { return try RemoteServices(python) } catch { preconditionFailure("remote services: \(error)") }
    }()

    struct Absent: Error {}

    let address: String
    let web = LoopbackWeb()
    private let process = Process()
    private let input = Pipe()

    private init(_ python: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "remote-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, type) in [
            ("rsa", CertificateFactory.KeyType.rsa(bits: 2_048)), ("other", .rsa(bits: 2_048)),
            ("p256", .p256),
            ("p384", .p384),
        ] {
            let issued = try CertificateFactory.issue(
                .init(commonName: "Từ xa \(name)"), from: TestKeys.root, type: type)
            try Data(issued.key).write(to: folder.appendingPathComponent(name + ".key"))
            try Data(issued.certificate).write(to: folder.appendingPathComponent(name + ".crt"))
        }
        try Data(TestKeys.root.certificate).write(to: folder.appendingPathComponent("root.crt"))
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("remote_services.py")
        process.arguments = ["-B", script.path, folder.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Absent() }
            line += more
        }
        let port = String(decoding: line, as: UTF8.self).filter(\.isNumber)
        address = "http://127.0.0.1:\(port)"
    }

    // MARK: Signing letters

    /// Letters made ready for a credential.
    static func prepared(_ count: Int, for credential: RemoteCredential) throws -> [PreparedSignature] {
        try (0..<count).map { number in
            try PAdES.prepare(
                SmallLetter.pdf(),
                SigningRequest(
                    field: "ChuKy\(number)", certificate: credential.certificate, chain: credential.chain,
                    algorithm: credential.algorithm, signingTime: TestKeys.moment))
        }
    }

    static func documents(_ prepared: [PreparedSignature]) -> [RemoteDocument] {
        prepared.enumerated().map { number, one in
            RemoteDocument(identifier: "vb-\(number)", name: "Tờ trình số \(number)", digest: one.digest)
        }
    }

    /// Asks until there is an end; how often is told. What waits is written out and read again each time, as when
    /// the server was started anew in between.
    static func finish(
        _ progress: RemoteProgress, at signer: some RemoteSigner
    ) throws -> (values: [[UInt8]], questions: Int) {
        var progress = progress
        for questions in 0..<20 {
            guard case .pending(let waiting) = progress else {
                guard case .signed(let values) = progress else { break }
                return (values, questions)
            }
            let kept = try JSONDecoder().decode(
                PendingSignatures.self, from: JSONEncoder().encode(waiting))
            progress = try signer.poll(kept)
        }
        throw Absent()
    }
}
