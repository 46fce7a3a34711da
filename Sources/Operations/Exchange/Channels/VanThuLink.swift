// VanThu ↔ VanThu: one message is one PUT over HTTPS, with a certificate on either side. The answer comes after the other
// side has written it down; the same message again is answered the same way. Partners call each other, so nothing is fetched.
import BlobStorage
import Domain
import Foundation
import Synchronization
import WebTransfers

package struct VanThuLink: WireLink {
    package let channel = Channel.vanthu
    package var partners: [String] { [] }
    package var lanes: [String] { Array(settings.partners.keys) }
    package var collectEvery: Duration? { nil }
    private let settings: VanThuSettings
    private let lines: [String: PartnerLine]

    package init(_ settings: VanThuSettings) {
        self.settings = settings
        lines = settings.partners.mapValues { PartnerLine($0, settings) }
    }

    /// To one partner and nobody else, with this side's certificate.
    static func transfers(
        to partner: VanThuPartner, of settings: VanThuSettings, _ revocations: RevocationLists?
    ) -> HTTPTransfers {
        let pkcs12 = FileManager.default.contents(atPath: settings.identity).map { [UInt8]($0) } ?? []
        let identity = ClientIdentity(pkcs12: pkcs12, passphrase: settings.passphrase)
        let host = AllowedHost(url: partner.address)
        return HTTPTransfers(
            TransferSettings(
                policy: AddressPolicy(allowed: Set([host].compactMap { $0 }), reachesInternet: false),
                trustedRoots: partner.roots,
                pinnedKeys: partner.serverKeys.map(\.bytesOfHex), revocations: revocations,
                identities: Dictionary(
                    uniqueKeysWithValues: [host].compactMap { $0 }.map { ($0, identity) }),
                idleLimit: WireExchange.atOnce))
    }

    package func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) {
        guard let place = settings.partners[partner], let line = lines[partner] else {
            throw .permanent("Chưa khai báo nơi liên thông “\(partner)” trong cấu hình máy chủ.")
        }
        let digest: String
        do { digest = try BlobHash.of(file: message.file).hex } catch {
            throw .declined(
                "Máy chủ chưa đọc được gói tin vừa soạn và sẽ thử lại; báo quản trị nếu còn lặp lại.")
        }
        let call = HTTPCall(
            method: "PUT", url: ExchangeProtocol.address(of: message.id, at: place.address),
            headers: [
                HTTPField("Content-Type", ExchangeProtocol.mediaType),
                HTTPField(ExchangeProtocol.kindHeader, message.kind.rawValue),
                HTTPField(ExchangeProtocol.digestHeader, digest),
            ],
            answerLimit: 64 << 10, patience: place.patience, upload: FileUpload(path: message.file))
        let reply: Result<HTTPReply, TransferFailure> = await OwnThread.run {
            Result { () throws(TransferFailure) in try line.transfers().perform(call) }
        }
        switch reply {
        case .failure(let failure): throw Self.failure(failure)
        case .success(let reply): try Self.judge(reply, to: message.id)
        }
    }

    package func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int { 0 }

    /// An answer must name what it answers: on a connection that is kept, one given twice would pass for the next.
    private static func judge(_ reply: HTTPReply, to message: String) throws(CarryingFailure) {
        let said = ExchangeProtocol.reason(in: reply.body)
        switch reply.status {
        case 200, 201:
            guard ExchangeProtocol.received(in: reply.body) == message else {
                throw .partnerDown("Nơi nhận trả lời không đúng gói tin đã gửi.")
            }
        case 400, 413, 415:
            throw .permanent(said ?? "Nơi nhận không nhận gói tin này (HTTP \(reply.status)).")
        case 409, 422: throw .passing(said ?? "Gói tin đến nơi không nguyên vẹn.")
        case 401, 403: throw .unreachable(said ?? "Nơi nhận không công nhận chứng thư của máy chủ này.")
        default: throw .partnerDown(said ?? "Nơi nhận trả lời HTTP \(reply.status).")
        }
    }

    static func failure(_ failure: TransferFailure) -> CarryingFailure {
        switch failure {
        case .timedOut: .partnerDown("Nơi nhận không trả lời kịp.")
        case .untrusted(let why):
            .unreachable("Chứng thư của nơi nhận không được tin cậy hoặc hết hạn (\(why)).")
        case .revoked: .unreachable("Chứng thư của nơi nhận đã bị thu hồi; báo người quản trị.")
        case .listUnusable(let why):
            .unreachable(
                "Chưa tra được chứng thư của nơi nhận trong danh sách thu hồi (\(why)); báo người quản trị.")
        case .otherKey:
            .unreachable("Máy chủ nơi nhận dùng khóa khác với khóa đã khai báo; báo người quản trị.")
        case .unreachable(let why): .unreachable("Không kết nối được nơi nhận (\(why)).")
        case .brokenOff(let why): .partnerDown("Kết nối bị ngắt giữa chừng (\(why)).")
        case .answerTooLong: .passing("Nơi nhận trả lời quá dài.")
        default: .partnerDown("Chưa gửi được: \(failure).")
        }
    }
}

/// The connections to one partner. They are closed when its revocation lists change: who is still connected was looked up in
/// the former ones.
final class PartnerLine: Sendable {
    private let partner: VanThuPartner
    private let settings: VanThuSettings
    private let revocations: RevocationLists?
    private let open = Mutex<(transfers: HTTPTransfers, lists: UUID?)?>(nil)

    init(_ partner: VanThuPartner, _ settings: VanThuSettings) {
        (self.partner, self.settings) = (partner, settings)
        revocations = partner.revocationLists
    }

    func transfers() -> HTTPTransfers {
        // Lists that cannot be read are the transfer's to complain of.
        let lists = try? revocations?.version()
        return open.withLock { open in
            if let open, open.lists == lists { return open.transfers }
            let transfers = VanThuLink.transfers(to: partner, of: settings, revocations)
            open = (transfers, lists)
            return transfers
        }
    }
}

extension VanThuPartner {
    var revocationLists: RevocationLists? {
        revocations.map { RevocationLists(path: $0, toleratesStale: toleratesStaleLists) }
    }
}

extension String {
    /// Of as many pairs of digits as there are.
    fileprivate var bytesOfHex: [UInt8] {
        let digits = utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

/// What both sides say to each other.
package enum ExchangeProtocol {
    package static let path = "lien-thong/v1/goi-tin"
    package static let agenciesPath = "lien-thong/v1/co-quan"
    package static let mediaType = "application/edxml+xml"
    package static let kindHeader = "VanThu-Kind"
    /// SHA-256 of the body, in hexadecimal.
    package static let digestHeader = "VanThu-Digest"

    static func address(of message: String, at partner: String) -> String {
        "\(base(partner))/\(path)/\(message)"
    }

    static func agencies(at partner: String) -> String { "\(base(partner))/\(agenciesPath)" }

    private static func base(_ partner: String) -> String {
        partner.hasSuffix("/") ? String(partner.dropLast()) : partner
    }

    /// `{"received": "…"}`: the message that is kept there now.
    static func received(in body: [UInt8]) -> String? {
        struct Answer: Decodable { let received: String? }
        return (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.received
    }

    /// `{"reason": "…"}`, in the words of the other side, cut to a line.
    static func reason(in body: [UInt8]) -> String? {
        struct Answer: Decodable { let reason: String? }
        return (try? JSONDecoder().decode(Answer.self, from: Data(body)))?.reason.map {
            String($0.prefix(300)).replacing("\n", with: " ")
        }
    }
}
