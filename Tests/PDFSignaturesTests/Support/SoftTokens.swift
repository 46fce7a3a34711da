import Foundation
import Testing

@testable import PDFSignatures

/// Tokens of SoftHSM in a folder of their own, filled by `pkcs11-tool`, and modules with the moods of real tokens
/// before them (moody_token.c).
final class SoftTokens: Sendable {
    static let module = "/usr/lib/softhsm/libsofthsm2.so"
    static let pin = "2468"

    /// One folder for the whole process: SoftHSM reads its tokens once, when it starts.
    static let shared: SoftTokens? = {
        let programs = ["/usr/bin/softhsm2-util", "/usr/bin/pkcs11-tool", module]
        guard programs.allSatisfy({ FileManager.default.fileExists(atPath: $0) }) else {
            print("=== BỎ QUA: chưa cài softhsm2 hoặc opensc, các phép thử thiết bị PKCS#11 không chạy ===")
            return nil
        }
        do { return try SoftTokens() } catch { preconditionFailure("test tokens: \(error)") }
    }()

    struct Broken: Error { let output: String }

    private let folder: URL

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("tokens-\(UUID().uuidString)")
        let tokens = folder.appendingPathComponent("tokens")
        try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
        let settings = folder.appendingPathComponent("softhsm2.conf")
        try "directories.tokendir = \(tokens.path)\nobjectstore.backend = file\nlog.level = ERROR\n"
            .write(to: settings, atomically: true, encoding: .utf8)
        setenv("SOFTHSM2_CONF", settings.path, 1)
        setenv("MOODY_TOKEN_UNDER", Self.module, 1)
        try fillMain()
        for label in ["Locks", "Plain", "OneThread", "Narrow", "Pulled", "Gone", "Joined"] {
            try make(token: label)
            try put(kind: .rsa(bits: 2_048), label: "Khóa", identifier: "01", token: label)
            try put(kind: .p256, label: "Đường cong", identifier: "02", token: label)
        }
        // SoftHSM is asked in the folder made just now, whatever else the process sets later.
        _ = try PKCS11Token.tokens(module: Self.module)
    }

    private func fillMain() throws {
        try make(token: "Main")
        try put(kind: .rsa(bits: 2_048), label: "Con dấu", identifier: "01", token: "Main")
        try put(kind: .rsa(bits: 3_072), label: "RSA dài", identifier: "02", token: "Main")
        try put(kind: .p256, label: "P-256", identifier: "03", token: "Main")
        try put(kind: .p384, label: "P-384", identifier: "04", token: "Main")
        try put(kind: .p256, label: "Hỏi mỗi lần", identifier: "05", token: "Main", more: ["--always-auth"])
        try put(
            kind: .rsa(bits: 2_048), label: "Trơ trọi", identifier: "06", token: "Main", certificate: false)
        try put(kind: .p256, label: "Trùng tên", identifier: "07", token: "Main")
        try put(kind: .p256, label: "Trùng tên", identifier: "08", token: "Main")
        try put(kind: .rsa(bits: 1_024), label: "Ngắn", identifier: "09", token: "Main")
        try write(TestKeys.root.certificate, type: "cert", label: "Gốc", identifier: "99", token: "Main")
        try renew(label: "P-256", identifier: "03")
    }

    /// An older certificate of another key under the same identifier: the newer one counts.
    private func renew(label: String, identifier: String) throws {
        let old = try CertificateFactory.issue(
            .init(commonName: "\(label) cũ"), from: TestKeys.root, type: .p256,
            validFrom: Date(timeIntervalSince1970: 1_672_531_200), years: 2)
        try write(old.certificate, type: "cert", label: "Cũ", identifier: identifier, token: "Main")
    }

    private func make(token label: String) throws {
        try run(
            "/usr/bin/softhsm2-util",
            [
                "--init-token", "--free", "--label", label, "--so-pin", "13579135", "--pin", Self.pin,
            ])
    }

    private func put(
        kind: CertificateFactory.KeyType, label: String, identifier: String, token: String,
        more: [String] = [],
        certificate: Bool = true
    ) throws {
        let issued = try CertificateFactory.issue(
            .init(commonName: label, organisation: "UBND xã Bình Hà", identifier: identifier),
            from: TestKeys.root,
            type: kind)
        try write(
            issued.key, type: "privkey", label: label, identifier: identifier, token: token,
            more: ["--usage-sign"] + more)
        guard certificate else { return }
        try write(
            issued.certificate, type: "cert", label: "Chứng thư " + label, identifier: identifier,
            token: token)
    }

    private func write(
        _ bytes: [UInt8], type: String, label: String, identifier: String, token: String, more: [String] = []
    ) throws {
        let file = folder.appendingPathComponent("object.der")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try run(
            "/usr/bin/pkcs11-tool",
            [
                "--module", Self.module, "--token-label", token, "--login", "--pin", Self.pin,
                "--write-object",
                file.path, "--type", type, "--label", label, "--id", identifier,
            ] + more)
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let (status, output) = try Outside.run(program, arguments)
        guard status == 0 else { throw Broken(output: "\(arguments): \(output)") }
    }

    /// The path of a module with that mood.
    func moody(_ mood: String) throws -> String {
        let module = folder.appendingPathComponent("\(mood).so")
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("moody_token.c")
        let (status, output) = try Outside.run(
            "/usr/bin/env",
            [
                "clang", "-shared", "-fPIC", "-w", "-D\(mood)", "-I/usr/include/p11-kit-1", "-o", module.path,
                source.path, "-ldl",
            ])
        guard status == 0 else { throw Broken(output: output) }
        return module.path
    }
}
