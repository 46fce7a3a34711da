// Chờ tiếp nhận: what came through the exchange, taken into the register or refused with a reason (B7).
import Domain
import Foundation
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
        .post("van-ban-den/tiep-nhan/:id/quet-lai", scan),
        .post("van-ban-den/tiep-nhan/:id/sua-thong-tin", correct),
        .post("van-ban-den/tiep-nhan/:id/de-nghi/:request/dong-y") { try await decide($0, agrees: true) },
        .post("van-ban-den/tiep-nhan/:id/de-nghi/:request/khong-dong-y") {
            try await decide($0, agrees: false)
        },
        .get("van-ban-den/tiep-nhan/:id/de-nghi/:request/tep/:file", otherVersion),
        .get("van-ban-den/tiep-nhan/:id/tep/:file", download),
        .get("van-ban-den/tiep-nhan/:id/tep/:file/trang/:page", picture),
    ]

    private static func list(_ visit: Visit) async throws -> Reply {
        guard visit.position.role == .clerk else { throw Refused(.notFound) }
        let filter = ReceiveFilter(
            part: ReceiveFilter.Part(rawValue: visit.query("xem")),
            after: visit.query("sau").isEmpty ? nil : visit.query("sau"))
        let basis = visit.office.verdictBasis, agency = visit.agency.id
        return .page(
            try await visit.office.read { tables in
                let (rows, next) = try rows(filter, agency, tables)
                let values = try tables.verdicts.values(of: rows.map(\.receipt.document), basis)
                let lists = tables.receiptLists
                return ReceiveListPage(
                    frame: try visit.frame(tables),
                    rows: rows.map { Pages.ReceiptRow($0, values[$0.receipt.document]) }, filter: filter,
                    counts: .init(
                        waiting: try lists.count(of: agency, .waiting),
                        refused: try lists.count(of: agency, .refused),
                        takenBack: try lists.countTakenBack(of: agency)), next: next)
            }.html())
    }

    private static func rows(_ filter: ReceiveFilter, _ agency: ID<Agency>, _ tables: Tables) throws
        -> (rows: [Store.ReceiptRow], next: String?)
    {
        let after = filter.after.flatMap(MomentKey<Receipt>.init), size = IncomingRoutes.pageSize
        var rows: [Store.ReceiptRow]
        switch filter.part {
        case nil:
            rows = try tables.receiptLists.waiting(
                of: agency, after: filter.after.flatMap(ReceiptKey.init), limit: size + 1)
        case .refused:
            rows = try tables.receiptLists.decided(
                .refused, of: agency,
                after: after.map { ReceiptKey(urgency: .normal, arrivedAt: $0.at, id: $0.id) },
                limit: size + 1)
        case .takenBack:
            rows = try tables.receiptLists.takenBack(
                of: agency, after: after.map { (frozenAt: $0.at, id: $0.id) }, limit: size + 1)
        }
        guard rows.count > size else { return (rows, nil) }
        rows.removeLast()
        return (rows, rows.last.map { key(of: $0, filter.part) })
    }

    private static func key(of row: Store.ReceiptRow, _ part: ReceiveFilter.Part?) -> String {
        if part == nil { return row.key.text }
        return MomentKey(at: row.receipt.frozenAt ?? row.receipt.arrivedAt, id: row.receipt.id).text
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
                twinSeen: form.isSet(FormFields.notTheTwin),
                requiresScan: visit.office.outgoingScan.isScannerRequired)
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

    private static func scan(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), receipt: ID<Receipt> = try visit.id("id")
        guard Verb.arrivalScanned.roles.contains(visit.position.role) else {
            throw Refused(.notForYourRole)
        }
        do {
            let operation = try await ArrivalScanning(office: visit.office).operation(
                receipt, as: visit.position)
            let path = DoneNotice.at(visit.path(.receipt(receipt)), .arrivalScanned)
            return try await visit.act(operation, form) { _ in path }
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .arrivalScanned)
        }
    }

    /// The answer to what the sender asks.
    private static func decide(_ visit: Visit, agrees: Bool) async throws -> Reply {
        let form = try await visit.form(), receipt: ID<Receipt> = try visit.id("id")
        do {
            let operation = DecideRequest(
                request: try visit.id("request"), agrees: agrees, reason: form.text(FormFields.reason),
                requiresScan: visit.office.outgoingScan.isScannerRequired)
            let path = DoneNotice.at(
                visit.path(.receipt(receipt)), agrees ? .requestAgreed : .requestRefused)
            return try await visit.act(operation, form) { _ in path }
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .requestDecided)
        }
    }

    private static func correct(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), receipt: ID<Receipt> = try visit.id("id")
        do {
            var reasons: [Refusal] = []
            guard let facts = LetterForm.facts(form, &reasons) else { throw Refused(reasons) }
            let path = DoneNotice.at(visit.path(.receipt(receipt)), .receiptCorrected)
            return try await visit.act(CorrectReceipt(receipt: receipt, facts: facts), form) { _ in path }
        } catch let refused as Refused {
            return try await page(
                visit, entries: form.entries, refusals: refused.reasons, of: .receiptCorrected)
        }
    }

    // MARK: Files

    private static func download(_ visit: Visit) async throws -> Reply {
        let view = try await open(visit), file = try visit.chosen(from: view.card.files)
        try ArrivalFinding.refuseInfected(file.name, in: view.findings)
        return try visit.download(file)
    }

    /// Of what a request corrects it to, or of what stood before one was agreed to.
    private static func otherVersion(_ visit: Visit) async throws -> Reply {
        let request: ID<ExchangeRequest> = try visit.id("request")
        guard let version = try await open(visit).versions[request] else { throw Refused(.notFound) }
        return try visit.download(try version.file(try visit.parameter("file", as: Int.self)))
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
                frame: try visit.frame(tables), view: view,
                checks: ReceiptChecks(view: view, scan: visit.office.outgoingScan).all,
                takenBack: try TakenBack(view.card.receipt, tables), signatures: signatures,
                expectedNumber: try visit.arrivalsRegister(tables).expectedNumber,
                directors: try tables.positions.directors(of: visit.agency.id).map(PositionChoice.init),
                correction: try correction(
                    view, entries, verb == .receiptCorrected ? refusals : [], visit, tables),
                entries: verb == nil || verb == .receiptCorrected ? proposed(view, visit) : entries,
                refusals: refusals,
                refusedVerb: verb, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    /// The day the sender asks an answer by is proposed as the deadline, while it is still to come.
    private static func proposed(_ view: ReceiptView, _ visit: Visit) -> Entries {
        var entries = Entries()
        for case .answerBy(let day) in view.findings {
            guard let day = OfficeDate(day), day >= visit.now.officeDate else { continue }
            entries[FormFields.deadline] = Vi.date(day)
        }
        return entries
    }

    /// For letters by mail, which say nothing of themselves in so many words.
    private static func correction(
        _ view: ReceiptView, _ entries: Entries, _ refusals: [Refusal], _ visit: Visit, _ tables: Tables
    ) throws -> CorrectionPanel? {
        guard ReceiptRules.mayCorrect(visit.position, view.card.receipt).isEmpty else { return nil }
        return CorrectionPanel(
            types: try tables.documentTypes.all().map { TypeChoice($0) },
            entries: refusals.isEmpty ? LetterForm.entries(view.card.facts) : entries, refusals: refusals)
    }
}

extension Pages.ReceiptRow {
    init(_ row: Store.ReceiptRow, _ value: LegalValue?) {
        self.init(
            id: row.receipt.id, arrivedAt: row.receipt.arrivedAt, senderName: row.senderName,
            numberAndNotation: row.numberAndNotation, abstract: row.abstract, urgency: row.urgency,
            pages: row.pages,
            files: row.files, signature: Vi.signatureMark(value), dueAt: row.dueAt,
            takenBackAt: row.receipt.frozenAt)
    }
}
