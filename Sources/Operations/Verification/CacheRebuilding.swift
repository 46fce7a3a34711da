// Dựng lại: desks and search index are thrown away and made again from the tables they were made from, in one transaction.
// Nothing an office decided is touched, so the journal has nothing to say of it.
import Domain
import DualSQL
import Foundation
import Store

package struct RebuiltCaches: Sendable, Equatable, Codable {
    package var deskItems = 0
    package var searchEntries = 0
    /// Files whose signatures the worker examines anew.
    package var verdicts = 0
}

package struct CacheRebuilding: Sendable {
    private let office: Office
    package init(_ office: Office) { self.office = office }

    package func run() async throws -> RebuiltCaches {
        let now = office.clock.now
        return try await office.database.write { connection in
            let tables = Tables(connection)
            var rebuilt = RebuiltCaches()
            try tables.desk.clearAll()
            for agency in try tables.agencies.all() {
                for item in try DeskTruth(tables: tables, agency: agency.id).items() {
                    try tables.desk.put(item, at: now)
                    rebuilt.deskItems += 1
                }
            }
            try tables.verdicts.clearAll()
            rebuilt.verdicts = try tables.verdictWishes.refill()
            try tables.entryText.clearAll()
            try tables.searchTruth.each { entry in
                try tables.entryText.put(
                    entry.id, kind: entry.kind, agency: entry.agency, folded: entry.folded)
                rebuilt.searchEntries += 1
            }
            try tables.catalogueIndex.makeAnew()
            return rebuilt
        }
    }
}
