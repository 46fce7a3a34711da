// The one door for changes: authorise → perform → journal → commit, in one transaction, retried whole when two people
// meet. An operation cannot wait for a network, a signer or a converter; those come before it or after the commit.
import Crypto
import Domain
import DualSQL
import Foundation
import Store

package protocol OfficeOperation: Sendable {
    associatedtype Outcome: Sendable
    /// What it does, for rights and journal.
    static var verb: Verb { get }
    func perform(_ act: Act) throws -> Outcome
}

/// What became of a request to act.
package enum Acted<Outcome: Sendable>: Sendable {
    case done(Outcome)
    /// The same form had acted before; this is where its result is.
    case already(location: String)
}

/// The form a person pressed a button on: it acts once, and says where its result is shown.
package struct FormAct<Outcome>: Sendable {
    package let id: String
    package let location: @Sendable (Outcome) -> String

    package init(id: String, location: @escaping @Sendable (Outcome) -> String) {
        self.id = id
        self.location = location
    }
}

package struct OperationRunner: Sendable {
    package let office: Office
    package init(office: Office) { self.office = office }

    /// For people: their form acts once.
    package func run<O: OfficeOperation>(
        _ operation: O, as actor: Actor, form: FormAct<O.Outcome>
    ) async throws -> Acted<O.Outcome> {
        let office = office
        return try await office.database.write { connection in
            let act = Act(tables: Tables(connection), actor: actor, now: office.clock.now)
            if case .position(let position) = actor,
                try !act.tables.acts.claim(form.id, account: position.account, at: act.now)
            {
                let location = try act.tables.acts.location(of: form.id, account: position.account)
                return .already(location: location ?? "/")
            }
            let outcome = try Self.perform(operation, act)
            try act.tables.acts.setLocation(form.location(outcome), of: form.id)
            return .done(outcome)
        }
    }

    /// For the worker, the command line and machines.
    @discardableResult
    package func run<O: OfficeOperation>(_ operation: O, as actor: Actor) async throws -> O.Outcome {
        let office = office
        return try await office.database.write { connection in
            try Self.perform(operation, Act(tables: Tables(connection), actor: actor, now: office.clock.now))
        }
    }

    private static func perform<O: OfficeOperation>(_ operation: O, _ act: Act) throws -> O.Outcome {
        if case .position(let position) = act.actor, !O.verb.roles.contains(position.role) {
            throw Refused(.notForYourRole)
        }
        let outcome = try operation.perform(act)
        try act.writeJournal()
        return outcome
    }
}

/// One act while it happens: the tables, who acts and when, and what the journal will say of it.
package final class Act {
    package let tables: Tables
    package let actor: Actor
    package let now: Instant
    private var notes: [Note] = []

    private struct Note {
        let verb: Verb
        let subject: UUID
        let particulars: [String: String]
    }

    init(tables: Tables, actor: Actor, now: Instant) {
        self.tables = tables
        self.actor = actor
        self.now = now
    }

    package var today: OfficeDate { now.officeDate }

    package func newID<Subject>() -> ID<Subject> { ID(UUIDv7.make(at: now)) }

    /// The position that acts; the worker has none.
    package var position: Position {
        get throws(Refused) {
            guard case .position(let position) = actor else { throw Refused(.notYours) }
            return position
        }
    }

    package var agency: ID<Agency> {
        get throws(Refused) {
            guard let agency = actor.agency else { throw Refused(.notFound) }
            return agency
        }
    }

    /// Writes one entry into the chain of the actor's agency when the act commits.
    package func record<Subject>(_ verb: Verb, _ subject: ID<Subject>, _ particulars: [String: String] = [:])
    {
        notes.append(Note(verb: verb, subject: subject.uuid, particulars: particulars))
    }

    func writeJournal() throws {
        guard !notes.isEmpty else { return }
        let agency = actor.agency
        var (sequence, previous) = try tables.journal.lockHead(of: agency)
        for note in notes {
            sequence += 1
            let entry = JournalEntry(
                agency: agency, sequence: sequence, at: now, actor: actor.label, position: actingPosition,
                verb: note.verb, subject: note.subject, particulars: note.particulars, previousHash: previous)
            previous = JournalSeal.hash(entry)
            try tables.journal.append(entry, hash: previous)
        }
    }

    private var actingPosition: ID<Position>? {
        if case .position(let position) = actor { position.id } else { nil }
    }
}

/// The hash that closes an entry and is carried into the next.
package enum JournalSeal {
    package static func hash(_ entry: JournalEntry) -> [UInt8] { Array(SHA256.hash(data: entry.sealedBytes)) }
}
