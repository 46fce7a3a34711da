import Glibc

/// Takes the attachments of a message as they come and leaves each as a file in the folder, decoded. Nothing is kept
/// in memory but the piece at hand.
final class AttachmentReceiver {
    struct Received {
        let path: String
        let size: Int
        /// How many U+FFFD stand in it: bytes that are not text do not hold any.
        let replacementCharacters: Int
        let isPDF: Bool
        let fault: AttachmentFault?
    }

    private let folder: String
    private let limits: MessageLimits
    private(set) var received: [Received] = []
    private var total = 0
    private var current: Current?

    private struct Current {
        let sink: FileSink
        var decoder = Base64Decoder()
        var fault: AttachmentFault?
        var head: [UInt8] = []
        var counter = ReplacementCounter()
    }

    init(folder: String, limits: MessageLimits) {
        self.folder = folder
        self.limits = limits
    }

    /// A piece of encoded text; the empty one ends the attachment and gives its place in the list.
    func take(_ piece: ArraySlice<UInt8>) throws(EdXMLError) -> Int? {
        var current: Current
        if let begun = self.current { current = begun } else { current = try begin() }
        self.current = nil
        var bytes: [UInt8] = []
        if piece.isEmpty {
            if current.fault == nil {
                do throws(AttachmentProblem) { try current.decoder.finish() } catch {
                    current.fault = try error.fault()
                }
            }
            return try finish(current)
        }
        if current.fault == nil {
            do throws(AttachmentProblem) {
                bytes = try current.decoder.decode(piece)
            } catch { current.fault = try error.fault() }
            try keep(bytes, &current)
        }
        self.current = current
        return nil
    }

    private func begin() throws(EdXMLError) -> Current {
        guard received.count < limits.attachments else { throw .overLimit("attachments") }
        return Current(sink: try FileSink(path: "\(folder)/tep-\(received.count + 1)"))
    }

    private func keep(_ bytes: [UInt8], _ current: inout Current) throws(EdXMLError) {
        if current.head.count < 5 { current.head += bytes.prefix(5 - current.head.count) }
        current.counter.count(bytes)
        try current.sink.write(bytes)
        total += bytes.count
        guard current.sink.size <= limits.attachmentSize, total <= limits.totalSize else {
            throw .overLimit("attachments")
        }
    }

    private func finish(_ current: Current) throws(EdXMLError) -> Int {
        try current.sink.flush()
        received.append(
            Received(
                path: current.sink.path, size: current.sink.size,
                replacementCharacters: current.counter.found,
                isPDF: current.head.starts(with: Array("%PDF-".utf8)), fault: current.fault))
        return received.count - 1
    }
}

/// Counts U+FFFD (EF BF BD) in bytes that come in pieces.
struct ReplacementCounter {
    private(set) var found = 0
    private var state = 0

    mutating func count(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var place = 0
            while place < buffer.count {
                if state == 0 {
                    guard let next = memchr(base + place, 0xEF, buffer.count - place) else { return }
                    place = UnsafeRawPointer(next) - base + 1
                    state = 1
                    continue
                }
                let byte = buffer[place]
                if state == 1, byte == 0xBF {
                    state = 2
                } else if state == 2, byte == 0xBD {
                    found += 1
                    state = 0
                } else {
                    state = byte == 0xEF ? 1 : 0
                }
                place += 1
            }
        }
    }
}
