import Foundation
import Testing

@testable import WebTransfers

/// Where strangers' addresses may lead, and who has proved to be whom.
@Suite struct PolicyTests {
    private func failure(_ transfers: HTTPTransfers, _ url: String, redirects: Int = 0) -> TransferFailure? {
        do throws(TransferFailure) {
            _ = try transfers.perform(HTTPCall(url: url, redirectLimit: redirects))
            return nil
        } catch { return error }
    }

    @Test("H2: an address inside the house is refused however it is written, by where it really leads")
    func inside() throws {
        let server = try RoughServer()
        let transfers = HTTPTransfers()
        for host in [
            "127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0", "LOCALHOST",
        ] {
            #expect(
                failure(transfers, "http://\(host):\(server.port)/hello")?.kind == "addressRefused", "\(host)"
            )
        }
        for host in [
            "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3", "169.254.169.254", "[fe80::1]", "[fd00::1]",
            "192.168.1.1",
        ] {
            #expect(failure(transfers, "http://\(host):9/")?.kind == "addressRefused", "\(host)")
        }
        #expect(failure(transfers, server.secureURL("hello"))?.kind == "addressRefused", "https")
    }

    @Test("H2: a host that may be reached does not open the way to one that may not")
    func redirectedInside() throws {
        let server = try RoughServer()
        let transfers = server.transfers()
        let target = "http://localhost:\(server.port)/hello"
        #expect(
            failure(transfers, server.url("redirect?to=\(target)"), redirects: 3)?.kind == "addressRefused",
            "redirect")
        let otherPort = server.transfers {
            $0.policy = AddressPolicy(allowed: [AllowedHost("127.0.0.1", port: server.port)])
        }
        #expect(failure(otherPort, server.url("hello")) == nil)
        #expect(failure(otherPort, server.secureURL("hello"))?.kind == "addressRefused", "another port")
        let closed = HTTPTransfers(TransferSettings(policy: AddressPolicy(reachesInternet: false)))
        #expect(failure(closed, "http://example.com/") == .addressRefused("example.com"))
    }

    @Test(
        "H2: through a proxy, what is written as an address inside the house is refused; the environment's proxy is not used"
    )
    func proxy() throws {
        let server = try RoughServer()
        let proxied = HTTPTransfers(TransferSettings(proxy: "http://127.0.0.1:\(server.port)"))
        for host in ["127.0.0.1", "localhost", "0x7f.1", "[::1]", "10.0.0.1"] {
            #expect(failure(proxied, "http://\(host)/hello")?.kind == "addressRefused", "\(host)")
        }
        // The rough server takes the whole address for a path that it does not have: it was asked.
        let reply = try proxied.perform(HTTPCall(url: "http://ca.example.vn/list.crl"))
        #expect(reply.status == 404)
        let nobody = try FullQueue.freePort()
        setenv("http_proxy", "http://127.0.0.1:\(nobody)", 1)
        defer { unsetenv("http_proxy") }
        #expect(failure(server.transfers(), server.url("hello")) == nil)
    }

    @Test("addresses that no host of the Internet has, and those beside them that one may have")
    func ranges() throws {
        let inside = [
            "0.1.2.3", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.255.0.1", "169.254.0.1",
            "172.16.0.1",
            "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.255.1", "198.18.0.1", "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1",
            "fe80::1",
            "fec0::1", "fc00::1", "fdff::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1",
            "2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::1", "2002:c0a8:101::1", "3fff::1",
            "100::1",
        ]
        for text in inside {
            #expect(try #require(NetworkAddress(literal: text)).isPublic == false, "\(text)")
        }
        let outside = [
            "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.1.1.1", "128.0.0.1",
            "172.15.255.255", "172.32.0.0", "192.167.1.1", "192.169.0.1", "198.17.1.1", "198.20.0.1",
            "223.255.255.1",
            "113.160.0.1", "2001:200::1", "2001:4860::1", "2400:3200::1", "2402:800::1", "::ffff:1.1.1.1",
            "64:ff9b::101:101", "2002:101:101::1", "2606:4700::1111",
        ]
        for text in outside { #expect(try #require(NetworkAddress(literal: text)).isPublic, "\(text)") }
        #expect(NetworkAddress([1, 2, 3]) == nil && NetworkAddress([]) == nil)
    }

    @Test("hosts that an administrator writes are read, and what is no host is not")
    func allowedHosts() throws {
        #expect(AllowedHost(text: "TSA.example.vn") == AllowedHost("tsa.example.vn"))
        #expect(AllowedHost(text: "10.0.0.5:8080") == AllowedHost("10.0.0.5", port: 8_080))
        #expect(AllowedHost(text: "tsa.vn:80") == AllowedHost("tsa.vn", port: 80))
        #expect(AllowedHost(text: "[fd00::1]:318") == AllowedHost("fd00::1", port: 318))
        #expect(AllowedHost(url: "https://ca.gov.vn/tsa") == AllowedHost("ca.gov.vn", port: 443))
        for text in ["", "a b", "http://x/", "x/y", "a@b", "x:0x", "x:99999"] {
            #expect(AllowedHost(text: text) == nil, "\(text)")
        }
    }

    @Test("H2: a server with another's certificate, or under a root that nobody named, is not spoken to")
    func certificates() throws {
        let right = try RoughServer()
        #expect(failure(right.transfers(), right.secureURL("hello")) == nil)
        let wrongName = try RoughServer(named: "tsa.example.vn")
        #expect(
            failure(wrongName.transfers(), wrongName.secureURL("hello"))?.kind == "untrusted", "another name")
        let machineRoots = right.transfers { $0.trustedRoots = nil }
        #expect(failure(machineRoots, right.secureURL("hello"))?.kind == "untrusted")
        let noRoots = right.transfers { $0.trustedRoots = "/nonexistent/roots.pem" }
        #expect(failure(noRoots, right.secureURL("hello"))?.kind == "badSettings", "no roots")
    }

    @Test("our certificate is shown to the host that it is for, and to no other")
    func identity() throws {
        let server = try RoughServer()
        let identity = ClientIdentity(pkcs12: try server.file("client.p12"), passphrase: "abc")
        func asked(_ host: AllowedHost) throws -> String {
            let transfers = server.transfers { $0.identities = [host: identity] }
            let reply = try transfers.perform(HTTPCall(url: server.secureURL("who")))
            return String(decoding: reply.body, as: UTF8.self)
        }
        #expect(try asked(AllowedHost("127.0.0.1", port: server.securePort)) == "client of the test")
        #expect(try asked(AllowedHost("127.0.0.1")) == "client of the test")
        #expect(try asked(AllowedHost("127.0.0.1", port: 1)) == "")
        #expect(try asked(AllowedHost("localhost")) == "")
        let locked = server.transfers {
            $0.identities = [
                AllowedHost("127.0.0.1"): ClientIdentity(pkcs12: identity.pkcs12, passphrase: "x")
            ]
        }
        #expect(failure(locked, server.secureURL("who"))?.kind == "badSettings", "wrong passphrase")
    }
}
