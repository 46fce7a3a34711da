// What may stand in danh bạ cơ quan, and what people may change there (A9). Agencies of this installation and everything a
// list says are not theirs to change; the way to an agency, its mail and its address are.
import Foundation

/// How an agency is reached, as people set it.
package struct Reach: Sendable, Equatable {
    package var channel: Channel
    package var partner: String
    package var mail: String
    package var address: String

    package init(channel: Channel, partner: String = "", mail: String = "", address: String = "") {
        func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
        self.channel = channel
        self.partner = trimmed(partner)
        self.mail = trimmed(mail)
        self.address = trimmed(address)
    }
}

package enum CatalogueRules {
    package static let nameLimit = 500
    package static let codeLimit = 50
    package static let mailLimit = 200

    /// What a clerk may choose: messages through a channel between systems are an administrator's to arrange.
    package static func channels(for role: Role, now: Channel?) -> [Channel] {
        if role == .administrator { return Channel.allCases.filter { $0 != .loopback } }
        return [Channel.mail, .paper]
            + (now.map { [.mail, .paper, .loopback].contains($0) ? [] : [$0] } ?? [])
    }

    /// Why letters could not go there that way.
    package static func refusals(_ reach: Reach, codes: [String]) -> [Refusal] {
        var reasons: [Refusal] = []
        if reach.channel == .loopback { reasons.append(.malformed(.channel)) }
        if reach.channel.speaksEdXML, codes.allSatisfy(\.isEmpty) { reasons.append(.missing(.code)) }
        if reach.channel == .vanthu, reach.partner.isEmpty { reasons.append(.missing(.partner)) }
        if reach.channel == .mail, reach.mail.isEmpty { reasons.append(.missing(.mail)) }
        if !reach.mail.isEmpty, !isMailAddress(reach.mail) { reasons.append(.malformed(.mail)) }
        if reach.address.count > nameLimit { reasons.append(.tooLong(.address, limit: nameLimit)) }
        if reach.partner.count > codeLimit { reasons.append(.tooLong(.partner, limit: codeLimit)) }
        return reasons
    }

    package static func nameRefusals(_ name: String) -> [Refusal] {
        if name.isEmpty { return [.missing(.name)] }
        return name.count > nameLimit ? [.tooLong(.name, limit: nameLimit)] : []
    }

    package static func codeRefusals(_ code: String, _ older: String) -> [Refusal] {
        if code.isEmpty && older.isEmpty { return [.missing(.code)] }
        if max(code.count, older.count) > codeLimit { return [.tooLong(.code, limit: codeLimit)] }
        return (code + older).contains(where: { $0.isWhitespace || $0.isNewline }) ? [.malformed(.code)] : []
    }

    /// One address: something, one @, a domain with a dot; no signs that a header of a letter could be broken with.
    package static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= mailLimit, parts.count == 2, !parts[0].isEmpty else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && !labels.contains(where: \.isEmpty)
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && $0.value > 0x20 && $0.value != 0x7F
                    && !"<>()[],;:\\\"".unicodeScalars.contains($0)
            }
    }
}
