import Foundation

@testable import PDFSignatures

/// An authority by OpenSSL's own programs, an independent hand: a root, an authority under it, and under that a
/// signer, an OCSP responder and timestamp authorities. Its answers come from `openssl ocsp`, `openssl ts` and
/// `openssl ca`, through an exchange without a network.
final class TestAuthority: Sendable {
    let folder: URL
    static let host = "http://pki.test/"

    enum Failure: Error { case openssl(String) }

    /// One for all tests; `nil` where there is no OpenSSL program.
    static let shared: TestAuthority? = {
        guard Outside.program("openssl") != nil else { return nil }
        do { return try TestAuthority() } catch { preconditionFailure("test authority: \(error)") }
    }()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("pki-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(TestAuthority.configuration.replacing("FOLDER", with: folder.path), to: "openssl.cnf")
        for name in ["root", "inter"] {
            try write("", to: "\(name).index")
            try write("01", to: "\(name).number")
        }
        try write("01", to: "tsa.serial")
        try makeRoot("root", "Gốc thử nghiệm OpenSSL")
        try makeRoot("other", "Gốc khác")
        try issue("inter", "Tổ chức chứng thực thử nghiệm", by: "root", "inter_extensions")
        try issue("ocsp", "Máy trả lời OCSP", by: "inter", "ocsp")
        try issue("tsa", "Máy cấp dấu thời gian", by: "inter", "tsa")
        try issue("signer", "Lâm Khánh Toàn", by: "inter", "signer", rsa: true, days: "30")
        try issue("revoked", "Người bị thu hồi", by: "inter", "signer")
        try issue("silent", "Không có địa chỉ", by: "inter", "silent")
        try issue("listed", "Chỉ có danh sách", by: "inter", "listed")
        try openssl("ca", "-config", path("openssl.cnf"), "-name", "inter", "-revoke", path("revoked.pem"))
        for name in ["root", "inter"] {
            try openssl(
                "ca", "-config", path("openssl.cnf"), "-name", name, "-gencrl", "-out",
                path("\(name).crl.pem"))
            try openssl("crl", "-in", path("\(name).crl.pem"), "-outform", "DER", "-out", path("\(name).crl"))
        }
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    func certificate(_ name: String) throws -> CertificateRecord {
        try CertificateRecord(read("\(name).crt"))
    }

    func key(_ name: String = "signer") throws -> PKCS12Key {
        try openssl(
            "pkcs12", "-export", "-certfile", path("inter.pem"), "-in", path("\(name).pem"), "-inkey",
            path("\(name).key"), "-passout",
            "pass:1234",
            "-out", path("\(name).p12"))
        return try PKCS12Key(read("\(name).p12"), passphrase: "1234")
    }

    func openssl(_ arguments: String...) throws {
        let done = try Outside.run("/usr/bin/openssl", arguments)
        guard done.status == 0 else {
            throw Failure.openssl(arguments.prefix(2).joined(separator: " ") + ": " + done.output)
        }
    }

    private func makeRoot(_ name: String, _ commonName: String) throws {
        try openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path("\(name).key"))
        try openssl(
            "req", "-x509", "-utf8", "-new", "-key", path("\(name).key"), "-subj", "/C=VN/CN=\(commonName)",
            "-days", "7300", "-config", path("openssl.cnf"), "-extensions", "root_extensions", "-out",
            path("\(name).pem"))
        try openssl("x509", "-in", path("\(name).pem"), "-outform", "DER", "-out", path("\(name).crt"))
    }

    private func issue(
        _ name: String, _ commonName: String, by issuer: String, _ extensions: String, rsa: Bool = false,
        days: String = "3000"
    ) throws {
        if rsa {
            try openssl("genrsa", "-out", path("\(name).key"), "2048")
        } else {
            try openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path("\(name).key"))
        }
        try openssl(
            "req", "-new", "-utf8", "-key", path("\(name).key"), "-subj", "/C=VN/CN=\(commonName)", "-config",
            path("openssl.cnf"), "-out", path("\(name).csr"))
        try openssl(
            "ca", "-batch", "-notext", "-utf8", "-config", path("openssl.cnf"), "-name", issuer,
            "-extensions",
            extensions, "-days", days, "-in", path("\(name).csr"), "-out", path("\(name).pem"))
        try openssl("x509", "-in", path("\(name).pem"), "-outform", "DER", "-out", path("\(name).crt"))
    }

    private static let configuration = """
        [req]
        distinguished_name = name
        string_mask = utf8only
        [name]
        [any]
        countryName = optional
        commonName = supplied
        [root]
        database = FOLDER/root.index
        crlnumber = FOLDER/root.number
        certificate = FOLDER/root.pem
        private_key = FOLDER/root.key
        new_certs_dir = FOLDER
        rand_serial = yes
        default_md = sha256
        default_days = 3650
        default_crl_days = 30
        policy = any
        unique_subject = no
        [root_extensions]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        [inter]
        database = FOLDER/inter.index
        crlnumber = FOLDER/inter.number
        certificate = FOLDER/inter.pem
        private_key = FOLDER/inter.key
        new_certs_dir = FOLDER
        rand_serial = yes
        default_md = sha256
        default_days = 1000
        default_crl_days = 30
        policy = any
        unique_subject = no
        [inter_extensions]
        basicConstraints = critical,CA:TRUE,pathlen:0
        keyUsage = critical,keyCertSign,cRLSign
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        authorityInfoAccess = caIssuers;URI:http://pki.test/root.crt
        crlDistributionPoints = URI:http://pki.test/root.crl
        certificatePolicies = 2.16.704.1.1
        [signer]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature,nonRepudiation
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        authorityInfoAccess = caIssuers;URI:http://pki.test/inter.crt,OCSP;URI:http://pki.test/ocsp
        crlDistributionPoints = URI:http://pki.test/inter.crl
        subjectAltName = email:toan@pki.test
        [tsa]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,timeStamping
        subjectKeyIdentifier = hash
        authorityKeyIdentifier = keyid
        authorityInfoAccess = caIssuers;URI:http://pki.test/inter.crt,OCSP;URI:http://pki.test/ocsp
        [ocsp]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature
        extendedKeyUsage = OCSPSigning
        noCheck = ignored
        authorityKeyIdentifier = keyid
        [silent]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature
        authorityKeyIdentifier = keyid
        [listed]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature
        authorityKeyIdentifier = keyid
        crlDistributionPoints = URI:http://pki.test/inter.crl
        [stamp]
        serial = FOLDER/tsa.serial
        signer_digest = sha256
        default_policy = 1.2.704.1
        other_policies = 1.2.704.2
        digests = sha256, sha384, sha512
        accuracy = secs:1, millisecs:500
        tsa_name = yes
        ess_cert_id_alg = sha256
        """
}

/// Answers as the authority's servers would, and as they should not.
struct TestExchange: WebExchange {
    enum Fault: Sendable, Equatable {
        case down, slow, errorPage, rubbish
        /// The answer to another question.
        case otherImprint, otherNonce
        case refusing
    }

    let authority: TestAuthority
    /// By the last part of the address.
    var faults: [String: Fault] = [:]
    /// Signs the timestamps.
    var stamper = "tsa"
    var expectedAuthorization: String?

    static let tsa = TimestampAuthority(url: TestAuthority.host + "tsa")

    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        guard request.url.hasPrefix(TestAuthority.host) else { throw .unreachable(request.url) }
        let name = String(request.url.dropFirst(TestAuthority.host.count))
        switch faults[name] {
        case .down: throw .unreachable("connection refused")
        case .slow: throw .timedOut
        case .errorPage: return WebAnswer(status: 503)
        case .rubbish: return WebAnswer(status: 200, body: Array("<html>".utf8))
        default: break
        }
        do { return try answer(name, request) } catch { return WebAnswer(status: 500) }
    }

    private func answer(_ name: String, _ request: WebRequest) throws -> WebAnswer {
        switch name {
        case "ocsp": return WebAnswer(status: 200, body: try ocsp(request.body))
        case "tsa":
            if let expectedAuthorization,
                !request.headers.contains(WebHeader("Authorization", expectedAuthorization))
            {
                return WebAnswer(status: 401)
            }
            return WebAnswer(status: 200, body: try timestamp(request.body))
        default: return WebAnswer(status: 200, body: try authority.read(name))
        }
    }

    private func ocsp(_ question: [UInt8]) throws -> [UInt8] {
        try Outside.withFolder { folder in
            let (asked, answered) = (folder.appendingPathComponent("q"), folder.appendingPathComponent("a"))
            try Data(question).write(to: asked)
            try authority.openssl(
                "ocsp", "-index", authority.path("inter.index"), "-CA", authority.path("inter.pem"),
                "-rsigner",
                authority.path("ocsp.pem"), "-rkey", authority.path("ocsp.key"), "-reqin", asked.path,
                "-respout",
                answered.path, "-ndays", "7")
            return try Outside.read(answered)
        }
    }

    private func timestamp(_ question: [UInt8]) throws -> [UInt8] {
        var question = question
        switch faults["tsa"] {
        case .otherImprint:
            question = try TimestampRequest(
                algorithm: .sha256, digest: DigestAlgorithm.sha256.hash(Array("khác".utf8)), nonce: [0x41, 2]
            ).encode()
        case .otherNonce:
            let parts = try BERNode.first(in: question[...]).children()
            let imprint = try parts[1].children()[1].octets()
            question = try TimestampRequest(algorithm: .sha256, digest: imprint, nonce: [0x41, 2]).encode()
        case .refusing:
            question = try TimestampRequest(
                algorithm: .sha256, digest: [UInt8](repeating: 0, count: 32), policy: "1.2.3.4"
            ).encode()
        default: break
        }
        return try Outside.withFolder { folder in
            let (asked, answered) = (folder.appendingPathComponent("q"), folder.appendingPathComponent("a"))
            try Data(question).write(to: asked)
            // The program counts in a file of its own, which it does not lock.
            let count = folder.appendingPathComponent("serial")
            try Data(Outside.serial().utf8).write(to: count)
            let settings = try String(decoding: authority.read("openssl.cnf"), as: UTF8.self).replacing(
                authority.path("tsa.serial"), with: count.path)
            let file = folder.appendingPathComponent("cnf")
            try Data(settings.utf8).write(to: file)
            try authority.openssl(
                "ts", "-reply", "-config", file.path, "-section", "stamp", "-queryfile", asked.path,
                "-signer",
                authority.path("\(stamper).pem"), "-inkey", authority.path("\(stamper).key"), "-out",
                answered.path)
            return try Outside.read(answered)
        }
    }
}

extension Outside {
    static func serial() -> String { "4" + UUID().uuidString.prefix(7).replacing("-", with: "0") }
}
