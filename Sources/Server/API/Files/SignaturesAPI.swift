// What the signatures on a document are worth, for machines: the verdict of ETSI EN 319 102-1 on each, and the legal value
// that follows from them (D10).
import Domain
import Operations
import PDFSignatures
import Store

enum SignaturesAPI {
    static let routes: [APIRoute] = [
        .get("/documents/{id}/signatures", "readSignatures", "Chữ ký số trên văn bản và giá trị pháp lý") {
            call in
            let file = try await DocumentReading(office: call.office).file(
                1, of: try call.id(), as: call.position)
            return SignaturesAnswer(try await SignatureReports(office: call.office).known(file.hash))
        }
    ]
}

struct SignaturesAnswer: APIObject {
    enum State: String, CaseIterable, EnglishNamed {
        /// Not looked at yet.
        case pending
        case judged
        /// It could not be looked at: `problem` says why.
        case unchecked
    }

    let state: Choice<State>
    let legalValue: Choice<LegalValue>?
    let replacesPaper: Bool
    let problem: String?
    let judgedAt: ISOMoment?
    let signatures: [SignatureAnswer]

    static let schema = ObjectSchema(
        "Signatures",
        [
            .always("state", .choice(of: State.self)),
            .maybe("legalValue", .choice(of: LegalValue.self), "Absent while it is pending."),
            .always("replacesPaper", .boolean, "As good as the paper original (Nghị định 30/2020, Điều 5)."),
            .maybe("problem", .text, "Why the file could not be looked at."),
            .maybe("judgedAt", .moment), .always("signatures", .list(of: SignatureAnswer.self)),
        ])

    static let example = SignaturesAnswer(
        state: Choice(.judged), legalValue: Choice(.original), replacesPaper: true, problem: nil,
        judgedAt: ISOMoment(Example.moment), signatures: [.example])
}

extension SignaturesAnswer {
    init(_ known: KnownVerdict?) {
        let problem = known?.findings.unreadable?.rawValue ?? known?.findings.fault?.rawValue
        state = Choice(known == nil ? .pending : problem == nil ? .judged : .unchecked)
        (legalValue, replacesPaper) = (known.map { Choice($0.value) }, known?.value.replacesPaper ?? false)
        (self.problem, judgedAt) = (problem, known.map { ISOMoment($0.judgedAt) })
        signatures = known?.findings.signatures.map(SignatureAnswer.init) ?? []
    }
}

struct SignatureAnswer: APIObject {
    let field: String
    let kind: String
    let isAgency: Bool
    let indication: String
    let subIndication: String?
    let level: String?
    let signer: String?
    let claimedTime: String?
    let provenTime: String?
    let coversWholeFile: Bool
    let modifications: String
    let findings: [SignatureFindingAnswer]
    let chain: [SignatureCertificateAnswer]

    static let schema = ObjectSchema(
        "Signature",
        [
            .always("field", .text), .always("kind", .choice(["signature", "document-timestamp"])),
            .always("isAgency", .boolean, "The agency's seal or certificate, rather than a person's."),
            .always("indication", .choice(["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"])),
            .maybe("subIndication", .text, "ETSI EN 319 102-1, table 6."),
            .maybe("level", .choice(["B-B", "B-T", "B-LT", "B-LTA"])), .maybe("signer", .text),
            .maybe("claimedTime", .text, "ISO 8601, as the signer says."),
            .maybe("provenTime", .text, "ISO 8601, as a trusted clock confirms."),
            .always("coversWholeFile", .boolean),
            .always(
                "modifications", .choice(["none", "form-filling", "annotations", "unknown", "forbidden"])),
            .always("findings", .list(of: SignatureFindingAnswer.self)),
            .always("chain", .list(of: SignatureCertificateAnswer.self), "From the signer up."),
        ])

    static let example = SignatureAnswer(
        field: "ChuKyNguoiKy", kind: "signature", isAgency: false, indication: "TOTAL-PASSED",
        subIndication: nil, level: "B-B", signer: "Trần Văn Bé", claimedTime: "2026-05-12T08:00:00+07:00",
        provenTime: nil, coversWholeFile: false, modifications: "form-filling", findings: [.example],
        chain: [.example])
}

extension SignatureAnswer {
    init(_ verdict: SignatureVerdict) {
        (field, kind, isAgency) = (verdict.field, verdict.kind.rawValue, verdict.isAgency)
        (indication, subIndication) = (verdict.indication.rawValue, verdict.subIndication?.rawValue)
        (level, signer) = (verdict.level?.rawValue, verdict.signer)
        (claimedTime, provenTime) = (verdict.claimedTime, verdict.provenTime)
        (coversWholeFile, modifications) = (verdict.coversWholeFile, verdict.modifications.rawValue)
        findings = verdict.findings.map { SignatureFindingAnswer(code: $0.code.rawValue, detail: $0.detail) }
        chain = verdict.chain.map(SignatureCertificateAnswer.init)
    }
}

struct SignatureFindingAnswer: APIObject {
    let code: String
    let detail: String?

    static let schema = ObjectSchema("SignatureFinding", [.always("code", .text), .maybe("detail", .text)])
    static let example = SignatureFindingAnswer(code: "field-filled", detail: "So")
}

struct SignatureCertificateAnswer: APIObject {
    let subject: String
    let issuer: String
    let serialNumber: String
    let notBefore: String?
    let notAfter: String?
    let isTrusted: Bool
    let revocation: String

    static let schema = ObjectSchema(
        "SignatureCertificate",
        [
            .always("subject", .text), .always("issuer", .text),
            .always("serialNumber", .text, "Hexadecimal."),
            .maybe("notBefore", .text, "ISO 8601."), .maybe("notAfter", .text),
            .always("isTrusted", .boolean),
            .always(
                "revocation",
                .choice(["good", "revoked", "unknown", "not-offered", "not-needed", "not-checked"])),
        ])

    static let example = SignatureCertificateAnswer(
        subject: "Trần Văn Bé", issuer: "VanThu Demo CA", serialNumber: "1f2e",
        notBefore: "2026-01-01T00:00:00+07:00",
        notAfter: "2031-01-01T00:00:00+07:00", isTrusted: false, revocation: "not-offered")
}

extension SignatureCertificateAnswer {
    init(_ summary: CertificateSummary) {
        (subject, issuer, serialNumber) = (summary.subject, summary.issuer, summary.serialNumber)
        (notBefore, notAfter) = (summary.notBefore, summary.notAfter)
        (isTrusted, revocation) = (summary.isTrusted, summary.revocation.status.rawValue)
    }
}

extension LegalValue: EnglishNamed {}
