import Domain
import Foundation
import Markup
import Pages

/// Everything that can go wrong on the way to a recipient, with the longest names there are.
enum SampleExchange {
    static let held = HeldChannel(
        channel: .axis, partner: "",
        reason: "Trục liên thông bảo trì theo thông báo của Cục Bưu điện trung ương",
        since: SampleOffice.at(0, 7, 30), by: "Nguyễn Thị Quản Trị")

    private static let name =
        "Ban Quản lý dự án đầu tư xây dựng và phát triển quỹ đất các công trình dân dụng, công nghiệp thành phố"

    static func unsent(_ index: Int, _ kind: EnvelopeKind = .document) -> UnsentMessage {
        UnsentMessage(
            id: ID(UUID(uuid: (9, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, UInt8(index % 250)))),
            kind: kind, status: kind == .status ? .accepted : .sent, since: SampleOffice.at(0, 7, index % 50),
            attempts: index % 4,
            error: index % 4 == 0
                ? ""
                : "Không kết nối được nơi nhận (máy chủ ấy không nhận kết nối).",
            nextAttempt: SampleOffice.at(0, 9, index % 60), isDead: index % 4 == 3,
            held: index % 5 == 4 ? held.reason : nil)
    }

    private static func request(_ state: ExchangeRequestState, _ kind: ExchangeRequestKind) -> ExchangeRequest
    {
        ExchangeRequest(
            id: ID(UUID()), kind: kind,
            note: "Phụ lục 2 ghi sai số liệu quý I, xin lấy lại để ban hành bản đúng.",
            askedAt: SampleOffice.at(0, 8), state: state,
            answeredAt: state == .asked ? nil : SampleOffice.at(0, 8, 30),
            answer: state == .refused ? "Đã giao việc theo văn bản này (Đỗ Phương Uyên, Văn thư)" : "")
    }

    static func row(_ index: Int) -> DeliveryRow {
        let channels: [Channel] = [.loopback, .axis, .vanthu, .mail, .lgsp]
        let isUnsent = index % 7 == 3
        return DeliveryRow(
            ordinal: index + 1,
            id: ID(UUID(uuid: (7, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, UInt8(index % 250)))),
            recipientName: index % 9 == 4 ? name : "UBND phường Vĩnh Thanh Vân \(index + 1)",
            channel: channels[index % 5],
            status: isUnsent ? .sent : DeliveryStatus.states[(index + 2) % 7],
            at: SampleOffice.at(0, 8, index % 40),
            note: index == 0 ? "Thiếu Phụ lục 2. (Đỗ Phương Uyên, Văn thư)" : "",
            carriedAt: isUnsent ? nil : SampleOffice.at(0, 7, 50),
            acceptDueAt: SampleOffice.at(0, index % 3 + 8),
            recalledAt: index % 8 == 6 ? SampleOffice.at(0, 8, 20) : nil,
            unsent: isUnsent ? [unsent(index)] : index % 8 == 5 ? [unsent(index, .recall)] : [],
            requests: index % 6 == 1
                ? [request(.asked, .recall)] : index % 6 == 2 ? [request(.refused, .update)] : [],
            canAsk: index % 3 != 0,
            canResend: !isUnsent && DeliveryStatus.states[(index + 2) % 7] == .refused,
            sending: index % 4 + 1, canNote: index % 5 == 3,
            toldOn: index % 5 == 3 ? SampleOffice.now.officeDate : nil)
    }

    static let pages: [SamplePage] = [
        SamplePage(name: "lien-thong-trong", html: troubles(0, .clerk)),
        SamplePage(name: "lien-thong-1", html: troubles(1, .clerk)),
        SamplePage(name: "lien-thong", html: troubles(50, .clerk)),
        SamplePage(name: "lien-thong-quan-tri", html: troubles(40, .administrator, .installation)),
        SamplePage(
            name: "lien-thong-quan-tri-co-quan",
            html: troubles(3, .administrator, .agency(keepers: ["Trần Minh Quân, UBND thành phố Rạch Giá"]))),
        SamplePage(name: "lien-thong-quan-tri-trong", html: troubles(0, .administrator, .installation)),
        SamplePage(
            name: "thoi-gui",
            html: GiveUpPage(
                frame: SampleOffice.frame(), place: .troubles, outgoing: outgoing(3),
                refusals: [.missing(.reason)],
                seal: SampleOffice.seal
            ).html()),
        SamplePage(name: "noi-nhan-loi", html: delivery(3)),
        SamplePage(name: "gui-them-nhap", html: more(0)),
        SamplePage(name: "gui-them-mot", html: more(1)),
        SamplePage(name: "gui-them", html: more(30)),
        SamplePage(name: "noi-nhan-ghi-tay", html: delivery(8, [.missing(.toldNote)], of: .statusNoted)),
        SamplePage(name: "noi-nhan-gui-lai", html: delivery(0, [.missing(.mended)])),
        SamplePage(name: "noi-nhan-tra-loi", html: delivery(2)),
    ]

    private static func delivery(
        _ index: Int, _ refusals: [Refusal] = [], of verb: Verb = .letterSentAgain
    ) -> HTML {
        let states: [DeliveryStatus] = [.arrived, .accepted, .arrived, .assigned, .changeRefused]
        return DeliveryPage(
            frame: SampleOffice.frame(), number: IssuedNumber(year: 2026, register: "bao-cao", number: 54),
            printed: "54/BC-PTP", abstract: SampleOffice.longAbstract, issuedAt: SampleOffice.at(0, 7, 40),
            messageKey: "H31.12.05,2026/05/12,54/BC-PTP", partner: "lienthong.kiengiang", row: row(index),
            events: states.enumerated().map { index, status in
                DeliveryPage.Event(
                    status: status, at: SampleOffice.at(0, 8, index),
                    note: status == .changeRefused ? "Đã giao việc theo văn bản này" : "", taken: index != 2)
            }, held: index == 3 ? [held] : [],
            acts: BoardActs(refusals: refusals, refusedVerb: verb, seal: SampleOffice.seal),
            resendings: index == 0
                ? [
                    Resending(
                        sending: 2, by: "Đỗ Phương Uyên, Văn thư", at: SampleOffice.at(0, 8, 30),
                        note: SampleOffice.longAbstract)
                ] : []
        ).html()
    }

    private static func more(_ count: Int) -> HTML {
        let found: [CatalogueRow] = (0..<count).map { foundRow($0) }
        let instead = MoreRecipientsPage.Instead(
            delivery: ID(UUID()), name: name, reason: "Không thuộc thẩm quyền. (Đỗ Phương Uyên, Văn thư)")
        let isMany = count > 1
        return MoreRecipientsPage(
            frame: SampleOffice.frame(), number: IssuedNumber(year: 2026, register: "bao-cao", number: 54),
            printed: "54/BC-PTP", abstract: SampleOffice.longAbstract, words: count == 0 ? "" : "ban quản lý",
            found: found, hasMore: isMany, known: Set(found.dropFirst().prefix(1).map(\.agency.id)),
            instead: isMany ? instead : nil,
            refusals: isMany ? [.missing(.recipients), .missing(.reason)] : [],
            seal: SampleOffice.seal
        ).html()
    }

    private static func foundRow(_ index: Int) -> CatalogueRow {
        let id = UUID(uuid: (5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, UInt8(index % 250)))
        let agency = Correspondent(
            id: ID(id), name: index % 3 == 0 ? name : "Sở Tư pháp", code: "H31.\(index)",
            superiorName: "UBND tỉnh Kiên Giang", channel: index % 4 == 3 ? .paper : .axis)
        return CatalogueRow(agency: agency, successorName: nil, isValid: index % 7 != 6)
    }

    private static func outgoing(_ index: Int) -> ExchangePage.Outgoing {
        ExchangePage.Outgoing(
            message: unsent(index, [.document, .status, .recall][index % 3]),
            recipientName: index % 6 == 0 ? name : "Sở Tư pháp tỉnh Kiên Giang",
            numberAndNotation: "\(54 + index)/BC-PTP", abstract: SampleOffice.longAbstract,
            paper: .arrival(SampleOffice.number))
    }

    private static func troubles(
        _ count: Int, _ role: Role, _ scope: ExchangePage.Scope = .agency(keepers: [])
    ) -> HTML {
        ExchangePage(
            frame: SampleOffice.frame(role), scope: scope,
            outgoing: (0..<(scope == .installation ? min(count, 10) : count)).map(outgoing),
            failing: count > 1 ? 1001 : count,
            waiting: count > 1 ? 12 : 0, next: count > 1 ? "x_y" : nil,
            lines: count == 0 || scope != .installation ? [] : lines, held: count == 0 ? [] : [held],
            incoming: (0..<(role == .clerk ? 0 : count)).map { index in
                ExchangePage.Incoming(
                    id: UUID(), receivedAt: SampleOffice.at(0, 7, index % 60), channel: Vi.channel(.vanthu),
                    sender: index % 4 == 0 ? "" : name,
                    subject: index % 4 == 0 ? "" : SampleOffice.longAbstract,
                    error: "Gói tin sai cú pháp XML ở dòng 14.", size: 48_700)
            }, incomingCount: role == .clerk ? 0 : count * 20, seal: SampleOffice.seal
        ).html()
    }

    private static let lines = [
        ExchangePage.Line(
            channel: .axis, partner: "",
            talks: [
                .init(.send, goodAt: SampleOffice.at(-1, 16)),
                .init(
                    .receive, goodAt: SampleOffice.at(-1, 15), badAt: SampleOffice.at(-1, 16),
                    error: "Trục trả lời HTTP 503.", failures: 1),
            ], held: held),
        ExchangePage.Line(
            channel: .vanthu, partner: "lienthong.kiengiang.gov.vn",
            talks: [
                .init(
                    .send, goodAt: SampleOffice.at(-1, 9), badAt: SampleOffice.at(0, 8, 40),
                    error: "Nơi nhận không trả lời kịp.", failures: 14),
                .init(.receive, goodAt: SampleOffice.at(0, 8, 41)),
            ]),
        ExchangePage.Line(
            channel: .mail, partner: "", talks: [.init(.send, goodAt: SampleOffice.at(0, 8))]),
    ]
}
