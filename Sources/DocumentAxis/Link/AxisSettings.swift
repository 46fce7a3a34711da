import Glibc

/// What holds for all calls over one link.
public struct AxisSettings: Sendable {
    /// How a message is fetched from the national axis.
    public enum Fetching: Sendable {
        /// `getEdoc`: in base 64 inside JSON; says why, when it does not come.
        case wrapped
        /// `downloadEdoc`: as it is; an empty file is all that is heard of a failure.
        case plain
    }

    /// How a message is handed to the national axis.
    public enum Sending: String, Sendable, CaseIterable {
        /// The body is the message with a line's end after it, and its type the one that is signed: what the axis' own
        /// software sends.
        case raw
        /// The body is a form with one file, as the names in that software have it.
        case form
    }

    /// Recipients of one call. They travel in headers, twice, and servers commonly take 8 KB of those: room for so
    /// many of the longest identifiers.
    public var recipientLimit = 80
    /// Bytes of one message, sent or fetched.
    public var messageLimit = 200 << 20
    /// Bytes of a list of messages.
    public var listLimit = 16 << 20
    /// Bytes of the catalogue; 120,000 agencies are about 30 MB.
    public var catalogueLimit = 96 << 20
    /// In seconds, for a call that carries no message.
    public var patience = 30.0
    /// In seconds, for one that does.
    public var transferPatience = 600.0
    public var fetching = Fetching.wrapped
    public var sending = Sending.raw
    /// How many days of a province's list are asked for at once; a platform refuses more.
    public var span = 7
    /// How many days back it is asked for at all, a span at a time.
    public var window = 30
    /// Milliseconds since 1970 UTC.
    public var now: @Sendable () -> Int64 = AxisSettings.machineClock

    public init() {}

    private static let machineClock: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// A shared key that nothing describes.
public struct AxisSecret: Sendable {
    let text: String
    /// What is hidden with it.
    private var others: [String] = []
    static let mark = "•••"

    public init(_ text: String) { self.text = text }

    func and(_ more: [String]) -> AxisSecret {
        var both = self
        both.others += more
        return both
    }

    /// Words of the partner for people to read, without the key, which is taken out before they are cut: half of a long
    /// one is still too much.
    func words(_ text: String, atMost limit: Int) -> String {
        hidden(in: Wire.words(hidden(in: text), atMost: limit))
    }

    private func hidden(in words: String) -> String {
        ([text] + others).reduce(words) { $1.isEmpty ? $0 : $0.replacing($1, with: Self.mark) }
    }
}

extension AxisSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { Self.mark }
    public var debugDescription: String { Self.mark }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
