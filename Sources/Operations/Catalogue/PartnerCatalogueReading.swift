// Cơ quan của một hệ thống VanThu khác, as that installation itself lists them: asked at its door with both certificates,
// before any transaction begins. It speaks for its own agencies and for nobody else.
import Domain
import Foundation
import Store
import WebTransfers

package struct PartnerCatalogueReading: Sendable {
    /// Of one partner's answer.
    private static let answerLimit = 4 << 20, mostAgencies = 20_000

    package let route: Route
    private let settings: VanThuSettings
    private let partner: VanThuPartner

    /// The name of the partner's list among the lists that are taken up.
    package var list: String { "vanthu:\(route.partner)" }

    /// nil where no such partner is set up.
    package init?(_ settings: ExchangeSettings, partner name: String) {
        guard let vanthu = settings.vanthu, let partner = vanthu.partners[name] else { return nil }
        route = Route(.vanthu, name)
        self.settings = vanthu
        self.partner = partner
    }

    package func read() async throws(CarryingFailure) -> [CatalogueEntry] {
        let transfers = PartnerLine(partner, settings).transfers()
        let call = HTTPCall(
            method: "GET", url: ExchangeProtocol.agencies(at: partner.address),
            answerLimit: Self.answerLimit, patience: partner.patience)
        let reply: Result<HTTPReply, TransferFailure> = await OwnThread.run {
            Result { () throws(TransferFailure) in try transfers.perform(call) }
        }
        switch reply {
        case .failure(let failure): throw VanThuLink.failure(failure)
        case .success(let reply):
            guard reply.status == 200 else {
                throw .partnerDown(
                    ExchangeProtocol.reason(in: reply.body) ?? "Nơi kết nối trả lời HTTP \(reply.status).")
            }
            return try Self.entries(in: reply.body)
        }
    }

    private static func entries(in body: [UInt8]) throws(CarryingFailure) -> [CatalogueEntry] {
        struct Answer: Decodable {
            struct Line: Decodable {
                let name: String
                let code: String
                let code102: String?
                let mail: String?
            }
            let agencies: [Line]
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)),
            answer.agencies.count <= mostAgencies
        else { throw .partnerDown("Nơi kết nối trả lời không phải danh sách cơ quan.") }
        return answer.agencies.enumerated().map { index, line in
            var entry = CatalogueEntry(line: index + 1)
            entry.name = line.name
            entry.code = line.code
            entry.codeQCVN102 = line.code102 ?? ""
            entry.mail = line.mail ?? ""
            return entry
        }
    }
}
