// Chờ tiếp nhận: what came through the exchange, taken into the register or refused with a reason (B7).
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum ReceiptHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-den/tiep-nhan", list),
        .get("van-ban-den/tiep-nhan/:id", show),
        .post("van-ban-den/tiep-nhan/:id/tiep-nhan", accept),
        .post("van-ban-den/tiep-nhan/:id/tu-choi", refuse),
        .get("van-ban-den/tiep-nhan/:id/tep/:file", download),
        .get("van-ban-den/tiep-nhan/:id/tep/:file/trang/:page", picture),
    ]

    /// A clerk with more than this waiting takes the first ones first.
    private static let listLimit = 200

    private static func list(_ visit: Visit) async throws -> Reply {
        guard visit.position.role == .clerk else { throw Refused(.notFound) }
        let rows = try await visit.office.read { tables in
            try tables.receiptLists.waiting(of: visit.agency.id, after: nil, limit: listLimit)
        }
        let basis = visit.office.verdictBasis
        return .page(
            try await visit.office.read { tables in
                let values = try tables.verdicts.values(of: rows.map(\.receipt.document), basis)
                return ReceiveListPage(
                    frame: try visit.frame(tables),
                    rows: rows.map { Pages.ReceiptRow($0, values[$0.receipt.document]) })
            }.html())
    }

    private static func show(_ visit: Visit) async throws -> Reply { try await page(visit) }

    // MARK: Acts

    private static func accept(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), receipt: ID<Receipt> = try visit.id("id")
        do {
            guard let director = ID<Position>(form.text(FormFields.director)) else {
                throw Refused(.missing(.director))
            }
            let deadline = OfficeDate(typed: form.text(FormFields.deadline))
            if deadline == nil, form.isSet(FormFields.deadline) { throw Refused(.malformed(.deadline)) }
            let operation = AcceptReceipt(
                receipt: receipt, director: director, deadline: deadline,
                twinSeen: form.isSet(FormFields.notTheTwin))
            return try await visit.act(operation, form) { arrival in
                DoneNotice.at(
                    visit.path(.arrival(RegisterNumber(year: arrival.year, number: arrival.number))),
                    .accepted,
                    number: arrival.number)
            }
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .receiptAccepted)
        }
    }

    private static func refuse(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), receipt: ID<Receipt> = try visit.id("id")
        do {
            let operation = RefuseReceipt(receipt: receipt, reason: form.text(FormFields.reason))
            let path = visit.path(.receiveList())
            return try await visit.act(operation, form) { _ in DoneNotice.at(path, .refused) }
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .receiptRefused)
        }
    }

    // MARK: Files

    private static func download(_ visit: Visit) async throws -> Reply {
        try visit.download(try await file(visit))
    }

    private static func picture(_ visit: Visit) async throws -> Reply {
        try await visit.picture(of: try await file(visit))
    }

    private static func file(_ visit: Visit) async throws -> FileReference {
        try visit.chosen(from: try await open(visit).card.files)
    }

    // MARK: The card

    private static func open(_ visit: Visit) async throws -> ReceiptView {
        try await ReceiptReading(office: visit.office).open(try visit.id("id"), as: visit.position)
    }

    private static func page(
        _ visit: Visit, entries: Entries = Entries(), refusals: [Refusal] = [], of verb: Verb? = nil
    ) async throws -> Reply {
        let view = try await open(visit)
        let signatures = try await visit.signatures(of: view.card.files.first?.file)
        let html = try await visit.office.read { tables in
            return ReceiveCardPage(
                frame: try visit.frame(tables), view: view, signatures: signatures,
                expectedNumber: try visit.arrivalsRegister(tables).expectedNumber,
                directors: try tables.positions.directors(of: visit.agency.id).map(PositionChoice.init),
                entries: entries, refusals: refusals, refusedVerb: verb, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }
}

extension ReceiveCardPage {
    fileprivate init(
        frame: Frame, view: ReceiptView, signatures: SignatureReport?, expectedNumber: Int,
        directors: [PositionChoice], entries: Entries, refusals: [Refusal], refusedVerb: Verb?, seal: FormSeal
    ) {
        let card = view.card, receipt = card.receipt, main = card.files.first?.file
        self.init(
            frame: frame, id: receipt.id, particulars: card.facts, typeName: card.typeName,
            senderName: card.senderName, arrivedAt: receipt.arrivedAt, dueAt: card.dueAt,
            state: receipt.state,
            acceptedAs: card.arrival.map { RegisterNumber(year: $0.year, number: $0.number) },
            refusalReason: card.reason,
            comparisons: [
                Comparison(
                    name: "Số tệp", declared: "\(card.declaredFiles)", received: "\(card.files.count)"),
                Comparison(
                    name: "Số trang", declared: "\(card.declaredPages)", received: "\(card.receivedPages)"),
            ],
            sheet: Sheet(
                source: .paper(.receipt(receipt.id), file: 1), name: main?.name ?? "", pages: main?.pages ?? 0
            ),
            files: card.files.map(FileRow.init), signatures: signatures, expectedNumber: expectedNumber,
            directors: directors, accept: Door(view.accept), refuse: Door(view.refuse), entries: entries,
            refusals: refusals, refusedVerb: refusedVerb, seal: seal)
    }
}

extension Pages.ReceiptRow {
    init(_ row: Store.ReceiptRow, _ value: LegalValue?) {
        self.init(
            id: row.receipt.id, arrivedAt: row.receipt.arrivedAt, senderName: row.senderName,
            numberAndNotation: row.numberAndNotation, abstract: row.abstract, urgency: row.urgency,
            pages: row.pages,
            files: row.files, signature: Vi.signatureMark(value), dueAt: row.dueAt)
    }
}
