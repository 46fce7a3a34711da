// Kiểm tra toàn bộ: walks the office's tables and files and compares everything that is kept twice. It only reads, and the
// server may run meanwhile: each part looks at one consistent picture, so work in progress is never taken for damage.
import Domain
import Foundation
import Store

package struct OfficeVerification: Sendable {
    private let office: Office
    package init(_ office: Office) { self.office = office }

    package func run() async throws -> VerificationFindings {
        let numberedBefore = office.clock.now.adding(seconds: -3600)
        var findings = try await office.read { tables in
            var findings = VerificationFindings()
            try JournalCheck(tables: tables).check(into: &findings)
            try NumberCheck(tables: tables).check(into: &findings)
            try StateCheck(tables: tables, numberedBefore: numberedBefore).check(into: &findings)
            try ExchangeCheck(tables: tables).check(into: &findings)
            try DeskCheck(tables: tables).check(into: &findings)
            try SearchTextCheck(tables: tables).check(into: &findings)
            return findings
        }
        try await FileCheck(office: office).check(into: &findings)
        return findings
    }
}
