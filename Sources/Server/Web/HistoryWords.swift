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
        case .draftOpened: return facts["code"].map { "DT-\($0)" } ?? ""
        case .numberTaken, .numberVoided, .documentIssued:
            return [facts["number"], facts["notation"]].compactMap { $0 }.joined(separator: "/")
        case .draftVersionAdded, .draftInitialled: return facts["version"].map { "phiên bản \($0)" } ?? ""
        default: return facts["reason"] ?? facts["comment"] ?? facts["note"] ?? ""
        }
    }
}
