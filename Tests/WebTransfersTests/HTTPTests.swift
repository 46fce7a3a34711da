import Foundation
import Testing

@testable import WebTransfers

/// Requests to a real server on loopback, well-behaved and not.
@Suite struct HTTPTests {
    let server: RoughServer

    init() throws { server = try RoughServer() }

    private func failure(_ transfers: HTTPTransfers, _ call: HTTPCall) -> TransferFailure? {
        do throws(TransferFailure) {
            _ = try transfers.perform(call)
            return nil
        } catch { return error }
    }

    private func failure(_ path: String, limit: Int = 1 << 20, patience: Double = 10) -> TransferFailure? {
        failure(
            server.transfers(), HTTPCall(url: server.url(path), answerLimit: limit, patience: patience))
    }

    private func text(_ reply: HTTPReply) -> String { String(decoding: reply.body, as: UTF8.self) }

    @Test("an answer comes with status, headers and body, also when the status is bad")
    func plain() throws {
        let transfers = server.transfers()
        let reply = try transfers.perform(HTTPCall(url: server.url("hello")))
        #expect(reply.status == 200 && text(reply) == "xin chào")
        #expect(reply.header("content-TYPE") == "text/plain" && reply.header("X-Empty") == "")
        #expect(try transfers.perform(HTTPCall(url: server.url("absent"))).status == 404)
        let head = try transfers.perform(HTTPCall(method: "HEAD", url: server.url("hello")))
        #expect(head.status == 200 && head.body.isEmpty && head.header("Content-Length") == "12345")
    }

    @Test("bodies of any size arrive whole, and one handle's past leaves nothing in the next request")
    func bodies() throws {
        let transfers = server.transfers { $0.idleLimit = 1 }
        let type = HTTPField("Content-Type", "application/timestamp-query")
        for count in [0, 1, 70_000, 3_000_000] {
            let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            for method in ["POST", "PUT"] {
                let reply = try transfers.perform(
                    HTTPCall(method: method, url: server.url("digest"), headers: [type], body: body))
                #expect(text(reply).hasPrefix("\(method) \(count) "))
                #expect(reply.header("Content-Type") == "application/timestamp-query")
            }
            #expect(text(try transfers.perform(HTTPCall(url: server.url("hello")))) == "xin chào")
        }
        let headers = text(try transfers.perform(HTTPCall(url: server.url("headers"))))
        #expect(headers.contains("User-Agent: VanThu") && !headers.contains("timestamp-query"))
        #expect(!headers.lowercased().contains("expect"))
    }

    @Test("a header with an empty value is sent, one that would begin another line is not")
    func headers() throws {
        let transfers = server.transfers()
        let call = HTTPCall(
            url: server.url("headers"), headers: [HTTPField("X-Mark", "một"), HTTPField("X-None", "")])
        let sent = text(try transfers.perform(call))
        #expect(sent.contains("X-None: ") && sent.contains("X-Mark: "))
        for bad in [
            HTTPField("X", "a\r\nHost: b"), HTTPField("X\n", "a"), HTTPField("", "a"), HTTPField("X:", ""),
        ] {
            let call = HTTPCall(url: server.url("headers"), headers: [bad])
            #expect(failure(transfers, call) == .badRequest("a method or header that cannot be sent"))
        }
        #expect(
            failure(transfers, HTTPCall(method: "GET /x\r\n", url: server.url("hello")))
                == .badRequest("a method or header that cannot be sent"))
    }

    @Test("slow servers end at the limit of time, before the first byte and in the middle")
    func slow() throws {
        #expect(failure("slow?seconds=30", patience: 0.3) == .timedOut)
        #expect(failure("drip", patience: 0.5) == .timedOut)
        #expect(failure("hello", patience: 0) == .badRequest("no time or no room"))
    }

    @Test("a host that never answers the knock ends at the limit of time")
    func silent() throws {
        // A socket that listens and never takes: its queue is full after the first.
        let listening = try FullQueue()
        let transfers = server.transfers { $0.connectPatience = 0.3 }
        #expect(
            failure(transfers, HTTPCall(url: "http://127.0.0.1:\(listening.port)/", patience: 20))
                == .timedOut)
    }

    @Test("answers that are too long are given up, announced or not, and one of exactly the limit is taken")
    func huge() throws {
        #expect(failure("huge") == .answerTooLong)
        #expect(failure("huge?told=1") == .answerTooLong)
        #expect(failure("manyheaders") == .answerTooLong)
        #expect(failure("exactly?bytes=1001", limit: 1_000) == .answerTooLong)
        let call = HTTPCall(url: server.url("exactly?bytes=1000"), answerLimit: 1_000)
        #expect(try server.transfers().perform(call).body.count == 1_000)
    }

    @Test("answers cut off, connections reset, noise and nobody there are failures")
    func cutOff() throws {
        for path in ["cutoff", "reset", "noise"] { #expect(failure(path)?.kind == "brokenOff", "\(path)") }
        let nobody = try FullQueue.freePort()
        for url in ["http://127.0.0.1:\(nobody)/", "http://no-such-host.invalid/"] {
            #expect(failure(server.transfers(), HTTPCall(url: url))?.kind == "unreachable", "\(url)")
        }
    }

    @Test("only http and https are addresses")
    func schemes() throws {
        for url in [
            "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "", "hello", "http://",
            "ldap://x/",
        ] {
            #expect(
                failure(server.transfers(), HTTPCall(url: url)) == .badRequest("not an http or https address")
            )
        }
        let withPassword = HTTPCall(url: "http://a:b@127.0.0.1:\(server.port)/hello")
        #expect(failure(server.transfers(), withPassword) == .badRequest("a password in the address"))
    }

    @Test("redirects are followed only when asked, as often as asked, and never out of the web or out of TLS")
    func redirects() throws {
        let transfers = server.transfers()
        func get(_ path: String, _ limit: Int) throws -> HTTPReply {
            try transfers.perform(HTTPCall(url: server.url(path), redirectLimit: limit))
        }
        #expect(try get("redirect?to=/hello", 0).status == 302)
        #expect(text(try get("redirect?to=/hello", 1)) == "xin chào")
        #expect(text(try get("redirect?to=\(server.secureURL("hello"))", 1)) == "xin chào")
        let circle = HTTPCall(url: server.url("circle"), redirectLimit: 5)
        #expect(failure(transfers, circle) == .tooManyRedirects)
        for target in ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:\(server.port)/"] {
            let call = HTTPCall(url: server.url("redirect?to=\(target)"), redirectLimit: 3)
            #expect(failure(transfers, call) == .badRequest("redirected to no web address"))
        }
        let downward = HTTPCall(
            url: server.secureURL("redirect?to=\(server.url("hello"))"), redirectLimit: 3)
        #expect(failure(transfers, downward) == .badRequest("redirected from https to http"))
        let post = HTTPCall(method: "POST", url: server.url("redirect"), body: [1], redirectLimit: 3)
        #expect(try transfers.perform(post).status == 307)
    }

    @Test("connections are kept between calls, and many threads call at once")
    func together() async throws {
        let transfers = server.transfers { $0.idleLimit = 4 }
        let first = text(try transfers.perform(HTTPCall(url: server.url("connection"))))
        #expect(text(try transfers.perform(HTTPCall(url: server.url("connection")))) == first)
        let url = server.url("hello")
        let answers = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<25).count { _ in (try? transfers.perform(HTTPCall(url: url)))?.status == 200 }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(answers == 200)
    }
}

extension TransferFailure {
    /// The case without the note for the log.
    var kind: String { String(String(describing: self).prefix { $0 != "(" }) }
}

/// A listening socket whose queue is full, so that further knocks are not answered.
final class FullQueue {
    let port: Int
    private var sockets: [Int32]

    init() throws {
        let listening = try Self.bound()
        guard listen(listening, 0) == 0 else { throw RoughServer.Absent() }
        port = Self.port(of: listening)
        sockets = [listening]
        for _ in 0..<4 {
            let knocking = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = Self.with(port: port) { connect(knocking, $0, $1) }
            sockets.append(knocking)
        }
    }

    deinit { for socket in sockets { close(socket) } }

    /// A port where nobody listens.
    static func freePort() throws -> Int {
        let socket = try bound()
        defer { close(socket) }
        return port(of: socket)
    }

    private static func bound() throws -> Int32 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard with(port: 0, { bind(socket, $0, $1) }) == 0 else { throw RoughServer.Absent() }
        return socket
    }

    private static func with(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func port(of socket: Int32) -> Int {
        var address = sockaddr_in()
        var count = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &count) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
