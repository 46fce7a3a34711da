// Gửi bản giấy: the clerk's queue and its acts, the copies to print, the address list, and the two registers.
import Domain
import Foundation
import HTTPTypes
import Operations
import Pages
import Store

enum PaperHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-di/gui-giay", show),
        .get("van-ban-di/gui-giay/dia-chi.csv", addresses),
        .post("van-ban-di/gui-giay/sao-y", certify),
        .post("van-ban-di/gui-giay/da-in", printed),
        .post("van-ban-di/gui-giay/da-gui", posted),
        .get("so-ban-sao/:year", copies),
        .get("ban-sao/:copy", copyFile),
        .get("so-gui-van-ban/:year", postings),
    ]

    private static let pageSize = 100
    /// Of an address list.
    private static let listLimit = 5_000

    // MARK: The queue

    private static func show(_ visit: Visit) async throws -> Reply {
        let state = PaperState(rawValue: visit.query("trang-thai")) ?? .toPrint
        return try await page(
            visit, PaperFilter(state: state, after: visit.query("sau").isEmpty ? nil : visit.query("sau")),
            Entries(),
            [], nil)
    }

    private static func page(
        _ visit: Visit, _ filter: PaperFilter, _ entries: Entries, _ refusals: [Refusal], _ verb: Verb?
    ) async throws -> Reply {
        try onlyClerk(visit)
        let html = try await visit.office.read { tables in
            let rows = try tables.paperLists.queue(
                of: visit.agency.id, filter.state, after: filter.after.flatMap { ID($0) }, limit: pageSize + 1
            )
            let shown = rows.prefix(pageSize)
            var entries = entries
            if entries[FormFields.date].isEmpty { entries[FormFields.date] = Vi.date(visit.now.officeDate) }
            if entries[FormFields.id(.envelopes)].isEmpty { entries[FormFields.id(.envelopes)] = "1" }
            return PaperQueuePage(
                frame: try visit.frame(tables), filter: filter, lines: shown.map(PaperLine.init),
                counts: try tables.paperLists.counts(of: visit.agency.id),
                next: rows.count > pageSize ? shown.last?.paper.id.description : nil,
                signers: try tables.positions.inAgency(visit.agency.id)
                    .filter { CopyAuthority.roles.contains($0.role) }
                    .sorted { rank($0) < rank($1) }.map(PositionChoice.init),
                entries: entries, refusals: refusals, refusedVerb: verb, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func rank(_ position: Position) -> Int {
        CopyAuthority.roles.firstIndex(of: position.role) ?? 0
    }

    /// The queue is the clerk's; for others there is none.
    private static func onlyClerk(_ visit: Visit) throws {
        guard visit.position.role == .clerk else { throw Refused(.notFound) }
    }

    // MARK: Acts

    private static func certify(_ visit: Visit) async throws -> Reply {
        let path = visit.path(.paperQueue(PaperFilter()))
        return try await act(visit, .copyCertified, .toPrint) { form in
            guard let signer = ID<Position>(form.text(FormFields.signer)) else {
                throw Refused(.missing(.signer))
            }
            return CertifyCopy(papers(form), signer: signer)
        } location: { _ in
            DoneNotice.at(path, .copied)
        }
    }

    private static func printed(_ visit: Visit) async throws -> Reply {
        let path = visit.path(.paperQueue(PaperFilter(state: .printed)))
        return try await act(visit, .paperPrinted, .toPrint) {
            NotePrinted(papers($0))
        } location: { _ in
            DoneNotice.at(path, .paperPrinted)
        }
    }

    private static func posted(_ visit: Visit) async throws -> Reply {
        let path = visit.path(.paperQueue(PaperFilter(state: .posted)))
        return try await act(visit, .paperPosted, .printed) { form in
            guard let day = OfficeDate(typed: form.text(FormFields.date)) else {
                throw Refused(form.isSet(FormFields.date) ? .malformed(.date) : .missing(.date))
            }
            guard let way = PostingWay(rawValue: form.text(FormFields.id(.way))) else {
                throw Refused(.missing(.way))
            }
            return NotePosted(
                papers(form),
                PostingParticulars(
                    day: day, way: way, carrier: form.text(FormFields.id(.carrier)),
                    envelopes: form.number(FormFields.id(.envelopes)) ?? 0,
                    note: form.text(FormFields.id(.postingNote))))
        } location: { _ in
            DoneNotice.at(path, .paperPosted)
        }
    }

    private static func papers(_ form: Form) -> [ID<PaperDispatch>] {
        form.list(FormFields.papers).compactMap { ID($0) }
    }

    private static func act<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ state: PaperState, _ operation: (Form) throws -> O,
        location: @escaping @Sendable (O.Outcome) -> String
    ) async throws -> Reply {
        let form = try await visit.form()
        do {
            return try await visit.act(try operation(form), form, location: location)
        } catch let refused as Refused where !refused.reasons.contains(.notFound) && !refused.isDenial {
            return try await page(visit, PaperFilter(state: state), form.entries, refused.reasons, verb)
        }
    }

    // MARK: Files and registers

    private static func copyFile(_ visit: Visit) async throws -> Reply {
        let copy = try await CopyPrinting(office: visit.office).pdf(try visit.id("copy"), as: visit.position)
        return .printable(copy.bytes, name: copy.name)
    }

    private static func addresses(_ visit: Visit) async throws -> Reply {
        try onlyClerk(visit)
        let state = PaperState(rawValue: visit.query("trang-thai")) ?? .toPrint
        let rows = try await visit.office.read {
            try $0.paperLists.queue(of: visit.agency.id, state, limit: listLimit)
        }
        let table = CommaTable(
            head: ["Nơi nhận", "Địa chỉ", "Số, ký hiệu văn bản", "Trích yếu", "Bản sao"],
            rows: rows.map { [$0.recipientName, $0.address, $0.numberAndNotation, $0.abstract, $0.copy] })
        return .table(table.bytes, name: "dia-chi-gui-giay-\(state.rawValue)-\(visit.now.officeDate.iso).csv")
    }

    private static func copies(_ visit: Visit) async throws -> Reply {
        try onlyClerk(visit)
        let year = try visit.parameter("year", as: Int.self)
        return .page(
            try await visit.office.read { tables in
                let rows = try tables.paperLists.copies(
                    of: visit.agency.id, year: year, after: Int(visit.query("sau")) ?? 0, limit: pageSize + 1)
                let shown = rows.prefix(pageSize)
                return CopyRegisterPage(
                    frame: try visit.frame(tables), year: year,
                    lines: shown.map {
                        CopyLine(
                            copy: $0.copy, document: $0.numberAndNotation, date: $0.date,
                            abstract: $0.abstract,
                            recipients: $0.recipients)
                    }, next: rows.count > pageSize ? shown.last?.copy.number : nil)
            }.html())
    }

    private static func postings(_ visit: Visit) async throws -> Reply {
        try onlyClerk(visit)
        let year = try visit.parameter("year", as: Int.self)
        return .page(
            try await visit.office.read { tables in
                let rows = try tables.paperLists.postings(
                    of: visit.agency.id, year: year, after: Int(visit.query("sau")) ?? 0, limit: pageSize + 1)
                let shown = rows.prefix(pageSize)
                return PostingRegisterPage(
                    frame: try visit.frame(tables), year: year, lines: shown.map(PaperLine.init),
                    next: rows.count > pageSize ? shown.last?.paper.posting?.number : nil)
            }.html())
    }
}

extension PaperLine {
    init(_ row: PaperRow) {
        self.init(
            id: row.paper.id,
            number: IssuedNumber(year: row.year, register: row.register, number: row.number),
            numberAndNotation: row.numberAndNotation, abstract: row.abstract,
            recipientName: row.recipientName,
            address: row.address, copy: row.copy, copyID: row.paper.copy, posting: row.paper.posting)
    }
}
