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
    /// How many days back a province's list is asked for.
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
    static let mark = "•••"

    public init(_ text: String) { self.text = text }

    /// Words of the partner without the key, should he have repeated it.
    func hidden(in words: String) -> String {
        text.isEmpty ? words : words.replacing(text, with: Self.mark)
    }
}

extension AxisSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { Self.mark }
    public var debugDescription: String { Self.mark }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
