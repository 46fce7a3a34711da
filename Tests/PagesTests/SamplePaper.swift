// Samples of the pages about media and paper.
import Domain
import Foundation
import Markup

@testable import Pages

extension SamplePages {
    static let paper: [SamplePage] = [
        SamplePage(name: "hinh-thuc-gui", html: rulesPage(MediumRulesFilter())),
        SamplePage(
            name: "hinh-thuc-gui-trong",
            html: rulesPage(MediumRulesFilter(direction: .receive, words: "hop dong"))),
        SamplePage(name: "gui-giay", html: queue(.toPrint)),
        SamplePage(
            name: "gui-giay-tu-choi",
            html: queue(.printed, refusals: [.nothingChosen, .dateInFuture(.postedOn)], verb: .paperPosted)),
        SamplePage(name: "gui-giay-da-gui", html: queue(.posted)),
        SamplePage(
            name: "so-ban-sao",
            html: CopyRegisterPage(
                frame: SampleOffice.frame(), year: 2026,
                lines: [
                    CopyLine(
                        copy: copy, document: "54/PTP", date: copy.date, abstract: SampleOffice.longAbstract,
                        recipients: ["Hội Người cao tuổi tỉnh Kiên Giang", "Công ty Xổ số kiến thiết"])
                ], next: nil
            ).html()),
        SamplePage(
            name: "so-gui-van-ban",
            html: PostingRegisterPage(
                frame: SampleOffice.frame(), year: 2026, lines: lines(.posted), next: 120
            ).html()),
    ]

    static let ruleLines: [MediumRulesPage.Line] = KnownCatalogue.allCases.flatMap { catalogue in
        let lines = (try? RuleCatalogue.read(Array(catalogue.text.utf8))) ?? []
        return lines.enumerated().flatMap { index, line in
            line.rules(agency: nil, catalogue: catalogue.rawValue, ordinal: index) { ID(UUID()) }
        }
    }.map { MediumRulesPage.Line(rule: $0, agencyName: "") }

    private static func rulesPage(_ filter: MediumRulesFilter) -> HTML {
        MediumRulesPage(
            frame: SampleOffice.frame(), filter: filter,
            lines: filter.words.isEmpty ? ruleLines.filter { $0.rule.direction == filter.direction } : [],
            counts: [.send: 70, .receive: 32]
        ).html()
    }

    private static let copy = CertifiedCopy(
        id: ID(UUID()), agency: ID(UUID()), issuance: ID(UUID()), year: 2026, number: 2, notation: "SY-PTP",
        date: SampleOffice.at(0, 8).officeDate, count: 2, authority: ["TRƯỞNG PHÒNG"], signer: "Hà Minh Đương"
    )

    private static func lines(_ state: PaperState) -> [PaperLine] {
        [
            (
                "Hội Người cao tuổi tỉnh Kiên Giang",
                "Số 6 đường Nguyễn Công Trứ, phường Vĩnh Thanh, Rạch Giá", "02/SY-PTP"
            ),
            ("Công ty TNHH MTV Xổ số kiến thiết Kiên Giang", "", state == .toPrint ? "" : "02/SY-PTP"),
        ].enumerated().map { index, line in
            PaperLine(
                id: ID(UUID()), number: IssuedNumber(year: 2026, register: "cong-van", number: 54),
                numberAndNotation: "54/PTP", abstract: SampleOffice.longAbstract, recipientName: line.0,
                address: line.1, copy: line.2, copyID: line.2.isEmpty ? nil : copy.id,
                posting: state == .posted
                    ? Posting(
                        year: 2026, number: index + 7, day: copy.date, way: .post,
                        carrier: "Bưu điện Rạch Giá, RB123456789VN", envelopes: 1, note: "Kèm 2 phụ lục")
                    : nil)
        }
    }

    private static func queue(_ state: PaperState, refusals: [Refusal] = [], verb: Verb? = nil) -> HTML {
        PaperQueuePage(
            frame: SampleOffice.frame(), filter: PaperFilter(state: state), lines: lines(state),
            counts: [.toPrint: 2, .printed: 2, .posted: 2], next: nil,
            signers: [PositionChoice(id: "a", personName: "Hà Minh Đương", title: "Trưởng phòng")],
            entries: Entries([FormFields.id(.postedOn): "12/05/2026", FormFields.id(.envelopes): "1"]),
            refusals: refusals,
            refusedVerb: verb, seal: SampleOffice.seal
        ).html()
    }

    /// For the issuing page: three go by a rule, one is on no system, one differs from the rule.
    static var media: MediumChoice {
        let rule = ruleLines.first { $0.rule.name == "Báo cáo" }?.rule
        let ruled = MediumDecision(medium: .electronic, ground: .rule, rule: rule)
        let offline = MediumDecision(medium: .paper, ground: .notReachable, rule: rule)
        let rows = [
            ("Phòng Nội vụ thành phố", Medium.electronic, ruled),
            ("Phòng Kinh tế thành phố", .electronic, ruled),
            ("UBND thành phố Rạch Giá", .electronicAndPaper, ruled),
            ("Hội Người cao tuổi tỉnh Kiên Giang", .paper, offline),
        ].enumerated().map { index, row in
            MediumChoice.Row(id: "r\(index)", name: row.0, medium: row.1, decision: row.2)
        }
        return MediumChoice(rows: rows, usual: ruled, isTaken: false)
    }
}
