import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// The schema as the databases have it: written down in docs/schema, and every row with an owner.
struct SchemaTests {
    @Test(
        "the dump in docs/schema is what the migrations make; VANTHU_WRITE_SCHEMA=1 writes it anew",
        arguments: DatabaseKind.available)
    func drift(_ kind: DatabaseKind) async throws {
        let dump = try await TemporaryOffice.place(kind) { _, address in
            let database = try Database.open(address, readers: 1)
            defer { database.close() }
            try OfficeSchema.migrate(database)
            return try await database.read { try SchemaDump.text(of: $0) }
        }
        let file = Repository.root.appending(path: "docs/schema/\(kind.rawValue).sql")
        if ProcessInfo.processInfo.environment["VANTHU_WRITE_SCHEMA"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(dump.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(dump == written, "docs/schema/\(kind.rawValue).sql is not what the migrations make")
    }

    /// Tables without an agency of their own, and why that is right.
    private static let withoutAgency: [String: String] = [
        "account": "a person may hold posts in several agencies", "act": "of an account",
        "session": "of an account",
        "access_log": "before there is a position", "held_form": "of an account", "agency": "is one",
        "api_token": "of a position", "calendar_day": "of the installation",
        "document_type": "of the installation",
        "document": "read through one's own entry only (decision 2)", "document_file": "of a document",
        "register_year": "of a register", "journal_head": "of a chain", "outbox": "between two agencies",
        "entry_key": "of an entry", "entry_text": "of an entry", "draft_version": "of a draft",
        "draft_file": "of a draft",
        "draft_answer": "of a draft", "routing_step": "of a draft", "routing_decision": "of a draft",
        "prepared_file": "of a draft", "signed_file": "of a draft",
        "signing_batch_item": "of a batch", "delivery_event": "of a delivery",
        "issuance_medium": "of an issuance", "issuance_recipient_change": "of an issuance",
        "draft_sending": "of a draft", "draft_recipient": "of a draft",
        "draft_sending_change": "of a draft", "delivery_answer": "of a delivery",
        "delivery_sending": "of a delivery",
        "correspondent_duty": "of an agency of the catalogue",
        "signature_verdict": "of a file", "verdict_wish": "of a file", "kept_evidence": "of a file",
        "schema_migration": "of the schema", "correspondent": "an agency itself",
        "delivery_request": "of a delivery", "receipt_request": "of a receipt",
        "issuance_replacement": "of an issuance", "inbound_message": "of a channel",
        "exchange_hold": "of a channel", "exchange_health": "of a channel",
        "correspondent_former_code": "of an agency of the catalogue",
        "correspondent_text": "of the catalogue", "recipient_group_member": "of a group",
    ]

    @Test(
        "A1, A2: every table whose rows belong to an agency says to which", arguments: DatabaseKind.available)
    func owners(_ kind: DatabaseKind) async throws {
        let tables = try await TemporaryOffice.with(kind, agencies: []) { world in
            try await world.office.database.read { try SchemaDump.columns(of: $0) }
        }
        #expect(tables.count > 25)
        for (table, columns) in tables where !table.contains("_text_") {
            let hasAgency = columns.contains("agency_id")
            #expect(hasAgency || Self.withoutAgency[table] != nil, "\(table): \(columns)")
        }
    }
}

/// What a database says of its own tables, always in the same order.
enum SchemaDump {
    static func text(of connection: Connection) throws -> String {
        switch connection.dialect {
        case .sqlite: try sqlite(connection)
        case .postgres: try postgres(connection)
        }
    }

    private static func sqlite(_ connection: Connection) throws -> String {
        try connection.rows(
            """
            SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
                AND name NOT LIKE 'entry_text_%' AND name NOT LIKE 'correspondent_text_%'
            ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name
            """
        ) { (try $0[0] as String) + ";\n" }.joined(separator: "\n")
    }

    private static func postgres(_ connection: Connection) throws -> String {
        let schema: String = try connection.first("SELECT current_schema()::text") { try $0[0] } ?? ""
        var text = ""
        for table in try columns(of: connection).keys.sorted() {
            text += "TABLE \(table)\n"
            let lines: [String] = try connection.rows(
                """
                SELECT * FROM (
                    SELECT '    ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS line, 0 AS part,
                        lpad(a.attnum::text, 4, '0') AS place
                    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                    WHERE a.attrelid = (\(schema) || '.' || \(table))::regclass AND a.attnum > 0 AND NOT a.attisdropped
                    UNION ALL
                    SELECT '    ' || pg_get_constraintdef(oid), 1, conname::text FROM pg_constraint
                    WHERE conrelid = (\(schema) || '.' || \(table))::regclass
                    UNION ALL
                    SELECT '    ' || indexdef, 2, indexname::text FROM pg_indexes
                    WHERE schemaname = \(schema) AND tablename = \(table)
                    UNION ALL
                    SELECT '    ' || pg_get_triggerdef(oid), 3, tgname::text FROM pg_trigger
                    WHERE tgrelid = (\(schema) || '.' || \(table))::regclass AND NOT tgisinternal
                ) AS lines ORDER BY part, place
                """
            ) { try $0[0] }
            text += lines.map { $0.replacing("\(schema).", with: "") + "\n" }.joined() + "\n"
        }
        return text
    }

    static func columns(of connection: Connection) throws -> [String: [String]] {
        let rows: [(String, String)] =
            switch connection.dialect {
            case .sqlite:
                try connection.rows(
                    """
                    SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
                    """
                ) { (try $0[0], try $0[1]) }
            case .postgres:
                try connection.rows(
                    """
                    SELECT table_name::text, column_name::text FROM information_schema.columns
                    WHERE table_schema = current_schema()
                    """
                ) { (try $0[0], try $0[1]) }
            }
        return Dictionary(grouping: rows) { $0.0 }.mapValues { $0.map(\.1) }
    }
}
