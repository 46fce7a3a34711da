import Domain
import Foundation
import Operations
import Pages
import Testing

/// A verb is what is done, journalled and given a right for: none may lack one of the three.
struct VerbTests {
    private static let machinesOnly: Set<Verb> = [
        .arrivalClosed, .receiptArrived, .deliveryStatusChanged, .requestArrived, .messageFailed,
        .inboundFailed, .recipientUnknown,
        // The command line's.
        .installationAdministratorAppointed, .installationAdministratorEnded,
        .draftConverted, .draftConversionFailed,
        .signingBatchEnded, .remoteSignatureEnded, .signatureRaised, .handoverTimedOut,
    ]

    @Test("A2: every verb has roles that may do it, or is a machine's and says so here")
    func roles() {
        for verb in Verb.allCases {
            #expect(verb.roles.isEmpty == Self.machinesOnly.contains(verb), "\(verb)")
        }
    }

    @Test("H2: every verb has its words in the history", arguments: Verb.allCases)
    func words(_ verb: Verb) {
        #expect(Vi.happened(verb) != verb.rawValue)
        #expect(Vi.happened(verb).unicodeScalars.contains { !$0.isASCII }, "Vietnamese words")
        #expect(!Vi.notDone(verb).isEmpty)
    }

    @Test("H2: every verb is some operation's, or is recorded by one")
    func operations() throws {
        let text = try Repository.sources("Sources/Operations").map(\.text).joined()
            .replacing(/\(\s+\./, with: "(.")
        for verb in Verb.allCases {
            let isDone = text.contains("static let verb = Verb.\(verb.rawValue)\n")
            #expect(isDone || text.contains(".record(.\(verb.rawValue),"), "\(verb)")
        }
    }

    @Test("H2: whatever the history can hold was written by a verb that the source still knows")
    func noLooseVerbs() throws {
        let known = Set(Verb.allCases.map(\.rawValue))
        for (path, text) in try Repository.sources("Sources/Operations") {
            for match in text.matches(of: /static let verb = Verb\.(\w+)/) {
                #expect(known.contains(String(match.1)), "\(path)")
            }
        }
    }
}
