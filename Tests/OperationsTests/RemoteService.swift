import Domain
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit

/// The signing services that look closely at what they are asked, with the key of the story's head: they sign for real.
/// What the person does on the phone is told by the account's name.
final class RemoteService: Sendable {
    let address: String
    /// Of the head, as the service keeps it.
    let certificate: [UInt8]
    private let process: Process
    private let input: Pipe

    /// Nil, and said so, where the test run has no Python.
    static let shared: Result<RemoteService, any Error>? = {
        guard let python = ProcessInfo.processInfo.environment["VANTHU_PYTHON"] else {
            print("*** VANTHU_PYTHON is not set: remote signing is NOT tested ***")
            return nil
        }
        return Result { try RemoteService(python) }
    }()

    private struct Silent: Error {}

    private init(_ python: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let authority = try StoryKeys.authority.get()
        let head = try authority.issue(
            name: "Hà Minh Đương", organisation: "Phòng Tư pháp", identifier: "tu-xa", at: StoryWorld.morning)
        let other = try authority.issue(
            name: "Người khác", organisation: "", identifier: "nguoi-khac", at: StoryWorld.morning)
        for (name, issued) in [("rsa", head), ("other", other), ("p256", other), ("p384", other)] {
            try Data(issued.key).write(to: folder.appending(path: name + ".key"))
            try Data(issued.certificate).write(to: folder.appending(path: name + ".crt"))
        }
        try Data(authority.certificate).write(to: folder.appending(path: "root.crt"))
        certificate = head.certificate
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "PDFSignaturesTests/Support/remote_services.py")
        let output = Pipe()
        (process, input) = (Process(), Pipe())
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path(), folder.path()]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Silent() }
            line += more
        }
        address = "http://127.0.0.1:" + String(decoding: line, as: UTF8.self).filter(\.isNumber)
    }

    var settings: SigningSettings {
        SigningSettings(services: [
            "csc": RemoteServiceSettings(kind: .csc, address: address, client: "", secret: "service-token"),
            "smartca": RemoteServiceSettings(
                kind: .smartCA, address: address, client: "van-thu", secret: "sp-secret"),
            "mysign": RemoteServiceSettings(
                kind: .mySign, address: address, client: "van-thu", secret: "my-secret"),
            "nowhere": RemoteServiceSettings(
                kind: .csc, address: "http://127.0.0.1:9", client: "", secret: "x"),
        ])
    }
}

extension StoryWorld {
    /// The same office with other settings of signing.
    func signing(_ settings: SigningSettings, web: (any WebExchange)? = nil) -> StoryWorld {
        StoryWorld(
            office: Office(
                database: office.database, blobs: office.blobs, clock: office.clock,
                serverKey: office.serverKey,
                trust: office.trust, signing: settings, web: web))
    }

    /// The head's certificate is at the service; `account` says what the head does on the phone.
    func keepHeadsKey(at service: String, account: String, certificate: [UInt8]) async throws {
        let head = try await position("tp.tuphap")
        let record = try SigningKeys(office: office).enter(
            certificate: certificate,
            at: .remote(RemotePlace(service: service, account: account, credential: "")),
            picture: Ink.signature(name: head.personName), for: .person(head.account), named: head.personName)
        try await runner.run(IssueKey(key: record), as: .system(name: "Cài đặt ban đầu", agency: nil))
    }

    /// Asks as often as the service wants, with the office's clock moving on between.
    func pollToTheEnd(_ id: ID<WaitingSignature>) async throws -> WaitingSignatureState? {
        for _ in 0..<60 {
            _ = try await RemoteSigning(office: office).poll()
            let state = try await office.read { try $0.waitingSignatures.find(id)?.state }
            if state?.isOpen != true { return state }
        }
        return nil
    }
}
