import BlobStorage
import Domain
import Foundation
import Operations
import PDFSignatures
import Store
import Synchronization
import TestKit
import Testing

/// A letter whose signer's authority is three addresses away: the child asks, the server fetches, and nobody is asked twice.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
struct EvidenceKeepingTests {
    @Test(
        "D10: missing certificates and revocation lists are fetched once, kept, and judge a later look",
        arguments: DatabaseKind.available)
    func kept(_ kind: DatabaseKind) async throws {
        let authority = try SmallAuthority()
        defer { authority.remove() }
        try await TemporaryOffice.with(kind) { world in
            let letter = try authority.signedLetter()
            let hash = try world.office.blobs.put(letter).hash.hex, now = Instant(Date())
            let web = PublishedFiles(authority)
            let roots = TrustRoots(certificates: [try authority.read("root.crt")])
            let offline = SignatureReports(office: world.changed(trust: roots).office)
            #expect(try await offline.judged(hash, heldAt: now).value == .unverified)

            let online = world.changed(trust: roots, evidenceExchange: web)
            _ = try await CacheRebuilding(online.office).run()
            let verdict = try await SignatureReports(office: online.office).judged(hash, heldAt: now)
            #expect(verdict.findings.signatures.map(\.indication) == [.totalPassed])
            #expect(verdict.value == .partlySigned)
            #expect(verdict.findings.signatures.first?.chain.map(\.isTrusted) == [false, false, true])
            #expect(web.asked == ["inter.crl", "inter.crt", "root.crl"])

            // The services are gone, the verdict is thrown away, and the file is judged as it was.
            _ = try await CacheRebuilding(world.office).run()
            #expect(try await offline.judged(hash, heldAt: now).value == .partlySigned)
            #expect(web.asked.count == 3)
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test("A certificate that was revoked before the letter came is found out over the network")
    func revoked() async throws {
        let authority = try SmallAuthority()
        defer { authority.remove() }
        try await TemporaryOffice.with(.sqlite) { world in
            let hash = try world.office.blobs.put(try authority.signedLetter()).hash.hex
            try authority.revokeSigner()
            let office = world.changed(
                trust: TrustRoots(certificates: [try authority.read("root.crt")]),
                evidenceExchange: PublishedFiles(authority)
            ).office
            let verdict = try await SignatureReports(office: office).judged(
                hash, heldAt: Instant(Date()).adding(seconds: 5))
            #expect(verdict.value != .original && verdict.value != .partlySigned)
            #expect(verdict.findings.signatures.first?.chain.first?.revocation.status == .revoked)
        }
    }
}

/// What the authority publishes, by the last part of the address; counts who asks.
private final class PublishedFiles: WebExchange {
    private let authority: SmallAuthority
    private let names = Mutex<[String]>([])

    init(_ authority: SmallAuthority) { self.authority = authority }

    var asked: [String] { names.withLock { $0.sorted() } }

    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        let name = String(request.url.split(separator: "/").last ?? "")
        names.withLock { $0.append(name) }
        guard let bytes = try? authority.read(name) else { return WebAnswer(status: 404) }
        return WebAnswer(status: 200, body: bytes)
    }
}

/// A root, an authority below it and a signer, by OpenSSL's own program.
private struct SmallAuthority: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["root", "inter"] {
            try Data().write(to: URL(filePath: "\(folder)/\(name).txt"))
            try Data("01".utf8).write(to: URL(filePath: "\(folder)/\(name).num"))
        }
        try Data(Self.settings.replacing("$dir", with: folder).utf8).write(
            to: URL(filePath: folder + "/ca.cnf"))
        let subject = "/CN="
        try openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem",
            "-days", "900",
            "-subj", subject + "Root Test", "-config", "ca.cnf", "-extensions", "authority_root")
        for (name, issuer, title) in [
            ("inter", "root", "Authority Test"), ("signer", "inter", "Nguyen Van An"),
        ] {
            try openssl(
                "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(name).key", "-out",
                "\(name).csr",
                "-subj", subject + title, "-config", "ca.cnf")
            try openssl(
                "ca", "-batch", "-config", "ca.cnf", "-name", issuer, "-in", "\(name).csr", "-out",
                "\(name).pem",
                "-days", "800", "-extensions", name == "inter" ? "authority_inter" : "person", "-notext")
        }
        try openssl(
            "pkcs12", "-export", "-inkey", "signer.key", "-in", "signer.pem", "-out", "signer.p12",
            "-passout", "pass:123456")
        for name in ["root", "inter"] {
            try openssl("x509", "-in", "\(name).pem", "-outform", "DER", "-out", "\(name).crt")
            try list(name)
        }
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func revokeSigner() throws {
        try openssl("ca", "-config", "ca.cnf", "-name", "inter", "-revoke", "signer.pem")
        try list("inter")
    }

    func signedLetter() throws -> [UInt8] {
        let key = try PKCS12Key(try read("signer.p12"), passphrase: "123456")
        return try PAdES.sign(
            try WorldFiles.bytes("letters/" + StoryWorld.storyLetter),
            SigningRequest(field: "ChuKy", key: key, name: "Nguyen Van An", signingTime: Date()), with: key)
    }

    private func list(_ name: String) throws {
        try openssl("ca", "-config", "ca.cnf", "-name", name, "-gencrl", "-out", "\(name).crl.pem")
        try openssl("crl", "-in", "\(name).crl.pem", "-outform", "DER", "-out", "\(name).crl")
    }

    private func openssl(_ words: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = words
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(words.joined(separator: " "))")
    }

    private static let settings = """
        [req]
        distinguished_name = nothing
        [nothing]
        [subject]
        commonName = supplied
        [root]
        database = $dir/root.txt
        crlnumber = $dir/root.num
        certificate = $dir/root.pem
        private_key = $dir/root.key
        new_certs_dir = $dir
        rand_serial = yes
        default_md = sha256
        default_crl_days = 20
        policy = subject
        [inter]
        database = $dir/inter.txt
        crlnumber = $dir/inter.num
        certificate = $dir/inter.pem
        private_key = $dir/inter.key
        new_certs_dir = $dir
        rand_serial = yes
        default_md = sha256
        default_crl_days = 20
        policy = subject
        [authority_root]
        basicConstraints = critical, CA:TRUE
        keyUsage = critical, keyCertSign, cRLSign
        subjectKeyIdentifier = hash
        [authority_inter]
        basicConstraints = critical, CA:TRUE
        keyUsage = critical, keyCertSign, cRLSign
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        crlDistributionPoints = URI:http://ca.test/root.crl
        [person]
        basicConstraints = critical, CA:FALSE
        keyUsage = critical, digitalSignature, nonRepudiation
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        authorityInfoAccess = caIssuers;URI:http://ca.test/inter.crt
        crlDistributionPoints = URI:http://ca.test/inter.crl
        """
}
