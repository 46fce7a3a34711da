// A register with as many documents as wanted, ten years of them, written by a few large statements: each document with
// its file, its words for search, a directive, an assignment and two journal entries, as years of work would have left
// them. Only the hashes of the journal are random, so `vanthu verify` would not pass here.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit

struct FilledRegister {
    let ground: BenchOffice
    let documents: Int

    private static let years = 10
    private static let atOnce = 50_000
    /// Not yet directed: these wait for the head.
    static let waiting = 300

    func fill() async throws {
        let agency = try await ground.world.agency("phong-tu-phap")
        let (clerk, head) = (
            try await ground.world.position("vt.tuphap"), try await ground.world.position("tp.tuphap")
        )
        let officer = try await ground.world.position("cv1.tuphap")
        guard
            let register = try await ground.office.read({
                try $0.registers.ofAgency(agency.id, .incoming).first
            })
        else { throw Unmeasurable("the agency has no register") }
        let blob = try ground.office.blobs.put(
            try WorldFiles.bytes("letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf"))
        let thisYear = Instant(Date()).officeDate.year
        try await ground.office.database.write { connection in
            try prepare(connection, firstYear: thisYear - Self.years + 1)
        }
        for start in stride(from: 1, through: documents, by: Self.atOnce) {
            let numbers = start...min(start + Self.atOnce - 1, documents)
            try await ground.office.database.write { connection in
                try writeDocuments(connection, numbers, hash: blob.hash.hex, size: blob.size)
                try writeArrivals(connection, numbers, agency.id, register.id, clerk.id, head.id)
                try writeWork(connection, numbers, agency.id, head.id, officer.id)
                try writeJournal(connection, numbers, agency.id, clerk.id)
            }
        }
    }

    private func prepare(_ connection: Connection, firstYear: Int) throws {
        try connection.script(
            """
            CREATE TABLE bench_phrase (number INTEGER PRIMARY KEY, abstract TEXT, agency TEXT, folded TEXT);
            CREATE TABLE bench_entry (i INTEGER PRIMARY KEY, year INTEGER, number INTEGER, at INTEGER, key TEXT);
            """)
        for (index, phrase) in Self.phrases.enumerated() {
            try connection.execute(
                """
                INSERT INTO bench_phrase VALUES (\(index), \(phrase.abstract), \(phrase.agency),
                    \(Folding.fold(phrase.abstract + " " + phrase.agency)))
                """)
        }
        let aYear = max(1, (documents + Self.years - 1) / Self.years)
        // The key is the tail of every identifier of one document: identifiers rise with time, as UUIDv7 does.
        try connection.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(documents))
            INSERT INTO bench_entry SELECT i, \(firstYear) + (i - 1) / \(aYear), 1 + (i - 1) % \(aYear),
                CAST(strftime('%s', printf('%d-01-02', \(firstYear) + (i - 1) / \(aYear))) AS INTEGER) * 1000000
                    + ((i - 1) % \(aYear)) * (27648000000000 / \(aYear)), '' FROM n
            """)
        try connection.execute(
            """
            UPDATE bench_entry SET key = printf('%08x-%04x-7', (at / 1000) >> 16, (at / 1000) & 65535) || '%s'
                || printf('-8%03x-%012x', i % 4096, i)
            """)
    }

    private func writeDocuments(
        _ connection: Connection, _ numbers: ClosedRange<Int>, hash: String, size: Int
    ) throws {
        try connection.execute(
            """
            INSERT INTO document (id, issuing_agency, number, notation, date, type_slug, abstract, urgency, pages,
                signer, created_at)
            SELECT printf(e.key, '001'), p.agency, e.i, 'STP-HCTP', date(e.at / 1000000, 'unixepoch'), 'cong-van',
                p.abstract || ' (' || e.i || ')', (e.i % 50 = 0), 1, 'Trịnh Công Luận', e.at
            FROM bench_entry e JOIN bench_phrase p ON p.number = e.i % \(Self.phrases.count)
            WHERE e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
            """)
        try connection.execute(
            """
            INSERT INTO document_file (document_id, ordinal, kind, hash, size, name, media_type, pages)
            SELECT printf(e.key, '001'), 1, 'main', \(hash), \(size), 'cong-van.pdf', 'application/pdf', 1
            FROM bench_entry e WHERE e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
            """)
    }

    private func writeArrivals(
        _ connection: Connection, _ numbers: ClosedRange<Int>, _ agency: ID<Agency>, _ register: ID<Register>,
        _ clerk: ID<Position>, _ head: ID<Position>
    ) throws {
        let scope = "xarrivalx" + agency.description.replacing("-", with: "")
        try connection.execute(
            """
            INSERT INTO arrival (id, agency_id, document_id, register_id, year, number, arrived_at, registered_by,
                director_id, due_at, state, closed_at, twin_key, search_text)
            SELECT printf(e.key, '002'), \(agency), printf(e.key, '001'), \(register), e.year, e.number, e.at, \(clerk),
                \(head), e.at + 864000000000, \(sql: state), \(sql: closedAt), e.i || '|stp-hctp|' || p.agency, p.folded
            FROM bench_entry e JOIN bench_phrase p ON p.number = e.i % \(Self.phrases.count)
            WHERE e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
            """)
        try connection.execute(
            """
            INSERT INTO entry_key (number, entry_id) SELECT e.i, printf(e.key, '002') FROM bench_entry e
            WHERE e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
            """)
        try connection.execute(
            """
            INSERT INTO entry_text (rowid, scope, folded) SELECT e.i, \(scope), e.i || ' stp-hctp ' || p.folded
            FROM bench_entry e JOIN bench_phrase p ON p.number = e.i % \(Self.phrases.count)
            WHERE e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
            """)
        try connection.execute(
            """
            INSERT INTO register_year (register_id, year, first_number, last_number, last_date)
            SELECT \(register), year, 1, max(number), date(max(at) / 1000000, 'unixepoch') FROM bench_entry
            WHERE i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound) GROUP BY year
            ON CONFLICT (register_id, year) DO UPDATE SET last_number = excluded.last_number
            """)
    }

    /// A directive and an assignment for everything but the newest letters; open work lies on desks.
    private func writeWork(
        _ connection: Connection, _ numbers: ClosedRange<Int>, _ agency: ID<Agency>, _ head: ID<Position>,
        _ officer: ID<Position>
    ) throws {
        let range: SQL = "e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)"
        try connection.execute(
            """
            INSERT INTO directive (id, agency_id, arrival_id, position_id, text, at)
            SELECT printf(e.key, '003'), \(agency), printf(e.key, '002'), \(head),
                'Chủ trì tham mưu văn bản trả lời đúng hạn.', e.at
            FROM bench_entry e WHERE \(sql: range) AND e.i <= \(documents - Self.waiting)
            """)
        try connection.execute(
            """
            INSERT INTO assignment (id, agency_id, arrival_id, directive_id, position_id, kind, due_at, state, state_at)
            SELECT printf(e.key, '004'), \(agency), printf(e.key, '002'), printf(e.key, '003'), \(officer), 'lead',
                e.at + 864000000000, 'done', e.at
            FROM bench_entry e WHERE \(sql: range) AND e.i <= \(documents - Self.waiting)
            """)
        try connection.execute(
            """
            INSERT INTO desk_item (position_id, agency_id, kind, urgency, due_at, subject, title, detail, path, created_at)
            SELECT CASE WHEN e.i > \(documents - Self.waiting) THEN \(head) ELSE \(officer) END, \(agency),
                CASE WHEN e.i > \(documents - Self.waiting) THEN 'direct' ELSE 'handle' END, (e.i % 50 = 0),
                e.at + 864000000000, printf(e.key, '002'), p.abstract, e.i || '/STP-HCTP · ' || p.agency,
                'van-ban-den/' || e.year || '/' || e.number, e.at
            FROM bench_entry e JOIN bench_phrase p ON p.number = e.i % \(Self.phrases.count)
            WHERE \(sql: range) AND e.i > \(documents - open)
            """)
    }

    private func writeJournal(
        _ connection: Connection, _ numbers: ClosedRange<Int>, _ agency: ID<Agency>, _ clerk: ID<Position>
    ) throws {
        for (turn, verb) in [Verb.incomingRegistered, .incomingDirected].enumerated() {
            try connection.execute(
                """
                INSERT INTO journal (chain, sequence, agency_id, at, actor, position_id, verb, subject, particulars,
                    previous_hash, hash)
                SELECT \(agency.description), 1000 + e.i * 2 + \(turn), \(agency), e.at, 'Nguyễn Thị Văn Thư', \(clerk),
                    \(verb), printf(e.key, '002'),
                    '{"document":"' || e.i || '/STP-HCTP","number":"' || e.number || '","year":"' || e.year || '"}',
                    randomblob(32), randomblob(32)
                FROM bench_entry e WHERE e.i BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
                """)
        }
    }

    /// Everything that is not closed: the newest fiftieth.
    private var open: Int { max(Self.waiting, documents / 50) }

    private var state: SQL {
        """
        CASE WHEN e.i > \(documents - Self.waiting) THEN 'registered' WHEN e.i <= \(documents - open) THEN 'closed'
            WHEN e.i % 2 = 0 THEN 'assigned' ELSE 'working' END
        """
    }

    private var closedAt: SQL { "CASE WHEN e.i <= \(documents - open) THEN e.at + 432000000000 END" }

    private static let phrases: [(abstract: String, agency: String)] = [
        ("cung cấp số liệu đăng ký hộ tịch, chứng thực quý I", "Sở Tư pháp tỉnh Kiên Giang"),
        ("triển khai thực hiện Nghị định về công tác văn thư", "Sở Nội vụ tỉnh Kiên Giang"),
        ("rà soát, hệ thống hóa văn bản quy phạm pháp luật", "Ủy ban nhân dân tỉnh Kiên Giang"),
        ("báo cáo kết quả giải quyết thủ tục hành chính tháng trước", "Văn phòng Ủy ban nhân dân tỉnh"),
        (
            "mời dự hội nghị tổng kết công tác phổ biến, giáo dục pháp luật",
            "Ủy ban nhân dân thành phố Rạch Giá"
        ),
        ("tăng cường công tác phòng cháy, chữa cháy trong mùa khô", "Công an thành phố Rạch Giá"),
        ("đề nghị phối hợp xác minh nguồn gốc sử dụng đất", "Phòng Tài nguyên và Môi trường"),
        ("hướng dẫn công tác thi đua, khen thưởng cuối năm", "Ban Thi đua – Khen thưởng tỉnh"),
    ]
}
