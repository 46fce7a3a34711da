// Nơi gửi theo trục: whom an axis took a message from, which it tells in its list, against whom the message says that it is from.
// An axis has many systems behind it, and anybody can write a name into a message.
import Domain
import EdXML
import Foundation
import Store

struct ListedSender: Sendable {
    let office: Office
    let message: InboundMessage

    /// What the axis listed, for as long as the message is no entry: a person may have it read again.
    static func kept(_ message: InboundMessage) -> String? {
        let isOfAxis = message.route.channel == .axis || message.route.channel == .lgsp
        return isOfAxis && !message.sender.isEmpty ? message.sender : nil
    }

    /// Refuses what speaks for an agency of the catalogue and was handed over by somebody else. The same agency may go
    /// by several codes; one that is in no catalogue speaks for nobody but itself.
    func check(_ read: EdXMLMessage) async throws {
        guard let listed = Self.kept(message) else { return }
        let from = read.sender, said = from.organID ?? ""
        if said.isEmpty || said.lowercased() == listed.lowercased() { return }
        let day = office.clock.now.officeDate
        let isOther = try await office.read { tables in
            let named = try tables.correspondents.find(code: said, on: day).map(\.id)
            let handing = try tables.correspondents.find(code: listed, on: day).map(\.id)
            return !named.isEmpty && !named.contains(where: handing.contains)
        }
        if isOther {
            throw InboundTrouble.never(
                "Gói tin ghi nơi gửi mang mã \(said.prefix(40)), nhưng trục nhận từ nơi mang mã \(listed).",
                sender: from.name ?? said)
        }
    }
}

extension EdXMLMessage {
    fileprivate var sender: Organization {
        switch self {
        case .document(let document): document.header.from
        case .status(let status): status.from
        }
    }
}
