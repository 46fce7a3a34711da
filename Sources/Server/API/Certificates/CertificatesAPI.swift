// Chứng thư số, for machines: who has one and until when, and the requests about them.
import Domain
import Operations
import Store

enum CertificatesAPI {
    static let routes: [APIRoute] = [
        .get("/certificates", "listCertificates", "Chứng thư số của cơ quan và của từng người", list),
        .list(
            "/certificate-requests", "listCertificateRequests", "Đề nghị về chứng thư số, mới nhất trước",
            parameters: [
                APIParameter(
                    name: "all", schema: .boolean,
                    note: "`true`: also those that are done, refused or withdrawn.")
            ], requests),
        .act(
            "/certificate-requests", "requestCertificate", "Gửi đề nghị về chứng thư số", creates: true,
            request),
        .get("/certificate-requests/{id}", "readCertificateRequest", "Một đề nghị về chứng thư số") {
            try await answer(try $0.id(), $0)
        },
        .act(
            "/certificate-requests/{id}/answer", "answerCertificateRequest",
            "Đầu mối ghi kết quả của đề nghị",
            answer),
        .act(
            "/certificate-requests/{id}/withdraw", "withdrawCertificateRequest", "Rút đề nghị", withdraw),
    ]

    private static func list(_ call: APICall) async throws -> CertificateListAnswer {
        let id = call.agency
        guard let agency = try await call.office.read({ try $0.agencies.find(id) }) else {
            throw Refused(.notFound)
        }
        let rows = try await call.office.certificates(of: agency, as: call.position)
        return CertificateListAnswer(items: rows.map(CertificateAnswerLine.init))
    }

    private static func requests(_ call: APICall, _ page: PageRequest) async throws -> Portion<
        CertificateRequestAnswer
    > {
        let (all, person) = (call.query("all") == "true", call.position)
        let rows = try await call.office.read { tables in
            try tables.certificateRequests.page(
                try FocalDuty(person, tables).scope, openOnly: !all,
                after: try page.key(CertificateRequestKey.init), limit: page.limit + 1)
        }
        return Portion(rows.map(CertificateRequestAnswer.init), limit: page.limit) {
            CertificateRequestKey(rows[$0].request).text
        }
    }

    private static func request(
        _ call: APICall, _ input: CertificateRequestInput
    ) async throws -> Landed<CertificateRequestAnswer> {
        let subject: CertificateSubject =
            input.forAgency ? .agency(call.agency) : .person(call.position.account)
        return try await act(
            call, RequestCertificate(input.kind.value, for: subject, details: input.details ?? ""))
    }

    private static func answer(
        _ call: APICall, _ input: CertificateAnswerInput
    ) async throws -> Landed<CertificateRequestAnswer> {
        try await act(
            call, AnswerCertificateRequest(try call.id(), input.answer.value, comment: input.comment ?? ""))
    }

    private static func withdraw(
        _ call: APICall, _ input: NothingInput
    ) async throws -> Landed<CertificateRequestAnswer> {
        try await act(call, WithdrawCertificateRequest(try call.id()))
    }

    private static func act<O: OfficeOperation>(
        _ call: APICall, _ operation: O
    ) async throws -> Landed<CertificateRequestAnswer> where O.Outcome == ID<CertificateRequest> {
        let landing = try await call.act(operation, .certificateRequests) { $0 }
        return landing.with(try await answer(landing.id, call))
    }

    private static func answer(_ id: ID<CertificateRequest>, _ call: APICall) async throws
        -> CertificateRequestAnswer
    {
        let person = call.position
        let row = try await call.office.read { tables -> CertificateRequestRow? in
            guard let row = try tables.certificateRequests.row(id),
                try FocalDuty(person, tables).reads(row.request)
            else { return nil }
            return row
        }
        guard let row else { throw Refused(.notFound) }
        return CertificateRequestAnswer(row)
    }
}

struct CertificateListAnswer: APIObject {
    let items: [CertificateAnswerLine]

    static let schema = ObjectSchema(
        "CertificateList", [.always("items", .list(of: CertificateAnswerLine.self), "The agency first.")])
    static let example = CertificateListAnswer(items: [.example])
}

struct CertificateAnswerLine: APIObject {
    let name: String
    let title: String
    let isAgency: Bool
    let kind: Choice<KeyKind>?
    let device: String?
    let expiresAt: ISOMoment?
    let isLocked: Bool?
    let testedAt: ISOMoment?
    let testResult: Choice<KeyTestResult>?
    let openRequest: Choice<CertificateRequestKind>?

    static let schema = ObjectSchema(
        "Certificate",
        [
            .always("name", .text), .always("title", .text), .always("isAgency", .boolean),
            .maybe(
                "kind", .choice(of: KeyKind.self), "Where the key is; absent where there is no certificate."),
            .maybe("device", .text), .maybe("expiresAt", .moment), .maybe("isLocked", .boolean),
            .maybe("testedAt", .moment), .maybe("testResult", .choice(of: KeyTestResult.self)),
            .maybe("openRequest", .choice(of: CertificateRequestKind.self)),
        ])

    static let example = CertificateAnswerLine(
        name: "Trần Văn Bé", title: "Trưởng phòng", isAgency: false, kind: Choice(.file), device: "",
        expiresAt: ISOMoment(Example.moment), isLocked: false, testedAt: ISOMoment(Example.moment),
        testResult: Choice(.works), openRequest: Choice(.renew))
}

extension CertificateAnswerLine {
    init(_ row: CertificateRow) {
        (name, title) = (row.name, row.title)
        isAgency = if case .agency = row.owner { true } else { false }
        let certificate = row.certificate
        (kind, device) = (certificate.map { Choice($0.kind) }, certificate?.device)
        (expiresAt, isLocked) = (certificate.map { ISOMoment($0.expiresAt) }, certificate?.isLocked)
        (testedAt, testResult) = (
            certificate?.lastTest.map { ISOMoment($0.at) }, certificate?.lastTest.map { Choice($0.result) }
        )
        openRequest = row.openRequest.map { Choice($0) }
    }
}

struct CertificateRequestInput: APIObject {
    let kind: Choice<CertificateRequestKind>
    let forAgency: Bool
    let details: String?

    static let schema = ObjectSchema(
        "CertificateRequestInput",
        [
            .always("kind", .choice(of: CertificateRequestKind.self)),
            .always("forAgency", .boolean, "By the clerk, for the agency's own certificate."),
            .maybe("details", .text),
        ])

    static let example = CertificateRequestInput(kind: Choice(.renew), forAgency: false, details: nil)
}

struct CertificateAnswerInput: APIObject {
    let answer: Choice<CertificateAnswerKind>
    let comment: String?

    static let schema = ObjectSchema(
        "CertificateAnswerInput",
        [
            .always("answer", .choice(of: CertificateAnswerKind.self)),
            .maybe("comment", .text, "Must be given when it is refused."),
        ])

    static let example = CertificateAnswerInput(answer: Choice(.collected), comment: nil)
}

struct CertificateRequestAnswer: APIObject {
    let id: ID<CertificateRequest>
    let kind: Choice<CertificateRequestKind>
    let state: Choice<CertificateRequestState>
    let agencyName: String
    let subjectName: String
    let requester: String
    let requestedAt: ISOMoment
    let details: String
    let comment: String
    let answeredAt: ISOMoment?

    static let schema = ObjectSchema(
        "CertificateRequest",
        [
            .always("id", .uuid), .always("kind", .choice(of: CertificateRequestKind.self)),
            .always("state", .choice(of: CertificateRequestState.self)), .always("agencyName", .text),
            .always("subjectName", .text, "Whose certificate."), .always("requester", .text),
            .always("requestedAt", .moment), .always("details", .text),
            .always("comment", .text, "What the focal unit wrote last."), .maybe("answeredAt", .moment),
        ])

    static let example = CertificateRequestAnswer(
        id: Example.id(), kind: Choice(.renew), state: Choice(.collected), agencyName: "Phòng Tư pháp",
        subjectName: "Trần Văn Bé", requester: "Trần Văn Bé", requestedAt: ISOMoment(Example.moment),
        details: "",
        comment: "Đã gửi nơi cấp.", answeredAt: ISOMoment(Example.moment))
}

extension CertificateRequestAnswer {
    init(_ row: CertificateRequestRow) {
        let request = row.request
        (id, kind, state) = (request.id, Choice(request.kind), Choice(request.state))
        (agencyName, subjectName, requester) = (row.agencyName, row.subjectName, row.requester)
        (requestedAt, details) = (ISOMoment(request.requestedAt), request.details)
        (comment, answeredAt) = (row.answer?.comment ?? "", row.answer.map { ISOMoment($0.at) })
    }
}
