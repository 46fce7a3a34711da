// The office as one value: where its rows and files are, what time it is, what guards its keys. It is built in one place
// (the executable or a test) and passed down; nothing in VanThu is global.
import BlobStorage
import Crypto
import Domain
import DualSQL
import Foundation
import Logging
import OfficeFiles
import PDFSignatures
import Store

package struct Office: Sendable {
    package let database: Database
    package let blobs: LocalBlobs
    package let clock: OfficeClock
    /// Wraps the passphrases of signing keys; a 0600 file outside data folder and backup (decision 31).
    package let serverKey: SymmetricKey
    /// Two documents are converted, and two passwords hashed, at a time.
    package let conversions: Turnstile
    package let passwordHashing: Turnstile
    package let killPoints: KillPoints
    /// Whose certificates are believed when a signature is judged.
    package let trust: TrustRoots
    /// Files that came from outside are looked into by a child process.
    package let examiner: FileExaminer
    /// How revocation services are asked; nil: nothing is asked of the network.
    package let evidenceExchange: (any WebExchange)?
    /// What files have to pass before they are issued (D9).
    package let outgoingScan: OutgoingScan
    /// Where the places on a page were found, by the bytes of the page.
    let proposals = SigningProposalCache()
    /// Levels, timestamps, tokens and remote services.
    package let signing: SigningSettings
    /// The way out to timestamp authorities, responders and signing services.
    let web: any WebExchange
    /// With whom this installation exchanges.
    package let exchange: ExchangeSettings
    /// Tokens in this machine's slots.
    package let tokens: any SigningTokens
    let partnerHealth = PartnerHealth()
    private let looks = RecentLooks()
    package let log: Logger

    package init(
        database: Database, blobs: LocalBlobs, clock: OfficeClock, serverKey: SymmetricKey,
        trust: TrustRoots = .none, signing: SigningSettings = .none, exchange: ExchangeSettings = .none,
        web: (any WebExchange)? = nil, tokens: (any SigningTokens)? = nil,
        examiner: FileExaminer = .inThisProcess, evidenceExchange: (any WebExchange)? = nil,
        outgoingScan: OutgoingScan = .init(),
        killPoints: KillPoints = .none, log: Logger = Logger(label: "vanthu")
    ) {
        self.database = database
        self.blobs = blobs
        self.clock = clock
        self.serverKey = serverKey
        self.conversions = Turnstile(limit: 2)
        self.passwordHashing = Turnstile(limit: 2)
        self.trust = trust
        self.signing = signing
        self.exchange = exchange
        self.web = web ?? OutsideWeb(services: signing.addresses)
        self.tokens = tokens ?? PKCS11Tokens(signing.tokens, log: log)
        self.examiner = examiner
        self.evidenceExchange = evidenceExchange
        self.outgoingScan = outgoingScan
        self.killPoints = killPoints
        self.log = log
    }

    /// A look that many people take at the same things: the answer stands until something is written. `name` says
    /// what is asked, with everything that the answer depends on.
    package func look<T: Sendable>(
        _ name: String, _ body: @escaping @Sendable (Tables) throws -> T
    ) async throws -> T {
        let generation = database.generation
        if let known: T = looks.find(name, generation) { return known }
        let found = try await read(body)
        looks.keep(found, name, generation)
        return found
    }

    /// One consistent look at the tables.
    package func read<T: Sendable>(_ body: @escaping @Sendable (Tables) throws -> T) async throws -> T {
        try await database.read { try body(Tables($0)) }
    }
}

/// What time it is in this office. The demo's clock starts on the morning of its story and runs on from there.
package struct OfficeClock: Sendable {
    private let read: @Sendable () -> Instant

    package init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    package var now: Instant { read() }

    package static let system = OfficeClock { Instant(Date()) }

    /// Runs from the given moment on, as fast as the real one.
    package static func starting(at moment: Instant) -> OfficeClock {
        let shift = moment.microseconds - Instant(Date()).microseconds
        return OfficeClock { Instant(microseconds: Instant(Date()).microseconds + shift) }
    }
}

/// Named places at which the crash tests kill the process; in service there are none and passing one costs a comparison.
package struct KillPoints: Sendable {
    private let name: String?

    package static let none = KillPoints(nil)

    /// Dies by SIGKILL, as a power cut would, when the named place is passed.
    package init(_ name: String?) { self.name = name }

    package func pass(_ place: KillPlace) {
        if let name, name == place.rawValue { kill(getpid(), SIGKILL) }
    }
}

/// The steps of issuing and delivery between which a machine may die.
package enum KillPlace: String, Sendable, CaseIterable {
    case preparedStored, signedBeforeStoring, signedStored, signedCommitted
    case numberTaken, fieldsFilled, sealedBeforeStoring, sealedStored, issuedCommitted
    case receiptBefore, receiptCommitted, statusBefore, statusCommitted
    case wireLeased, wireComposed, wireSent, wireFinished
    case inboundStored, inboundCommitted, inboundLeased, inboundBeforeEntry, inboundEntered
    case axisListed, axisFetched, axisConfirmed, mailMoved
    case requestBefore, requestCommitted, failureBefore, failureCommitted, discardMarked, copyDestroyed

    /// Not passed from draft to acceptance within one installation; docs/exchange-kills.md says where.
    package static let ofExchange: Set<KillPlace> = [
        .wireLeased, .wireComposed, .wireSent, .wireFinished,
        .inboundStored, .inboundCommitted, .inboundLeased, .inboundBeforeEntry, .inboundEntered,
        .axisListed, .axisFetched, .axisConfirmed, .mailMoved,
        .requestBefore, .requestCommitted, .failureBefore, .failureCommitted, .discardMarked, .copyDestroyed,
    ]
    package static let withinInstallation = allCases.filter { !ofExchange.contains($0) }
}
