// Dự thảo: writes and single reads of the slip itself. Versions, files and the way have tables of their own;
// lists are in DraftLists.
import Domain
import DualSQL

package struct DraftTable {
    let connection: Connection

    /// The next DT- code of the agency; the counter stays locked until commit.
    package func takeCode(in agency: ID<Agency>) throws -> Int {
        let code: Int? = try connection.first(
            """
            INSERT INTO draft_counter (agency_id, last_code) VALUES (\(agency), 1)
            ON CONFLICT (agency_id) DO UPDATE SET last_code = draft_counter.last_code + 1
            RETURNING last_code
            """
        ) { try $0[0] }
        guard let code else { throw UnreadableColumn(expected: "draft code", found: .null) }
        return code
    }

    package func insert(
        _ draft: Draft, note: String, searchText: String, answers: [ID<Arrival>], at now: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO draft (id, agency_id, code, drafter_id, type_slug, abstract, urgency, notation, note, due_at,
                state, current_version, search_text, created_at)
            VALUES (\(draft.id), \(draft.agency), \(draft.code), \(draft.drafter), \(draft.typeSlug),
                \(draft.abstract), \(draft.urgency), \(draft.notation), \(note), \(draft.dueAt), \(draft.state),
                \(draft.currentVersion), \(searchText), \(now))
            """)
        for arrival in answers {
            try connection.execute(
                "INSERT INTO draft_answer (draft_id, arrival_id) VALUES (\(draft.id), \(arrival))")
        }
    }

    package func find(_ id: ID<Draft>) throws -> Draft? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func find(_ agency: ID<Agency>, code: Int) throws -> Draft? {
        try connection.first(Self.columns + " WHERE agency_id = \(agency) AND code = \(code)", Self.read)
    }

    /// The row, locked until commit.
    package func lock(_ agency: ID<Agency>, code: Int) throws -> Draft? {
        try connection.first(
            Self.columns + " WHERE agency_id = \(agency) AND code = \(code)" + connection.forUpdate, Self.read
        )
    }

    package func lock(_ id: ID<Draft>) throws -> Draft? {
        try connection.first(Self.columns + " WHERE id = \(id)" + connection.forUpdate, Self.read)
    }

    package func note(of id: ID<Draft>) throws -> String {
        try connection.first("SELECT note FROM draft WHERE id = \(id)") { try $0[0] } ?? ""
    }

    /// Metadata; the caller counts the change with `touch`.
    package func update(
        _ id: ID<Draft>, facts: DraftParticulars, dueAt: Instant?, searchText: String
    ) throws {
        try connection.execute(
            """
            UPDATE draft SET type_slug = \(facts.type), abstract = \(facts.abstract), urgency = \(facts.urgency),
                notation = \(facts.notation), note = \(facts.note), due_at = \(dueAt), search_text = \(searchText)
            WHERE id = \(id)
            """)
    }

    package func setState(_ state: DraftState, of id: ID<Draft>) throws {
        try connection.execute("UPDATE draft SET state = \(state) WHERE id = \(id)")
    }

    package func setCurrentVersion(_ ordinal: Int, of id: ID<Draft>) throws {
        try connection.execute("UPDATE draft SET current_version = \(ordinal) WHERE id = \(id)")
    }

    /// Counts a change, so that older forms are stale.
    package func touch(_ id: ID<Draft>) throws {
        try connection.execute("UPDATE draft SET version = version + 1 WHERE id = \(id)")
    }

    /// The prepare revision stands only for the version that awaits signature (decision 5).
    package func dropPrepared(of id: ID<Draft>) throws {
        try connection.execute("DELETE FROM prepared_file WHERE draft_id = \(id)")
    }

    /// The arrivals it answers.
    package func answers(of id: ID<Draft>) throws -> [ID<Arrival>] {
        try connection.rows("SELECT arrival_id FROM draft_answer WHERE draft_id = \(id) ORDER BY arrival_id")
        {
            try $0[0]
        }
    }

    package func readers(of id: ID<Draft>) throws -> DraftReaders {
        let handlers: [ID<Position>] = try connection.rows(
            """
            SELECT position_id FROM routing_step WHERE draft_id = \(id) AND state <> 'waiting'
            UNION SELECT position_id FROM routing_decision WHERE draft_id = \(id)
            """
        ) { try $0[0] }
        let answered: [ID<Position>] = try connection.rows(
            """
            SELECT a.director_id FROM draft_answer w JOIN arrival a ON a.id = w.arrival_id WHERE w.draft_id = \(id)
            UNION SELECT s.position_id FROM draft_answer w JOIN assignment s ON s.arrival_id = w.arrival_id
            WHERE w.draft_id = \(id)
            """
        ) { try $0[0] }
        return DraftReaders(handlers: Set(handlers), answered: Set(answered))
    }

    /// Everything a decision about it looks at.
    package func bundle(of draft: Draft) throws -> DraftBundle {
        let tables = Tables(connection)
        guard
            let drafter = try tables.positions.find(draft.drafter)
                ?? tables.routing.formerHolder(draft.drafter)
        else { throw UnreadableColumn(expected: "drafter", found: draft.drafter.sqlValue) }
        return DraftBundle(
            draft: draft, drafter: drafter,
            newest: try tables.draftVersions.find(draft.id, ordinal: draft.currentVersion),
            files: try tables.draftFiles.all(of: draft.id), steps: try tables.routing.steps(of: draft.id),
            decisions: try tables.routing.decisions(of: draft.id),
            names: try tables.routing.names(of: draft.id))
    }

    private static let columns: SQL = """
        SELECT id, agency_id, code, drafter_id, type_slug, abstract, urgency, notation, due_at, state, current_version,
            version FROM draft
        """

    private static func read(_ row: Row) throws -> Draft {
        Draft(
            id: try row[0], agency: try row[1], code: try row[2], drafter: try row[3], typeSlug: try row[4],
            abstract: try row[5], urgency: try row[6], notation: try row[7], dueAt: try row.optional(8),
            state: try row[9], currentVersion: try row[10], version: try row[11])
    }
}

extension Tables {
    package var drafts: DraftTable { DraftTable(connection: connection) }
}
