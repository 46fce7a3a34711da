import Domain
import Foundation
import Pages

/// The card of a letter whose sender asks for things: a correction to compare, words only, "no recipient any more", and one
/// that was agreed to.
extension SamplePages {
    static let requests = [
        SamplePage(
            name: "tiep-nhan-cap-nhat",
            html: ReceiveCardPage(
                frame: SampleOffice.frame(), id: SampleOffice.receipt, particulars: SampleOffice.particulars,
                typeName: "Công văn", senderName: "Sở Xây dựng tỉnh Kiên Giang",
                arrivedAt: SampleOffice.at(0, 7, 31), dueAt: nil, state: .accepted,
                acceptedAs: SampleOffice.number, comparisons: [], requests: asked,
                replacedBy: [
                    NamedPaper(
                        name: "", words: "495/SXD-QLN ngày 13/05/2026", address: .arrival(SampleOffice.number)
                    )
                ], sheet: SampleOffice.sheet(.receipt(SampleOffice.receipt)), files: SampleOffice.files,
                expectedNumber: 122, directors: [], accept: .hidden, refuse: .hidden, seal: SampleOffice.seal
            ).html())
    ]

    private static var present: LetterVersion {
        LetterVersion(
            facts: SampleOffice.particulars, typeName: "Công văn", files: SampleOffice.files,
            paper: .receipt(SampleOffice.receipt))
    }

    private static func other(_ request: ExchangeRequest) -> LetterVersion {
        var facts = SampleOffice.particulars
        facts.abstract =
            "Về việc báo cáo kết quả rà soát nhà ở của hộ nghèo, hộ cận nghèo năm 2026 (bản đã sửa)"
        facts.date = SampleOffice.day(-3)
        facts.signer = "Trần Thị Hoa"
        return LetterVersion(
            facts: facts, typeName: "Công văn",
            files: [FileRow(number: 1, name: "482-SXD-QLN-sua.pdf", kind: .main, size: 131_072, pages: 4)],
            paper: .requestVersion(SampleOffice.receipt, request.id))
    }

    private static var asked: [SenderRequest] {
        let states: [ExchangeRequestState] = [.agreed, .asked, .asked, .asked]
        return states.enumerated().map { index, state in
            let request = ExchangeRequest(
                id: ID(UUID(uuid: (7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, UInt8(index)))),
                kind: .update,
                note: "Sửa số liệu ở trang 2 và người ký.", askedAt: SampleOffice.at(0, 8 + index, 0),
                state: state, answeredAt: state == .agreed ? SampleOffice.at(0, 9, 10) : nil)
            return SenderRequest(
                request: request, decidedBy: state == .agreed ? "Lê Thị Mai, Văn thư" : "",
                isRemoval: index == 2, present: index < 2 ? present : nil,
                other: index < 2 ? other(request) : nil,
                checks: index == 1
                    ? [
                        ArrivalCheck(
                            words: "Tệp “482-SXD-QLN-sua.pdf” chưa được quét vi-rút",
                            mark: StateMark(.warn, "Chưa quét"))
                    ] : [])
        }
    }
}
