// A connection that libcurl made, secured and logged in, and over which we then speak ourselves: libcurl's own commands
// of IMAP mark what they fetch as read and cannot bring a message to a file under a name of ours.
import CCurl
import Glibc

/// Bytes in both directions until a moment. Not to be shared.
final class ServerConnection {
    private let handle: EasyHandle
    private let arrivals: Arrivals
    private var buffer: [UInt8] = []
    private var place = 0
    /// How far into `buffer` no end of a line was found.
    private var searched = 0
    var end = ContinuousClock.now

    /// - Parameter arrivals: Hears the lines that come while logging in, also when that fails.
    init(
        _ server: MailServer, scheme: String, methods: String?, _ settings: TransferSettings,
        until end: ContinuousClock.Instant, arrivals: Arrivals
    ) throws(TransferFailure) {
        let left = (end - ContinuousClock.now) / .milliseconds(1)
        guard left >= 1 else { throw .timedOut }
        handle = try EasyHandle()
        handle.reset()
        try server.prepare(
            handle, scheme: scheme, methods: methods, settings, milliseconds: Int(min(left, 86_400_000)))
        try handle.connect(arrivals)
        self.arrivals = arrivals
        self.end = end
    }

    func send(_ bytes: [UInt8]) throws(TransferFailure) {
        var done = 0
        while done < bytes.count {
            if let count = try handle.send(bytes[done...]) {
                done += count
            } else {
                try wait(Int16(POLLOUT))
            }
        }
    }

    /// The next line, without its end.
    ///
    /// - Parameter limit: In bytes.
    func line(limit: Int) throws(TransferFailure) -> [UInt8] {
        searched = place
        while true {
            if let index = endOfLine() {
                var line = buffer[place..<index]
                place = index + 1
                if line.last == 0x0D { line.removeLast() }
                guard line.count <= limit else { throw .answerTooLong }
                return Array(line)
            }
            guard buffer.count - place <= limit else { throw .answerTooLong }
            let passed = buffer.count - place
            try fill()
            searched = place + passed
        }
    }

    private func endOfLine() -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, searched < bytes.count,
                let found = memchr(start + searched, 0x0A, bytes.count - searched)
            else { return nil }
            return UnsafeRawPointer(found) - start
        }
    }

    /// Exactly so many bytes, piece by piece.
    func bytes(_ count: Int, _ take: (UnsafeRawBufferPointer) -> Bool) throws(TransferFailure) {
        var left = count
        while left > 0 {
            if place == buffer.count { try fill() }
            let piece = min(left, buffer.count - place)
            let isTaken = buffer.withUnsafeBytes {
                take(UnsafeRawBufferPointer(rebasing: $0[place..<(place + piece)]))
            }
            guard isTaken else { throw .brokenOff("not taken") }
            place += piece
            left -= piece
        }
    }

    private static let pieceSize = 64 << 10

    private func fill() throws(TransferFailure) {
        if place > 0 { buffer.removeFirst(place) }
        place = 0
        while true {
            guard ContinuousClock.now < end else { throw .timedOut }
            if let piece = try handle.receive(Self.pieceSize) {
                guard !piece.isEmpty else { throw .brokenOff("the connection ended") }
                buffer += piece
                return
            }
            try wait(Int16(POLLIN))
        }
    }

    private func wait(_ event: Int16) throws(TransferFailure) {
        let left = (end - ContinuousClock.now) / .milliseconds(1)
        guard left >= 1 else { throw .timedOut }
        var door = pollfd(fd: handle.activeSocket, events: event, revents: 0)
        guard door.fd >= 0 else { throw .brokenOff("the connection ended") }
        let ready = poll(&door, 1, Int32(min(left, 60_000)))
        guard ready >= 0 || errno == EINTR else { throw .brokenOff("the connection cannot be waited for") }
    }
}

extension EasyHandle {
    /// How many of the bytes are on their way; `nil` when none can be sent just now.
    func send(_ bytes: ArraySlice<UInt8>) throws(TransferFailure) -> Int? {
        var count = 0
        let code = bytes.withUnsafeBytes { curl_easy_send(handle, $0.baseAddress, $0.count, &count) }
        switch code {
        case CURLE_OK: return count
        case CURLE_AGAIN: return nil
        default: throw .brokenOff(Self.text(code))
        }
    }

    /// What has come, empty at the end of the connection; `nil` when nothing is there yet.
    func receive(_ limit: Int) throws(TransferFailure) -> [UInt8]? {
        var code = CURLE_OK
        let piece = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            code = curl_easy_recv(handle, buffer.baseAddress, buffer.count, &filled)
            if code != CURLE_OK { filled = 0 }
        }
        switch code {
        case CURLE_OK: return piece
        case CURLE_AGAIN: return nil
        default: throw .brokenOff(Self.text(code))
        }
    }

    var activeSocket: Int32 { ccurl_socket(handle) }

    func allowRefusedRecipients() {
        keep(ccurl_allow_refused_recipients(handle), CURLOPT_MAIL_RCPT_ALLLOWFAILS)
    }
}
