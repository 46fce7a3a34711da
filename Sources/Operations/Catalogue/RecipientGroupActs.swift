// Nhóm nơi nhận: the clerk keeps those chosen under a name, and removes a group that is of no more use.
import Domain
import DualSQL
import Store

package struct SaveRecipientGroup: OfficeOperation {
    package static let verb = Verb.recipientGroupSaved

    let name: String
    let members: [ID<Agency>]

    package init(name: String, members: [ID<Agency>]) {
        self.name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var seen: Set<ID<Agency>> = []
        self.members = members.filter { seen.insert($0).inserted }
    }

    package func perform(_ act: Act) throws -> ID<RecipientGroup> {
        let agency = try act.agency
        try Refused.unless(RecipientGroup.refusals(name: name, members: members.count))
        let standing = try act.tables.correspondents.standing(of: members, on: act.today)
        if !standing.ended.isEmpty {
            throw Refused(standing.ended.map { .recipientEnded(name: $0.name, successor: $0.successor) })
        }
        guard standing.valid.count == members.count, !standing.valid.contains(agency) else {
            throw Refused(.recipientUnknown)
        }
        let group = RecipientGroup(id: act.newID(), agency: agency, name: name)
        let id = try act.tables.recipientGroups.put(group, members: members, at: act.now)
        act.record(.recipientGroupSaved, id, ["name": name, "members": "\(members.count)"])
        return id
    }
}

package struct RemoveRecipientGroup: OfficeOperation {
    package static let verb = Verb.recipientGroupRemoved

    let id: ID<RecipientGroup>
    package init(_ id: ID<RecipientGroup>) { self.id = id }

    package func perform(_ act: Act) throws {
        guard let group = try act.tables.recipientGroups.find(id, of: try act.agency) else {
            throw Refused(.notFound)
        }
        try act.tables.recipientGroups.remove(id)
        act.record(.recipientGroupRemoved, id, ["name": group.name])
    }
}
