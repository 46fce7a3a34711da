// Setting up an agency: its row and its registers. The plan says which types share a register; the usual one is a
// single register of arrivals and one register an outgoing type (decision 7).
import Domain
import Store

package struct AddAgency: OfficeOperation {
    package static let verb = Verb.agencyAdded

    package let agency: Agency
    package init(agency: Agency) { self.agency = agency }

    package func perform(_ act: Act) throws -> Agency {
        guard try act.tables.agencies.find(slug: agency.slug) == nil else { throw Refused(.malformed(.issuingAgency)) }
        try act.tables.agencies.insert(agency)
        let types = try act.tables.documentTypes.all()
        let arrivals = Register(
            id: act.newID(), agency: agency.id, direction: .incoming, slug: "van-ban-den", name: "Sổ văn bản đến")
        try act.tables.registers.insert(arrivals)
        for type in types { try act.tables.registers.assign(type: type.slug, to: arrivals) }
        try addOutgoing(types.filter { !$0.abbreviation.isEmpty }.map { [$0] }, act)
        // Types without an abbreviation have the same notation, so they must share one series of numbers.
        try addOutgoing([types.filter(\.abbreviation.isEmpty)], act)
        act.record(.agencyAdded, agency.id, ["name": agency.name, "slug": agency.slug])
        return agency
    }

    /// One register for each group of types, named after its first.
    private func addOutgoing(_ groups: [[DocumentType]], _ act: Act) throws {
        for group in groups {
            guard let first = group.first else { continue }
            let register = Register(
                id: act.newID(), agency: agency.id, direction: .outgoing, slug: first.slug, name: "Sổ \(first.name)")
            try act.tables.registers.insert(register)
            for type in group { try act.tables.registers.assign(type: type.slug, to: register) }
        }
    }
}
