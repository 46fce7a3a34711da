// What a draft's page is made of, as plain values.
import Domain

/// One stop of the way a draft goes: the drafter, the handlers in their order, the clerk.
package struct RouteStop: Sendable, Equatable {
    package enum Part: Sendable, Equatable {
        case drafting
        case step(StepKind)
        case issuing
    }

    package enum Place: Sendable, Equatable {
        case done, here, waiting
        /// Passed, but its initials are for an older version.
        case outdated
    }

    package let part: Part
    package let personName: String
    package let title: String
    package let mark: StateMark
    package let place: Place

    package init(part: Part, personName: String, title: String, mark: StateMark, place: Place) {
        self.part = part
        self.personName = personName
        self.title = title
        self.mark = mark
        self.place = place
    }
}

package struct VersionRow: Sendable, Equatable {
    package struct Initials: Sendable, Equatable {
        package let personName: String
        package let isCurrent: Bool

        package init(personName: String, isCurrent: Bool) {
            (self.personName, self.isCurrent) = (personName, isCurrent)
        }
    }

    package let ordinal: Int
    package let author: String
    package let note: String
    package let at: Instant
    package let initials: [Initials]
    package let conversion: ConversionState
    /// Why there is no PDF, in Vietnamese.
    package let fault: String
    package let sourceName: String

    package init(
        ordinal: Int, author: String, note: String = "", at: Instant, initials: [Initials] = [],
        conversion: ConversionState, fault: String = "", sourceName: String
    ) {
        self.ordinal = ordinal
        self.author = author
        self.note = note
        self.at = at
        self.initials = initials
        self.conversion = conversion
        self.fault = fault
        self.sourceName = sourceName
    }
}

package struct DraftFileRow: Sendable, Equatable {
    package let id: String
    /// Its place below the draft's address; the letter itself is 1.
    package let number: Int
    package let name: String
    package let kind: DraftFileKind
    package let size: Int
    package let pages: Int
    package let conversion: ConversionState
    package let fault: String

    package init(
        id: String, number: Int, name: String, kind: DraftFileKind, size: Int, pages: Int,
        conversion: ConversionState, fault: String = ""
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.kind = kind
        self.size = size
        self.pages = pages
        self.conversion = conversion
        self.fault = fault
    }
}

/// What somebody decided at a step, and said with it.
package struct Opinion: Sendable, Equatable {
    package let act: RoutingAct
    package let author: String
    package let at: Instant
    package let version: Int
    package let comment: String

    package init(act: RoutingAct, author: String, at: Instant, version: Int, comment: String) {
        self.act = act
        self.author = author
        self.at = at
        self.version = version
        self.comment = comment
    }
}

/// What this person may do with the draft now; `blocking` are the reasons told at the top of the panel.
package struct DraftDoors: Sendable, Equatable {
    package var edit: Door
    package var addVersion: Door
    package var addFile: Door
    package var convertAgain: Door
    package var submit: Door
    package var initial: Door
    package var submitOnward: Door
    package var giveBack: Door
    package var takeBack: Door
    package var sign: Door

    package init(
        edit: Door = .hidden, addVersion: Door = .hidden, addFile: Door = .hidden,
        convertAgain: Door = .hidden,
        submit: Door = .hidden, initial: Door = .hidden, submitOnward: Door = .hidden,
        giveBack: Door = .hidden,
        takeBack: Door = .hidden, sign: Door = .hidden
    ) {
        self.edit = edit
        self.addVersion = addVersion
        self.addFile = addFile
        self.convertAgain = convertAgain
        self.submit = submit
        self.initial = initial
        self.submitOnward = submitOnward
        self.giveBack = giveBack
        self.takeBack = takeBack
        self.sign = sign
    }

    var blocking: [Refusal] {
        var seen: Set<Refusal> = []
        return [submit, initial, submitOnward, sign, giveBack, takeBack].flatMap(\.reasons)
            .filter { seen.insert($0).inserted }
    }
}

/// Choosing the ordered handlers; shown to the drafter while the draft is with them.
package struct RouteForm: Sendable {
    package let candidates: [PositionChoice]
    /// Holds `buoc-1` … `buoc-8` and their kinds as proposed or typed.
    package let entries: Entries

    package init(candidates: [PositionChoice], entries: Entries) {
        (self.candidates, self.entries) = (candidates, entries)
    }
}

/// Deciding at one's own step: a comment, whom to return to, whom to submit to.
package struct DecisionForm: Sendable {
    package let onwardCandidates: [PositionChoice]
    /// Earlier steps it can go back to besides the drafter, with the value the form sends.
    package let returnTargets: [PositionChoice]
    package let entries: Entries

    package init(
        onwardCandidates: [PositionChoice], returnTargets: [PositionChoice], entries: Entries = Entries()
    ) {
        self.onwardCandidates = onwardCandidates
        self.returnTargets = returnTargets
        self.entries = entries
    }

    /// There is one box for what one has to say; a missing reason of a return is a message about it.
    static func aboutComment(_ refusals: [Refusal]) -> [Refusal] {
        refusals.map { refusal in
            switch refusal {
            case .missing(.reason): .missing(.comment)
            case .tooLong(.reason, let limit): .tooLong(.comment, limit: limit)
            default: refusal
            }
        }
    }
}
