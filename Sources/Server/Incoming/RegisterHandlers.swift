// Registering a letter (B1): its file is uploaded and looked at, then its particulars are typed beside the sheet. What was
// typed and uploaded survives every refusal.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum RegisterHandlers {
    static func show(_ visit: Visit) async throws -> Reply {
        try clerkOnly(visit)
        let staged = visit.query("tep")
        guard !staged.isEmpty else { return try await uploadPage(visit, []) }
        guard let record = try await find(staged, visit) else {
            return try await uploadPage(visit, [.fileGone])
        }
        return try await formPage(
            visit, record, entries: Entries(["so-trang": "\(max(1, record.file.pages))"]), [])
    }

    static func post(_ visit: Visit) async throws -> Reply {
        try clerkOnly(visit)
        let form = try await visit.form()
        return visit.query("tep").isEmpty ? try await upload(visit, form) : try await register(visit, form)
    }

    private static func clerkOnly(_ visit: Visit) throws {
        guard Verb.incomingRegistered.roles.contains(visit.position.role) else {
            throw Refused(.notForYourRole)
        }
    }

    // MARK: Step 1

    private static func upload(_ visit: Visit, _ form: Form) async throws -> Reply {
        do {
            if form.tooLarge { throw Refused(.fileTooLarge(limitMegabytes: Form.fileLimit / 1_048_576)) }
            guard let file = form.file(FormFields.file) else { throw Refused(.noFile) }
            let staged = try await Uploads(office: visit.office).stage(
                file.blob, name: file.name, purpose: .letter, as: visit.position, under: file.hold)
            return .seeOther(visit.path(.registerArrival(staged: staged.id.description)))
        } catch let refused as Refused {
            return try await uploadPage(visit, refused.reasons)
        }
    }

    private static func uploadPage(_ visit: Visit, _ refusals: [Refusal]) async throws -> Reply {
        let page = try await visit.office.read { tables in
            UploadArrivalPage(frame: try visit.frame(tables), refusals: refusals, seal: visit.seal())
        }
        return .page(page.html(), refusing: refusals)
    }

    // MARK: Step 2

    private static func register(_ visit: Visit, _ form: Form) async throws -> Reply {
        guard let staged = try await find(visit.query("tep"), visit) else {
            return try await registeredAlready(visit, form)
        }
        do {
            let typed = try RegisterIncomingForm(form)
            let operation = RegisterIncoming(
                facts: typed.facts, deadline: typed.deadline, director: typed.director, files: [staged.id],
                twinSeen: form.isSet(FormFields.notTheTwin))
            return try await visit.act(operation, form, location: visit.registered)
        } catch let refused as Refused {
            return try await formPage(visit, staged, entries: form.entries, refused.reasons)
        }
    }

    /// The file is gone: the same press came twice, or a day has passed.
    private static func registeredAlready(_ visit: Visit, _ form: Form) async throws -> Reply {
        let (id, account) = (try visit.actID(form), visit.position.account)
        let location = try await visit.office.read { try $0.acts.location(of: id, account: account) }
        if let location, !location.isEmpty { return .seeOther(location) }
        return try await uploadPage(visit, [.fileGone])
    }

    private static func formPage(
        _ visit: Visit, _ staged: StagedFileRecord, entries: Entries, _ refusals: [Refusal]
    ) async throws -> Reply {
        let agency = visit.agency.id
        let signatures = try await visit.signatures(of: staged.file)
        let page = try await visit.office.read { tables in
            let register = try visit.arrivalsRegister(tables)
            return RegisterArrivalPage(
                frame: try visit.frame(tables),
                sheet: Sheet(
                    source: .staged(id: staged.id.description), name: staged.file.name,
                    pages: staged.file.pages),
                stagedID: staged.id.description, expectedNumber: register.expectedNumber,
                registerName: register.name,
                types: try tables.documentTypes.all().map { TypeChoice($0) },
                directors: try tables.positions.directors(of: agency).map { PositionChoice($0) },
                knownAgencies: try tables.arrivalLists.issuers(of: agency), signatures: signatures,
                entries: entries,
                refusals: refusals,
                seal: visit.seal())
        }
        return .page(page.html(), refusing: refusals)
    }

    private static func find(_ text: String, _ visit: Visit) async throws -> StagedFileRecord? {
        guard let id = ID<StagedFile>(text) else { return nil }
        let (account, agency) = (visit.position.account, visit.agency.id)
        return try await visit.office.read { try $0.stagedFiles.find(id, account: account, agency: agency) }
    }
}

extension Visit {
    /// The agency's register of arrivals, and the number it would give now; taken only when the form is sent.
    func arrivalsRegister(_ tables: Tables) throws -> (name: String, expectedNumber: Int) {
        guard let register = try tables.registers.ofAgency(agency.id, .incoming).first else { return ("", 1) }
        let last = try tables.registers.last(in: register.id, year: now.officeDate.year)
        return (register.name, last.number + 1)
    }

    var registered: @Sendable (Arrival) -> String {
        { arrival in
            DoneNotice.at(
                path(.arrival(RegisterNumber(year: arrival.year, number: arrival.number))), .registered,
                number: arrival.number)
        }
    }
}

/// The particulars as typed, parsed; every field that cannot be read is named at once.
struct RegisterIncomingForm {
    let facts: DocumentParticulars
    let deadline: OfficeDate?
    let director: ID<Position>

    init(_ form: Form) throws(Refused) {
        var reasons: [Refusal] = []
        let facts = LetterForm.facts(form, &reasons)
        let deadline = OfficeDate(typed: form.text(FormFields.deadline))
        if deadline == nil, form.isSet(FormFields.deadline) { reasons.append(.malformed(.deadline)) }
        let director = ID<Position>(form.text(FormFields.director))
        if director == nil { reasons.append(.missing(.director)) }
        guard let facts, let director, reasons.isEmpty else { throw Refused(reasons) }
        self.deadline = deadline
        self.director = director
        self.facts = facts
    }
}

/// What stands on a letter, as typed.
enum LetterForm {
    /// `nil` when there is a reason.
    static func facts(_ form: Form, _ reasons: inout [Refusal]) -> DocumentParticulars? {
        let date = OfficeDate(typed: form.text(FormFields.date))
        if date == nil { reasons.append(form.isSet(FormFields.date) ? .malformed(.date) : .missing(.date)) }
        let pages = form.isSet(FormFields.pages) ? form.number(FormFields.pages) : 1
        if pages == nil { reasons.append(.malformed(.pages)) }
        for (field, name) in [
            (Field.issuingAgency, FormFields.issuingAgency), (.type, FormFields.type),
            (.number, FormFields.number),
            (.notation, FormFields.notation), (.abstract, FormFields.abstract),
        ] where form.text(name).isEmpty {
            reasons.append(.missing(field))
        }
        guard let date, let pages, reasons.isEmpty else { return nil }
        return DocumentParticulars(
            issuingAgency: form.text(FormFields.issuingAgency), number: form.text(FormFields.number),
            notation: form.text(FormFields.notation), date: date, type: form.text(FormFields.type),
            abstract: form.text(FormFields.abstract),
            urgency: Urgency(slug: form.text(FormFields.urgency)) ?? .normal,
            pages: pages, signer: form.text(FormFields.signer))
    }

    /// A letter as its form would be filled in.
    static func entries(_ facts: DocumentParticulars) -> Entries {
        Entries([
            FormFields.issuingAgency: facts.issuingAgency, FormFields.type: facts.type,
            FormFields.number: facts.number, FormFields.notation: facts.notation,
            FormFields.date: Vi.date(facts.date), FormFields.abstract: facts.abstract,
            FormFields.urgency: facts.urgency.slug, FormFields.pages: "\(facts.pages)",
            FormFields.signer: facts.signer,
        ])
    }
}

extension TypeChoice {
    init(_ type: DocumentType) { self.init(slug: type.slug, name: type.name) }
}

extension PositionChoice {
    init(_ position: Position) {
        self.init(id: position.id.description, personName: position.personName, title: position.title)
    }
}
