// Một cơ quan trong danh bạ (A9): adding one that is in no catalogue, putting its mail, address and way right, and arranging
// the channel letters take to it.
import Domain
import DualSQL
import Foundation
import Store

/// Thêm cơ quan ngoài danh bạ: an organisation outside the state has no code and is reached by mail or on paper.
package struct AddCorrespondent: OfficeOperation {
    package static let verb = Verb.correspondentAdded

    let name: String
    let superiorName: String
    let kind: CorrespondentKind
    let reach: Reach

    package init(name: String, superiorName: String = "", kind: CorrespondentKind, reach: Reach) {
        self.name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.superiorName = superiorName.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.kind = kind
        self.reach = reach
    }

    package func perform(_ act: Act) throws -> Correspondent {
        try act.tables.catalogue.lock()
        var reasons = CatalogueRules.nameRefusals(name) + CatalogueRules.refusals(reach, codes: [])
        if superiorName.count > CatalogueRules.nameLimit {
            reasons.append(.tooLong(.superior, limit: CatalogueRules.nameLimit))
        }
        if ![.mail, .paper].contains(reach.channel), !reasons.contains(.missing(.code)) {
            reasons.append(.malformed(.channel))
        }
        if reach.channel == .paper, reach.address.isEmpty { reasons.append(.missing(.address)) }
        try Refused.unless(reasons)
        if let twin = try act.tables.catalogueLists.named(name, under: superiorName, on: act.today) {
            throw Refused(.agencyKnown(twin.name))
        }
        let agency = Correspondent(
            id: act.newID(), name: name, superiorName: superiorName, kind: kind, channel: reach.channel,
            mail: reach.mail, address: reach.address, validFrom: act.today)
        try act.tables.correspondents.put(agency, at: act.now)
        act.record(.correspondentAdded, agency.id, ["name": name, "channel": reach.channel.rawValue])
        return agency
    }
}

/// Sửa thư điện tử, địa chỉ, cách gửi của một cơ quan ngoài hệ thống.
package struct CorrectCorrespondent: OfficeOperation {
    package static let verb = Verb.correspondentCorrected

    let id: ID<Agency>
    let reach: Reach

    package init(_ id: ID<Agency>, reach: Reach) {
        self.id = id
        self.reach = reach
    }

    package func perform(_ act: Act) throws -> Correspondent {
        try act.tables.catalogue.lock()
        guard var agency = try act.tables.correspondents.find(id) else { throw Refused(.notFound) }
        if agency.isHosted { throw Refused(.agencyHosted) }
        // The partner of a channel between systems is arranged by administrators.
        var reach = reach
        if reach.channel == agency.channel { reach.partner = agency.partner }
        var reasons = CatalogueRules.refusals(reach, codes: [agency.code, agency.codeQCVN102])
        if case .position(let position) = act.actor,
            !CatalogueRules.channels(for: position.role, now: agency.channel).contains(reach.channel)
        {
            reasons.append(.malformed(.channel))
        }
        if reach.channel == .paper, reach.address.isEmpty { reasons.append(.missing(.address)) }
        try Refused.unless(reasons)
        let before = Reach(
            channel: agency.channel, partner: agency.partner, mail: agency.mail, address: agency.address)
        // Who saves it has looked at it: what a sender said of itself is confirmed.
        if before == reach, !agency.isSelfDeclared { return agency }
        agency.take(reach)
        try act.tables.correspondents.put(agency, at: act.now)
        act.record(.correspondentCorrected, id, ReachNote.particulars(of: agency.name, before, reach))
        return agency
    }
}

/// Đặt kênh liên thông tới một cơ quan, by an administrator.
package struct RouteCorrespondent: OfficeOperation {
    package static let verb = Verb.correspondentRouted

    let id: ID<Agency>
    let channel: Channel
    let partner: String?
    let mail: String?
    let address: String?

    /// `nil` leaves what is there.
    package init(
        _ id: ID<Agency>, channel: Channel, partner: String? = nil, mail: String? = nil,
        address: String? = nil
    ) {
        self.id = id
        self.channel = channel
        self.partner = partner
        self.mail = mail
        self.address = address
    }

    package func perform(_ act: Act) throws -> Correspondent {
        try act.tables.catalogue.lock()
        guard var agency = try act.tables.correspondents.find(id) else { throw Refused(.notFound) }
        if agency.isHosted { throw Refused(.agencyHosted) }
        let before = Reach(
            channel: agency.channel, partner: agency.partner, mail: agency.mail, address: agency.address)
        let after = Reach(
            channel: channel, partner: partner ?? (channel == agency.channel ? agency.partner : ""),
            mail: mail ?? agency.mail, address: address ?? agency.address)
        try Refused.unless(CatalogueRules.refusals(after, codes: [agency.code, agency.codeQCVN102]))
        agency.take(after)
        try act.tables.correspondents.put(agency, at: act.now)
        act.record(.correspondentRouted, id, ReachNote.particulars(of: agency.name, before, after))
        return agency
    }
}

extension Correspondent {
    fileprivate mutating func take(_ reach: Reach) {
        isSelfDeclared = false
        channel = reach.channel
        partner = reach.partner
        mail = reach.mail
        address = reach.address
    }
}

/// Who looks at the history later sees what it was before.
private enum ReachNote {
    static func particulars(of name: String, _ before: Reach, _ after: Reach) -> [String: String] {
        var said = ["name": name]
        for (key, path) in [
            ("partner", \Reach.partner), ("mail", \.mail), ("address", \.address),
        ] where before[keyPath: path] != after[keyPath: path] {
            said[key] = after[keyPath: path]
            said[key + "Before"] = before[keyPath: path]
        }
        if before.channel != after.channel {
            said["channel"] = after.channel.rawValue
            said["channelBefore"] = before.channel.rawValue
        }
        return said
    }
}
