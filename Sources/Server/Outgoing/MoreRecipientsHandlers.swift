// Gửi thêm nơi nhận: the search, and the act; the clerk's.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum MoreRecipientsHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-di/:year/:register/:number/gui-them") { try await page($0) },
        .post("van-ban-di/:year/:register/:number/gui-them", send),
    ]

    private static let shown = 30

    private static func send(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        guard Verb.recipientsAdded.roles.contains(visit.position.role) else { throw Refused(.notForYourRole) }
        let row = try await IssuedHandlers.open(visit).row
        let number = IssuedNumber(
            year: row.issuance.year, register: row.register, number: row.issuance.number)
        let board = visit.path(.issued(number, BoardFilter()))
        do {
            let operation = AddRecipients(
                to: form.list(FormFields.recipients).compactMap { ID<Agency>($0) }, of: row.issuance.id,
                reason: form.text(FormFields.reason))
            return try await visit.act(operation, form) { outcome in
                DoneNotice.at(board, .recipientsAdded, number: outcome.sent, more: [outcome.onPaper])
                    + "#theo-doi"
            }
        } catch let refused as Refused {
            return try await page(visit, entries: form.entries, refusals: refused.reasons)
        }
    }

    private static func page(
        _ visit: Visit, entries: Entries? = nil, refusals: [Refusal] = []
    ) async throws -> Reply {
        // For others there is nothing to be found here.
        guard Verb.recipientsAdded.roles.contains(visit.position.role) else { throw Refused(.notFound) }
        let view = try await IssuedHandlers.open(visit), issuance = view.row.issuance
        guard issuance.state == .issued else { throw Refused(.notFound) }
        let words = visit.query(FormFields.listSearch), replaced = ID<Delivery>(visit.query("thay"))
        let today = visit.now.officeDate
        let html = try await visit.office.read { tables in
            let lines =
                words.allSatisfy(\.isWhitespace)
                ? []
                : try tables.catalogueLists.page(
                    CatalogueQuestion(words, toSendOn: today), limit: shown + 1)
            let instead = try replaced.flatMap {
                try tables.deliveryLists.find($0, of: issuance.agency)
            }.flatMap { MoreRecipientsPage.Instead($0, of: issuance.id) }
            var shownEntries = entries ?? Entries()
            if entries == nil, let instead { shownEntries.set(FormFields.reason, [instead.words]) }
            return MoreRecipientsPage(
                frame: try visit.frame(tables),
                number: IssuedNumber(
                    year: issuance.year, register: view.row.register, number: issuance.number),
                printed: issuance.numberAndNotation, abstract: view.row.abstract, words: words,
                found: lines.prefix(shown).filter { $0.agency.id != issuance.agency }.map {
                    CatalogueRow($0, on: today)
                },
                hasMore: lines.count > shown,
                known: Set(try tables.deliveries.all(of: issuance.id).map(\.recipient)), instead: instead,
                entries: shownEntries, refusals: refusals, seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }
}

extension MoreRecipientsPage.Instead {
    /// Nil where that recipient has not refused this document.
    fileprivate init?(_ row: BoardRow, of issuance: ID<Issuance>) {
        guard row.delivery.issuance == issuance, row.delivery.status == .refused else { return nil }
        self.init(delivery: row.delivery.id, name: row.recipientName, reason: row.delivery.note)
    }
}
