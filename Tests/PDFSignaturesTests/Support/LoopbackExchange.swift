import Foundation
import Glibc

@testable import PDFSignatures

/// The engine's network in tests: real sockets, but to this machine only.
struct LoopbackExchange: WebExchange {
    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
        guard let url = URLComponents(string: request.url), url.scheme == "http", url.host == "127.0.0.1",
            let port = url.port.flatMap({ UInt16(exactly: $0) })
        else { throw .refused(request.url) }
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw .unreachable("socket") }
        defer { close(socket) }
        let end = Date(timeIntervalSinceNow: request.patience)
        try connect(socket, port: port)
        try write(head(request, path: url), to: socket)
        return try answer(read(from: socket, limit: request.answerLimit + 16_384, until: end), request)
    }

    private func connect(_ socket: Int32, port: UInt16) throws(WebFailure) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw .unreachable(String(cString: strerror(errno))) }
    }

    private func head(_ request: WebRequest, path: URLComponents) -> [UInt8] {
        let query = path.percentEncodedQuery.map { "?" + $0 } ?? ""
        let lines =
            [
                "\(request.method) \(path.percentEncodedPath)\(query) HTTP/1.0", "Host: 127.0.0.1",
                "Content-Length: \(request.body.count)",
            ] + request.headers.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + request.body
    }

    private func write(_ bytes: [UInt8], to socket: Int32) throws(WebFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw .unreachable("send") }
            rest = rest.dropFirst(sent)
        }
    }

    private func read(from socket: Int32, limit: Int, until end: Date) throws(WebFailure) -> [UInt8] {
        var (read, room) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let left = end.timeIntervalSinceNow
            guard left > 0, poll(&watched, 1, Int32(left * 1_000) + 1) > 0 else { throw .timedOut }
            let count = recv(socket, &room, room.count, 0)
            guard count >= 0 else { throw .unreachable("recv") }
            if count == 0 { return read }
            read += room[..<count]
            if read.count > limit { throw .answerTooLong }
        }
    }

    private func answer(_ bytes: [UInt8], _ request: WebRequest) throws(WebFailure) -> WebAnswer {
        guard let gap = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw .unreachable("no answer") }
        let lines = String(decoding: bytes[..<gap.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw .unreachable("no status")
        }
        let headers = lines.dropFirst().compactMap { line -> WebHeader? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return WebHeader(
                String(line[..<colon]),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        let body = Array(bytes[gap.upperBound...])
        guard body.count <= request.answerLimit else { throw .answerTooLong }
        return WebAnswer(status: status, headers: headers, body: body)
    }
}
