// Danh bạ cơ quan for machines: the same search as the page has.
import Domain
import Operations
import Store

enum CorrespondentsAPI {
    static let routes: [APIRoute] = [
        .list(
            "/correspondents", "listCorrespondents",
            "Danh bạ cơ quan theo tên; tìm theo tên không cần dấu, mã định danh, cơ quan chủ quản",
            parameters: [
                APIParameter(
                    name: "q", schema: .text(CatalogueQuestion.longest),
                    note: "Words or a code; the last word may be a beginning. An exact code comes first."),
                APIParameter(
                    name: "kind", schema: .choice(of: CorrespondentKind.self), note: "Only of this kind."),
                APIParameter(
                    name: "on", schema: .day, note: "Only agencies letters may be sent to on this day."),
            ],
            list),
        .get("/correspondents/{id}", "readCorrespondent", "Một cơ quan trong danh bạ") { call in
            let id: ID<Agency> = try call.id()
            guard let line = try await call.office.read({ try $0.catalogueLists.line(id) }) else {
                throw Refused(.notFound)
            }
            return CorrespondentAnswer(line)
        },
    ]

    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<
        CorrespondentAnswer
    > {
        let day = try call.query("on").map { text in
            guard let day = OfficeDate(text) else { throw APIRejection.malformed(["?on: date"]) }
            return day
        }
        let kind: CorrespondentKind? = call.choice("kind")
        if call.query("kind") != nil, kind == nil {
            throw APIRejection.malformed(["?kind: a kind of agency"])
        }
        let question = CatalogueQuestion(call.query("q") ?? "", kind: kind, toSendOn: day)
        let after = try page.key { Int($0) }
        let rows = try await call.office.read { tables in
            try tables.catalogueLists.page(question, after: after, limit: page.limit + 1)
        }
        return Portion(rows.map(CorrespondentAnswer.init), limit: page.limit) { String(rows[$0].place) }
    }
}

struct CorrespondentAnswer: APIObject {
    let id: ID<Agency>
    let name: String
    let code: String
    let codeQCVN102: String
    let superior: String
    let kind: Choice<CorrespondentKind>
    let channel: Choice<Channel>
    let validFrom: ISODay?
    let validTo: ISODay?
    let successor: ID<Agency>?

    static let schema = ObjectSchema(
        "Correspondent",
        [
            .always("id", .uuid), .always("name", .text),
            .always("code", .text, "The form of Quyết định 20/2020/QĐ-TTg; empty where none is known."),
            .always("codeQCVN102", .text, "The form of QCVN 102:2016; empty where none is known."),
            .always("superior", .text), .always("kind", .choice(of: CorrespondentKind.self)),
            .always("channel", .choice(of: Channel.self), "How letters reach it."),
            .maybe("validFrom", .day), .maybe("validTo", .day, "The last day letters may go there."),
            .maybe("successor", .uuid, "Who does its work now."),
        ])

    static let example = CorrespondentAnswer(
        CatalogueLine(
            agency: Correspondent(
                id: Example.id(), name: "Sở Tư pháp tỉnh Nghệ An", code: "H41.02",
                codeQCVN102: "000.00.02.H41",
                superiorName: "Ủy ban nhân dân tỉnh Nghệ An", channel: .axis, validFrom: Example.day),
            place: 1,
            successorName: nil))

    init(_ line: CatalogueLine) {
        let agency = line.agency
        (id, name, code, codeQCVN102) = (agency.id, agency.name, agency.code, agency.codeQCVN102)
        (superior, kind, channel) = (agency.superiorName, Choice(agency.kind), Choice(agency.channel))
        (validFrom, validTo) = (agency.validFrom.map(ISODay.init), agency.validTo.map(ISODay.init))
        successor = agency.successor
    }
}

extension CorrespondentKind: EnglishNamed {}
extension Channel: EnglishNamed {}
