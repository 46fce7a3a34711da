// Ai đang gọi: a partner is who its certificate is, and only for as long as its issuer has not taken that back. Lists are renewed
// while the server runs, so each request is looked at anew, also on a connection that stands open.
import Domain
import Foundation
import Synchronization
import WebTransfers

package final class PartnerTrust: Sendable {
    package enum Caller: Sendable, Equatable {
        case partner(String)
        /// Trusted, and in no settings.
        case stranger
        /// A partner that is not let in; words for whoever looks after the exchange, on both sides.
        case refused(String, words: String)
    }

    private let partners: [String: VanThuPartner]
    private let lists: [String: RevocationLists]
    private let told = Mutex<[String: Instant]>([:])

    package init(_ settings: VanThuSettings) {
        partners = settings.partners
        lists = settings.partners.compactMapValues(\.revocationLists)
    }

    /// - Parameters:
    ///   - certificate: In DER.
    ///   - fingerprint: Its SHA-256, in small hexadecimal.
    package func caller(_ certificate: [UInt8], fingerprint: String) -> Caller {
        guard let (name, partner) = partners.first(where: { $0.value.certificates.contains(fingerprint) })
        else { return .stranger }
        guard let lists = lists[name] else { return .partner(name) }
        let mark = fingerprint.prefix(16)
        switch lists.verdict(on: certificate, roots: partner.roots) {
        case .good: return .partner(name)
        case .revoked: return .refused(name, words: "Chứng thư \(mark)… đã bị thu hồi.")
        case .unknown(let why):
            return .refused(
                name,
                words:
                    "Chưa tra được chứng thư \(mark)… trong danh sách thu hồi (\(RevocationWords.text(why)))."
            )
        case .distrusted:
            return .refused(name, words: "Chứng thư \(mark)… không được tin cậy hoặc hết hạn.")
        }
    }

    /// Of partners whose lists are believed although they are out of date, since when.
    package func staleLists(at now: Instant) -> [(partner: String, since: Date)] {
        let today = Date(timeIntervalSince1970: Double(now.microseconds) / 1_000_000)
        return lists.sorted { $0.key < $1.key }.compactMap { name, lists in
            guard let end = (try? lists.nextUpdate()) ?? nil, end < today else { return nil }
            return (name, end)
        }
    }

    /// Whether this should be said now: a caller that goes on knocking does not fill log and tables.
    package func isNews(_ words: String, at now: Instant) -> Bool {
        told.withLock { told in
            if let last = told[words], now.microseconds - last.microseconds < Self.silence { return false }
            if told.count >= 1_000 { told = [:] }
            told[words] = now
            return true
        }
    }

    /// A minute, in microseconds.
    private static let silence: Int64 = 60_000_000
}
