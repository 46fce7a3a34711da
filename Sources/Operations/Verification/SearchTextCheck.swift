// Tìm kiếm: every entry is indexed by its own words, and nothing is indexed that does not exist (I3).
import Foundation
import Store

struct SearchTextCheck {
    let tables: Tables

    func check(into findings: inout VerificationFindings) throws {
        var found = VerificationFindings()
        var entries = 0
        var held = 0
        try tables.searchTruth.each { entry in
            entries += 1
            if try tables.entryText.holds(entry) {
                held += 1
            } else {
                found.add(.searchTextDiffers, "\(entry.kind.rawValue) \(entry.id.uuidString.lowercased())")
            }
        }
        findings.extent.searchEntries = entries
        findings.add(found)
        // Whatever is left over beside wrong ones has no entry.
        let surplus = try tables.entryText.count() - entries
        if surplus > 0 { findings.add(.searchTextStray, "\(surplus)") }
    }
}
