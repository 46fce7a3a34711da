import Domain
import Foundation
import Testing

/// Which way a document goes, asked of the two catalogues of the seeds and of rules made for the question.
struct MediumRulesTests {
    private static let city = ID<Agency>(UUID())
    private static let other = ID<Agency>(UUID())
    private static let today = OfficeDate("2026-05-12")!

    private static func rules(_ catalogue: KnownCatalogue, of agency: ID<Agency>? = nil) throws
        -> [MediumRule]
    {
        try RuleCatalogue.read(Array(catalogue.text.utf8)).enumerated().flatMap { index, line in
            line.rules(agency: agency, catalogue: catalogue.rawValue, ordinal: index + 1) {
                ID<MediumRule>(UUID())
            }
        }
    }

    private func medium(
        _ rules: [MediumRule], _ type: String, _ subject: SubjectClass? = nil,
        _ direction: ExchangeDirection = .send, on day: OfficeDate = Self.today, to party: MediumParty? = nil
    ) -> Medium {
        decision(rules, type, subject, direction, on: day, to: party).medium
    }

    private func decision(
        _ rules: [MediumRule], _ type: String, _ subject: SubjectClass? = nil,
        _ direction: ExchangeDirection = .send, on day: OfficeDate = Self.today, to party: MediumParty? = nil,
        isSigned: Bool = true
    ) -> MediumDecision {
        MediumRules(rules).decide(
            MediumQuestion(
                agency: Self.city, type: type, subject: subject, direction: direction, day: day,
                isSigned: isSigned),
            party ?? MediumParty(id: Self.other))
    }

    // MARK: The catalogues, row by row

    private static let listsOfLucNam: [(Medium, [String])] = [
        (
            .electronic,
            [
                "bao-cao", "chi-thi", "chuong-trinh", "ke-hoach", "huong-dan", "quy-dinh", "quy-che",
                "thong-bao",
                "cong-van", "giay-moi", "cong-dien",
            ]
        ),
        (
            .electronicAndPaper,
            [
                "de-an", "quyet-dinh", "nghi-quyet", "to-trinh", "phieu-gui", "phieu-chuyen",
                "giay-chung-nhan",
                "giay-bien-nhan-ho-so", "giay-uy-quyen",
            ]
        ),
        (
            .paper,
            [
                "ban-cam-ket", "ban-ghi-nho", "ban-thoa-thuan", "bien-ban", "du-an", "giay-di-duong",
                "giay-gioi-thieu", "giay-nghi-phep", "hop-dong", "phuong-an",
            ]
        ),
    ]

    @Test(
        "D7: every type of the three lists of Lục Nam, sending and receiving",
        arguments: ExchangeDirection.allCases)
    func lucNam(_ direction: ExchangeDirection) throws {
        let rules = try Self.rules(.lucNam)
        #expect(rules.count == 64)
        for (medium, types) in Self.listsOfLucNam {
            for type in types {
                let decision = decision(rules, type, nil, direction)
                #expect(decision.medium == medium, "\(type)")
                #expect(decision.ground == .rule && decision.rule?.direction == direction)
                #expect(decision.rule?.basis.contains("648/QĐ-UBND") == true)
            }
        }
        #expect(medium(rules, "cong-van", .complaints, direction) == .electronicAndPaper)
    }

    @Test("D14: “Quyết định giao dự toán NSNN” goes on paper, “Quyết định” both ways")
    func moreSpecificWins() throws {
        let rules = try Self.rules(.lucNam)
        #expect(medium(rules, "quyet-dinh") == .electronicAndPaper)
        #expect(medium(rules, "quyet-dinh", .budgetEstimate) == .paper)
        #expect(
            medium(rules, "cong-van", .budgetEstimate) == .electronic, "the rule speaks of decisions only")
        // A newer rule of the type does not take the special one away.
        let newer = rules + [Self.rule(type: "quyet-dinh", .electronic, from: "2025-01-01")]
        #expect(medium(newer, "quyet-dinh", .budgetEstimate) == .paper)
        #expect(medium(newer, "quyet-dinh") == .electronic)
    }

    private static let typesOfKienGiang = [
        "nghi-quyet", "quyet-dinh", "chi-thi", "quy-che", "quy-dinh", "thong-cao", "thong-bao", "huong-dan",
        "chuong-trinh", "ke-hoach", "phuong-an", "de-an", "du-an", "bao-cao", "to-trinh", "cong-van",
        "cong-dien",
        "giay-uy-quyen", "giay-moi", "phieu-gui", "phieu-chuyen", "phieu-bao",
    ]

    @Test("D7: every type of the list of Kiên Giang goes electronically only", arguments: typesOfKienGiang)
    func kienGiang(_ type: String) throws {
        let decision = decision(try Self.rules(.kienGiang), type)
        #expect(decision.medium == .electronic)
        #expect(decision.rule?.basis.contains("144/UBND-HCTC") == true)
        #expect(decision.rule?.validFrom == OfficeDate("2020-02-15"))
    }

    @Test(
        "D8: the exceptions of Kiên Giang take a document out of the list",
        arguments: [
            SubjectClass.planning, .finance, .organisation, .personnel, .drawings, .paperByLaw, .submission,
            .publicAssets, .budgetEstimate,
        ])
    func exceptions(_ subject: SubjectClass) throws {
        let rules = try Self.rules(.kienGiang)
        for type in Self.typesOfKienGiang {
            #expect(medium(rules, type, subject) == .electronicAndPaper, "\(type)")
        }
    }

    @Test("D8: what is submitted, and the estimates of the budget, show what letter 144 says of them")
    func basesOf144() throws {
        let rules = try Self.rules(.kienGiang)
        let submitted = decision(rules, "to-trinh", .submission)
        #expect(submitted.rule?.basis.contains("29/2017/QĐ-UBND") == true)
        #expect(submitted.rule?.basis.contains("Điều 5 khoản 2") == true, "the medium is that of the Quy chế")
        let before = decision(rules, "to-trinh", .submission, on: OfficeDate("2020-02-14")!)
        #expect(before.rule?.basis.contains("144") == false)
        #expect(decision(rules, "quyet-dinh", .budgetEstimate).rule?.basis.contains("144/UBND-HCTC") == true)
    }

    @Test("D8: the subjects that rules in force speak of, by direction and day")
    func subjects() throws {
        let kienGiang = MediumRules(try Self.rules(.kienGiang)), lucNam = MediumRules(try Self.rules(.lucNam))
        #expect(
            kienGiang.subjects(.send, on: Self.today) == Set(SubjectClass.allCases).subtracting([.complaints])
        )
        #expect(kienGiang.subjects(.receive, on: Self.today).isEmpty)
        #expect(
            kienGiang.subjects(.send, on: OfficeDate("2019-06-01")!) == [.legal, .submission, .publicAssets])
        #expect(lucNam.subjects(.receive, on: Self.today) == [.complaints, .budgetEstimate])
    }

    @Test("D8: legal documents go on paper to the checking body, the gazette and the law database only")
    func legalDocuments() throws {
        let rules = try Self.rules(.kienGiang)
        for type in ["nghi-quyet", "quyet-dinh"] {
            #expect(medium(rules, type, .legal) == .electronic)
            for duty in RecipientDuty.allCases {
                let party = MediumParty(id: Self.other, duties: [duty])
                #expect(medium(rules, type, .legal, to: party) == .electronicAndPaper, "\(duty)")
                #expect(medium(rules, type, nil, to: party) == .electronic, "no legal document")
            }
        }
        #expect(
            medium(rules, "chi-thi", .legal) == .electronicAndPaper, "Điều 5.2 of the Quy chế still stands")
    }

    @Test("D14: the newer rule wins: phiếu chuyển had to go with paper until the list of 2020")
    func newerWins() throws {
        let rules = try Self.rules(.kienGiang)
        #expect(medium(rules, "phieu-chuyen", on: OfficeDate("2020-02-14")!) == .electronicAndPaper)
        #expect(medium(rules, "phieu-chuyen", on: OfficeDate("2020-02-15")!) == .electronic)
        let early = decision(rules, "cong-van", on: OfficeDate("2019-06-01")!)
        #expect(early.rule?.basis.contains("Điều 5 khoản 1") == true)
        #expect(decision(rules, "cong-van", on: OfficeDate("2019-01-31")!).ground == .byDefault)
    }

    // MARK: One rule before another

    private static func rule(
        type: String? = nil, subject: SubjectClass? = nil, to recipient: RecipientScope = .any,
        _ medium: Medium, from: String = "2020-01-01", until: String? = nil, of agency: ID<Agency>? = nil,
        ordinal: Int = 1, direction: ExchangeDirection = .send
    ) -> MediumRule {
        MediumRule(
            id: ID(UUID()), agency: agency, catalogue: "thu", ordinal: ordinal, name: "", type: type,
            subject: subject, recipient: recipient, direction: direction, medium: medium, basis: "thử",
            validFrom: OfficeDate(from)!, validTo: until.flatMap { OfficeDate($0) })
    }

    @Test("D14: subject before recipient before type before whose rule it is before how new it is")
    func order() {
        let party = MediumParty(id: Self.other, kind: .party, duties: [.gazette])
        // Each beats all before it.
        let ladder: [MediumRule] = [
            Self.rule(.paper, from: "2019-01-01"),
            Self.rule(.electronic, from: "2021-01-01"),
            Self.rule(.paper, from: "2021-01-01", ordinal: 2),
            Self.rule(.electronic, from: "2018-01-01", of: Self.city),
            Self.rule(type: "cong-van", .paper, from: "2017-01-01"),
            Self.rule(to: .kind(.party), .electronic, from: "2016-01-01"),
            Self.rule(to: .duty(.gazette), .paper, from: "2016-01-01"),
            Self.rule(to: .agency(Self.other), .electronic, from: "2016-01-01"),
            Self.rule(type: "cong-van", to: .agency(Self.other), .paper, from: "2016-01-01"),
            Self.rule(subject: .finance, .electronicAndPaper, from: "2015-01-01"),
            Self.rule(type: "cong-van", subject: .finance, .electronic, from: "2015-01-01"),
            Self.rule(subject: .finance, to: .kind(.party), .paper, from: "2015-01-01"),
        ]
        for count in 1...ladder.count {
            let known = Array(ladder.prefix(count))
            for order in [known, known.reversed()] {
                let decision = decision(order, "cong-van", .finance, to: party)
                #expect(decision.rule == ladder[count - 1], "\(count)")
                #expect(decision.medium == ladder[count - 1].medium)
            }
        }
    }

    @Test("D14: a rule speaks only for its days, its direction, its agency and its recipients")
    func bounds() {
        let ended = Self.rule(.paper, from: "2020-01-01", until: "2026-05-11")
        #expect(decision([ended], "cong-van").ground == .byDefault)
        #expect(medium([ended], "cong-van", on: OfficeDate("2026-05-11")!) == .paper)
        #expect(medium([Self.rule(.paper, from: "2026-05-13")], "cong-van") == .electronic)
        #expect(
            medium([Self.rule(.paper, of: Self.other)], "cong-van") == .electronic, "another agency's rule")
        #expect(medium([Self.rule(.paper, direction: .receive)], "cong-van") == .electronic)
        #expect(medium([Self.rule(to: .kind(.party), .paper)], "cong-van") == .electronic)
        #expect(medium([Self.rule(to: .duty(.gazette), .paper)], "cong-van") == .electronic)
        #expect(medium([Self.rule(subject: .finance, .paper)], "cong-van") == .electronic)
    }

    @Test("D14, D18: a type that no rule lists goes electronically, and the answer says that no rule did it")
    func byDefault() {
        let decision = decision([], "thu-cong")
        #expect(decision == MediumDecision(medium: .electronic, ground: .byDefault, rule: nil))
    }

    // MARK: What is stronger than a rule, and what the clerk may choose

    @Test("D6: an agency on no system gets paper whatever the rules say, and nobody can choose otherwise")
    func notReachable() throws {
        let party = MediumParty(id: Self.other, isReachable: false)
        let rules = try Self.rules(.kienGiang)
        let decision = decision(rules, "cong-van", to: party)
        #expect(decision.medium == .paper && decision.ground == .notReachable && decision.isFixed)
        #expect(decision.rule?.medium == .electronic, "the rule is still shown")
        for medium in [Medium.electronic, .electronicAndPaper] {
            let chosen = ChosenMedium(recipient: party.id, medium: medium, decision: decision)
            #expect(
                MediumRules.refusals([chosen], isSigned: true, reason: "vì cần").contains(
                    .recipientOnPaperOnly))
        }
    }

    @Test("D16: without valid signatures nothing goes electronically only, by rule or by choice")
    func notSigned() throws {
        let rules = try Self.rules(.lucNam)
        let decision = decision(rules, "cong-van", isSigned: false)
        #expect(decision.medium == .electronicAndPaper && decision.ground == .notSigned)
        let onPaper = self.decision(rules, "hop-dong", isSigned: false)
        #expect(onPaper.medium == .paper && onPaper.ground == .rule)
        let chosen = ChosenMedium(recipient: Self.other, medium: .electronic, decision: decision)
        #expect(
            MediumRules.refusals([chosen], isSigned: false, reason: "vì gấp") == [.unsignedNeedsPaper])
        let kept = ChosenMedium(recipient: Self.other, medium: .electronicAndPaper, decision: decision)
        #expect(MediumRules.refusals([kept], isSigned: false, reason: "") == [])
    }

    @Test("D15: paper beside what is sent electronically needs a rule or a reason")
    func paperNeedsReason() throws {
        let rules = MediumRules(try Self.rules(.kienGiang))
        let party = MediumParty(id: Self.other)
        func refusals(_ subject: SubjectClass?, _ medium: Medium?, _ reason: String) -> [Refusal] {
            let question = MediumQuestion(
                agency: Self.city, type: "cong-van", subject: subject, day: Self.today)
            let chosen = medium.map { [Self.other: $0] } ?? [:]
            let media = rules.choose(question, [party], MediumDeparture(chosen: chosen, reason: reason))
            return MediumRules.refusals(media, isSigned: true, reason: reason)
        }
        #expect(refusals(nil, nil, "") == [])
        #expect(refusals(nil, .electronic, "") == [], "as the rule says")
        #expect(refusals(nil, .electronicAndPaper, "") == [.mediumNeedsReason])
        #expect(refusals(nil, .electronicAndPaper, " \n\t ") == [.mediumNeedsReason])
        #expect(refusals(nil, .electronicAndPaper, "Nơi nhận đề nghị bản giấy để thanh toán") == [])
        #expect(refusals(.finance, nil, "") == [], "a rule allows it")
        #expect(refusals(.finance, .electronic, "") == [.mediumNeedsReason])
        let long = String(repeating: "a", count: MediumRules.reasonLimit + 1)
        #expect(
            refusals(nil, .paper, long) == [.tooLong(.mediumReason, limit: MediumRules.reasonLimit)])
    }
}
