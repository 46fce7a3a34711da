import DualSQL
import Testing

/// The tables' history: every step once, in order, and never a different one under the same number.
struct MigratorTests {
    static let first = Migration(
        number: 1, name: "letters",
        sql: """
            CREATE TABLE letter (
                id {id} NOT NULL PRIMARY KEY,
                number {int} NOT NULL,
                title {text} NOT NULL DEFAULT '{}',
                scan {bytes},
                at {instant} NOT NULL,
                is_urgent {flag} NOT NULL DEFAULT 0 CHECK (is_urgent IN (0, 1)),
                CONSTRAINT letter_number UNIQUE (number)
            ) {strict};
            CREATE INDEX letter_at ON letter (at);
            --sqlite: CREATE VIRTUAL TABLE letter_words USING fts5(words);
            --sqlite: CREATE TRIGGER letter_kept BEFORE DELETE ON letter BEGIN
            --sqlite:     SELECT RAISE(ABORT, 'letters are kept');
            --sqlite: END;
            --postgres: CREATE FUNCTION letter_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            --postgres:     RAISE EXCEPTION 'letters are kept';
            --postgres: END $$;
            --postgres: CREATE TRIGGER letter_kept BEFORE DELETE ON letter
            --postgres:     FOR EACH ROW EXECUTE FUNCTION letter_kept();
            """)
    static let second = Migration(number: 2, name: "notes", sql: "CREATE TABLE note (text {text}) {strict}")
    static let third = Migration(
        number: 3, name: "broken", sql: "CREATE TABLE half (a {int}); CREATE NONSENSE;")

    @Test(arguments: Backend.available)
    func `steps are taken once and in order`(_ backend: Backend) async throws {
        try await backend.withDatabase { (database) async throws in
            #expect(try Migrator([Self.first]).migrate(database) == ["letters"])
            #expect(try Migrator([Self.first]).migrate(database) == [])
            #expect(try Migrator([Self.second, Self.first]).pending(database) == ["notes"])
            #expect(try Migrator([Self.second, Self.first]).migrate(database) == ["notes"])
        }
    }

    @Test(arguments: Backend.available)
    func `triggers written for each database do their work`(_ backend: Backend) async throws {
        try await backend.withDatabase { (database) async throws in
            try Migrator([Self.first]).migrate(database)
            try await database.write { connection in
                let id = "01930f6e-5b6a-7c3e-8f00-0123456789ab"
                try connection.execute("INSERT INTO letter (id, number, at) VALUES (\(id), 1, 0)")
                let title = try connection.first("SELECT title FROM letter") { try $0[0] as String }
                #expect(title == "{}")
            }
            let error = await #expect(throws: SQLError.self) {
                try await database.write { try $0.execute("DELETE FROM letter") }
            }
            #expect(error?.message == "letters are kept")
        }
    }

    @Test(arguments: Backend.available)
    func `an edited, unknown or late step is refused`(_ backend: Backend) async throws {
        try await backend.withDatabase { (database) async throws in
            try Migrator([Self.first, Self.second]).migrate(database)
            let edited = Migration(
                number: 2, name: "notes", sql: "CREATE TABLE note (text {text}, more {text})")
            #expect(throws: MigrationError.changed(number: 2, name: "notes")) {
                try Migrator([Self.first, edited]).migrate(database)
            }
            #expect(throws: MigrationError.unknown(number: 2, name: "notes")) {
                try Migrator([Self.first]).migrate(database)
            }
            let late = Migration(number: 0, name: "late", sql: "CREATE TABLE late (a {int})")
            #expect(throws: MigrationError.outOfOrder(number: 0, name: "late")) {
                try Migrator([late, Self.first, Self.second]).migrate(database)
            }
            #expect(throws: MigrationError.outOfOrder(number: 1, name: "letters")) {
                try Migrator([Self.first, Self.first]).migrate(database)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a step that fails leaves nothing, and the steps before it stay`(_ backend: Backend) async throws {
        try await backend.withDatabase { (database) async throws in
            #expect(throws: SQLError.self) { try Migrator([Self.second, Self.third]).migrate(database) }
            #expect(try Migrator([Self.second]).pending(database) == [])
            #expect(try !Schema.dump(database).contains("half"))
        }
    }

    @Test(arguments: Backend.available)
    func `two programs started at once do not take a step twice`(_ backend: Backend) async throws {
        try await backend.withAddress { address in
            let programs = try (0..<4).map { _ in try Database.open(address, readers: 1) }
            defer { programs.forEach { $0.close() } }
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for program in programs {
                    group.addTask { try Migrator([Self.first, Self.second]).migrate(program) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.sorted() == ["letters", "notes"])
        }
    }

    @Test(arguments: Backend.available)
    func `the dump names everything and is the same for the same tables`(_ backend: Backend) async throws {
        let dumps = try await (0..<2).asyncMap { _ in
            try await backend.withDatabase { (database) async throws in
                try Migrator([Self.first, Self.second]).migrate(database)
                return try Schema.dump(database)
            }
        }
        #expect(dumps[0] == dumps[1])
        for part in [
            "table letter", "  id ", "letter_number", "index letter_at", "trigger letter_kept", "table note",
        ] {
            #expect(dumps[0].contains(part), "\(part) in\n\(dumps[0])")
        }
        #expect(!dumps[0].contains("letter_words_data"))
    }

    @Test func `words in braces become types and other braces stay`() {
        let text = "a {id}, b '{}', c {unknown}, d {flag}\n  --sqlite: e\n  --postgres: f\n-- {g"
        #expect(
            Dialect.sqlite.expanding(text)
                == "a TEXT, b '{}', c {unknown}, d INTEGER\n  e\n  --postgres: f\n-- {g")
        #expect(
            Dialect.postgres.expanding(text)
                == "a UUID, b '{}', c {unknown}, d SMALLINT\n  --sqlite: e\n  f\n-- {g")
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
