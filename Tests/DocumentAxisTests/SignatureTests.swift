import Foundation
import Testing

@testable import DocumentAxis

/// What proves who calls, against values worked out by another program.
struct SignatureTests {
    @Test("E4: the headers are signed as one JSON text, exactly as it is sent, in small hex")
    func vector() {
        let headers = SignedHeaders.make(
            system: "rach-gia", secret: AxisSecret("k"), at: 1_778_545_800_123, [("docId", "a\"bố")])
        let text =
            #"{"XroadVnpt-timestamp":"12052026T073000+0123","XroadVnpt-systemid":"rach-gia","#
            + #""XroadVnpt-Content-Type":"application/json","XroadVnpt-docId":"a\"b\u1ed1"}"#
        #expect(
            headers.map(\.name) == [
                "XroadVnpt-timestamp", "XroadVnpt-systemid", "XroadVnpt-Content-Type", "XroadVnpt-docId",
                "Content-Type", "XroadVnpt-sign-header-key", "XroadVnpt-sign-header", "XroadVnpt-hash-header",
                "User-Agent", "XroadVnpt-version",
            ])
        func value(_ name: String) -> String? { headers.first { $0.name == name }?.value }
        #expect(value("XroadVnpt-docId") == "a\"bố")
        #expect(value("XroadVnpt-sign-header-key") == "timestamp;systemid;Content-Type;docId")
        #expect(value("XroadVnpt-sign-header") == text)
        #expect(
            value("XroadVnpt-hash-header")
                == "476e14e38a361c85e5738355b306f2dd372cd37da456986ffaea6485141c12f9")
        #expect(value("User-Agent") == "JAVASDKAgent/1.0.0 XRoad/VPCP")
        #expect(value("XroadVnpt-version") == "3.0.201608")
    }

    @Test("E4: the timestamp is office time, its last four digits are milliseconds and no offset")
    func timestamp() {
        #expect(AxisTime.timestamp(1_778_545_800_123) == "12052026T073000+0123")
        #expect(AxisTime.timestamp(1_709_226_000_000) == "01032024T000000+0000")
        #expect(AxisTime.timestamp(1_709_225_999_999) == "29022024T235959+0999")
        #expect(AxisTime.timestamp(0) == "01011970T070000+0000")
        #expect(AxisTime.timestamp(-25_200_001) == "31121969T235959+0999")
        #expect(AxisTime.date(1_709_226_000_000) == "2024/03/01")
        #expect(AxisTime.seconds(ofHTTPDate: "Tue, 12 May 2026 00:30:00 GMT") == 1_778_545_800)
        #expect(AxisTime.seconds(ofHTTPDate: "Thu, 29 Feb 2024 17:00:00 GMT") == 1_709_226_000)
        for wrong in [
            "", "Tue, 12 May 2026 00:30 GMT", "Tue, 12 Mai 2026 00:30:00 GMT", "2026-05-12", "a b c d e f",
        ] {
            #expect(AxisTime.seconds(ofHTTPDate: wrong) == nil, "\(wrong)")
        }
    }

    @Test("E4: the digest of the file has no leading zeros, as the axis compares it")
    func digest() throws {
        let folder = try Folder()
        let digest = try LocalFile.digest(try folder.put(Array("abc".utf8), "abc"))
        #expect(Wire.hex(digest) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Wire.hexWithoutZeros(digest) == "ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad")
    }

    @Test("E4: what one call says does not reach the next")
    func noLeak() throws {
        let standIn = try StandIn()
        let folder = try Folder()
        let axis = standIn.national()
        _ = try axis.send(
            file: try Letter.file(in: folder), kind: .document, from: "000.00.15.H51", to: ["H36.12"])
        _ = try axis.received(.status)
        _ = failure { () throws(AxisFailure) in try axis.deleteAgency("H97") }
        _ = try axis.waiting(.document)
        let said = try standIn.calls().map { call in
            let headers = (call["headers"] as? [[String]] ?? []).filter {
                $0.first?.hasPrefix("XroadVnpt-") == true
            }
            return Set(headers.compactMap { $0.first?.dropFirst(10) }.map(String.init)).subtracting([
                "timestamp", "systemid", "Content-Type", "sign-header-key", "sign-header", "hash-header",
                "version",
            ])
        }
        #expect(
            said == [
                ["from", "to", "servicetype", "messagetype", "hash-file"], ["servicetype", "messagetype"],
                ["AgencyCode"], [],
            ])
    }

    @Test("E4: nothing that describes a link, a request or a failure shows the key")
    func secrets() throws {
        let key = "khoa-rat-bi-mat-93"
        let secret = AxisSecret(key)
        let standIn = try StandIn()
        let axis = standIn.provincial(secret: key)
        var shown = ""
        dump(axis, to: &shown)
        dump(standIn.national(secret: key), to: &shown)
        dump(AxisHeader("X-SecretKey", key, isSecret: true), to: &shown)
        shown += "\(axis) \(String(reflecting: axis)) \(secret) \(String(reflecting: secret))"
        shown += "\(AxisHeader("X-SecretKey", key, isSecret: true))"
        #expect(!shown.contains(key))
        let talker = "{\"success\":false,\"message\":\"Sai khóa \(key) rồi\",\"data\":{\"errorCode\":\"15\"}}"
        try standIn.fault("body", ["body": talker])
        let failed = failure { () throws(AxisFailure) in try axis.received(.document) }
        #expect(failed == .refused(code: "15", words: "Sai khóa ••• rồi"))
        try standIn.fault("status", ["status": 500, "body": "<b>\(key)</b>"])
        let trouble = failure { () throws(AxisFailure) in try axis.received(.document) }
        #expect(trouble == .trouble(status: 500, words: "<b>•••</b>"))
    }
}
