// Kênh chưa khai báo: the catalogue says that an agency is reached by a channel which this server has no settings for. Its
// letters wait, and say why, until an administrator has set it up or the way in the catalogue is changed.
import Domain

struct MissingChannel: WireLink {
    let channel: Channel
    var partners: [String] { [] }
    var collectEvery: Duration? { nil }

    static func all(besides links: [any WireLink]) -> [MissingChannel] {
        let set = Set(links.map(\.channel))
        return [Channel.vanthu, .axis, .lgsp, .mail].filter { !set.contains($0) }.map(MissingChannel.init)
    }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        throw .partnerDown("Máy chủ chưa khai báo kênh gửi này; văn bản chờ đến khi người quản trị khai báo.")
    }

    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int { 0 }
}

extension Office {
    /// Channels this server has no settings for: what goes that way waits, and whoever sends should know before.
    package var missingChannels: Set<Channel> {
        Set(MissingChannel.all(besides: exchange.links(self)).map(\.channel))
    }
}
