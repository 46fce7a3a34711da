// Kết thúc vị trí công tác: who leaves a post can no longer act as it. What waits for that person alone must be done or
// passed on first; what waits for every clerk stays with the others, and a new clerk finds it on the desk.
import Domain
import Store

/// Not ended: so many things still wait for this position alone.
package struct PositionStillAwaited: Error, Sendable, Equatable {
    package let waiting: Int

    package init(waiting: Int) { self.waiting = waiting }
}

package struct EndPosition: OfficeOperation {
    package static let verb = Verb.positionEnded

    package let position: ID<Position>
    package init(position: ID<Position>) { self.position = position }

    package func perform(_ act: Act) throws {
        let ending = try OwnPeople.position(position, act)
        let counts = try act.tables.desk.counts(of: position)
        let own = counts.filter { !ClerksShare.kinds.contains($0.key) }.values.reduce(0, +)
        if own > 0 { throw PositionStillAwaited(waiting: own) }
        try act.tables.desk.clear(position: position)
        try act.tables.positions.end(position, at: act.now)
        try act.tables.apiTokens.revokeAll(of: position, at: act.now)
        act.record(
            .positionEnded, position,
            ["person": ending.personName, "title": ending.title, "role": ending.role.rawValue])
    }
}

/// What waits for all clerks of an agency at once.
enum ClerksShare {
    static let kinds: Set<DeskKind> = [.receive, .answer, .issue, .resume]

    /// Lays on a new clerk's desk what the agency's clerks have already.
    static func give(to clerk: Position, _ act: Act) throws {
        guard clerk.role == .clerk else { return }
        for item in try DeskTruth(tables: act.tables, agency: clerk.agency).ofClerks()
        where item.position == clerk.id {
            try act.tables.desk.put(item, at: act.now)
        }
    }
}
