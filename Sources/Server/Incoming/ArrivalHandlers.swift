// One văn bản đến: reading it, directing it, beginning and finishing one's part.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum ArrivalHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-den/:year/:number", show),
        .post("van-ban-den/:year/:number/chi-dao", direct),
        .post("van-ban-den/:year/:number/bat-dau", start),
        .post("van-ban-den/:year/:number/hoan-thanh", complete),
        .post("van-ban-den/:year/:number/dau-den", stamp),
        .get("van-ban-den/:year/:number/dau-den", stampedCopy),
        .post("van-ban-den/:year/:number/ban-giay", paper),
        .get("van-ban-den/:year/:number/tep/:file", download),
        .get("van-ban-den/:year/:number/tep/:file/trang/:page", picture),
        .get("van-ban-den/:year/:number/ban-truoc/:request/tep/:file", former),
    ]

    private static func show(_ visit: Visit) async throws -> Reply { try await page(visit) }

    // MARK: Acts

    private static func direct(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), view = try await open(visit)
        do {
            let directive = try DirectiveForm(form).directive
            let operation = DirectArrival(
                arrival: view.detail.arrival.id, version: form.number(FormFields.version) ?? 0,
                directive: directive)
            return try await visit.act(operation, form, location: back(visit, view, .directed))
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .incomingDirected)
        }
    }

    private static func start(_ visit: Visit) async throws -> Reply {
        try await simpleAct(visit, .assignmentStarted, .started) { StartAssignment(arrival: $0) }
    }

    private static func complete(_ visit: Visit) async throws -> Reply {
        try await simpleAct(visit, .assignmentCompleted, .completed) { CompleteAssignment(arrival: $0) }
    }

    private static func stamp(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), view = try await open(visit)
        do {
            let done = DoneNotice.at(visit.path(.arrival(view.number)), .stamped)
            let acted = try await StampingService(office: visit.office).stamp(
                view.detail.arrival.id, pin: form.secret(FormFields.pin), as: visit.position,
                form: FormAct(id: try visit.actID(form)) { _ in done })
            if case .already(let location) = acted { return .seeOther(location) }
            return .seeOther(done)
        } catch let refused as Refused {
            return try await page(visit, refusals: refused.reasons, of: .arrivalStamped)
        }
    }

    private static func paper(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), view = try await open(visit)
        do {
            let typed = form.text(FormFields.id(.paperCameOn))
            guard let day = OfficeDate(typed: typed) else {
                throw Refused(typed.isEmpty ? .missing(.paperCameOn) : .malformed(.paperCameOn))
            }
            return try await visit.act(
                RecordPaper(
                    view.detail.arrival.id, on: day, difference: form.text(FormFields.id(.difference))),
                form,
                location: back(visit, view, .paperReceived))
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .paperReceived)
        }
    }

    private static func stampedCopy(_ visit: Visit) async throws -> Reply {
        let view = try await open(visit)
        return try visit.download(
            try await StampingService(office: visit.office).copy(of: view.detail.arrival))
    }

    private static func simpleAct<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ done: DoneNotice.Kind, _ operation: (ID<Arrival>) -> O
    ) async throws -> Reply where O.Outcome == Arrival {
        let form = try await visit.form(), view = try await open(visit)
        do {
            return try await visit.act(
                operation(view.detail.arrival.id), form, location: back(visit, view, done))
        } catch let refused as Refused {
            return try await page(visit, refusals: refused.reasons, of: verb)
        }
    }

    private static func back(
        _ visit: Visit, _ view: ArrivalView, _ done: DoneNotice.Kind
    ) -> @Sendable (Arrival) -> String {
        let path = visit.path(.arrival(view.number))
        return { _ in DoneNotice.at(path, done) }
    }

    // MARK: Files

    private static func download(_ visit: Visit) async throws -> Reply {
        try visit.download(try await file(visit))
    }

    /// Of what stood before its sender corrected it.
    private static func former(_ visit: Visit) async throws -> Reply {
        let request: ID<ExchangeRequest> = try visit.id("request")
        guard let former = try await open(visit).formers.first(where: { $0.request.id == request }) else {
            throw Refused(.notFound)
        }
        return try visit.download(try former.version.file(try visit.parameter("file", as: Int.self)))
    }

    private static func picture(_ visit: Visit) async throws -> Reply {
        try await visit.picture(of: try await file(visit))
    }

    private static func file(_ visit: Visit) async throws -> FileReference {
        try visit.chosen(from: try await open(visit).detail.files)
    }

    // MARK: The page

    private static func open(_ visit: Visit) async throws -> ArrivalView {
        try await ArrivalReading(office: visit.office).open(
            year: try visit.parameter("year", as: Int.self),
            number: try visit.parameter("number", as: Int.self), as: visit.position)
    }

    private static func page(
        _ visit: Visit, entries: Entries = Entries(), refusals: [Refusal] = [], of verb: Verb? = nil
    ) async throws -> Reply {
        let view = try await open(visit)
        var entries = entries
        if verb == nil, let due = view.detail.arrival.dueAt?.officeDate, due >= visit.now.officeDate {
            entries[FormFields.leadDeadline] = Vi.date(due)
        }
        let shownEntries = entries
        let signatures = try await visit.signatures(of: view.detail.files.first?.file)
        let html = try await visit.office.read { tables in
            let staff = view.direct.isEmpty ? try tables.positions.inAgency(visit.agency.id) : []
            let reasons = try StampingService(office: visit.office).refusals(
                view.detail.arrival, as: visit.position, tables)
            let takenBack = try view.detail.receipt.flatMap { try TakenBack($0.receipt, tables) }
            let isHidden = reasons.contains(.notForYourRole) || takenBack != nil
            let stamped = try tables.arrivalStamps.find(view.detail.arrival.id)
            let stamp = StampPanel(
                stampedAt: takenBack == nil ? stamped?.stampedAt : nil,
                isOfFormer: stamped.map { $0.source != view.detail.files.first?.file.hash } ?? false,
                door: isHidden ? .hidden : Door(reasons))
            return ArrivalPage(
                frame: try visit.frame(tables), view: view, takenBack: takenBack, signatures: signatures,
                stamp: stamp, paper: paperPanel(visit, view, shownEntries, isTakenBack: takenBack != nil),
                answering: try answering(view, tables),
                directForm: view.isWaitingForDirective
                    ? DirectForm(
                        candidates: staff.filter { $0.id != visit.position.id && $0.role.handles }.map(
                            PositionChoice.init),
                        entries: shownEntries, refusals: verb == .incomingDirected ? refusals : []) : nil,
                refusals: refusals, refusedVerb: verb, seal: visit.seal(version: view.detail.arrival.version),
                visitor: visit.position
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func paperPanel(
        _ visit: Visit, _ view: ArrivalView, _ entries: Entries, isTakenBack: Bool
    ) -> PaperPanel? {
        guard let paper = view.paper, paper.cameOn != nil || !isTakenBack else { return nil }
        var entries = entries
        if entries[FormFields.id(.paperCameOn)].isEmpty {
            entries[FormFields.id(.paperCameOn)] = Vi.date(visit.now.officeDate)
        }
        let mayRecord = Verb.paperReceived.roles.contains(visit.position.role)
        return PaperPanel(
            expected: paper.expected, cameOn: paper.cameOn, recordedBy: paper.recordedBy,
            mayRecord: mayRecord, difference: paper.difference, entries: entries)
    }
}

extension ArrivalHandlers {
    /// What of this agency's own letters it answers.
    private static func answering(_ view: ArrivalView, _ tables: Tables) throws -> [AnswerShown.Letter] {
        guard let receipt = view.detail.receipt?.receipt else { return [] }
        return try tables.deliveryAnswers.answered(by: receipt.id, in: receipt.agency).compactMap {
            try AnswerShown.Letter.issued($0, tables)
        }
    }
}

extension ArrivalView {
    var number: RegisterNumber { RegisterNumber(year: detail.arrival.year, number: detail.arrival.number) }

    /// The form stands open while there is no lead; a further directive comes later with its own page.
    var isWaitingForDirective: Bool {
        direct.isEmpty && !detail.assignments.contains { $0.assignment.kind == .lead }
    }
}

extension ArrivalPage {
    fileprivate init(
        frame: Frame, view: ArrivalView, takenBack: TakenBack?, signatures: SignatureReport?,
        stamp: StampPanel, paper: PaperPanel?, answering: [AnswerShown.Letter],
        directForm: DirectForm?,
        refusals: [Refusal],
        refusedVerb: Verb?, seal: FormSeal, visitor: Position
    ) {
        let detail = view.detail, arrival = detail.arrival
        let main = detail.files.first?.file
        let isHandling = view.ownPart.map { $0.kind != .inform && $0.state != .done } ?? false
        self.init(
            frame: frame, number: view.number, particulars: detail.facts, typeName: detail.typeName,
            state: arrival.state, arrivedAt: arrival.arrivedAt, dueAt: arrival.dueAt,
            director: PositionChoice(
                id: arrival.director.description, personName: detail.directorName, title: ""),
            cameBy: detail.receipt.map { "Liên thông từ \($0.senderName)" }
                ?? "\(detail.registeredBy) đăng ký từ tệp",
            takenBack: takenBack, receipt: detail.receipt?.receipt.id,
            replacedBy: view.replacedBy.map(NamedPaper.init(replacing:)),
            formers: view.formers.map {
                LetterVersion($0.version, paper: .formerVersion(view.number, $0.request.id))
            },
            sheet: takenBack == nil
                ? Sheet(
                    source: .paper(.arrival(view.number), file: 1), name: main?.name ?? "",
                    pages: main?.pages ?? 0) : nil,
            files: detail.files.map(FileRow.init), signatures: signatures,
            directive: detail.directives.last.map {
                DirectiveShown(author: "\($0.personName), \($0.title)", at: $0.at, text: $0.text)
            },
            assignments: detail.assignments.map { line in
                AssignmentRow(
                    kind: line.assignment.kind, personName: line.personName, title: line.title,
                    state: line.assignment.state, dueAt: line.assignment.dueAt,
                    isMine: line.assignment.position == visitor.id)
            },
            directForm: directForm, start: isHandling && view.start.isEmpty ? .open : .hidden,
            complete: view.ownPart == nil ? .hidden : (view.complete.isEmpty ? .open : .hidden),
            answer: isHandling && arrival.state != .closed ? .open : .hidden, stamp: stamp, paper: paper,
            drafts: detail.answers.map { answer in
                LinkedDraft(
                    code: answer.code, abstract: answer.abstract, state: answer.state,
                    issuedAs: answer.issuance.map { "\($0.numberAndNotation) ngày \(Vi.date($0.date))" } ?? ""
                )
            },
            answering: answering, history: view.history.map(HistoryLine.init).reversed(), refusals: refusals,
            refusedVerb: refusedVerb,
            seal: seal)
    }
}

extension FileRow {
    init(_ stored: StoredDocumentFile) {
        self.init(
            number: stored.ordinal, name: stored.file.name, kind: stored.kind, size: stored.file.size,
            pages: stored.file.pages)
    }
}
