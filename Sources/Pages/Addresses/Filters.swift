// Filters of the lists, as they stand after the question mark. Paging is by key: `sau` is the place after which the next
// page begins.
import Domain

package struct ArrivalFilter: Hashable, Sendable {
    package static let paperSlug = "cho"

    package var state: ArrivalState?
    /// Those whose paper is awaited.
    package var awaitsPaper: Bool
    package var words: String
    package var after: String?

    package init(
        state: ArrivalState? = nil, awaitsPaper: Bool = false, words: String = "", after: String? = nil
    ) {
        (self.state, self.awaitsPaper, self.words, self.after) = (state, awaitsPaper, words, after)
    }

    package var query: String {
        Query().adding("trang-thai", state?.slug).adding("ban-giay", awaitsPaper ? Self.paperSlug : nil)
            .adding("tim", words).adding("sau", after).text
    }
}

/// What came through the exchange: waiting, refused, or taken back by its sender.
package struct ReceiveFilter: Hashable, Sendable {
    package enum Part: String, Sendable, CaseIterable {
        case refused = "tu-choi"
        case takenBack = "da-lay-lai"
    }

    /// `nil`: what waits.
    package var part: Part?
    package var after: String?

    package init(part: Part? = nil, after: String? = nil) { (self.part, self.after) = (part, after) }

    package var query: String { Query().adding("xem", part?.rawValue).adding("sau", after).text }
}

package struct DraftFilter: Hashable, Sendable {
    package var state: DraftState?
    package var words: String
    package var after: String?

    package init(state: DraftState? = nil, words: String = "", after: String? = nil) {
        (self.state, self.words, self.after) = (state, words, after)
    }

    package var query: String {
        Query().adding("trang-thai", state?.slug).adding("tim", words).adding("sau", after).text
    }
}

package struct IssuedFilter: Hashable, Sendable {
    /// The register's slug.
    package var register: String?
    package var words: String
    package var after: String?
    /// Only those that wait for an answer.
    package var awaited: Bool

    package init(
        register: String? = nil, words: String = "", after: String? = nil, awaited: Bool = false
    ) {
        (self.register, self.words, self.after, self.awaited) = (register, words, after, awaited)
    }

    package static let awaitedSlug = "cho-tra-loi"

    package var query: String {
        Query().adding("so", register).adding("xem", awaited ? Self.awaitedSlug : nil).adding("tim", words)
            .adding("sau", after).text
    }
}

/// Which recipients a delivery board shows.
package struct BoardFilter: Hashable, Sendable {
    package var part: DeliveryPart?
    package var after: String?

    package init(part: DeliveryPart? = nil, after: String? = nil) { (self.part, self.after) = (part, after) }

    package var query: String { Query().adding("trang-thai", part?.slug).adding("sau", after).text }
}

/// Which messages the page of the exchange's troubles shows.
package struct ExchangeFilter: Hashable, Sendable {
    /// Only those that failed, or only those that wait.
    package var failing: Bool?
    package var after: String?
    /// Where the messages that came go on.
    package var incomingAfter: String?

    package init(failing: Bool? = nil, after: String? = nil, incomingAfter: String? = nil) {
        (self.failing, self.after, self.incomingAfter) = (failing, after, incomingAfter)
    }

    package var query: String {
        Query().adding("xem", failing.map { $0 ? Self.failingSlug : Self.waitingSlug }).adding("sau", after)
            .adding("den-sau", incomingAfter).text
    }

    package static let failingSlug = "loi"
    package static let waitingSlug = "cho"
}

package struct CertificateRequestFilter: Hashable, Sendable {
    /// Also those that are done, refused or withdrawn.
    package var all: Bool
    package var after: String?

    package init(all: Bool = false, after: String? = nil) { (self.all, self.after) = (all, after) }

    package var query: String { Query().adding("xem", all ? "tat-ca" : nil).adding("sau", after).text }
}

/// The part of an address after the question mark.
struct Query {
    private(set) var text = ""

    func adding(_ name: String, _ value: String?) -> Query {
        guard let value, !value.isEmpty else { return self }
        var longer = self
        longer.text += (text.isEmpty ? "?" : "&") + name + "=" + Self.encoded(value)
        return longer
    }

    /// Percent-encoding of everything but RFC 3986 unreserved characters.
    static func encoded(_ value: String) -> String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
