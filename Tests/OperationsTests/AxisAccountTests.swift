import DocumentAxis
import Foundation
import Testing

@testable import Operations

/// What the file says of the axis and of the province.
struct AxisAccountTests {
    private func read(_ text: String) throws -> ExchangeSettings {
        let file = FileManager.default.temporaryDirectory.appending(path: "lien-thong-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        FileManager.default.createFile(atPath: file.path(), contents: Data(text.utf8), attributes: mode)
        return try ExchangeSettings.load(file.path())
    }

    @Test(
        "E4: a province is looked at every five minutes and may want a sign-in, the axis every minute and a body"
    )
    func accounts() throws {
        let plain = try read(
            """
            {"axis": {"address": "https://truc.example", "system": "a", "secret": "k"},
             "lgsp": {"address": "https://lgsp.example", "system": "b", "secret": "k"}}
            """)
        #expect(
            plain.axis == AxisAccount(address: "https://truc.example", system: "a", secret: "k", every: 60))
        #expect(plain.axis?.axisSettings.sending == .raw)
        #expect(
            plain.lgsp == AxisAccount(address: "https://lgsp.example", system: "b", secret: "k", every: 300))
        let full = try read(
            """
            {"axis": {"address": "https://t.example", "system": "a", "secret": "k", "sendsAs": "form", "plain": true},
             "lgsp": {"address": "https://l.example", "system": "b", "secret": "k", "every": 30, "user": "lt",
                      "password": "mk", "application": "VT"}}
            """)
        #expect(full.axis?.axisSettings.sending == .form)
        #expect(full.lgsp?.login == AxisLogin(user: "lt", password: "mk", application: "VT"))
        #expect(full.lgsp?.every == 30)
    }

    @Test(
        "E4: what only the other one knows, half a sign-in and another way to send stop the server",
        arguments: [
            #""axis": {"address": "https://x", "system": "a", "secret": "k", "user": "lt"}"#,
            #""axis": {"address": "https://x", "system": "a", "secret": "k", "sendsAs": "mail"}"#,
            #""lgsp": {"address": "https://x", "system": "a", "secret": "k", "sendsAs": "raw"}"#,
            #""lgsp": {"address": "https://x", "system": "a", "secret": "k", "password": "mk"}"#,
            #""lgsp": {"address": "https://x", "system": "a", "secret": "k", "user": "lt"}"#,
        ])
    func wrong(_ part: String) {
        #expect(throws: SettingsProblem.self) { try read("{\(part)}") }
    }

    @Test(
        "H1, E4: an address that is not over TLS stops the server, for the axis, the province and a partner, unless it is of this machine",
        arguments: [
            ("http://truc.example/api", false), ("HTTP://truc.example", false),
            ("http://127.0.0.1@truc.example", false),
            ("http://127.0.0.1.example.vn", false), ("http://10.0.0.5", false), ("truc.example", false),
            ("ftp://truc.example", false), ("https://truc.example/api", true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080/v1", true), ("http://[::1]:8080", true),
        ])
    func addresses(_ address: String, isTaken: Bool) {
        let account = #""address": "\#(address)", "system": "a", "secret": "k""#
        let pin = String(repeating: "ab", count: 32)
        let partner = #""address": "\#(address)", "roots": "/r.pem", "certificate": "\#(pin)""#
        for text in [
            #"{"axis": {\#(account)}}"#, #"{"lgsp": {\#(account)}}"#,
            #"{"vanthu": {"identity": "/a.p12", "partners": {"tinh-ban": {\#(partner)}}}}"#,
        ] {
            if isTaken {
                #expect(throws: Never.self) { try read(text) }
            } else {
                #expect(throws: SettingsProblem.insecureAddress(address)) { try read(text) }
            }
        }
    }
}
