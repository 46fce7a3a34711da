// Chứng thư số (D12): the register, the self-test, the requests and what the focal unit answers.
import Domain
import Foundation
import HTTPTypes
import Operations
import Pages
import Store

enum CertificateHandlers {
    static let all: [PageRoute] = [
        .get("chung-thu-so", show),
        .post("chung-thu-so/kiem-tra", test),
        .get("chung-thu-so/de-nghi", requests),
        .post("chung-thu-so/de-nghi", request),
        .get("chung-thu-so/de-nghi/tong-hop.csv", file),
        .post("chung-thu-so/de-nghi/:request/tra-loi", answer),
        .post("chung-thu-so/de-nghi/:request/rut", withdraw),
    ]

    private static let pageSize = 50

    // MARK: Register

    private static func show(_ visit: Visit) async throws -> Reply { try await page(visit, Entries(), []) }

    private static func test(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let subject = KeySubject(slug: form.text(FormFields.requestSubject)) ?? .own
        do {
            _ = try await KeyTesting(office: visit.office).test(
                visit.owner(subject), pin: form.secret(FormFields.pin), as: visit.position)
            return .seeOther(DoneNotice.at(visit.path(.certificates), .keyTested))
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await page(visit, form.entries, refused.reasons)
        }
    }

    private static func page(_ visit: Visit, _ entries: Entries, _ refusals: [Refusal]) async throws -> Reply
    {
        let rows = try await visit.office.certificates(of: visit.agency, as: visit.position)
        let html = try await visit.office.read { tables in
            let duty = try FocalDuty(visit.position, tables)
            let lines = rows.map { CertificateLine($0, mine: .person(visit.position.account)) }
            return CertificatesPage(
                frame: try visit.frame(tables), lines: lines,
                openRequests: try tables.certificateRequests.openCount(duty.scope),
                testable: KeySubject.allCases.filter { subject in
                    let owner = visit.owner(subject)
                    return KeyTesting.mayTest(owner, visit.position)
                        && rows.contains { $0.owner == owner && $0.certificate?.kind.signsAtHand == true }
                },
                warnings: try ExpiringCertificate.of(visit.position, tables, now: visit.now).map(
                    ExpiryWarning.init),
                entries: entries, refusals: refusals, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    // MARK: Requests

    private static func requests(_ visit: Visit) async throws -> Reply {
        try await requestPage(visit, Entries(), [], .certificateRequested)
    }

    private static func request(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let subject = KeySubject(slug: form.text(FormFields.requestSubject)) ?? .own
        let operation = RequestCertificate(
            CertificateRequestKind(rawValue: form.text(FormFields.requestKind)), for: visit.owner(subject),
            details: form.text(FormFields.requestDetails))
        let page = visit.path(.certificateRequests())
        do {
            return try await visit.act(operation, form) { _ in DoneNotice.at(page, .certificateRequested) }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await requestPage(visit, form.entries, refused.reasons, .certificateRequested)
        }
    }

    private static func answer(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), page = visit.path(.certificateRequests())
        guard let kind = CertificateAnswerKind(rawValue: form.text(FormFields.answerKind)) else {
            throw Refused(.malformed(.requestKind))
        }
        let operation = AnswerCertificateRequest(
            try visit.id("request"), kind, comment: form.text(FormFields.comment))
        do {
            return try await visit.act(operation, form) { _ in DoneNotice.at(page, .certificateAnswered) }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await requestPage(visit, Entries(), refused.reasons, .certificateRequestAnswered)
        }
    }

    private static func withdraw(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), page = visit.path(.certificateRequests())
        do {
            return try await visit.act(WithdrawCertificateRequest(try visit.id("request")), form) { _ in
                DoneNotice.at(page, .certificateWithdrawn)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await requestPage(visit, Entries(), refused.reasons, .certificateRequestWithdrawn)
        }
    }

    private static func requestPage(
        _ visit: Visit, _ entries: Entries, _ refusals: [Refusal], _ verb: Verb
    ) async throws -> Reply {
        let all = visit.query("xem") == "tat-ca", after = CertificateRequestKey(visit.query("sau"))
        let html = try await visit.office.read { tables in
            let duty = try FocalDuty(visit.position, tables)
            let rows = try tables.certificateRequests.page(
                duty.scope, openOnly: !all, after: after, limit: pageSize + 1)
            let shown = rows.prefix(pageSize)
            let next = rows.count > pageSize ? shown.last.map { CertificateRequestKey($0.request).text } : nil
            return CertificateRequestsPage(
                frame: try visit.frame(tables), lines: shown.map { CertificateRequestLine($0, duty) },
                openRequests: try tables.certificateRequests.openCount(duty.scope),
                filter: CertificateRequestFilter(all: all), next: next, isFocal: duty.isFocal,
                focal: try tables.certificateFocals.all().map { "\($0.name), \($0.agency)" }
                    .joined(separator: "; "),
                subjects: visit.position.role == .clerk ? KeySubject.allCases : [.own], entries: entries,
                refusals: refusals, refusedVerb: verb, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    /// What this person sees, all of it, as a table for the office's own programs (RFC 4180, UTF-8 with its mark,
    /// without which they take it for another encoding).
    private static func file(_ visit: Visit) async throws -> Reply {
        let rows = try await visit.office.read { tables in
            try tables.certificateRequests.page(
                try FocalDuty(visit.position, tables).scope, openOnly: false, after: nil, limit: 10_000)
        }
        let table = CommaTable(head: RequestTable.head, rows: rows.map(RequestTable.cells))
        return .table(table.bytes, name: "de-nghi-chung-thu-so-\(visit.now.officeDate.iso).csv")
    }
}

extension Visit {
    func owner(_ subject: KeySubject) -> KeyOwner {
        subject == .own ? .person(position.account) : .agency(agency.id)
    }
}

extension CertificateLine {
    init(_ row: CertificateRow, mine: KeyOwner) {
        let isAgencys = if case .agency = row.owner { true } else { false }
        self.init(
            name: row.name, title: row.title, isAgencys: isAgencys, isMine: row.owner == mine,
            needsOne: isAgencys || row.role.map { Verb.draftSigned.roles.contains($0) } ?? false,
            certificate: row.certificate.map {
                Certificate(
                    kind: $0.kind, device: $0.device, expiresAt: $0.expiresAt, isLocked: $0.isLocked,
                    lastTest: $0.lastTest)
            }, openRequest: row.openRequest)
    }
}

extension CertificateRequestLine {
    init(_ row: CertificateRequestRow, _ duty: FocalDuty) {
        let request = row.request, person = duty.person
        let isOwn =
            request.agency == person.agency
            && (request.requestedBy == person.id || request.subject == .person(person.account))
        self.init(
            id: request.id, requestedAt: request.requestedAt, agencyName: row.agencyName,
            subjectName: row.subjectName, requester: "\(row.requester), \(row.requesterTitle)",
            kind: request.kind, details: request.details, state: request.state,
            answer: row.answer?.comment ?? "", answeredAt: row.answer?.at,
            canAnswer: request.state.isOpen && duty.answers(request),
            canWithdraw: request.state.isOpen && isOwn)
    }
}

extension ExpiryWarning {
    init(_ certificate: ExpiringCertificate) {
        self.init(
            isAgencys: certificate.isAgencys, expiresAt: certificate.expiresAt, daysLeft: certificate.daysLeft
        )
    }
}

/// The columns of the collected requests.
private enum RequestTable {
    static let head = [
        "Gửi lúc", "Cơ quan", "Người, cơ quan được cấp", "Nội dung đề nghị", "Nói rõ", "Người gửi",
        "Trạng thái",
        "Kết quả", "Ghi kết quả lúc",
    ]

    static func cells(_ row: CertificateRequestRow) -> [String] {
        [
            Vi.fullMoment(row.request.requestedAt), row.agencyName, row.subjectName,
            Vi.request(row.request.kind),
            row.request.details, "\(row.requester), \(row.requesterTitle)", Vi.state(row.request.state).word,
            row.answer?.comment ?? "", row.answer.map { Vi.fullMoment($0.at) } ?? "",
        ]
    }
}

/// A table of texts with commas between them. A text that a table program could take for a formula is kept a text.
struct CommaTable {
    let head: [String]
    let rows: [[String]]

    var bytes: [UInt8] {
        let lines = ([head] + rows).map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }
        return [0xEF, 0xBB, 0xBF] + Array(lines.joined().utf8)
    }

    static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r".contains($0) || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
