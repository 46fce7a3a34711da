// The journal's facts of an act in words for the history on a page.
import Domain
import Pages

extension HistoryLine {
    init(_ entry: JournalEntry) {
        self.init(at: entry.at, actor: entry.actor, verb: entry.verb, detail: Self.detail(entry))
    }

    private static func detail(_ entry: JournalEntry) -> String {
        let facts = entry.particulars
        switch entry.verb {
        case .incomingRegistered, .receiptAccepted:
            return facts["number"].map { "số đến \($0)" } ?? ""
        case .draftOpened: return facts["code"] ?? ""
        case .numberTaken:
            let departure = facts["mediumReason"].map { "gửi khác quy định, lý do: \($0)" }
            return [facts["document"], departure, clerks(facts)].compactMap { $0 }.joined(separator: "; ")
        case .draftSendingSet: return sending(facts)
        case .documentIssued: return facts["document"] ?? ""
        case .numberVoided:
            return [facts["document"], facts["reason"]].compactMap { $0 }.joined(separator: "; ")
        case .letterSentAgain, .recipientsAdded:
            return [facts["agency"], facts["note"] ?? facts["reason"]].compactMap { $0 }.joined(
                separator: ": ")
        case .deliveryStatusChanged, .statusNoted:
            let status = DeliveryStatus(code: facts["status"] ?? "").map {
                (entry.verb == .statusNoted ? Vi.told($0) : Vi.state($0)).word.lowercased()
            }
            let said = [facts["agency"], status].compactMap { $0 }.joined(separator: " – ")
            return [said, facts["note"]].compactMap { $0 }.joined(separator: ": ")
        case .draftVersionAdded, .draftInitialled: return facts["version"].map { "phiên bản \($0)" } ?? ""
        default: return facts["reason"] ?? facts["comment"] ?? facts["note"] ?? ""
        }
    }

    /// The names are the journal's own; it cuts long lists.
    private static func changes(_ facts: [String: String]) -> String {
        func one(_ name: String) -> [String] { facts[name].map { [$0] } ?? [] }
        return Vi.recipientChanges(
            added: one("added"), leftOut: one("leftOut"), rerouted: one("rerouted"))
    }

    private static func clerks(_ facts: [String: String]) -> String? {
        let changes = changes(facts)
        return changes.isEmpty ? nil : Vi.clerksChanges(changes, reason: facts["changeReason"] ?? "")
    }

    private static func sending(_ facts: [String: String]) -> String {
        let count = facts["recipients"].map { "\($0) nơi" } ?? ""
        let answer = facts["answerBy"].flatMap { OfficeDate($0) }.map {
            "đề nghị trả lời trước ngày \(Vi.date($0))"
        }
        return [count, changes(facts), answer ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
