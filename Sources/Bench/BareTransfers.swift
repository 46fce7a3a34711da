// What two installations are measured against: a server that writes what is put to it, forces it to disk and says so, and a
// program that puts the same file again and again over eight connections. The same TLS, the same libraries, nothing else.
// bin/bench-exchange starts them.
import ArgumentParser
import Dispatch
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTLS
import NIOCore
import NIOSSL
import Synchronization
import WebTransfers

struct BareDoorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare-door", abstract: "Writes and forces to disk what is put to it.",
        shouldDisplay: false)

    @Option var port: Int
    @Option var certificate: String
    @Option var key: String
    @Option var roots: String
    @Option var folder: String

    func run() async throws {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate)
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        tls.certificateVerification = .noHostnameVerification
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(roots))
        let router = Router(), folder = folder
        router.put("/goi-tin/:name") { request, context in
            let path = "\(folder)/\(try context.parameters.require("name"))"
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            guard file >= 0 else { throw HTTPError(.conflict) }
            defer { close(file) }
            for try await piece in request.body {
                let isWritten = piece.withUnsafeReadableBytes {
                    write(file, $0.baseAddress, $0.count) == $0.count
                }
                guard isWritten else { throw HTTPError(.internalServerError) }
            }
            guard fsync(file) == 0 else { throw HTTPError(.internalServerError) }
            return HTTPResponse.Status.created
        }
        try await Application(
            router: router, server: try .tls(.http1(), tlsConfiguration: tls),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil)
        ).runService()
    }
}

/// Prints the seconds it took.
struct BareLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare-link", abstract: "Puts a file to the bare door many times.", shouldDisplay: false)

    @Option var url: String
    @Option var identity: String
    @Option var passphrase: String
    @Option var roots: String
    @Option var file: String
    @Option var count: Int
    @Option var atOnce = 8

    func run() async throws {
        guard let host = AllowedHost(url: url) else { throw ValidationError("no address: \(url)") }
        let pkcs12 = [UInt8](try Data(contentsOf: URL(filePath: identity)))
        let transfers = HTTPTransfers(
            TransferSettings(
                policy: AddressPolicy(allowed: [host], reachesInternet: false), trustedRoots: roots,
                identities: [host: ClientIdentity(pkcs12: pkcs12, passphrase: passphrase)], idleLimit: atOnce)
        )
        try waitUntilOpen(transfers)
        let next = Mutex(0), failed = Mutex(0), clock = ContinuousClock()
        let (url, file, count) = (url, file, count)
        let seconds = clock.measure {
            DispatchQueue.concurrentPerform(iterations: atOnce) { _ in
                while true {
                    let number = next.withLock { number in
                        number += 1
                        return number
                    }
                    if number > count { return }
                    let reply = try? transfers.perform(
                        HTTPCall(
                            method: "PUT", url: "\(url)/\(number)", patience: 60,
                            upload: FileUpload(path: file)))
                    if reply?.status != 201 { failed.withLock { $0 += 1 } }
                }
            }
        }.inSeconds
        guard failed.withLock({ $0 }) == 0 else { throw Unmeasurable("messages were not taken") }
        print(seconds)
    }

    private func waitUntilOpen(_ transfers: HTTPTransfers) throws {
        for _ in 0..<200 {
            if (try? transfers.perform(HTTPCall(url: url))) != nil { return }
            usleep(50_000)
        }
        throw Unmeasurable("the bare door does not open")
    }
}
