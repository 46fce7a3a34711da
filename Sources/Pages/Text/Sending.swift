// Words of what a draft says about its sending, and of what was done otherwise.
import Domain

extension Vi {
    private static let namesShown = 10

    /// "thêm A; B, bớt C, đổi hình thức gửi D"; empty where nothing differs.
    package static func recipientChanges(added: [String], leftOut: [String], rerouted: [String]) -> String {
        func part(_ words: String, _ names: [String]) -> String? {
            if names.isEmpty { return nil }
            let shown = names.prefix(namesShown).joined(separator: "; ")
            let more = names.count - namesShown
            return "\(words) \(shown)" + (more > 0 ? " và \(number(more)) nơi khác" : "")
        }
        return [part("thêm", added), part("bớt", leftOut), part("đổi hình thức gửi", rerouted)]
            .compactMap { $0 }.joined(separator: ", ")
    }

    /// What the clerk did otherwise than the signer saw.
    package static func clerksChanges(_ changes: String, reason: String) -> String {
        "Văn thư \(changes) so với bản người ký duyệt." + (reason.isEmpty ? "" : " Lý do: \(reason)")
    }

    /// Of the day an answer is asked for.
    package static func answerChange(_ before: OfficeDate?, _ after: OfficeDate?) -> String {
        switch (before, after) {
        case (nil, let day?): "đề nghị trả lời trước ngày \(date(day))"
        case (let day?, nil): "bỏ đề nghị trả lời trước ngày \(date(day))"
        case (let former?, let day?) where former != day:
            "đổi ngày đề nghị trả lời từ \(date(former)) thành \(date(day))"
        default: ""
        }
    }

    /// A recipient that cannot be reached as things are: by the catalogue, or for want of a channel on this server; nil
    /// where nothing is missing.
    package static func cannotBeReached(
        _ agency: Correspondent, by medium: Medium, missing: Set<Channel>
    ) -> String? {
        if medium == .paper, agency.channel != .paper { return nil }
        if let words = CatalogueParts.missing(agency) { return "\(agency.name): \(words.lowercasedFirst)" }
        guard missing.contains(agency.channel) else { return nil }
        return "\(agency.name): máy chủ chưa khai báo kênh gửi “\(channel(agency.channel))”, văn bản sẽ chờ"
    }
}
