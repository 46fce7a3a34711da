// Work for machines: a row a job, taken under a lease. A worker that dies lets its lease run out, and the job
// is taken again; whatever a job records may therefore be recorded twice without harm.
import Domain
import DualSQL
import Foundation

package enum JobKind: String, Sendable, CaseIterable, SQLConvertible {
    case convertVersion, convertFile
}

package struct Job: Sendable {
    package let id: ID<Job>
    package let kind: JobKind
    package let subject: UUID
    package let agency: ID<Agency>
    /// How often it was taken, this time included.
    package let attempts: Int
}

package struct JobTable {
    let connection: Connection

    /// One job for one subject; asking again puts it back at the start.
    package func enqueue(_ kind: JobKind, subject: UUID, agency: ID<Agency>, at now: Instant) throws {
        try connection.execute(
            """
            INSERT INTO job (id, kind, subject, agency_id, available_at)
            VALUES (\(UUIDv7.make(at: now)), \(kind), \(subject), \(agency), \(now))
            ON CONFLICT (kind, subject) DO UPDATE SET available_at = excluded.available_at, leased_until = NULL,
                attempts = 0, error = ''
            """)
    }

    /// A look before the write, so that an idle worker never holds the write lock.
    package func isAnyReady(at now: Instant) throws -> Bool {
        try connection.first("SELECT 1 FROM job" + Self.ready(now) + " LIMIT 1") != nil
    }

    /// The oldest job that is ready, leased until the moment. Two workers never take the same one.
    package func take(at now: Instant, leasedUntil: Instant) throws -> Job? {
        let locking: SQL = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        return try connection.first(
            """
            UPDATE job SET leased_until = \(leasedUntil), attempts = attempts + 1
            WHERE id = (SELECT id FROM job\(sql: Self.ready(now)) ORDER BY available_at, id LIMIT 1\(sql: locking))
            RETURNING id, kind, subject, agency_id, attempts
            """
        ) { row in
            Job(
                id: try row[0], kind: try row[1], subject: try row[2], agency: try row[3],
                attempts: try row[4])
        }
    }

    /// Gives it back, to be taken again from the moment on; `error` is for the administrator.
    package func putBack(_ id: ID<Job>, until: Instant, error: String) throws {
        try connection.execute(
            """
            UPDATE job SET leased_until = NULL, available_at = \(until), error = \(error) WHERE id = \(id)
            """)
    }

    package func remove(_ id: ID<Job>) throws {
        try connection.execute("DELETE FROM job WHERE id = \(id)")
    }

    package func remove(_ kind: JobKind, subject: UUID) throws {
        try connection.execute("DELETE FROM job WHERE kind = \(kind) AND subject = \(subject)")
    }

    private static func ready(_ now: Instant) -> SQL {
        " WHERE available_at <= \(now) AND (leased_until IS NULL OR leased_until < \(now))"
    }
}

extension Tables {
    package var jobs: JobTable { JobTable(connection: connection) }
}
