// Asks the virus scanner of this machine or of the office's network (clamd) about one file. The bytes are sent to it
// (INSTREAM), so the scanner needs no right to read our files; it answers with the name of what it found, or with nothing.

import Foundation
import Glibc

public struct VirusScanner: Sendable, Equatable {
    public enum Address: Sendable, Equatable {
        case unix(String)
        /// A numeric address.
        case tcp(host: String, port: UInt16)
    }

    public enum Verdict: Sendable, Equatable {
        case clean
        /// The signature's name, as the scanner gives it.
        case infected(String)
    }

    /// Why the scanner gave no verdict. Such a file is not known to be clean.
    public enum Failure: Error, Sendable, Equatable {
        case unreachable
        case timedOut
        /// Larger than the scanner takes (its StreamMaxLength).
        case tooLarge
        /// It answered something else; for the log.
        case unexpected(String)
        case unreadable
    }

    public let address: Address
    /// Seconds without any progress.
    public let patience: Int

    public init(_ address: Address, patience: Int = 30) {
        self.address = address
        self.patience = patience
    }

    /// `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`.
    public init?(_ text: String) {
        if text.hasPrefix("unix:/"), text.utf8.count < 100 {
            self.init(.unix(String(text.dropFirst(5))))
        } else if text.hasPrefix("tcp:"), let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]),
            colon > text.index(text.startIndex, offsetBy: 3)
        {
            self.init(.tcp(host: String(text.dropFirst(4).prefix(upTo: colon)), port: port))
        } else {
            return nil
        }
    }

    /// Where Debian's clamav-daemon listens.
    public static let usual = VirusScanner(.unix("/run/clamav/clamd.ctl"))

    public var isReachable: Bool { (try? ClamdConnection(address, patience: 2)) != nil }

    /// What the scanner says of itself: its version and the day of its signatures.
    public func version() async throws -> String {
        try await onOwnThread { [self] in
            let connection = try ClamdConnection(address, patience: patience)
            try connection.send(Array("zVERSION\0".utf8))
            return try connection.answer()
        }
    }

    /// - Throws: `Failure`.
    public func scan(_ path: String) async throws -> Verdict {
        try await onOwnThread { [self] in
            let connection = try ClamdConnection(address, patience: patience)
            do { try connection.stream(path) } catch Failure.unreachable {
                // The scanner hangs up on what it will not take, and has said why.
                return try Self.verdict((try? connection.answer()) ?? "")
            }
            return try Self.verdict(try connection.answer())
        }
    }

    /// `stream: OK`, `stream: Name FOUND`, `INSTREAM size limit exceeded. ERROR`.
    static func verdict(_ answer: String) throws -> Verdict {
        if answer == "stream: OK" { return .clean }
        if answer.hasPrefix("stream: "), answer.hasSuffix(" FOUND") {
            return .infected(String(answer.dropFirst(8).dropLast(6)))
        }
        if answer.contains("size limit exceeded") { throw Failure.tooLarge }
        throw answer.isEmpty ? Failure.unreachable : Failure.unexpected(String(answer.prefix(200)))
    }

    private func onOwnThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// One question to clamd; the scanner closes the connection after its answer.
private final class ClamdConnection {
    private let socket: Int32
    private static let pieceBytes = 64 * 1024
    private static let answerLimit = 4096

    init(_ address: VirusScanner.Address, patience: Int) throws {
        switch address {
        case .unix(let path): socket = try Self.connect(unix: path, patience)
        case .tcp(let host, let port): socket = try Self.connect(host, port, patience)
        }
    }

    deinit { close(socket) }

    func stream(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw VirusScanner.Failure.unreadable }
        defer { close(file) }
        try send(Array("zINSTREAM\0".utf8))
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw VirusScanner.Failure.unreadable
            }
            let length = UInt32(count)
            try send([
                UInt8(length >> 24), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255),
            ])
            if count == 0 { return }
            try send(piece[..<count])
        }
    }

    func send(_ bytes: some Sequence<UInt8>) throws {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent > 0 { rest = rest.dropFirst(sent) } else if errno != EINTR { throw Self.failure() }
        }
    }

    /// Up to the NUL that ends an answer.
    func answer() throws -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 512)
        while bytes.count < Self.answerLimit {
            let count = recv(socket, &piece, piece.count, 0)
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure()
            }
            bytes += piece[..<count]
            if count == 0 || bytes.last == 0 { break }
        }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    // MARK: Connecting

    private static func connect(unix path: String, _ patience: Int) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw VirusScanner.Failure.unreachable
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return try opened(AF_UNIX, patience) { socket in
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
    }

    private static func connect(_ host: String, _ port: UInt16, _ patience: Int) throws -> Int32 {
        var wish = addrinfo()
        wish.ai_flags = AI_NUMERICHOST
        wish.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &wish, &list) == 0, let list else {
            throw VirusScanner.Failure.unreachable
        }
        defer { freeaddrinfo(list) }
        let found = list.pointee
        return try opened(found.ai_family, patience) { Glibc.connect($0, found.ai_addr, found.ai_addrlen) }
    }

    /// Linux lets the send time-out bound connecting, too.
    private static func opened(_ family: Int32, _ patience: Int, _ connect: (Int32) -> Int32) throws -> Int32
    {
        let made = Glibc.socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard made >= 0 else { throw VirusScanner.Failure.unreachable }
        var time = timeval(tv_sec: patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(made, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        guard connect(made) == 0 else {
            let failure = errno == EINPROGRESS ? VirusScanner.Failure.timedOut : .unreachable
            close(made)
            throw failure
        }
        return made
    }

    private static func failure() -> VirusScanner.Failure {
        errno == EAGAIN || errno == EWOULDBLOCK ? .timedOut : .unreachable
    }
}
