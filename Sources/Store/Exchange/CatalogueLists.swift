// Tìm trong danh bạ cơ quan (A9): by name with or without diacritics, by either form of a code, by the superior; an exact
// code comes first, agencies that have ended come last. Pages go on from a place, never by counting.
import Domain
import DualSQL
import Foundation

/// What is looked for.
package struct CatalogueQuestion: Sendable, Equatable {
    /// As typed; empty means everything.
    package let text: String
    package let kind: CorrespondentKind?
    /// Only agencies letters may be sent to on this day, by codes people know: on the axis, those with W00 are wires
    /// between systems and not offices. An agency asked for by its exact code is shown even when it has ended.
    package let toSendOn: OfficeDate?

    package init(_ text: String = "", kind: CorrespondentKind? = nil, toSendOn: OfficeDate? = nil) {
        self.text = text
        self.kind = kind
        self.toSendOn = toSendOn
    }

    package static let longest = 200

    var words: [String] { Folding.words(String(text.prefix(Self.longest))) }

    /// The text, where it may be a code: one word with a digit in it.
    var code: String? {
        let trimmed = text.prefix(Self.longest).trimmingCharacters(in: .whitespacesAndNewlines)
        let isCode =
            trimmed.contains { $0.isASCII && $0.isNumber } && !trimmed.contains(where: \.isWhitespace)
        return isCode ? trimmed : nil
    }

    func takes(_ agency: Correspondent) -> Bool {
        guard let day = toSendOn else { return true }
        return agency.isValid(on: day) && !agency.isWire && !agency.isSelfDeclared
    }
}

/// One line of the catalogue.
package struct CatalogueLine: Sendable, Equatable {
    package let agency: Correspondent
    /// After which the next page begins; 0 where an exact code put it first.
    package let place: Int
    /// Who does its work now.
    package let successorName: String?

    package init(agency: Correspondent, place: Int, successorName: String?) {
        (self.agency, self.place, self.successorName) = (agency, place, successorName)
    }
}

package struct CatalogueLists {
    let connection: Connection
    package static let pageLength = 50

    /// Those after a place, in the order of names; without one, an exact code stands first.
    package func page(
        _ question: CatalogueQuestion, after: Int? = nil, limit: Int = pageLength
    ) throws -> [CatalogueLine] {
        let exact = try exactly(question)
        let words = question.words
        // A question of signs only is about nothing.
        if words.isEmpty, question.text.contains(where: { !$0.isWhitespace }) { return [] }
        var found = after == nil ? exact : []
        var last = after ?? 0
        while found.count < limit {
            let stretch = try stretch(question, words, after: last, limit: limit)
            for line in stretch where question.takes(line.agency) {
                if !exact.contains(where: { $0.agency.id == line.agency.id }) { found.append(line) }
            }
            guard stretch.count == limit, let end = stretch.last else { break }
            last = end.place
        }
        return Array(found.prefix(limit))
    }

    /// One agency with the name of its successor.
    package func line(_ id: ID<Agency>) throws -> CatalogueLine? {
        try connection.first(Self.lines + " WHERE c.id = \(id)", Self.read)
    }

    package func lines(_ ids: [ID<Agency>]) throws -> [CatalogueLine] {
        var found: [CatalogueLine] = []
        var rest = ids[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(DeliveryTable.rowsAtOnce))
            found += try connection.rows(Self.lines + " WHERE c.id IN (\(list: part))", Self.read)
            rest = rest.dropFirst(DeliveryTable.rowsAtOnce)
        }
        return found.sorted { $0.place < $1.place }
    }

    /// One in use with exactly this name and superior.
    package func named(_ name: String, under superior: String, on day: OfficeDate) throws -> Correspondent? {
        try connection.rows(
            CorrespondentTable.columns + " WHERE sort_key = \(Folding.sortKey(name))", CorrespondentTable.read
        ).first { $0.isValid(on: day) && Folding.fold($0.superiorName) == Folding.fold(superior) }
    }

    /// To whom outside this installation the agency's last documents went, the latest first.
    package func recentlySentTo(from agency: ID<Agency>, limit: Int) throws -> [CatalogueLine] {
        let issued: [ID<Issuance>] = try connection.rows(
            """
            SELECT id FROM issuance WHERE agency_id = \(agency) ORDER BY numbered_at DESC, id DESC LIMIT 20
            """
        ) { try $0[0] }
        if issued.isEmpty { return [] }
        let rows = try connection.rows(
            """
            SELECT issuance_id, recipient_id FROM delivery
            WHERE issuance_id IN (\(list: issued)) AND channel <> 'loopback' LIMIT 1000
            """
        ) { (issuance: try $0[0] as ID<Issuance>, recipient: try $0[1] as ID<Agency>) }
        var seen: Set<ID<Agency>> = []
        let recipients = issued.flatMap { one in rows.filter { $0.issuance == one }.map(\.recipient) }
            .filter { seen.insert($0).inserted }
        return try lines(Array(recipients.prefix(limit)))
    }

    private func stretch(
        _ question: CatalogueQuestion, _ words: [String], after: Int, limit: Int
    ) throws -> [CatalogueLine] {
        if words.isEmpty {
            var filter: SQL = " WHERE c.place > \(after)"
            if let kind = question.kind { filter += " AND c.kind = \(kind)" }
            return try connection.rows(
                Self.lines + filter + " ORDER BY c.place LIMIT \(limit)", Self.read)
        }
        let places = try CatalogueIndex(connection: connection).places(
            words, kind: question.kind, after: after, limit: limit)
        if places.isEmpty { return [] }
        return try connection.rows(
            Self.lines + " WHERE c.place IN (\(list: places)) ORDER BY c.place", Self.read)
    }

    private func exactly(_ question: CatalogueQuestion) throws -> [CatalogueLine] {
        guard let code = question.code else { return [] }
        let forms = Array(Set([code, code.uppercased()])).sorted()
        return try connection.rows(
            Self.lines + """
                 WHERE c.id IN (
                    SELECT id FROM correspondent WHERE code IN (\(list: forms)) AND code <> ''
                    UNION SELECT id FROM correspondent WHERE code_qcvn102 IN (\(list: forms)) AND code_qcvn102 <> ''
                    UNION SELECT correspondent_id FROM correspondent_former_code WHERE code IN (\(list: forms)))
                ORDER BY c.place LIMIT 10
                """, Self.read
        ).filter { line in
            (question.kind == nil || line.agency.kind == question.kind)
                && (question.toSendOn == nil || !line.agency.isWire && !line.agency.isSelfDeclared)
        }.map { CatalogueLine(agency: $0.agency, place: 0, successorName: $0.successorName) }
    }

    private static let lines: SQL = """
        SELECT c.id, c.name, c.code, c.code_qcvn102, c.superior_name, c.kind, c.channel, c.partner, c.mail,
            c.address, c.valid_from, c.valid_to, c.successor_id, c.self_declared, c.place, s.name
        FROM correspondent c LEFT JOIN correspondent s ON s.id = c.successor_id
        """

    private static func read(_ row: Row) throws -> CatalogueLine {
        CatalogueLine(
            agency: try CorrespondentTable.read(row), place: try row[14], successorName: try row.optional(15))
    }
}

extension Tables {
    package var catalogueLists: CatalogueLists { CatalogueLists(connection: connection) }
}
