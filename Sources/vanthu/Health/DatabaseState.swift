// The database of an installation as it is found: which kind, whether it answers, whether its schema is this version's, and
// whether the machine's clock stands behind what was written last.
import Domain
import DualSQL
import Foundation
import Store

struct DatabaseState {
    let installation: InstallationOptions

    func examine(_ examination: inout Examination) {
        guard let address = try? installation.databaseAddress() else {
            examination.add(.broken, "Cơ sở dữ liệu", "không hiểu địa chỉ đã cho.")
            return
        }
        let kind = address.dialect == .sqlite ? "SQLite" : "PostgreSQL"
        if case .sqlite(let path) = address, !FileManager.default.fileExists(atPath: path) {
            examination.add(.good, "Cơ sở dữ liệu", "\(kind), \(path) chưa có, sẽ được lập khi chạy lần đầu.")
            clock(after: nil, &examination)
            return
        }
        do {
            let database = try Database.open(address, readers: 1)
            defer { database.close() }
            let pending = try Migrator(OfficeSchema.migrations).pending(database)
            let schema = pending.isEmpty ? "lược đồ mới nhất" : "lược đồ còn cũ, chạy vanthu migrate"
            examination.add(
                pending.isEmpty ? .good : .lacking, "Cơ sở dữ liệu", "\(kind), \(address), \(schema).")
            clock(after: pending.isEmpty ? try newest(database) : nil, &examination)
        } catch {
            examination.add(.broken, "Cơ sở dữ liệu", "\(kind), \(address) không mở được: \(error)")
            clock(after: nil, &examination)
        }
    }

    private func newest(_ database: Database) throws -> Instant? {
        try database.readBlocking { connection in
            try connection.first("SELECT max(at) FROM journal") { try $0.optional(0) as Instant? } ?? nil
        }
    }

    /// A number's year and date come from this clock.
    private func clock(after newest: Instant?, _ examination: inout Examination) {
        let now = Instant(Date())
        let today = now.officeDate
        if today.year < 2025 || today.year > 2100 {
            examination.add(.broken, "Đồng hồ", "máy đang ở ngày \(today.iso); chỉnh lại trước khi cấp số.")
        } else if let newest, newest.seconds(since: now) > 300 {
            examination.add(
                .lacking, "Đồng hồ",
                "hôm nay là \(today.iso) nhưng nhật ký đã ghi đến \(newest.officeDate.iso); đồng hồ có thể chạy chậm."
            )
        } else {
            examination.add(.good, "Đồng hồ", "hôm nay là \(today.iso) giờ Việt Nam.")
        }
    }
}
