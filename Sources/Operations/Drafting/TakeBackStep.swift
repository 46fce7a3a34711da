// Lấy lại: who passed the draft on last takes it back, until the next person has opened it (decision 6). And
// the first look itself, which is no act: it is written down so that this question has an answer.
import Domain
import DualSQL
import Store

package struct TakeBackStep: OfficeOperation {
    package static let verb = Verb.draftStepTakenBack

    package let seen: SeenDraft

    package init(_ seen: SeenDraft) { self.seen = seen }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(RouteRules.takingBackRefusals(bundle, by: try act.position))
        guard let current = bundle.currentStep, let last = bundle.decisions.last else {
            throw Refused(.stepNotYours)
        }
        let id = bundle.draft.id
        try act.tables.routing.setWaiting(from: current.ordinal, of: id)
        if last.act == .submittedOnward { try act.tables.routing.deleteMovingOthers(current) }
        if last.act == .submitted {
            try act.tables.drafts.setState(.drafting, of: id)
        } else if let own = bundle.steps.last(where: { $0.ordinal < current.ordinal }) {
            try act.tables.routing.setState(.current, of: own.id)
        }
        try act.decide(.takenBack, on: bundle)
        act.record(
            .draftStepTakenBack, id, bundle.particulars(["from": bundle.names[current.position] ?? ""]))
        return try act.settle(id)
    }
}

extension Office {
    /// When the handler looks at the draft for the first time; anyone else's look changes nothing.
    package func markStepOpened(_ code: Int, by person: Position) async throws {
        let unopened = try await read { tables in
            try tables.drafts.find(person.agency, code: code).flatMap { draft in
                try tables.routing.steps(of: draft.id).first { $0.isUnopened(by: person) }
            }
        }
        if unopened == nil { return }
        let now = clock.now
        try await database.write { connection in
            let tables = Tables(connection)
            // Under the draft's lock: the one before may be taking it back at this moment.
            guard let draft = try tables.drafts.lock(person.agency, code: code),
                let step = try tables.routing.steps(of: draft.id).first(where: { $0.isUnopened(by: person) })
            else { return }
            try tables.routing.setOpened(step.id, at: now)
        }
    }
}

extension RoutingStep {
    fileprivate func isUnopened(by person: Position) -> Bool {
        state == .current && openedAt == nil && position == person.id
    }
}
