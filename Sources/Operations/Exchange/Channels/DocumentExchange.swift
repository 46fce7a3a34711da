// Kênh liên thông: the one seam between the office and whatever carries its messages. Above it everybody works with
// envelopes and deliveries; below it is one channel – this installation itself, another VanThu, the national axis, the
// province's platform, e-mail. Nothing above knows which.
import Domain
import Store

package protocol DocumentExchange: Sendable {
    var channel: Channel { get }

    /// Carries what is due; how many messages have left.
    func carryDue() async throws -> Int

    /// Asks the partners for what waits there; how many messages came. Channels whose partners come to us have nothing
    /// to do here.
    func collect() async throws -> Int

    /// How long to wait before asking again; `nil`: never.
    var collectEvery: Duration? { get }
}

extension DocumentExchange {
    package func collect() async throws -> Int { 0 }
    package var collectEvery: Duration? { nil }
}

/// Why a message did not reach the partner.
package enum CarryingFailure: Error, Sendable, Equatable {
    /// This message may go through another time.
    case passing(String)
    /// The same, and it is certainly not there: its taker has said so, or was never asked.
    case declined(String)
    /// The partner says no to this message, in a way that nobody has described. It may go another time; after
    /// `CarryingPace.attemptLimit` times a person has to look.
    case unexplained(String)
    /// Nothing comes back from the partner at the moment; what was sent may have arrived.
    case partnerDown(String)
    /// Nothing reaches the partner at the moment.
    case unreachable(String)
    /// It never will, as it is: a person has to look.
    case permanent(String)

    package var words: String {
        switch self {
        case .passing(let words), .declined(let words), .unexplained(let words), .partnerDown(let words),
            .unreachable(let words), .permanent(let words):
            words
        }
    }

    /// Of an attempt to send: whether the other side may have the message all the same.
    var leavesDoubt: Bool {
        switch self {
        case .passing, .unexplained, .partnerDown: true
        case .declined, .unreachable, .permanent: false
        }
    }

    /// Whether what goes to the same partner need not be tried now.
    var isOfPartner: Bool {
        switch self {
        case .partnerDown, .unreachable: true
        case .passing, .declined, .unexplained, .permanent: false
        }
    }
}

/// A message ready for a channel.
package struct WireMessage: Sendable {
    package enum Kind: String, Sendable { case edoc, status }

    /// The same for every attempt, so that the partner notices a repetition.
    package let id: String
    package let kind: Kind
    package let from: Correspondent
    package let to: [Correspondent]
    /// One for each recipient, in the same order.
    package let deliveries: [ID<Delivery>]
    /// The edXML file, or where one would be.
    package let file: String
    /// Of a document; `nil` for a status.
    package let letter: WireLetter?
}

/// What a person reads of a document: for channels that speak to people and not to programs.
package struct WireLetter: Sendable {
    package let facts: DocumentParticulars
    package let typeName: String
    package let key: String
    /// An answer is asked for by this day.
    package let answerBy: OfficeDate?
    /// Nil for the first time.
    let again: SentAgain?
    /// Where each file lies, and its name.
    package let files: [(path: String, file: FileReference)]
}

extension WireLink {
    package var lanes: [String] { [] }
}

/// The far end of a channel that is not in this process.
package protocol WireLink: Sendable {
    var channel: Channel { get }
    /// Those messages are fetched from.
    var partners: [String] { get }
    /// Partners that are each written to apart from all others.
    var lanes: [String] { get }
    var collectEvery: Duration? { get }
    func collectEvery(of partner: String) -> Duration?
    /// How many recipients one message may have.
    var recipientLimit: Int { get }
    /// Messages on their way to one partner at the same time.
    var atOnce: Int { get }

    /// Returns once the partner has the message for good.
    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure)

    /// Hands over what waits, and tells the partner so once each message is kept here.
    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int
}

extension WireLink {
    package var recipientLimit: Int { 200 }
    package var atOnce: Int { WireExchange.atOnce }
    package func collectEvery(of partner: String) -> Duration? { collectEvery }
}
