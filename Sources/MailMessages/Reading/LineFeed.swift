// A message line by line, through one buffer: lines of any length, ended with CR LF or LF, or cut off.
import Glibc

/// A line, or a piece of one that is longer than the buffer.
struct MailLine {
    /// In the feed's buffer, without its end.
    let range: Range<Int>
    /// What ends it: nothing (a piece, or the end of the file), LF or CR LF.
    let ending: Int
    /// Whether it is not the rest of a longer line.
    let isStart: Bool
}

final class LineFeed {
    private(set) var buffer: [UInt8] = []
    private let feed: PieceFeed
    private var place = 0
    private var isAtStart = true
    private var isAtEnd = false
    private var held: MailLine?
    static let longestPiece = 256 << 10

    init(path: String, limits: MailLimits) throws(MailMessageError) {
        feed = try PieceFeed(path: path)
        guard feed.size <= limits.size else { throw .overLimit(.size) }
    }

    /// The next line; `nil` at the end. Its bytes stand in the buffer until the next one is asked for.
    func next() throws(MailMessageError) -> MailLine? {
        if let line = held {
            held = nil
            return line
        }
        var searched = place
        while true {
            if let end = endOfLine(from: searched) {
                let isLong = end > place && buffer[end - 1] == 0x0D
                return take(to: isLong ? end - 1 : end, ending: isLong ? 2 : 1)
            }
            let count = buffer.count - place
            if isAtEnd { return count > 0 ? take(to: buffer.count, ending: 0) : nil }
            if count >= Self.longestPiece {
                // The CR of an end that is not yet here stays for the next piece.
                return take(to: buffer.last == 0x0D ? buffer.count - 1 : buffer.count, ending: 0)
            }
            if place > 0 { buffer.removeFirst(place) }
            place = 0
            searched = buffer.count
            let piece = try feed.next(Self.longestPiece)
            isAtEnd = piece.isEmpty
            buffer += piece
        }
    }

    /// The line just given will be given again.
    func hold(_ line: MailLine) { held = line }

    func bytes(_ line: MailLine) -> ArraySlice<UInt8> { buffer[line.range] }

    private func take(to end: Int, ending: Int) -> MailLine {
        let line = MailLine(range: place..<end, ending: ending, isStart: isAtStart)
        place = end + ending
        isAtStart = ending > 0
        return line
    }

    private func endOfLine(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let first = bytes.baseAddress, start < bytes.count,
                let found = memchr(first + start, 0x0A, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - first
        }
    }
}
