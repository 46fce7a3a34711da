// Văn bản đi: the list, and one issued document with the board of its deliveries.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum IssuedHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-di", list),
        .get("van-ban-di/:year/:register/:number", show),
        .get("van-ban-di/:year/:register/:number/tep/:file", download),
        .get("van-ban-di/:year/:register/:number/tep/:file/trang/:page", picture),
    ]

    // MARK: The list

    private static func list(_ visit: Visit) async throws -> Reply {
        let filter = IssuedFilter(
            register: visit.query("so").isEmpty ? nil : visit.query("so"), words: visit.query("tim"),
            after: visit.query("sau").isEmpty ? nil : visit.query("sau"),
            awaited: visit.query("xem") == IssuedFilter.awaitedSlug)
        let basis = visit.office.verdictBasis
        return .page(
            try await visit.office.read { tables in
                let (rows, next) = try page(tables, visit.agency.id, filter)
                let waiting = try tables.deliveryAnswers.waiting(
                    of: visit.agency.id, on: visit.now.officeDate, limit: IssuanceLists.countLimit)
                let values = try tables.verdicts.values(of: rows.compactMap(\.issuance.document), basis)
                let replaced = try tables.replacements.replaced(among: rows.map(\.issuance.id))
                return IssuedListPage(
                    frame: try visit.frame(tables),
                    rows: rows.map { row in
                        Pages.IssuedRow(
                            row, row.issuance.document.map { values[$0] },
                            isReplaced: replaced.contains(row.issuance.id))
                    },
                    filter: filter,
                    registers: try tables.issuanceLists.registers(of: visit.agency.id).map {
                        IssuedListPage.RegisterChoice(slug: $0.slug, name: $0.name, count: $0.count)
                    }, awaited: waiting.all, late: waiting.late, next: next)
            }.html())
    }

    private static func page(
        _ tables: Tables, _ agency: ID<Agency>, _ filter: IssuedFilter
    ) throws -> (rows: [IssuanceRow], next: String?) {
        if !filter.words.isEmpty {
            let found = try tables.entryText.find(
                Folding.words(filter.words), kind: .issuance, agency: agency,
                limit: IncomingRoutes.searchLimit)
            let rows = try tables.issuanceLists.rows(found.map(ID.init), of: agency)
                .filter { filter.register == nil || $0.register == filter.register }
            return (
                ExactFirst.sort(rows, by: filter.words) { "\($0.issuance.numberAndNotation) \($0.abstract)" },
                nil
            )
        }
        var rows = try tables.issuanceLists.page(
            of: agency, register: filter.register, awaited: filter.awaited,
            after: filter.after.flatMap(IssuanceKey.init),
            limit: IncomingRoutes.pageSize + 1)
        guard rows.count > IncomingRoutes.pageSize else { return (rows, nil) }
        rows.removeLast()
        return (rows, rows.last?.key.text)
    }

    // MARK: One document

    private static func show(_ visit: Visit) async throws -> Reply { try await page(visit) }

    static func page(
        _ visit: Visit, entries: Entries = Entries(), refusals: [Refusal] = [], of verb: Verb? = nil
    ) async throws -> Reply {
        let view = try await open(visit), issuance = view.row.issuance
        let part = DeliveryPart(slug: visit.query("trang-thai"))
        let filter = BoardFilter(part: part, after: visit.query("sau").isEmpty ? nil : visit.query("sau"))
        let main = view.files.first { $0.kind == .main }?.file
        let signatures = try await visit.signatures(of: main)
        let publicAddress = visit.server.settings.publicAddress
        let isClerk = Verb.recallAsked.roles.contains(visit.position.role)
        let acts =
            isClerk
            ? BoardActs(entries: entries, refusals: refusals, refusedVerb: verb, seal: visit.seal()) : nil
        let html = try await visit.office.read { tables in
            IssuedPage(
                frame: try visit.frame(tables), view: view,
                registerName: try tables.registers.find(issuance.register)?.name ?? "",
                main: main, signatures: signatures,
                checkCode: try tables.checkCodes.find(of: issuance.id).flatMap { CheckCode($0) }.map {
                    CheckCodeShown(code: $0, publicAddress: publicAddress)
                }, recipients: try RecipientNames(tables, issuance.id),
                board: try BoardPart(
                    tables: tables, issuance: issuance, filter: filter, position: visit.position,
                    now: visit.now, acts: acts
                ).board,
                answers: try view.answers.map { try AnsweredLetter($0, tables) }
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func download(_ visit: Visit) async throws -> Reply {
        try visit.download(try await file(visit))
    }

    private static func picture(_ visit: Visit) async throws -> Reply {
        try await visit.picture(of: try await file(visit))
    }

    private static func file(_ visit: Visit) async throws -> FileReference {
        try visit.chosen(from: try await open(visit).files)
    }

    static func open(_ visit: Visit) async throws -> IssuedView {
        try await IssuedReading(office: visit.office).open(
            year: try visit.parameter("year", as: Int.self), register: try visit.parameter("register"),
            number: try visit.parameter("number", as: Int.self), as: visit.position)
    }
}

extension IssuedPage {
    fileprivate init(
        frame: Frame, view: IssuedView, registerName: String, main: FileReference?,
        signatures: Pages.SignatureReport?, checkCode: CheckCodeShown?, recipients: RecipientNames?,
        board: DeliveryBoard,
        answers: [AnsweredLetter]
    ) {
        let row = view.row, issuance = row.issuance
        let number = IssuedNumber(year: issuance.year, register: row.register, number: issuance.number)
        self.init(
            frame: frame, number: number, registerName: registerName, notation: issuance.notation,
            date: issuance.date, typeName: row.typeName, abstract: row.abstract, urgency: row.urgency,
            signer: row.signer, state: issuance.state,
            issuedAt: view.history.last { $0.verb == .documentIssued }?.at,
            voidReason: row.voidReason, draftCode: row.draftCode, answers: answers,
            replaces: view.replaces.map(OtherIssued.init), replacedBy: view.replacedBy.map(OtherIssued.init),
            sheet: main.map {
                Sheet(source: .paper(.issued(number, BoardFilter()), file: 1), name: $0.name, pages: $0.pages)
            },
            files: view.files.map(FileRow.init), signatures: signatures,
            checkCode: checkCode, recipients: recipients, changes: Vi.changes(of: view),
            answerBy: view.answerBy, board: board,
            history: view.history.map(HistoryLine.init).reversed())
    }
}

extension OtherIssued {
    init(_ row: IssuanceRow) {
        let issuance = row.issuance
        self.init(
            number: IssuedNumber(year: issuance.year, register: row.register, number: issuance.number),
            notation: issuance.notation, date: issuance.date, abstract: row.abstract)
    }
}

extension AnsweredLetter {
    init(_ arrival: Arrival, _ tables: Tables) throws {
        let facts = try tables.documents.particulars(of: arrival.document)
        self.init(
            number: RegisterNumber(year: arrival.year, number: arrival.number),
            words: facts.map { "\($0.numberAndNotation) ngày \(Vi.date($0.date)), \($0.issuingAgency)" } ?? ""
        )
    }
}

extension Pages.IssuedRow {
    /// `value`: nil where there is no document yet, or no longer.
    init(_ row: IssuanceRow, _ value: LegalValue??, isReplaced: Bool) {
        let issuance = row.issuance
        self.init(
            number: IssuedNumber(year: issuance.year, register: row.register, number: issuance.number),
            notation: issuance.notation, date: issuance.date, typeName: row.typeName, abstract: row.abstract,
            urgency: row.urgency, signer: row.signer, accepted: row.accepted, recipients: row.sent,
            refused: row.refused, state: issuance.state, signature: value.map(Vi.signatureMark),
            answerBy: row.answerBy, answered: row.answered, isReplaced: isReplaced)
    }
}
